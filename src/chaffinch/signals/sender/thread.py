"""Whether the conversation a message says to belong to took place."""

from chaffinch.core.tenant import Tenant
from chaffinch.signals.conversation import Conversation
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled

_ANSWERED_WITHIN_DAYS = 10.0  # so long after learning began, answers to mail from before are rare


@signal
def answers_our_mail(recalled: Recalled) -> bool | None:
    """It names a message as answered that a person of ours wrote.

    Unknown where it names none.

    >>> from chaffinch.signals.trial import usual
    >>> answers_our_mail(usual(answers=("kim@acme.example",))), answers_our_mail(usual())
    (True, None)
    """
    return recalled.around.thread.answers_ours


@signal
def answers_unknown_mail(recalled: Recalled) -> bool | None:
    """It names messages as answered, and none of them ever passed here.

    Unknown where it names none, or before ten days are learned and none is known.

    >>> from chaffinch.signals.trial import DAY_MS, START, usual
    >>> answers_unknown_mail(usual(answers=("never@acme.example",)))
    True
    >>> answers_unknown_mail(usual(answers=("never@acme.example",), at=START + 6 * DAY_MS)) is None
    True
    """
    known = recalled.around.thread.answers_known
    return None if known is None else _is_missing(recalled, not known)


@signal
def quoted_by_us_ratio(recalled: Recalled) -> float | None:
    """Share of the nearest quoted message's sentences that people of ours wrote.

    Unknown where too little is quoted to tell, or no mail of ours was learned.

    >>> from chaffinch.profiles.observation import Content
    >>> from chaffinch.signals.trial import usual
    >>> quoted_by_us_ratio(usual(content=Content(quoted=("5e01", "ffff"))))
    0.5
    """
    if not recalled.around.tenant.knows_reciprocity:
        return None
    return recalled.around.thread.quoted_share


@signal
def quotes_what_we_never_wrote(
    recalled: Recalled, talk: Conversation, tenant: Tenant
) -> bool | None:
    """The nearest quoted message is said to be by one of us, and none of its words were.

    Unknown where it is not, quotes too little to tell, no mail of ours was learned, or before ten
    days are learned and none is known.

    >>> from chaffinch.signals.trial import usual
    >>> quotes_what_we_never_wrote(usual(), None, Tenant()) is None
    True
    """
    share = quoted_by_us_ratio(recalled)
    if share is None or not talk.authors or not tenant.owns(talk.authors[0].domain.domain):
        return None
    return _is_missing(recalled, share == 0)


@signal
def invents_an_answer_of_ours(
    recalled: Recalled, talk: Conversation, tenant: Tenant
) -> bool | None:
    """It quotes somebody of ours, and names no message as answered that ever passed here.

    Where the quoted words are stock phrases ``quotes_what_we_never_wrote`` cannot tell; this can.

    Unknown where it quotes nobody of ours, one of us provably wrote it, no mail of ours was
    learned, or before ten days are learned and none is known.

    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> from chaffinch.signals.trial import usual
    >>> invents_an_answer_of_ours(usual(), conversation(parse(b"\\n\\nhi")), Tenant()) is None
    True
    """
    if recalled.observation.is_proven_ours or not recalled.around.tenant.knows_reciprocity:
        return None
    if not any(tenant.owns(one.domain.domain) for one in talk.authors):
        return None
    return _is_missing(recalled, not recalled.around.thread.answers_known)


@signal
def is_new_to_the_conversation(recalled: Recalled, talk: Conversation) -> bool | None:
    """The sender's address stands nowhere in the quoted conversation.

    Unknown where nobody is quoted by address, or without a From address.

    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> from chaffinch.signals.trial import usual
    >>> is_new_to_the_conversation(usual(), conversation(parse(b"\\n\\nhi"))) is None
    True
    """
    own = recalled.observation.sender
    if own is None or not talk.before:
        return None
    return all(one.email != own for one in talk.before)


def _is_missing(recalled: Recalled, is_nowhere: bool) -> bool | None:
    """Whether what is nowhere on record never was; None where it may be older than the record."""
    is_young = recalled.around.tenant.days_of_history < _ANSWERED_WITHIN_DAYS
    return None if is_nowhere and is_young else is_nowhere
