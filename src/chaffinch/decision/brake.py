"""The brake on actions: mail a business waits for is warned of rather than kept back.

It changes what is done, never the score, and is void on what makes exactly such mail dangerous, or
where nobody could look for that: a softer action asks for proof.
"""

from collections.abc import Iterator, Mapping, Sequence

from chaffinch.core.vocabulary import Action, Cause, Goal
from chaffinch.decision.circumstances import Kept
from chaffinch.decision.decision import Part
from chaffinch.detectors.finding import Finding
from chaffinch.mql.values import Unknown
from chaffinch.signals.evidence import Evidence

BRAKE = "brake"
SOFTENED = frozenset({Action.JUNK, Action.QUARANTINE, Action.HOLD})
SOFT = Action.BANNER
AWAITED: Mapping[str, str] = {
    "sender.thread.answers_our_mail": "it answers mail of ours",
    "sender.history.was_written_to": "we have written to this address before",
}
VOIDING: Mapping[str, str] = {
    "sender.payee.account_is_new_for_vendor": "it names an account the vendor never named",
    "sender.payee.account_is_anothers": "it names an account of somebody else",
    "sender.payee.account_was_never_named": "it names an account nobody ever named",
    "message.notice.announces_new_bank_details": "it announces new bank details",
    "message.header.reply_goes_to_another_domain": "answers go to another organisation",
    "sender.answers.reply_domain_is_new_for_address": "answers go where they never went",
    "sender.answers.diverts_answers_for_once": "answers go elsewhere for once",
    "sender.conversation.replaces_a_participant": "somebody in the conversation was replaced",
    "recipient.resemblance.reads_like_a_participant": "a recipient reads like somebody else",
    "sender.means.relay_is_new_for_domain": "its organisation never sent from this network",
    "sender.means.signer_is_new_for_domain": "its organisation never signed like this",
}
CREDENTIAL_TALK = (
    "message.notice.speaks_of_sign_in",
    "message.notice.says_account_is_in_trouble",
    "message.notice.says_password_or_mailbox_is_ending",
    "message.request.asks_to_confirm_account",
    "message.request.asks_to_enter_device_code",
)
LINKS = "link.shape.links_count"


def braked(
    action: Action, evidence: Evidence | Kept, findings: Sequence[Finding]
) -> tuple[Action, list[Part]]:
    """The action, softened where business waits for the message, and a line that says so."""
    if action not in SOFTENED:
        return action, []
    awaited = _awaited(evidence)
    if awaited is None:
        return action, []
    if (void := _void(evidence, findings)) is not None:
        return action, [Part(BRAKE, 0, f"{awaited}, but the brake is void: {void}")]
    return SOFT, [Part(BRAKE, 0, f"{awaited}: {SOFT} instead of {action}")]


def _awaited(evidence: Evidence | Kept) -> str | None:
    """Why business may wait for it; None where nothing says so, or its author is not proven."""
    if evidence["sender.authentication.is_authenticated"] is not True:
        return None
    return next((why for name, why in AWAITED.items() if evidence[name] is True), None)


def _void(evidence: Evidence | Kept, findings: Sequence[Finding]) -> str | None:
    """What makes the brake void."""
    if any(one.labels.cause is Cause.ATTACHMENT for one in findings):
        return "a file is found dangerous"
    if any(one.labels.goal is Goal.CREDENTIALS for one in findings):
        return "it is found to be after credentials"
    if _links(evidence) and any(_may_hold(evidence[name]) for name in CREDENTIAL_TALK):
        return "it links to something and speaks of accounts or signing in"
    void = (why for name, why in VOIDING.items() if evidence[name] is True)
    return next(void, None) or next(_untold(evidence), None)


def _untold(evidence: Evidence | Kept) -> Iterator[str]:
    """What could not be looked for; what the message does not hold is no such thing."""
    for name, why in VOIDING.items():
        if isinstance(evidence[name], Unknown):
            yield f"nothing can tell whether {why}"


def _may_hold(value: object) -> bool:
    return value is True or isinstance(value, Unknown)


def _links(evidence: Evidence | Kept) -> bool:
    count = evidence[LINKS]
    return isinstance(count, Unknown) or (isinstance(count, int) and count > 0)
