"""The whole journey of one message in CPU time: parse, profiles, rules, policy, ledger, learning.

Stages are measured where the work happens: what a stage asks for lazily is done, and counted,
there. ``decided_share`` is the share of (rule, message) pairs that came out true or false.
"""

import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import process_time

from chaffinch.decision.policy import weigh
from chaffinch.detectors.judge import judge
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.entry_of import entry_of
from chaffinch.engine.journey import Mail, consider
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.message.parse import parse
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger
from shared.measuring import options, report, sample_of, times_ms

WARM_UP = 200


def main() -> int:
    """Measure a sample and print the figures."""
    chosen = options(__doc__ or "", sample=1_000).parse_args()
    sample = sample_of(chosen.corpus, chosen.sample, chosen.seed)
    bundle = load_bundle(Settings(rules=tuple(chosen.rules)))
    with tempfile.TemporaryDirectory() as folder:
        ledger = SqliteLedger(Path(folder) / "ledger.sqlite")
        profiles = LmdbProfileStore(Path(folder) / "profiles")
        memory = Memory(ledger, profiles)
        for raw in sample[:WARM_UP]:
            memory.record([consider(Mail(raw=raw), bundle, memory)], learn=True)
        stages: dict[str, list[float]] = defaultdict(list)
        undecided = sum(one_journey(raw, bundle, memory, stages) for raw in sample)
        memory.close()
    totals = [sum(times) for times in zip(*stages.values(), strict=True)]
    pairs = len(bundle.rules) * len(sample)
    report(
        {
            "messages": len(sample),
            "rules": len(bundle.rules),
            **times_ms(totals),
            "messages_per_cpu_s": round(len(totals) / sum(totals)),
            **{
                f"stage_{name}_ms": round(statistics.median(times) * 1000, 4)
                for name, times in stages.items()
            },
            "decided_share": round(1 - undecided / pairs, 4) if pairs else 1.0,
        },
        as_json=chosen.json,
    )
    return 0


def one_journey(raw: bytes, bundle: Bundle, memory: Memory, stages: dict[str, list[float]]) -> int:
    """Take one message through the journey's steps and record it; the number of undecided rules."""
    clock = Clock(stages)
    message = parse(raw, limits=bundle.limits)
    clock.stop("parse_headers")
    observation = observe(message)
    clock.stop("parse_body_and_observe")
    around = memory.around(message.tenant.name, observation)
    clock.stop("read_profiles")
    evidence = Evidence(message, around, bundle.lists)
    judgement = judge(evidence, bundle.detectors)
    clock.stop("measure_and_judge")
    opinion = weigh(judgement, evidence, bundle.policy)
    entry = entry_of(evidence, observation, judgement, opinion, bundle.versions)
    clock.stop("weigh")
    memory.record([entry], learn=True)
    clock.stop("record_and_learn")
    return len(judgement.undecided)


class Clock:
    """Cuts CPU time into named stages, one after the other."""

    def __init__(self, stages: dict[str, list[float]]) -> None:
        self._stages = stages
        self._last = process_time()

    def stop(self, stage: str) -> None:
        """What passed since the last stop was this stage."""
        now = process_time()
        self._stages[stage].append(now - self._last)
        self._last = process_time()


if __name__ == "__main__":
    sys.exit(main())
