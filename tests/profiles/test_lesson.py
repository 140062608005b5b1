"""What mail teaches, and what an attacker cannot teach."""

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.profiles.gain import Gain, apply
from chaffinch.profiles.lesson import by_row, keys_taught, lesson
from chaffinch.profiles.observation import (
    Content,
    Labelling,
    Observation,
    Retraction,
    Transport,
)
from chaffinch.profiles.row import Habit, Key, Kind, Row, Strand, key
from chaffinch.profiles.slots import pairs

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
    message_id="<m1@vendor.example>",
    mailboxes=("kim@acme.example",),
    transport=Transport(
        signers=("vendor.example s1",), envelope_domain="vendor.example", relay="192.0.2.0/24"
    ),
    content=Content(shapes=("pdf pdf 1",), campaigns=("t1a",), instruments=("ab12",)),
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


def but(observation: Observation, **changes: object) -> Observation:
    return msgspec.structs.replace(observation, **changes)


FROM_A_PLATFORM = but(
    ARRIVAL,
    transport=msgspec.structs.replace(
        ARRIVAL.transport, platform="signing.example", account="pat@vendor.example"
    ),
    recipients=("kim@acme.example", "lee@acme.example"),
)
WHERE_NO_PLATFORM_WROTE = {(Kind.ACCOUNT, Strand.SEEN), (Kind.CIRCLE, Strand.SEEN)}


def given_to(observation: Observation) -> list[tuple[Key, Gain]]:
    return [(row_key, gain) for gain, keys in lesson(observation) for row_key in keys]


def taught(observation: Observation) -> set[tuple[Kind, Strand | None]]:
    return {(row_key.kind, gain.strand) for row_key, gain in given_to(observation)}


def test_an_arrival_is_seen_under_every_key_and_trusted_under_none() -> None:
    kinds = set(Kind) - {Kind.LIST, Kind.TEXT}  # no list's, and no sentence of ours
    assert taught(ARRIVAL) == {(kind, Strand.SEEN) for kind in kinds} - WHERE_NO_PLATFORM_WROTE
    assert taught(FROM_A_PLATFORM) == {
        (kind, Strand.SEEN)
        for kind in kinds
        - {Kind.NAME, Kind.NAME_ADDRESS, Kind.REPLY_TO, Kind.PAIR, Kind.REPLY_ADDRESS, Kind.VENDOR}
    }


def test_unjudged_mail_is_seen() -> None:
    assert taught(but(ARRIVAL, authenticated=None)) == taught(ARRIVAL)


def test_failed_mail_teaches_only_that_the_claimed_identity_failed() -> None:
    assert taught(but(ARRIVAL, authenticated=False)) == {
        (Kind.TENANT, Strand.FAILED),
        (Kind.ADDRESS, Strand.FAILED),
        (Kind.DOMAIN, Strand.FAILED),
        (Kind.CAMPAIGN, Strand.SEEN),  # a text is nobody's reputation
    }


