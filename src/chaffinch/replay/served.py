"""Signals of entries on record beside the same measured again from their messages."""

from collections.abc import Iterator, Mapping

import msgspec

from chaffinch.decision.entry import Entry
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Mail
from chaffinch.mql.values import Unknown
from chaffinch.profiles.digests import Digests
from chaffinch.replay.again import evidence_again, inputs_of
from chaffinch.signals.aggregates import Measured


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
    """Every signal of the entry's message, with the hints and rows it was decided with.

    Of an entry that kept no hints the arrival alone is what it was.
    """
    inputs = inputs_of(entry, mail.raw, mail.tenant, digests)
    if not entry.told.is_kept:
        inputs = msgspec.structs.replace(inputs, clock=entry.decision.received_at)
    return evidence_again(inputs, bundle).measure_all()


def differences(entry: Entry, again: Mapping[str, Measured]) -> Iterator[Difference]:
    """Where the values on record are others than those measured again; a gone signal is none."""
    for name, value in served(entry).items():
        if name in again and (type(value), value) != (type(again[name]), again[name]):
            yield Difference(entry.id, name, repr(value), repr(again[name]))
