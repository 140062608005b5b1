"""What the verdict on a judged message rests on: its rules read for facts, some of them weighed."""

from collections.abc import Mapping
from itertools import compress

from chaffinch.decision.counterfactual.counterfactual import (
    Counterfactual,
    Held,
    Weighed,
    counterfactual,
)
from chaffinch.decision.policy import weigh
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.finding import Judgement
from chaffinch.detectors.rules import Rule
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Case
from chaffinch.mql.support import GIVEN, support


def rests_on(case: Case, bundle: Bundle, scope: str = ORGANISATION) -> Counterfactual:
    """The facts a scope's verdict rests on; what speaks for a message is weighed as measured."""
    evidence, findings = case.evidence, case.judgement.findings
    rules: Mapping[tuple[str, str], Rule] = {(one.name, one.origin): one for one in bundle.rules}
    answers = EvidenceCapabilities(evidence)
    held = []
    for one in findings:
        rule = rules[one.detector, one.origin]
        found = support(rule.expr, evidence.message, answers)
        held.append(Held(one.detector, GIVEN if found is None else found))

    def weighed(holding: tuple[bool, ...]) -> Weighed:
        left = Judgement(tuple(compress(findings, holding)), case.judgement.undecided)
        opinion = weigh(left, evidence, bundle.policy, case.entries, scope)
        return opinion.verdict, opinion.log_odds

    return counterfactual(held, weighed)
