"""Word and Excel files, read by programs that are not ours."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import docx as reader
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulate.files.samples import ABOUT, BLOCKS, CODE, MADE, ROWS, SAMPLES, URL

from chaffinch.simulate.files.bitmap import squares
from chaffinch.simulate.files.blocks import Anchor
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.files.sheet import Cell, xlsx
from chaffinch.simulate.files.word import docx

XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]))
DAY = MADE.replace(day=31, hour=0, minute=0, second=0, tzinfo=None)
CELLS = st.one_of(
    st.none(), XML_TEXT, st.booleans(), st.integers(-(10**12), 10**12), st.dates(date(1950, 1, 1))
)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def test_a_document_says_its_words_and_who_made_it() -> None:
    document = reader.Document(BytesIO(docx(BLOCKS, about=ABOUT)))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:2] == list(BLOCKS[:2])
    assert texts[-1] == "Second page"
    about = document.core_properties
    assert (about.author, about.title) == ("Ada Moor", "Statement, März")
    assert about.created is not None
    assert about.created.replace(tzinfo=None) == MADE.replace(tzinfo=None)


def test_a_document_shows_its_picture_and_leads_where_it_says() -> None:
    document = reader.Document(BytesIO(docx(BLOCKS)))
    assert [shape.width for shape in document.inline_shapes] == [squares(CODE).width * 9_525]
    related = document.part.rels.values()
    assert [link.target_part.blob for link in related if not link.is_external] == [
        png(squares(CODE))
    ]
    (paragraph,) = [p for p in document.paragraphs if p.hyperlinks]
    assert [(h.text, h.url) for h in paragraph.hyperlinks] == [("Pay here", URL)]


def test_a_document_may_name_a_template_elsewhere() -> None:
    document = reader.Document(BytesIO(docx(["x"], template="https://templates.example/a.dotm")))
    (settings_part,) = [
        link.target_part
        for link in document.part.rels.values()
        if link.reltype.endswith("/settings")
    ]
    links = settings_part.rels.values()
    assert [link.target_ref for link in links] == ["https://templates.example/a.dotm"]


@settings(max_examples=40, deadline=None)
@given(st.lists(XML_TEXT.filter(lambda text: "\f" not in text), max_size=8))
def test_any_text_is_read_back(lines: list[str]) -> None:
    document = reader.Document(BytesIO(docx([*lines, Anchor("end", URL)])))
    assert [paragraph.text for paragraph in document.paragraphs] == [*lines, "end"]


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text())
def test_no_text_breaks_the_markup(text: str, name: str) -> None:
    for data in (docx([text, Anchor(text, text)]), xlsx({name[:20] or "Sheet": [[text]]})):
        with ZipFile(BytesIO(data)) as archive:
            for member in archive.namelist():
                ElementTree.fromstring(archive.read(member))


def test_cells_keep_their_types() -> None:
    book = opened(xlsx({"Open & due": ROWS, "Empty": ()}, about=ABOUT))
    assert book.sheetnames == ["Open & due", "Empty"]
    head, first, second = book["Open & due"].iter_rows(values_only=True)
    assert head == ROWS[0]
    assert first == ("Müller & <Söhne>", 1250.5, DAY, True)
    assert second == ("Moor", 7, MADE.replace(tzinfo=None), None)
    assert book["Open & due"]["B2"].number_format == "#,##0.00"
    assert book.properties.creator == "Ada Moor"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=30), min_size=1, max_size=6))
def test_any_cells_are_read_back(rows: list[list[Cell]]) -> None:
    sheet = opened(xlsx({"Sheet": rows}))["Sheet"]
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row, 1):
            value = sheet.cell(number, place).value
            read = value.date() if isinstance(value, datetime) else value
            assert (read or "") == (cell or "") if isinstance(cell, str) else read == cell


def test_money_keeps_its_cents() -> None:
    book = opened(xlsx({"Sheet": [[Decimal("0.10"), 1e21, -2.5]]}))
    assert next(book["Sheet"].iter_rows(values_only=True)) == (0.1, 1e21, -2.5)


@pytest.mark.parametrize("name", ["letter.docx", "ledger.xlsx"])
def test_a_package_lists_every_part_it_leads_to(name: str) -> None:
    with ZipFile(BytesIO(SAMPLES[name]())) as archive:
        names = set(archive.namelist())
        types = ElementTree.fromstring(archive.read("[Content_Types].xml"))
        listed = {node.get("PartName", "").lstrip("/") for node in types} - {""}
        assert listed <= names