def test_our_people_make_those_they_write_to_trusted() -> None:
    given = {(row_key, gain.strand) for row_key, gain in given_to(REPLY)}
    assert given == {
        (key(Kind.TENANT), Strand.WRITTEN),
        (key(Kind.ADDRESS, "pat@vendor.example"), Strand.WRITTEN),
        (key(Kind.DOMAIN, "vendor.example"), Strand.WRITTEN),
        (key(Kind.PAIR, "kim@acme.example", "pat@vendor.example"), Strand.WRITTEN),
        (key(Kind.MAILBOX, "kim@acme.example"), Strand.WRITTEN),
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
    own = {Kind.TENANT, Kind.LIST, Kind.MAILBOX, Kind.MESSAGE, Kind.CAMPAIGN}
    assert {kind for kind, _ in taught(posted)} <= own


def test_a_thousand_letters_of_a_stranger_are_not_trust() -> None:
    flood = [but(ARRIVAL, delivery_id=f"d{step}", at=AT + step) for step in range(1_000)]
    rows = learned(flood)
    assert rows[key(Kind.ADDRESS, "pat@vendor.example")].seen.before(AT + 1_000).count == 1_000
    assert not any(row.written.earliest for row in rows.values())


def test_each_row_learns_a_delivery_once() -> None:
    twice = but(ARRIVAL, recipients=("kim@acme.example", "kim@acme.example"))
    assert by_row([twice]) == by_row([ARRIVAL])


def test_separators_in_hostile_addresses_do_not_move_a_pair() -> None:
    split = but(ARRIVAL, sender="a\x00b@x.example", recipients=("c@acme.example",))
    moved = but(ARRIVAL, sender="a", recipients=("b@x.example\x00c@acme.example",))
    keys = [{one for one in keys_taught(each) if one.kind is Kind.PAIR} for each in (split, moved)]
    assert not keys[0] & keys[1]


def learned(observations: list[Observation]) -> dict[Key, Row]:
    return {row_key: apply(None, given) for row_key, given in by_row(observations).items()}


transports = st.builds(
    Transport,
    signers=st.lists(st.sampled_from(["x.example s1", "y.example s2"]), unique=True).map(tuple),
    relay=st.sampled_from([None, "192.0.2.0/24"]),
    program=st.sampled_from([None, "Writer", "Scribe"]),
    boundary=st.sampled_from([None, "----=_Aa9", "==9=="]),
    week_hour=st.none() | st.integers(0, 167),
    platform=st.sampled_from([None, None, "signing.example"]),
    account=st.sampled_from([None, "pat@vendor.example"]),
)
contents = st.builds(
    Content,
    language=st.sampled_from([None, "en", "de"]),
    campaigns=st.sampled_from([(), ("t1a", "t1b")]),
    sentences=st.sampled_from([(), ("5e",)]),
    instruments=st.sampled_from([(), ("ab12",)]),
    greeting=st.sampled_from([None, "-", "0badcafe,"]),
    sign_off=st.sampled_from([None, "-", "feedbeef,"]),
    length=st.sampled_from([None, "1", "2"]),
)
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
    message_id=st.sampled_from([None, "<m@x.example>"]),
    mailboxes=st.sampled_from([(), ("b@acme.example",)]),
    transport=transports,
    content=contents,
)


@settings(max_examples=80)
@given(st.lists(observations, max_size=30), st.randoms(use_true_random=False))
def test_learning_one_by_one_in_any_order_equals_learning_at_once(
    mail: list[Observation], chance: random.Random
) -> None:
    rows: dict[Key, Row] = {}
    for observation in chance.sample(mail, len(mail)):
        for row_key, gained in by_row([observation]).items():
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


@settings(max_examples=150)
@given(
    st.lists(observations, max_size=30),
    st.lists(observations, max_size=12),
    st.randoms(use_true_random=False),
)
def test_what_is_taken_back_was_never_learned(
    kept: list[Observation], others: list[Observation], chance: random.Random
) -> None:
    lessons: list[Observation | Retraction] = [*kept, *others, *map(Retraction, others)]
    rows: dict[Key, Row] = {}
    for row_key, all_given in by_row(lessons).items():
        gained = [one for one in all_given if one.times > 0]
        lost = [one for one in all_given if one.times < 0]
        rows[row_key] = apply(apply(None, chance.sample(gained, len(gained))), lost)
    left = {row_key: row for row_key, row in rows.items() if not row.is_empty}
    assert {row_key: plain(row) for row_key, row in left.items()} == {
        row_key: plain(row) for row_key, row in learned(kept).items()
    }


def plain(row: Row) -> Row:
    """The row with nothing where nothing is left of something."""
    habits = {name: tally for name, tally in row.habits.items() if tally.total}
    none = row.counterparts is not None and not row.counterparts.counted
    return Row(
        row.seen,
        row.failed,
        row.written,
        row.week,
        None if none else row.counterparts,
        habits,
        row.labels,
        0 if none and not habits else row.mark,
    )


def test_a_label_counts_where_mail_is_looked_up_and_can_be_taken_back() -> None:
    rows: dict[Key, Row] = {}
    for one in (ARRIVAL, Labelling(ARRIVAL, "malicious"), Labelling(ARRIVAL, "malicious")):
        for row_key, gained in by_row([one]).items():
            rows[row_key] = apply(rows.get(row_key), gained)
    sender = key(Kind.ADDRESS, "pat@vendor.example")
    assert rows[sender].labels == {"malicious": 2}
    assert rows[key(Kind.CAMPAIGN, "t1a")].labels == {"malicious": 2}
    assert rows[key(Kind.TENANT)].labels == {}
    back = by_row([Labelling(ARRIVAL, "malicious", -1)])[sender]
    assert apply(rows[sender], [*back, *back]).labels == {}


