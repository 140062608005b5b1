"""What scanners could say of a file: true of its bytes where that is cheap, else empty."""

import io
import math
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from chaffinch.message.content import Content
from chaffinch.message.model import Attachment, Url
from chaffinch.message.url import url as url_of
from chaffinch.mql.explosion import (
    Digests,
    Entropy,
    ExplodeNode,
    Flavors,
    JavaScript,
    Metadata,
    Page,
    Raw,
    Scan,
    Script,
    Strings,
    Urls,
    Xml,
    Yara,
    Zip,
)
from chaffinch.mql.results import Text

_SAMPLE_BYTES = 65_536
_MEMBERS_COUNT = 20
_MEMBER_BYTES = 1_000_000
_STRINGS_COUNT = 200
_URLS_COUNT = 50
_PRINTABLE = re.compile(rb"[\x20-\x7e]{6,200}")
_URL = re.compile(r"https?://[^\s\"'<>()]{4,300}")
_TITLE = re.compile(r"(?i)<title>([^<]{0,200})")
_SCRIPT = re.compile(r"(?i)<script")
_TAG = re.compile(r"<([A-Za-z][\w:.-]{0,40})")
_WORD = re.compile(r"[A-Za-z_$][\w$]{0,60}")
_TEXTUAL = frozenset(("html", "svg", "ics", "txt", "unknown"))
_PICTURES = frozenset(("png", "jpg", "gif", "bmp", "tif", "webp", "heif"))
_ARCHIVES = frozenset(("zip", "docx", "xlsx", "pptx", "jar", "epub"))


def file_of(data: bytes, name: str, content_type: str | None = None) -> Attachment:
    """Bytes under a name, as a file."""
    extension = name.rpartition(".")[2] if "." in name else None
    return Attachment(
        file_name=name,
        file_extension=extension,
        content_type=content_type,
        content=Content(data, 0, len(data), "8bit"),
    )


def exploded(file: Attachment, depth: int = 0) -> Iterator[ExplodeNode]:
    """The file and, where it is an archive, the files in it."""
    yield ExplodeNode(
        depth=depth,
        file_name=file.file_name,
        file_extension=file.file_extension,
        size=file.size,
        flavors=Flavors(mime=file.content_type, yara=(f"{file.file_type}_file",)),
        scan=_scan(file),
    )
    if depth < 2:
        for member in members(file):
            yield from exploded(member, depth + 1)


def members(file: Attachment) -> Iterator[Attachment]:
    """The first files of a ZIP archive, as far as they can be read."""
    if file.file_type not in _ARCHIVES:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.raw)) as archive:
            for entry in archive.infolist()[:_MEMBERS_COUNT]:
                with archive.open(entry) as opened:
                    yield file_of(opened.read(_MEMBER_BYTES), entry.filename)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, NotImplementedError):
        return


def _scan(file: Attachment) -> Scan:
    data = file.raw[:_SAMPLE_BYTES]
    text = data.decode("utf-8", "replace")
    found = tuple(one.decode() for one in _PRINTABLE.findall(data)[:_STRINGS_COUNT])
    is_html = file.file_type in ("html", "svg")
    return Scan(
        entropy=Entropy(entropy=_entropy(data)),
        exiftool=Metadata(page_count=1, title=file.file_name, fields=()),
        hash=Digests(md5=file.md5, sha1=file.sha1, sha256=file.sha256),
        html=_page(text) if is_html else None,
        javascript=_javascript(text) if is_html or file.file_extension == "js" else None,
        ocr=Raw(raw="") if file.file_type in _PICTURES else None,
        strings=Strings(strings=found, raw=text if file.file_type in _TEXTUAL else None),
        text=Text(text=text) if file.file_type in _TEXTUAL else None,
        url=Urls(urls=_urls(found), invalid_urls=()),
        xml=Xml(tags=tuple(dict.fromkeys(_TAG.findall(text)))) if "<?xml" in text[:200] else None,
        yara=Yara(matches=()),
        zip=_zip(file),
    )


def _entropy(data: bytes) -> float:
    shares = [count / len(data) for count in Counter(data).values()]
    return round(-sum(share * math.log2(share) for share in shares), 4)


def _page(text: str) -> Page:
    title = _TITLE.search(text)
    scripts = len(_SCRIPT.findall(text))
    return Page(
        title=title[1] if title else None, scripts=(Script(language="javascript"),) * scripts
    )


def _javascript(text: str) -> JavaScript:
    words = tuple(dict.fromkeys(_WORD.findall(text)))[:_STRINGS_COUNT]
    return JavaScript(identifiers=words, keywords=(), strings=())


def _urls(found: tuple[str, ...]) -> tuple[Url, ...]:
    written = dict.fromkeys(one for text in found for one in _URL.findall(text))
    read = (url_of(one) for one in list(written)[:_URLS_COUNT])
    return tuple(one for one in read if one is not None)


def _zip(file: Attachment) -> Zip | None:
    if file.file_type not in _ARCHIVES:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(file.raw)) as archive:
            entries = archive.infolist()[: 10 * _MEMBERS_COUNT]
    except (zipfile.BadZipFile, OSError, ValueError):
        return None
    paths = tuple(entry.filename for entry in entries)
    is_encrypted = any(entry.flag_bits & 1 for entry in entries)
    return Zip(all_paths=paths, attempted_files=paths[:_MEMBERS_COUNT], encrypted=is_encrypted)
