"""Forgetting: nothing names the forgotten any more, and nothing else is lost."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stores.test_profile_properties import Expected, rich

from chaffinch.core.errors import UsageError
from chaffinch.profiles.digests import UNKEYED
from chaffinch.profiles.forgetting import (
    Forgotten,
    forget_in_lesson,
    forget_in_row,
    forgotten,
    names_in,
    texts_in,
)
from chaffinch.profiles.observation import Observation, encode_observation
from chaffinch.profiles.row import Key, Kind, Row, key

NUMBERS = st.lists(st.integers(1, 60), unique=True, max_size=12)
NAMES = st.sampled_from(
    ["person1@company1.example", "kim2@acme.example", "company2.example", "list.example"]
)
REBUILT_ALIKE = (Kind.TENANT, Kind.ADDRESS, Kind.DOMAIN, Kind.MAILBOX, Kind.HOST, Kind.SIGNER)


def learned(numbers: list[int]) -> dict[Key, Row]:
    made = Expected(b"")
    made.learn([rich(number) for number in numbers])
    return made.of("acme")


def without(rows: dict[Key, Row], gone: Forgotten, numbers: Iterable[int] = ()) -> dict[Key, Row]:
    taught = [taught for _, _, taught in map(rich, numbers)]
    known = {text for one in taught if isinstance(one, Observation) for text in texts_in(one, gone)}
    names = names_in(rows, gone, known)
    left = {one: forget_in_row(one, row, gone, names) for one, row in rows.items()}
    return {one: row for one, row in left.items() if row is not None}


@given(NUMBERS, NAMES)
def test_no_row_names_the_forgotten(numbers: list[int], name: str) -> None:
    rows, gone = learned(numbers), forgotten(name)
    for one, row in without(rows, gone, numbers).items():
        assert not gone.is_named(one.text)
        assert not any(gone.is_named(text) for told in row.habits.values() for text in told.counts)
        counted = dict(row.counterparts.pairs()) if row.counterparts else {}
        assert UNKEYED.of(name) not in counted
        assert not {UNKEYED.of(f"person{n}@{name}") for n in range(6)} & set(counted)


@given(NUMBERS, NAMES)
def test_rows_of_others_stay_as_they_were(numbers: list[int], name: str) -> None:
    rows, gone = learned(numbers), forgotten(name)
    left = without(rows, gone)
    for one, row in rows.items():
        if not gone.is_named(one.text) and one.kind is not Kind.NAME:
            assert left[one].seen == row.seen
            assert left[one].written == row.written
            assert left[one].week == row.week
    assert without(left, gone) == left


@given(NUMBERS, NAMES)
def test_rows_built_again_name_the_forgotten_no_more(numbers: list[int], name: str) -> None:
    gone = forgotten(name)
    again = Expected(b"")
    for number, tenant, taught in map(rich, numbers):
        assert isinstance(taught, Observation)
        again.learn([(number, tenant, forget_in_lesson(taught, gone))])
    rebuilt, left = again.of("acme"), without(learned(numbers), gone, numbers)
    assert not any(gone.is_named(one.text) for one in rebuilt)
    for one in rebuilt:
        if one.kind in REBUILT_ALIKE and one in left and name != "list.example":
            assert rebuilt[one].counterparts == left[one].counterparts
            assert rebuilt[one].seen == left[one].seen


@given(st.integers(1, 60), NAMES)
def test_a_lesson_keeps_what_is_not_of_the_forgotten(number: int, name: str) -> None:
    _, _, taught = rich(number)
    assert isinstance(taught, Observation)
    kept = forget_in_lesson(taught, forgotten(name))
    assert name.encode() not in encode_observation(kept)
    assert (kept.delivery_id, kept.at, kept.inbound) == (
        taught.delivery_id,
        taught.at,
        taught.inbound,
    )
    assert forget_in_lesson(taught, forgotten("nobody@elsewhere.example")) is taught


def test_mail_of_a_forgotten_list_is_not_taken_for_mail_of_its_author() -> None:
    letter = Observation(delivery_id="d", at=0, sender="a@b.example", list_id="l.example")
    assert forget_in_lesson(letter, forgotten("l.example")) == Observation(delivery_id="d", at=0)
    claimed = Observation(delivery_id="d", at=0, sender="a@b.example", via="c.example")
    assert forget_in_lesson(claimed, forgotten("c.example")).identity is None


def test_a_display_name_that_others_use_too_stays() -> None:
    shared = [key(Kind.NAME_ADDRESS, "kim", f"kim@{domain}.example") for domain in ("a", "b")]
    own = key(Kind.NAME_ADDRESS, "kim m", "kim@a.example")
    rows = {one: Row() for one in (*shared, own, key(Kind.NAME, "kim"), key(Kind.NAME, "kim m"))}
    left = without(rows, forgotten("kim@a.example"))
    assert list(left) == [shared[1], key(Kind.NAME, "kim")]


@pytest.mark.parametrize("text", ["", "kim @a.example", "@a.example", "a b", "http://a.example"])
def test_what_is_neither_address_nor_domain_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="neither an address nor a domain"):
        forgotten(text)


@pytest.mark.parametrize("text", ["com", "co.uk", " COM ", "example"])
def test_what_the_domains_of_many_lie_below_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="lie the domains of many"):
        forgotten(text)


@pytest.mark.parametrize("text", ["root@com", "a.com", "b.a.co.uk", "corp.local"])
def test_what_lies_below_a_suffix_can_be_forgotten(text: str) -> None:
    assert forgotten(text).name == text
