"""Processes killed while their threads append to one ledger, again and again.

Every entry a process had said to be recorded has to stand in the ledger, can be read, and is found
by a search; no append of several entries may be there in part. ``missing``, ``unread``, ``unfound``
and ``torn`` count what is not so.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import msgspec

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Record
from chaffinch.decision.search import Query
from chaffinch.stores.sqlite import SqliteLedger
from shared.ledger_filling import drawn_entries
from shared.measuring import options, report

WORKERS = 2
THREADS = 6
LONGEST_S = 0.3
TOGETHER = 3  # entries in one append
_BAD = ("missing", "unread", "unfound", "torn")


class Survival(msgspec.Struct):
    """What so many kills left behind."""

    kills: int = 0
    entries: int = 0
    acknowledged: int = 0
    missing: int = 0
    unread: int = 0
    unfound: int = 0
    torn: int = 0


def main() -> int:
    """Kill, look, and print the figures; 1 where anything was lost or torn."""
    parser = options(__doc__ or "", sample=100)
    parser.add_argument("--durability", choices=("process", "power"), default="process")
    parser.add_argument("--work", nargs=2, metavar=("LEDGER", "NAME"))
    chosen = parser.parse_args()
    if chosen.work:
        return work(Path(chosen.work[0]), int(chosen.work[1]), chosen.durability)
    left = survived(chosen.sample, chosen.seed, chosen.durability)
    report(msgspec.structs.asdict(left), as_json=chosen.json)
    return int(any(getattr(left, bad) for bad in _BAD))


def survived(rounds: int, seed: int, durability: str = "process") -> Survival:
    """What is left after so many rounds, in each of which every process is killed."""
    chance = random.Random(seed)
    left, said = Survival(), set[str]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        for number in range(rounds):
            fresh = killed(path, number * WORKERS, chance.uniform(0, LONGEST_S), durability)
            left.kills += WORKERS
            said |= fresh
            _look(path, fresh, left)
        ledger = SqliteLedger(path)
        kept = list(ledger.ids())
        left.entries, left.acknowledged = len(kept), len(said)
        left.missing = len(said - set(kept))
        left.unread = sum(ledger.find(one) is None for one in kept)
        left.torn = len(kept) % TOGETHER
        found = sum(_count(ledger, verdict) for verdict in Verdict)
        left.unfound += abs(len(kept) - found)
        ledger.close()
    return left


def killed(path: Path, first: int, after: float, durability: str) -> set[str]:
    """The ids of entries that processes said were recorded before they were killed."""
    command = [sys.executable, __file__, "--durability", durability, "--work", str(path)]
    started = [
        subprocess.Popen([*command, f"{first + n}"], stdout=subprocess.PIPE, text=True)
        for n in range(WORKERS)
    ]
    begun = [one.stdout.readline() for one in started if one.stdout is not None]
    time.sleep(after)
    for one in started:
        os.kill(one.pid, signal.SIGKILL)
    lines = begun + [line for one in started for line in one.communicate()[0].splitlines(True)]
    return {entry_id for line in lines if line.endswith("\n") for entry_id in line.split()}


def _look(path: Path, fresh: set[str], left: Survival) -> None:
    """The store opens by itself and has what was just said."""
    ledger = SqliteLedger(path)
    left.missing += sum(ledger.find(one) is None for one in fresh)
    ledger.close()


def _count(ledger: SqliteLedger, verdict: Verdict) -> int:
    count, cursor = 0, ""
    while True:
        page = ledger.search(Query(verdict=verdict), 500, cursor)
        count, cursor = count + len(page.entries), page.cursor
        if not cursor:
            return count


def work(path: Path, seed: int, durability: str) -> int:
    """Append from many threads until killed."""
    ledger = SqliteLedger(path, durability=durability)
    drawn = drawn_entries(1_000_000, seed)
    lock = threading.Lock()

    def some() -> list[Entry]:
        with lock:
            return [_of_worker(next(drawn), seed) for _ in range(TOGETHER)]

    def append() -> None:
        while True:
            entries = some()
            ledger.append([Record(one) for one in entries])
            line = " ".join(one.id for one in entries) + "\n"
            with lock:
                sys.stdout.write(line)
                sys.stdout.flush()

    for _ in range(THREADS):
        threading.Thread(target=append).start()
    return 0


def _of_worker(entry: Entry, seed: int) -> Entry:
    name = f"{seed:06x}{entry.id[6:]}"
    return msgspec.structs.replace(entry, decision=msgspec.structs.replace(entry.decision, id=name))


if __name__ == "__main__":
    sys.exit(main())
