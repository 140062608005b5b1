"""A quoted message as a value: who wrote it to whom, when and about what."""

import re2

from chaffinch.core.limits import Limits
from chaffinch.message.address import mailboxes
from chaffinch.message.model import Banner, Link, Mailbox, PreviousThread, Recipient, Recipients
from chaffinch.message.quoting import Preamble
from chaffinch.message.subject import subject
from chaffinch.message.thread import Quoted

_BRACKETED = re2.compile(r"\(?[\[<]\s*(?:mailto:)?([^\s<>\[\]()]+@[^\s<>\[\]()]+?)\s*[\]>]\)?")
_LINKED = re2.compile(r"<([^<>\s]+@[^<>\s]+)>\s*<(?:mailto:)[^<>\s]+>")
_ON_BEHALF = re2.compile(r"(?i)\son behalf of\s+(\S.*)$")
_HOSTED = re2.compile(r"@[^\s@,;]+\.[^\s@,;]")
_MARKS = " '\"\t"
_QUOTED_RECIPIENTS = 200


def previous_thread(
    quoted: Quoted, index: int, links: tuple[Link, ...], limits: Limits
) -> PreviousThread:
    """The quoted message under the public field names; what its preamble does not say is absent.

    >>> preamble = Preamble(lines_count=1, text="x", sender="Ada [mailto:ada@acme.example]")
    >>> previous_thread(Quoted(preamble=preamble, text="Hi"), 0, (), Limits()).sender.email.email
    'ada@acme.example'
    """
    said = quoted.preamble or Preamble(lines_count=0, text="")
    senders = quoted_mailboxes(said.sender, 1)
    limit = min(_QUOTED_RECIPIENTS, limits.addresses_count)
    return PreviousThread(
        text=quoted.text,
        preamble=said.text,
        sender=senders[0] if senders else None,
        recipients=Recipients(
            to=_recipients(said.to, "to", limit), cc=_recipients(said.cc, "cc", limit)
        ),
        subject=subject(said.subject) if said.subject is not None else None,
        date=said.date,
        index=index,
        links=links,
        banners=tuple(Banner(text=banner) for banner in quoted.banners),
    )


def quoted_mailboxes(text: str, limit: int) -> tuple[Mailbox, ...]:
    """Mailboxes as mail programs print them: ``;`` between them, ``[mailto:…]`` around addresses.

    >>> [box.display_name for box in quoted_mailboxes("Lovelace, Ada; Bob", 5)]
    ['Lovelace, Ada', 'Bob']
    """
    if not text:
        return ()
    text = _LINKED.sub(r"<\1>", _BRACKETED.sub(r"<\1>", text))
    author = _ON_BEHALF.search(text) if limit == 1 else None
    if author is not None:
        return (_one(author[1].strip()),)
    if limit == 1 and text.count("@") <= 1:
        return (_one(text),)
    if ";" not in text and _is_internet_list(text):
        return mailboxes(text, limit)
    # a list without addresses separates by ";"; a comma in it stands between surname and name
    names = text.split(";" if ";" in text or "@" not in text else ",")
    return tuple(_one(name.strip()) for name in names[:limit] if name.strip())


def _is_internet_list(text: str) -> bool:
    """Whether the addresses have hosts, unlike Notes names (``Ada Lovelace/HOU/ECT@ECT``)."""
    return "<" in text or _HOSTED.search(text) is not None


def _one(text: str) -> Mailbox:
    """One mailbox, its name taken as it stands."""
    name, angle, rest = text.partition("<")
    if not angle and _HOSTED.search(text) is None:
        return Mailbox(display_name=text.strip(_MARKS) or None)
    found = mailboxes(angle + rest if angle else text, 1)
    address = found[0].email if found else None
    if not angle:
        return found[0] if found else Mailbox(display_name=text.strip(_MARKS) or None)
    return Mailbox(display_name=name.strip(_MARKS) or None, email=address)


def _recipients(text: str, field: str, limit: int) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(display_name=box.display_name, email=box.email, field=field)
        for box in quoted_mailboxes(text, limit)
    )
