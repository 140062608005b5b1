"""How far what is awaited could move a decision: its score, its verdict and what is done.

Scores only rise with findings. Verdicts need not: where findings of spam outweigh those of an
attack the message is spam, and answers may bring the one without the other. So it is asked of each
verdict whether any choice of answers may lead there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from chaffinch.core.vocabulary import STRICTNESS, Action, Verdict
from chaffinch.decision.allow.applying import Ruled
from chaffinch.decision.allow.silencing import DENIED
from chaffinch.decision.circumstances import Kept, service_mail_of, tenant_of
from chaffinch.decision.graymail import is_graymail
from chaffinch.decision.policy import CONTEXT, Opinion, action_on, audible, weigh, weight_of
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import Standing, standing
from chaffinch.detectors.finding import Finding, Judgement
from chaffinch.signals.evidence import Evidence

SPAM, ATTACK = "spam", "attack"
GRAVITY: Mapping[Verdict, int] = {
    one: rank
    for rank, one in enumerate(
        (
            Verdict.BENIGN,
            Verdict.GRAYMAIL,
            Verdict.UNDECIDED,
            Verdict.SPAM,
            Verdict.SUSPICIOUS,
            Verdict.MALICIOUS,
            Verdict.SIMULATION,
        )
    )
}
_UNWANTED = (Verdict.SPAM, Verdict.SUSPICIOUS, Verdict.MALICIOUS)


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """What may still arrive, and what the detectors that wait for it would find if they fired.

    ``entries`` is what became of allow and deny entries if all of them fired. ``is_cut``: the
    message was not read to its end, so that anything may follow.
    """

    missing: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    entries: tuple[Ruled, ...] = ()
    is_cut: bool = False


class Reach(NamedTuple):
    """The highest log-odds, the gravest verdict and the strictest action that may come of it.

    ``highest`` is None where nothing bounds it.
    """

    highest: int | None
    gravest: Verdict
    strictest: Action


class Weighing(NamedTuple):
    """What is weighed, with what and for whom."""

    findings: tuple[Finding, ...]
    evidence: Evidence | Kept
    policy: Policy
    entries: Sequence[Ruled]
    scope: str

    def opinion(self) -> Opinion:
        """What the policy makes of it."""
        judgement = Judgement(self.findings)
        return weigh(judgement, self.evidence, self.policy, self.entries, self.scope)

    def counted(self) -> list[Finding]:
        """The findings that nobody silences."""
        return audible(self.findings, self.entries, service_mail_of(self.evidence)).counted

    def here(self) -> Standing:
        """The policy in force."""
        return standing(self.scope, tenant_of(self.evidence), self.policy)

    def more(self, findings: Iterable[Finding], entries: Sequence[Ruled]) -> "Weighing":
        """The same with findings that came in addition, and what then becomes of entries."""
        return self._replace(findings=(*self.findings, *findings), entries=entries)


def reach(least: Weighing, now: Opinion, awaited: Awaited) -> Reach:
    """How far what was weighed as ``now`` could go when what is awaited arrives."""
    most = least.more(awaited.findings, awaited.entries)
    then, here, evidence = most.opinion(), least.here(), least.evidence
    highest = None if awaited.is_cut else then.log_odds
    if now.verdict is Verdict.SIMULATION or _is_denied(now):
        return Reach(highest, now.verdict, now.action)
    if awaited.is_cut:
        done = [action_on(one, here, evidence, None)[0] for one in _UNWANTED]
        return Reach(highest, Verdict.MALICIOUS, _strictest([now.action, *done]))
    counted = most.counted()
    found = {now.verdict, *_reachable(least, most, now, then, awaited)}
    done = [action_on(one, here, evidence, counted)[0] for one in found]
    if _is_denied(then):
        found.add(then.verdict)
        done.append(then.action)
    return Reach(highest, max(found, key=GRAVITY.__getitem__), _strictest(done))


def _reachable(
    least: Weighing, most: Weighing, now: Opinion, then: Opinion, awaited: Awaited
) -> Iterator[Verdict]:
    """Verdicts that some answers may lead to, beside that of now and of a denial."""
    policy = least.here().policy
    if now.verdict is Verdict.UNDECIDED:
        return
    if now.verdict is Verdict.BENIGN and is_graymail(then.graymail, policy):
        yield Verdict.GRAYMAIL
    if then.log_odds < policy.suspicious_from:
        return
    before, counted = least.counted(), most.counted()
    if weight_of(SPAM, counted, policy) > weight_of(ATTACK, before, policy):
        yield Verdict.SPAM
    room = weight_of(ATTACK, counted, policy) - weight_of(SPAM, before, policy)
    if room >= 0:
        highest = min(then.log_odds, room + _without_spam(least, then, awaited))
        yield from _attacks(now.log_odds, highest, policy)


def _without_spam(least: Weighing, then: Opinion, awaited: Awaited) -> int:
    """The log-odds of all that may arrive but spam, in the context that all of it makes."""
    arriving = [one for one in awaited.findings if one.labels.kind != SPAM]
    rest = least.more(arriving, awaited.entries).opinion()
    return rest.log_odds + _context_of(then) - _context_of(rest)


def _attacks(lowest: int, highest: int, policy: Policy) -> Iterator[Verdict]:
    if highest < policy.suspicious_from:
        return
    if lowest < policy.malicious_from:
        yield Verdict.SUSPICIOUS
    if highest >= policy.malicious_from:
        yield Verdict.MALICIOUS


def _context_of(opinion: Opinion) -> int:
    return sum(one.log_odds for one in opinion.attribution if one.part == CONTEXT)


def _is_denied(opinion: Opinion) -> bool:
    return any(one.part == DENIED for one in opinion.attribution)


def _strictest(actions: Iterable[Action]) -> Action:
    return max(actions, key=STRICTNESS.__getitem__)
