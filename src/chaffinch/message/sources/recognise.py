"""What a file is, judged by its first bytes and never by its name."""

import re
from enum import StrEnum

from chaffinch.message.sources.emlx import counted_head
from chaffinch.message.sources.found import Codec
from chaffinch.message.sources.mbox import is_from_line
from chaffinch.message.sources.tarball import is_tar

HEAD_BYTES = 16 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOM = b"\xef\xbb\xbf"
_HEADER = re.compile(rb"[A-Za-z][!-9;-~]{0,76}[ \t]{0,8}:(?!//)")
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|cc|bcc|subject|date|sender|reply-to|received|return-path|delivered-to|message-id"
    rb"|in-reply-to|references|mime-version|content-type|content-transfer-encoding|envelope-to"
    rb"|x-[a-z0-9-]{1,60}|list-[a-z]{1,20}|dkim-signature|authentication-results|status|precedence)"
    rb"[ \t]{0,8}:",
    re.IGNORECASE | re.MULTILINE,
)


class Kind(StrEnum):
    """The kinds of input that can hold mail, and the two that cannot."""

    MESSAGE = "message"
    MBOX = "mbox"
    EMLX = "emlx"
    OUTLOOK = "outlook"
    TAR = "tar"
    ZIP = "zip"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    EMPTY = "empty"
    OTHER = "other"


PACKED = {Kind.GZIP: Codec.GZIP, Kind.BZIP2: Codec.BZIP2, Kind.XZ: Codec.XZ}
_CONTAINERS = ((b"\x1f\x8b\x08", Kind.GZIP), (b"\xfd7zXZ\0", Kind.XZ), (_OLE, Kind.OUTLOOK))
_OTHERS = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a bitmap image"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"bplist", "an Apple property list"),
    (b"RIFF", "a sound or video file"),
    (b"ID3", "a sound file"),
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8"),
    (b"BEGIN:VCALENDAR", "a calendar file"),
    (b"BEGIN:VCARD", "a contact card"),
    (b"!BDN", "an Outlook data file; export its folders as .msg or .eml first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; unpack it first"),
    (b"\x1f\x9d", "a compress archive; unpack it first"),
    (b"\x78\x9f\x3e\x22", "a winmail.dat attachment; give the message it came with"),
    (_OLE, "an old Office document or another OLE file without a message"),
)
_OFFICE_FIRST_NAMES = (b"[Content_Types].xml", b"mimetype", b"_rels/.rels", b"META-INF/")


def recognise(head: bytes, name: str = "") -> Kind:
    r"""The kind of input that begins with these bytes.

    >>> recognise(b"Subject: lunch\n\nAt noon?")
    <Kind.MESSAGE: 'message'>
    >>> recognise(b"a shopping list"), recognise(b"a shopping list", "list.eml")
    (<Kind.OTHER: 'other'>, <Kind.MESSAGE: 'message'>)
    """
    container = _container(head)
    if container is not None:
        return container
    if name.lower().endswith(".eml") or is_message(head):
        return Kind.MESSAGE
    return Kind.OTHER


def _container(head: bytes) -> Kind | None:
    """The kind, where the bytes are anything but a plain message or something foreign."""
    if not head:
        return Kind.EMPTY
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08PK\3\4")):
        return None if _is_office(head) else Kind.ZIP
    if head.startswith(b"BZh") and head[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        return Kind.BZIP2
    for magic, kind in _CONTAINERS:
        if head.startswith(magic):
            return kind
    return _text_container(head)


def _text_container(head: bytes) -> Kind | None:
    if head.startswith(b"From ") and _opens_mbox(head):
        return Kind.MBOX
    if is_tar(head):
        return Kind.TAR
    counted = counted_head(head)
    if counted is not None and _HEADER.match(counted):
        return Kind.EMLX
    return None


def _opens_mbox(head: bytes) -> bool:
    """The From_ line has a date, or at least a header line stands under it."""
    line, _, rest = head.partition(b"\n")
    return is_from_line(line) or _HEADER.match(rest) is not None


def _is_office(head: bytes) -> bool:
    return head.startswith(b"PK\3\4") and head.startswith(_OFFICE_FIRST_NAMES, 30)


def is_message(head: bytes) -> bool:
    r"""A header line opens the text, or a well-known mail header stands near its start.

    >>> is_message(b"\n\n>From ann\nX-Odd: 1\n")
    True
    """
    start = head.removeprefix(_BOM).lstrip(b"\r\n\t ")
    if _is_foreign(start):
        return False
    return _HEADER.match(start) is not None or _MAIL_HEADER.search(head) is not None


def _is_foreign(start: bytes) -> bool:
    """Binary data that may carry a header line somewhere, such as a picture's description."""
    return _is_office(start) or any(
        start.startswith(magic) and not (magic.isalpha() and _HEADER.match(start))
        for magic, _ in _OTHERS
    )


def why_not_mail(head: bytes) -> str:
    r"""One sentence that says what the bytes look like instead of mail.

    >>> why_not_mail(b"\x89PNG\r\n")
    'not a mail message: looks like a PNG image'
    """
    if _is_office(head):
        return "not a mail message: looks like an Office document or a program package"
    for magic, what in _OTHERS:
        if head.startswith(magic):
            return f"not a mail message: looks like {what}"
    if b"\0" in head:
        return "not a mail message: binary data"
    return "not a mail message: no header line found"
