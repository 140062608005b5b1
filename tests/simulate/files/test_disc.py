"""Disc images, read along the descriptions of the volume."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulate.files.samples import DISC, MADE

from chaffinch.simulate.files.disc import disc

SECTOR = 2_048
NAMES = st.text(st.characters(max_codepoint=0x2FF, categories=["L", "N"]), min_size=1, max_size=50)
FILES = st.dictionaries(NAMES, st.binary(max_size=5_000), max_size=70)


def number(data: bytes, at: int) -> int:
    """A number that stands in both orders of bytes."""
    little, big = struct.unpack_from("<I", data, at)[0], struct.unpack_from(">I", data, at + 4)[0]
    assert little == big
    return int(little)


def volumes(image: bytes) -> dict[int, bytes]:
    found, at = {}, 16 * SECTOR
    while image[at] != 255:
        assert image[at + 1 : at + 7] == b"CD001\x01"
        found[image[at]] = image[at : at + SECTOR]
        at += SECTOR
    return found


def lines(folder: bytes) -> list[bytes]:
    """The lines of a folder; what is left of a sector is empty."""
    found = []
    for start in range(0, len(folder), SECTOR):
        sector, at = folder[start : start + SECTOR], 0
        while at < SECTOR and sector[at]:
            assert at + sector[at] <= SECTOR
            found.append(sector[at : at + sector[at]])
            at += sector[at]
        assert not any(sector[at:])
    return found


def content(image: bytes, line: bytes) -> bytes:
    place, size = number(line, 2), number(line, 10)
    return image[place * SECTOR : place * SECTOR + size]


def files_of(image: bytes, kind: int) -> dict[bytes, bytes]:
    volume = volumes(image)[kind]
    assert number(volume, 80) * SECTOR == len(image)
    root = volume[156:190]
    here, above, *files = lines(content(image, root))
    assert (name(here), name(above), name(root)) == (b"\0", b"\1", b"\0")
    assert number(here, 2) == number(above, 2) == number(root, 2)
    assert [name(line) for line in files] == sorted(name(line) for line in files)
    for at, order in ((140, "<"), (148, ">")):
        (table,) = struct.unpack_from(f"{order}I", volume, at)
        (place,) = struct.unpack_from(f"{order}I", image, table * SECTOR + 2)
        assert place == number(root, 2)
    return {name(line): content(image, line) for line in files}


def name(line: bytes) -> bytes:
    return line[33 : 33 + line[32]]


@settings(max_examples=40, deadline=None)
@given(FILES)
def test_files_are_read_back_under_both_names(files: dict[str, bytes]) -> None:
    image = disc(files)
    long = {name.decode("utf-16-be"): data for name, data in files_of(image, 2).items()}
    assert long == files
    short = files_of(image, 1)
    assert sorted(short.values()) == sorted(files.values())
    assert all(len(name) <= 14 and name.isascii() for name in short)


def test_the_volume_says_its_label_and_when_it_was_made() -> None:
    found = volumes(disc(DISC, label="Offer 7", made=MADE))
    assert found[1][40:72].strip() == b"OFFER 7"
    assert found[2][40:72].decode("utf-16-be").strip() == "Offer 7"
    assert found[2][88:91] == b"%/E"
    assert found[1][813:829] == b"2025030410203000"


@pytest.mark.parametrize("kind", [1, 2])
def test_an_empty_disc_is_a_disc(kind: int) -> None:
    assert files_of(disc({}), kind) == {}
