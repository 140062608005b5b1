"""The week as a whole: order, volume, labels, twins, threads, and the same bytes every time."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.errors import UsageError
from chaffinch.core.vocabulary import Origin
from chaffinch.simulate import Company, Simulated, company, week
from chaffinch.simulate.declare import ATTACKS, HABITS

Mail = tuple[Simulated, ...]
TUESDAY = datetime(2025, 3, 4, tzinfo=UTC)
MONDAY = datetime(2025, 3, 10, tzinfo=UTC)

DIGEST = """
import hashlib
from datetime import UTC, datetime
from chaffinch.simulate import company, week
digest = hashlib.sha256()
for one in week(company(1), start=datetime(2025, 3, 4, tzinfo=UTC), seed=1):
    digest.update(repr((one.received_at, one.recipients, one.family)).encode() + one.raw)
print(digest.hexdigest())
"""


def parsed(one: Simulated) -> EmailMessage:
    message = message_from_bytes(one.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def attacks_of(mail: Mail) -> list[Simulated]:
    """The letters that do the harm, without what prepares or hides it."""
    return [one for one in mail if one.label == "attack" and one.truth.role == "main"]


def test_mail_arrives_in_order_within_the_week(mail: Mail) -> None:
    times = [one.received_at for one in mail]
    assert times == sorted(times)
    assert min(times) >= TUESDAY - timedelta(hours=1)
    assert max(times) < TUESDAY + timedelta(days=7)
    assert {at.tzinfo for at in times} == {UTC}


def test_working_days_are_busy_and_weekends_quiet(mail: Mail) -> None:
    days = Counter(one.received_at.date() for one in mail if not one.truth.case)
    for day, count in days.items():
        assert 5 < count < 40 if day.weekday() >= 5 else 150 <= count <= 300


def test_all_attacks_lie_on_the_last_day(mail: Mail) -> None:
    attacks = attacks_of(mail)
    assert {one.received_at.date() for one in attacks} == {MONDAY.date()}
    assert {one.family for one in attacks} == set(ATTACKS)
    assert len(attacks) >= 14


def test_every_attack_has_one_benign_twin_of_the_same_day(mail: Mail) -> None:
    twins = Counter(one.twin_of for one in mail if one.twin_of)
    assert twins == Counter(one.message_id for one in attacks_of(mail))
    families = {one.message_id: one.family for one in mail}
    for twin in (one for one in mail if one.twin_of is not None):
        assert twin.label == "benign"
        assert twin.received_at.date() == MONDAY.date()
        assert twin.family == f"{families[str(twin.twin_of)]}-twin"


def test_without_attacks_the_rest_is_the_same(house: Company, mail: Mail) -> None:
    peaceful = tuple(week(house, start=TUESDAY, seed=1, attacks=False))
    assert peaceful == tuple(one for one in mail if not one.truth.case)


def test_every_habit_and_direction_is_seen(mail: Mail) -> None:
    assert set(HABITS) <= {one.family for one in mail}
    directions = Counter(one.direction for one in mail)
    assert min(directions[key] for key in ("inbound", "internal", "outbound")) > 100


def test_directions_agree_with_recipients(house: Company, mail: Mail) -> None:
    for one in mail:
        ours = [address.endswith(f"@{house.domain}") for address in one.recipients]
        assert ours
        assert all(ours) == (one.direction != "outbound")


def test_message_ids_are_unique_and_as_in_the_bytes(mail: Mail) -> None:
    assert len({one.message_id for one in mail}) == len(mail)
    assert all(f"\r\nMessage-ID: <{one.message_id}>\r\n".encode() in one.raw for one in mail)


def test_references_resolve_to_earlier_messages(mail: Mail) -> None:
    arrived: set[str] = set()
    replies = 0
    for one in mail:
        references = str(parsed(one).get("References", "")).split()
        replies += bool(references)
        if one.label == "benign":  # attackers answer what nobody wrote
            assert {reference.strip("<>") for reference in references} <= arrived
        arrived.add(one.message_id)
    assert replies > 200


def test_another_seed_writes_another_week(house: Company, mail: Mail) -> None:
    other = tuple(week(house, start=TUESDAY, seed=2))
    assert not {one.message_id for one in mail} & {one.message_id for one in other}


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_writes_the_same_bytes(mail: Mail, hash_seed: str) -> None:
    digest = hashlib.sha256()
    for one in mail:
        digest.update(repr((one.received_at, one.recipients, one.family)).encode() + one.raw)
    told = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest.hexdigest()


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    people=st.integers(8, 40),
    days=st.integers(1, 3),
    shift=st.integers(0, 6),
)
def test_any_company_has_any_week(seed: int, people: int, days: int, shift: int) -> None:
    start = TUESDAY + timedelta(days=shift)
    mail = tuple(week(company(seed, people), start=start, days=days, seed=seed))
    assert {one.family for one in attacks_of(mail)} == set(ATTACKS)
    assert sum(one.twin_of is not None for one in mail) == len(ATTACKS)
    assert [one.received_at for one in mail] == sorted(one.received_at for one in mail)


def test_a_start_without_zone_is_refused(house: Company) -> None:
    with pytest.raises(UsageError, match="time zone"):
        next(week(house, start=TUESDAY.replace(tzinfo=None), seed=1))


def test_benign_mail_says_where_it_comes_from(mail: Mail) -> None:
    for one in mail:
        if one.label == "benign":
            is_ours = one.direction != "inbound"
            assert (one.truth.origin is Origin.INTERNAL) == is_ours, one.family
            assert (one.truth.origin is Origin.LIST) == (one.family == "mailing-list")
