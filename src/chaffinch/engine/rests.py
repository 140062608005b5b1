"""What the verdict on a judged message rests on: its rules read for facts, some of them weighed."""

from collections.abc import Iterable, Mapping
from itertools import compress

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.decision.counterfactual.counterfactual import (
    Counterfactual,
    Held,
    Weighed,
    counterfactual,
)
from chaffinch.decision.entry import Entry
from chaffinch.decision.on_record import OnRecord
from chaffinch.decision.policy import weigh
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.finding import Finding, Judgement
from chaffinch.detectors.rules import Rule
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Case
from chaffinch.message.model import MessageType
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.support import GIVEN, Fact, support, support_on_record
from chaffinch.profiles.observation import Observation
from chaffinch.signals.aggregates import Measured


def rests_on(case: Case, bundle: Bundle, scope: str = ORGANISATION) -> Counterfactual:
    """The facts a scope's verdict rests on; what speaks for a message is weighed as measured."""
    evidence, findings = case.evidence, case.judgement.findings
    rules, answers = _by_name(bundle.rules), EvidenceCapabilities(evidence)
    held = []
    for one in findings:
        found = support(rules[one.detector, one.origin].expr, evidence.message, answers)
        held.append(Held(one.detector, GIVEN if found is None else found))

    def weighed(holding: tuple[bool, ...]) -> Weighed:
        left = Judgement(tuple(compress(findings, holding)), case.judgement.undecided)
        opinion = weigh(left, evidence, bundle.policy, case.entries, scope)
        return opinion.verdict, opinion.log_odds

    return counterfactual(held, weighed)


def rests_on_record(entry: Entry, bundle: Bundle, tenant: Tenant) -> Counterfactual | None:
    """The facts a verdict on record rests on, as far as the entry keeps them.

    A rule that is another now is one fact. None where the findings come to another score now: then
    allow entries decided, or settings were changed since.
    """
    decision, evidence = entry.decision, OnRecord(entry, tenant)
    findings, rules = decision.findings, _by_name(bundle.rules)
    is_same = decision.versions.get("rules") == bundle.versions["rules"]
    seen = _Seen(type=_type_of(entry.observation))

    def held(one: Finding) -> Held:
        rule = rules.get((one.detector, one.origin)) if is_same else None
        found = (
            None if rule is None else support_on_record(rule.expr, seen, _Kept(evidence, bundle))
        )
        whole = Fact(one.detector, is_signal=False, value="true")
        return Held(one.detector, whole if found is None else found)

    def weighed(holding: tuple[bool, ...]) -> Weighed:
        left = Judgement(tuple(compress(findings, holding)), decision.undecided)
        opinion = weigh(left, evidence, bundle.policy, (), decision.scope)
        return opinion.verdict, opinion.log_odds

    if weighed((True,) * len(findings)) != (decision.verdict, decision.log_odds):
        return None
    return counterfactual([held(one) for one in findings], weighed)


def _by_name(rules: Iterable[Rule]) -> Mapping[tuple[str, str], Rule]:
    return {(one.name, one.origin): one for one in rules}


class _Seen(msgspec.Struct, frozen=True):
    """What is left of a message: which way it went."""

    type: MessageType


def _type_of(seen: Observation) -> MessageType:
    return MessageType(inbound=seen.inbound, internal=seen.internal, outbound=seen.outbound)


class _Kept(NoCapabilities):
    """Answers from the signals of an entry, and from the lists in force."""

    def __init__(self, evidence: OnRecord, bundle: Bundle) -> None:
        self._evidence = evidence
        self._lists = bundle.lists

    def signal(self, name: str) -> Measured:
        """The value that is on record."""
        return self._evidence[name]

    def reference_list(self, name: str) -> frozenset[str] | None:
        """The entries in force, where somebody has them."""
        return self._lists.get(name)
