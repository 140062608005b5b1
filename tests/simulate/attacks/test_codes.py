"""Codes scan, with a program that is not ours, to where their family says; invitations are such."""

import re
from collections.abc import Iterable
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from tests.simulate.attacks.playing import Played, mains

from chaffinch.simulate.files.bitmap import squares
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.letter import Letter

DARK_IN = {" ": "00", "▀": "10", "▄": "01", "█": "11"}


def scanned(image: Image.Image) -> str:
    (code,) = zxingcpp.read_barcodes(image.convert("L"))
    return str(code.text)


def of_rows(rows: Iterable[bytes]) -> Image.Image:
    return Image.open(BytesIO(png(squares(tuple(rows)))))


def pictured(letter: Letter) -> Image.Image:
    (file,) = (*letter.files, *letter.inline)
    return Image.open(BytesIO(file.data))


def paged(letter: Letter) -> Image.Image:
    (file,) = letter.files
    (image,) = (one for page in PdfReader(BytesIO(file.data)).pages for one in page.images)
    assert image.image is not None
    return image.image


def in_blocks(letter: Letter) -> Image.Image:
    lines = [line for line in letter.text.split("\n") if line and set(line) <= set(DARK_IN)]
    pairs = [[DARK_IN[char] for char in line] for line in lines]
    return of_rows(bytes(int(pair[n]) for pair in line) for line in pairs for n in (0, 1))


def in_cells(letter: Letter) -> Image.Image:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", letter.html)
    read = [re.findall(r'bgcolor="#(\w+)"', row) for row in rows]
    return of_rows(bytes(colour == "000000" for colour in row) for row in read if len(row) > 20)


SHOWN = {
    "qr-image": pictured,
    "qr-pdf": paged,
    "qr-blocks": in_blocks,
    "qr-table": in_cells,
}


@pytest.mark.parametrize("family", SHOWN)
def test_the_code_is_the_only_link_and_leads_where_it_should(family: str) -> None:
    for bad, twin in mains(family, range(20)):
        for one, is_ours in ((bad, False), (twin, True)):
            host = urlsplit(scanned(SHOWN[family](one.letter))).hostname or ""
            assert host.endswith(f".{one.company.domain}") == is_ours
            assert "http" not in one.letter.text


def invitation(one: Played) -> str:
    return one.letter.calendar.replace("\r\n ", "")


def test_an_invitation_carries_its_link_and_nothing_else_does() -> None:
    for bad, twin in mains("calendar-lure"):
        customers = {each.domain for each in twin.company.customers}
        for one in (bad, twin):
            assert "METHOD:REQUEST" in invitation(one)
            assert "http" in invitation(one)
            assert "http" not in one.letter.text + one.letter.html
        assert any(f"//meet.{domain}" in invitation(twin) for domain in customers)
        assert not any(domain in invitation(bad) for domain in customers)
