"""Everyday mail: who writes how much and when, in which language, and what is passed on."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pkgutil import iter_modules

import pytest

from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.simulate import Company, CompanyBrief, Plan, Simulated, cast, company, stream
from chaffinch.simulate.brief import OfficeBrief
from chaffinch.simulate.habits import words
from chaffinch.simulate.text.texts import Texts

MONDAY = datetime(2025, 3, 3, tzinfo=UTC)
FAR = (
    OfficeBrief(city="Oberlinden", minutes=60, summer="eu", share=2),
    OfficeBrief(city="Port Merrow", minutes=480, summer="none", share=1),
    OfficeBrief(city="Granite Falls", minutes=-300, summer="us", share=1),
)
HOUSE = cast(CompanyBrief(size=60, offices=FAR, languages={"en": 1.0, "de": 1.0, "fr": 1.0}), 4)


def tables() -> Iterator[tuple[str, Texts]]:
    for found in iter_modules(words.__path__):
        module = __import__(f"{words.__name__}.{found.name}", fromlist=["x"])
        for name, value in vars(module).items():
            if isinstance(value, Texts):
                yield f"{found.name}.{name}", value
            if name.isupper() and isinstance(value, dict):
                yield from ((f"{found.name}.{name}.{key}", one) for key, one in value.items())


TABLES = dict(tables())


def shingles(texts: tuple[str, ...]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in texts:
        tokens = "".join(c if c.isalnum() else " " for c in text.lower()).split()
        found |= {tuple(tokens[at : at + 4]) for at in range(len(tokens) - 3)}
    return found


@pytest.fixture(scope="module")
def fortnight() -> tuple[Simulated, ...]:
    return tuple(stream(HOUSE, Plan(start=MONDAY, days=5, seed=6)))


def of(mail: tuple[Simulated, ...], family: str) -> list[Message]:
    return [parse(one.raw) for one in mail if one.family == family]


def author(message: Message) -> str:
    email = message.sender.email
    return email.email if email else ""


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_partitions_of_everyday_texts_are_apart(name: str) -> None:
    for one in (TABLES[name], *TABLES[name].abroad.values()):
        train, judge = shingles(one.train), shingles(one.judge)
        assert len(train & judge) <= 0.03 * max(1, min(len(train), len(judge)))
        assert {"\n" in text for text in (*one.train, *one.judge)} in ({True}, {False})


def test_some_write_much_more_than_others_and_everybody_writes(
    fortnight: tuple[Simulated, ...],
) -> None:
    counts = Counter(
        author(parse(one.raw)) for one in fortnight if one.direction in ("internal", "outbound")
    )
    people = sorted((counts[one.address] for one in HOUSE.people), reverse=True)
    assert people[-1] > 0
    assert sum(people[:12]) > 2 * sum(people[-12:])


@pytest.mark.parametrize("size", [8, 24, 200])
def test_everybody_has_a_turn_in_proportion(size: int) -> None:
    house = company(1, people=size)
    turns = Counter(house.active(turn).address for turn in range(size * 20))
    assert set(turns) == {one.address for one in house.people}
    assert turns == Counter(house.active(turn).address for turn in range(size * 20))
    assert max(turns.values()) >= 3 * min(turns.values())


def test_people_write_in_the_hours_of_their_office(fortnight: tuple[Simulated, ...]) -> None:
    zones = set()
    for one in fortnight:
        if one.family not in ("internal-thread", "internal-note", "internal-invitation"):
            continue
        message = parse(one.raw)
        person = HOUSE.person_at(author(message))
        assert person
        here = parsedate_to_datetime(str(message.headers.get("date")))
        assert here.utcoffset() == timedelta(minutes=person.clock.offset(one.received_at))
        assert 6 <= here.hour <= 20
        zones.add(here.utcoffset())
    assert len(zones) == len(FAR)


def test_mail_of_far_offices_arrives_in_order(fortnight: tuple[Simulated, ...]) -> None:
    times = [one.received_at for one in fortnight]
    assert times == sorted(times)


def test_threads_are_held_in_the_language_the_circle_shares(
    fortnight: tuple[Simulated, ...],
) -> None:
    spoken: Counter[str] = Counter()
    for message in of(fortnight, "internal-thread"):
        text = message.body.current_thread.text.lower()
        goodbye = {"de": "grüße", "fr": ("cordialement", "bien à vous")}
        for language, marks in goodbye.items():
            if any(mark in text for mark in ((marks,) if isinstance(marks, str) else marks)):
                person = HOUSE.person_at(author(message))
                assert person
                assert person.language == language
                spoken[language] += 1
    assert min(spoken["de"], spoken["fr"]) > 10


def test_what_came_from_outside_is_passed_on(fortnight: tuple[Simulated, ...]) -> None:
    texts = " ".join(
        " ".join(parse(one.raw).body.current_thread.text.split())
        for one in fortnight
        if one.direction == "inbound"
    )
    passed = [one for one in of(fortnight, "internal-forward") if not one.headers.in_reply_to]
    assert len(passed) > 20
    for message in passed:
        (history, *_) = message.body.previous_threads
        first = " ".join(history.text.split())[:25]
        assert first in texts


def test_what_is_passed_on_was_told_in_the_same_half(fortnight: tuple[Simulated, ...]) -> None:
    halves: dict[str, set[str]] = {}
    for one in fortnight:
        subject = parse(one.raw).subject.subject
        halves.setdefault(subject, set()).add(one.truth.partition)
        assert one.truth.partition in ("train", "judge")
    for one in fortnight:
        if one.family == "internal-forward":
            subject = parse(one.raw).subject.subject
            passed = subject.removeprefix("Re: ").removeprefix("FW: ").removeprefix("Fwd: ")
            assert one.truth.partition in halves[passed]


def test_a_desk_answers_in_its_own_name(fortnight: tuple[Simulated, ...]) -> None:
    boxes = {one.address for one in HOUSE.shared}
    answers = [
        one for one in fortnight if one.family == "shared-desk" and one.direction != "inbound"
    ]
    assert len(answers) > 10
    for one in answers:
        message = parse(one.raw)
        assert author(message) in boxes
        assert message.headers.in_reply_to


def test_nobody_shares_a_mailbox_and_nothing_is_lost() -> None:
    house: Company = cast(CompanyBrief(size=20), 2)
    alone = Company(
        **{name: getattr(house, name) for name in house.__struct_fields__} | {"shared": ()}
    )
    mail = list(stream(alone, Plan(start=MONDAY, days=1, seed=3)))
    assert not [one for one in mail if one.family == "shared-desk"]
    assert len(mail) > 80
