"""What documents hold that acts: links, script, files, forms."""

from collections.abc import Iterator
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
_ACTS = (b"/OpenAction", b"/Launch", b"/AA", b"/JavaScript", b"/JS")
_OUTSIDE = ("externallinks/", "settings.xml.rels")


class Pdf(msgspec.Struct, frozen=True):
    """What the readable part of a PDF's source shows; objects in packed streams are not seen."""

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

    Unknown without a PDF.
    """
    return pdf(attachment.raw).pages if attachment.file_type == "pdf" else None


@signal(aggregate="count")
def pdf_links_count(attachment: Attachment) -> int:
    """Links that open a web address from a PDF."""
    return pdf(attachment.raw).links if attachment.file_type == "pdf" else 0


@signal
def pdf_acts_when_opened(attachment: Attachment) -> bool:
    """A PDF does something by itself when it is opened, starts a program or holds script."""
    return attachment.file_type == "pdf" and pdf(attachment.raw).acts


@signal
def pdf_holds_a_picture(attachment: Attachment) -> bool:
    """A PDF of one page shows a picture."""
    if attachment.file_type != "pdf":
        return False
    found = pdf(attachment.raw)
    return found.has_picture and found.pages <= 1


@signal
def pdf_holds_a_picture_like_a_code(attachment: Attachment) -> bool:
    """A picture on a PDF's pages is square and plain, as codes to scan are."""
    return attachment.file_type == "pdf" and pdf(attachment.raw).has_code


@signal
def pdf_has_no_letters(attachment: Attachment) -> bool:
    """A PDF uses no font: what is read on it is a picture or a drawing."""
    return attachment.file_type == "pdf" and not pdf(attachment.raw).has_font


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
        pages=len(_PAGE.findall(data)),
        links=len(_LINK.findall(data)),
        has_font=b"/Font" in data,
        has_picture=b"/Image" in data,
        has_code=any(may_be_a_code(*one) for one in _pictures(data)),
        is_locked=b"/Encrypt" in data,
        acts=any(one in data for one in _ACTS),
    )


def _pictures(data: bytes) -> Iterator[tuple[Picture, int]]:
    """The pictures of a PDF by their dictionaries, which are never packed, and their bytes."""
    for match in islice(_IMAGE.finditer(data), _PICTURES_COUNT):
        at = match.start()
        around = data[data.rfind(b"obj", 0, at) : data.find(b"stream", at)][:_DICTIONARY_BYTES]
        said = {name: int(number) for name, number in _NUMBER.findall(around)}
        if b"Width" in said and b"Height" in said and b"Length" in said:
            colours = 2 if said.get(b"BitsPerComponent") == 1 else 0
            yield Picture(said[b"Width"], said[b"Height"], colours), said[b"Length"]
