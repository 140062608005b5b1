"""How often each rule of ours fires on benign and on unwanted mail; ``--write`` keeps the counts.

Real mail comes with ``--corpus DIR[=OWN-DOMAIN,…]`` as in ``corpus_rules.py``. Beside it stands the
benign mail and the attacks of an invented organisation (``--texts train``). With ``--write`` the
counts go to ``rules/measured.json``, where corpora that are not given keep their counts of rules
that did not change. A rule without counts of its present source fails the tests.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from chaffinch.detectors.loading import load_rules
from chaffinch.detectors.measured import (
    MEASURED_FILE,
    Hits,
    MeasuredRules,
    read_measured,
    renewed,
    source_digest,
)
from chaffinch.engine.bundle import own_rules_folder
from chaffinch.simulate import Plan, company
from corpus_rules import BENIGN, decided, label_of
from own_rules import decided as decided_simulated
from shared.measuring import SIMULATED_FROM, options, report

SIMULATED = "simulated"
DAYS = 21
CASES = 300


def main() -> int:
    """Count, print, and keep."""
    parser = options(__doc__ or "", sample=1_000_000)
    parser.add_argument("--write", action="store_true", help="keep the counts beside the rules")
    chosen = parser.parse_args()
    benign: dict[str, Counter[str]] = defaultdict(Counter)
    unwanted: dict[str, Counter[str]] = defaultdict(Counter)
    totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for corpus, label, rules in seen(chosen.corpus, chosen.sample, chosen.seed):
        is_benign = label == BENIGN
        totals[not is_benign][corpus] += 1
        for rule in rules:
            (benign if is_benign else unwanted)[rule][corpus] += 1
    loaded = load_rules(own_rules_folder(), "chaffinch").rules
    measured = MeasuredRules(
        benign=dict(sorted(totals[0].items())),
        unwanted=dict(sorted(totals[1].items())),
        rules={
            rule.name: Hits(
                source=source_digest(rule.document.source),
                benign={name: benign[rule.name][name] for name in sorted(totals[0])},
                unwanted={name: unwanted[rule.name][name] for name in sorted(totals[1])},
            )
            for rule in loaded
        },
    )
    if chosen.write:
        keep(measured)
    report(
        {
            "benign": sum(totals[0].values()),
            "unwanted": sum(totals[1].values()),
            **{
                name: f"{one.benign_count} benign, {one.unwanted_count} unwanted"
                for name, one in sorted(measured.rules.items())
            },
        },
        as_json=chosen.json,
    )
    return 0


def keep(measured: MeasuredRules) -> None:
    """Write the counts beside the rules; corpora that were not read keep theirs."""
    path = own_rules_folder() / MEASURED_FILE
    whole = renewed(read_measured(path.parent), measured) if path.exists() else measured
    path.write_bytes(msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n")


def seen(corpora: list[str], count: int, seed: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Corpus, label and the rules that fired, of every message."""
    for corpus in corpora:
        name = Path(corpus.partition("=")[0]).name
        for one in decided(corpus, count, seed, is_equalised=False):
            yield name, label_of(one), one.detectors
    plan = Plan(
        start=SIMULATED_FROM,
        days=DAYS,
        seed=seed,
        cases=CASES,
        lookalikes=CASES,
        hot_days=DAYS // 3,
        partition="train",
    )
    for case in decided_simulated(company(seed, 60), plan):
        truth = case.mail.truth
        if truth.role == "main":
            label = "attack" if truth.label == "attack" else BENIGN
            yield SIMULATED, label, case.ruling.rules


if __name__ == "__main__":
    raise SystemExit(main())
