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

    Unknown without a zip archive.
    """
    return len(_members(attachment)) if attachment.file_type == "zip" else None


@signal
def holds_one_file(attachment: Attachment) -> bool:
    """A zip archive holds one file and no more."""
    return len(_members(attachment)) == 1


@signal
def holds_an_archive(attachment: Attachment) -> bool:
    """A zip archive holds an archive or a disc image."""
    return not _extensions(attachment).isdisjoint(_ARCHIVES)


@signal
def holds_a_page(attachment: Attachment) -> bool:
    """A zip archive holds a web page or a drawing that can hold script."""
    return not _extensions(attachment).isdisjoint(_PAGES)


@signal
def holds_a_shortcut_or_script(attachment: Attachment) -> bool:
    """A zip archive holds a shortcut or a script."""
    return not _extensions(attachment).isdisjoint(_SHORTCUTS)


@signal
def holds_what_may_run_macros(attachment: Attachment, lists: Lists) -> bool | None:
    """A zip archive holds a document of a kind that can carry macros.

    Unknown without a list of such extensions.
    """
    listed = lists.get("file_extensions_macros")
    return None if listed is None else not listed.isdisjoint(_extensions(attachment))


@signal
def is_locked(attachment: Attachment) -> bool:
    """A zip archive is encrypted, so that no filter can look into it."""
    return attachment.file_type == "zip" and is_encrypted_zip(attachment.content.head(32))


def _members(attachment: Attachment) -> tuple[str, ...]:
    if attachment.file_type != "zip":
        return ()
    return tuple(one for one in members(attachment.raw) if not one.endswith("/"))


def _extensions(attachment: Attachment) -> frozenset[str]:
    """The extensions of what a zip archive holds, in lower case."""
    return frozenset(one.rpartition(".")[2].lower() for one in _members(attachment) if "." in one)
