"""All detectors on the evidence of one message: a compiled set of rules, and what it finds."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Severity
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.choices import choices_of
from chaffinch.detectors.finding import Finding, Judgement, Labels, Span, Undecided
from chaffinch.detectors.loading import MESSAGE, signal_types
from chaffinch.detectors.recorded import recorded_capabilities
from chaffinch.detectors.rules import Rule
from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.compiler.cache import cached
from chaffinch.mql.compiler.program import compiled
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.outcome import Outcome
from chaffinch.mql.recording import Recording
from chaffinch.mql.values import Unknown
from chaffinch.signals.evidence import Evidence

WORTH_STORING = 150  # rules; fewer are compiled faster than anybody notices


class Detectors:
    """Rules compiled together; immutable, and shared by all messages of a process."""

    __slots__ = ("program", "rules")

    def __init__(self, rules: Sequence[Rule], cache: Path | None = None) -> None:
        self.rules = tuple(rules)
        exprs = [rule.expr for rule in rules]
        if cache is None or len(rules) < WORTH_STORING:
            self.program = compiled(exprs, MESSAGE, signal_types())
        else:
            self.program = cached(exprs, MESSAGE, signal_types(), cache)


def judge(
    evidence: Evidence, detectors: Detectors, recording: Recording | None = None
) -> Judgement:
    """What every rule says of the evidence, in the order of the rules.

    With a recording, what was recorded of the message answers before anybody else.
    """
    findings: list[Finding] = []
    undecided: list[Undecided] = []
    choices = choices_of(evidence.message.tenant.rules)
    capabilities = _answers(EvidenceCapabilities(evidence), evidence, recording)
    for number, value in detectors.program.outcomes(evidence.message, capabilities):
        rule = detectors.rules[number]
        severity = choices.severity_of(rule)
        if severity is None:
            continue
        if type(value) is Unknown:
            undecided.append(_undecided(rule.name, value.causes))
        else:
            findings.append(_finding(rule, evidence, severity, recording))
    return Judgement(tuple(findings), tuple(undecided))


@lru_cache(maxsize=20_000)
def _undecided(detector: str, causes: frozenset[str]) -> Undecided:
    return Undecided(detector=detector, missing=tuple(sorted(causes)))


def imagined(names: Collection[str], detectors: Detectors, tenant: Tenant) -> tuple[Finding, ...]:
    """What rules of these names would find if they fired, without signals or places."""
    choices = choices_of(tenant.rules)
    return tuple(
        Finding(
            detector=rule.name,
            title=rule.document.name,
            origin=rule.origin,
            severity=severity,
            labels=_meaning(rule, severity),
        )
        for rule in detectors.rules
        if rule.name in names and (severity := choices.severity_of(rule)) is not None
    )


def _answers(
    measured: EvidenceCapabilities, evidence: Evidence, recording: Recording | None
) -> Capabilities:
    """Who answers: the recording, where there is one, and what was measured."""
    return measured if recording is None else recorded_capabilities(evidence, recording, measured)


def _finding(
    rule: Rule, evidence: Evidence, severity: Severity, recording: Recording | None
) -> Finding:
    """What a rule that is true rests on, found out by reading it once more."""
    capabilities = EvidenceCapabilities(evidence)
    answers = _answers(capabilities, evidence, recording)
    traced = evaluate(rule.expr, evidence.message, answers, trace=True)
    return Finding(
        detector=rule.name,
        title=rule.document.name,
        origin=rule.origin,
        commit=rule.commit,
        path=rule.document.path,
        severity=severity,
        labels=_meaning(rule, severity),
        signals=_known(evidence, capabilities.signals_read),
        spans=_spans(traced),
    )


def _meaning(rule: Rule, severity: Severity) -> Labels:
    """What it says of the attack; where the tenant chose the severity, that is the weight, too."""
    meaning = rule.document.meaning
    if severity is rule.document.severity or meaning.certainty is None:
        return meaning
    return msgspec.structs.replace(meaning, certainty=None)


def _known(evidence: Evidence, names: Iterable[str]) -> dict[str, bool | int | float | str | None]:
    values = {name: evidence[name] for name in sorted(names)}
    return {name: value for name, value in values.items() if type(value) is not Unknown}


def _spans(outcome: Outcome) -> tuple[Span, ...]:
    return tuple(
        Span(field=one.path, start=one.start, end=one.end, text=one.text) for one in outcome.matches
    )
