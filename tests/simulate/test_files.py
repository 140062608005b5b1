"""Attached files open with what people open them with."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.simulate.files import archive, docx, pdf, png
from chaffinch.simulate.qr import CHECK_BYTES, LONGEST_TEXT, _codewords, _times, qr


def assert_is_pdf(data: bytes) -> None:
    """The cross-reference table points at the objects it says."""
    assert data.startswith(b"%PDF-1.4\n")
    assert data.endswith(b"%%EOF\n")
    start = int(data.split(b"startxref\n")[-1].split(b"\n")[0])
    head, count, *rows = data[start:].split(b"\n")
    assert head == b"xref"
    entries = rows[1 : int(count.split()[1])]
    assert len(entries) == 5
    for number, row in enumerate(entries, 1):
        assert len(row) == 19
        assert data[int(row[:10]) :].startswith(b"%d 0 obj\n" % number)


@settings(max_examples=50)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_a_pdf_of_any_text_has_a_sound_table(lines: list[str]) -> None:
    data = pdf(lines)
    assert_is_pdf(data)
    stream = data.split(b"stream\n")[1].removesuffix(b"\nend")
    assert b"/Length %d " % len(stream) in data


def test_an_archive_is_stored_and_holds_its_members() -> None:
    members = {"a.txt": b"one", "ä/b.bin": bytes(300)}
    with ZipFile(BytesIO(archive(members))) as opened:
        assert opened.testzip() is None
        assert {i.filename: opened.read(i) for i in opened.infolist()} == members
        assert {i.compress_type for i in opened.infolist()} == {ZIP_STORED}


def test_a_document_says_its_words_and_only_the_macro_kind_holds_macros() -> None:
    with ZipFile(BytesIO(docx(["Fish & chips"]))) as opened:
        assert b"<w:t>Fish &amp; chips</w:t>" in opened.read("word/document.xml")
        assert "word/vbaProject.bin" not in opened.namelist()
    with ZipFile(BytesIO(docx(["x"], macro=b"dead"))) as opened:
        assert opened.read("word/vbaProject.bin") == b"dead"
        assert b"macroEnabled" in opened.read("[Content_Types].xml")


def test_a_picture_shows_its_squares() -> None:
    data = png([[True, False], [False, True]], scale=3)
    at, chunks = 8, {}
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", data, at + 8 + length)[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    assert struct.unpack_from(">II", chunks[b"IHDR"]) == (6, 6)
    pixels = zlib.decompress(chunks[b"IDAT"])
    assert pixels[:7] == b"\0\0\0\0\xff\xff\xff"
    assert pixels[-7:] == b"\0\xff\xff\xff\0\0\0"


@settings(max_examples=50)
@given(st.binary(max_size=LONGEST_TEXT))
def test_qr_codewords_vanish_at_the_roots_of_the_code(data: bytes) -> None:
    words, root = _codewords(data), 1
    for _ in range(CHECK_BYTES):
        value = 0
        for word in words:
            value = _times(value, root) ^ word
        assert value == 0
        root = _times(root, 2)


def test_a_qr_code_has_three_finders_and_differs_by_its_text() -> None:
    squares, other = qr("https://sso.example/a"), qr("https://sso.example/b")
    finder = [[True] * 7, [True, *[False] * 5, True], [True, False, True, True, True, False, True]]
    for top, left in ((4, 4), (4, 30), (30, 4)):
        assert [row[left : left + 7] for row in squares[top : top + 3]] == finder
    assert squares != other