def test_a_label_on_forged_mail_is_no_label_of_whom_it_claims_to_be() -> None:
    forged = but(ARRIVAL, authenticated=False)
    kinds = {one.kind for one in keys_taught(Labelling(forged, "malicious"))}
    assert kinds == {Kind.CAMPAIGN}


def test_a_name_on_mail_of_a_platform_teaches_no_name() -> None:
    posing = but(FROM_A_PLATFORM, name="ada marsh")
    assert Kind.NAME not in {kind for kind, _ in taught(posing)}
    accounts = {one for one in keys_taught(posing) if one.kind is Kind.ACCOUNT}
    assert accounts == {key(Kind.ACCOUNT, "signing.example", "pat@vendor.example")}


def test_our_own_habits_are_learned_from_proven_mail_of_ours_only() -> None:
    ways = Transport(program="Writer", week_hour=9)
    proven, claimed = (by_row([but(REPLY, transport=ways, is_proven_ours=ours)]) for ours in (1, 0))
    own = key(Kind.MAILBOX, "kim@acme.example")
    row = apply(None, proven[own])
    assert row.habits["p"].counts == {"Writer": 1}
    assert pairs(row.week) == ((9, 1),)
    assert own not in claimed


def test_mail_by_anothers_proof_teaches_nothing_of_whom_it_claims_to_be() -> None:
    posing = but(ARRIVAL, authenticated=None, via="bulk.example")
    plain = set(keys_taught(ARRIVAL))
    claimed = {
        one
        for one in keys_taught(posing)
        if one.kind in {Kind.ADDRESS, Kind.DOMAIN, Kind.NAME_ADDRESS, Kind.PAIR, Kind.VENDOR}
    }
    assert claimed
    assert not claimed & plain
    elsewhere = set(keys_taught(but(posing, via="other.example")))
    assert not claimed & elsewhere


def test_a_vendor_the_tenant_names_is_one_whatever_domain_writes() -> None:
    rows = [
        set(keys_taught(but(ARRIVAL, vendor="Paper", domain=domain)))
        for domain in ("paper.example", "paper-billing.example")
    ]
    assert key(Kind.VENDOR, "named", "Paper") in rows[0] & rows[1]
    assert key(Kind.VENDOR, "domain", "vendor.example") in set(keys_taught(ARRIVAL))
    posing = but(ARRIVAL, vendor="Paper", authenticated=None, via="bulk.example")
    assert Kind.VENDOR not in {one.kind for one in keys_taught(posing)}


def vendor_habits(observation: Observation) -> dict[str, set[str]]:
    given = [(one, gain) for one, gain in given_to(observation) if one.kind is Kind.VENDOR]
    return {one.text: {Habit(code).name for code, _ in gain.habits} for one, gain in given}


def test_a_platform_does_not_teach_where_the_money_of_a_vendor_goes() -> None:
    assert vendor_habits(but(ARRIVAL, vendor="Paper")) == {"named\0Paper": {"INSTRUMENT"}}
    assert vendor_habits(but(FROM_A_PLATFORM, vendor="Paper")) == {"named\0Paper": {"PLATFORM"}}
    assert vendor_habits(FROM_A_PLATFORM) == {}


def test_where_strangers_share_a_domain_a_vendor_is_an_address() -> None:
    shared = but(ARRIVAL, shares_domain=True)
    assert vendor_habits(shared) == {"address\0pat@vendor.example": {"INSTRUMENT"}}


def test_an_account_at_a_platform_is_known_by_the_platforms_proof_only() -> None:
    posing = but(FROM_A_PLATFORM, authenticated=None, via="bulk.example")
    assert Kind.ACCOUNT in {one.kind for one in keys_taught(FROM_A_PLATFORM)}
    assert Kind.ACCOUNT not in {one.kind for one in keys_taught(posing)}
