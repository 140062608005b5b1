"""How the host writes dates, mailboxes and ids; new values are written the same way."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from random import Random

from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.post import mailbox, words

_DATE = re.compile(
    r"(?P<weekday>[A-Za-z]{3}, ?)?(?P<day>[ 0]?\d{1,2}) [A-Za-z]{3} \d{4} \d\d:\d\d:\d\d"
    r" (?P<zone>[+-]\d{4}|[A-Z]{1,5})(?P<comment> \([^()]{1,40}\))?"
)
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_HEX = frozenset("0123456789abcdefABCDEF")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def alike(rng: Random, text: str) -> str:
    """The text with other digits, and other letters in tokens that mix both.

    >>> alike(Random(1), "<20.JavaMail.evans@thyme>").endswith(".JavaMail.evans@thyme>")
    True
    """
    return _TOKEN.sub(lambda found: _token_alike(rng, found.group()), text)


def _token_alike(rng: Random, token: str) -> str:
    if not any(map(str.isdigit, token)):
        return token
    letters = "abcdef" if _HEX.issuperset(token) else LETTERS
    return "".join(_letter_alike(rng, one, letters) for one in token)


def _letter_alike(rng: Random, one: str, letters: str) -> str:
    if one.isdigit():
        return str(rng.randrange(10))
    drawn = rng.choice(letters)
    return drawn.upper() if one.isupper() else drawn


def dated(at: datetime, like: str) -> str:
    """The moment in the manner of another date: its zone, weekday and comment, or none.

    >>> from datetime import UTC
    >>> dated(datetime(2001, 5, 4, 20, tzinfo=UTC), "Mon, 7 Feb 2000 01:02:03 -0800 (PST)")
    'Fri, 4 May 2001 12:00:00 -0800 (PST)'
    """
    found = _DATE.search(like)
    if found is None:
        return format_datetime(at)
    text = format_datetime(at.astimezone(zone_of(like)))
    weekday, _, rest = text.partition(", ")
    day, _, tail = rest.partition(" ")
    day = day if found["day"].strip().startswith("0") or len(found["day"]) > 1 else day.lstrip("0")
    day = day if len(found["day"].strip()) > 1 else day.lstrip("0")
    clock = tail.rpartition(" ")[0]
    return (
        f"{weekday + ', ' if found['weekday'] else ''}{day} {clock} {found['zone']}"
        f"{found['comment'] or ''}"
    )


def zone_of(value: str) -> timezone:
    """The zone a Date value names; UTC where it names none anybody knows."""
    try:
        offset = parsedate_to_datetime(value).utcoffset()
    except (TypeError, ValueError, OverflowError):
        offset = None
    return timezone(offset or timedelta())


def mailboxes(contacts: Sequence[Contact], like: str, newline: str) -> str:
    """The contacts in the manner of another address field: names or none, folded or not."""
    written = [one_mailbox(one, like) for one in contacts]
    fold = re.search(r",(\s*\n[ \t]+)", like)
    if fold is None:
        return _folded(written, newline) if "\n" in like else ", ".join(written)
    return f",{fold.group(1)}".join(written)


def _folded(written: Sequence[str], newline: str) -> str:
    return f",{newline} ".join(written)


def one_mailbox(contact: Contact, like: str) -> str:
    """One contact in the manner of another mailbox.

    >>> ann = Contact(name="Ann Kestrel", address="ann@acme.example")
    >>> [one_mailbox(ann, like) for like in ("bo@x.example", '"Bo, X" <bo@x.example>', "Bo X")]
    ['ann@acme.example', '"Ann Kestrel" <ann@acme.example>', 'Ann Kestrel']
    """
    if "@" not in like:
        return words(contact.name or contact.address)
    if "<" not in like or not contact.name:
        return contact.address
    shown = mailbox(contact)
    is_quoted = like.lstrip().startswith('"')
    if is_quoted and contact.name.isascii() and not shown.startswith('"'):
        return f'"{contact.name}" <{contact.address}>'
    return shown
