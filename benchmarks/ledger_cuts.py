"""The ledger as a power cut may leave it, at every byte after what was last on the disk.

``log``: of the write-ahead log everything behind the last acknowledged append is cut off from each
offset on, or from every sixteenth zeros or noise. ``file``: while the log is put into the file, the
file is new up to each sector and old behind it, the log being whole. Each state is opened;
acknowledged entries have to be there and found, the last append as a whole or not at all, and
profiles that were behind have to come to what all lessons teach. ``missing``, ``torn``,
``unopened``, ``behind`` count what is not.
"""

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.decision.search import Query
from chaffinch.engine.memory import Memory
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.row import Key, Row
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger
from shared.ledger_filling import TENANTS, drawn_entries
from shared.measuring import options, report

ACKNOWLEDGED, LAST = 6, 2  # entries
_ALL = ACKNOWLEDGED + LAST
LEARNED = 3  # by profiles when the power goes
SMALL_MAP = 256 * 1024
SECTOR = 512
RARER = 16  # so many offsets are cut off for one that is overwritten
_BAD = ("missing", "torn", "unopened", "behind")
_LEDGER, _LOG, _PROFILES = "ledger.sqlite", "ledger.sqlite-wal", "profiles"

State = tuple[bytes, bytes]  # the file and the log
Rows = dict[tuple[str, Key], Row]


class Survival(msgspec.Struct):
    """What so many cuts left behind."""

    states: int = 0
    log_offsets: int = 0
    file_offsets: int = 0
    with_last: int = 0
    missing: int = 0
    torn: int = 0
    unopened: int = 0
    behind: int = 0


def main() -> int:
    """Cut, look, and print the figures; 1 where anything was lost or torn."""
    parser = options(__doc__ or "", sample=0)
    parser.add_argument("--step", type=int, default=1, help="bytes from one offset to the next")
    chosen = parser.parse_args()
    left = survived(chosen.step, chosen.seed)
    report(msgspec.structs.asdict(left), as_json=chosen.json)
    return int(any(getattr(left, bad) for bad in _BAD))


def survived(step: int, seed: int) -> Survival:
    """What is left after a cut at each offset."""
    left = Survival()
    with tempfile.TemporaryDirectory() as folder:
        made = _Made(Path(folder) / "made", seed)
        for state in made.log_states(step, left):
            made.look(state, Path(folder) / "cut", left)
        for state in made.file_states(step, left):
            made.look(state, Path(folder) / "cut", left)
    return left


class _Made:
    """A state whose last append is the one that may be lost, and profiles that are behind."""

    def __init__(self, folder: Path, seed: int) -> None:
        folder.mkdir()
        self._chance = random.Random(seed)
        self._profiles = folder / "behind"
        self._entries = list(drawn_entries(ACKNOWLEDGED + LAST, seed))
        ledger = SqliteLedger(folder / _LEDGER, durability="power")
        memory = Memory(ledger, LmdbProfileStore(folder / _PROFILES, map_bytes=SMALL_MAP))
        for number, one in enumerate(self._entries[:ACKNOWLEDGED], 1):
            memory.record([one], learn=True)
            if number == LEARNED:
                shutil.copytree(folder / _PROFILES, self._profiles)
        self._synced = (folder / _LOG).stat().st_size
        memory.record(self._entries[ACKNOWLEDGED:], learn=True)
        self._taught = {count: _taught(ledger, count) for count in (ACKNOWLEDGED, _ALL)}
        self._before, self._log = (folder / _LEDGER).read_bytes(), (folder / _LOG).read_bytes()
        memory.close()  # which puts the log into the file
        self._after = (folder / _LEDGER).read_bytes()

    def log_states(self, step: int, left: Survival) -> Iterator[State]:
        """The log cut off, zeros or noise from each offset on."""
        for number, offset in enumerate(range(self._synced, len(self._log), step)):
            rest = len(self._log) - offset
            overwritten = (bytes(rest), self._chance.randbytes(rest)) if number % RARER == 0 else ()
            for end in (b"", *overwritten):
                yield self._before, self._log[:offset] + end
            left.log_offsets += 1
        yield self._before, self._log

    def file_states(self, step: int, left: Survival) -> Iterator[State]:
        """The file new up to a sector's border or beside it, old behind that."""
        borders = range(0, len(self._after), SECTOR * max(1, step // SECTOR))
        for offset in (border + aside for border in borders for aside in (0, 1, SECTOR - 1)):
            yield self._after[:offset] + self._before[offset:], self._log
            left.file_offsets += 1

    def look(self, state: State, folder: Path, left: Survival) -> None:
        """Open a state, and count what is not as it has to be."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._profiles, folder / _PROFILES)
        (folder / _LEDGER).write_bytes(state[0])
        (folder / _LOG).write_bytes(state[1])
        left.states += 1
        try:
            ledger = SqliteLedger(folder / _LEDGER)
            memory = Memory(ledger, LmdbProfileStore(folder / _PROFILES, map_bytes=SMALL_MAP))
            memory.check()
            memory.catch_up()
            self._count(ledger, memory, left)
            memory.close()
        except StoreError:
            left.unopened += 1

    def _count(self, ledger: SqliteLedger, memory: Memory, left: Survival) -> None:
        names = list(ledger.ids())
        expected = [one.id for one in self._entries[: len(names)]]
        said = self._entries[:ACKNOWLEDGED]
        found = {one.id for one in ledger.search(Query(), _ALL).entries}
        left.missing += sum(ledger.find(one.id) != one or one.id not in found for one in said)
        is_whole = len(names) in self._taught and names == expected and found == set(names)
        left.torn += not is_whole
        left.behind += is_whole and _rows(memory.rows) != self._taught[len(names)]
        left.with_last += len(names) == _ALL


def _taught(ledger: SqliteLedger, count: int) -> Rows:
    """The rows that so many lessons make."""
    profiles = MemoryProfileStore()
    profiles.bind(ledger.identity(), ledger.secret())
    profiles.learn(ledger.lessons(0, count), after=0)
    return _rows(profiles.scan)


def _rows(scan: Callable[[str], Iterable[tuple[Key, Row]]]) -> Rows:
    return {(tenant, key): row for tenant in TENANTS for key, row in scan(tenant)}


if __name__ == "__main__":
    sys.exit(main())
