"""Which parts of a message are its text and which are files."""

from collections.abc import Iterator

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.mime import Part
from chaffinch.message.model import Attachment

_TEXTS = frozenset(
    {"text/plain", "text/html", "text/x-amp-html", "text/watch-html", "text/enriched"}
)
_EXTENSION_CHARACTERS = 64


def attachments(root: Part, limits: Limits = DEFAULT_LIMITS) -> tuple[Attachment, ...]:
    """The files of a message in its order, inline images and embedded messages included."""
    found = []
    for part in _leaves(root):
        if not is_text(part):
            found.append(_attachment(part))
            if len(found) >= limits.parts_count:
                break
    return tuple(found)


def text_parts(root: Part, content_type: str) -> tuple[Part, ...]:
    """All parts of that type a mail reader shows as text, in order."""
    return tuple(
        part for part in _leaves(root) if is_text(part) and part.content_type == content_type
    )


def plain_beside_html(root: Part) -> tuple[Part, ...]:
    """The plain parts a reader sees below or above the HTML part, not instead of it."""
    found, stack = [], [(root, False)]
    while stack:
        part, is_replaced = stack.pop()
        if part.children and not part.content_type.startswith("message/"):
            if part.content_type == "multipart/alternative":
                is_replaced = is_replaced or bool(text_parts(part, "text/html"))
            stack.extend((child, is_replaced) for child in reversed(part.children))
        elif part.content_type == "text/plain" and is_text(part) and not is_replaced:
            found.append(part)
    return tuple(found)


def _leaves(root: Part) -> Iterator[Part]:
    """Parts without parts; an embedded message is one, whatever it holds."""
    stack = [root]
    while stack:
        part = stack.pop()
        if part.children and not part.content_type.startswith("message/"):
            stack.extend(reversed(part.children))
        else:
            yield part


def is_text(part: Part) -> bool:
    """Whether the part is text to be read and not a file of text."""
    is_file = part.file_name is not None or part.disposition == "attachment"
    if part.content_type.startswith("multipart/"):
        return True  # a container without readable parts holds neither
    return part.content_type in _TEXTS and not is_file


def _attachment(part: Part) -> Attachment:
    return Attachment(
        file_name=part.file_name,
        file_extension=_extension(part.file_name),
        content_type=part.content_type,
        content_id=part.content_id,
        content_disposition=part.disposition,
        content_transfer_encoding=part.encoding or None,
        content=part,
    )


def _extension(name: str | None) -> str | None:
    """What stands after the last dot of a name, case kept."""
    if not name:
        return None
    stem, dot, extension = name.strip().rpartition(".")
    has_one = dot and extension and len(extension) <= _EXTENSION_CHARACTERS
    return extension if has_one and (stem or extension) else None
