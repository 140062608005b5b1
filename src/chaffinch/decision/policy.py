"""What findings weigh, what the context says, and which verdict and action follow in a scope.

score = prior + one part per cause + context + missing evidence, in integer milli-nats of log-odds.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from chaffinch.core.counted import counted
from chaffinch.core.vocabulary import (
    Action,
    Cause,
    Goal,
    Impersonated,
    Origin,
    Severity,
    Vector,
    Verdict,
    attack_type,
)
from chaffinch.decision.account import account_case
from chaffinch.decision.allow.applying import Ruled
from chaffinch.decision.allow.silencing import denial, silenced
from chaffinch.decision.attribution import by_cause
from chaffinch.decision.brake import braked
from chaffinch.decision.circumstances import (
    Circumstances,
    Kept,
    circumstances,
    service_mail_of,
    tenant_of,
)
from chaffinch.decision.decision import AccountCase, Incomplete, Part
from chaffinch.decision.graymail import GRAYMAIL, graymail_parts, is_graymail
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import ORGANISATION, Standing, standing
from chaffinch.detectors.finding import Finding, Judgement, Undecided
from chaffinch.signals.evidence import Evidence
from chaffinch.signals.trusted_service import ServiceMail

PAYMENT_RULES = "payment/"
_GRAVE = frozenset({Severity.HIGH, Severity.CRITICAL})
CONTEXT = "context"
COLLEAGUE = "a colleague's mail inside the house"
CORRESPONDENT = "we have written to this address before"
VOUCHED_FOR = "mail of this address was labelled benign"
VOID_BONUS = "which counts for nothing when payments or answers are to go elsewhere"
UNLIKE = "which counts for nothing when it does not behave like itself"


BEGINS = (
    ("suspicious", "suspicious_from"),
    ("malicious", "malicious_from"),
    ("graymail", "graymail_from"),
)


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What the policy makes of a judgement; the decision adds who, when and with what."""

    scope: str
    verdict: Verdict
    goal: Goal
    vectors: tuple[Vector, ...]
    impersonated: Impersonated
    source: Origin
    attack_type: str | None
    log_odds: int
    action: Action
    attribution: tuple[Part, ...]
    graymail: tuple[Part, ...]
    account: AccountCase | None
    incomplete: Incomplete | None = None


def weigh(
    judgement: Judgement,
    evidence: Evidence | Kept,
    policy: Policy,
    entries: Sequence[Ruled] = (),
    scope: str = ORGANISATION,
) -> Opinion:
    """The judgement as verdict, action and a score that its parts add up to.

    What decides over what stands in ``precedence.ORDER``.
    """
    here, found = standing(scope, tenant_of(evidence), policy), circumstances(evidence)
    policy, service = here.policy, service_mail_of(evidence)
    counted, trusted, allowed = audible(judgement.findings, entries, service)
    unwanted = [one for one in counted if one.labels.kind != GRAYMAIL]
    parts = (
        Part("prior", policy.prior, "how rare attacks are before anything is known"),
        *by_cause(unwanted, policy.weights, policy.rho),
        *_context(evidence, found, counted, policy),
        *trusted,
        *allowed,
        *_thresholds(here),
        *_missing(judgement.undecided),
    )
    denied = denial(entries, sum(part.log_odds for part in parts), policy.malicious_from)
    parts = (*parts, *denied)
    log_odds = sum(part.log_odds for part in parts)
    bulk = graymail_parts(counted, policy)
    verdict = Verdict.MALICIOUS if denied else _verdict(log_odds, bulk, unwanted, found, policy)
    if found.simulation is not None:
        why = f"{found.simulation}, which was ordered, decides: {Verdict.SIMULATION}, not {verdict}"
        parts, verdict = (*parts, Part("simulation", 0, why)), Verdict.SIMULATION
    action, acted = action_on(verdict, here, evidence, None if denied else counted)
    goal, vectors, impersonated = _labels(unwanted, verdict, policy)
    return Opinion(
        scope=scope,
        verdict=verdict,
        goal=goal,
        vectors=vectors,
        impersonated=impersonated,
        source=_source(found, service),
        attack_type=attack_type(goal, vectors[0] if vectors else None, impersonated),
        log_odds=log_odds,
        action=action,
        attribution=(*parts, *acted),
        graymail=bulk,
        account=account_case(verdict, evidence, unwanted),
    )


