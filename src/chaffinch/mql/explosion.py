"""What ``file.explode`` answers: one struct per file found inside a file, one field per scanner."""

from chaffinch.message.model import Url
from chaffinch.mql.results import Answer, Code, Exif, Participant, Text
from chaffinch.mql.values import Unknown


class Document(Answer, frozen=True):
    """Counts of a text document or presentation."""

    author: str | Unknown | None = None
    image_count: int | Unknown | None = None
    word_count: int | Unknown | None = None


class EncryptedZip(Answer, frozen=True):
    """A password somebody could guess."""

    cracked_password: str | Unknown | None = None


class Entropy(Answer, frozen=True):
    """How random the bytes look."""

    entropy: float | Unknown | None = None


class Metadata(Exif, frozen=True):
    """The metadata of a file, or of the archive it came in."""

    zip_file_name: str | Unknown | None = None
    zip_uncompressed_size: int | Unknown | None = None


class Digests(Answer, frozen=True):
    """Digests of the bytes."""

    md5: str | Unknown | None = None
    sha1: str | Unknown | None = None
    sha256: str | Unknown | None = None


class Script(Answer, frozen=True):
    """A script in a page."""

    language: str | Unknown | None = None


class Page(Answer, frozen=True):
    """An HTML page."""

    title: str | Unknown | None = None
    scripts: tuple[Script, ...] | Unknown | None = None


class EventAttachment(Answer, frozen=True):
    """A file or address attached to an event."""

    type: str | Unknown | None = None
    uri: str | Unknown | None = None


class Component(Answer, frozen=True):
    """One component of a calendar."""

    type: str | Unknown | None = None
    uid: str | Unknown | None = None
    summary: str | Unknown | None = None
    description: str | Unknown | None = None
    attachments: tuple[EventAttachment, ...] | Unknown | None = None
    attendees: tuple[Participant, ...] | Unknown | None = None
    organizers: tuple[Participant, ...] | Unknown | None = None


class Components(Answer, frozen=True):
    """One calendar."""

    components: tuple[Component, ...] | Unknown | None = None


class Calendars(Answer, frozen=True):
    """All calendars of a file."""

    calendars: tuple[Components, ...] | Unknown | None = None


class JavaScript(Answer, frozen=True):
    """The words of a script."""

    identifiers: tuple[str, ...] | Unknown | None = None
    keywords: tuple[str, ...] | Unknown | None = None
    strings: tuple[str, ...] | Unknown | None = None


class Raw(Answer, frozen=True):
    """A text as it was read."""

    raw: str | Unknown | None = None


class Pdf(Answer, frozen=True):
    """The URLs of a PDF."""

    urls: tuple[Url, ...] | Unknown | None = None


class ObjectHash(Answer, frozen=True):
    """A digest over the kinds of objects in a PDF."""

    object_hash: str | Unknown | None = None


class Strings(Raw, frozen=True):
    """The printable strings of a file."""

    strings: tuple[str, ...] | Unknown | None = None


class Urls(Answer, frozen=True):
    """The URLs found in a text."""

    urls: tuple[Url, ...] | Unknown | None = None
    invalid_urls: tuple[str, ...] | Unknown | None = None


class Vba(Answer, frozen=True):
    """Macro code."""

    auto_exec: tuple[str, ...] | Unknown | None = None
    hex: tuple[str, ...] | Unknown | None = None


class Xml(Answer, frozen=True):
    """The elements of an XML file."""

    tags: tuple[str, ...] | Unknown | None = None


class YaraMatch(Answer, frozen=True):
    """A YARA rule that matched."""

    name: str


class Yara(Answer, frozen=True):
    """All YARA rules that matched."""

    matches: tuple[YaraMatch, ...] | Unknown | None = None


class Zip(Answer, frozen=True):
    """The members of an archive."""

    all_paths: tuple[str, ...] | Unknown | None = None
    attempted_files: tuple[str, ...] | Unknown | None = None
    encrypted: bool | Unknown | None = None


class Scan(Answer, frozen=True):
    """What each scanner says."""

    docx: Document | None = None
    encrypted_zip: EncryptedZip | None = None
    entropy: Entropy | None = None
    exiftool: Metadata | None = None
    hash: Digests | None = None
    html: Page | None = None
    ics: Calendars | None = None
    javascript: JavaScript | None = None
    ocr: Raw | None = None
    pdf: Pdf | None = None
    pdf_obj_hash: ObjectHash | None = None
    pptx: Document | None = None
    qr: Code | None = None
    strings: Strings | None = None
    text: Text | None = None
    url: Urls | None = None
    vba: Vba | None = None
    xml: Xml | None = None
    yara: Yara | None = None
    zip: Zip | None = None


class Flavors(Answer, frozen=True):
    """What kinds of file the bytes look like."""

    mime: str | Unknown | None = None
    yara: tuple[str, ...] | Unknown | None = None


class ExplodeNode(Answer, frozen=True):
    """One file found in a file; depth 0 is the file itself."""

    depth: int = 0
    file_name: str | Unknown | None = None
    file_extension: str | Unknown | None = None
    size: int | Unknown | None = None
    flavors: Flavors | None = None
    scan: Scan | None = None
