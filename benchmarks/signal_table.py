"""Every signal on every corpus: share known, spread, cost; which tell corpora apart by transport.

A sample of each labelled folder (``--corpus DIR``) and of simulated mail with attacks, each after
as much other mail of its own was learned. Attacks are held beside benign mail twice: as they are,
and with what only its way wrote on it stripped from both, all to one reader
(``replay.evaluate.transport``). A signal that separates (see ``shared/separation.py``) in the first
and hardly in the second tells transport. ``--page FILE`` writes all figures as a page; nothing of
the mail is in it.
"""

import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from time import process_time
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from chaffinch.core.tenant import Customer, Tenant, Vendor
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.lessons import Delivery
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.journey import Mail, consider, measured
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import load, locate
from chaffinch.replay.evaluate.labelled import read_folder
from chaffinch.replay.evaluate.transport import equalised
from chaffinch.signals.aggregates import Measured
from chaffinch.signals.declare import Signal, catalogue
from chaffinch.signals.distribution import Distribution
from chaffinch.simulate import Company, Plan, company, stream, tenant_toml
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger
from shared.measuring import SIMULATED_FROM, files_of, options, report
from shared.separation import separation

SEPARATES = 0.25
VANISHES = 0.1
VARIES = 0.001
_ABOUT = """\
{count} signals on samples of so many messages: {sizes}. Before each, other mail of the same
collection was learned with what it is labelled as, as much (simulated: two weeks). A cell says:
share of messages with a known value; of truth values then the share that is true, of numbers the
median and the 95th percentile, of texts how many different ones. `us` is the mean processor time
of one message in microseconds, without what signals share.
"""
_ON_TRANSPORT = """
## Telling transport

Signals that tell attacks from benign mail (0: not at all, 1: wholly) while the header shows which
way they came and to whom, and hardly once that is stripped from both. They may describe collections
rather than attacks. {attacks} attacks beside {benign} benign messages.

"""
Values: TypeAlias = Mapping[str, Measured]


class Message(msgspec.Struct, frozen=True):
    """One message, and whether it is an attack (None: nobody labelled it)."""

    raw: bytes
    is_attack: bool | None


class Corpus(msgspec.Struct, frozen=True):
    """Messages to learn and to measure, and whose they are."""

    name: str
    learned: Sequence[Message]
    sample: Sequence[Message]
    tenant: Tenant | None = None


class Table(msgspec.Struct):
    """What was counted: spreads by corpus, values of attacks and benign mail, raw and stripped."""

    spreads: dict[str, dict[str, Distribution]] = {}
    seconds: dict[str, float] = {}
    messages: int = 0
    raw: dict[bool, list[Values]] = {}
    stripped: dict[bool, list[Values]] = {}


def main() -> int:
    """Measure, and print or write the figures."""
    parser = options(__doc__ or "", sample=600)
    parser.add_argument("--page", metavar="FILE", type=Path, help="write all figures there")
    chosen = parser.parse_args()
    bundle = load_bundle(Settings(own_rules=False))
    table = Table(
        seconds=dict.fromkeys(catalogue(), 0.0),
        raw={True: [], False: []},
        stripped={True: [], False: []},
    )
    for corpus in _corpora(chosen.corpus, chosen.sample, chosen.seed):
        with tempfile.TemporaryDirectory() as folder:
            _measure(corpus, bundle, Path(folder), table)
    if chosen.page is not None:
        chosen.page.write_text("\n".join(_page(table)) + "\n", "utf-8")
    still = _still(table)
    transport = _transport(table)
    report(
        {
            "signals": len(catalogue()),
            "messages": table.messages,
            "attacks": len(table.raw[True]),
            "benign": len(table.raw[False]),
            "never_varied_count": len(still),
            "never_varied": still,
            "transport_count": len(transport),
            "transport": [name for name, _, _ in transport],
        },
        as_json=chosen.json,
    )
    return 0


def _corpora(places: Sequence[str], count: int, seed: int) -> Iterator[Corpus]:
    house = company(seed)
    plan = Plan(
        start=SIMULATED_FROM,
        days=14,
        hot_days=4,
        seed=seed,
        cases=count,
        partition="train",
        disguised=0.3,
    )
    mail = [Message(one.raw, one.truth.label == "attack") for one in stream(house, plan)]
    cut = max(0, len(mail) - 4 * count)
    yield Corpus("simulated", mail[:cut], mail[cut:], _described(house))
    for place in map(Path, places):
        chance = random.Random(seed)
        files = files_of(place)
        chosen = chance.sample(files, min(2 * count, len(files)))
        labels = {one.path: one.is_unwanted for one in read_folder(place).truths}
        found = [
            Message(raw, labels.get(str(path.relative_to(place)))) for path, raw in _read(chosen)
        ]
        half = len(found) // 2
        yield Corpus(place.name, found[:half], found[half:])


