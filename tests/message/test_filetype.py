"""A file is what its bytes say."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def _ole(stream: str) -> bytes:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1_016
    return header + stream.encode("utf-16-le") + b"\0" * 64


SAMPLES: dict[str, bytes] = {
    "pdf": b"\n\n%junk\n%PDF-1.7\n",
    "exe": b"MZ\x90\x00" + b"\0" * 60,
    "elf": b"\x7fELF\x02\x01",
    "macho": b"\xcf\xfa\xed\xfe\x07\0\0\x01",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "bmp": b"BM\x10\0\0\0\0\0\0\0\x36",
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "wav": b"RIFF\x10\0\0\0WAVE",
    "tif": b"II*\0\x08\0\0\0\0\0",
    "cr2": b"II*\0\x10\0\0\0CR\x02\0",
    "heif": b"\0\0\0\x18ftypheic",
    "mp4": b"\0\0\0\x18ftypisom",
    "mov": b"\0\0\0\x14ftypqt  ",
    "m4a": b"\0\0\0\x18ftypM4A ",
    "webm": b"\x1aE\xdf\xa3\x01\0\0\0B\x82\x84webm",
    "mkv": b"\x1aE\xdf\xa3\x01\0\0\0B\x82\x88matroska",
    "mp3": b"ID3\x03\0",
    "aac": b"\xff\xf1\x50\x80",
    "rtf": b"{\\rtf1\\ansi",
    "gz": b"\x1f\x8b\x08",
    "bz2": b"BZh91AY&SY",
    "xz": b"\xfd7zXZ\0",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "rar": b"Rar!\x1a\x07\x01\0",
    "cab": b"MSCF\0\0\0\0",
    "tar": b"a" * 257 + b"ustar\x0000",
    "iso": b"\0" * 0x8001 + b"CD001",
    "swf": b"CWS\x0a\x10\0\0\0",
    "ics": b"\xef\xbb\xbfBEGIN:VCALENDAR\r\n",
    "svg": b'<?xml version="1.0"?>\n<!-- x -->\n<svg xmlns="http://www.w3.org/2000/svg">',
    "html": b"\n <!-- hi --><!DOCTYPE html><html>",
    "docx": _zip("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    "xlsx": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "pptx": _zip("[Content_Types].xml", "ppt/presentation.xml"),
    "epub": _zip("mimetype", "OEBPS/x", first=b"application/epub+zip", compress=False),
    "zip": _zip("META-INF/MANIFEST.MF", "a/B.class"),
    "doc": _ole("WordDocument"),
    "xls": _ole("Workbook"),
    "ppt": _ole("PowerPoint Document"),
    "sqlite": b"SQLite format 3\0",
    "woff2": b"wOF2\0",
    "psd": b"8BPS\0\x01",
    "unknown": b"plain text",
}


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
