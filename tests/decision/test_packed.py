"""The form entries are kept in: everything comes back, whatever version wrote it."""

import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.decision.entries import entries

from chaffinch.core.errors import StoreError
from chaffinch.decision.bases import USES_MOST, Bases
from chaffinch.decision.circumstances import Circumstances
from chaffinch.decision.decision import DECISION_SCHEMA
from chaffinch.decision.entry import ENTRY_SCHEMA, Entry, decode_entry, encode_entry
from chaffinch.decision.glossary import WORDS_MOST, Glossary
from chaffinch.decision.layout import WRITTEN
from chaffinch.decision.packed import FORM, Packing
from chaffinch.profiles.row import Key, Kind, Row
from chaffinch.profiles.rowformat import decode_rows, encode_rows
from chaffinch.profiles.track import track_of

KEPT = Path(__file__).parent / "kept"


class Shelf:
    """A store's part: it keeps what was not saved before, and gives it back."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []
        self.bases: dict[bytes, bytes] = {}

    def opened(self) -> Packing:
        return Packing(Glossary(self.blocks), self.bases.__getitem__)

    def save(self, packing: Packing) -> None:
        self.blocks += [one.data for one in packing.glossary.unsaved]
        packing.glossary.unsaved.clear()

    def pack(self, packing: Packing, entry: Entry) -> bytes:
        packed = packing.pack(entry)
        self.bases |= {one.digest: one.data for one in packed.bases}
        return packed.data


def written(schema: int) -> list[Entry]:
    lines = (KEPT / f"schema-{schema}.jsonl").read_bytes().splitlines()
    return [decode_entry(line) for line in lines]


def packed_of(schema: int) -> list[Entry]:
    blocks, bases, packed = msgspec.msgpack.decode(
        (KEPT / f"packed-{schema}.msgpack").read_bytes(),
        type=tuple[list[bytes], dict[bytes, bytes], list[bytes]],
    )
    packing = Packing(Glossary(blocks), bases.__getitem__)
    return [packing.unpack(one) for one in packed]


@settings(max_examples=60)
@given(st.lists(entries(), min_size=1, max_size=4))
def test_everything_comes_back_to_whoever_opens_the_store_next(drawn: list[Entry]) -> None:
    shelf = Shelf()
    packing = shelf.opened()
    packed = [shelf.pack(packing, one) for one in drawn]
    assert [packing.unpack(one) for one in packed] == drawn
    shelf.save(packing)
    again = shelf.opened()
    assert [again.unpack(one) for one in packed] == drawn
    assert [encode_entry(again.unpack(one)) for one in packed] == [encode_entry(e) for e in drawn]


@settings(max_examples=30)
@given(entries(), entries(), entries())
def test_writers_who_do_not_know_each_other_share_a_store(a: Entry, b: Entry, c: Entry) -> None:
    shelf = Shelf()
    first, second = shelf.opened(), shelf.opened()
    packed = [shelf.pack(first, a), shelf.pack(second, b)]
    shelf.save(first)
    shelf.save(second)
    third = shelf.opened()
    packed.append(shelf.pack(third, c))
    shelf.save(third)
    assert [shelf.opened().unpack(one) for one in packed] == [a, b, c]


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_entries_of_older_schemas_are_read_as_they_were(schema: int) -> None:
    """What version 1 did not say yet, a finding's commit and path, stays empty."""
    read, newest = written(schema), written(2)
    assert [one.schema for one in read] == [ENTRY_SCHEMA] * 3
    for old, new in zip(read, newest, strict=True):
        findings = tuple(
            msgspec.structs.replace(one, commit="", path="") if schema == 1 else one
            for one in new.decision.findings
        )
        decision = msgspec.structs.replace(new.decision, findings=findings)
        assert old == msgspec.structs.replace(new, decision=decision)
        assert old.decision.schema == DECISION_SCHEMA
        assert old.rows == new.rows
        assert len(old.rows) > 5
    shelf = Shelf()
    packing = shelf.opened()
    assert [packing.unpack(packing.pack(one).data) for one in read] == read


def test_packed_entries_of_an_older_schema_stay_readable() -> None:
    """The bytes were written once and are never written anew."""
    for one, expected in zip(packed_of(3), written(2), strict=True):
        assert one.rows == expected.rows
        assert msgspec.structs.replace(one, kept_rows=expected.kept_rows) == expected


def test_packed_entries_of_this_schema_stay_readable() -> None:
    assert packed_of(5) == written(5)
    decisions = [one.decision for one in written(5)]
    assert [one.graymail_log_odds for one in decisions] == [700, None, None, None]
    assert [one.account is not None for one in decisions] == [False, True, False, False]
    assert [one.incomplete is not None for one in decisions] == [False, False, True, True]
    assert [bool(one.supersedes) for one in written(5)] == [False, False, True, False]


