"""What is printed of a signal as a line of JSON."""

import sys

import msgspec

from chaffinch.signals.declare import Signal

FORMATS = ("table", "jsonl")


class CatalogueEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The declaration of a signal; ``unknown`` says when it has no value, empty for never.

    ``element`` is what it is measured of where that is not the whole message, ``aggregate`` how
    the elements' values become the message's.
    """

    name: str
    level: str
    type: str
    unit: str
    description: str
    unknown: str
    needs_history: bool
    element: str | None
    aggregate: str | None


def entry_of(one: Signal) -> CatalogueEntry:
    """The declaration as it is printed."""
    return CatalogueEntry(
        name=one.name,
        level=one.level,
        type=one.kind,
        unit=one.unit,
        description=one.description,
        unknown=one.missing,
        needs_history=one.needs_history,
        element=one.element,
        aggregate=one.aggregate,
    )


def write_line(value: msgspec.Struct) -> None:
    """One object on a line of its own."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()
