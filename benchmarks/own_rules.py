"""What our own rules catch of every simulated attack family, beside twins and look-alikes.

An invented organisation's mail is learned as it comes; attacks, their benign twins and look-alikes
lie in its last third. ``--texts judge`` keeps to the half of the texts no rule was written on (that
is the default). An attack is caught if its verdict is suspicious, spam or malicious; ``families``
has counts and exact 95 % intervals, the worst first. ``families_at_60`` is the share of families of
which at least 60 % are caught. ``disruptive`` is benign mail junked, quarantined or held;
``critical_disruptive`` those whose loss would hurt the business; ``--critical`` keeps to these.
``high_*`` counts messages that a rule of high or critical severity fired on, and ``hits`` names the
rules.
"""

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from rich.progress import track as shown

from chaffinch import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.simulate import Company, Plan, Simulated, company, stream, tenant_toml
from chaffinch.simulate.declare import LOOKALIKES
from shared.judging import Ruling, interval, ruled
from shared.measuring import SIMULATED_FROM, report

CAUGHT_SHARE = 0.6
CRITICAL = tuple(name for name, one in LOOKALIKES.items() if one.is_critical)
LONGEST_TABLE = 12  # rules named per kind of mail


class Case(msgspec.Struct, frozen=True):
    """One simulated message and what was decided of it."""

    mail: Simulated
    ruling: Ruling


def main() -> int:
    """Write, learn, decide and count."""
    chosen = _options().parse_args()
    plan = Plan(
        start=SIMULATED_FROM,
        days=chosen.days,
        seed=chosen.seed,
        cases=chosen.attacks,
        lookalikes=chosen.lookalikes,
        hot_days=max(1, chosen.days // 3),
        partition=chosen.texts,
        families=tuple(chosen.families) or (CRITICAL if chosen.critical else ()),
    )
    cases = list(decided(company(chosen.seed, chosen.people), plan))
    figures = {"texts": chosen.texts, "seed": chosen.seed, **counted(cases)}
    if not chosen.json:
        figures = {**figures, **figures.pop("families")}
    report(figures, as_json=chosen.json)
    return 0


def decided(house: Company, plan: Plan) -> Iterator[Case]:
    """Every message decided by what came before it, and learned."""
    with tempfile.TemporaryDirectory() as folder:
        described = Path(folder) / "tenant.toml"
        described.write_text(tenant_toml(house), "utf-8")
        with Engine.open(Path(folder) / "state", tenant=read_tenant(described)) as engine:
            for mail in shown(list(stream(house, plan)), "deciding", disable=not _is_watched()):
                decision = engine.decide(
                    mail.raw, received_at=mail.received_at, recipients=mail.recipients, learn=True
                )
                yield Case(mail, ruled(decision))


def counted(cases: Iterable[Case]) -> dict[str, object]:
    """The figures: over all, and by family."""
    attacks: dict[str, list[Case]] = defaultdict(list)
    twins: dict[str, list[Case]] = defaultdict(list)
    others: list[Case] = []
    for case in cases:
        truth = case.mail.truth
        if truth.role != "main":
            continue
        if truth.label == "attack":
            attacks[truth.family].append(case)
        elif truth.twin_of:
            twins[truth.family.removesuffix("-twin")].append(case)
        else:
            others.append(case)
    benign = [*others, *(one for each in twins.values() for one in each)]
    shares = {name: sum(map(_is_caught, each)) / len(each) for name, each in attacks.items()}
    return {
        "attacks": sum(map(len, attacks.values())),
        "attacks_caught": sum(_is_caught(one) for each in attacks.values() for one in each),
        "families_count": len(shares),
        "families_at_60": round(
            sum(one >= CAUGHT_SHARE for one in shares.values()) / max(1, len(shares)), 3
        ),
        "twins": sum(map(len, twins.values())),
        "twins_flagged": sum(_is_caught(one) for each in twins.values() for one in each),
        "benign": len(benign),
        "benign_flagged": sum(map(_is_caught, benign)),
        "disruptive": sum(one.ruling.is_disruptive for one in benign),
        "disruptive_kinds": _kinds(one for one in benign if one.ruling.is_disruptive),
        "critical": sum(one.mail.truth.is_critical for one in benign),
        "critical_disruptive": sum(
            one.mail.truth.is_critical and one.ruling.is_disruptive for one in benign
        ),
        "high_benign": sum(bool(one.ruling.high) for one in benign),
        "high_benign_rules": _rules(benign),
        "flagged_kinds": _kinds(one for one in benign if _is_caught(one)),
        "families": {
            name: {
                "caught": interval(sum(map(_is_caught, each)), len(each)),
                "twins": interval(sum(map(_is_caught, twins[name])), len(twins[name])),
                "hits": dict(
                    Counter(rule for one in each for rule in one.ruling.rules).most_common(5)
                ),
            }
            for name, each in sorted(attacks.items(), key=lambda one: (shares[one[0]], one[0]))
        },
    }


def _is_caught(case: Case) -> bool:
    return case.ruling.is_flagged


def _kinds(cases: Iterable[Case]) -> dict[str, int]:
    return dict(Counter(one.mail.family for one in cases).most_common(LONGEST_TABLE))


def _rules(cases: Iterable[Case]) -> dict[str, int]:
    return dict(Counter(rule for one in cases for rule in one.ruling.high).most_common())


def _is_watched() -> bool:
    return sys.stderr.isatty()


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument("--days", type=int, default=21)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--attacks", type=int, default=408, help="cases, each with a twin")
    parser.add_argument("--lookalikes", type=int, default=500)
    parser.add_argument("--texts", choices=("train", "judge"), default="judge")
    parser.add_argument("--families", nargs="+", default=[], help="only these")
    parser.add_argument(
        "--critical",
        action="store_true",
        help="only look-alikes whose loss would hurt the business",
    )
    parser.add_argument("--json", action="store_true", help="one line instead of a table")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