def test_schema_4_had_no_score_of_graymail_and_nothing_awaited() -> None:
    assert packed_of(4) == written(4)
    for old, new in zip(written(4), written(5), strict=True):
        decision = msgspec.structs.replace(new.decision, graymail=(), account=None, incomplete=None)
        assert old == msgspec.structs.replace(new, decision=decision, supersedes="")
    told = [one.told for one in written(4)]
    assert [bool(one.envelope) for one in told] == [True, False, False, False]
    assert [one.timings is not None for one in written(4)] == [True] * 4
    assert [bool(one.answers) for one in written(4)] == [False, True, False, False]


def test_what_the_policy_asked_of_an_old_message_is_read_off_its_decision() -> None:
    """Schema 3 kept source, parts and verdict, and no circumstances."""
    found = [one.circumstances for one in written(3)]
    assert [one.is_internal for one in found] == [False, True, False]
    assert not [one for one in found if one.is_from_list or one.says_nothing or one.service]
    old = msgspec.json.decode((KEPT / "schema-3.jsonl").read_bytes().splitlines()[0])
    parts = [("trusted service", "Shoppe silences request: x"), ("simulation", "Drill, which was")]
    old["decision"] |= {"source": "list", "verdict": "undecided"}
    old["decision"]["attribution"] = [
        {"part": part, "log_odds": 0, "why": f"{why} ordered, decides"} for part, why in parts
    ]
    assert decode_entry(msgspec.json.encode(old)).circumstances == Circumstances(
        is_from_list=True, says_nothing=True, service="Shoppe", simulation="Drill"
    )


def test_an_entry_of_an_older_layout_is_carried_to_ours() -> None:
    """A field that was not there yet takes its default, one that is gone is passed over."""
    entry = written(2)[0]
    packing = Shelf().opened()
    layout = {**_layout(), "Entry": [*_layout()["Entry"][:-1], ("mood", "word")]}
    values = packing._packer.struct("Entry", entry)
    values[0], values[-1] = 2, packing.glossary.number("sunny")
    data = _as_packed(packing, layout, values)
    assert packing.unpack(data) == entry


def test_a_newer_schema_and_damage_are_told_by_the_entrys_name() -> None:
    entry = written(2)[0]
    packing = Shelf().opened()
    newer = packing.pack(msgspec.structs.replace(entry, schema=ENTRY_SCHEMA + 1)).data
    with pytest.raises(StoreError, match=f"entry x has schema {ENTRY_SCHEMA + 1}"):
        packing.unpack(newer, "entry x")
    data = packing.pack(entry).data
    with pytest.raises(StoreError, match=r"shared words .* are missing"):
        packing.unpack(FORM + b"12345678" + data[9:])


@settings(max_examples=100)
@given(st.data())
def test_damage_never_raises_anything_else(data: st.DataObject) -> None:
    packing = Shelf().opened()
    whole = bytearray(packing.pack(written(2)[0]).data)
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(StoreError):
        assert isinstance(packing.unpack(cut), Entry)


ODD: tuple[object, ...] = (
    None,
    True,
    -1,
    2**63,
    1.5,
    float("inf"),
    "",
    "x",
    b"",
    b"s\xff",
    [],
    [[]],
    ["x"],
    {},
)


