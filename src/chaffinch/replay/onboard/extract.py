"""Message → Facts: the few facts of one message that the finders read."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from functools import lru_cache

import re2

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.authentication import signature
from chaffinch.message.hop import RECEIVED_FIELDS, Hop
from chaffinch.message.message import Message
from chaffinch.message.model import AuthenticationResults, Email, Mailbox
from chaffinch.message.parse import parse
from chaffinch.message.received import Received
from chaffinch.message.sources import Found
from chaffinch.replay.history import Held
from chaffinch.replay.onboard import signing
from chaffinch.replay.onboard.accounts import account_marks
from chaffinch.replay.onboard.facts import Box, Facts, Line, Noted, Proof, Result
from chaffinch.replay.words import words_of

BOXES_COUNT = 200
LINES_COUNT = 40
FEW = 8
TEXT_CHARACTERS = 200

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_BULK = frozenset(("bulk", "junk", "list"))
_DELIVERY_FIELDS = ("delivered-to", "x-original-to", "envelope-to", "x-delivered-to")
_MACHINE_FIELDS = ("x-autoreply", "x-autorespond", "x-auto-response-suppress")
_LOGINS = frozenset(("esmtpa", "esmtpsa", "lmtpa", "lmtpsa", "asmtp", "utf8smtpa", "utf8smtpsa"))
_DOUBTS = ("may be forged", "(unknown")
_BY_AUTHOR = "arrival time taken from the Date header"
_REPORT = "multipart/report"


def facts_of(held: Held, found: Found, limits: Limits = DEFAULT_LIMITS) -> Facts:
    """The facts of a message a source handed over; it must have bytes."""
    message = parse(
        found.raw or b"", received_at=found.received_at, mbox_date=found.mbox_date, limits=limits
    )
    headers, subject, thread = message.headers, message.subject, message.body.current_thread
    own_text, files = thread.own_text, [one.file_name or "" for one in message.attachments]
    says = signing.signed(signing.foot(thread.text, thread.signature))
    return Facts(
        held=held,
        at=(message.received_at - _EPOCH) // _MILLISECOND,
        is_dated_by_author=any(one.startswith(_BY_AUTHOR) for one in message.assumptions),
        message_id=_text(headers.message_id),
        in_reply_to=_text(headers.in_reply_to),
        thread=_text(next(iter(headers.references), "")),
        author=_author(message),
        authors_count=len(headers.mailboxes("from")),
        sender=_address(headers.email("sender")),
        reply_to=tuple(_address(box.email) for box in headers.reply_to[:FEW] if box.email),
        return_path=_return_path(message),
        to=_boxes(headers.mailboxes("to")),
        cc=_boxes(headers.mailboxes("cc")),
        bcc=_boxes(headers.mailboxes("bcc")),
        recipients_count=len(message.recipients.all_),
        noted=tuple(_noted(message)),
        lines=tuple(_line(hop.received) for hop in _topmost(headers.hops) if hop.received),
        results=tuple(_results(headers.hops)),
        signatures=tuple(_signatures(message)),
        list_id=_text(message.list_identity.id if message.list_identity else ""),
        list_host=_text(message.list_identity.domain if message.list_identity else ""),
        is_automatic=_is_automatic(message),
        is_bulk=_is_bulk(message),
        subject=_text(subject.base),
        is_reply=subject.is_reply,
        is_forward=subject.is_forward,
        mailer=_text(headers.mailer),
        simulation=tuple(_simulation(message)),
        signer=says.signer,
        title=says.title,
        assists=says.assists,
        named=signing.named(own_text),
        trade=_trade(subject.base, files),
        accounts=account_marks(thread.text),
    )


def _text(value: str | None) -> str:
    """The text, bounded and without half characters that no encoding can keep."""
    return (value or "")[:TEXT_CHARACTERS].encode("utf-8", "replace").decode("utf-8")


def _address(email: Email | None) -> str:
    return _text(email.email) if email and len(email.email) <= TEXT_CHARACTERS else ""


def _boxes(found: Iterable[Mailbox]) -> tuple[Box, ...]:
    boxes = [Box(_address(box.email), _text(box.display_name)) for box in found if box.email]
    return tuple(dict.fromkeys(box for box in boxes if box.address))[:BOXES_COUNT]


def _author(message: Message) -> Box | None:
    """The From mailbox as written; an archive that has no names there may keep them aside."""
    headers = message.headers
    written = headers.from_
    address = _address(written.email if written else None)
    if written is None or not address:
        return None
    name = written.display_name or ""
    if not name and not headers.count("received"):
        name = (headers.get("x-from") or "").partition("<")[0].partition("/")[0].strip(" \"'")
    return Box(address, _text("" if "@" in name else name))


def _return_path(message: Message) -> str | None:
    written = message.headers.written("return-path")
    return None if written is None else _address(message.headers.return_path)


def _topmost(hops: tuple[Hop, ...]) -> tuple[Hop, ...]:
    return hops[::-1][:LINES_COUNT]


def _line(line: Received) -> Line:
    source, server = line.source_names, line.server_names
    by = server.first or (line.server.raw.split(None, 1)[0] if line.server else "")
    others = [host for host in source.hosts if host != source.first]
    looked_up = source.hosts[1] if source.first and len(source.hosts) > 1 else ""
    protocol = line.protocol.raw.split(None, 1)[0].lower() if line.protocol else ""
    raw = line.source.raw if line.source else ""
    return Line(
        by=_text(by).lower(),
        claimed=_text(source.first or (others[0] if others else "")),
        looked_up=_text(looked_up),
        ip=next(iter(source.ips), ""),
        mailbox=_mailbox_of(line),
        has_login=protocol in _LOGINS,
        has_source=line.source is not None,
        is_doubted=any(doubt in raw for doubt in _DOUBTS),
    )


def _mailbox_of(line: Received) -> str:
    raw = line.mailbox.raw[:TEXT_CHARACTERS] if line.mailbox else ""
    address = raw.split(None, 1)[0].strip("<>,;").lower() if raw.strip("<> ") else ""
    return _text(address) if "@" in address else ""


def _noted(message: Message) -> Iterator[Noted]:
    """Delivery notes from the top, each with the count of Received lines above it."""
    block = message.headers.block
    lines = sorted(at for name in RECEIVED_FIELDS for at in block.places.get(name, ()))
    notes = sorted(at for name in _DELIVERY_FIELDS for at in block.places.get(name, ()))
    for at in notes[:FEW]:
        address = block.values[at][:TEXT_CHARACTERS].strip(" <>").lower()
        if "@" in address:
            yield Noted(bisect_left(lines, at), _text(address))


def _results(hops: tuple[Hop, ...]) -> Iterator[Result]:
    for above, hop in enumerate(_topmost(hops)):
        line = hop.end if hop.line is None else hop.line
        for at, result in hop.results[:FEW]:
            yield _result(above + (at > line), result)
        for at, details in hop.spf_lines[:1]:
            host = (details.designator or "").rpartition("@")[2]
            yield Result(above + (at > line), "received-spf", "", details.verdict or "", host)


def _result(level: int, result: AuthenticationResults) -> Result:
    spf, dmarc = result.spf_details, result.dmarc_details
    return Result(
        level=level,
        kind=result.type,
        server=_text(result.server),
        spf=result.spf or "",
        spf_host=_text(spf.designator if spf else "").rpartition("@")[2],
        dkim=_judged_signatures(result),
        dmarc=result.dmarc or "",
        dmarc_host=dmarc.from_.domain if dmarc and dmarc.from_ else "",
    )


def _judged_signatures(result: AuthenticationResults) -> tuple[Proof, ...]:
    """The signatures a receiver judged; one without domain where it says that there is none."""
    judged = result.dkim_details[:FEW]
    if not judged and result.dkim:
        return (Proof("", "", result.dkim),)
    return tuple(Proof(_text(one.domain), _text(one.selector), one.verdict or "") for one in judged)


def _signatures(message: Message) -> Iterator[Proof]:
    for value in message.headers.written_all("dkim-signature")[:FEW]:
        found = signature(value)
        if found.domain:
            yield Proof(_text(found.domain), _text(found.selector))


def _is_automatic(message: Message) -> bool:
    """No person wrote it to somebody: an automatic answer, a bounce, a receipt."""
    headers = message.headers
    submitted = (headers.written("auto-submitted") or "no").strip().lower()
    return (
        not submitted.startswith("no")
        or any(headers.written(name) is not None for name in _MACHINE_FIELDS)
        or (headers.written("return-path") or "").strip() == "<>"
        or message.subject.is_auto_reply
        or message.root.content_type.startswith(_REPORT)
    )


def _is_bulk(message: Message) -> bool:
    headers = message.headers
    precedence = (headers.written("precedence") or "").strip().lower()
    return precedence in _BULK or headers.written("list-unsubscribe") is not None


def _simulation(message: Message) -> Iterator[str]:
    """The marks of training mail: header names, and mail programs made for it."""
    marks = words_of_simulations()
    for name in message.headers.block.places:
        if name.startswith("x-") and any(fnmatchcase(name, mark) for mark in marks["header"]):
            yield name
    mailer = (message.headers.mailer or "").lower()
    yield from (tool for tool in marks["tool"] if tool in mailer)


@lru_cache(maxsize=1)
def words_of_simulations() -> dict[str, tuple[str, ...]]:
    """The marks of training mail by kind: header, host, tool."""
    return words_of("simulations.txt")


def _trade(subject: str, files: Iterable[str]) -> tuple[str, ...]:
    """The kinds of papers; an offer must be attached, for both sides speak of one."""
    spoken = [kind for kind in trade_in(subject) if kind != "offer"]
    return tuple(dict.fromkeys((*spoken, *trade_in(" ".join(files)))))


def trade_in(text: str) -> tuple[str, ...]:
    """The kinds of trade papers a subject or a file name speaks of.

    >>> trade_in("Invoice 7 from Acme"), trade_in("Re: Bestellung 12"), trade_in("In order")
    (('bill',), ('order',), ())
    """
    return tuple(kind for kind, pattern in _trade_words() if pattern.search(text))


@lru_cache(maxsize=1)
def _trade_words() -> tuple[tuple[str, "re2._Regexp[str]"], ...]:
    return tuple(
        (kind, re2.compile(rf"(?i)(?:^|[^\pL])(?:{'|'.join(map(_trade_word, words))})(?:[^\pL]|$)"))
        for kind, words in words_of("trade.txt").items()
    )


def _trade_word(word: str) -> str:
    bare = word.removesuffix("#").rstrip()
    return str(re2.escape(bare)) + (r"[\s.:#-]{0,4}[A-Za-z-]{0,4}\d" if bare != word else "")
