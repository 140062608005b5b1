"""Recipients that are put in the place of others, and those who come into a conversation."""

from chaffinch.core.tenant import Tenant
from chaffinch.message.model import Recipient
from chaffinch.signals.conversation import Conversation, home_of, is_taken_for
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import reads_like


@signal(aggregate="any")
def reads_like_one_of_us(recipient: Recipient, tenant: Tenant) -> bool:
    """A recipient's domain reads like one of ours, and is not ours.

    >>> from chaffinch.message.address import email
    >>> acme = Tenant(domains=("acmetools.example",))
    >>> reads_like_one_of_us(Recipient("Kim", email("kim@acmet00ls.example")), acme)
    True
    """
    home = home_of(recipient.email)
    if home is None or tenant.owns(home):
        return False
    return any(reads_like(home, one) for one in tenant.domain_set)


@signal(aggregate="any")
def reads_like_a_participant(recipient: Recipient, talk: Conversation) -> bool:
    """A recipient's domain reads like that of somebody quoted, and is not theirs.

    >>> from chaffinch.message.address import email
    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> talk = conversation(parse(b"\\n\\nhi"))
    >>> reads_like_a_participant(Recipient("Kim", email("kim@st0ne.example")), talk)
    False
    """
    home, before = home_of(recipient.email), talk.homes_before
    if home is None or home in before:
        return False
    return any(is_taken_for(home, one) for one in before)


@signal
def outsiders_count(talk: Conversation) -> int:
    """Named recipients at other organisations than ours and the sender's.

    >>> from chaffinch.core.tenant import Tenant
    >>> from chaffinch.message.parse import parse
    >>> from chaffinch.signals.conversation import conversation
    >>> raw = b"From: a@b.example\\nTo: c@d.example, e@b.example, f@us.example\\n\\nhi"
    >>> outsiders_count(conversation(parse(raw, tenant=Tenant(domains=("us.example",)))))
    1
    """
    return len(talk.outsiders)
