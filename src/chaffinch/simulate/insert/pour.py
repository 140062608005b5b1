"""A letter poured into a mould: every field the host wrote, with what the letter says."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from random import Random

import msgspec

from chaffinch.simulate.insert.body import Body, written_body
from chaffinch.simulate.insert.mould import Mould
from chaffinch.simulate.insert.styles import alike, dated, mailboxes, one_mailbox
from chaffinch.simulate.insert.transport import (
    Way,
    hop,
    received_spf,
    results,
    signature,
    way_of,
)
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.post import words

SHORTEST = 3  # characters; what is no longer stands in too many words
Filler = Callable[["Pouring", str], str | None]


class Pouring(msgspec.Struct, frozen=True, kw_only=True):
    """One letter on its way into one mould; ``readers`` are the mailboxes it is delivered to."""

    letter: Letter
    mould: Mould
    message_id: str
    readers: tuple[str, ...]
    way: Way
    rng: Random


def pour(letter: Letter, mould: Mould, readers: tuple[str, ...], rng: Random) -> tuple[bytes, str]:
    """The letter in the host's shape, and its Message-ID.

    Fields the letter has no use for (a Cc without anybody to name) are left out, those it needs
    and the mould lacks (Reply-To) are added beside their kin; all others keep their place.
    """
    message_id = _message_id(letter, mould, rng)
    way = way_of(letter, mould, readers)
    one = Pouring(
        letter=letter, mould=mould, message_id=message_id, readers=readers, way=way, rng=rng
    )
    body = written_body(letter, mould, rng)
    fields, turns = _with_content(_with_kin(one), body), count()
    lines = [line for name, value in fields for line in _line(one, body, (name, value), turns)]
    head = "\n".join((*lines, "", "")).replace("\r\n", "\n").replace("\n", mould.newline)
    return head.encode("latin-1", "replace") + body.wire, message_id


def _message_id(letter: Letter, mould: Mould, rng: Random) -> str:
    like = mould.value("message-id").strip().strip("<>")
    is_plain = like[:1].isalnum()  # what begins otherwise is a formula to who opens the labels
    return alike(rng, like) if is_plain else letter.message_id


def _with_kin(one: Pouring) -> list[tuple[str, str]]:
    """The mould's fields, and the needed ones it lacks beside those they belong to."""
    fields = list(one.mould.fields)
    names = [name.lower() for name, _ in fields]
    if one.letter.cc and "cc" not in names and one.mould.has_to:
        _insert_after(fields, "to", ("Cc", one.mould.value("to")))
    if one.letter.reply_to and "reply-to" not in names:
        _insert_after(fields, "from", ("Reply-To", one.mould.value("from")))
    return fields


def _with_content(fields: list[tuple[str, str]], body: Body) -> list[tuple[str, str]]:
    """The fields, and below them those the body needs where the mould had none of them."""
    names = {name.lower() for name, _ in fields}
    needed = [name for name in body.head if name not in names]
    if needed and "mime-version" not in names:
        needed = ["mime-version", *needed]
    return [*fields, *((_NAMED.get(name, name.title()), " ") for name in needed)]


_NAMED = {"mime-version": "MIME-Version"}


def _insert_after(fields: list[tuple[str, str]], name: str, field: tuple[str, str]) -> None:
    places = [n for n, (known, _) in enumerate(fields) if known.lower() == name]
    fields.insert(places[0] + 1 if places else len(fields), field)


def _line(one: Pouring, body: Body, field: tuple[str, str], turns: Iterator[int]) -> list[str]:
    """The field's line, if it keeps one; ``turns`` counts the Received lines."""
    name, value = field
    lowered = name.lower()
    if lowered in _HOPS:
        return [f"{name}: {hop(one.way, value, next(turns), one.rng)}"]
    if lowered.startswith("content-"):
        written = body.head.get(lowered, value.strip() if lowered in _KEPT_CONTENT else None)
        return [] if written is None else [f"{name}: {written}"]
    told = FILLERS.get(lowered, _other)(one, value)
    blank = "" if not value or value[0] not in " \t" else value[0]
    return [] if told is None else [f"{name}:{blank}{told}"]


_HOPS = frozenset(("received", "x-received"))
_KEPT_CONTENT = frozenset(("content-language", "content-class"))


def _from(one: Pouring, value: str) -> str:
    return one_mailbox(one.letter.author.contact, value)


