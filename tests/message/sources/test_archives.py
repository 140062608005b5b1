"""Messages are found in archives, and hostile archives cost an error line and nothing else."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Generator
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.sources import Found, find, load, locate
from chaffinch.message.sources.section import in_memory
from chaffinch.message.sources.tarball import members
from chaffinch.message.sources.zipped import entries

Place = Callable[[str, bytes], Path]
MAIL = b"From: ann@acme.example\nSubject: lunch\n\nAt noon?\n"
OTHER = b"From: bob@wren.example\nSubject: re\n\nYes.\n"


def _zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _tar(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _rows(path: Path, limits: Limits | None = None) -> list[tuple[str, bytes | str | None]]:
    """Display path below the folder, and the message or the error."""
    found = find([path], limits or Limits())
    return [(one.path.removeprefix(f"{path.parent}/"), one.raw or one.error) for one in found]


TWO = {"in/a.eml": MAIL, "b": OTHER}


@pytest.mark.parametrize(
    "archive",
    [
        _zip(TWO),
        _zip(TWO, zipfile.ZIP_STORED),
        _zip(TWO, zipfile.ZIP_BZIP2),
        _tar(TWO),
        _tar(TWO, tarfile.GNU_FORMAT),
        _tar(TWO, tarfile.USTAR_FORMAT),
        gzip.compress(_tar(TWO)),
        bz2.compress(_tar(TWO)),
        lzma.compress(_tar(TWO)),
        gzip.compress(_zip(TWO)),
    ],
)
def test_every_kind_of_archive_gives_its_messages(place: Place, archive: bytes) -> None:
    assert _rows(place("x", archive)) == [("x!in/a.eml", MAIL), ("x!b", OTHER)]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_message_is_a_message(place: Place, pack: Callable[[bytes], bytes]) -> None:
    assert _rows(place("a.eml.gz", pack(MAIL))) == [("a.eml.gz", MAIL)]


def test_gzip_files_laid_end_to_end_are_one(place: Place) -> None:
    path = place("a.gz", gzip.compress(MAIL[:20]) + gzip.compress(MAIL[20:]) + bytes(30))
    assert _rows(path) == [("a.gz", MAIL)]


def test_a_packed_mbox_inside_an_archive_is_split(place: Place) -> None:
    line = b"From ann@acme.example Mon Jan  1 10:00:00 2024\n"
    box = gzip.compress(line + MAIL + b"\n" + line + OTHER + b"\n")
    assert _rows(place("x.zip", _zip({"box.gz": box}))) == [
        ("x.zip!box.gz#1", MAIL),
        ("x.zip!box.gz#2", OTHER),
    ]


def test_long_and_foreign_names_are_shown_harmlessly(place: Place) -> None:
    long = "d/" * 120 + "m.eml"
    files = {long: MAIL, "gr\u00fc\u00df.eml": MAIL, "a\x1b[2J.eml": OTHER}
    shown = [f"x!{long}", "x!gr\u00fc\u00df.eml", "x!a\\x1b[2J.eml"]
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        assert [row[0] for row in _rows(place("x", _tar(files, form)))] == shown
    assert [row[0] for row in _rows(place("x", _zip(files)))] == shown


def test_names_that_climb_are_only_shown(place: Place, tmp_path: Path) -> None:
    assert _rows(place("x", _zip({"../../evil.eml": MAIL}))) == [("x!../../evil.eml", MAIL)]
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_hidden_members_folders_and_links_are_passed_over(place: Place) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("d", tarfile.DIRTYPE), ("l", tarfile.SYMTYPE), ("p", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
    path = place("x", out.getvalue()[:1536] + _tar({"./._a": b"x", ".Sent/cur/1": MAIL}))
    assert _rows(path) == [("x!.Sent/cur/1", MAIL)]
    assert _rows(place("y", _zip({"__MACOSX/a.eml": MAIL}))) == [("y", "holds no mail")]


def test_an_office_document_is_no_archive(place: Place) -> None:
    path = place("report", _zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))
    (row,) = _rows(path)
    assert row[1] == "not a mail message: looks like an Office document or a program package"


@pytest.mark.parametrize("prefix", [b"", b"#!/bin/sh\n"])
def test_the_long_numbers_of_zip64_are_read(monkeypatch: pytest.MonkeyPatch, prefix: bytes) -> None:
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
    section = in_memory(prefix + _zip(TWO, zipfile.ZIP_STORED))
    read = {entry.name: section.read_at(entry.offset, entry.packed) for entry in entries(section)}
    assert read == TWO
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 30)
    section = in_memory(prefix + _zip(TWO, zipfile.ZIP_STORED))
    read = {entry.name: section.read_at(entry.offset, entry.packed) for entry in entries(section)}
    assert read == TWO


def test_a_password_costs_only_its_own_member(place: Place) -> None:
    data = bytearray(_zip({"a.eml": MAIL, "b.eml": OTHER}))
    data[data.index(b"PK\1\2") + 8] |= 1
    locked, open_ = _rows(place("x.zip", bytes(data)))
    assert locked == (
        "x.zip!a.eml",
        "protected by a password; unpack it with its password first",
    )
    assert open_ == ("x.zip!b.eml", OTHER)


def test_an_unknown_packing_is_named(place: Place) -> None:
    (row,) = _rows(place("x.zip", _zip({"a.eml": MAIL}, zipfile.ZIP_LZMA)))
    assert row[1] == "packed with LZMA; pack it again with deflate"


def test_bombs_are_refused(place: Place) -> None:
    mail = MAIL + bytes(5_000_000)
    limits = Limits(archive_ratio=50)
    for path in (place("a.gz", gzip.compress(mail)), place("a.zip", _zip({"a.eml": mail}))):
        (row,) = _rows(path, limits)
        assert isinstance(row[1], str)
        assert row[1].startswith("unpacks to more than 50 times its size")
    (row,) = _rows(place("a.gz", gzip.compress(mail)), Limits(archive_bytes=10_000))
    assert row[1] == "unpacks to more than 10000 bytes; split it"


def test_an_archive_may_not_hold_too_much(place: Place) -> None:
    path = place("x.tar", _tar({f"{n}.eml": MAIL for n in range(5)}))
    rows = _rows(path, Limits(archive_members_count=3))
    assert [row[1] for row in rows[:3]] == [MAIL] * 3
    assert rows[3:] == [("x.tar", "holds more than 3 files; the rest is not read; split it")]
    rows = _rows(path, Limits(archive_bytes=2 * len(MAIL) + 1))
    assert rows[2:] == [
        ("x.tar", f"unpacks to more than {2 * len(MAIL) + 1} bytes; the rest is not read")
    ]


def test_nesting_ends_at_the_limit(place: Place) -> None:
    data = _zip({"a.eml": MAIL})
    for _ in range(2):
        data = _zip({"z": data})
    assert _rows(place("x", data)) == [("x!z!z!a.eml", MAIL)]
    (row,) = _rows(place("x", _zip({"z": data})))
    assert row == ("x!z!z!z", "nested deeper than 3 archives; unpack the outer one first")
    assert _rows(place("y", gzip.compress(_tar({"a": MAIL}))), Limits(archive_depth=1)) == [
        ("y!a", MAIL)
    ]


def test_a_self_extracting_prefix_moves_every_offset(place: Place) -> None:
    section = in_memory(b"MZ program" + _zip(TWO))
    assert [entry.error for entry in entries(section)] == [None, None]
    assert [entry.name for entry in entries(section)] == list(TWO)


def test_truncated_archives_give_what_is_left_and_say_so(place: Place) -> None:
    tar = _tar({"a.eml": MAIL, "b.eml": OTHER * 100})
    first, second, error = _rows(place("x.tar", tar[:3000]))
    assert first == ("x.tar!a.eml", MAIL)
    assert second[0] == "x.tar!b.eml"
    assert error == ("x.tar", "the tar archive ends too early: it is truncated; fetch it again")
    packed = gzip.compress(_tar({"a.eml": MAIL}))
    assert "truncated" in str(_rows(place("x.tgz", packed[:-12]))[-1][1])
    assert "truncated" in str(_rows(place("x.zip", _zip(TWO)[:-40]))[-1][1])
    assert "truncated" in str(_rows(place("a.eml.gz", gzip.compress(MAIL)[:-12]))[-1][1])
    assert "truncated" in str(_rows(place("a.eml.gz", gzip.compress(MAIL)[:10]))[-1][1])


def test_damaged_data_is_said_to_be_damaged(place: Place) -> None:
    packed = bytearray(gzip.compress(MAIL))
    packed[-6] ^= 0xFF
    (row,) = _rows(place("a.eml.gz", bytes(packed)))
    assert "damaged" in str(row[1])


def test_a_truncated_packed_mbox_gives_its_messages_and_says_so(place: Place) -> None:
    line = b"From ann@acme.example Mon Jan  1 10:00:00 2024\n"
    packed = gzip.compress(b"".join(line + MAIL + b"\n" for _ in range(9)), 0)
    rows = _rows(place("box.gz", packed[:250]))
    assert rows[0] == ("box.gz#1", MAIL)
    assert rows[-1][0] == "box.gz"
    assert "truncated" in str(rows[-1][1])


def _header(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
    """A tar header block with a checksum that holds."""
    block = bytearray(name.ljust(100, b"\0") + bytes(24) + size.ljust(12, b"\0") + bytes(376))
    block[156:157] = kind
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def test_odd_tar_headers_are_read_or_refused(place: Place) -> None:
    data = MAIL.ljust(512, b"\0")
    octal, binary = b"%o" % len(MAIL), b"\x80" + len(MAIL).to_bytes(11, "big")
    pax = b"12 size=%d\n" % len(MAIL)
    path = place(
        "x.tar",
        _header(b"binary", binary) + data
        + _header(b"p", b"%o" % len(pax), b"x") + pax.ljust(512, b"\0")
        + _header(b"pax", b"0") + data
        + _header(b"sparse", octal, b"S") + data
        + b"garbage".ljust(512, b"\0"),
    )  # fmt: skip
    assert _rows(path) == [
        ("x.tar!binary", MAIL),
        ("x.tar!pax", MAIL),
        ("x.tar!sparse", "a sparse file; pack it again without --sparse"),
        ("x.tar", "the tar archive is damaged: a header's checksum is wrong"),
    ]
    (row,) = _rows(place("y.tar", _header(b"a", b"-7") + data))
    assert "damaged" in str(row[1])


def test_unpacked_layers_are_not_shared_across_a_fork(place: Place) -> None:
    files = {f"{n}.eml": MAIL + b"%d\n" % n for n in range(300)}
    locators = list(locate([place("x.tgz", gzip.compress(_tar(files)))]))
    with get_context("fork").Pool(2) as pool:
        loaded = pool.map(load, locators, chunksize=7)
    assert [one.raw for one in loaded] == list(files.values())


NAMES = st.text("abc/\u00e4. ", min_size=1, max_size=130).map(lambda name: f"m{name}m")
FILES = st.dictionaries(NAMES, st.binary(max_size=1500), max_size=6)


@given(FILES, st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]))
@settings(max_examples=80, deadline=None)
def test_tar_members_are_those_the_standard_library_wrote(
    files: dict[str, bytes], form: int
) -> None:
    section = in_memory(_tar(files, form))
    read = {member.name: section.read_at(member.offset, member.size) for member in members(section)}
    assert read == files


@given(FILES, st.booleans())
@settings(max_examples=80, deadline=None)
def test_zip_entries_are_those_the_standard_library_wrote(
    files: dict[str, bytes], is_packed: bool
) -> None:
    data = _zip(files, zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED)
    sizes = {entry.name: (entry.size, entry.error) for entry in entries(in_memory(data))}
    assert sizes == {name: (len(content), None) for name, content in files.items()}


@given(st.sampled_from([_zip(TWO), _tar(TWO), gzip.compress(_tar(TWO))]), st.data())
@settings(max_examples=150, deadline=None)
def test_damaged_archives_never_raise(
    tmp_path_factory: pytest.TempPathFactory, archive: bytes, data: st.DataObject
) -> None:
    damaged = bytearray(archive)
    for place_, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(archive) - 1), st.integers(0, 255)), max_size=6)
    ):
        damaged[place_] = value
    path = tmp_path_factory.mktemp("damaged") / "x"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    found = list(find([path]))
    assert found
    assert all((one.raw is None) != (one.error is None) for one in found)


def test_ten_thousand_packed_members_load_in_any_order(place: Place) -> None:
    files = {f"{n:05}.eml": MAIL + str(n).encode() for n in range(10_000)}
    path = place("x.tar.gz", gzip.compress(_tar(files, tarfile.USTAR_FORMAT), 1))
    locators = sorted(locate([path]), key=lambda locator: locator.path[::-1])
    loaded: list[Found] = [load(locator) for locator in locators]
    assert {one.path.partition("!")[2]: one.raw for one in loaded} == files


def test_temporary_files_have_no_name(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare = tmp_path / "spare"
    spare.mkdir(mode=stat.S_IRWXU)
    monkeypatch.setattr("tempfile.tempdir", str(spare))
    big = {f"{n}.eml": MAIL + bytes(3_000_000) for n in range(3)}
    walk = find([place("x.tgz", gzip.compress(_tar(big), 1))], Limits(archive_ratio=100_000))
    assert isinstance(walk, Generator)
    assert next(walk).raw is not None
    assert list(spare.iterdir()) == []
    walk.close()
