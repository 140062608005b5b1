"""All signals of a parsed message in CPU time, and those that a default configuration asks for.

``all``: every signal of the catalogue; ``default``: those that our own rules and the policy ask
for, which is what is measured while a message is decided. What signals share (folded texts,
wordings, brands named) counts as theirs; reading the message and its profile rows was done before.
Other mail of each source, as much again, is learned beforehand, so that history is known.
``costliest`` are mean microseconds of the signals that take most by themselves.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from time import process_time

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.decision.policy import weigh
from chaffinch.detectors.judge import judge
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.journey import Mail, consider, parsed
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.message import Message
from chaffinch.profiles.observe import observe
from chaffinch.signals.declare import catalogue
from chaffinch.signals.evidence import Evidence
from chaffinch.simulate import company, tenant_toml, week
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger
from shared.measuring import SIMULATED_FROM, options, report, sample_of, times_ms
from shared.reading import Reading, feed_reading
from shared.stages import STAGES

COSTLIEST = 10


class Source(msgspec.Struct, frozen=True):
    """Mail to learn, mail to measure, and whose it is."""

    name: str
    learned: Sequence[bytes]
    sample: Sequence[bytes]
    tenant: Tenant | None = None


class Times(msgspec.Struct):
    """Seconds of each message, and of each signal over all of them."""

    all: list[float]
    default: list[float]
    asked: list[int]
    single: dict[str, float]


def main() -> int:
    """Measure a sample of each source and print the figures."""
    parser = options(__doc__ or "", sample=400)
    chosen = parser.parse_args()
    bundle = load_bundle(Settings(rules=tuple(chosen.rules)))
    found: dict[str, Times] = {}
    for source in _sources(chosen.corpus, chosen.sample, chosen.seed):
        with tempfile.TemporaryDirectory() as folder:
            found[source.name] = _measured(source, bundle, Path(folder))
    whole = _together(found.values())
    counted = len(whole.all)
    costliest = sorted(whole.single.items(), key=lambda one: -one[1])[:COSTLIEST]
    report(
        {
            "signals": len(catalogue()),
            **_figures(whole),
            "messages": counted,
            "asked_mean": round(sum(whole.asked) / counted, 1),
            "corpora": {name: _figures(times) for name, times in found.items()},
            "costliest_us": {name: round(s / counted * 1e6, 1) for name, s in costliest},
            "own_mean_ms": round(sum(whole.single.values()) / counted * 1000, 4),
        },
        as_json=chosen.json,
    )
    return 0


def _sources(corpora: Sequence[str], count: int, seed: int) -> Iterator[Source]:
    """A sample of each corpus; without one, a simulated week."""
    if not corpora:
        house = company(seed)
        raw = [one.raw for one in week(house, start=SIMULATED_FROM, seed=seed)]
        with tempfile.TemporaryDirectory() as folder:
            described = Path(folder) / "tenant.toml"
            described.write_text(tenant_toml(house), "utf-8")
            tenant = read_tenant(described)
        yield Source("simulated", raw[:-count], raw[-count:], tenant)
    for corpus in corpora:
        raw = sample_of([corpus], 2 * count, seed)
        yield Source(Path(corpus).name, raw[: len(raw) // 2], raw[len(raw) // 2 :])


def _measured(source: Source, bundle: Bundle, folder: Path) -> Times:
    """Every message of a source, with what was learned before."""
    ledger = SqliteLedger(folder / "ledger.sqlite")
    memory = Memory(ledger, LmdbProfileStore(folder / "profiles"))
    mail = [Mail(raw=raw, tenant=source.tenant) for raw in source.learned]
    memory.record([consider(one, bundle, memory) for one in mail], learn=True)
    times = Times([], [], [], dict.fromkeys(catalogue(), 0.0))
    for raw in source.sample:
        _measure(Mail(raw=raw, tenant=source.tenant), bundle, memory, times)
    memory.close()
    return times


def _measure(mail: Mail, bundle: Bundle, memory: Memory, times: Times) -> None:
    """One message, read anew for each time that is taken."""
    evidence = _fresh(mail, bundle, memory)
    started = process_time()
    evidence.measure_all()
    times.all.append(process_time() - started)
    for name, one in catalogue().items():
        started = process_time()
        evidence.measure_again(one)
        times.single[name] += process_time() - started
    asked = _asked(_fresh(mail, bundle, memory), bundle)
    evidence = _fresh(mail, bundle, memory)
    started = process_time()
    for name in asked:
        evidence[name]
    times.default.append(process_time() - started)
    times.asked.append(len(asked))


def _fresh(mail: Mail, bundle: Bundle, memory: Memory) -> Evidence:
    """Evidence of which nothing is measured, of a message of which everything is read."""
    message = _read(parsed(mail, bundle))
    return Evidence(message, memory.around(message.tenant.name, observe(message)), bundle.lists)


def _read(message: Message) -> Message:
    """The message, of which every stage of reading was gone through and every field asked for."""
    for stage in STAGES.values():
        stage(message)
    _all_fields().read(message)
    for hop in message.headers.hops:
        _ = hop.received and (hop.received.time, hop.received.source_names)
    return message


@cache
def _all_fields() -> Reading:
    return feed_reading()


def _asked(evidence: Evidence, bundle: Bundle) -> Sequence[str]:
    """The signals that deciding the message asks for."""
    weigh(judge(evidence, bundle.detectors), evidence, bundle.policy)
    return tuple(evidence.measured())


def _together(found: Iterable[Times]) -> Times:
    whole = Times([], [], [], dict.fromkeys(catalogue(), 0.0))
    for one in found:
        whole.all += one.all
        whole.default += one.default
        whole.asked += one.asked
        for name, seconds in one.single.items():
            whole.single[name] += seconds
    return whole


def _figures(times: Times) -> Mapping[str, float]:
    return {
        f"{kind}_{name}": value
        for kind, seconds in (("all", times.all), ("default", times.default))
        for name, value in times_ms(seconds).items()
    }


if __name__ == "__main__":
    sys.exit(main())
