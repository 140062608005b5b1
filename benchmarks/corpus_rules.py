"""What our own rules say of real mail: hits on benign corpora, recall on unwanted ones.

Each ``--corpus DIR[=OWN-DOMAIN,…]`` has a ``labels.csv``. Its messages are decided as ``chaffinch
evaluate --learn`` decides them, in order of arrival, each learned after, so that history counts;
without own domains the readers' are assumed ours. Per corpus and truth: messages, ``flagged``
(suspicious, spam or malicious), ``disruptive`` (junked, quarantined), ``high`` (a rule of high or
critical severity fired) with the upper end of its exact 95 % interval, and every such hit of benign
mail by path and rule. ``--equalised`` takes transport headers away first and leaves one reader,
because transport tells these corpora apart.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from msgspec.structs import replace
from rich.progress import track as shown

from chaffinch import Engine
from chaffinch.core.tenant import Tenant
from chaffinch.replay.evaluate.figures import is_disrupted, is_flagged
from chaffinch.replay.evaluate.labelled import Folder, read_folder
from chaffinch.replay.evaluate.outcome import Outcome, Unreadable, Way, outcomes
from chaffinch.replay.interval import share
from shared.judging import interval
from shared.measuring import options, report

BENIGN, UNWANTED = "benign", "unwanted"
LISTED = 400  # hits


def main() -> int:
    """Decide each corpus and count."""
    parser = options(__doc__ or "", sample=1_000_000)
    parser.add_argument("--equalised", action="store_true")
    parser.add_argument("--hits", action="store_true", help="list every high hit of benign mail")
    chosen = parser.parse_args()
    figures: dict[str, object] = {}
    total = Tally()
    for corpus in chosen.corpus:
        tallies: dict[str, Tally] = {}
        for one in decided(corpus, chosen.sample, chosen.seed, is_equalised=chosen.equalised):
            tallies.setdefault(label_of(one), Tally()).add(one)
            if not one.truth.is_unwanted:
                total.add(one)
        for label, tally in sorted(tallies.items()):
            name = Path(corpus.partition("=")[0]).name
            figures |= tally.figures(f"{name}_{label}", with_hits=chosen.hits)
    report(figures | total.figures("all_benign", with_hits=False), as_json=chosen.json)
    return 0


class Tally:
    """Counts over the messages of one label."""

    def __init__(self) -> None:
        self.total = self.flagged = self.disruptive = self.high = 0
        self.rules: Counter[str] = Counter()
        self.hits: list[str] = []

    def add(self, one: Outcome) -> None:
        """Count one message."""
        self.total += 1
        self.flagged += is_flagged(one)
        self.disruptive += is_disrupted(one)
        self.high += bool(one.grave)
        self.rules.update(one.detectors if one.truth.is_unwanted else one.grave)
        if one.grave and not one.truth.is_unwanted:
            self.hits.append(f"{one.truth.path}: {', '.join(one.grave)}")

    def figures(self, name: str, *, with_hits: bool) -> dict[str, object]:
        """The counts under the name."""
        found: dict[str, object] = {
            f"{name}_messages": self.total,
            f"{name}_flagged": interval(self.flagged, self.total),
            f"{name}_disruptive": self.disruptive,
            f"{name}_high": self.high,
            f"{name}_high_upper": round(share(self.high, self.total).high, 6),
            f"{name}_rules": dict(self.rules.most_common(15)),
        }
        return found | ({f"{name}_hits": self.hits[:LISTED]} if with_hits and self.hits else {})


def label_of(one: Outcome) -> str:
    """What the message truly is."""
    return UNWANTED if one.truth.is_unwanted else BENIGN


def drawn(place: Path, count: int, seed: int) -> Folder:
    """A labelled folder with so many of its messages."""
    folder = read_folder(place)
    truths = Random(seed).sample(folder.truths, min(count, len(folder.truths)))
    return replace(folder, truths=tuple(truths))


def decided(corpus: str, count: int, seed: int, *, is_equalised: bool) -> Iterator[Outcome]:
    """Messages of a corpus in order of arrival, each decided and then learned."""
    place, _, own = corpus.partition("=")
    domains = tuple(filter(None, own.split(",")))
    tenant = Tenant(name="own", domains=domains) if domains else None
    way = Way(tenant=tenant, is_learning=True, is_equalised=is_equalised)
    with (
        tempfile.TemporaryDirectory() as folder,
        Engine.open(Path(folder) / "state", tenant=tenant) as engine,
    ):
        found = outcomes(engine, drawn(Path(place), count, seed), way)
        for one in shown(found, "deciding", disable=not sys.stderr.isatty()):
            if isinstance(one, Unreadable):
                print(f"{one.path}: {one.why}", file=sys.stderr)
            else:
                yield one


if __name__ == "__main__":
    raise SystemExit(main())
