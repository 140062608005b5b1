"""What signals may ask for, each made once per message, when first asked for."""

from collections.abc import Mapping

from chaffinch.core.lazy import lazy
from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Entries, Lists
from chaffinch.message.body import Body
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, Link, Recipient, Sender, Subject
from chaffinch.message.page import HtmlEvidence
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import Around, HostProfile, PairProfile, SenderProfile
from chaffinch.profiles.history import TenantHistory
from chaffinch.signals.addressed import Addressed
from chaffinch.signals.author_text import AuthorText, author_text
from chaffinch.signals.brands import Brands, known_brands
from chaffinch.signals.claimed import Claimed, claimed
from chaffinch.signals.conversation import Conversation, conversation
from chaffinch.signals.duties import Duties, duties_of
from chaffinch.signals.link_set import LinkSet, link_set
from chaffinch.signals.recalled import Recalled, recalled
from chaffinch.signals.trusted_service import ServiceMail, service_mail
from chaffinch.signals.wording import Wording, topics_seen

NO_HISTORY = Unknown(frozenset({"profiles"}))
THIN_HISTORY = Unknown(frozenset({"profiles: history too short"}))


class MissingListError(Exception):
    """A signal asked for a list that nobody gave; what it says is unknown."""


class ListsAtHand(Lists, frozen=True):
    """Lists of which a missing one is an answer of its own: see :class:`MissingListError`."""

    def get(self, name: str) -> Entries:
        """The entries of a list."""
        found = self.by_name.get(name)
        if found is None:
            raise MissingListError(f"${name}")
        return found.entries


class Supplies:
    """One message, what is known around it, and what many signals ask of them."""

    def __init__(self, message: Message, around: Around | None, lists: Lists) -> None:
        self.message = message
        self.around = around
        self.installed = lists

    @lazy
    def history_lacks(self) -> Unknown | None:
        """What history lacks to be asked."""
        if self.around is None:
            return NO_HISTORY
        return None if self.around.tenant.is_mature else THIN_HISTORY

    @lazy
    def sender(self) -> Sender:
        """Who wrote."""
        return self.message.sender

    @lazy
    def subject(self) -> Subject:
        """The subject."""
        return self.message.subject

    @lazy
    def headers(self) -> Headers:
        """The header block."""
        return self.message.headers

    @lazy
    def body(self) -> Body:
        """The bodies."""
        return self.message.body

    @lazy
    def page(self) -> HtmlEvidence:
        """What the HTML body shows and hides."""
        return self.message.body.evidence

    @lazy
    def tenant(self) -> Tenant:
        """Whose mail it is."""
        return self.message.tenant

    @lazy
    def lists(self) -> Lists:
        """The reference lists."""
        return ListsAtHand(self.installed.by_name)

    @lazy
    def brands(self) -> Brands:
        """The brands of the lists."""
        return known_brands(self.installed)

    @lazy
    def text(self) -> AuthorText:
        """What the author wrote."""
        return author_text(self.message)

    @lazy
    def claimed(self) -> Claimed:
        """The brands the text speaks for."""
        return claimed(self.text, self.brands)

    @lazy
    def addressed(self) -> Addressed:
        """The addresses it is for."""
        return Addressed(self.message)

    @lazy
    def link_set(self) -> LinkSet:
        """The links taken together."""
        return link_set(self.message)

    @lazy
    def wording(self) -> Wording:
        """The topics of the text."""
        return topics_seen(self.text.seen)

    @lazy
    def service_mail(self) -> ServiceMail:
        """The trusted service it provably comes from."""
        return service_mail(self.message, self.link_set, self.wording)

    @lazy
    def sender_profile(self) -> SenderProfile | None:
        """What is remembered of the sender."""
        return self.around.sender if self.around else None

    @lazy
    def tenant_history(self) -> TenantHistory | None:
        """What is remembered of the organisation."""
        return self.around.tenant if self.around else None

    @lazy
    def recalled(self) -> Recalled | None:
        """What is remembered around the message."""
        return recalled(self.around) if self.around else None

    @lazy
    def conversation(self) -> Conversation:
        """Who takes part, and who took part before."""
        return conversation(self.message)

    @lazy
    def duties(self) -> Duties:
        """What its recipients do here."""
        return duties_of(self.message)

    @lazy
    def links(self) -> tuple[Link, ...]:
        """The links of the body."""
        return tuple(self.message.body.links)

    @lazy
    def recipients(self) -> tuple[Recipient, ...]:
        """Everybody who is named as recipient."""
        return tuple(self.message.recipients.all_)

    @lazy
    def attachments(self) -> tuple[Attachment, ...]:
        """The files."""
        return tuple(self.message.attachments)

    @lazy
    def pairs(self) -> tuple[PairProfile, ...]:
        """What is remembered of the sender and each recipient."""
        return self.around.pairs if self.around else ()

    @lazy
    def hosts(self) -> tuple[HostProfile, ...]:
        """What is remembered of each host that is linked to."""
        return self.around.hosts if self.around else ()


SUPPLIES: Mapping[type, str] = {  # what a parameter of this type is given
    Message: "message",
    Sender: "sender",
    Subject: "subject",
    Headers: "headers",
    Body: "body",
    HtmlEvidence: "page",
    Tenant: "tenant",
    Lists: "lists",
    Brands: "brands",
    Wording: "wording",
    AuthorText: "text",
    LinkSet: "link_set",
    Claimed: "claimed",
    Addressed: "addressed",
    ServiceMail: "service_mail",
    SenderProfile: "sender_profile",
    TenantHistory: "tenant_history",
    Recalled: "recalled",
    Conversation: "conversation",
    Duties: "duties",
}
ELEMENTS: Mapping[type, str] = {  # of which of these it is measured
    Link: "link",
    Recipient: "recipient",
    Attachment: "attachment",
    PairProfile: "pair",
    HostProfile: "host",
}
HISTORY: frozenset[type] = frozenset(
    {SenderProfile, PairProfile, HostProfile, TenantHistory, Recalled}
)
