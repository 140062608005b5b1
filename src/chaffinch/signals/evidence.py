"""All signals of one message, each measured when first asked for and then remembered."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.message.body import Body
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Sender, Subject
from chaffinch.message.page import HtmlEvidence
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import Around, SenderProfile
from chaffinch.profiles.history import TenantHistory
from chaffinch.signals.author_text import AuthorText, author_text
from chaffinch.signals.brands import Brands, known_brands
from chaffinch.signals.claimed import Claimed, claimed
from chaffinch.signals.declare import ELEMENTS, Scalar, Signal, catalogue
from chaffinch.signals.link_set import LinkSet, link_set
from chaffinch.signals.trusted_service import ServiceMail, service_mail
from chaffinch.signals.wording import Wording, topics_seen

Measured = Scalar | Unknown

NO_HISTORY = Unknown(frozenset({"profiles"}))
THIN_HISTORY = Unknown(frozenset({"profiles: history too short"}))


class Evidence:
    """The measured facts of one message: ``evidence["link.host.is_ip"]``.

    A value is None where the message does not hold the fact, and :class:`Unknown` where this
    installation cannot know it (yet).
    """

    __slots__ = ("_around", "_lists", "_measured", "_suppliers", "message")

    def __init__(self, message: Message, around: Around | None, lists: Lists) -> None:
        self.message = message
        self._around = around
        self._lists = lists
        self._measured: dict[str, Measured] = {}
        self._suppliers = _suppliers(message, around, lists)

    @property
    def around(self) -> Around | None:
        """The profiles the message is judged with, or None where nothing is remembered."""
        return self._around

    @property
    def lists(self) -> Lists:
        """The reference lists in force."""
        return self._lists

    def __getitem__(self, name: str) -> Measured:
        """The value of a signal; KeyError for a name that is no signal."""
        if name not in self._measured:
            self._measured[name] = self._measure(catalogue()[name])
        return self._measured[name]

    @property
    def service_mail(self) -> ServiceMail:
        """The trusted service it provably comes from, found once for signals and policy."""
        found = self._suppliers[ServiceMail]()
        assert isinstance(found, ServiceMail)
        return found

    def measured(self) -> Mapping[str, Measured]:
        """What has been asked for so far."""
        return dict(sorted(self._measured.items()))

    def measure_all(self) -> Mapping[str, Measured]:
        """Every signal of the catalogue."""
        return {name: self[name] for name in catalogue()}

    def measure_again(self, declared: Signal) -> Measured:
        """A signal's value from its function once more, though it is remembered.

        What many signals share (the message's parts, its wordings) is not made again, so that the
        time this takes is the signal's own.
        """
        return self._measure(declared)

    def _measure(self, declared: Signal) -> Measured:
        if declared.needs_history:
            if self._around is None:
                return NO_HISTORY
            if not self._around.tenant.is_mature:
                return THIN_HISTORY
        if declared.element is None:
            return declared.function(*(self._suppliers[one]() for one in declared.inputs))
        values = [self._of_element(declared, one) for one in self._elements(declared.element)]
        return aggregated(declared.aggregate or "any", values)

    def _of_element(self, declared: Signal, element: object) -> Scalar:
        return declared.function(
            *(element if one in ELEMENTS else self._suppliers[one]() for one in declared.inputs)
        )

    def _elements(self, element: str) -> Iterable[object]:
        if element == "link":
            return self.message.body.links
        if element == "attachment":
            return self.message.attachments
        if element == "recipient":
            return self.message.recipients.all_
        assert self._around is not None
        return self._around.pairs if element == "pair" else self._around.hosts


def aggregated(how: str, values: list[Scalar]) -> Scalar:
    """The elements' values as one, three-valued.

    >>> aggregated("any", [False, None]) is None
    True
    >>> aggregated("any", [None, True]), aggregated("any", []), aggregated("count", [True, None])
    (True, False, 1)
    >>> aggregated("count", [1, 0, 1])
    2
    >>> aggregated("max", [3, None, 7]), aggregated("max", [])
    (7, None)
    """
    if how == "any":
        return True if True in values else None if None in values else False
    if how == "count":
        return sum(int(value) for value in values if isinstance(value, int))
    known = [value for value in values if isinstance(value, int | float)]
    if not known:
        return None
    return max(known) if how == "max" else min(known)


def _suppliers(
    message: Message, around: Around | None, lists: Lists
) -> dict[type, Callable[[], object]]:
    known = around
    text = cache(lambda: author_text(message))
    links = cache(lambda: link_set(message))
    words = cache(lambda: topics_seen(text().seen))
    return {
        Message: lambda: message,
        Sender: lambda: message.sender,
        Subject: lambda: message.subject,
        Headers: lambda: message.headers,
        Body: lambda: message.body,
        HtmlEvidence: lambda: message.body.evidence,
        Tenant: lambda: message.tenant,
        Lists: lambda: lists,
        Brands: lambda: known_brands(lists),
        Claimed: cache(lambda: claimed(text(), known_brands(lists))),
        AuthorText: text,
        LinkSet: links,
        Wording: words,
        ServiceMail: cache(lambda: service_mail(message, links(), words())),
        SenderProfile: lambda: known.sender if known else None,
        TenantHistory: lambda: known.tenant if known else None,
    }
