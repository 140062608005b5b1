"""The parts of rows, learned from plain lists; and what plain lists say of the same."""

from collections.abc import Iterable

from chaffinch.profiles import slots
from chaffinch.profiles.digests import UNKEYED
from chaffinch.profiles.distinct import Distinct
from chaffinch.profiles.tally import Tally


def slots_of(numbers: Iterable[int], kept: int) -> bytes:
    """Slots that learned these numbers in this order."""
    made = b""
    for number in numbers:
        made = slots.plus(made, number, kept)
    return made


def distinct_of(digests: Iterable[int]) -> Distinct:
    """What saw these digests in this order."""
    made = Distinct()
    for digest in digests:
        made = made.plus(digest)
    return made


def tally_of(names: Iterable[str]) -> Tally:
    """What counted these names in this order."""
    made = Tally()
    for name in names:
        made = made.plus(name, UNKEYED)
    return made
