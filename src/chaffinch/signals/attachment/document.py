"""What documents hold that acts: links, script, files, forms."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

import msgspec
import re2

from chaffinch.message.compound import top_names
from chaffinch.message.model import Attachment
from chaffinch.signals.attachment.picture import Picture, may_be_a_code
from chaffinch.signals.attachment.shape import members
from chaffinch.signals.declare import signal

_BYTES = 1_000_000
_PICTURES_COUNT = 20
_DICTIONARY_BYTES = 1_000
_IMAGE = re2.compile(rb"/Subtype\s{0,3}/Image\b")
_NUMBER = re2.compile(rb"/(Width|Height|Length|BitsPerComponent)\s{1,3}(\d{1,7})")
_PAGE = re2.compile(rb"/Type\s{0,3}/Page[^s]")
_LINK = re2.compile(rb"/URI\s{0,3}\(")
_ACTS = re2.compile(
    rb"/OpenAction[\s<\[]|/(?:Launch|JavaScript)[\s/<>(]|/(?:AA|JS)\s{0,3}(?:<<|\(|\d{1,7}\s\d)"
)
_ENCRYPTED = re2.compile(rb"/Encrypt[\s<]")
_TRAILER_BYTES = 2_048
_OUTSIDE = ("externallinks/", "settings.xml.rels")


class Pdf(msgspec.Struct, frozen=True):
    """What the readable part of a PDF's source shows; objects in packed streams are not seen.

    ``is_whole``: nothing is packed, and nothing was left out for its length.
    """

    is_whole: bool
    pages: int
    links: int
    has_font: bool
    has_picture: bool
    has_code: bool
    is_locked: bool
    acts: bool


@signal
def pages_count(attachment: Attachment) -> int | None:
    """Pages of the longest PDF.

    Unknown without a PDF, or where its objects are packed.
    """
    found = _pdf(attachment)
    return found.pages if found is not None and found.is_whole else None


@signal
def pdf_acts_when_opened(attachment: Attachment) -> bool | None:
    """A PDF does something by itself when it is opened, starts a program or holds script.

    Unknown where its objects are packed and none that can be read does.
    """
    return _shows(attachment, lambda found: found.acts)


@signal
def pdf_holds_a_picture(attachment: Attachment) -> bool | None:
    """A PDF of one page shows a picture.

    Unknown where its objects are packed, so that its pages cannot be counted.
    """
    found = _pdf(attachment)
    if found is None or found.pages > 1:
        return False
    return found.has_picture if found.is_whole else None


@signal
def pdf_holds_a_picture_like_a_code(attachment: Attachment) -> bool:
    """A picture on a PDF's pages is square and plain, as codes to scan are."""
    return attachment.file_type == "pdf" and pdf(attachment.raw).has_code


@signal
def pdf_has_no_letters(attachment: Attachment) -> bool | None:
    """A PDF uses no font: what is read on it is a picture or a drawing.

    Unknown where its objects are packed and none that can be read is a font.
    """
    found = _pdf(attachment)
    if found is None or found.has_font:
        return False
    return True if found.is_whole else None


@signal
def is_locked(attachment: Attachment) -> bool:
    """A PDF or an office document is encrypted."""
    if attachment.file_type == "pdf":
        return pdf(attachment.raw).is_locked
    is_compound = attachment.content.head(8)[:4] == b"\xd0\xcf\x11\xe0"
    return is_compound and "EncryptedPackage" in top_names(attachment.raw)


@signal
def office_may_fetch(attachment: Attachment) -> bool:
    """An office document has links to other files or a template: it may fetch when opened."""
    if attachment.file_type not in ("docx", "xlsx", "pptx"):
        return False
    return any(part in name.lower() for name in members(attachment.raw) for part in _OUTSIDE)


@lru_cache(maxsize=64)
def pdf(raw: bytes) -> Pdf:
    """What the source of a PDF shows.

    >>> pdf(b"%PDF-1.4 /Type /Page /A << /S /URI /URI (https://a.example) >>").links
    1
    """
    data = raw[:_BYTES]
    return Pdf(
        is_whole=len(raw) <= _BYTES and b"/ObjStm" not in data,
        pages=len(_PAGE.findall(data)),
        links=len(_LINK.findall(data)),
        has_font=b"/Font" in data,
        has_picture=_IMAGE.search(data) is not None,
        has_code=any(may_be_a_code(*one) for one in _pictures(data)),
        is_locked=_ENCRYPTED.search(data + raw[_BYTES:][-_TRAILER_BYTES:]) is not None,
        acts=_ACTS.search(data) is not None,
    )


def _pdf(attachment: Attachment) -> Pdf | None:
    return pdf(attachment.raw) if attachment.file_type == "pdf" else None


def _shows(attachment: Attachment, what: Callable[[Pdf], bool]) -> bool | None:
    """Whether a PDF shows something; None where it may be in what cannot be read."""
    found = _pdf(attachment)
    if found is None or what(found):
        return found is not None
    return False if found.is_whole else None


def _pictures(data: bytes) -> Iterator[tuple[Picture, int]]:
    """The pictures of a PDF by their dictionaries, which are never packed, and their bytes."""
    for match in islice(_IMAGE.finditer(data), _PICTURES_COUNT):
        at = match.start()
        around = data[data.rfind(b"obj", 0, at) : data.find(b"stream", at)][:_DICTIONARY_BYTES]
        said = {name: int(number) for name, number in _NUMBER.findall(around)}
        if b"Width" in said and b"Height" in said and b"Length" in said:
            colours = 2 if said.get(b"BitsPerComponent") == 1 else 0
            yield Picture(said[b"Width"], said[b"Height"], colours), said[b"Length"]