def _thresholds(here: Standing) -> list[Part]:
    """Where verdicts begin, if anybody but the platform says so."""
    begins = [
        (word, getattr(here.policy, key), whose)
        for word, key in BEGINS
        if (whose := here.origin(key)) is not None
    ]
    said = [f"{word} from {value}, says {whose}" for word, value, whose in begins]
    return [Part("thresholds", 0, "; ".join(said))] if said else []


class Audible(NamedTuple):
    """The findings that count, and the lines that say what was silenced, and by whom."""

    counted: list[Finding]
    trusted: list[Part]
    allowed: list[Part]


def audible(findings: Sequence[Finding], entries: Sequence[Ruled], mail: ServiceMail) -> Audible:
    """What is left of findings when allow entries and a trusted service have had their say."""
    heard, allowed = silenced(findings, entries)
    return Audible(*_silence(heard, mail), allowed)


def action_on(
    verdict: Verdict,
    here: Standing,
    evidence: Evidence | Kept,
    counted: Sequence[Finding] | None,
) -> tuple[Action, list[Part]]:
    """What is done about a verdict that rests on these findings, on a denial where None."""
    action, said = _action(verdict, here)
    softened: list[Part] = []
    if counted is not None:
        action, softened = braked(action, evidence, counted)
    action, watched = _watched(action, verdict, here)
    return action, [*said, *softened, *watched]


def _action(verdict: Verdict, here: Standing) -> tuple[Action, list[Part]]:
    """What is to be done about a verdict, and a line where anybody but the platform says so."""
    action, whose = here.policy.actions[verdict], here.origin(f"actions.{verdict}")
    return action, [Part("action", 0, f"{verdict}: {action}, says {whose}")] if whose else []


def _watched(action: Action, verdict: Verdict, here: Standing) -> tuple[Action, list[Part]]:
    """Nothing is done where mail is only watched; a simulation is none of that."""
    if not here.policy.watch_only or verdict is Verdict.SIMULATION or action is Action.DELIVER:
        return action, []
    whose = here.origin("watch_only") or "the platform"
    why = f"{whose} only watches: {Action.DELIVER} instead of {action}"
    return Action.DELIVER, [Part("watch only", 0, why)]


def _silence(findings: Sequence[Finding], mail: ServiceMail) -> tuple[list[Finding], list[Part]]:
    """The findings that count, and a line for each a trusted service silences, or would have."""
    service = mail.service
    if service is None:
        return list(findings), []
    silent = [one for one in findings if one.labels.cause in service.silences]
    if not mail.is_trusted:
        why = f"{service.name} silences nothing: {_why_not(mail)}"
        return list(findings), [Part("trusted service", 0, why)] if silent else []
    counted = [one for one in findings if one.labels.cause not in service.silences]
    lines = [
        Part("trusted service", 0, f"{service.name} silences {one.labels.cause}: {one.title}")
        for one in silent
    ]
    return counted, lines


def _why_not(mail: ServiceMail) -> str:
    """Why mail of a trusted service is not trusted."""
    if mail.is_of_other_account:
        return "it was sent for an account that is not named"
    return f"it may not send {', '.join(mail.beyond)}"


def _context(
    evidence: Evidence | Kept, found: Circumstances, findings: Sequence[Finding], policy: Policy
) -> Iterable[Part]:
    if evidence["sender.authentication.is_authenticated"] is False:
        return
    if found.is_internal:
        what, bonus, void = COLLEAGUE, policy.authenticated_colleague, False
    elif trust := _trust_in(evidence):
        what, bonus = trust, policy.known_correspondent
        void = _moves_the_money(evidence, findings)
    else:
        return
    why = VOID_BONUS if void else UNLIKE if _is_unlike_itself(findings) else None
    yield Part(CONTEXT, 0, f"{what}, {why}") if why else Part(CONTEXT, bonus, what)


