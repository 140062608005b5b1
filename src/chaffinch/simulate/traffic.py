"""The stream of mail in arrival order: everyday habits, attacks with twins, look-alikes."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.simulate import attacks as attack_families
from chaffinch.simulate import habits as habit_families
from chaffinch.simulate import lookalikes as lookalike_families
from chaffinch.simulate.chance import chance
from chaffinch.simulate.declare import ATTACKS, HABITS, LOOKALIKES, Habit, hold_known
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company
from chaffinch.simulate.past import Past
from chaffinch.simulate.post import deliver
from chaffinch.simulate.scenes import attack_case, everyday, lookalike_case
from chaffinch.simulate.simulated import Simulated
from chaffinch.simulate.stage import SATURDAY, Stage
from chaffinch.simulate.text.texts import PARTITIONS, Partition

FAMILIES = (habit_families, attack_families, lookalike_families)  # imported for what they declare
RATED_PEOPLE = 24
FIRST_YEAR, LAST_YEAR = 1981, 2100  # the dates in archives go from 1980 to 2107
EARLIEST = timedelta(hours=14)  # where the day begins first, it is still yesterday in UTC


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written: everyday mail from the day of ``start``, and cases on the last days.

    ``cases`` counts attacks with their twins and ``lookalikes`` benign mail that resembles
    attacks; both take the families in turn and lie on the working days among the last
    ``hot_days``. ``partition`` keeps to one half of the texts; without it each case draws its own.
    ``families`` names the only ones to take; empty means all. ``disguised`` is the share of
    attacks, 0 to 1, hidden by evasion operators; all other mail is the same bytes with any share.
    """

    start: datetime
    days: int = 7
    seed: int = 1
    cases: int = 0
    lookalikes: int = 0
    hot_days: int = 1
    partition: Partition | None = None
    families: tuple[str, ...] = ()
    disguised: float = 0.0

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise UsageError("start needs a time zone")
        if self.days < 1 or self.hot_days < 1:
            raise UsageError("days and hot_days must be 1 or more")
        if self.cases < 0 or self.lookalikes < 0:
            raise UsageError("cases and lookalikes must be 0 or more")
        if not 0 <= self.disguised <= 1:
            raise UsageError("disguised must lie between 0 and 1")
        if self.cases < 0 or self.lookalikes < 0:
            raise UsageError("cases and lookalikes must be 0 or more")
        if self.start.year < FIRST_YEAR or self.start.year + self.days // 365 > LAST_YEAR:
            raise UsageError(f"all days must lie in the years {FIRST_YEAR} to {LAST_YEAR}")
        hold_known(self.families, {*ATTACKS, *LOOKALIKES})

    @property
    def midnight(self) -> datetime:
        """Midnight of the first day."""
        return self.start.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def week(
    company: Company, *, start: datetime, days: int = 7, seed: int, attacks: bool = True
) -> Iterator[Simulated]:
    """The mail of so many days from the day of ``start``, oldest first.

    All attacks lie on the last day, one of each family, each with a benign twin on the same day;
    choose a start that makes it a working day. Without ``attacks`` the twins are left out too,
    and all other messages are the same bytes.
    """
    cases = len(ATTACKS) if attacks else 0
    return stream(company, Plan(start=start, days=days, seed=seed, cases=cases))


def stream(company: Company, plan: Plan) -> Iterator[Simulated]:
    """The mail of the plan as our boundary delivers it, oldest first."""
    end = plan.midnight + timedelta(days=plan.days)
    for letter in _letters(company, plan):
        if letter.received_at < end:
            yield deliver(letter, company)


def _letters(company: Company, plan: Plan) -> Iterator[Letter]:
    """Letters by arrival; threads started on one day may go on into the next."""
    waiting: list[tuple[datetime, str, int, Letter]] = []
    past, ticket = Past(), count()
    hot = _hot_days(plan)
    for number in range(plan.days):
        day = plan.midnight + timedelta(days=number)
        planned = list(_everyday(company, plan, day, number, past))
        for letter in planned:
            past.add(letter)
        if number in hot:
            planned += _cases(company, plan, day, past, (hot.index(number), len(hot)))
        for letter in planned:
            heappush(waiting, (letter.received_at, letter.message_id, next(ticket), letter))
        while waiting and waiting[0][0] < day + timedelta(days=1) - EARLIEST:
            yield heappop(waiting)[-1]
    while waiting:
        yield heappop(waiting)[-1]


def _hot_days(plan: Plan) -> list[int]:
    """The days on which cases happen: working days among the last ones, or else the last."""
    last = range(max(0, plan.days - plan.hot_days), plan.days)
    work = [n for n in last if (plan.midnight + timedelta(days=n)).weekday() < SATURDAY]
    return work or [plan.days - 1]


def _everyday(
    company: Company, plan: Plan, day: datetime, number: int, past: Past
) -> Iterator[Letter]:
    for family, habit in sorted(HABITS.items()):
        occasions = _occasions(company, habit, day, plan.seed)
        for turn in range(occasions):
            rng = chance("everyday", plan.seed, day.date(), family, turn)
            partition = _partition(plan, rng)
            stage = Stage(
                company=company,
                rng=rng,
                day=day,
                turn=turn + number * occasions,
                past=past.told_in(partition),
                partition=partition,
            )
            yield from everyday(habit, stage)


def _partition(plan: Plan, rng: Random) -> Partition:
    return plan.partition if plan.partition else rng.choice(PARTITIONS)


def _occasions(company: Company, habit: Habit, day: datetime, seed: int) -> int:
    expected = habit.per_day * len(company.people) / RATED_PEOPLE
    if day.weekday() >= SATURDAY:
        expected *= habit.weekend
    if not expected:
        return 0
    rng = chance("volume", seed, day.date(), habit.family)
    return max(1, round(expected * rng.uniform(0.85, 1.15)))


def _cases(
    company: Company, plan: Plan, day: datetime, past: Past, share: tuple[int, int]
) -> Iterator[Letter]:
    """This hot day's part of the cases and look-alikes; ``share`` is its number of how many."""
    for family, number in _dealt(sorted(ATTACKS), plan, plan.cases, share):
        stage = _scene(company, plan, day, past, ("attack", family, number))
        veil = _veil(plan, family, number)
        yield from attack_case(ATTACKS[family], stage, f"{family}-{number}", veil)
    for family, number in _dealt(sorted(LOOKALIKES), plan, plan.lookalikes, share):
        stage = _scene(company, plan, day, past, ("lookalike", family, number))
        yield from lookalike_case(LOOKALIKES[family], stage, f"{family}-{number}")


def _veil(plan: Plan, family: str, number: int) -> Random | None:
    """The dice of an attack's disguise, where it wears one."""
    rng = chance("disguise", plan.seed, family, number)
    return rng if rng.random() < plan.disguised else None


def _dealt(
    families: Sequence[str], plan: Plan, total: int, share: tuple[int, int]
) -> Iterable[tuple[str, int]]:
    wanted = [one for one in families if not plan.families or one in plan.families]
    if not wanted:
        return ()
    first, step = share
    return ((wanted[n % len(wanted)], n // len(wanted)) for n in range(first, total, step))


def _scene(
    company: Company, plan: Plan, day: datetime, past: Past, key: tuple[str, str, int]
) -> Stage:
    kind, family, number = key
    rng = chance(kind, plan.seed, family, number)
    turn = rng.randrange(len(company.people))
    partition = _partition(plan, rng)
    return Stage(
        company=company,
        rng=rng,
        day=day,
        turn=turn,
        past=past.told_in(partition),
        partition=partition,
    )