def _to(one: Pouring, value: str) -> str:
    return mailboxes(one.letter.to, value, one.mould.newline)


def _cc(one: Pouring, value: str) -> str | None:
    return mailboxes(one.letter.cc, value, one.mould.newline) if one.letter.cc else None


def _reply_to(one: Pouring, value: str) -> str | None:
    """The letter's own; where it has none and the mould repeated its author, it does so too."""
    if one.letter.reply_to:
        return one_mailbox(one.letter.reply_to, value)
    return _from(one, value) if one.mould.sender in value.lower() else None


def _subject(one: Pouring, value: str) -> str:
    """The subject, folded once where the mould's was, so that length alone does not show."""
    told = words(one.letter.subject)
    fold = re.search(r"\r?\n[ \t]+", value.strip())
    middle = max(told.find(" ", len(told) // 2), told.rfind(" "))
    if fold is None or "\n" in told or middle < 0:
        return told
    return f"{told[:middle]}{fold.group()}{told[middle + 1 :]}"


def _date(one: Pouring, value: str) -> str:
    return dated(one.letter.at, value)


def _id(one: Pouring, value: str) -> str:
    return f"<{one.message_id}>" if "<" in value else one.message_id


def _parent(one: Pouring, _: str) -> str | None:
    references = one.letter.references
    return f"<{references[-1]}>" if references else None


def _references(one: Pouring, _: str) -> str | None:
    known = one.letter.references
    return f"{one.mould.newline} ".join(f"<{each}>" for each in known) if known else None


def _envelope(one: Pouring, value: str) -> str:
    address = one.letter.author.route.envelope or one.letter.author.contact.address
    return f"<{address}>" if "<" in value else address


def _reader(one: Pouring, value: str) -> str:
    address = one.readers[0] if one.readers else one.letter.to[0].address
    return f"<{address}>" if "<" in value else address


def _author_name(one: Pouring, value: str) -> str:
    return one_mailbox(one.letter.author.contact, value)


def _names_of(which: str) -> Filler:
    def fill(one: Pouring, value: str) -> str:
        contacts: tuple[Contact, ...] = getattr(one.letter, which)
        return mailboxes(contacts, value or "-", one.mould.newline)

    return fill


def _random(one: Pouring, value: str) -> str:
    return alike(one.rng, value.strip())


def _bcc(one: Pouring, value: str) -> str | None:
    """Some archives repeat Cc here."""
    return _cc(one, value) if value.strip() == one.mould.value("cc").strip() else None


def _other(one: Pouring, value: str) -> str:
    """Whatever else the host wrote, with the mould's own parties exchanged for the letter's."""
    told, pairs = value.strip(), _exchanged(one)
    if not pairs:
        return told
    longest_first = sorted(pairs, key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    return known.sub(lambda found: pairs.get(found.group().lower(), found.group()), told)


def _exchanged(one: Pouring) -> Mapping[str, str]:
    """What stands for whom, by the mould's words in lower case."""
    author, mould, letter = one.letter.author.contact, one.mould, one.letter
    pairs = dict(zip(mould.readers, (each.address for each in letter.everybody), strict=False))
    pairs |= {mould.carrier: author.address, mould.sender: author.address}
    pairs |= {mould.sender_name: words(author.name), mould.subject: words(letter.subject)}
    return {old.lower(): new for old, new in pairs.items() if len(old) > SHORTEST and new}


FILLERS: dict[str, Filler] = {
    "from": _from,
    "to": _to,
    "cc": _cc,
    "bcc": _bcc,
    "reply-to": _reply_to,
    "subject": _subject,
    "thread-topic": _subject,
    "date": _date,
    "message-id": _id,
    "in-reply-to": _parent,
    "references": _references,
    "return-path": _envelope,
    "x-envelope-from": _envelope,
    "delivered-to": _reader,
    "x-original-to": _reader,
    "envelope-to": _reader,
    "x-from": _author_name,
    "x-to": _names_of("to"),
    "x-cc": _names_of("cc"),
    "x-bcc": _names_of("cc"),
    "thread-index": _random,
    "authentication-results": lambda one, value: results(one.way, value),
    "arc-authentication-results": lambda one, value: results(one.way, value),
    "received-spf": lambda one, value: received_spf(one.way, value),
    "dkim-signature": lambda one, value: signature(one.letter, one.way, value, one.rng),
    "arc-seal": _random,
    "arc-message-signature": _random,
    "lines": lambda *_: None,
}
