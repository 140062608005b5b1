"""Compound files and macro projects, read by a program that is not ours."""

import struct
from io import BytesIO
from zipfile import ZipFile

import olefile
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.simulate.files.samples import SAMPLES

from chaffinch.message.compound import top_names
from chaffinch.simulate.files.compound import compound
from chaffinch.simulate.files.macro import dead_macro

NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_ ]{0,20}", fullmatch=True)
CONTENTS = st.one_of(st.binary(max_size=300), st.sampled_from([4_095, 4_096, 70_000]).map(bytes))


def streams_of(data: bytes) -> dict[str, bytes]:
    with olefile.OleFileIO(BytesIO(data), raise_defects=olefile.DEFECT_INCORRECT) as opened:
        return {"/".join(path): opened.openstream(path).read() for path in opened.listdir()}


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, CONTENTS, max_size=12), st.booleans())
def test_streams_are_read_back(streams: dict[str, bytes], is_deep: bool) -> None:
    own = {name.lower(): data for name, data in streams.items()}
    wanted = {f"Top/Folder/{name}" if is_deep else name: data for name, data in own.items()}
    data = compound(wanted)
    assert streams_of(data) == wanted
    assert top_names(data) == ({"Top"} if wanted and is_deep else set(wanted))


def test_streams_of_many_sectors_are_read_back() -> None:
    wanted = {"large": bytes(range(256)) * 12_000, "small": b"x" * 65}
    assert streams_of(compound(wanted)) == wanted


def test_what_the_header_cannot_describe_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the header"):
        compound({"huge": bytes(8_000_000)})


def unpacked(data: bytes) -> bytes:
    """The content of a macro container whose tokens stand for themselves."""
    (head,) = struct.unpack_from("<H", data, 1)
    assert data[0] == 1
    assert head >> 12 == 0b1011
    assert (head & 0xFFF) + 3 == len(data) - 1
    pieces = [data[at : at + 9] for at in range(3, len(data), 9)]
    assert {piece[0] for piece in pieces} == {0}
    return b"".join(piece[1:] for piece in pieces)


def records(data: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at < len(data):
        kind, size = struct.unpack_from("<HI", data, at)
        size = 6 if kind == 9 else size  # the version's record counts wrongly, by the standard
        found[kind] = data[at + 6 : at + 6 + size]
        at += 6 + size
    return found


def test_a_macro_project_names_its_module_and_does_nothing() -> None:
    streams = streams_of(dead_macro(entry="Document_Open", module="Payment"))
    project = records(unpacked(streams["VBA/dir"]))
    assert project[0x1A] == b"Payment"
    assert project[0x0F] == b"\x02\x00"
    source = unpacked(streams["VBA/Payment"]).decode().splitlines()
    assert source[:2] == ['Attribute VB_Name = "Payment"', "Sub Document_Open()"]
    assert all(line.lstrip().startswith("'") for line in source[2:-1])
    assert source[-1] == "End Sub"
    assert b"Module=Payment" in streams["PROJECT"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("letter.docm", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        ("ledger.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    ],
)
def test_only_the_macro_kind_holds_macros(name: str, kind: str) -> None:
    for one, is_macro in ((name, True), (name[:-1] + "x", False)):
        with ZipFile(BytesIO(SAMPLES[one]())) as opened:
            held = [member for member in opened.namelist() if member.endswith("vbaProject.bin")]
            assert bool(held) == is_macro
            assert (kind.encode() in opened.read("[Content_Types].xml")) == is_macro
            assert all("VBA/dir" in streams_of(opened.read(member)) for member in held)


def test_a_workbook_with_macros_opens() -> None:
    book = openpyxl.load_workbook(BytesIO(SAMPLES["ledger.xlsm"]()), keep_vba=True)
    assert book["A"]["A1"].value == "Vendor"
    assert book.vba_archive is not None
