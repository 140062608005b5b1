"""How alike simulated texts are: within a half of the texts, and between the two halves.

Attacks, twins and look-alikes of several companies are written, so many of each family and half.
For each text of the judging half: its likeness (shared runs of five words, numbers and the
reader's names left out) to the nearest text of the training half of its family, and to the nearest
other text of its own half. A near-duplicate has a likeness of 0.5 or more.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean, median

from chaffinch.message.parse import parse
from chaffinch.simulate import Plan, Simulated, company, stream
from chaffinch.simulate.declare import ATTACKS, LOOKALIKES
from chaffinch.simulate.text.texts import PARTITIONS, Partition
from shared.measuring import SIMULATED_FROM, report

WORD = re.compile(r"[^\W\d_]+")
RUN = 5
NEAR = 0.5
Runs = frozenset[tuple[str, ...]]
Found = dict[str, dict[Partition, list[Runs]]]


def main() -> int:
    """Write, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=40, help="texts of a family and half")
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one line instead of a table")
    options = parser.parse_args()
    found = texts_of(options.each, options.people, options.seed)
    between, within, worst = [], [], {}
    for family, halves in found.items():
        across = [nearest(one, halves["train"]) for one in halves["judge"]]
        inside = [nearest(one, rest) for one, rest in each_and_rest(halves["judge"])]
        between += across
        within += inside
        if across:
            worst[family] = round(share(across), 3)
    report(
        {
            "families": len(found),
            "texts": sum(len(texts) for halves in found.values() for texts in halves.values()),
            "between_halves_near": round(share(between), 4),
            "between_halves_median": round(median(between), 3),
            "within_half_near": round(share(within), 4),
            "within_half_mean": round(fmean(within), 3),
            "worst_families": sorted(worst.items(), key=lambda pair: -pair[1])[:5],
        },
        as_json=options.json,
    )
    return 0


def texts_of(each: int, people: int, seed: int) -> Found:
    """Runs of words by family and half."""
    found: Found = defaultdict(lambda: {name: [] for name in PARTITIONS})
    for number, partition in enumerate(PARTITIONS):
        plan = Plan(
            start=SIMULATED_FROM,
            days=10,
            hot_days=4,
            seed=seed + number,
            cases=each * len(ATTACKS),
            lookalikes=each * len(LOOKALIKES),
            partition=partition,
        )
        for one in special(stream(company(seed + number, people), plan)):
            if runs := runs_of(one):
                found[one.family][partition].append(runs)
    return found


def special(messages: Iterable[Simulated]) -> Iterable[Simulated]:
    """What is no everyday mail."""
    return (one for one in messages if one.truth.case and one.truth.role == "main")


def runs_of(message: Simulated) -> Runs:
    """Every run of words of the newest text."""
    words = [word.lower() for word in WORD.findall(parse(message.raw).body.current_thread.text)]
    return frozenset(zip(*(words[n:] for n in range(RUN)), strict=False))


def nearest(one: Runs, others: Iterable[Runs]) -> float:
    """The largest likeness to any of the others."""
    return max((len(one & other) / len(one | other) for other in others), default=0.0)


def each_and_rest(texts: Sequence[Runs]) -> Iterable[tuple[Runs, list[Runs]]]:
    """Each text with all others of its list."""
    return ((one, [*texts[:n], *texts[n + 1 :]]) for n, one in enumerate(texts))


def share(values: Sequence[float]) -> float:
    """The share that is near."""
    return sum(value >= NEAR for value in values) / len(values) if values else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
