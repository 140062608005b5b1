"""A whole feed of rules on each message, in CPU time after parsing (ours without ``--rules``).

Capabilities answer from a recording, so that rules decide; a tenant is configured. The clock is on
the rules: a message has been read in full and its answers have been looked up in the recording
before, by a first pass over a batch of messages.
``no_prefilter_median_ms``: every rule evaluated. ``no_sharing_median_ms``: every rule compiled
alone. ``scale4x_ratio``: four times the rules (copies whose literals are replaced by words that
equally many of these messages have), over once.
"""

import resource
import statistics
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time

from answers.recordings import plausible_lists, plausible_recording
from chaffinch.core.tenant import Person, Tenant
from chaffinch.detectors.loading import MESSAGE, read_folder
from chaffinch.engine.bundle import own_rules_folder
from chaffinch.lists.reference import shipped
from chaffinch.message.message import Message
from chaffinch.message.parse import force, parse
from chaffinch.mql.capabilities import Capabilities, NoCapabilities
from chaffinch.mql.compiler.cache import cached
from chaffinch.mql.compiler.program import Program, compiled
from chaffinch.mql.recorded import Recorded
from chaffinch.mql.tree import Expr
from chaffinch.mql.values import Unknown
from shared.fourfold import Replacing
from shared.measuring import options, percentile, report, sample_of

BATCH = 50
Job = tuple[Message, Capabilities]
Step = Callable[[Job], object]


class Remembering:
    """Answers once asked for, by the identity of what was asked: the clock is on the rules."""

    def __init__(self, beneath: Capabilities) -> None:
        self._beneath = beneath
        self._answers: dict[tuple[object, ...], tuple[object, tuple[object, ...]]] = {}
        self._lists: dict[str, frozenset[str] | tuple[object, ...] | None] = {}
        self.is_listed = beneath.is_listed
        self.signal = beneath.signal

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """The entries of a list."""
        if name not in self._lists:
            self._lists[name] = self._beneath.reference_list(name)
        return self._lists[name]

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """An answer, kept with its question."""
        named = (one for pair in keywords.items() for one in pair)
        key = (function, *(one if isinstance(one, str) else id(one) for one in arguments), *named)
        known = self._answers.get(key)
        if known is None:
            known = (self._beneath.call(function, arguments, keywords), arguments)
            self._answers[key] = known
        return known[0]

    def element_signal(self, element: object, name: str) -> bool | float | str | Unknown | None:
        """The value of an element's signal."""
        return self._beneath.element_signal(element, name)


