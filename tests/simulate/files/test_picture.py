"""Pictures, read by a program that is not ours."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from chaffinch.simulate.files.bitmap import Bitmap, chart, logo, squares, written
from chaffinch.simulate.files.letters import glyphs
from chaffinch.simulate.files.picture import gif, png

GRIDS = st.integers(1, 40).flatmap(
    lambda width: st.lists(
        st.lists(st.booleans(), min_size=width, max_size=width), min_size=1, max_size=30
    )
)


def shown(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def dark_squares(image: Image.Image) -> list[list[bool]]:
    pixels = [image.getpixel((x, y)) for y in range(image.height) for x in range(image.width)]
    dark = [pixel == (0, 0, 0) for pixel in pixels]
    return [dark[at : at + image.width] for at in range(0, len(dark), image.width)]


@settings(max_examples=50, deadline=None)
@given(GRIDS, st.integers(1, 3))
def test_a_picture_shows_its_squares(grid: list[list[bool]], scale: int) -> None:
    wanted = [[dark for dark in row for _ in range(scale)] for row in grid for _ in range(scale)]
    picture = squares(grid, scale)
    assert dark_squares(shown(png(picture))) == wanted
    assert dark_squares(shown(gif(picture))) == wanted


def test_colours_are_kept() -> None:
    picture = squares([[True, False]], 1, ink=(200, 10, 20), paper=(1, 2, 3))
    for data in (png(picture), gif(picture)):
        assert [shown(data).getpixel((x, 0)) for x in (0, 1)] == [(200, 10, 20), (1, 2, 3)]


def letter_at(picture: Bitmap, place: int) -> tuple[int, ...]:
    """The rows of a letter of the first line, read from the picture."""
    image = shown(png(picture))
    start = (2 + place) * 6
    return tuple(
        sum((image.getpixel((start + x, 8 + y)) == (0, 0, 0)) << 4 - x for x in range(5))
        for y in range(9)
    )


def test_letters_stand_where_they_are_written() -> None:
    line = "Pay 7,40!"
    picture = written([line], doublings=0)
    drawn = {" ": (0,) * 9, **glyphs()}
    assert [letter_at(picture, place) for place in range(len(line))] == [drawn[c] for c in line]
    accented = written(["é\N{EN DASH}\N{CYRILLIC SMALL LETTER A}"], doublings=0)
    assert [letter_at(accented, place) for place in (0, 1, 2)] == [drawn[c] for c in "e-?"]


def test_a_doubled_page_is_twice_as_large() -> None:
    once, twice = (shown(png(written(["Pay"], doublings=n))) for n in (0, 1))
    assert twice.size == (2 * once.width, 2 * once.height)
    assert dark_squares(twice)[::2] == [
        [dark for dark in row for _ in (0, 1)] for row in dark_squares(once)
    ]


def test_all_letters_are_drawn_and_differ() -> None:
    drawn = glyphs()
    assert set(map(chr, range(33, 127))) <= set(drawn)
    assert len(set(drawn.values())) == len(drawn)


@given(st.lists(st.integers(-3, 1_000), min_size=1, max_size=9))
def test_bars_are_as_high_as_their_values(values: list[int]) -> None:
    picture = chart(values)
    rows = picture.rows()
    for place, value in enumerate(values):
        byte, bit = divmod(place * 24, 8)
        height = sum(row[byte] >> 7 - bit & 1 for row in rows) - 2
        assert height == max(0, value) * 120 // max(1, *values)


@pytest.mark.parametrize("name", ["Alder Works", "Birch & Co"])
def test_a_logo_is_symmetric_and_its_own(name: str) -> None:
    image = shown(png(logo(name)))
    mirrored = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert image.tobytes() == mirrored.tobytes()
    assert image.tobytes() != shown(png(logo("Cedar"))).tobytes()
