"""Simulated everyday mail beside real benign mail: how well it can be told, and by what.

For each ``--corpus`` a plain learner is given the structure of both (header names and order,
shapes, MIME, encodings), then the words, then only measures (lengths, counts, hours). The areas
under the curve are from cross-validation by day; 0.5 would be mail nobody can tell from real mail,
and nothing here comes near it: the figures say where to be careful with what is learned from
simulated mail.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.message.sources import load, locate
from chaffinch.simulate import Plan, company, stream
from insert import structure
from shared.learner import Example, Features, cross_auc, telling
from shared.measuring import SIMULATED_FROM, options, report

WORD = re.compile(r"[^\W\d_]{2,20}")
Reading = Callable[[Message], Features]


def main() -> int:
    """Compare each corpus with as much simulated mail."""
    parser = options(__doc__ or "", sample=800)
    chosen = parser.parse_args()
    plan = Plan(start=SIMULATED_FROM, days=10, seed=chosen.seed)
    written = [parse(one.raw) for one in stream(company(chosen.seed, 60), plan)]
    figures: dict[str, object] = {}
    for corpus in chosen.corpus:
        real = read(corpus, chosen.sample, chosen.seed)
        ours = Random(chosen.seed).sample(written, min(len(written), len(real)))
        name = Path(corpus).name.replace("-", "_")
        for said, reading in READINGS.items():
            examples = [example(one, reading, is_ours=True) for one in ours]
            examples += [example(one, reading, is_ours=False) for one in real]
            figures[f"{name}_{said}_auc"] = round(cross_auc(examples, seed=chosen.seed), 3)
            figures[f"{name}_{said}_telling"] = telling(examples, 5, chosen.seed)
    report(figures, as_json=chosen.json)
    return 0


def read(corpus: str, sample: int, seed: int) -> Sequence[Message]:
    """So many messages of the corpus."""
    locators = [one for one in locate([Path(corpus)]) if one.error is None]
    drawn = Random(seed).sample(locators, min(sample, len(locators)))
    return [parse(found.raw) for found in map(load, drawn) if found.raw is not None]


def example(message: Message, reading: Reading, *, is_ours: bool) -> Example:
    """A message as the learner sees it; the groups are days."""
    return Example(reading(message), is_ours, f"{message.received_at:%Y-%m-%d}")


def words(message: Message) -> Features:
    """Which words the newest text and the subject hold."""
    text = f"{message.subject.subject} {message.body.current_thread.text[:4000]}"
    return {f"word {word.lower()}": 1.0 for word in WORD.findall(text)}


def measures(message: Message) -> Features:
    """Lengths and counts only."""
    text = message.body.current_thread.text
    lines = text.split("\n")
    counted = Counter(
        characters=len(text),
        lines=len(lines),
        links=len(message.body.links),
        quoted=len(message.body.previous_threads),
        readers=len(message.recipients.all_),
        subject=len(message.subject.subject),
        attachments=len(message.attachments),
        hops=len(message.headers.hops),
        sentences=text.count(". "),
        questions=text.count("?"),
    )
    scaled = {name: math.log1p(count) for name, count in counted.items()}
    return {f"{name} about {value:.0f}": 1.0 for name, value in scaled.items()}


READINGS: dict[str, Reading] = {
    "structure": lambda message: structure(message.raw),
    "words": words,
    "measures": measures,
}


if __name__ == "__main__":
    raise SystemExit(main())
