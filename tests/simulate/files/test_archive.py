"""Archives and streams, read by the standard library."""

import gzip
import zlib
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulate.files.samples import MADE

from chaffinch.simulate.files.archive import archive, nested
from chaffinch.simulate.files.stored import gzip_stream, zlib_stream

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=20)
MEMBERS = st.dictionaries(NAMES, st.binary(max_size=400), max_size=5)
PASSWORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)


@given(MEMBERS)
def test_an_archive_is_stored_and_holds_its_members(members: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(archive(members, made=MADE))) as opened:
        assert opened.testzip() is None
        assert {i.filename: opened.read(i) for i in opened.infolist()} == members
        assert {i.compress_type for i in opened.infolist()} <= {ZIP_STORED}
        assert {i.date_time for i in opened.infolist()} <= {(2025, 3, 4, 10, 20, 30)}


@settings(deadline=None)
@given(MEMBERS, PASSWORDS)
def test_a_locked_archive_opens_with_its_password(members: dict[str, bytes], key: str) -> None:
    with ZipFile(BytesIO(archive(members, password=key))) as opened:
        opened.setpassword(key.encode())
        assert opened.testzip() is None
        assert {i.filename: opened.read(i) for i in opened.infolist()} == members


def test_a_locked_archive_hides_its_content_and_wants_the_right_password() -> None:
    data = archive({"a.txt": b"the secret " * 20}, password="7Birds")
    assert b"secret" not in data
    with ZipFile(BytesIO(data)) as opened:
        with pytest.raises(RuntimeError, match="password required"):
            opened.read("a.txt")
        with pytest.raises(RuntimeError, match="Bad password"):
            opened.read("a.txt", b"8Birds")


def test_archives_stand_in_archives() -> None:
    data = nested(["inner.zip", "middle.zip"], {"a.txt": b"one"})
    for name in ("middle.zip", "inner.zip", "a.txt"):
        with ZipFile(BytesIO(data)) as opened:
            assert opened.namelist() == [name]
            data = opened.read(name)
    assert data == b"one"


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([0, 1, 400, 1_000]))
def test_streams_are_read_back(data: bytes, times: int) -> None:
    long = data * times
    assert zlib.decompress(zlib_stream(long)) == long
    with gzip.open(BytesIO(gzip_stream(long, "a.xml", 7))) as opened:
        assert opened.read() == long
        assert isinstance(opened, gzip.GzipFile)
        assert opened.mtime == 7
