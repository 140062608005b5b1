"""What a file is by its bytes, whatever its name and declared type say."""

import re2

from chaffinch.message.compound import SIGNATURE, top_names
from chaffinch.message.content import Content

_UNKNOWN = "unknown"
_HEAD_BYTES = 4_096
_PDF_WITHIN_BYTES = 1_024
_DECIDING_BYTES = 0x9006  # where the last mark of a disk image ends
_MEMBERS_BYTES = 256 * 1_024
_MEMBERS_COUNT = 200
_SIZE_FOLLOWS = 8  # the flag of members whose size stands behind their data
_STREAMS_BYTES = 4 * 1_024 * 1_024

# (offset, bytes, type), the first that fits; longer and rarer beginnings before shorter ones
_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x7fELF", "elf"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"{\\rt", "rtf"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"\x1f\x9d", "Z"),
    (0, b"\x1f\xa0", "Z"),
    (4, b"1AY&SY", "bz2"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zst"),
    (0, b"LZIP", "lz"),
    (0, b"MSCF", "cab"),
    (0, b"ISc(", "cab"),
    (257, b"ustar", "tar"),
    (0, b"!<arch>\ndebian", "deb"),
    (0, b"!<arch>\n", "ar"),
    (0, b"\xed\xab\xee\xdb", "rpm"),
    (0, b"Cr24", "crx"),
    (0, b"dex\n", "dex"),
    (0, b"dey\n", "dey"),
    (0, b"\x00asm", "wasm"),
    (0, b"SQLite format 3\x00", "sqlite"),
    (0, b"NES\x1a", "nes"),
    (0, b"%!PS", "ps"),
    (0, b"\xc5\xd0\xd3\xc6", "ps"),
    (0, b"\x09\x08\x10\x00\x00\x06\x05\x00", "xls"),
    (0, b"8BPS", "psd"),
    (0, b"AC10", "dwg"),
    (128, b"DICM", "dcm"),
    (8, b"CR\x02\x00", "cr2"),
    (0, b"II*\x00", "tif"),
    (0, b"MM\x00*", "tif"),
    (0, b"II+\x00\x08", "tif"),
    (0, b"MM\x00+\x00\x08", "tif"),
    (0, b"II\xbc\x01", "jxr"),
    (0, b"\x00\x00\x00\x0cjP  \r\n", "jp2"),
    (0, b"\xff\x4f\xff\x51", "jp2"),
    (0, b"\x00\x00\x01\x00", "ico"),
    (0, b"wOFF", "woff"),
    (0, b"wOF2", "woff2"),
    (0, b"OTTO\x00", "otf"),
    (0, b"\x00\x01\x00\x00\x00", "ttf"),
    (0, b"true\x00", "ttf"),
    (0, b"ttcf\x00", "ttf"),
    (0, b"OggS", "ogg"),
    (0, b"fLaC", "flac"),
    (0, b"MThd", "mid"),
    (0, b"#!AMR", "amr"),
    (0, b"ID3\x02", "mp3"),
    (0, b"ID3\x03", "mp3"),
    (0, b"ID3\x04", "mp3"),
    (0, b"FLV\x01", "flv"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
    (0, b"\x00\x00\x01\xba", "mpg"),
    (0, b"\x00\x00\x01\xb3", "mpg"),
    (0x8001, b"CD001", "iso"),
    (0x8801, b"CD001", "iso"),
    (0x9001, b"CD001", "iso"),
)
_MACHO = frozenset(
    (
        b"\xfe\xed\xfa\xce",
        b"\xfe\xed\xfa\xcf",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"\xca\xfe\xba\xbf",
    )
)
_FAT_MACHO = b"\xca\xfe\xba\xbe"  # Java classes begin so too, with a larger count
_FLASH = frozenset((b"FWS", b"CWS", b"ZWS"))
_EOT_VERSIONS = frozenset((b"\0\0\x01\0", b"\x01\0\x02\0", b"\x02\0\x02\0"))
_RIFF = {b"WEBP": "webp", b"WAVE": "wav", b"AVI ": "avi"}
_FORM = {b"AIFF": "aiff", b"AIFC": "aiff"}
_BRANDS = {
    b"heic": "heif", b"heix": "heif", b"heim": "heif", b"heis": "heif", b"mif1": "heif",
    b"msf1": "heif", b"hevc": "heif", b"hevx": "heif", b"avif": "unknown", b"avis": "unknown",
}  # fmt: skip
_MOVIE_ATOMS = frozenset((b"moov", b"mdat", b"wide"))  # films from before containers had a brand
_BRAND_STARTS = (
    (b"3g", "3gp"),
    (b"qt", "mov"),
    (b"M4A", "m4a"),
    (b"M4B", "m4a"),
    (b"M4V", "m4v"),
    (b"jp2", "jp2"),
)
_OFFICE_FOLDERS = ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"))
_OLE_STREAMS = (
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
    ("Book", "xls"),
)
_NEEDS_ALL = (b"PK", SIGNATURE)  # told by what stands deep inside or at the end
_CALENDAR = re2.compile(r"(?i)^\s*BEGIN:VCALENDAR")
_SVG = re2.compile(
    r"(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]"
)
_HTML = re2.compile(
    r"(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?s:.)*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta"
    r"|script|style|iframe|table|div|form|font|center|base|link|svg:svg|h1|p|a|b|br)(?:[\s>/]|$)"
)


def file_type_of(content: Content, name: str | None) -> str:
    """The type of a file of a message, decoding no more of it than must be seen.

    >>> file_type_of(Content(b"JVBERi0xLjcK", 0, 12, "base64"), None)
    'pdf'
    """
    head = content.head(_DECIDING_BYTES)
    if head.startswith(_NEEDS_ALL):
        head = content.payload
    return file_type(head, name)


def file_type(data: bytes, name: str | None = None) -> str:
    """The type the bytes show, one of the public enumeration, ``unknown`` where none fits.

    The name decides only between types that share a beginning (a ``.jar`` stays ``zip``).

    >>> file_type(b"%PDF-1.7 ..."), file_type(b"MZ\\x90\\x00"), file_type(b"hello", "a.pdf")
    ('pdf', 'exe', 'unknown')
    """
    if not data:
        return _UNKNOWN
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_family(data)
    if data.startswith(SIGNATURE):
        return _ole_family(data, name)
    for offset, magic, kind in _MAGIC:
        if data.startswith(magic, offset):
            return kind
    return _by_structure(data) or _by_text(data)


def _by_structure(data: bytes) -> str | None:
    """Types told by more than one fixed place."""
    found = _by_container(data) or _by_program(data)
    if found is not None:
        return found
    if data[34:36] == b"LP" and data[8:12] in _EOT_VERSIONS:
        return "eot"
    if b"%PDF-" in data[: _PDF_WITHIN_BYTES + 4]:
        return "pdf"
    return _by_frame(data)


def _by_program(data: bytes) -> str | None:
    """What runs: programs of Windows and macOS, and Flash."""
    if data.startswith(b"MZ") and b"\0" in data[:64]:  # a text may begin with these letters
        return "exe"
    if data[:4] in _MACHO or (data[:4] == _FAT_MACHO and len(data) > 8 and data[7] < 40):
        return "macho"
    return "swf" if data[:3] in _FLASH and data[7:8] == b"\0" else None


def _by_container(data: bytes) -> str | None:
    """Containers that name their content a few bytes in."""
    head = data[:4]
    if head == b"RIFF":
        return _RIFF.get(data[8:12])
    if head == b"FORM":
        return _FORM.get(data[8:12])
    if data[4:8] == b"ftyp":
        return _by_brand(data[8:12])
    if data[4:8] in _MOVIE_ATOMS and data[0] == 0:
        return "mov"
    if head == b"\x1aE\xdf\xa3":
        return "webm" if b"webm" in data[:_HEAD_BYTES] else "mkv"
    return None


def _by_brand(brand: bytes) -> str:
    """MPEG-4 containers by their main brand."""
    for start, kind in _BRAND_STARTS:
        if brand.startswith(start):
            return kind
    return _BRANDS.get(brand, "mp4")


def _by_frame(data: bytes) -> str | None:
    """Bitmaps, and audio without a container, which begins with a frame's sync bits."""
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "bmp"
    if len(data) < 4 or data[0] != 0xFF:
        return None
    if data[1] in (0xF1, 0xF9):
        return "aac"
    is_layer_three = data[1] in (0xFB, 0xF3, 0xF2, 0xFA, 0xE3, 0xE2)
    return "mp3" if is_layer_three and data[2] & 0xF0 not in (0x00, 0xF0) else None


def _by_text(data: bytes) -> str:
    """Formats that are text: calendar, SVG, HTML."""
    head = _text_head(data[:_HEAD_BYTES])
    if _CALENDAR.search(head):
        return "ics"
    if _SVG.search(head):
        return "svg"
    if _HTML.search(head):
        return "html"
    return _UNKNOWN


def _text_head(head: bytes) -> str:
    """The first bytes as text, byte-order marks obeyed."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _zip_family(data: bytes) -> str:
    """A zip archive by the names of its members: Office, e-book, or plain zip."""
    start, members = 0, 0
    while members < _MEMBERS_COUNT:
        start = data.find(b"PK\x03\x04", start, _MEMBERS_BYTES if members else None)
        if start < 0:
            break
        members += 1
        length = int.from_bytes(data[start + 26 : start + 28], "little")
        member = data[start + 30 : start + 30 + min(length, 256)]
        if member == b"mimetype" and b"application/epub+zip" in data[start + 30 : start + 100]:
            return "epub"
        for folder, kind in _OFFICE_FOLDERS:
            if member.startswith(folder):
                return kind
        start = _behind(data, start, length)
    return _by_directory(data)


def _behind(data: bytes, start: int, name_bytes: int) -> int:
    """Where the next member may begin: behind the data, so that a stored archive is not read."""
    if int.from_bytes(data[start + 6 : start + 8], "little") & _SIZE_FOLLOWS:
        return start + 30
    size = int.from_bytes(data[start + 18 : start + 22], "little")
    extra = int.from_bytes(data[start + 28 : start + 30], "little")
    return start + 30 + name_bytes + extra + size


def _by_directory(data: bytes) -> str:
    """The same by the central directory at the end, for archives with large first members."""
    names = _directory(data)
    if b"[Content_Types].xml" in names:
        for folder, kind in _OFFICE_FOLDERS:
            if folder in names:
                return kind
    return "zip"


def _directory(data: bytes) -> bytes:
    """The central directory, or the end of the archive where that is damaged."""
    tail = data[-_MEMBERS_BYTES:]
    end = tail.rfind(b"PK\x05\x06")
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    names = tail[max(end - size, 0) : max(end, 0)]
    return names if names.startswith(b"PK\x01\x02") else tail


def _ole_family(data: bytes, name: str | None) -> str:
    """An old Office file by the streams at its top; of a damaged one, by any it names."""
    names = top_names(data)
    for stream, kind in _OLE_STREAMS:
        if stream in names:
            return kind
    if names:
        return _UNKNOWN
    head = data[:_STREAMS_BYTES]
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\0\0" in head:
            return kind
    extension = (name or "").lower().rpartition(".")[2]
    return extension if extension in {"doc", "xls", "ppt"} else _UNKNOWN
