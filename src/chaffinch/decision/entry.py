"""The durable record of a decision: what was decided, from which evidence, and what it teaches."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import cast

import msgspec

from chaffinch.core.formats import Json, Upgrades, decoded
from chaffinch.decision.circumstances import Circumstances
from chaffinch.decision.decision import Decision
from chaffinch.message.model import Envelope
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.rowformat import Rows, decode_rows

ENTRY_SCHEMA = 5


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


def _with_circumstances(entry: Json) -> Json:
    """Schema 3 kept no hints; what the policy asked of the message shows in its decision."""
    decision = cast("Json", entry["decision"])
    parts = {
        str(one["part"]): str(one["why"]) for one in cast("list[Json]", decision["attribution"])
    }
    service = parts.get("trusted service", "").partition(" silences ")
    found = {
        "is_internal": decision["source"] == "internal"
        or parts.get("context", "").startswith("a colleague's mail inside the house"),
        "is_from_list": decision["source"] == "list",
        "says_nothing": decision["verdict"] == "undecided",
        "service": service[0] or None,
        "is_of_other_account": service[2].startswith("nothing"),
        "simulation": parts.get("simulation", "").partition(", which was ordered")[0] or None,
    }
    return {**entry, "circumstances": found, "told": {"is_kept": False}}


def _without_second_scores(entry: Json) -> Json:
    """Schema 4 had no score of graymail, no case of an account, and nothing awaited."""
    decision = cast("Json", entry["decision"])
    return {**entry, "decision": {**decision, "schema": 3}}


ENTRY_UPGRADES: Upgrades = {
    1: _with_places,
    2: _never_erased,
    3: _with_circumstances,
    4: _without_second_scores,
}


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What people search entries by."""

    sender: str = ""
    sender_name: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller knew beside the bytes.

    ``has_clock``: the decision's arrival is by the caller's clock. ``tenant`` is the digest of the
    settings of whom the caller named, empty where that was nobody. ``is_kept`` is false where an
    older version, or an erasure, left nothing of it.
    """

    has_clock: bool = False
    tenant: str = ""
    recipients: tuple[str, ...] = ()
    envelope: Envelope | None = None
    mbox_date: datetime | None = None
    truncated_from: int | None = None
    is_kept: bool = True


NOTHING_TOLD = Told()


class Timings(msgspec.Struct, frozen=True, kw_only=True):
    """How long the stages of the journey took, in microseconds; no two runs agree on them.

    Signals are measured while rules ask for them, which is in ``judge``.
    """

    parse: int
    recall: int
    judge: int
    weigh: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One decision with its evidence; ``observation`` is what the delivery teaches if learned.

    ``as_of``: when the profiles were read as of, in milliseconds, where that is not the arrival (a
    copy came before). ``answers`` are what providers outside answered, as lines of a recording.
    ``sampled`` is the probability with which a decision like this one is put on record.
    ``supersedes`` is the id of an earlier entry on the same message that this one decides again.
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
    told: Told = Told()
    circumstances: Circumstances = Circumstances()
    as_of: int | None = None
    answers: tuple[str, ...] = ()
    sampled: float = 1.0
    timings: Timings | None = None
    supersedes: str = ""

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


def entry_id(decision: Decision, told: Told = NOTHING_TOLD) -> str:
    """The name an entry's content gives it (the ``id`` field itself left out).

    Two entries have one id only if everything decided is equal, and whom the caller said the
    message was delivered to: the same bytes for two people are an entry of each.
    """
    content = hashlib.blake2b(
        _encoder.encode(msgspec.structs.replace(decision, id="")), digest_size=12
    )
    if told.recipients or told.envelope is not None:
        content.update(_encoder.encode((told.recipients, told.envelope)))
    return content.hexdigest()
