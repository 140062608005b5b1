"""Writing the few parts of RFC 5322 and MIME that a rebuilt message needs."""

import base64
import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

_WORD_BYTES = 45
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_TOKEN = re.compile(r"[A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127}")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def one_line(text: str) -> str:
    r"""The text without anything that could begin a new header line.

    >>> one_line("hello\r\nBcc: all")
    'hello Bcc: all'
    """
    return " ".join("".join(c if c >= " " and c != "\x7f" else " " for c in text).split())


def words(text: str) -> str:
    """Text for an unstructured header, as encoded words where it is not ASCII.

    >>> words("Grüße")
    '=?utf-8?b?R3LDvMOfZQ==?='
    """
    text = one_line(text)
    if text.isascii():
        return text
    pieces, piece = [], b""
    for letter in text:
        encoded = letter.encode("utf-8", "replace")
        if len(piece) + len(encoded) > _WORD_BYTES:
            pieces.append(piece)
            piece = b""
        piece += encoded
    pieces.append(piece)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece).decode()}?=" for piece in pieces)


def mailbox(name: str | None, email: str | None) -> str:
    """A display name and an address as a header shows them.

    >>> mailbox("Finch, Ann", "ann@acme.example")
    '"Finch, Ann" <ann@acme.example>'
    """
    name = one_line(name or "")
    email = one_line(email or "").strip("<>")
    if not name or name == email:
        return f"<{email}>" if email else ""
    if name.isascii() and not _ATOMS.fullmatch(name):
        name = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{words(name)} <{email}>" if email else words(name)


def date(moment: datetime) -> str:
    """A moment in UTC as the Date header writes it."""
    return (
        f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} "
        f"{moment.year:04} {moment:%H:%M:%S} +0000"
    )


def media_type(text: str | None) -> str:
    """The text where it is a media type, else the type of unknown bytes.

    >>> media_type("image/png"), media_type('x"; y')
    ('image/png', 'application/octet-stream')
    """
    text = (text or "").strip().lower()
    return text if _TOKEN.fullmatch(text) else "application/octet-stream"


def parameter(name: str, value: str) -> str:
    """A header parameter, by RFC 2231 where the value is not ASCII.

    >>> parameter("filename", "a b.pdf"), parameter("filename", "ä.pdf")
    ('; filename="a b.pdf"', "; filename*=utf-8''%C3%A4.pdf")
    """
    value = one_line(value)
    if value.isascii():
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'; {name}="{escaped}"'
    return f"; {name}*=utf-8''{quote(value.encode('utf-8', 'replace'), safe='')}"


def leaf(fields: Sequence[str], body: bytes) -> bytes:
    """A part of bytes, in base64; the first field is its Content-Type."""
    encoded = base64.encodebytes(body).replace(b"\n", b"\r\n")
    head = "\r\n".join([*fields, "Content-Transfer-Encoding: base64", "", ""])
    return head.encode() + encoded


def multipart(subtype: str, parts: Sequence[bytes]) -> bytes:
    """The parts as one; a single part stays itself. The boundary follows from the content."""
    if len(parts) == 1:
        return parts[0]
    digest = hashlib.sha256(subtype.encode() + b"\0".join(parts)).hexdigest()[:32]
    boundary = f"=_{digest}"  # no base64 line holds an underscore, and no part its own digest
    opening = b"--" + boundary.encode() + b"\r\n"
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\r\n\r\n'.encode()
    body = b"".join(opening + part.rstrip(b"\r\n") + b"\r\n" for part in parts)
    return head + body + b"--" + boundary.encode() + b"--\r\n"
