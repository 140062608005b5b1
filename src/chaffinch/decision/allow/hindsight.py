"""What an entry would have changed of a decision on record, as far as the record tells.

Entries keep no message: files are not told apart, networks as far as they are remembered, and of a
signature only whose it was. So proof is taken for granted where a server of ours proved the author,
which is more than what lets an entry apply to mail.
"""

from collections.abc import Sequence
from ipaddress import ip_network

from chaffinch.core.vocabulary import FLAGGED, Cause, Verdict
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.allow.silencing import DENIED, silences
from chaffinch.decision.attribution import by_cause
from chaffinch.decision.decision import Decision
from chaffinch.decision.entry import Entry
from chaffinch.decision.graymail import GRAYMAIL, graymail_parts, is_graymail
from chaffinch.decision.policy import is_mere_spam
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding


def tells(entry: AllowEntry) -> bool:
    """Whether decisions on record can tell what an entry is about."""
    return entry.kind is not EntryKind.ATTACHMENT


def is_for(entry: AllowEntry, recorded: Entry) -> bool:
    """Whether an entry would have applied to the message of a decision on record."""
    return (
        tells(entry)
        and _is_about(entry, recorded)
        and (not entry.sender or _is_of(recorded, entry.sender))
        and (not entry.through or _came(recorded, entry.through))
        and (not entry.signed_by or _signed(recorded, entry.signed_by))
        and _is_within(entry, recorded)
        and (entry.effect == "deny" or recorded.observation.authenticated is True)
    )


def verdict_with(entry: AllowEntry, recorded: Entry, policy: Policy) -> Verdict:
    """The verdict there would have been by a policy with an entry that is for the message.

    The context and what other entries did is taken as it was weighed.
    """
    decision = recorded.decision
    if decision.verdict is Verdict.SIMULATION:
        return decision.verdict
    if entry.effect == "deny":
        return Verdict.MALICIOUS
    heard = [one for one in decision.findings if not silences(entry, one)]
    is_denied = any(one.part == DENIED for one in decision.attribution)
    if is_denied or decision.verdict not in FLAGGED or len(heard) == len(decision.findings):
        return decision.verdict
    left = decision.log_odds - _silenced(entry, recorded, policy)
    return _verdict_on(heard, left, decision, policy)


def _verdict_on(heard: Sequence[Finding], left: int, decision: Decision, policy: Policy) -> Verdict:
    """What these findings come to, with so much of the score left."""
    if left < policy.suspicious_from:
        return Verdict.GRAYMAIL if _is_gray(decision, heard, policy) else Verdict.BENIGN
    if is_mere_spam(heard, policy):
        return Verdict.SPAM
    return Verdict.MALICIOUS if left >= policy.malicious_from else Verdict.SUSPICIOUS


def _is_gray(decision: Decision, heard: Sequence[Finding], policy: Policy) -> bool:
    """By what is left of its graymail score; records of before there was one have findings only."""
    score = decision.graymail_log_odds
    if score is None:
        return any(one.labels.kind == GRAYMAIL for one in heard)
    return score >= policy.graymail_from and is_graymail(graymail_parts(heard, policy), policy)


def _silenced(entry: AllowEntry, recorded: Entry, policy: Policy) -> int:
    """How much of the score would not have been counted."""
    parts = {one.part: one.log_odds for one in recorded.decision.attribution}
    if entry.kind is not EntryKind.RULE:
        return sum(parts.get(str(cause), 0) for cause in entry.silences)
    return sum(
        max(0, parts.get(str(cause), 0) - _without(entry.value, cause, recorded, policy))
        for cause in {
            one.labels.cause for one in recorded.decision.findings if one.detector == entry.value
        }
    )


def _without(rule: str, cause: Cause, recorded: Entry, policy: Policy) -> int:
    """The part of a cause without a rule."""
    others: Sequence[Finding] = [
        one
        for one in recorded.decision.findings
        if one.labels.cause is cause and one.detector != rule and one.labels.kind != GRAYMAIL
    ]
    return sum(one.log_odds for one in by_cause(others, policy.weights, policy.rho))


def _is_about(entry: AllowEntry, recorded: Entry) -> bool:
    value = entry.value
    match entry.kind:
        case EntryKind.ADDRESS | EntryKind.DOMAIN:
            return _is_of(recorded, value)
        case EntryKind.NETWORK:
            return _came(recorded, value)
        case EntryKind.LINK_HOST:
            return _links(entry, recorded)
        case EntryKind.RULE:
            return any(one.detector == value for one in recorded.decision.findings)
        case EntryKind.CAMPAIGN:
            return value in recorded.observation.content.campaigns
        case _:
            return False


def _is_of(recorded: Entry, who: str) -> bool:
    sender = recorded.observation.sender or ""
    return sender == who if "@" in who else _is_below(sender.rpartition("@")[2], who)


def _came(recorded: Entry, network: str) -> bool:
    """Whether a network shares addresses with the one that is remembered of the last hop."""
    try:
        seen = ip_network(recorded.observation.transport.relay or "", strict=False)
    except ValueError:
        return False
    asked = ip_network(network, strict=False)
    return seen.version == asked.version and seen.overlaps(asked)


def _signed(recorded: Entry, signer: str) -> bool:
    signers = recorded.observation.transport.signers
    return any(one.partition(" ")[0] == signer for one in signers)


def _links(entry: AllowEntry, recorded: Entry) -> bool:
    home = recorded.observation.domain if entry.sender else None
    hosts = [
        _is_below(one, entry.value)
        for one in recorded.observation.hosts
        if not (home and _is_below(one, home))
    ]
    return any(hosts) if entry.effect == "deny" else bool(hosts) and all(hosts)


def _is_within(entry: AllowEntry, recorded: Entry) -> bool:
    """Whether it came for the entry's mailboxes alone."""
    if not entry.mailboxes:
        return True
    reached = set(recorded.observation.mailboxes)
    return bool(reached) and reached <= set(entry.mailboxes)


def _is_below(found: str, wanted: str) -> bool:
    return found == wanted or found.endswith(f".{wanted}")
