"""What web pages and drawings among the files hold."""

from string import ascii_letters, digits

import re2

from chaffinch.message.message import Message
from chaffinch.message.model import Attachment
from chaffinch.signals.attachment.shape import is_html
from chaffinch.signals.declare import signal

BASE_64 = f"{ascii_letters}{digits}+/"
_BYTES = 500_000
_FORM = re2.compile(rb"(?i)<form\b")
_PASSWORD = re2.compile(rb"(?i)type\s{0,3}=\s{0,3}[\"']?password")
_REFRESH = re2.compile(
    rb"(?i)http-equiv\s{0,3}=\s{0,3}[\"']?refresh|location\.(?:href|replace|assign)"
)
_TANGLED = re2.compile(
    rb"(?i)\batob\s{0,3}\(|\bunescape\s{0,3}\(|fromcharcode|\beval\s{0,3}\(|document\.write\s{0,3}\("
    rb"|(?:\\x[0-9a-f]{2}){20}"
)
_CODED_CHARACTERS = 1_000  # in one piece
_NOT_CODED = bytes(one if chr(one) in BASE_64 else 32 for one in range(256))
_SAVES = re2.compile(rb"(?i)new\s+blob\b|createobjecturl|mssaveoropenblob|\bdownload\s{0,3}=")
_LINK = re2.compile(rb"(?i)(?:href|action|src)\s{0,3}=\s{0,3}[\"']?\s{0,3}https?:")


@signal
def has_form(attachment: Attachment) -> bool:
    """A page among the files holds a form."""
    return _holds(attachment, _FORM)


@signal
def asks_for_password(attachment: Attachment) -> bool:
    """A page among the files holds a password field."""
    return _holds(attachment, _PASSWORD)


@signal
def redirects_by_itself(attachment: Attachment) -> bool:
    """A page among the files sends the reader elsewhere without a click."""
    return _holds(attachment, _REFRESH)


@signal
def is_tangled(attachment: Attachment) -> bool:
    """A page among the files decodes itself, writes itself anew or is mostly code."""
    if not is_html(attachment):
        return False
    start = attachment.raw[:_BYTES]
    pieces = start.translate(_NOT_CODED).split(b" ")
    return max(map(len, pieces)) >= _CODED_CHARACTERS or _TANGLED.search(start) is not None


@signal
def saves_a_file(attachment: Attachment) -> bool:
    """A page among the files makes a file and hands it to the reader."""
    return _holds(attachment, _SAVES)


@signal
def has_link(attachment: Attachment) -> bool:
    """A page or drawing among the files leads to the web or fetches from it."""
    return _holds(attachment, _LINK)


@signal
def names_the_recipient(attachment: Attachment, message: Message) -> bool:
    """A page among the files holds a recipient's address, ready for a form."""
    if not is_html(attachment):
        return False
    start = attachment.raw[:_BYTES].lower()
    addresses = {one.email.email for one in message.recipients.all_[:20] if one.email}
    return any(one.encode("utf-8", "replace") in start for one in addresses if len(one) > 5)


def _holds(attachment: Attachment, pattern: "re2._Regexp[bytes]") -> bool:
    return is_html(attachment) and pattern.search(attachment.raw[:_BYTES]) is not None
