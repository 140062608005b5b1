"""Rules as detectors: a checked document, and what it says of a message's evidence."""

from collections.abc import Iterable, Sequence

import msgspec

from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.choices import choices_of
from chaffinch.detectors.document import RuleDocument
from chaffinch.detectors.finding import Finding, Judgement, Span, Undecided
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.outcome import Outcome
from chaffinch.mql.tree import Expr
from chaffinch.mql.values import Unknown
from chaffinch.signals.evidence import Evidence


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A document that parses and type-checks; ``origin`` says whose it is."""

    name: str
    document: RuleDocument
    expr: Expr
    origin: str


def judge(evidence: Evidence, rules: Sequence[Rule]) -> Judgement:
    """What every rule says of the evidence."""
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    choices = choices_of(evidence.message.tenant.rules)
    for rule in rules:
        severity = choices.severity_of(rule)
        if severity is None:
            continue
        capabilities = EvidenceCapabilities(evidence)
        outcome = evaluate(rule.expr, evidence.message, capabilities)
        if outcome.fired:
            finding = _finding(rule, evidence, capabilities)
            findings.append(msgspec.structs.replace(finding, severity=severity))
        elif outcome.missing:
            undecided.append(Undecided(detector=rule.name, missing=tuple(sorted(outcome.missing))))
    return Judgement(tuple(findings), tuple(undecided))


def _finding(rule: Rule, evidence: Evidence, capabilities: EvidenceCapabilities) -> Finding:
    traced = evaluate(rule.expr, evidence.message, capabilities, trace=True)
    return Finding(
        detector=rule.name,
        title=rule.document.name,
        origin=rule.origin,
        severity=rule.document.severity,
        labels=rule.document.meaning,
        signals=_known(evidence, capabilities.signals_read),
        spans=_spans(traced),
    )


def _known(evidence: Evidence, names: Iterable[str]) -> dict[str, bool | int | float | str | None]:
    values = {name: evidence[name] for name in sorted(names)}
    return {name: value for name, value in values.items() if not isinstance(value, Unknown)}


def _spans(outcome: Outcome) -> tuple[Span, ...]:
    return tuple(
        Span(field=one.path, start=one.start, end=one.end, text=one.text) for one in outcome.matches
    )
