"""Attacks and twins in a history: its people, its shapes, nothing of its future."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
import pytest

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.simulate import Simulated, company, week
from chaffinch.simulate.insert.insertion import InsertPlan, Spoof, insert, moments_among

TUESDAY = datetime(2025, 3, 4, tzinfo=UTC)
HOUSE = company(4, people=16)
TENANT = Tenant(name="host", domains=(HOUSE.domain,), boundary=(HOUSE.boundary,))
NEWCOMERS = {  # twins of these are new to us by design: introduced, approved, enquiring
    "warm-up-twin",
    "fabricated-thread-twin",
    "contact-form-injection-twin",
    "mailing-platform-takeover-twin",
}
READERS = {"to", "cc", "reply-to", "delivered-to"}


@pytest.fixture(scope="module")
def history() -> tuple[Message, ...]:
    mail = week(HOUSE, start=TUESDAY, days=9, seed=4, attacks=False)
    return tuple(parse(one.raw, tenant=TENANT, received_at=one.received_at) for one in mail)


def plan_for(history: Sequence[Message], cases: int = 24, spoof: Spoof | None = None) -> InsertPlan:
    moments = moments_among([one.received_at for one in history], cases)
    return InsertPlan(moments=moments, seed=2, spoof=spoof)


@pytest.fixture(scope="module")
def inserted(history: tuple[Message, ...]) -> tuple[Simulated, ...]:
    return tuple(insert(history, TENANT, plan_for(history)))


def main_of(mail: Sequence[Simulated], label: str) -> list[Simulated]:
    return [one for one in mail if one.label == label and one.truth.role == "main"]


def names(raw: bytes) -> tuple[str, ...]:
    fields = parse(raw).headers.fields
    return tuple(one.name for one in fields if one.name.lower() not in READERS)


def test_every_attack_has_a_twin_and_all_come_in_order(inserted: tuple[Simulated, ...]) -> None:
    attacks, twins = main_of(inserted, "attack"), main_of(inserted, "benign")
    assert len(attacks) == len(twins) == 24
    assert {one.twin_of for one in twins} == {one.message_id for one in attacks}
    times = [one.received_at for one in inserted]
    assert times == sorted(times)
    assert all(one.truth.spoof for one in attacks)


def test_each_wears_the_fields_of_some_message_of_the_host(
    history: tuple[Message, ...], inserted: tuple[Simulated, ...]
) -> None:
    shapes = {names(one.raw) for one in history}
    written = [names(one.raw) for one in inserted]
    known = [one for one in written if one in shapes]
    assert len(known) >= 0.7 * len(written)  # others left out a reference or a signature
    every = {name for shape in shapes for name in shape}
    assert all(set(one) <= every for one in written)


def test_twins_are_written_by_people_the_host_knew(
    history: tuple[Message, ...], inserted: tuple[Simulated, ...]
) -> None:
    known = {one.sender.email.email for one in history if one.sender.email}
    for twin in main_of(inserted, "benign"):
        if twin.family in NEWCOMERS:
            continue
        author = parse(twin.raw).sender.email
        assert author is not None
        assert author.email in known, twin.family


def test_references_point_to_what_had_arrived(
    history: tuple[Message, ...], inserted: tuple[Simulated, ...]
) -> None:
    arrivals = {one.headers.message_id: one.received_at for one in history}
    arrivals |= {f"<{one.message_id}>": one.received_at for one in inserted}
    found = 0
    for one in inserted:
        for reference in parse(one.raw).headers.references:
            if reference in arrivals:
                found += 1
                assert arrivals[reference] <= one.received_at
    assert found > 3


def test_readers_are_people_of_the_host(inserted: tuple[Simulated, ...]) -> None:
    staff = {one.address for one in HOUSE.people} | {one.address for one in HOUSE.shared}
    for one in inserted:
        if one.direction != "outbound":
            assert set(one.recipients) <= staff, one.family


def test_message_ids_stand_in_the_bytes(inserted: tuple[Simulated, ...]) -> None:
    assert len({one.message_id for one in inserted}) == len(inserted)
    assert all(parse(one.raw).headers.message_id == f"<{one.message_id}>" for one in inserted)


def test_the_same_history_gets_the_same_mail(
    history: tuple[Message, ...], inserted: tuple[Simulated, ...]
) -> None:
    assert tuple(insert(history, TENANT, plan_for(history))) == inserted


def test_strangers_leave_a_strangers_traces(inserted: tuple[Simulated, ...]) -> None:
    for one in inserted:
        is_submitted = "ESMTPSA" in parse(one.raw).headers.written_all("received")[0]
        assert is_submitted == (one.direction != "inbound"), one.truth.family


def test_a_stolen_mailbox_still_sends_by_its_own_servers(history: tuple[Message, ...]) -> None:
    host = [renamed(one) for one in history]  # servers no company of the simulator has
    plan = msgspec.structs.replace(
        plan_for(host, 12, spoof="known-sender"), families=("compromised-vendor",)
    )
    relays: dict[str, set[str]] = defaultdict(set)
    for known in host:
        if known.sender.email:
            relays[known.sender.email.email].add(relay(known))
    found = Counter[tuple[bool, bool]]()
    for one in main_of(list(insert(host, TENANT, plan)), "attack"):
        message = parse(one.raw)
        assert message.sender.email is not None
        is_usual = relay(message) in relays[message.sender.email.email]
        found[one.truth.variant == "another-relay", is_usual] += 1
    assert found[True, True] == 0
    assert found[True, False] > 0
    assert found[False, True] > 3
    assert found[False, False] < found[False, True]  # the mailbox had not written yet


def renamed(message: Message) -> Message:
    raw = re.sub(rb"from (?:mail|smtp|out|mx-out)\.", b"from gateway7.", message.raw)
    return parse(raw, tenant=TENANT, received_at=message.received_at)


def relay(message: Message) -> str:
    return message.headers.written_all("received")[0].split()[1]


def test_one_spoof_level_may_be_asked_for(history: tuple[Message, ...]) -> None:
    mail = list(insert(history, TENANT, plan_for(history, 8, spoof="known-sender")))
    assert {one.truth.spoof for one in main_of(mail, "attack")} == {"known-sender"}


def test_a_foreign_tenant_file_is_named(history: tuple[Message, ...]) -> None:
    stranger = Tenant(name="other", domains=("elsewhere.example",))
    with pytest.raises(UsageError, match=r"elsewhere\.example.*tenant file"):
        list(insert(history, stranger, plan_for(history)))


def test_an_empty_history_is_refused() -> None:
    with pytest.raises(UsageError, match="history is empty"):
        moments_among([], 3)