class Given(NoCapabilities):
    """What no recording holds: the lists of the tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._lists: dict[str, frozenset[str] | tuple[object, ...]] = {
            "org_domains": tenant.domain_set,
            "org_slds": frozenset(one.partition(".")[0] for one in tenant.domains),
            "org_display_names": frozenset(one.name for one in tenant.people),
            "org_vips": (),
        }

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """A list of the tenant."""
        return self._lists.get(name)


def main() -> int:
    """Compile, load, run, and print the figures."""
    chosen = _options().parse_args()
    exprs = usable(chosen.rules)
    with tempfile.TemporaryDirectory() as folder:
        cold = _seconds(lambda: cached(exprs, MESSAGE, {}, Path(folder)))
        warm = _seconds(lambda: cached(exprs, MESSAGE, {}, Path(folder)))
        program = cached(exprs, MESSAGE, {}, Path(folder))
    raws = sample_of(chosen.corpus, chosen.sample, chosen.seed)
    warmed, measured = raws[: len(raws) // 4], raws[len(raws) // 4 :]
    for job in _jobs(warmed, chosen):
        program.outcomes(*job)
    times, decided, fired = _run(program, measured, chosen)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    figures: dict[str, object] = {
        "rules": len(exprs),
        "messages": len(measured),
        "median_ms": _ms(statistics.median(times)),
        "mean_ms": _ms(statistics.fmean(times)),
        "p99_ms": _ms(percentile(times, 0.99)),
        "fired_per_message": round(fired, 3),
        "decided_share": round(decided, 5),
        "cold_compile_s": round(cold, 2),
        "warm_load_s": round(warm, 3),
        "rss_mb": round(peak / 1024, 1),
    }
    if not chosen.quick:
        figures |= _compared(exprs, program, raws, chosen)
    report(figures, as_json=chosen.json)
    return 0


def _options() -> ArgumentParser:
    parser = options(__doc__ or "", sample=400)
    parser.add_argument("--lists", metavar="DIR", type=Path, help="a folder of reference lists")
    parser.add_argument("--quick", action="store_true", help="only the set as it is used")
    return parser


def usable(folders: Sequence[str]) -> list[Expr]:
    """The usable detection rules of some folders; of our own folder where none is named."""
    chosen = [Path(folder) for folder in folders] or [own_rules_folder()]
    found = [one for folder in chosen for one in read_folder(folder, shipped())]
    return [
        one.expr
        for one in found
        if one.expr is not None and one.document is not None and one.document.type == "rule"
    ]


def _jobs(raws: Sequence[bytes], chosen: Namespace) -> list[Job]:
    """Messages read in full, each with its recorded answers."""
    lists = plausible_lists(chosen.lists)
    messages = [parse(raw, tenant=_tenant(raw)) for raw in raws]
    recording = plausible_recording(messages, chosen.seed, lists)
    jobs: list[Job] = []
    for message in messages:
        force(message)
        beneath = Given(message.tenant)
        recorded = Recorded(recording, message.content_id, beneath)
        jobs.append((message, Remembering(recorded)))
    return jobs


def _tenant(raw: bytes) -> Tenant:
    """The organisation a message was sent to."""
    assumed = parse(raw).tenant
    people = (Person(name="Ada Marsh", addresses=("ada.marsh@acme.example",), vip=True),)
    return Tenant(name="measured", domains=(*assumed.domains, "acme.example"), people=people)


def _run(
    program: Program, raws: Sequence[bytes], chosen: Namespace
) -> tuple[list[float], float, float]:
    """CPU seconds for each message, the share of decided rules, and how many are true."""
    times: list[float] = []
    undecided = fired = 0
    for start in range(0, len(raws), BATCH):
        jobs = _jobs(raws[start : start + BATCH], chosen)
        for job in jobs:
            program.outcomes(*job)  # asks for the answers
        for job in jobs:
            started = process_time()
            found = program.outcomes(*job)
            times.append(process_time() - started)
            undecided += sum(isinstance(value, Unknown) for _, value in found)
            fired += sum(value is True for _, value in found)
    pairs = len(times) * len(program)
    return times, 1 - undecided / pairs, fired / len(times)


def _compared(
    exprs: Sequence[Expr], program: Program, raws: Sequence[bytes], chosen: Namespace
) -> dict[str, object]:
    """The same set without its parts, and four times the set, taking turns on the same mail."""
    alone = [compiled([expr], MESSAGE, {}) for expr in exprs]
    replacing = Replacing([parse(raw) for raw in raws], chosen.seed)
    four = compiled([*exprs, *(replacing(expr) for _ in range(3) for expr in exprs)], MESSAGE, {})

    def unfiltered(job: Job) -> None:
        run = program.run(*job)
        for number in range(len(exprs)):
            program.value(number, run)

    def unshared(job: Job) -> None:
        for one in alone:
            one.outcomes(*job)

    steps: dict[str, Step] = {
        "once": lambda job: program.outcomes(*job),
        "fourfold": lambda job: four.outcomes(*job),
        "no_prefilter": unfiltered,
        "no_sharing": unshared,
    }
    times = _in_turns(steps, raws[len(raws) // 4 :][: chosen.sample], chosen)
    once = statistics.median(times["once"])
    return {
        "no_prefilter_median_ms": _ms(statistics.median(times["no_prefilter"])),
        "no_sharing_median_ms": _ms(statistics.median(times["no_sharing"])),
        "scale4x_ratio": round(statistics.median(times["fourfold"]) / once, 3),
        "scale4x_rules": len(four),
    }


def _in_turns(
    steps: dict[str, Step], raws: Sequence[bytes], chosen: Namespace
) -> dict[str, list[float]]:
    """CPU seconds of each step on each message; each has the message as the others left it."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for start in range(0, len(raws), BATCH):
        jobs = _jobs(raws[start : start + BATCH], chosen)
        for job in jobs:
            steps["fourfold"](job)  # asks for the answers
        for number, job in enumerate(jobs):
            names = list(steps)
            for name in names[number % len(names) :] + names[: number % len(names)]:
                started = process_time()
                steps[name](job)
                times[name].append(process_time() - started)
    return times


def _seconds(step: Callable[[], object]) -> float:
    started = process_time()
    step()
    return process_time() - started


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 4)


if __name__ == "__main__":
    sys.exit(main())