def _trust_in(evidence: Evidence | Kept) -> str | None:
    """Why the sender is trusted: our people wrote there first, or its mail was called benign."""
    if evidence["sender.history.was_written_to"] is True:
        return CORRESPONDENT
    if evidence["sender.authentication.is_authenticated"] is not True:
        return None
    return VOUCHED_FOR if evidence["sender.label.is_vouched_for"] is True else None


def _is_unlike_itself(findings: Iterable[Finding]) -> bool:
    """Whether grave findings rest on behaviour: a known name says nothing of whose hand it is."""
    return any(
        one.labels.cause is Cause.BEHAVIOUR and (one.labels.certainty or one.severity) in _GRAVE
        for one in findings
    )


def _moves_the_money(evidence: Evidence | Kept, findings: Iterable[Finding]) -> bool:
    """Whether payments or answers shall go elsewhere: then a stolen mailbox is what to expect."""
    return (
        evidence["message.notice.announces_new_bank_details"] is True
        or evidence["message.header.reply_goes_to_another_domain"] is True
        or any(one.detector.startswith(PAYMENT_RULES) for one in findings)
    )


def _missing(undecided: Sequence[Undecided]) -> Iterable[Part]:
    if undecided:
        missing = sorted({cause for one in undecided for cause in one.missing})
        many = counted(len(undecided), "detector")
        yield Part("missing evidence", 0, f"{many} undecided: missing {', '.join(missing)}")


def _verdict(
    log_odds: int,
    bulk: Sequence[Part],
    findings: Sequence[Finding],
    found: Circumstances,
    policy: Policy,
) -> Verdict:
    if found.says_nothing:
        return Verdict.UNDECIDED
    if log_odds >= policy.suspicious_from:
        if is_mere_spam(findings, policy):
            return Verdict.SPAM
        return Verdict.MALICIOUS if log_odds >= policy.malicious_from else Verdict.SUSPICIOUS
    return Verdict.GRAYMAIL if is_graymail(bulk, policy) else Verdict.BENIGN


def is_mere_spam(findings: Sequence[Finding], policy: Policy) -> bool:
    """Whether more of it speaks of advertising than of an attack."""
    return weight_of("spam", findings, policy) > weight_of("attack", findings, policy)


def weight_of(kind: str, findings: Iterable[Finding], policy: Policy) -> int:
    """What all findings of a kind weigh, one beside the other."""
    return sum(policy.weights[one.weighed_as] for one in findings if one.labels.kind == kind)


def _labels(
    findings: Sequence[Finding], verdict: Verdict, policy: Policy
) -> tuple[Goal, tuple[Vector, ...], Impersonated]:
    """The labels of the gravest findings; a mild verdict makes no claim about an attack."""
    if verdict not in (Verdict.SUSPICIOUS, Verdict.MALICIOUS):
        return Goal.NONE, (), Impersonated.NOBODY
    gravest = sorted(findings, key=lambda one: (-policy.weights[one.weighed_as], one.detector))
    goals = [one.labels.goal for one in gravest if one.labels.goal is not Goal.NONE]
    faces = [one.labels.impersonated for one in gravest]
    claimed = [one for one in faces if one is not Impersonated.NOBODY]
    vectors = dict.fromkeys(one.labels.vector for one in gravest if one.labels.vector)
    return (
        goals[0] if goals else Goal.NONE,
        tuple(vectors),
        claimed[0] if claimed else Impersonated.NOBODY,
    )


def _source(found: Circumstances, mail: ServiceMail) -> Origin:
    if found.is_from_list:
        return Origin.LIST
    if found.is_internal:
        return Origin.INTERNAL
    return Origin.PLATFORM if mail.service else Origin.EXTERNAL
