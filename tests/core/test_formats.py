"""Versions of stored formats: old ones are carried up, newer and damaged ones are refused."""

import msgspec
import pytest

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import Json, decoded, upgraded


class Page(msgspec.Struct, frozen=True):
    """A page whose third version has a title."""

    title: str
    schema: int = 3


def with_name(old: Json) -> Json:
    return {**old, "name": "untitled"}


def renamed(old: Json) -> Json:
    return {"title": old["name"]}


DECODER = msgspec.json.Decoder(Page)
STEPS = {1: with_name, 2: renamed}


def read(data: bytes) -> Page:
    return decoded(data, DECODER, what="page 7", current=3, upgrades=STEPS)


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b'{"schema": 3, "title": "a"}', "a"),
        (b'{"schema": 2, "name": "b"}', "b"),
        (b'{"schema": 1}', "untitled"),
        (b"{}", "untitled"),
    ],
)
def test_every_version_up_to_ours_is_read(data: bytes, title: str) -> None:
    assert read(data) == Page(title)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"schema": 4}', "page 7 has schema 4, newer than the 3 this version reads"),
        (b'{"schema": 0}', "page 7 has schema 0, which nothing upgrades"),
        (b'{"schema": 3}', "page 7 cannot be read: .*title"),
        (b"{", "page 7 cannot be read"),
        (b"\xff", "page 7 cannot be read"),
        (b"[]", "page 7 cannot be read"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        read(data)


def test_a_gap_in_the_upgrades_is_refused() -> None:
    with pytest.raises(StoreError, match="nothing upgrades"):
        upgraded("", what="a word", found=1, current=3, upgrades={1: str.strip})
