"""PDF documents, read by a program that is not ours."""

from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.simulate.files.samples import BLOCKS, URL

from chaffinch.simulate.files.bitmap import written
from chaffinch.simulate.files.blocks import PAGE_BREAK, Block
from chaffinch.simulate.files.pdf import PROGRAMS, Program, pdf, program_of

LETTERS = st.characters(codec="cp1252", exclude_categories=["Cc", "Zs", "Cf"])
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=30), max_size=60)


def read(data: bytes) -> Any:
    return PdfReader(BytesIO(data), strict=True)


def assert_the_table_is_sound(data: bytes) -> None:
    start = int(data.split(b"startxref\n")[-1].split(b"\n")[0])
    head, count, _, *rows = data[start:].split(b"\n")
    assert head == b"xref"
    for number, row in enumerate(rows[: int(count.split()[1]) - 1], 1):
        assert len(row) == 19
        assert data[int(row[:10]) :].startswith(b"%d 0 obj\n" % number)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.producer)
def test_every_program_makes_a_document_that_opens(program: Program) -> None:
    made = datetime(2025, 3, 4, 10, 20, 30, tzinfo=UTC)
    data = pdf(BLOCKS, program, title="Statement, März", made=made)
    assert_the_table_is_sound(data)
    opened = read(data)
    assert len(opened.pages) == 2
    assert opened.metadata is not None
    assert opened.metadata.title == "Statement, März"
    assert opened.metadata.producer == program.producer
    assert opened.metadata.creation_date == made
    text = opened.pages[0].extract_text()
    assert "Invoice 7 (final) \\ Müller & Söhne" in text
    assert text.count("word") == 60
    assert max(map(len, text.splitlines())) <= program.line_letters
    assert opened.pages[1].extract_text() == "Second page"


def test_a_code_on_a_page_scans_and_a_link_leads_where_it_says() -> None:
    page = read(pdf(BLOCKS)).pages[0]
    (picture,) = page.images
    assert picture.image is not None
    (code,) = zxingcpp.read_barcodes(picture.image.convert("L"))
    assert code.text == URL
    (link,) = page["/Annots"]
    assert link.get_object()["/A"]["/URI"] == URL


def test_vendors_programs_differ_in_more_than_their_name() -> None:
    looks = {
        (p.version, p.font, p.size, p.paper, p.margin, p.wraps_streams, bool(p.creator))
        for p in PROGRAMS
    }
    assert len(looks) == len(PROGRAMS)


def test_firms_use_all_programs() -> None:
    assert {program_of(f"Firm {number}") for number in range(100)} == set(PROGRAMS)


@settings(max_examples=40, deadline=None)
@given(WORDS, st.sampled_from(PROGRAMS))
def test_all_words_are_in_the_document_in_order(words: list[str], program: Program) -> None:
    pages = read(pdf([" ".join(words)], program)).pages
    text = "".join(page.extract_text() for page in pages)
    assert "".join(text.split()) == "".join(words)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=80))
def test_a_document_of_any_text_has_a_sound_table(lines: list[str]) -> None:
    data = pdf(lines)
    assert_the_table_is_sound(data)
    assert len(read(data).pages) >= 1 + sum(line == PAGE_BREAK for line in lines)


def test_nothing_is_set_below_the_margin() -> None:
    scan = written(["A scanned line of an old letter"] * 60)
    many: list[Block] = [*["line"] * 100, scan, scan, "end"]
    for program in PROGRAMS:
        opened = read(pdf(many, program))
        assert "".join(p.extract_text() for p in opened.pages).count("line") == 100
        for page in opened.pages:
            heights = [op[0][1] for op in operands(page, b"Td")]
            assert all(float(y) >= program.margin for y in heights)
            assert all(float(above) > float(below) for above, below in pairwise(heights))
            assert all(float(op[0][5]) >= program.margin - 0.01 for op in operands(page, b"cm"))


def operands(page: Any, operator: bytes) -> list[Any]:
    content = page.get_contents()
    return [op for op in content.operations if op[1] == operator] if content else []
