"""Who takes part in a conversation, now and before, read once for all signals."""

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.message.message import Message
from chaffinch.message.model import Email, Mailbox
from chaffinch.signals.lookalike import reads_like

_PARTICIPANTS = 60


class Conversation(msgspec.Struct, frozen=True, dict=True):
    """The people of one message and of those it quotes."""

    message: Message

    @lazy
    def recipients(self) -> tuple[Email, ...]:
        """Those named in To, Cc and Bcc, each once."""
        return _emails(self.message.recipients.all_)

    @lazy
    def home(self) -> str | None:
        """The sender's organisation."""
        return home_of(self.message.sender.email)

    @lazy
    def homes(self) -> tuple[str, ...]:
        """The organisation of each recipient, in their order."""
        return tuple([one.domain.organisational or one.domain.domain for one in self.recipients])

    @lazy
    def outsiders(self) -> tuple[Email, ...]:
        """The named recipients at other organisations than ours and the sender's."""
        owns, own = self.message.tenant.owns, self.home
        found = zip(self.recipients, self.homes, strict=True)
        return tuple([one for one, home in found if home != own and not owns(one.domain.domain)])

    @lazy
    def before(self) -> tuple[Email, ...]:
        """Those who wrote or got the quoted messages, each once."""
        return _emails(self._quoted())

    @lazy
    def homes_before(self) -> frozenset[str]:
        """Their organisations."""
        return frozenset(filter(None, map(home_of, self.before)))

    @lazy
    def authors(self) -> tuple[Email, ...]:
        """Those who wrote the quoted messages, the nearest first."""
        return _emails(one.sender for one in self.message.body.previous_threads if one.sender)

    def _quoted(self) -> Iterator[Mailbox]:
        for thread in self.message.body.previous_threads:
            if thread.sender:
                yield thread.sender
            yield from thread.recipients.all_


def conversation(message: Message) -> Conversation:
    """The people of a message.

    >>> from chaffinch.core.tenant import Tenant
    >>> from chaffinch.message.parse import parse
    >>> raw = b"From: a@b.example\\nTo: c@d.example, e@b.example, f@us.example\\n\\nhi"
    >>> told = conversation(parse(raw, tenant=Tenant(domains=("us.example",))))
    >>> [one.email for one in told.outsiders]
    ['c@d.example']
    """
    return Conversation(message)


def home_of(email: Email | None) -> str | None:
    """The organisation an address belongs to."""
    return (email.domain.organisational or email.domain.domain) if email else None


def is_taken_for(domain: str, real: str) -> bool:
    """Whether a domain reads like another and is no other ending of the same name.

    >>> is_taken_for("st0ne.example", "stone.example"), is_taken_for("stone.com", "stone.example")
    (True, False)
    """
    return reads_like(domain, real) and domain.partition(".")[0] != real.partition(".")[0]


def _emails(boxes: Iterable[Mailbox]) -> tuple[Email, ...]:
    found = {one.email.email: one.email for one in islice(boxes, _PARTICIPANTS) if one.email}
    return tuple(found.values())
