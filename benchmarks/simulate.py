"""Simulated mail per CPU second, without and with attachments, and what its bytes are like.

Everyday mail of 200 people is written in full, occasion by occasion; the rates are those of the
occasions that attach nothing, and of those that attach something. Then a run of 30 days, attacks,
twins and look-alikes included, is parsed: ``defects`` counts what the parser found wrong, by kind,
``unplanned`` the messages with a defect that no evasion operator was applied to.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator

from chaffinch.message.parse import force, parse
from chaffinch.simulate import Company, Plan, Simulated, company, stream
from chaffinch.simulate.chance import chance
from chaffinch.simulate.declare import HABITS, Habit
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.post import deliver
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.traffic import RATED_PEOPLE
from shared.measuring import SIMULATED_FROM, report

ROUNDS = 4  # days' worth of occasions that are timed


def main() -> int:
    """Write, time, parse, count."""
    options = _options().parse_args()
    house = company(options.seed, options.people)
    plain, attached = _timed(house, options.seed)
    figures: dict[str, object] = {
        "messages_per_cpu_s": round(plain.rate),
        "with_attachments_per_cpu_s": round(attached.rate),
    }
    if not options.no_parse:
        plan = Plan(
            start=SIMULATED_FROM,
            days=options.days,
            seed=options.seed,
            cases=options.cases,
            lookalikes=options.cases,
            hot_days=options.days,
        )
        figures |= _parsed(stream(house, plan))
    report(figures, as_json=options.json)
    return 0


class Lap:
    """Messages of one kind, and the CPU time they took."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    @property
    def rate(self) -> float:
        """Messages a CPU second."""
        return self.count / self.seconds if self.seconds else 0.0


def _timed(house: Company, seed: int) -> tuple[Lap, Lap]:
    """Everyday mail composed and delivered; the first occasion of each family warms up."""
    plain, attached = Lap(), Lap()
    for habit in HABITS.values():
        for turn, stage in enumerate(_occasions(house, habit, seed)):
            begun = time.process_time()
            letters = list(habit.write(stage))
            for letter in letters:
                deliver(letter, house)
            if turn:
                lap = attached if any(map(_attaches, letters)) else plain
                lap.seconds += time.process_time() - begun
                lap.count += len(letters)
    return plain, attached


def _attaches(letter: Letter) -> bool:
    return bool(letter.files or letter.inline)


def _occasions(house: Company, habit: Habit, seed: int) -> Iterator[Stage]:
    count = round(habit.per_day * len(house.people) / RATED_PEOPLE * ROUNDS)
    for turn in range(count):
        yield Stage(
            company=house,
            rng=chance("timed", seed, habit.family, turn),
            day=SIMULATED_FROM,
            turn=turn,
        )


def _parsed(messages: Iterable[Simulated]) -> dict[str, object]:
    defects: Counter[str] = Counter()
    unplanned: Counter[str] = Counter()
    count = size = attached = 0
    for count, message in enumerate(messages, 1):  # noqa: B007 - the last number is the count
        size += len(message.raw)
        attached += b"\nContent-Disposition: attachment" in message.raw
        if found := _defects(message.raw):
            defects.update(found)
            unplanned[message.family] += not message.truth.operators
    return {
        "messages": count,
        "with_attachments": attached,
        "mean_bytes": round(size / count),
        "defects": dict(defects.most_common()),
        "unplanned": dict(+unplanned),
    }


def _defects(raw: bytes) -> set[str]:
    """The codes of everything the parser finds wrong when the whole model is read."""
    message = parse(raw)
    force(message)
    return {one.code for one in message.defects}


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--cases", type=int, default=300, help="attacks, and as many look-alikes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-parse", action="store_true", help="only write")
    parser.add_argument("--json", action="store_true", help="one line instead of a table")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
