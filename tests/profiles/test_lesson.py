"""What mail teaches, and what an attacker cannot teach."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.profiles.lesson import apply, by_row, lesson
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Kind, Row, Strand, key

AT = 1_700_000_000_000
ARRIVAL = Observation(
    delivery_id="d1",
    at=AT,
    inbound=True,
    sender="pat@vendor.example",
    domain="vendor.example",
    name="pat doe",
    reply_to="billing@vendor.example",
    recipients=("kim@acme.example",),
    recipient_domains=("acme.example",),
    authenticated=True,
    hosts=("www.vendor.example",),
)
REPLY = Observation(
    delivery_id="d2",
    at=AT + 1,
    outbound=True,
    sender="kim@acme.example",
    domain="acme.example",
    name="kim roe",
    recipients=("pat@vendor.example",),
    recipient_domains=("vendor.example",),
    is_proven_ours=True,
)


def taught(observation: Observation) -> set[tuple[Kind, Strand]]:
    return {(given.key.kind, given.strand) for given in lesson(observation)}


def but(observation: Observation, **changes: object) -> Observation:
    return msgspec.structs.replace(observation, **changes)


def test_an_arrival_is_seen_under_every_key_and_trusted_under_none() -> None:
    kinds = set(Kind) - {Kind.LIST}
    assert taught(ARRIVAL) == {(kind, Strand.SEEN) for kind in kinds}


def test_unjudged_mail_is_seen() -> None:
    assert taught(but(ARRIVAL, authenticated=None)) == taught(ARRIVAL)


def test_failed_mail_teaches_only_that_the_claimed_identity_failed() -> None:
    assert taught(but(ARRIVAL, authenticated=False)) == {
        (Kind.TENANT, Strand.FAILED),
        (Kind.ADDRESS, Strand.FAILED),
        (Kind.DOMAIN, Strand.FAILED),
    }


def test_our_people_make_those_they_write_to_trusted() -> None:
    given = {(item.key, item.strand) for item in lesson(REPLY)}
    assert given == {
        (key(Kind.TENANT), Strand.WRITTEN),
        (key(Kind.ADDRESS, "pat@vendor.example"), Strand.WRITTEN),
        (key(Kind.DOMAIN, "vendor.example"), Strand.WRITTEN),
        (key(Kind.PAIR, "kim@acme.example", "pat@vendor.example"), Strand.WRITTEN),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"is_automatic": True},
        {"is_proven_ours": False},
        {"authenticated": False},
        {"list_id": "talk.lists.example"},
        {"outbound": False, "inbound": True},
    ],
)
def test_mail_no_person_of_ours_provably_wrote_makes_no_trust(changes: dict[str, object]) -> None:
    assert Strand.WRITTEN not in {strand for _, strand in taught(but(REPLY, **changes))}


def test_internal_mail_is_seen_and_where_proven_trusted() -> None:
    internal = but(REPLY, outbound=False, internal=True, authenticated=True)
    assert (Kind.PAIR, Strand.WRITTEN) in taught(internal)
    assert (Kind.PAIR, Strand.SEEN) in taught(internal)
    for unproven in (but(internal, is_proven_ours=False), but(internal, authenticated=None)):
        assert {strand for _, strand in taught(unproven)} == {Strand.SEEN}


@pytest.mark.parametrize("authenticated", [True, None, False])
def test_a_list_teaches_itself_and_never_the_author(authenticated: bool | None) -> None:
    posted = but(ARRIVAL, list_id="talk.lists.example", authenticated=authenticated)
    assert {kind for kind, _ in taught(posted)} == {Kind.TENANT, Kind.LIST}


def test_a_thousand_letters_of_a_stranger_are_not_trust() -> None:
    flood = [but(ARRIVAL, delivery_id=f"d{step}", at=AT + step) for step in range(1_000)]
    rows = learned(flood)
    assert rows[key(Kind.ADDRESS, "pat@vendor.example")].seen.before(AT + 1_000).count == 1_000
    assert not any(row.written.earliest for row in rows.values())


def test_each_row_learns_a_delivery_once() -> None:
    twice = but(ARRIVAL, recipients=("kim@acme.example", "kim@acme.example"))
    assert lesson(twice) == lesson(ARRIVAL)


def test_separators_in_hostile_addresses_do_not_move_a_pair() -> None:
    split = but(ARRIVAL, sender="a\x00b@x.example", recipients=("c@acme.example",))
    moved = but(ARRIVAL, sender="a", recipients=("b@x.example\x00c@acme.example",))
    keys = [
        {given.key for given in lesson(each) if given.key.kind is Kind.PAIR}
        for each in (split, moved)
    ]
    assert not keys[0] & keys[1]


def learned(observations: list[Observation]) -> dict[Key, Row]:
    gathered = by_row(("acme", observation) for observation in observations)
    return {row_key: apply(None, given) for (_, row_key), given in gathered.items()}


observations = st.builds(
    Observation,
    delivery_id=st.just("d"),
    at=st.integers(AT, AT + 10**10),
    inbound=st.booleans(),
    outbound=st.booleans(),
    sender=st.sampled_from(["a@x.example", "b@acme.example", None]),
    domain=st.sampled_from(["x.example", None]),
    name=st.sampled_from(["", "ann"]),
    recipients=st.lists(st.sampled_from(["b@acme.example", "c@acme.example"])).map(tuple),
    list_id=st.sampled_from([None, None, "l.example"]),
    authenticated=st.sampled_from([True, False, None]),
    is_proven_ours=st.booleans(),
)


@settings(max_examples=80)
@given(st.lists(observations, max_size=30), st.randoms(use_true_random=False))
def test_learning_one_by_one_in_any_order_equals_learning_at_once(
    mail: list[Observation], chance: random.Random
) -> None:
    rows: dict[Key, Row] = {}
    for observation in chance.sample(mail, len(mail)):
        for (_, row_key), gained in by_row([("acme", observation)]).items():
            rows[row_key] = apply(rows.get(row_key), gained)
    assert rows == learned(mail)


@settings(max_examples=80)
@given(st.lists(observations, max_size=30), st.integers(1, 4))
def test_rows_of_shards_merge_into_one_pass(mail: list[Observation], shards: int) -> None:
    merged: dict[Key, Row] = {}
    for shard in range(shards):
        for row_key, row in learned(mail[shard::shards]).items():
            merged[row_key] = merged[row_key].merge(row) if row_key in merged else row
    assert merged == learned(mail)
