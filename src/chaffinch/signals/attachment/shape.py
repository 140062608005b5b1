"""What attachments are, and what they pretend to be."""

import io
import zipfile
from functools import lru_cache

from chaffinch.lists.reference import Lists
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment
from chaffinch.signals.declare import signal
from chaffinch.signals.wording import Wording

_TYPE_OF_EXTENSION = {
    "jpeg": "jpg", "htm": "html", "shtml": "html", "xhtml": "html", "tiff": "tif",
    "docm": "docx", "dotx": "docx", "xlsm": "xlsx", "xlsb": "xlsx", "pptm": "pptx", "ppsx": "pptx",
    "tgz": "gz", "heic": "heif", "dot": "doc", "xlt": "xls", "pps": "ppt",
}  # fmt: skip
_CHECKED = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "jpg",
        "png",
        "gif",
        "bmp",
        "tif",
        "zip",
        "rar",
        "7z",
        "gz",
        "mp3",
        "mp4",
        "wav",
        "exe",
    ]
)
_MEMBERS_READ = 500


@signal
def attachments_count(message: Message) -> int:
    """How many files the message carries, pictures in the text included."""
    return len(message.attachments)


@signal
def is_executable(attachment: Attachment, lists: Lists) -> bool | None:
    """A file runs something when opened, by name or by content.

    Unknown without a list of such extensions.
    """
    listed = lists.get("file_extensions_executables")
    if listed is None:
        return None
    return _extension(attachment) in listed or attachment.file_type in ("exe", "elf", "macho")


@signal
def is_disk_image(attachment: Attachment, lists: Lists) -> bool | None:
    """A file is a disk image.

    Unknown without a list of such extensions.
    """
    listed = lists.get("file_extensions_disk_images")
    if listed is None:
        return None
    return _extension(attachment) in listed or attachment.file_type == "iso"


@signal
def is_html(attachment: Attachment) -> bool:
    """A file is a web page, or a drawing that can hold script."""
    return attachment.file_type in ("html", "svg") or _extension(attachment) in (
        "html", "htm", "shtml", "xhtml", "mht", "svg",
    )  # fmt: skip


@signal
def html_holds_script(attachment: Attachment) -> bool:
    """A web page or drawing among the files holds script."""
    if not is_html(attachment):
        return False
    start = attachment.raw[:2_000_000].lower()
    return b"<script" in start or b"javascript:" in start or b"onload=" in start


@signal
def holds_macros(attachment: Attachment) -> bool:
    """An Office file holds a macro project."""
    if attachment.file_type in ("docx", "xlsx", "pptx", "zip"):
        return any(name.lower().endswith("vbaproject.bin") for name in members(attachment.raw))
    is_old_office = attachment.file_type in ("doc", "xls", "ppt")
    return is_old_office and "_VBA_PROJECT".encode("utf-16-le") in attachment.raw


@signal
def contradicts_its_name(attachment: Attachment) -> bool:
    """The content is of another type than the file name says."""
    extension = _extension(attachment)
    said = _TYPE_OF_EXTENSION.get(extension, extension)
    return said in _CHECKED and attachment.file_type not in ("unknown", said)


@signal
def has_two_extensions(attachment: Attachment, lists: Lists) -> bool | None:
    """A harmless extension stands before one that runs something (invoice.pdf.exe).

    Unknown without a list of such extensions.
    """
    listed = lists.get("file_extensions_executables")
    if listed is None:
        return None
    parts = (attachment.file_name or "").lower().rsplit(".", 2)
    return len(parts) == 3 and parts[2] in listed and parts[1] in _CHECKED


@signal
def archive_holds_executable(attachment: Attachment, lists: Lists) -> bool | None:
    """A zip archive holds a file that runs something.

    Unknown without a list of such extensions.
    """
    listed = lists.get("file_extensions_executables")
    if listed is None:
        return None
    if attachment.file_type != "zip":
        return False
    return any(name.rpartition(".")[2].lower() in listed for name in members(attachment.raw))


@signal
def is_locked_archive_with_password_in_text(attachment: Attachment, wording: Wording) -> bool:
    """An encrypted archive comes with its password in the text."""
    return "password_given" in wording and is_encrypted_zip(attachment.raw)


@signal
def is_invitation(attachment: Attachment) -> bool:
    """A file is a calendar invitation."""
    return attachment.file_type == "ics" or attachment.content_type == "text/calendar"


@signal
def is_message(attachment: Attachment) -> bool:
    """A file is itself an e-mail."""
    return attachment.content_type == "message/rfc822" or _extension(attachment) in ("eml", "msg")


@lru_cache(maxsize=64)
def members(raw: bytes) -> tuple[str, ...]:
    """The first names in a zip's directory; empty where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return tuple(one.filename for one in archive.infolist()[:_MEMBERS_READ])
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        return ()


def is_encrypted_zip(raw: bytes) -> bool:
    """Whether the first member of a zip says it is encrypted.

    >>> is_encrypted_zip(b"PK\\x03\\x04\\x14\\x00\\x01\\x00")
    True
    """
    return raw[:4] == b"PK\x03\x04" and len(raw) > 6 and bool(raw[6] & 1)


def _extension(attachment: Attachment) -> str:
    return (attachment.file_extension or "").lower()