def _places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within one."""
    yield path
    inside: Mapping[Any, object] = value if isinstance(value, dict) else {}
    if isinstance(value, list):
        inside = dict(enumerate(value))
    for key, one in inside.items():
        yield from _places(one, (*path, key))


def _with_odd(data: st.DataObject, value: list[object] | dict[str, object]) -> Any:
    """A value with something else, or nothing, somewhere in it."""
    changed: Any = msgspec.msgpack.decode(msgspec.msgpack.encode(value))
    path = data.draw(st.sampled_from([one for one in _places(changed) if one]))
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    if isinstance(inner, dict) and data.draw(st.booleans()):
        del inner[path[-1]]
    else:
        inner[path[-1]] = data.draw(st.sampled_from(ODD))
    return changed


@settings(max_examples=400)
@given(st.data())
def test_whatever_was_packed_instead_raises_nothing_else(data: st.DataObject) -> None:
    packing = Shelf().opened()
    values = packing._packer.struct("Entry", written(5)[0])
    with suppress(StoreError):
        changed = _with_odd(data, values)
        assert isinstance(packing.unpack(_as_packed(packing, _layout(), changed)), Entry)


@settings(max_examples=400)
@given(st.data(), st.integers(1, ENTRY_SCHEMA))
def test_damaged_entries_of_older_versions_raise_nothing_else(
    data: st.DataObject, schema: int
) -> None:
    line = (KEPT / f"schema-{schema}.jsonl").read_bytes().splitlines()[0]
    changed = _with_odd(data, msgspec.json.decode(line))
    with suppress(StoreError):
        assert isinstance(decode_entry(msgspec.json.encode(changed)), Entry)


@pytest.mark.parametrize("schema", range(ENTRY_SCHEMA + 1))
@pytest.mark.parametrize("rest", ["", ', "decision": 3', ', "decision": {"findings": [3]}'])
def test_what_only_looks_like_an_entry_is_refused(schema: int, rest: str) -> None:
    with pytest.raises(StoreError):
        decode_entry(f'{{"schema": {schema}{rest}}}'.encode())


@settings(max_examples=300)
@given(st.data())
def test_damaged_rows_and_shared_words_raise_nothing_else(data: st.DataObject) -> None:
    words = Glossary()
    words.number("Übergabe")
    words.seal()
    rows, block = written(5)[0].kept_rows, words.unsaved[0].data
    whole = bytearray(data.draw(st.sampled_from([rows, block])))
    for _ in range(data.draw(st.integers(0, 3))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with suppress(StoreError):
        decode_rows(cut)
    with suppress(StoreError):
        Glossary([cut])
    Bases(dict[bytes, bytes]().__getitem__).under("acme", cut)


def test_what_is_nested_too_deep_or_unpacks_to_too_much_is_refused() -> None:
    packing = Shelf().opened()
    deep = b"[" * 100_000
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(65)) + bomb.flush()
    nested = zlib.compress(b"\x92\x00\x91" + b"\x91" * 100_000, wbits=-15)
    head = FORM + packing.glossary.seal() + b"\0"
    for one in (b'{"schema": 5, "x": ' + deep, head + nested, head + zeros):
        with pytest.raises(StoreError):
            packing.unpack(one)


@pytest.mark.parametrize("which", range(4))
def test_bytes_cut_anywhere_or_followed_by_more_are_refused(which: int) -> None:
    packing = Shelf().opened()
    whole = packing.pack(written(5)[which]).data
    for end in (*range(1, len(whole), 7), len(whole) - 1):
        with pytest.raises(StoreError):
            packing.unpack(whole[:end])
    with pytest.raises(StoreError, match="does not end where it should"):
        packing.unpack(whole + b"\0")


def test_an_address_is_nobodys_word() -> None:
    entry = written(2)[0]
    part = msgspec.structs.replace(entry.decision.attribution[0], why="kim@stone.example, allowed")
    decision = msgspec.structs.replace(entry.decision, attribution=(part,))
    packing = Shelf().opened()
    packing.pack(msgspec.structs.replace(entry, decision=decision))
    known = packing.glossary.words(packing.glossary.seal())
    texts = (entry.about.sender, entry.about.subject, "stone.example", *entry.about.recipients)
    assert not [one for one in known for text in texts if text and text in one]


def test_the_layout_is_a_shared_word() -> None:
    """Else every entry would carry it."""
    words = Glossary()
    assert isinstance(words.number(WRITTEN), int)


def test_a_full_glossary_goes_on_with_texts() -> None:
    packing = Shelf().opened()
    for number in range(WORDS_MOST):
        packing.glossary.number(f"word {number}")
    entry = written(2)[0]
    assert packing.unpack(packing.pack(entry).data) == entry


def test_entries_of_a_tenant_share_versions_of_its_row() -> None:
    """The tenant's long row is kept in full once in so many entries."""
    entry = written(2)[0]
    packing = Shelf().opened()
    kept = []
    for number in range(USES_MOST + 2):
        row = Row(track_of([1_700_000_000_000 + 7_777_777 * (number + n) for n in range(400)]))
        rows = encode_rows(((Key(Kind.TENANT), row), (Key(Kind.ADDRESS, "a@b.example"), None)))
        kept.append(msgspec.structs.replace(entry, kept_rows=rows))
    packed = [packing.pack(one) for one in kept]
    assert len({base.digest for one in packed for base in one.bases}) == 2
    assert [packing.unpack(one.data) for one in packed] == kept
    assert len(packed[1].data) < len(packed[0].data) + 200 < len(kept[0].kept_rows)


def _layout() -> dict[str, list[tuple[str, str]]]:
    return msgspec.json.decode(WRITTEN, type=dict[str, list[tuple[str, str]]])


def _as_packed(packing: Packing, layout: object, values: list[object]) -> bytes:
    number = packing.glossary.number(msgspec.json.encode(layout).decode())
    compressing = zlib.compressobj(1, zlib.DEFLATED, -15)
    packed = compressing.compress(msgspec.msgpack.encode((number, values))) + compressing.flush()
    return FORM + packing.glossary.seal() + b"\0" + packed
