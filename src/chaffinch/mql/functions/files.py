"""Functions that read a file as text, page or message, and a string as an address."""

import re
from functools import lru_cache

from chaffinch.core.limits import Limits
from chaffinch.message.address import email
from chaffinch.message.content import NOTHING
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, Email
from chaffinch.message.parse import attached
from chaffinch.mql.functions.declare import function
from chaffinch.mql.functions.encoding import decoded_text
from chaffinch.mql.functions.pages import HtmlPage, WrittenPage
from chaffinch.mql.results import Text
from chaffinch.mql.values import Unknown

_NO_ADDRESS = re.compile(r"[\s<>(),;:]")


def bytes_of(file: object) -> bytes | Unknown | None:
    """The bytes of a file, Unknown where nobody has them, or None for what is no file."""
    raw = getattr(file, "raw", None)
    return raw if isinstance(raw, bytes | Unknown) else None


def file_steps(file: object) -> int:
    """The steps of reading a file once."""
    data = bytes_of(file)
    return len(data) >> 8 if isinstance(data, bytes) else 0


@function("file.parse_text", steps=file_steps)
def parse_text(
    file: object, *, encodings: tuple[str, ...] = ("ascii", "utf8")
) -> Text | Unknown | None:
    """A file's text in the first encoding its bytes are valid in; null text where in none."""
    data = bytes_of(file)
    if not isinstance(data, bytes):
        return data
    return Text(text=decoded_text(data, tuple(encodings)))


@function("file.parse_html", steps=file_steps)
def parse_html(file: object) -> HtmlPage | Unknown | None:
    """A file as an HTML page."""
    data = bytes_of(file)
    if not isinstance(data, bytes):
        return data
    text = decoded_text(data, ("utf8",))
    return WrittenPage(source=data.decode("latin-1") if text is None else text)


@function("file.parse_eml", steps=file_steps)
def parse_eml(file: object) -> Message | Unknown | None:
    """A file as a message of its own; null where messages are nested too deep."""
    data = bytes_of(file)
    if not isinstance(data, bytes):
        return data
    content = file.content if isinstance(file, Attachment) else NOTHING
    return _message(data, content.limits)


@lru_cache(maxsize=4)
def _message(raw: bytes, limits: Limits) -> Message | None:
    """The message in some bytes."""
    return attached(raw, limits)


@function("strings.parse_email")
def parse_email(source: str) -> Email | None:
    """The string as an e-mail address; null where it is none."""
    source = source.strip()
    return None if _NO_ADDRESS.search(source) else email(source)
