"""Two processes learn from one ledger until they are killed, again and again.

After each kill the profiles have to hold exactly what one pass over the ledger builds, once they
have caught up, and every delivery a process had said to be learned has to stand in the ledger.
``lost`` and ``doubled`` count instants the profiles lack or have twice, of all rows and tracks.
Every fourth time the Redis server is killed with them.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from chaffinch.core.vocabulary import Action, Goal, Impersonated, Origin, Verdict
from chaffinch.decision.decision import Decision, Part
from chaffinch.decision.entry import Digest, Entry
from chaffinch.engine.memory import Memory
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Row
from chaffinch.profiles.rowformat import encode_rows
from chaffinch.profiles.store import ProfileStore
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.redis import RedisProfileStore
from chaffinch.stores.sqlite import SqliteLedger
from shared import redis_server
from shared.measuring import options, report

START = 1_700_000_000_000
TENANT = "acme"
WORKERS = 2
SERVER_EVERY = 4
SMALL_MAP = 64 * 1024  # so that it grows while it is being written
LONGEST_S = 0.4


class Survival(msgspec.Struct):
    """What so many kills left behind."""

    kills: int = 0
    lessons: int = 0
    acknowledged: int = 0
    unrecorded: int = 0
    lost: int = 0
    doubled: int = 0


def main() -> int:
    """Kill, look, and print the figures; 1 where anything was lost or doubled."""
    parser = options(__doc__ or "", sample=10)
    parser.add_argument("--work", nargs=3, metavar=("LEDGER", "STORE", "NAME"))
    chosen = parser.parse_args()
    if chosen.work:
        return work(*chosen.work)
    figures: dict[str, object] = {}
    kinds = ["lmdb", "redis"] if redis_server.is_installed() else ["lmdb"]
    for kind in kinds:
        left = survived(kind, chosen.sample, chosen.seed)
        figures |= {f"{kind}_{name}": one for name, one in msgspec.structs.asdict(left).items()}
    report(figures, as_json=chosen.json)
    return int(any(figures[f"{kind}_{bad}"] for kind in kinds for bad in _BAD))


_BAD = ("unrecorded", "lost", "doubled")


def survived(kind: str, kills: int, seed: int) -> Survival:
    """What is left after so many kills of processes that learn into a store of this kind."""
    chance = random.Random(seed)
    left = Survival()
    with _places(kind) as (ledger, store, server):
        expected = MemoryProfileStore()
        for number in range(kills):
            said = killed(ledger, store, f"{number}", chance.uniform(0, LONGEST_S))
            if server is not None and number % SERVER_EVERY == 0:
                server.kill()
                server.start()
            left.kills += WORKERS
            _look(ledger, store, said, expected, left)
    return left


@contextmanager
def _places(kind: str) -> Iterator[tuple[Path, str, redis_server.RedisServer | None]]:
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.sqlite"
        if kind == "lmdb":
            yield ledger, f"{folder}/profiles", None
            return
        with redis_server.running("--appendonly", "yes", "--appendfsync", "always") as server:
            yield ledger, server.url, server


def killed(ledger: Path, store: str, name: str, after: float) -> set[str]:
    """The deliveries that processes said they had learned before they were killed."""
    command = [sys.executable, __file__, "--work", str(ledger), store]
    started = [
        subprocess.Popen([*command, f"{name}-{one}"], stdout=subprocess.PIPE, text=True)
        for one in range(WORKERS)
    ]
    first = [one.stdout.readline() for one in started if one.stdout is not None]
    time.sleep(after)
    for one in started:
        os.kill(one.pid, signal.SIGKILL)
    said = first + [line for one in started for line in one.communicate()[0].splitlines(True)]
    return {line.strip() for line in said if line.endswith("\n")}


def _look(
    ledger_path: Path, store: str, said: set[str], expected: MemoryProfileStore, left: Survival
) -> None:
    ledger, profiles = SqliteLedger(ledger_path), opened(store)
    memory = Memory(ledger, profiles)
    memory.check()
    memory.catch_up()
    Memory(ledger, expected).catch_up()
    left.acknowledged += len(said)
    left.unrecorded += sum(memory.learned(TENANT, one) is None for one in said)
    left.lessons = memory.learned_count(TENANT)
    right, found = dict(expected.scan(TENANT)), dict(profiles.scan(TENANT))
    left.lost += sum(_beyond(right.get(one), found.get(one)) for one in right)
    left.doubled += sum(_beyond(found.get(one), right.get(one)) for one in found)
    if right != found and not (left.lost or left.doubled):
        raise RuntimeError("rows differ in more than how often things happened")
    memory.close()


def _beyond(one: Row | None, other: Row | None) -> int:
    """How many instants a row has more than another."""
    return max(_instants(one) - _instants(other), 0)


def _instants(row: Row | None) -> int:
    tracks = () if row is None else (row.seen, row.failed, row.written)
    return sum(len(one.earliest) + len(one.latest) + one.between for one in tracks)


def opened(store: str) -> ProfileStore:
    """The store at an address or in a folder."""
    if store.startswith("unix://"):
        return RedisProfileStore(store)
    return LmdbProfileStore(Path(store), map_bytes=SMALL_MAP)


def work(ledger_path: str, store: str, name: str) -> int:
    """Record and learn deliveries, every fifth of them twice, until killed."""
    memory = Memory(SqliteLedger(Path(ledger_path)), opened(store))
    memory.check()
    memory.catch_up()
    number = 0
    while True:
        number += 1
        entry = entry_of(f"{name}-{number}", number)
        memory.record([entry], learn=True)
        if number % 5 == 0:
            memory.record([entry], learn=True)
        print(entry.observation.delivery_id, flush=True)


def entry_of(delivery_id: str, number: int) -> Entry:
    """The record of a message that teaches some rows everybody shares, and some nobody does."""
    return Entry(
        decision=_decision(delivery_id),
        about=Digest(),
        signals={},
        unmeasured={},
        kept_rows=encode_rows(()),
        observation=Observation(
            delivery_id=delivery_id,
            at=START + number * 60_000,
            inbound=True,
            sender=f"person{number % 50}@company.example",
            domain="company.example",
            name=f"person {number % 50}",
            recipients=(f"kim{number % 4}@acme.example",),
            mailboxes=(f"kim{number % 4}@acme.example",),
            message_id=f"{delivery_id}@company.example",
        ),
    )


def _decision(delivery_id: str) -> Decision:
    return Decision(
        id=delivery_id,
        content_id=delivery_id,
        delivery_id=delivery_id,
        tenant=TENANT,
        scope="organisation",
        received_at=datetime.fromtimestamp(START / 1000, UTC),
        verdict=Verdict.BENIGN,
        goal=Goal.NONE,
        vectors=(),
        impersonated=Impersonated.NOBODY,
        source=Origin.EXTERNAL,
        attack_type=None,
        log_odds=-4_000,
        calibrated=False,
        action=Action.DELIVER,
        attribution=(Part("prior", -4_000, "rare"),),
        findings=(),
        undecided=(),
        defects=(),
        assumptions=(),
        versions={},
    )


if __name__ == "__main__":
    sys.exit(main())
