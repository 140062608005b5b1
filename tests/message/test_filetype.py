"""A file is what its bytes say."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.compound import SIGNATURE, top_names
from chaffinch.message.filetype import file_type

KINDS = frozenset(
    """3gp 7z Z aac aiff amr ar avi bmp bz2 cab cr2 crx dcm deb dex dey doc docx dwg elf eot epub
    exe flac flv gif gz heif html ico ics iso jp2 jpg jxr lz m4a m4v macho mid mkv mov mp3 mp4 mpg
    nes ogg otf pdf png ppt pptx ps psd rar rpm rtf sqlite svg swf tar tif ttf unknown wasm wav
    webm webp wmv woff woff2 xls xlsx xz zip zst""".split()  # noqa: SIM905 - 77 names read as text
)


def _zip(*names: str, first: bytes = b"x", compress: bool = True) -> bytes:
    buffer = io.BytesIO()
    kind = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for index, name in enumerate(names):
            archive.writestr(name, first if index == 0 else b"x")
    return buffer.getvalue()


def _damaged_ole(stream: str) -> bytes:
    return SIGNATURE + b"\0" * 1_016 + stream.encode("utf-16-le") + b"\0" * 64


def _entry(name: str, kind: int, *, left: int = -1, right: int = -1, child: int = -1) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0"
    tree = struct.pack("<HBBiii", len(written), kind, 1, left, right, child)
    return (written.ljust(64, b"\0") + tree).ljust(128, b"\0")


def _ole(*names: str, inside: str = "Other") -> bytes:
    """A compound file with these names at its top, in a chain, and one below the first."""
    entries = [_entry("Root Entry", 5, child=1)]
    for index, name in enumerate(names, 1):
        following = index + 1 if index < len(names) else -1
        entries.append(_entry(name, 2, right=following, child=len(names) + 1 if index == 1 else -1))
    directory = b"".join([*entries, _entry(inside, 2)])
    sectors = [directory[at : at + 512].ljust(512, b"\0") for at in range(0, len(directory), 512)]
    chain = [-3, *range(2, len(sectors) + 1), -2]  # the table itself, then the directory
    table = struct.pack(f"<{len(chain)}i", *chain).ljust(512, b"\xff")
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<iiiiiiii", 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<i", 0)
    return head.ljust(512, b"\xff") + table + b"".join(sectors)


SAMPLES: dict[str, bytes] = {
    "3gp": b"\0\0\0\x14ftyp3gp5",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "Z": b"\x1f\x9d\x90",
    "aac": b"\xff\xf1\x50\x80",
    "aiff": b"FORM\0\0\1\0AIFFCOMM",
    "amr": b"#!AMR\n",
    "ar": b"!<arch>\nfile.o/",
    "avi": b"RIFF\x10\0\0\0AVI LIST",
    "bmp": b"BM\x10\0\0\0\0\0\0\0\x36",
    "bz2": b"BZh91AY&SY",
    "cab": b"MSCF\0\0\0\0",
    "cr2": b"II*\0\x10\0\0\0CR\x02\0",
    "crx": b"Cr24\3\0\0\0",
    "dcm": b"\0" * 128 + b"DICM",
    "deb": b"!<arch>\ndebian-binary   ",
    "dex": b"dex\n035\0",
    "dey": b"dey\n036\0",
    "doc": _ole("WordDocument", "1Table"),
    "docx": _zip("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "dwg": b"AC1027\0\0",
    "elf": b"\x7fELF\x02\x01",
    "eot": b"\x10\1\0\0\x10\0\0\0\1\0\2\0" + b"\0" * 22 + b"LP",
    "epub": _zip("mimetype", "OEBPS/x", first=b"application/epub+zip", compress=False),
    "exe": b"MZ\x90\x00" + b"\0" * 60,
    "flac": b"fLaC\0\0\0\x22",
    "flv": b"FLV\1\5",
    "gif": b"GIF89a",
    "gz": b"\x1f\x8b\x08",
    "heif": b"\0\0\0\x18ftypheic",
    "html": b"\n <!-- hi --><!DOCTYPE html><html>",
    "ico": b"\0\0\1\0\1\0",
    "ics": b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n",
    "iso": b"\0" * 0x8001 + b"CD001",
    "jp2": b"\0\0\0\x0cjP  \r\n\x87\n",
    "jpg": b"\xff\xd8\xff\xe0",
    "jxr": b"II\xbc\1\x20\0\0\0",
    "lz": b"LZIP\1",
    "m4a": b"\0\0\0\x18ftypM4A ",
    "m4v": b"\0\0\0\x18ftypM4V ",
    "macho": b"\xcf\xfa\xed\xfe\x07\0\0\x01",
    "mid": b"MThd\0\0\0\6",
    "mkv": b"\x1aE\xdf\xa3\x01\0\0\0B\x82\x88matroska",
    "mov": b"\0\0\0\x14ftypqt  ",
    "mp3": b"ID3\x03\0",
    "mp4": b"\0\0\0\x18ftypisom",
    "mpg": b"\0\0\1\xba\x44",
    "nes": b"NES\x1a\2\1",
    "ogg": b"OggS\0\2",
    "otf": b"OTTO\0\x0b",
    "pdf": b"\n\n%junk\n%PDF-1.7\n",
    "png": b"\x89PNG\r\n\x1a\n",
    "ppt": _ole("Current User", "PowerPoint Document"),
    "pptx": _zip("[Content_Types].xml", "ppt/presentation.xml"),
    "ps": b"%!PS-Adobe-3.0\n",
    "psd": b"8BPS\0\x01",
    "rar": b"Rar!\x1a\x07\x01\0",
    "rpm": b"\xed\xab\xee\xdb\3\0",
    "rtf": b"{\\rtf1\\ansi",
    "sqlite": b"SQLite format 3\0",
    "svg": b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg">',
    "swf": b"CWS\x0a\x10\0\0\0",
    "tar": b"a" * 257 + b"ustar\x0000",
    "tif": b"II*\0\x08\0\0\0\0\0",
    "ttf": b"\0\1\0\0\0\x0f",
    "unknown": b"plain text",
    "wasm": b"\0asm\1\0\0\0",
    "wav": b"RIFF\x10\0\0\0WAVE",
    "webm": b"\x1aE\xdf\xa3\x01\0\0\0B\x82\x84webm",
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "wmv": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
    "woff": b"wOFF\0\1\0\0",
    "woff2": b"wOF2\0",
    "xls": _ole("Workbook"),
    "xlsx": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "xz": b"\xfd7zXZ\0",
    "zip": _zip("META-INF/MANIFEST.MF", "a/B.class"),
    "zst": b"\x28\xb5\x2f\xfd\x24",
}
MORE = (
    ("mov", b"\0\0\0\x08wide\0\0\1\0mdat"),
    ("mp3", b"\xff\xfb\x90\x44"),
    ("tif", b"MM\0*\0\0\0\x08"),
    ("tif", b"II+\0\x08\0\0\0"),
    ("ps", b"\xc5\xd0\xd3\xc6\x1e\0"),
    ("heif", b"\0\0\0\x18ftypmif1"),
    ("unknown", b"\0\0\0\x18ftypavif"),
    ("macho", b"\xca\xfe\xba\xbe\0\0\0\2\0\0"),
    ("unknown", b"\xca\xfe\xba\xbe\0\0\0\x34\0\0"),  # a Java class
    ("Z", b"\x1f\xa0"),
    ("aiff", b"FORM\0\0\1\0AIFC"),
    ("mpg", b"\0\0\1\xb3"),
    ("ttf", b"ttcf\0\1"),
    ("xls", b"\x09\x08\x10\0\0\6\5\0"),
    ("xls", _ole("Workbook", "MBD00A1", inside="WordDocument")),
    ("doc", _ole("WordDocument", "ObjectPool", inside="Workbook")),
    ("unknown", _ole("__properties_version1.0")),  # an Outlook message
    ("doc", _damaged_ole("WordDocument")),
    ("unknown", b"MZ is how old programs begin."),
    ("zip", b"PK\5\6" + b"\0" * 18),
)


def test_every_type_of_the_enumeration_is_told() -> None:
    assert set(SAMPLES) == KINDS
    assert len(KINDS) == 77


@pytest.mark.parametrize(("kind", "data"), MORE)
def test_other_beginnings_tell_the_type_too(kind: str, data: bytes) -> None:
    assert file_type(data) == kind


@pytest.mark.parametrize(("kind", "data"), sorted(SAMPLES.items()))
def test_bytes_tell_the_type(kind: str, data: bytes) -> None:
    assert file_type(data, "lie.bin") == kind


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_html_is_known_in_every_encoding(encoding: str) -> None:
    assert file_type("<html><body>x</body></html>".encode(encoding)) == "html"


def test_an_office_file_with_a_large_first_member_is_still_known() -> None:
    noise = bytes(struct.pack("<I", (index * 2654435761) % 2**32)[0] for index in range(400_000))
    data = _zip("media/big.bin", "[Content_Types].xml", "word/document.xml", first=noise)
    assert file_type(data) == "docx"


@pytest.mark.parametrize("others", [(), ("[Content_Types].xml",), ("a.txt", "b.txt")])
def test_an_archive_is_not_what_it_stores(others: tuple[str, ...]) -> None:
    document = _zip("[Content_Types].xml", "word/document.xml", compress=False)
    assert file_type(_zip("report.docx", *others, first=document, compress=False)) == "zip"
    assert file_type(_zip("a/report.docx", *others, first=document, compress=True)) == "zip"


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=60), max_size=4), st.booleans())
def test_an_office_file_is_known_wherever_its_folder_stands(parts: list[bytes], lies: bool) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        for number, data in enumerate(parts):
            archive.writestr(f"media/{number}.bin", data)
        archive.writestr("xl/workbook.xml", b"x")
    written = bytearray(buffer.getvalue())
    if lies:  # the first head tells a size far beyond the end
        written[18:22] = b"\xff\xff\xff\x7f"
    assert file_type(bytes(written)) == "xlsx"


@pytest.mark.parametrize("text", ["FWS is an agency", "BM: note", "MSCF", "<3 you", "LP" * 20])
def test_words_are_no_magic(text: str) -> None:
    assert file_type(text.encode()) in {"unknown", "cab"}


@settings(max_examples=200)
@given(
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\xca\xfe\xba\xbe", b"RIFF", b"BM", b"\xff\xfe", *SAMPLES.values()]
    ),
    st.integers(0, 400),
    st.binary(max_size=60),
)
def test_any_bytes_have_a_type_of_the_enumeration(head: bytes, cut: int, tail: bytes) -> None:
    kind = file_type(head[:cut] + tail, None)
    assert kind in KINDS
    assert kind == file_type(head[:cut] + tail, None)


@settings(max_examples=100)
@given(st.integers(0, 1_600), st.binary(max_size=12))
def test_damaged_compound_files_have_names_or_none(at: int, noise: bytes) -> None:
    whole = _ole("WordDocument", "1Table", "ObjectPool")
    hurt = whole[:at] + noise + whole[at + len(noise) :]
    assert top_names(hurt) == top_names(hurt)
    assert len(top_names(hurt)) <= 2_000
    assert file_type(hurt) in KINDS
