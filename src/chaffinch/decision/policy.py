"""The policy: what findings weigh, what the context says, and which verdict and action follow.

score = prior + one part per cause + context + missing evidence, in integer milli-nats of log-odds.
Numbers here are chosen by hand and say so (``calibrated`` is false); measured precision replaces
the severity table where it is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import msgspec

from chaffinch.core.tenant import Tenant
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
from chaffinch.decision.allow.applying import Ruled
from chaffinch.decision.allow.silencing import denial, silenced
from chaffinch.decision.attribution import by_cause
from chaffinch.decision.brake import braked
from chaffinch.decision.circumstances import says_nothing
from chaffinch.decision.decision import Part
from chaffinch.decision.simulations import ordered_simulation
from chaffinch.detectors.finding import Finding, Judgement, Undecided
from chaffinch.signals.evidence import Evidence
from chaffinch.signals.trusted_service import ServiceMail

WEIGHTS: Mapping[Severity, int] = {
    Severity.INFORMATIONAL: 0,
    Severity.LOW: 900,
    Severity.MEDIUM: 2_200,
    Severity.HIGH: 4_400,
    Severity.CRITICAL: 6_600,
}
PAYMENT_RULES = "payment/"
_GRAVE = frozenset({Severity.HIGH, Severity.CRITICAL})
COLLEAGUE = "a colleague's mail inside the house"
CORRESPONDENT = "we have written to this address before"
VOID_BONUS = "which counts for nothing when payments or answers are to go elsewhere"
UNLIKE = "which counts for nothing when it does not behave like itself"
ACTIONS: Mapping[Verdict, Action] = {
    Verdict.BENIGN: Action.DELIVER,
    Verdict.GRAYMAIL: Action.DELIVER,
    Verdict.SPAM: Action.JUNK,
    Verdict.SUSPICIOUS: Action.BANNER,
    Verdict.MALICIOUS: Action.QUARANTINE,
    Verdict.SIMULATION: Action.DELIVER,
    Verdict.UNDECIDED: Action.BANNER,
}


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers a verdict is made with, all in milli-nats but ``rho``."""

    prior: int = -4_000
    rho: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.5
    weights: Mapping[Severity, int] = msgspec.field(default_factory=lambda: dict(WEIGHTS))
    suspicious_from: int = 0
    malicious_from: int = 2_000
    known_correspondent: int = -1_800
    authenticated_colleague: int = -1_200
    actions: Mapping[Verdict, Action] = msgspec.field(default_factory=lambda: dict(ACTIONS))

    def __post_init__(self) -> None:
        """What a table leaves out keeps its default."""
        msgspec.structs.force_setattr(self, "weights", {**WEIGHTS, **self.weights})
        msgspec.structs.force_setattr(self, "actions", {**ACTIONS, **self.actions})


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What the policy makes of a judgement; the decision adds who, when and with what."""

    verdict: Verdict
    goal: Goal
    vectors: tuple[Vector, ...]
    impersonated: Impersonated
    source: Origin
    attack_type: str | None
    log_odds: int
    action: Action
    attribution: tuple[Part, ...]


def weigh(
    judgement: Judgement, evidence: Evidence, policy: Policy, entries: Sequence[Ruled] = ()
) -> Opinion:
    """The judgement as verdict, action and a score that its parts add up to.

    What decides, first to last: a simulation that was ordered; deny entries; allow entries and
    trusted services, which silence; detectors; thresholds.
    """
    policy, told = _told(evidence.message.tenant, policy)
    heard, allowed = silenced(judgement.findings, entries)
    counted, trusted = _silence(heard, evidence.service_mail)
    unwanted = [one for one in counted if one.labels.kind != "graymail"]
    parts = (
        Part("prior", policy.prior, "how rare attacks are before anything is known"),
        *by_cause(unwanted, policy.weights, policy.rho),
        *_context(evidence, counted, policy),
        *trusted,
        *allowed,
        *told,
        *_missing(judgement.undecided),
    )
    denied = denial(entries, sum(part.log_odds for part in parts), policy.malicious_from)
    parts = (*parts, *denied)
    log_odds = sum(part.log_odds for part in parts)
    verdict = Verdict.MALICIOUS if denied else _verdict(log_odds, counted, evidence, policy)
    if (ordered := ordered_simulation(evidence.message)) is not None:
        why = f"{ordered.name}, which was ordered, decides: {Verdict.SIMULATION}, not {verdict}"
        parts, verdict = (*parts, Part("simulation", 0, why)), Verdict.SIMULATION
    action = policy.actions[verdict]
    if not denied:
        action, softened = braked(action, evidence, counted)
        parts = (*parts, *softened)
    goal, vectors, impersonated = _labels(unwanted, verdict, policy)
    return Opinion(
        verdict=verdict,
        goal=goal,
        vectors=vectors,
        impersonated=impersonated,
        source=_source(evidence),
        attack_type=attack_type(goal, vectors[0] if vectors else None, impersonated),
        log_odds=log_odds,
        action=action,
        attribution=parts,
    )


def _told(tenant: Tenant, policy: Policy) -> tuple[Policy, list[Part]]:
    """The policy with the thresholds of the tenant, and a line that says so."""
    low, high = tenant.thresholds.suspicious_from, tenant.thresholds.malicious_from
    if low is None and high is None:
        return policy, []
    told = msgspec.structs.replace(
        policy,
        suspicious_from=policy.suspicious_from if low is None else low,
        malicious_from=policy.malicious_from if high is None else high,
    )
    why = f"suspicious from {told.suspicious_from}, malicious from {told.malicious_from}"
    return told, [Part("thresholds", 0, f"the tenant says: {why}")]


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


def _context(evidence: Evidence, findings: Sequence[Finding], policy: Policy) -> Iterable[Part]:
    if evidence["sender.authentication.is_authenticated"] is False:
        return
    if evidence.message.type.internal:
        what, bonus, void = COLLEAGUE, policy.authenticated_colleague, False
    elif evidence["sender.history.was_written_to"] is True:
        what, bonus = CORRESPONDENT, policy.known_correspondent
        void = _moves_the_money(evidence, findings)
    else:
        return
    why = VOID_BONUS if void else UNLIKE if _is_unlike_itself(findings) else None
    yield Part("context", 0, f"{what}, {why}") if why else Part("context", bonus, what)


def _is_unlike_itself(findings: Iterable[Finding]) -> bool:
    """Whether grave findings rest on behaviour: a known name says nothing of whose hand it is."""
    return any(
        one.labels.cause is Cause.BEHAVIOUR and (one.labels.certainty or one.severity) in _GRAVE
        for one in findings
    )


def _moves_the_money(evidence: Evidence, findings: Iterable[Finding]) -> bool:
    """Whether payments or answers shall go elsewhere: then a stolen mailbox is what to expect."""
    return (
        evidence["message.notice.announces_new_bank_details"] is True
        or evidence["message.header.reply_goes_to_another_domain"] is True
        or any(one.detector.startswith(PAYMENT_RULES) for one in findings)
    )


def _missing(undecided: Sequence[Undecided]) -> Iterable[Part]:
    if undecided:
        missing = sorted({cause for one in undecided for cause in one.missing})
        many = "1 detector" if len(undecided) == 1 else f"{len(undecided)} detectors"
        yield Part("missing evidence", 0, f"{many} undecided: missing {', '.join(missing)}")


def _verdict(
    log_odds: int, findings: Sequence[Finding], evidence: Evidence, policy: Policy
) -> Verdict:
    if says_nothing(evidence.message):
        return Verdict.UNDECIDED
    if log_odds >= policy.suspicious_from:
        if _is_mere_spam(findings, policy):
            return Verdict.SPAM
        return Verdict.MALICIOUS if log_odds >= policy.malicious_from else Verdict.SUSPICIOUS
    is_gray = any(one.labels.kind == "graymail" for one in findings)
    return Verdict.GRAYMAIL if is_gray else Verdict.BENIGN


def _is_mere_spam(findings: Sequence[Finding], policy: Policy) -> bool:
    def weight(kind: str) -> int:
        return sum(policy.weights[one.weighed_as] for one in findings if one.labels.kind == kind)

    return weight("spam") > weight("attack")


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


def _source(evidence: Evidence) -> Origin:
    message = evidence.message
    if message.list_identity is not None:
        return Origin.LIST
    if message.type.internal:
        return Origin.INTERNAL
    return Origin.PLATFORM if evidence.service_mail.service else Origin.EXTERNAL
