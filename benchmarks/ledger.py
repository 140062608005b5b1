"""The ledger: entries appended on one core, searched among five million, and their size on disk.

``append_per_s``: entries the engine makes of real or simulated mail, evidence included, packed and
committed in groups of 32 once a third of them is there, by CPU time on one core; ``--threads 16``
lets so many threads append one each instead, and ``--group 1`` one thread. ``CHAFFINCH_RULES_FEED``
names a folder of rules beside ours. ``search_p95_ms``: questions of every kind to a ledger filled
in bulk with entries of drawn senders, readers, subjects, times, verdicts, detectors and campaigns,
whose evidence is small. ``disk_mb_per_million``: of what the first measurement left, with its
indexes.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Record
from chaffinch.engine.bundle import load_bundle
from chaffinch.engine.journey import Mail, consider
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger
from shared.ledger_filling import drawn_entries, drawn_questions
from shared.measuring import options, percentile, report, sample_of

GROUP = 32  # as scan records them
ROUNDS = 5
FILL_AT_ONCE = 20_000


def main() -> int:
    """Measure, and print the figures."""
    parser = options(__doc__ or "", sample=750)
    parser.add_argument("--rows", type=int, default=5_000_000, help="entries to search among")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--group", type=int, default=GROUP, help="entries in one append")
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="fill this ledger, or search it")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    entries = made(sample_of(chosen.corpus, chosen.sample, chosen.seed), chosen.rules)
    with tempfile.TemporaryDirectory() as folder:
        group = chosen.group if chosen.threads == 1 else 1
        rounds = [
            appended(entries, Path(folder) / f"{n}.sqlite", chosen.threads, group)
            for n in range(ROUNDS)
        ]
        filled = chosen.keep or Path(folder) / "filled.sqlite"
        fill(filled, chosen.rows, chosen.seed)
        times = searched(filled, chosen.questions, chosen.seed)
    report(
        {
            "append_per_s": round(statistics.median(rate for rate, _ in rounds)),
            "search_p95_ms": round(percentile(times, 0.95) * 1000, 2),
            "disk_mb_per_million": round(rounds[0][1] / len(entries)),
        },
        as_json=chosen.json,
    )
    return 0


def made(sample: Sequence[bytes], rules: Sequence[str]) -> list[Entry]:
    """The entries of messages that teach one another, each once."""
    feed = os.environ.get("CHAFFINCH_RULES_FEED")
    bundle = load_bundle(Settings(rules=(*rules, *([feed] if feed else ()))))
    found: dict[str, Entry] = {}
    with tempfile.TemporaryDirectory() as folder:
        ledger = SqliteLedger(Path(folder) / "ledger.sqlite")
        memory = Memory(ledger, LmdbProfileStore(Path(folder) / "profiles"))
        for raw in sample:
            entry = consider(Mail(raw=raw), bundle, memory)
            memory.record([entry], learn=True)
            found[entry.id] = entry
        memory.close()
    return list(found.values())


def appended(entries: Sequence[Entry], path: Path, threads: int, group: int) -> tuple[float, int]:
    """Entries a CPU second, and the bytes they take."""
    ledger = SqliteLedger(path)
    warm = len(entries) // 3
    for entry in entries[:warm]:  # a ledger at work has its words
        ledger.append([Record(entry)])
    rest: Iterator[Entry] = iter(entries[warm:])

    def work() -> None:
        while some := [Record(entry) for entry in islice(rest, group)]:
            ledger.append(some)

    workers = [threading.Thread(target=work) for _ in range(threads)]
    started = time.process_time()
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    took = time.process_time() - started
    if len(list(ledger.ids())) != len(entries):
        raise RuntimeError("entries are missing")
    ledger.scrub()
    ledger.close()
    return (len(entries) - warm) / took, path.stat().st_size


def fill(path: Path, rows: int, seed: int) -> None:
    """Put so many drawn entries into a ledger, where it is empty."""
    ledger = SqliteLedger(path)
    if next(ledger.ids(), None) is None:
        batch: list[Record] = []
        for entry in drawn_entries(rows, seed):
            batch.append(Record(entry))
            if len(batch) == FILL_AT_ONCE:
                ledger.append(batch)
                batch = []
        ledger.append(batch)
    ledger.close()


def searched(path: Path, count: int, seed: int) -> list[float]:
    """Seconds each question took, on a ledger opened anew."""
    ledger = SqliteLedger(path)
    times = []
    for query in drawn_questions(count, seed):
        started = time.perf_counter()
        ledger.search(query, 50)
        times.append(time.perf_counter() - started)
    ledger.close()
    return times


if __name__ == "__main__":
    sys.exit(main())
