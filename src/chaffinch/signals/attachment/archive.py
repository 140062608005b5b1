"""What archives hold, by their tables of contents."""

from chaffinch.lists.reference import Lists
from chaffinch.message.model import Attachment
from chaffinch.signals.attachment.shape import is_encrypted_zip, members
from chaffinch.signals.declare import signal

_ARCHIVES = frozenset(("zip", "rar", "7z", "gz", "tar", "bz2", "xz", "cab", "iso", "img", "vhd"))
_PAGES = frozenset(("html", "htm", "shtml", "xhtml", "svg", "mht", "hta"))
_SHORTCUTS = frozenset(("lnk", "url", "js", "vbs", "wsf", "jse", "vbe", "ps1", "bat", "cmd"))


@signal
def members_count(attachment: Attachment) -> int | None:
    """Files in the fullest zip archive.

    Unknown without a zip archive whose table can be read.
    """
    return len(_members(attachment) or ()) or None


@signal
def holds_one_file(attachment: Attachment) -> bool | None:
    """A zip archive holds one file and no more.

    Unknown where the archive's table cannot be read.
    """
    found = _members(attachment)
    return None if found is None else len(found) == 1


@signal
def holds_an_archive(attachment: Attachment) -> bool | None:
    """A zip archive holds an archive or a disc image.

    Unknown where the archive's table cannot be read.
    """
    return _holds(attachment, _ARCHIVES)


@signal
def holds_a_page(attachment: Attachment) -> bool | None:
    """A zip archive holds a web page or a drawing that can hold script.

    Unknown where the archive's table cannot be read.
    """
    return _holds(attachment, _PAGES)


@signal
def holds_a_shortcut_or_script(attachment: Attachment) -> bool | None:
    """A zip archive holds a shortcut or a script.

    Unknown where the archive's table cannot be read.
    """
    return _holds(attachment, _SHORTCUTS)


@signal
def holds_what_may_run_macros(attachment: Attachment, lists: Lists) -> bool | None:
    """A zip archive holds a document of a kind that can carry macros.

    Unknown without a list of such extensions, or where the archive's table cannot be read.
    """
    listed = lists.get("file_extensions_macros")
    return None if listed is None else _holds(attachment, listed)


@signal
def is_locked(attachment: Attachment) -> bool:
    """A zip archive is encrypted, so that no filter can look into it."""
    return attachment.file_type == "zip" and is_encrypted_zip(attachment.content.head(32))


def _members(attachment: Attachment) -> tuple[str, ...] | None:
    """The files a zip archive names, none where it is no archive; None where it names nothing."""
    if attachment.file_type != "zip":
        return ()
    return tuple(one for one in members(attachment.raw) if not one.endswith("/")) or None


def _holds(attachment: Attachment, extensions: frozenset[str]) -> bool | None:
    """Whether a zip archive holds a file of these extensions; None where it names nothing."""
    found = _members(attachment)
    if found is None:
        return None
    return any(one.rpartition(".")[2].lower() in extensions for one in found if "." in one)
