"""The whole journey of one message in CPU time: parse, profiles, rules, policy, ledger, learning.

Stages are measured where the work happens: what a stage asks for lazily is done, and counted,
there. ``decided_share`` is the share of (rule, message) pairs that came out true or false. With
``--lists DIR``, those of a feed, what rules ask of models and networks is answered by recordings
that are made beforehand. Where Rspamd is installed (``--no-rspamd`` leaves it out), it checks the
same mail in the same run, local checks only: ``rspamd_ratio`` is how many messages we decide in a
second of processor time over how many it checks.
"""

import statistics
import sys
import tempfile
from argparse import Namespace
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

from answers.recordings import plausible_lists, plausible_recording
from chaffinch.decision.policy import weigh
from chaffinch.detectors.judge import judge
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.entry_of import entry_of
from chaffinch.engine.journey import Mail, consider
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.message.parse import parse
from chaffinch.mql.recording import Recording
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger
from shared.measuring import options, report, sample_of, times_ms
from shared.rspamd_server import is_installed, rspamd_server

WARM_UP = 200
BATCH = 100


def main() -> int:
    """Measure a sample and print the figures."""
    parser = options(__doc__ or "", sample=1_000)
    parser.add_argument("--lists", metavar="DIR", type=Path, help="lists of a feed, for recordings")
    parser.add_argument("--no-rspamd", action="store_true")
    chosen = parser.parse_args()
    sample = sample_of(chosen.corpus, chosen.sample, chosen.seed)
    bundle = load_bundle(Settings(rules=tuple(chosen.rules)))
    with tempfile.TemporaryDirectory() as folder:
        ledger = SqliteLedger(Path(folder) / "ledger.sqlite")
        profiles = LmdbProfileStore(Path(folder) / "profiles")
        memory = Memory(ledger, profiles)
        for raw in sample[:WARM_UP]:
            memory.record([consider(Mail(raw=raw), bundle, memory)], learn=True)
        stages: dict[str, list[float]] = defaultdict(list)
        undecided = 0
        for raw, recording in _recorded(sample, chosen):
            undecided += one_journey(raw, bundle, memory, stages, recording)
        memory.close()
    totals = [sum(times) for times in zip(*stages.values(), strict=True)]
    pairs = len(bundle.rules) * len(sample)
    theirs = None if chosen.no_rspamd or not is_installed() else _rspamd_mean_s(sample)
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
            "rspamd_mean_ms": None if theirs is None else round(theirs * 1000, 4),
            "rspamd_ratio": None
            if theirs is None
            else round(theirs * len(totals) / sum(totals), 3),
        },
        as_json=chosen.json,
    )
    return 0


def _recorded(
    sample: Sequence[bytes], chosen: Namespace
) -> Iterator[tuple[bytes, Recording | None]]:
    """Each message with what was recorded of it, so that models and networks answer at once."""
    if chosen.lists is None:
        yield from ((raw, None) for raw in sample)
        return
    lists = plausible_lists(chosen.lists)
    for start in range(0, len(sample), BATCH):
        batch = sample[start : start + BATCH]
        recording = plausible_recording(map(parse, batch), chosen.seed, lists)
        yield from ((raw, recording) for raw in batch)


def _rspamd_mean_s(sample: Sequence[bytes]) -> float:
    """Seconds of processor time that Rspamd takes for one of these messages."""
    with rspamd_server() as server:
        for raw in sample[:WARM_UP]:
            server.check(raw)
        before = server.cpu_seconds()
        for raw in sample:
            server.check(raw)
        return (server.cpu_seconds() - before) / len(sample)


def one_journey(
    raw: bytes,
    bundle: Bundle,
    memory: Memory,
    stages: dict[str, list[float]],
    recording: Recording | None = None,
) -> int:
    """Take one message through the journey's steps and record it; the number of undecided rules."""
    clock = Clock(stages)
    message = parse(raw, limits=bundle.limits)
    clock.stop("parse_headers")
    observation = observe(message)
    clock.stop("parse_body_and_observe")
    around = memory.around(message.tenant.name, observation)
    clock.stop("read_profiles")
    evidence = Evidence(message, around, bundle.lists)
    judgement = judge(evidence, bundle.detectors, recording)
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
