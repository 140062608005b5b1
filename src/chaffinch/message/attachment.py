"""Which parts of a message are its text and which are files."""

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.mime import Part
from chaffinch.message.model import Attachment, Value

_TEXTS = frozenset(
    {"text/plain", "text/html", "text/x-amp-html", "text/watch-html", "text/enriched"}
)
_EXTENSION_CHARACTERS = 64


class SortedParts(Value, kw_only=False):
    """The parts of a message by what a mail program does with them, each in order.

    ``beside`` are the plain parts a reader sees above or below the HTML part, not instead of it.
    """

    html: tuple[Part, ...]
    plain: tuple[Part, ...]
    beside: tuple[Part, ...]
    files: tuple[Part, ...]


def attachments(parts: SortedParts, limits: Limits = DEFAULT_LIMITS) -> tuple[Attachment, ...]:
    """The files of a message in its order, inline images and embedded messages included."""
    return tuple([_attachment(part) for part in parts.files[: limits.parts_count]])


def sort_parts(root: Part) -> SortedParts:
    """The leaves of a tree, told apart; an embedded message is a leaf, whatever it holds."""
    html: list[Part] = []
    plain: list[tuple[Part, tuple[int, ...]]] = []
    files: list[Part] = []
    shown_as_html: set[int] = set()  # the alternatives one of which is HTML
    stack: list[tuple[Part, tuple[int, ...]]] = [(root, ())]
    while stack:
        part, within = stack.pop()
        kind = part.content_type
        if part.children and not kind.startswith("message/"):
            if kind == "multipart/alternative":
                within = (*within, id(part))
            stack.extend((child, within) for child in reversed(part.children))
        elif not is_text(part):
            files.append(part)
        elif kind == "text/html":
            html.append(part)
            shown_as_html.update(within)
        elif kind == "text/plain":
            plain.append((part, within))
    beside = tuple(part for part, within in plain if shown_as_html.isdisjoint(within))
    return SortedParts(tuple(html), tuple(part for part, _ in plain), beside, tuple(files))


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
