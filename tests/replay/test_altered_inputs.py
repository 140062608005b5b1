"""An altered input alters what comes of it, or is proven to count for nothing.

Proven is it where reading it raises, or where nobody knows its value, and all comes out as it did.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.replay.altered_past import (
    ANSWERS,
    LIST,
    NOON,
    UNKNOWN,
    GuardedRow,
    Past,
    Read,
    past_in,
    without,
)

from chaffinch.decision.entry import Entry
from chaffinch.message.model import Envelope
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.rowformat import encode_rows
from chaffinch.replay.again import Inputs
from chaffinch.replay.as_then import How


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    with past_in(tmp_path_factory.mktemp("altered")) as made:
        yield made


class Untouchable:
    """Stands where a value stood that nobody asks anything of."""

    def __getattribute__(self, name: str) -> object:
        raise Read(name)


class UntouchableTuple(tuple[str, ...]):
    """Texts that nobody goes through."""

    def __iter__(self) -> Iterator[str]:
        raise Read

    def __len__(self) -> int:
        raise Read


class Altered(NamedTuple):
    """An entry with another input, and the inputs with a guard in that one's place, if any is."""

    entry: Entry
    raw: bytes
    guarded: Inputs | None = None


Alter = Callable[[Past, st.DataObject, Entry, bytes], Altered]


def other_answers(past: Past, data: st.DataObject, entry: Entry, raw: bytes) -> Altered:
    """One answer another, gone, or added."""
    name = data.draw(st.sampled_from(sorted(ANSWERS)), "question")
    rest = [one for one in entry.answers if f'"{name}"' not in one]
    old = [one for one in entry.answers if one not in rest]
    # A list that is unknown is so for one reason only, which tells no guard from its absence.
    is_asked = any(f"${LIST}" in one.missing for one in entry.decision.undecided)
    assume(name != LIST or old or is_asked)
    others = [[], *([one] for one in ANSWERS[name])]
    new = data.draw(st.sampled_from([one for one in others if one != old]), "answer")
    inputs = replace(past.inputs(entry, raw), answers=(*rest, UNKNOWN[name]))
    altered = replace(entry, answers=(*rest, *new))
    return Altered(altered, raw, inputs if old or name != LIST else None)


def other_row(past: Past, data: st.DataObject, entry: Entry, raw: bytes) -> Altered:
    """One row another of its kind, empty, or never written."""
    rows = entry.rows
    number = data.draw(st.integers(0, len(rows) - 1), "row")
    key, row = rows[number]
    alike = [one for other, one in rows if other.kind is key.kind]
    others = [one for one in (None, Row(), *alike) if one != row]
    inputs = past.inputs(entry, raw)

    def with_row(new: Row | None) -> tuple[tuple[Key, Row | None], ...]:
        return (*rows[:number], (key, new), *rows[number + 1 :])

    altered = with_row(data.draw(st.sampled_from(others), "value"))
    return Altered(
        replace(entry, kept_rows=encode_rows(altered)),
        raw,
        replace(inputs, rows=with_row(GuardedRow())),
    )


def other_envelope(past: Past, data: st.DataObject, entry: Entry, raw: bytes) -> Altered:
    """Something else in the envelope, or none."""
    inputs, told, old = past.inputs(entry, raw), entry.told, entry.told.envelope
    name = data.draw(st.sampled_from(Envelope.__struct_fields__), "field")
    values: dict[str, Any] = {
        "recipients": [("ben@acme.example",), ()],
        "client_ip": ["198.51.100.7", None],
    }
    value = data.draw(st.sampled_from(values.get(name, ["ben@acme.example", None])), "value")
    new = replace(old or Envelope(), **{name: value})
    assume(new != (old or Envelope()))
    guard = without(old or Envelope(), name)
    if name == "recipients":  # which are handed on where others count
        guard = replace(old or Envelope(), recipients=UntouchableTuple())
    return Altered(
        replace(entry, told=replace(told, envelope=new)),
        raw,
        replace(inputs, told=replace(told, envelope=guard)),
    )


def other_hint(past: Past, data: st.DataObject, entry: Entry, raw: bytes) -> Altered:
    """Something else that the caller said."""
    inputs, told = past.inputs(entry, raw), entry.told
    values: dict[str, tuple[Any, Any]] = {
        "recipients": (("ben@acme.example",), UntouchableTuple()),
        "mbox_date": (NOON, Untouchable()),
        "truncated_from": (10**9, None),
        "has_clock": (False, None),
        "tenant": ("another", None),
    }
    name = data.draw(st.sampled_from(sorted(values)), "hint")
    value, guard = values[name]
    guarded = None if guard is None else replace(inputs, told=replace(told, **{name: guard}))
    return Altered(replace(entry, told=replace(told, **{name: value})), raw, guarded)


def other_time(past: Past, data: st.DataObject, entry: Entry, raw: bytes) -> Altered:
    """Another arrival, or profiles as of another day."""
    days = data.draw(st.integers(3, 9), "days")
    if data.draw(st.booleans(), "arrival"):
        at = entry.decision.received_at - timedelta(days=days)
        return Altered(replace(entry, decision=replace(entry.decision, received_at=at)), raw)
    inputs = past.inputs(entry, raw)
    as_of = entry.observation.at - days * 86_400_000
    rows = tuple((key, row and GuardedRow()) for key, row in entry.rows)
    return Altered(replace(entry, as_of=as_of), raw, replace(inputs, rows=rows))


def other_versions(_: Past, data: st.DataObject, entry: Entry, raw: bytes) -> Altered:
    """Made with something else than what is at hand."""
    versions = dict(entry.decision.versions)
    name = data.draw(st.sampled_from([*sorted(versions), "more"]), "version")
    versions[name] = "another"
    return Altered(replace(entry, decision=replace(entry.decision, versions=versions)), raw)


def other_bytes(_: Past, data: st.DataObject, entry: Entry, raw: bytes) -> Altered:
    """One byte another."""
    place = data.draw(st.integers(0, len(raw) - 1), "place")
    return Altered(entry, raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])


ALTERS: Sequence[Alter] = (
    other_answers, other_row, other_envelope, other_hint, other_time, other_versions, other_bytes,
)  # fmt: skip
# Of these much is read as more or less than some number: another may come to the same.
ALWAYS_READ = (other_time, other_versions, other_bytes)
READ_IN_STEPS = (other_row, other_time)


@pytest.mark.parametrize("alter", ALTERS, ids=lambda one: one.__name__)
def test_an_altered_input_is_seen_or_proven_to_count_for_nothing(past: Past, alter: Alter) -> None:
    seen: list[bool] = []
    unread: list[bool] = []

    @settings(max_examples=60)
    @given(st.data())
    def each(data: st.DataObject) -> None:
        entry, raw = data.draw(st.sampled_from(past.late), "entry")
        altered = alter(past, data, entry, raw)
        again = past.replay(altered.entry, altered.raw)
        is_seen = again.how is not How.RECOMPUTED or bool(again.differences)
        is_unread = altered.guarded is not None and _is_unread(past, entry, altered.guarded)
        assert not (is_seen and is_unread), "it counts, and nobody read it"
        assert is_seen or is_unread or alter in READ_IN_STEPS, "it was read, and counts for nothing"
        (seen if is_seen else unread).append(True)

    each()
    assert seen
    assert unread or alter in ALWAYS_READ


def _is_unread(past: Past, entry: Entry, guarded: Inputs) -> bool:
    try:
        return past.is_as_before(entry, guarded)
    except Read:
        return False
