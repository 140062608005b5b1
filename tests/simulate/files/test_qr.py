"""QR codes, scanned by a program that is not ours, in every way a mail shows them."""

import re
from io import BytesIO
from itertools import takewhile

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chaffinch.simulate.files.bitmap import squares
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.files.qr import (
    SIZES,
    Modules,
    Size,
    blocks,
    cells,
    codewords,
    drawn,
    qr,
    times,
)

LONGEST = SIZES[-1].longest_text
URL = "https://sso.example/enrol/7"


def scanned(modules: Modules) -> bytes:
    (code,) = zxingcpp.read_barcodes(Image.open(BytesIO(png(squares(modules)))).convert("L"))
    return code.bytes


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=LONGEST // 4))
def test_a_code_scans_as_its_text(text: str) -> None:
    assert scanned(qr(text)) == text.encode()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"version {size.version}")
def test_the_smallest_size_that_holds_the_text_is_taken(size: Size) -> None:
    text = "x" * size.longest_text
    assert len(qr(text)) == size.side + 8
    assert scanned(qr(text)) == text.encode()


def test_what_fits_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        qr("x" * (LONGEST + 1))


@settings(max_examples=50)
@given(st.sampled_from(SIZES), st.data())
def test_codewords_vanish_at_the_roots_of_the_code(size: Size, data: st.DataObject) -> None:
    words, root = codewords(data.draw(st.binary(max_size=size.longest_text)), size), 1
    assert len(words) == size.data_bytes + size.check_bytes
    for _ in range(size.check_bytes):
        value = 0
        for word in words:
            value = times(value, root) ^ word
        assert value == 0
        root = times(root, 2)


def test_half_blocks_show_the_code() -> None:
    dark_in = {" ": "00", "▀": "10", "▄": "01", "█": "11"}
    lines = [[dark_in[letter] for letter in line] for line in blocks(qr(URL)).split("\n")]
    rows = [bytes(int(pair[n]) for pair in line) for line in lines for n in (0, 1)]
    assert scanned(tuple(rows)) == URL.encode()


def test_cells_show_the_code() -> None:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", cells(qr(URL)))
    read = [bytes(c == "000000" for c in re.findall(r'bgcolor="#(\w+)"', row)) for row in rows]
    assert scanned(tuple(read)) == URL.encode()


def test_a_drawing_shows_the_code() -> None:
    places = re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn(qr(URL)))
    side = len(qr(URL))
    read = [bytearray(side) for _ in range(side)]
    for x, y in places:
        read[int(y)][int(x)] = 1
    assert scanned(tuple(map(bytes, read))) == URL.encode()


def test_the_quiet_zone_is_light() -> None:
    modules = qr(URL)
    assert len(list(takewhile(lambda row: not any(row), modules))) == 4
    assert {row[:4] + row[-4:] for row in modules} == {bytes(8)}
