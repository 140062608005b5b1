"""Rows and observations survive the bytes they are kept in, and unknown bytes are refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.profiles.made import distinct_of, slots_of, tally_of

from chaffinch.core.errors import StoreError
from chaffinch.profiles.observation import Observation, decode_observation, encode_observation
from chaffinch.profiles.row import Key, Kind, Row, key
from chaffinch.profiles.rowformat import (
    ROW_SCHEMA,
    decode_row,
    decode_rows,
    encode_row,
    encode_rows,
)
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.track import track_of

tracks = st.lists(st.integers(0, 2**44), max_size=90).map(track_of)
digests = st.lists(st.integers(0, 2**40 - 1), max_size=90)
names = st.lists(st.text(max_size=3), max_size=40)
rows = st.builds(
    Row,
    tracks,
    tracks,
    tracks,
    st.lists(st.integers(0, 167), max_size=9).map(lambda hours: slots_of(hours, 168)),
    st.none() | digests.map(distinct_of),
    st.dictionaries(st.sampled_from("lpo"), names.map(tally_of)),
    st.dictionaries(st.sampled_from(["benign", "spam"]), st.integers(1, 9)),
    st.sampled_from([0, 1, 2**32 - 1]),
)
young_rows = st.builds(
    Row,
    st.lists(st.integers(0, 2**44), max_size=60).map(track_of),
    counterparts=st.none() | digests.map(distinct_of),
    mark=st.sampled_from([0, 2**32 - 1]),
)
keys = st.builds(Key, st.sampled_from(Kind), st.text(max_size=20))


@settings(max_examples=100)
@given(rows | young_rows)
def test_rows_survive_their_bytes(row: Row) -> None:
    assert decode_row(encode_row(row)) == row


@settings(max_examples=50)
@given(st.lists(st.tuples(keys, st.none() | rows), max_size=4).map(tuple))
def test_kept_rows_survive_their_bytes(kept: tuple[tuple[Key, Row | None], ...]) -> None:
    assert decode_rows(encode_rows(kept)) == kept


def test_the_first_schema_is_still_read() -> None:
    kept = (
        bytes.fromhex("0193")
        + bytes.fromhex("9592cd03e8cd07d09000c09200c40101")
        + (bytes.fromhex("95909000c09200c400") * 2)
    )
    upgraded = decode_row(kept).seen
    assert upgraded.earliest == (1_000, 2_000)
    assert upgraded == track_of([1_000, 2_000])


def test_the_second_schema_is_still_read() -> None:
    kept = bytes.fromhex(
        "029795c408e803000000000000c40000c0c0"
        "95c400c40000c0c095c400c40000c0c0"
        "c400c081a16c9381a2656e01010081a662656e69676e01"
    )
    row = Row(seen=track_of([1_000]), habits={"l": Tally({"en": 1}, 1)}, labels={"benign": 1})
    assert decode_row(kept) == row
    assert row.mark == 0


def test_the_third_schema_is_written() -> None:
    row = Row(
        seen=track_of([1_000]), habits={"l": Tally({"en": 1}, 1)}, labels={"benign": 1}, mark=7
    )
    kept = bytes.fromhex(
        "039895c408e803000000000000c40000c0c0"
        "95c400c40000c0c095c400c40000c0c0"
        "c400c081a16c9381a2656e01010081a662656e69676e0107"
    )
    assert encode_row(row) == kept
    assert decode_row(kept) == row


def test_young_rows_are_written_as_they_are_packed() -> None:
    row = Row(seen=track_of([1_000, 2_000]), counterparts=distinct_of([5]), mark=7)
    kept = bytes.fromhex("0342 07000000 e803000000000000 d007000000000000 0100000500000000")
    assert encode_row(row) == kept
    assert decode_row(kept) == row
    assert encode_row(Row(seen=track_of([1_000]))) == bytes.fromhex("0301 e803000000000000")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        b"\x01\xc0",
        b"\x00" + encode_row(Row())[1:],
        encode_row(Row())[:-1],
        encode_row(Row(seen=track_of([1_000])))[:-1],
        encode_row(Row(seen=track_of([1_000]), counterparts=distinct_of([5])))[:-1],
        encode_row(Row(labels={"benign": 1}))[:-1],
    ],
)
def test_damaged_rows_are_refused(data: bytes) -> None:
    with pytest.raises(StoreError):
        decode_row(data)


def test_a_row_that_cannot_be_read_says_what_helps() -> None:
    with pytest.raises(StoreError, match=r"learned anew from the ledger: remove .* profiles/"):
        decode_row(encode_row(Row(labels={"benign": 1}))[:-1])


def test_rows_of_a_newer_version_are_refused_by_name() -> None:
    with pytest.raises(StoreError, match=f"schema {ROW_SCHEMA + 1}, newer"):
        decode_row(bytes((ROW_SCHEMA + 1,)) + encode_row(Row())[1:])


@settings(max_examples=100)
@given(
    st.builds(
        Observation,
        delivery_id=st.text(max_size=9),
        at=st.integers(0, 2**44),
        sender=st.none() | st.text(max_size=9),
        recipients=st.lists(st.text(max_size=9), max_size=5).map(tuple),
        hosts=st.lists(st.text(max_size=9), max_size=5).map(tuple),
        authenticated=st.sampled_from([True, False, None]),
        outbound=st.booleans(),
    )
)
def test_observations_survive_their_bytes(observation: Observation) -> None:
    assert decode_observation(encode_observation(observation)) == observation


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"delivery_id": "d", "at": "x"}'])
def test_damaged_observations_are_refused(data: bytes) -> None:
    with pytest.raises(StoreError):
        decode_observation(data)


def test_observations_of_a_newer_version_are_refused_by_name() -> None:
    with pytest.raises(StoreError, match="schema 4, newer"):
        decode_observation(b'{"delivery_id": "d", "at": 1, "schema": 4}')


def test_the_schema_of_an_observation_is_written_though_it_is_the_default() -> None:
    assert b'"schema":3' in encode_observation(Observation(delivery_id="d", at=1))


def test_observations_are_bounded() -> None:
    with pytest.raises(StoreError, match="bounds"):
        Observation(delivery_id="d", at=1, recipients=("a@acme.example",) * 101)


def test_keys_of_different_parts_differ() -> None:
    assert key(Kind.PAIR, "a", "b\x00c") != key(Kind.PAIR, "a\x00b", "c")