def _described(house: Company) -> Tenant:
    """The organisation with a tenant file that names all it could."""
    with tempfile.TemporaryDirectory() as folder:
        described = Path(folder) / "tenant.toml"
        described.write_text(tenant_toml(house), "utf-8")
        tenant = read_tenant(described)
    services = tenant.trusted_services
    return replace(
        tenant,
        people=tuple(replace(one, targeted=one.vip) for one in tenant.people),
        vendors=tuple(Vendor(name=one.name, domains=(one.domain,)) for one in house.vendors),
        customers=tuple(Customer(name=one.name, domains=(one.domain,)) for one in house.customers),
        trusted_services=(
            *(replace(one, may_send=()) for one in services[::2]),
            *(replace(one, accounts=(house.name,)) for one in services[1::2]),
        ),
    )


def _read(paths: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    for path in paths:
        located = next(iter(locate([path])), None)
        raw = load(located).raw if located is not None and located.error is None else None
        if raw is not None:
            yield path, raw


def _measure(corpus: Corpus, bundle: Bundle, folder: Path, table: Table) -> None:
    memory = Memory(SqliteLedger(folder / "ledger.sqlite"), LmdbProfileStore(folder / "profiles"))
    mail = [Mail(raw=one.raw, tenant=corpus.tenant) for one in corpus.learned]
    entries = [consider(one, bundle, memory) for one in mail]
    memory.record(entries, learn=True)
    memory.label(dict(_labels(corpus, entries)))
    spreads = table.spreads[corpus.name] = {name: Distribution() for name in catalogue()}
    for one in corpus.sample:
        evidence = measured(Mail(raw=one.raw, tenant=corpus.tenant), bundle, memory)[0]
        values = evidence.measure_all()
        table.messages += 1
        for name, declared in catalogue().items():
            spreads[name].add(values[name])
            started = process_time()
            evidence.measure_again(declared)
            table.seconds[name] += process_time() - started
        if one.is_attack is not None:
            table.raw[one.is_attack].append(values)
            bare = Mail(raw=equalised(one.raw), tenant=corpus.tenant)
            table.stripped[one.is_attack].append(measured(bare, bundle, memory)[0].measure_all())
    memory.close()


def _labels(corpus: Corpus, entries: Iterable[Entry]) -> Iterator[tuple[Delivery, str]]:
    """What is known of the mail that was learned, as labels that have matured."""
    for one, entry in zip(corpus.learned, entries, strict=True):
        if one.is_attack is not None:
            verdict = Verdict.MALICIOUS if one.is_attack else Verdict.BENIGN
            yield (entry.decision.tenant, entry.decision.delivery_id), verdict


def _still(table: Table) -> list[str]:
    """The signals that say the same on all but a thousandth of every corpus."""
    return [
        name for name in catalogue() if not any(_varies(of[name]) for of in table.spreads.values())
    ]


def _varies(spread: Distribution) -> bool:
    """Whether other than the commonest is said, null included, of a thousandth or more."""
    told = [spread.null, spread.unknown, *spread.values.values()]
    return spread.messages - max(told) >= VARIES * spread.messages and spread.known > 0


def _transport(table: Table) -> list[tuple[str, float, float]]:
    """The signals that tell attacks from benign mail only while transport is written on both."""
    found = []
    for name in catalogue():
        before, after = (_separation(name, piles) for piles in (table.raw, table.stripped))
        if before >= SEPARATES and after <= max(VANISHES, before / 3):
            found.append((name, before, after))
    return sorted(found, key=lambda one: -one[1])


def _separation(name: str, piles: Mapping[bool, Sequence[Values]]) -> float:
    return separation([one[name] for one in piles[True]], [one[name] for one in piles[False]])


def _page(table: Table) -> Iterator[str]:
    yield "# Signals as measured"
    yield ""
    yield "<!-- made by `python benchmarks/signal_table.py --corpus DIR … --page FILE` -->"
    yield ""
    sizes = (f"{name} {next(iter(of.values())).messages}" for name, of in table.spreads.items())
    yield from fill(_ABOUT.format(count=len(catalogue()), sizes=", ".join(sizes)), 120).splitlines()
    yield from _ON_TRANSPORT.format(
        attacks=len(table.raw[True]), benign=len(table.raw[False])
    ).splitlines()
    yield "| signal | as they are | stripped |"
    yield "|---|---|---|"
    for name, before, after in _transport(table):
        yield f"| `{name}` | {before:.2f} | {after:.2f} |"
    yield ""
    yield "## Never seen to vary"
    yield ""
    yield "Of these, less than a thousandth of every sample said something else than the commonest:"
    yield ""
    yield from (f"- `{name}`" for name in _still(table))
    yield ""
    yield "## All"
    yield ""
    yield f"| signal | us | {' | '.join(table.spreads)} |"
    yield f"|---|---|{'---|' * len(table.spreads)}"
    for name, one in catalogue().items():
        cells = " | ".join(_cell(one, of[name]) for of in table.spreads.values())
        yield f"| `{name}` | {table.seconds[name] / table.messages * 1e6:.1f} | {cells} |"


def _cell(one: Signal, spread: Distribution) -> str:
    if not spread.known:
        return "-"
    known = f"{spread.known / spread.messages:.0%}"
    if one.kind == "bool":
        return f"{known}: {spread.share(True):.1%}"
    if one.kind == "str":
        return f"{known}: {len(spread.values)}"
    middle, high = spread.quantiles((0.5, 0.95))
    return f"{known}: {middle:g}, {high:g}"


if __name__ == "__main__":
    sys.exit(main())
