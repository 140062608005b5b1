"""Signals of entries on record beside the same measured again from their messages."""

from collections.abc import Iterator, Mapping

import msgspec

from chaffinch.decision.entry import Entry
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Mail, parsed
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import around_from_rows
from chaffinch.profiles.digests import Digests
from chaffinch.signals.aggregates import Measured
from chaffinch.signals.evidence import Evidence


class Difference(msgspec.Struct, frozen=True):
    """A signal whose value on record is another than the one measured again."""

    entry_id: str
    signal: str
    served: str
    measured: str


def served(entry: Entry) -> Mapping[str, Measured]:
    """What the entry holds: values, and what was unknown."""
    lacking = {name: Unknown(frozenset(causes)) for name, causes in entry.unmeasured.items()}
    return {**entry.signals, **lacking}


def measured_again(
    mail: Mail, entry: Entry, bundle: Bundle, digests: Digests
) -> Mapping[str, Measured]:
    """Every signal of the entry's message, with the profile rows it was decided with."""
    message = parsed(msgspec.structs.replace(mail, received_at=entry.decision.received_at), bundle)
    rows, observation = entry.rows, entry.observation
    around = around_from_rows(rows, observation, observation.at, digests) if rows else None
    return Evidence(message, around, bundle.lists).measure_all()


def differences(entry: Entry, again: Mapping[str, Measured]) -> Iterator[Difference]:
    """Where the values on record are others than those measured again; a gone signal is none."""
    for name, value in served(entry).items():
        if name in again and (type(value), value) != (type(again[name]), again[name]):
            yield Difference(entry.id, name, repr(value), repr(again[name]))
