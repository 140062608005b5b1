"""The durable record of a decision: what was decided, from which evidence, and what it teaches."""

import hashlib
from collections.abc import Mapping
from typing import cast

import msgspec

from chaffinch.core.formats import Json, Upgrades, decoded
from chaffinch.decision.decision import Decision
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.rowformat import Rows, decode_rows

ENTRY_SCHEMA = 3


def _with_places(entry: Json) -> Json:
    """Schema 1 did not say which file of which commit a finding's rule was read from."""
    decision = cast("Json", entry["decision"])
    findings = [
        {**one, "commit": "", "path": ""} for one in cast("list[Json]", decision["findings"])
    ]
    return {**entry, "decision": {**decision, "schema": 2, "findings": findings}}


def _never_erased(entry: Json) -> Json:
    """Schema 2 could not be erased."""
    return {**entry, "erased_at": None}


ENTRY_UPGRADES: Upgrades = {1: _with_places, 2: _never_erased}


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What people search entries by."""

    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One decision with its evidence; ``observation`` is what the delivery teaches if learned.

    ``erased_at`` says when texts and evidence were taken out of it, in milliseconds.
    """

    schema: int = ENTRY_SCHEMA
    decision: Decision
    about: Digest
    signals: Mapping[str, bool | int | float | str | None]
    unmeasured: Mapping[str, tuple[str, ...]]  # signal → what was missing
    kept_rows: bytes
    observation: Observation
    erased_at: int | None = None

    @property
    def rows(self) -> Rows:
        """The profile rows the decision was made with; each carries its own schema version."""
        return decode_rows(self.kept_rows)

    @property
    def id(self) -> str:
        """The entry's name, made of its content: the same decision again is the same entry."""
        return self.decision.id


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Entry)


def encode_entry(entry: Entry) -> bytes:
    """The entry as JSON, which says everything it holds by name."""
    return _encoder.encode(entry)


def decode_entry(data: bytes, what: str = "an entry") -> Entry:
    """The entry this JSON holds, whatever schema up to ours it was written in.

    Raises:
        StoreError: it is newer than this version, or damaged.
    """
    return decoded(data, _decoder, what=what, current=ENTRY_SCHEMA, upgrades=ENTRY_UPGRADES)


def entry_id(decision: Decision) -> str:
    """The name a decision's content gives it (the ``id`` field itself left out).

    Two decisions have one id only if everything in them is equal.
    """
    content = _encoder.encode(msgspec.structs.replace(decision, id=""))
    return hashlib.blake2b(content, digest_size=12).hexdigest()
