"""What our own rules say of real mail: hits on benign corpora, recall on unwanted ones.

Each ``--corpus DIR[=OWN-DOMAIN,…]`` has a ``labels.csv``. Its messages are decided in order of
arrival, each learned after, so that history counts; without own domains the readers' are assumed
ours. Per corpus and label: messages, ``flagged`` (suspicious, spam or malicious), ``disruptive``
(junked, quarantined), ``high`` (a rule of high or critical severity fired) with the upper end of
its exact 95 % interval, and every such hit of benign mail by path and rule. ``--equalised`` takes
transport headers away first and leaves one reader, because transport tells these corpora apart.
"""

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec
from rich.progress import track as shown

from chaffinch import Engine
from chaffinch.core.tenant import Tenant
from chaffinch.message.parse import parse
from chaffinch.replay.evaluate.transport import equalised
from chaffinch.replay.interval import share
from shared.judging import Ruling, interval, ruled
from shared.measuring import options, report

BENIGN = "benign"
LISTED = 400  # hits


class Labelled(msgspec.Struct, frozen=True):
    """A message of a corpus."""

    path: str
    label: str
    raw: bytes


def main() -> int:
    """Decide each corpus and count."""
    parser = options(__doc__ or "", sample=1_000_000)
    parser.add_argument("--equalised", action="store_true")
    parser.add_argument("--hits", action="store_true", help="list every high hit of benign mail")
    chosen = parser.parse_args()
    figures: dict[str, object] = {}
    total = Tally()
    for corpus in chosen.corpus:
        folder, _, own = corpus.partition("=")
        mail = drawn(Path(folder), chosen.sample, chosen.seed, is_equalised=chosen.equalised)
        domains = tuple(filter(None, own.split(",")))
        tallies: dict[str, Tally] = {}
        for one, ruling in decided(mail, domains):
            tallies.setdefault(one.label, Tally()).add(one, ruling)
            if one.label == BENIGN:
                total.add(one, ruling)
        for label, tally in sorted(tallies.items()):
            figures |= tally.figures(f"{Path(folder).name}_{label}", with_hits=chosen.hits)
    report(figures | total.figures("all_benign", with_hits=False), as_json=chosen.json)
    return 0


class Tally:
    """Counts over the messages of one label."""

    def __init__(self) -> None:
        self.total = self.flagged = self.disruptive = self.high = 0
        self.rules: Counter[str] = Counter()
        self.hits: list[str] = []

    def add(self, one: Labelled, ruling: Ruling) -> None:
        """Count one message."""
        self.total += 1
        self.flagged += ruling.is_flagged
        self.disruptive += ruling.is_disruptive
        self.high += bool(ruling.high)
        self.rules.update(ruling.high if one.label == BENIGN else ruling.rules)
        if ruling.high and one.label == BENIGN:
            self.hits.append(f"{one.path}: {', '.join(ruling.high)}")

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


def drawn(folder: Path, count: int, seed: int, *, is_equalised: bool) -> list[Labelled]:
    """So many messages of a corpus in order of arrival."""
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = Random(seed).sample(rows, min(count, len(rows)))
    read = [
        Labelled(row["path"], row["label"], _bytes(folder / row["path"], is_equalised))
        for row in chosen
    ]
    return sorted(read, key=lambda one: (parse(one.raw).received_at, one.path))


def _bytes(path: Path, is_equalised: bool) -> bytes:
    raw = path.read_bytes()
    return equalised(raw) if is_equalised else raw


def decided(mail: list[Labelled], domains: tuple[str, ...]) -> Iterator[tuple[Labelled, Ruling]]:
    """Every message with what was decided of it."""
    tenant = Tenant(name="own", domains=domains) if domains else None
    with (
        tempfile.TemporaryDirectory() as folder,
        Engine.open(Path(folder) / "state", tenant=tenant) as engine,
    ):
        for one in shown(mail, "deciding", disable=not sys.stderr.isatty()):
            yield one, ruled(engine.decide(one.raw, learn=True))


if __name__ == "__main__":
    raise SystemExit(main())
