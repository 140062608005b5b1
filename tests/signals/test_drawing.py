"""Codes to scan, drawn in all the ways mail shows them, and what only looks like one."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.signals.attachment.picture import may_be_a_code, picture
from chaffinch.signals.evidence import Evidence
from chaffinch.signals.message.drawing import is_square_of_blocks, is_square_of_cells
from chaffinch.simulate.files.bitmap import chart, logo, squares
from chaffinch.simulate.files.picture import gif, png
from chaffinch.simulate.files.qr import blocks, cells, qr

TARGETS = st.text("abcdefghij/.0123456789", min_size=5, max_size=80).map("https://{}".format)
HEAD = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"


@settings(max_examples=25)
@given(TARGETS)
def test_every_way_of_drawing_a_code_is_seen(target: str) -> None:
    code = qr(target)
    assert is_square_of_blocks(f"Scan this:\n\n{blocks(code)}\n\nThank you, all of you")
    assert is_square_of_cells(f"<p>Scan this</p>{cells(code)}<p>Thanks</p>")
    for written in (png(squares(code)), gif(squares(code))):
        found = picture(written[:1024])
        assert found is not None
        assert may_be_a_code(found, len(written))


def test_other_drawings_are_no_codes() -> None:
    assert not is_square_of_blocks("Sales\n" + "\n".join("█" * count for count in range(20)))
    assert not is_square_of_cells("<table>" + "<tr><td></td><td>x</td></tr>" * 300 + "</table>")
    row = "<tr>" + "<td bgcolor='#fff'></td>" * 20 + "</tr>"
    assert not is_square_of_cells(row * 20)
    for drawn in (logo("Acme"), chart([3, 4, 9, 1])):
        found = picture(png(drawn)[:1024])
        assert found is not None
        assert not may_be_a_code(found, len(png(drawn)))


def test_a_code_in_the_page_itself_is_seen() -> None:
    coded = base64.b64encode(png(squares(qr("https://a.example/enrol"))))
    page = b'<p>Scan this</p><img src="data:image/png;base64,' + coded + b'">'
    assert _measured(page) is True
    assert _measured(b'<img src="data:image/png;base64,AAAA"><p>No code</p>') is False


@given(
    st.binary(max_size=60), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"\xff\xd8"])
)
def test_no_bytes_are_too_odd_for_a_picture(rest: bytes, start: bytes) -> None:
    found = picture(start + rest)
    assert found is None or (found.width >= 0 and found.height >= 0 and found.colours >= 0)


@pytest.mark.parametrize("side", [79, 1_600])
def test_icons_and_posters_are_no_codes(side: int) -> None:
    found = picture(b"GIF89a" + side.to_bytes(2, "little") * 2 + b"\x80\0\0")
    assert found is not None
    assert not may_be_a_code(found, 10)


def _measured(page: bytes) -> object:
    return Evidence(parse(HEAD + page), None, shipped())[
        "message.drawing.shows_a_picture_like_a_code"
    ]
