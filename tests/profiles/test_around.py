"""What is read around a message: as of its arrival, without itself, and again from kept rows."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.profiles.around import around, around_from_rows
from chaffinch.profiles.history import Prevalence
from chaffinch.profiles.keys import reading_keys
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.pace import DAY_MS
from chaffinch.profiles.rowformat import decode_rows, encode_rows

HOUR_MS = 3_600_000
START = 19_000 * DAY_MS
NOW = START + 100 * DAY_MS + 10 * HOUR_MS
LETTER = Observation(
    delivery_id="now",
    at=NOW,
    inbound=True,
    sender="pat@vendor.example",
    domain="vendor.example",
    name="pat doe",
    reply_to="pay@other.example",
    recipients=("kim@acme.example",),
    recipient_domains=("acme.example",),
    hosts=("www.vendor.example",),
)
STRANGER = msgspec.structs.replace(
    LETTER, sender="x@y.example", domain="y.example", name="x", reply_to=None, hosts=()
)
REPLY = Observation(
    delivery_id="reply",
    at=START,
    outbound=True,
    sender="kim@acme.example",
    domain="acme.example",
    recipients=("pat@vendor.example",),
    recipient_domains=("vendor.example",),
    is_proven_ours=True,
)


def at(observation: Observation, instant: int) -> Observation:
    return msgspec.structs.replace(observation, at=instant, delivery_id=f"at-{instant}")


def store_of(*mail: Observation) -> MemoryProfileStore:
    store = MemoryProfileStore()
    store.learn([(number, "acme", each) for number, each in enumerate(mail, 1)])
    return store


def mature(*mail: Observation) -> MemoryProfileStore:
    """A store of a tenant with sixty old letters of strangers, and these."""
    old = [at(STRANGER, START + step * HOUR_MS) for step in range(60)]
    return store_of(*old, *mail)


def test_an_empty_store_knows_nothing_and_alarms_nobody() -> None:
    seen = around(MemoryProfileStore(), "acme", LETTER, NOW)
    assert seen.sender.address is not None
    assert not seen.tenant.is_mature
    assert seen.tenant.days_of_history == 0
    assert seen.sender.address.prevalence is None
    assert seen.sender.address.solicited is None
    assert seen.sender.address.days_known == 0
    assert seen.sender.address.days_since_last_seen is None
    assert seen.pairs[0].is_first_contact
    assert seen.pairs[0].answers is None


@pytest.mark.parametrize(
    ("letters", "days", "is_mature"), [(49, 10, False), (50, 2, False), (50, 3, True)]
)
def test_a_tenant_is_mature_after_three_days_and_fifty_arrivals(
    letters: int, days: int, is_mature: bool
) -> None:
    store = store_of(*(at(STRANGER, NOW - days * DAY_MS + step) for step in range(letters)))
    assert around(store, "acme", LETTER, NOW).tenant.is_mature is is_mature


def test_a_mature_tenant_stays_so_however_much_is_learned_meanwhile() -> None:
    later = [at(STRANGER, NOW + step) for step in range(200)]
    tenant = around(mature(*later), "acme", LETTER, NOW).tenant
    assert tenant.messages_seen is None
    assert tenant.is_mature


def test_the_message_itself_and_its_copies_are_not_seen() -> None:
    seen = around(mature(LETTER, LETTER), "acme", LETTER, NOW)
    assert seen.sender.address is not None
    assert seen.sender.address.prevalence is Prevalence.NEW
    assert not seen.sender.address.seen.happened


def prevalence_after(*arrivals: int) -> Prevalence | None:
    store = mature(*(at(LETTER, instant) for instant in arrivals))
    sender = around(store, "acme", LETTER, NOW).sender
    assert sender.address is not None
    return sender.address.prevalence


def daily(days: int, per_day: int) -> list[int]:
    return [NOW - day * DAY_MS + each for day in range(1, days + 1) for each in range(per_day)]


@pytest.mark.parametrize(
    ("arrivals", "expected"),
    [
        ([], Prevalence.NEW),
        ([NOW - HOUR_MS] * 500, Prevalence.NEW),
        (daily(1, 500), Prevalence.OUTLIER),
        (daily(2, 1), Prevalence.OUTLIER),
        (daily(2, 2), Prevalence.RARE),
        (daily(3, 500), Prevalence.RARE),
        (daily(9, 1), Prevalence.RARE),
        (daily(10, 1), Prevalence.UNCOMMON),
        (daily(9, 100), Prevalence.UNCOMMON),
        (daily(29, 1), Prevalence.UNCOMMON),
        (daily(30, 1), Prevalence.COMMON),
        (daily(10, 3), Prevalence.COMMON),
    ],
)
def test_prevalence(arrivals: list[int], expected: Prevalence) -> None:
    assert prevalence_after(*arrivals) is expected


def test_solicited_needs_a_person_of_ours_to_have_written_first() -> None:
    written = around(mature(REPLY), "acme", LETTER, NOW)
    assert written.sender.address is not None
    assert written.sender.domain is not None
    assert written.sender.address.solicited is True
    assert written.sender.domain.solicited is True
    assert written.pairs[0].answers is True
    assert not written.pairs[0].is_first_contact
    assert written.sender.address.days_known == (NOW - START) / DAY_MS
    assert written.sender.address.days_since_last_written == (NOW - START) / DAY_MS
    assert written.sender.address.days_since_last_seen is None


def test_who_was_never_written_to_is_not_solicited_once_our_mail_is_known() -> None:
    stranger = around(mature(REPLY), "acme", STRANGER, NOW)
    assert stranger.sender.address is not None
    assert stranger.sender.address.solicited is False
    assert stranger.pairs[0].answers is False


def test_a_reply_written_after_the_letter_does_not_solicit_it() -> None:
    store = mature(REPLY, at(REPLY, NOW))
    before = around(store, "acme", LETTER, START)
    assert before.sender.address is not None
    assert before.sender.address.solicited is None


def test_a_flood_of_a_stranger_never_becomes_solicited() -> None:
    flood = [at(LETTER, START + step * HOUR_MS) for step in range(1_000)]
    sender = around(mature(REPLY, *flood), "acme", STRANGER, NOW).sender
    assert sender.address is not None
    assert sender.address.solicited is False


def test_a_known_name_from_another_address_is_noticed() -> None:
    store = mature(at(LETTER, START))
    impostor = msgspec.structs.replace(LETTER, sender="pat@free.example", domain="free.example")
    assert around(store, "acme", impostor, NOW).sender.name_came_from_elsewhere is True
    assert around(store, "acme", LETTER, NOW).sender.name_came_from_elsewhere is False
    unnamed = msgspec.structs.replace(LETTER, name="")
    assert around(store, "acme", unnamed, NOW).sender.name_came_from_elsewhere is None


def test_failed_mail_is_counted_apart() -> None:
    spoof = msgspec.structs.replace(LETTER, at=START, authenticated=False)
    sender = around(mature(spoof), "acme", LETTER, NOW).sender
    assert sender.address is not None
    assert sender.address.failed.count == 1
    assert not sender.address.seen.happened


def test_list_mail_is_known_by_its_list() -> None:
    posted = msgspec.structs.replace(LETTER, list_id="talk.lists.example")
    sender = around(mature(at(posted, START)), "acme", posted, NOW).sender
    assert sender.via_list is not None
    assert sender.address is not None
    assert sender.via_list.seen.count == 1
    assert not sender.address.seen.happened


def test_tenants_do_not_see_each_other() -> None:
    elsewhere = around(mature(at(LETTER, START)), "other", LETTER, NOW)
    assert all(row is None for _, row in elsewhere.rows)


def test_what_was_read_can_be_read_again_from_the_kept_rows() -> None:
    store = mature(REPLY, at(LETTER, START))
    seen = around(store, "acme", LETTER, NOW)
    store.learn([(1_000, "acme", at(LETTER, START + 1))])
    kept = decode_rows(encode_rows(seen.rows))
    assert around_from_rows(kept, LETTER, NOW) == seen
    assert seen.keys_read == reading_keys(LETTER)


def test_a_message_without_sender_is_read_without_complaint() -> None:
    nobody = Observation(delivery_id="d", at=NOW, recipients=("kim@acme.example",))
    seen = around(mature(), "acme", nobody, NOW)
    assert seen.sender.address is None
    assert seen.pairs == ()


@settings(max_examples=60)
@given(
    st.lists(st.integers(START, NOW + DAY_MS), max_size=40),
    st.integers(START, NOW + DAY_MS),
)
def test_facts_as_of_then_do_not_depend_on_what_came_later(arrivals: list[int], as_of: int) -> None:
    mail = [at(LETTER, instant) for instant in arrivals]
    all_of_it = around(mature(*mail), "acme", LETTER, as_of)
    only_before = around(mature(*(each for each in mail if each.at < as_of)), "acme", LETTER, as_of)
    assert all_of_it.sender.address is not None
    assert only_before.sender.address is not None
    assert all_of_it.sender.address.prevalence == only_before.sender.address.prevalence
    assert all_of_it.sender.address.days_known == only_before.sender.address.days_known
    assert all_of_it.tenant.is_mature == only_before.tenant.is_mature
