"""As-then replay: entries of simulated mail made again from the ledger, and held against it.

Organisations one after the other are simulated, their mail decided with every hint and learned, all
in one state; then every entry is read back and made again from its message and what it holds.
``identical`` counts the entries that come out equal in every part, ``parts`` what differs of the
others. Rates are by CPU time on one core; deciding includes appending and learning one at a time.
"""

import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from itertools import count, islice
from pathlib import Path

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.profiles.digests import digests_of
from chaffinch.replay.as_then import AsThen, How
from chaffinch.simulate import Plan, company, stream, tenant_toml
from chaffinch.stores.sqlite import SqliteLedger
from shared.measuring import SIMULATED_FROM, options, report

PEOPLE, DAYS = 40, 20

Letters = dict[str, bytes]  # by the id of their entry


class Figures(msgspec.Struct):
    """What is counted, and the CPU seconds it took."""

    entries: int = 0
    identical: int = 0
    deciding_s: float = 0.0
    replaying_s: float = 0.0
    parts: Counter[str] = msgspec.field(default_factory=Counter)


def main() -> int:
    """Decide, replay and compare."""
    chosen = options(__doc__ or "", sample=100_000).parse_args()
    found = Figures()
    with tempfile.TemporaryDirectory() as folder:
        for number in count(chosen.seed):
            left = chosen.sample - found.entries
            if not left:
                break
            one_organisation(Path(folder), number, left, found)
            told = f"{found.entries} replayed, {found.identical} identical"
            print(told, file=sys.stderr, flush=True)
    figures = {
        "entries": found.entries,
        "identical": found.identical,
        "decided_per_s": round(found.entries / found.deciding_s),
        "replayed_per_s": round(found.entries / found.replaying_s),
        **({"parts": dict(found.parts)} if found.parts else {}),
    }
    report(figures, as_json=chosen.json)
    return 0 if found.identical == found.entries else 1


def one_organisation(folder: Path, number: int, most: int, found: Figures) -> None:
    """Decide the mail of one organisation, up to so many messages; then replay it."""
    house = company(number, PEOPLE)
    file = folder / "tenant.toml"
    file.write_text(tenant_toml(house), "utf-8")
    tenant = read_tenant(file)
    tenant = msgspec.structs.replace(tenant, name=f"{tenant.name} {number}")
    plan = Plan(
        start=SIMULATED_FROM, days=DAYS, seed=number, cases=40, lookalikes=40, hot_days=10,
        partition="train",
    )  # fmt: skip
    letters: Letters = {}
    started = time.process_time()
    with Engine.open(folder / "state", tenant=tenant, clock=time.perf_counter_ns) as engine:
        for mail in islice(stream(house, plan), most):
            decision = engine.decide(
                mail.raw, received_at=mail.received_at, recipients=mail.recipients, learn=True
            )
            letters[decision.id] = mail.raw
        again = AsThen(engine.bundle, tenant)
    replayed_from = time.process_time()
    replay(folder / "state" / "ledger.sqlite", letters, again, tenant, found)
    found.deciding_s += replayed_from - started
    found.replaying_s += time.process_time() - replayed_from


def replay(file: Path, letters: Letters, again: AsThen, tenant: Tenant, found: Figures) -> None:
    """Make every entry again, and count."""
    with closing(SqliteLedger(file)) as ledger:
        digests = digests_of(ledger.secret(), tenant.name)
        for entry_id, raw in letters.items():
            entry = ledger.find(entry_id)
            if entry is None:
                raise RuntimeError(f"entry {entry_id} is missing")
            one = again.replay(entry, raw, digests)
            found.entries += 1
            found.identical += one.how is How.RECOMPUTED and not one.differences
            found.parts.update(each.what for each in one.differences)


if __name__ == "__main__":
    sys.exit(main())
