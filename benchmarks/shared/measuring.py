"""What every benchmark shares: options, a sample of mail, and figures from CPU times."""

import argparse
import csv
import json
import random
import re
import statistics
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from chaffinch.message.sources import load, locate
from chaffinch.simulate import company, week

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
SIMULATED_FROM = datetime(2026, 6, 2, tzinfo=UTC)


def options(what: str, *, sample: int) -> argparse.ArgumentParser:
    """The options of every benchmark."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("--corpus", metavar="DIR", action="append", default=[])
    parser.add_argument("--rules", metavar="DIR", action="append", default=[])
    parser.add_argument("--sample", type=int, default=sample, help="messages from each corpus")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one line instead of a table")
    return parser


def sample_of(corpora: Sequence[str], count: int, seed: int) -> list[bytes]:
    """So many messages of each corpus, drawn by the seed; simulated ones without a corpus."""
    chance = random.Random(seed)
    if not corpora:
        return [one.raw for one in week(company(seed), start=SIMULATED_FROM, seed=seed)][:count]
    drawn: list[bytes] = []
    for corpus in corpora:
        locators = [one for one in locate([Path(corpus)]) if one.error is None]
        chosen = chance.sample(locators, min(count, len(locators)))
        drawn += [found.raw for found in map(load, chosen) if found.raw is not None]
    chance.shuffle(drawn)
    return drawn


def files_of(corpus: Path) -> list[Path]:
    """The message files of a corpus, one message each: those its ``labels.csv`` lists."""
    with (corpus / "labels.csv").open(encoding="utf-8", newline="") as file:
        return sorted(corpus / row["path"] for row in csv.DictReader(file))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def times_ms(seconds: Sequence[float]) -> dict[str, float]:
    """Median, mean and 99th percentile in milliseconds."""
    return {
        "median_ms": round(statistics.median(seconds) * 1000, 4),
        "mean_ms": round(statistics.fmean(seconds) * 1000, 4),
        "p99_ms": round(percentile(seconds, 0.99) * 1000, 4),
    }


class PeakMemory:
    """The most memory the process held since here, native libraries included (Linux; else 0)."""

    def __init__(self) -> None:
        self._before = 0
        if _STATUS.exists():
            _CLEAR.write_text("5")  # the highest mark begins again where the process stands now
            self._before = _kilobytes("VmHWM")

    def above(self, size: int) -> int:
        """By how many bytes it grew, less ``size``."""
        grown = (_kilobytes("VmHWM") - self._before) * 1024 if self._before else 0
        return max(0, grown - size)


def _kilobytes(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+)", _STATUS.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def report(figures: dict[str, object], *, as_json: bool) -> None:
    """Print the figures."""
    if as_json:
        print(json.dumps(figures))
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:<{width}}  {value}", file=sys.stdout)
