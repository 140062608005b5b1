"""Apple Mail's emlx: a byte count, the message, and a property list with the day it came."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from chaffinch.message.sources.section import Section

_COUNT = re.compile(rb"\s{0,8}(\d{1,12})[ \t]{0,40}\r?\n")
_RECEIVED = re.compile(
    rb"<key>date-received</key>\s{0,40}<(?:integer|real)>(\d{1,12})(?:\.\d{1,20})?</"
)
_LIST_BYTES = 256 * 1024


class Envelope(NamedTuple):
    """Where the message lies in an emlx file, and when Apple Mail received it."""

    offset: int
    length: int
    received_at: datetime | None


def counted_head(head: bytes) -> bytes | None:
    r"""What follows the byte count, or None where there is no count.

    >>> counted_head(b"12        \nSubject: x")
    b'Subject: x'
    """
    count = _COUNT.match(head)
    return None if count is None else head[count.end() :]


def envelope(section: Section) -> Envelope:
    """The message of an emlx file; a count that is too large ends with the file."""
    count = _COUNT.match(section.read_at(0, 128))
    offset, stated = (count.end(), int(count.group(1))) if count else (0, section.length)
    length = min(stated, section.length - offset)
    properties = section.read_at(offset + length, _LIST_BYTES)
    return Envelope(offset, length, _received_at(properties))


def _received_at(properties: bytes) -> datetime | None:
    stamp = _RECEIVED.search(properties)
    if stamp is None:
        return None
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(stamp.group(1)))
    except OverflowError:
        return None
