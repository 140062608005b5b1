"""As-then replay: entries of simulated mail made again from the ledger, and held against it.

Organisations one after the other are simulated, their mail decided with every hint and learned, all
in one state; then every entry is read back and made again from its message and what it holds.
``identical`` counts the entries that come out equal in every part, ``parts`` what differs of the
others. Rates are by CPU time on one core; deciding includes appending and learning one at a time.
"""

import sys
import tempfile
import time
from contextlib import closing
from itertools import count, islice
from pathlib import Path

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.profiles.digests import digests_of
from chaffinch.replay.as_then import AsThen, How
from chaffinch.simulate import Plan, Simulated, company, stream, tenant_toml
from chaffinch.stores.sqlite import SqliteLedger
from shared.measuring import SIMULATED_FROM, options, report

PEOPLE, DAYS = 40, 20
AT_ONCE = 32


class Shelf:
    """Messages in one file, by their content."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._places: dict[str, tuple[int, int]] = {}

    def keep(self, content_id: str, raw: bytes) -> None:
        """Put a message at the end."""
        self._places[content_id] = self._file.seek(0, 2), len(raw)
        self._file.write(raw)

    def raw(self, content_id: str) -> bytes:
        """The message of a content."""
        at, length = self._places[content_id]
        self._file.seek(at)
        return self._file.read(length)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def main() -> int:
    """Decide, replay and compare."""
    chosen = options(__doc__ or "", sample=100_000).parse_args()
    with tempfile.TemporaryDirectory() as folder, closing(Shelf(Path(folder) / "mail")) as shelf:
        state = Path(folder) / "state"
        started = time.process_time()
        tenants = decided(state, shelf, chosen.sample, chosen.seed)
        decided_s = time.process_time() - started
        figures = replayed(state, shelf, tenants)
    figures["decided_per_s"] = round(chosen.sample / decided_s)
    report(figures, as_json=chosen.json)
    return 0 if figures["identical"] == figures["entries"] else 1


def decided(state: Path, shelf: Shelf, most: int, seed: int) -> dict[str, Tenant]:
    """Decide and learn the mail of organisations, until there are so many entries."""
    tenants: dict[str, Tenant] = {}
    entries = 0
    for number in count(seed):
        if entries >= most:
            return tenants
        house = company(number, PEOPLE)
        tenant = _tenant_of(tenant_toml(house), number, state.parent)
        tenants[tenant.name] = tenant
        plan = Plan(
            start=SIMULATED_FROM, days=DAYS, seed=number, cases=40, lookalikes=40, hot_days=10,
            partition="train",
        )  # fmt: skip
        with Engine.open(state, tenant=tenant, clock=time.perf_counter_ns) as engine:
            for mail in islice(stream(house, plan), most - entries):
                _decide(engine, shelf, mail)
                entries += 1
        print(f"{entries} decided", file=sys.stderr, flush=True)
    return tenants


def _tenant_of(text: str, number: int, folder: Path) -> Tenant:
    file = folder / "tenant.toml"
    file.write_text(text, "utf-8")
    tenant = read_tenant(file)
    return msgspec.structs.replace(tenant, name=f"{tenant.name} {number}")


def _decide(engine: Engine, shelf: Shelf, mail: Simulated) -> None:
    decision = engine.decide(
        mail.raw, received_at=mail.received_at, recipients=mail.recipients, learn=True
    )
    shelf.keep(decision.content_id, mail.raw)


def replayed(state: Path, shelf: Shelf, tenants: dict[str, Tenant]) -> dict[str, object]:
    """What became of every entry on record."""
    with Engine.open(state, readonly=True) as engine:
        bundle = engine.bundle
    total = identical = 0
    parts: dict[str, int] = {}
    started = time.process_time()
    with closing(SqliteLedger(state / "ledger.sqlite")) as ledger:
        again = {name: AsThen(bundle, tenant) for name, tenant in tenants.items()}
        for entry_id in ledger.ids():
            entry = ledger.find(entry_id)
            assert entry is not None
            tenant = entry.decision.tenant
            raw = shelf.raw(entry.decision.content_id)
            found = again[tenant].replay(entry, raw, digests_of(ledger.secret(), tenant))
            total += 1
            identical += found.how is How.RECOMPUTED and not found.differences
            for one in found.differences:
                parts[one.what] = parts.get(one.what, 0) + 1
            if total % 10_000 == 0:
                print(f"{total} replayed, {identical} identical", file=sys.stderr, flush=True)
    took = time.process_time() - started
    return {
        "entries": total,
        "identical": identical,
        "replayed_per_s": round(total / took),
        **({"parts": parts} if parts else {}),
    }


if __name__ == "__main__":
    sys.exit(main())
