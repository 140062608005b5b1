"""A week of mail in arrival order: everyday habits on every day, the attacks on the last."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from msgspec.structs import replace

from chaffinch.core.errors import UsageError
from chaffinch.simulate import attacks as attack_families
from chaffinch.simulate import habits as habit_families
from chaffinch.simulate.chance import chance
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company
from chaffinch.simulate.post import deliver
from chaffinch.simulate.simulated import Simulated
from chaffinch.simulate.stage import ATTACKS, HABITS, SATURDAY, Habit, Stage

FAMILIES = (habit_families, attack_families)  # imported for what they declare
RATED_PEOPLE = 24


def week(
    company: Company, *, start: datetime, days: int = 7, seed: int, attacks: bool = True
) -> Iterator[Simulated]:
    """The mail of so many days from the day of ``start``, oldest first.

    All attacks lie on the last day, each with a benign twin on the same day; choose a start that
    makes it a working day. Without ``attacks`` the twins are left out too, and all other messages
    are the same bytes.
    """
    if start.tzinfo is None:
        raise UsageError("start needs a time zone")
    midnight = start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight + timedelta(days=days)
    for letter in _letters(company, midnight, days, seed, attacks):
        if letter.received_at < end:
            yield deliver(letter, company)


def _letters(
    company: Company, midnight: datetime, days: int, seed: int, attacks: bool
) -> Iterator[Letter]:
    """Letters by arrival; threads started on one day may go on into the next."""
    waiting: list[tuple[datetime, str, int, Letter]] = []
    past: list[Letter] = []
    for number in range(days):
        day = midnight + timedelta(days=number)
        planned = list(_everyday(company, day, number, seed))
        past += planned
        if attacks and number == days - 1:
            planned += _pairs(company, day, seed, tuple(past))
        for letter in planned:
            heappush(waiting, (letter.received_at, letter.message_id, len(waiting), letter))
        while waiting and waiting[0][0] < day + timedelta(days=1):
            yield heappop(waiting)[-1]


def _everyday(company: Company, day: datetime, number: int, seed: int) -> Iterator[Letter]:
    for family, habit in sorted(HABITS.items()):
        count = _occasions(company, habit, day, seed)
        for turn in range(count):
            rng = chance("everyday", seed, day.date(), family, turn)
            yield from habit.write(
                Stage(company=company, rng=rng, day=day, turn=turn + number * count)
            )


def _occasions(company: Company, habit: Habit, day: datetime, seed: int) -> int:
    expected = habit.per_day * len(company.people) / RATED_PEOPLE
    if day.weekday() >= SATURDAY:
        expected *= habit.weekend
    if not expected:
        return 0
    rng = chance("volume", seed, day.date(), habit.family)
    return max(1, round(expected * rng.uniform(0.85, 1.15)))


def _pairs(
    company: Company, day: datetime, seed: int, past: tuple[Letter, ...]
) -> Iterator[Letter]:
    for family, attack in sorted(ATTACKS.items()):
        rng = chance("attack", seed, family)
        bad, twin = attack.plot(Stage(company=company, rng=rng, day=day, past=past))
        yield replace(bad, family=family, label="attack")
        yield replace(twin, family=f"{family}-twin", twin_of=bad.message_id)
