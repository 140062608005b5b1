"""The compiled set against the definition of the language: every rule on every message.

Answers are plausible ones; by chance some functions and lists are missing, so that rules are
undecided, too. Steps are unlimited on both sides. ``differences`` counts values that differ (true,
false, null, or unknown with its causes), ``lost`` rules of which the set as a whole says otherwise
whether they are true, undecided, or neither.
"""

import random
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from answers.plausible import OUTSIDE, Plausible
from answers.recordings import plausible_lists
from chaffinch.detectors.loading import MESSAGE
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.mql.compiler.cache import cached
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.values import Unknown, unknown
from rules import Remembering, usable
from shared.measuring import options, report, sample_of

ENDLESS = 10**12
BATCH = 25


class Withholding(Plausible):
    """Plausible answers, of which some are missing for this message."""

    def __init__(self, message: Message, seed: int, lists: Mapping[str, frozenset[str]]) -> None:
        super().__init__(message, seed, lists)
        chance = random.Random(f"{seed}/{message.content_id}/withheld")
        share = chance.choice((0.0, 0.15, 0.6))
        self._withheld = {name for name in (*OUTSIDE, *lists) if chance.random() < share}

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """A list, unless it is missing."""
        return None if name in self._withheld else super().reference_list(name)

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """An answer, unless it is missing."""
        if function in self._withheld:
            return unknown(function)
        return super().call(function, arguments, keywords)


def main() -> int:
    """Compare and print the counts."""
    parser = options(__doc__ or "", sample=1_000)
    parser.add_argument("--lists", metavar="DIR", type=Path, help="a folder of reference lists")
    parser.add_argument("--cache", metavar="DIR", type=Path, help="where the set is kept")
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    if chosen.cache is not None:
        return _compare(chosen)
    with TemporaryDirectory() as folder:
        chosen.cache = Path(folder)
        return _compare(chosen)


def _compare(chosen: Namespace) -> int:
    raws = sample_of(chosen.corpus, chosen.sample, chosen.seed)
    cached(usable(chosen.rules), MESSAGE, {}, chosen.cache)
    batches = [raws[start : start + BATCH] for start in range(0, len(raws), BATCH)]
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(chosen.jobs, mp_context=get_context("fork")) as pool:
        for number, counts in enumerate(pool.map(partial(compared, chosen), batches), 1):
            total += counts
            if sys.stderr.isatty():
                print(f"\r{number}/{len(batches)}", end="", file=sys.stderr)
    keys = ("messages", "pairs", "differences", "lost", "true", "false", "null", "undecided")
    report({key: total[key] for key in keys}, as_json=chosen.json)
    return int(bool(total["differences"] or total["lost"]))


def compared(chosen: Namespace, raws: Sequence[bytes]) -> Counter[str]:
    """What the two evaluators say of some messages."""
    exprs = usable(chosen.rules)
    program = cached(exprs, MESSAGE, {}, chosen.cache)
    lists = plausible_lists(chosen.lists)
    counts: Counter[str] = Counter()
    for raw in raws:
        message = parse(raw)
        answers = Remembering(Withholding(message, chosen.seed, lists))
        run = program.run(message, answers)
        outcomes = dict(program.outcomes(message, answers, ENDLESS))
        counts["messages"] += 1
        for number, expr in enumerate(exprs):
            value = evaluate(expr, message, answers, steps=ENDLESS).value
            found = program.value(number, run, ENDLESS)
            counts["pairs"] += 1
            counts[_named(value)] += 1
            if type(found) is not type(value) or found != value:
                counts["differences"] += 1
                print(f"rule {number}: {value} is {found}", file=sys.stderr)
            if outcomes.get(number) != (value if _matters(value) else None):
                counts["lost"] += 1
                print(f"rule {number}: {value}, not {outcomes.get(number)}", file=sys.stderr)
    return counts


def _matters(value: object) -> bool:
    return value is True or isinstance(value, Unknown)


def _named(value: object) -> str:
    if isinstance(value, Unknown):
        return "undecided"
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null"


if __name__ == "__main__":
    sys.exit(main())
