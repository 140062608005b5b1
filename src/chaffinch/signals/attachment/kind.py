"""Of what kinds and sizes the files are."""

from chaffinch.message.body import Body
from chaffinch.message.content import Content
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment
from chaffinch.signals.declare import signal

_ARCHIVES = frozenset(("zip", "rar", "7z", "gz", "tar", "bz2", "xz", "cab", "lz", "zst", "Z"))
_PICTURES = frozenset(("png", "jpg", "gif", "bmp", "tif", "webp", "heif"))
_OFFICE = frozenset(("doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf"))
_KINDS_NAMED = 8


@signal
def kinds(message: Message) -> str | None:
    """What the files are by their content, each kind once, joined by plus signs.

    Unknown without an attachment.
    """
    if not message.attachments:
        return None
    found = sorted({one.file_type for one in message.attachments})
    return "+".join(found[:_KINDS_NAMED])


@signal
def largest_bytes(attachment: Attachment) -> int:
    """Size of the largest file, roughly: what is encoded is not decoded to be counted."""
    return roughly(attachment.content)


@signal(aggregate="min")
def smallest_bytes(attachment: Attachment) -> int:
    """Size of the smallest file, roughly."""
    return roughly(attachment.content)


@signal(aggregate="count")
def is_pdf_count(attachment: Attachment) -> int:
    """Files that are PDF documents."""
    return int(attachment.file_type == "pdf")


@signal(aggregate="count")
def is_picture_count(attachment: Attachment) -> int:
    """Files that are pictures."""
    return int(attachment.file_type in _PICTURES)


@signal
def is_office_document(attachment: Attachment) -> bool:
    """A file is a document, a workbook or slides of an office program."""
    return attachment.file_type in _OFFICE


@signal
def is_archive(attachment: Attachment) -> bool:
    """A file is an archive of files."""
    return attachment.file_type in _ARCHIVES


@signal
def is_drawing(attachment: Attachment) -> bool:
    """A file is a drawing of the kind that can hold links and script (SVG)."""
    return attachment.file_type == "svg"


@signal
def is_of_unknown_kind(attachment: Attachment) -> bool:
    """The content of a file shows no kind."""
    return attachment.file_type == "unknown"


@signal
def is_declared_as_nothing_particular(attachment: Attachment) -> bool:
    """A file is declared as bytes of no particular type."""
    return attachment.content_type in ("application/octet-stream", "application/x-msdownload")


@signal
def file_is_all_there_is(message: Message, body: Body) -> bool:
    """There is a file, and fewer than ten words of text."""
    return bool(message.attachments) and len(body.current_thread.text.split(None, 10)) < 10


def roughly(content: Content) -> int:
    """The size of a file, told from that of its encoding.

    >>> roughly(Content(b"QUJD", 0, 4, "base64")), roughly(Content(b"ABC", 0, 3, "7bit"))
    (3, 3)
    """
    length = content.end - content.start
    return length * 3 // 4 if content.encoding == "base64" else length
