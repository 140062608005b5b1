"""The table of a scan: what is cut, and which columns there is room for."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from rich.cells import cell_len
from rich.console import Console

from chaffinch import Engine, Mail
from chaffinch.surfaces.cli.main import main
from chaffinch.surfaces.cli.scanning import Scanned
from chaffinch.surfaces.cli.table import layout, line, show
from chaffinch.surfaces.row import ErrorRow, Row, row_of

Letter = Callable[..., bytes]
LONG = "a-folder/" * 6 + "letter.eml"


def screen(width: int, *, terminal: bool = True) -> Console:
    return Console(width=width, file=io.StringIO(), force_terminal=terminal, highlight=False)


def scanned(row: Row) -> Scanned:
    return Scanned(msgspec.json.encode(row), row.verdict)


@pytest.fixture
def row(letter: Letter) -> Row:
    raw = letter(sender="Mia <mia@stone.example>", subject="出荷のご案内: 日程の変更について" * 3)
    with Engine.open() as engine:
        entry = engine.consider(Mail(raw=raw))
    return row_of(LONG, entry.decision, 1.0, entry.about)


def test_a_row_says_who_wrote_about_what(row: Row) -> None:
    assert (row.sender, row.sender_name) == ("mia@stone.example", "Mia")
    assert row.subject.startswith("出荷")


@pytest.mark.parametrize("with_ids", [True, False])
@pytest.mark.parametrize("width", [80, 120, 140, 200])
def test_why_begins_at_the_same_place_on_every_line(row: Row, width: int, with_ids: bool) -> None:
    columns = layout(screen(width), with_ids=with_ids)
    error = Scanned(msgspec.json.encode(ErrorRow(path=LONG, error="damaged")))
    ends = cell_len(line(error, columns).plain) - len("damaged")
    assert cell_len(line(scanned(row), columns).plain) == ends
    assert ends <= width - 16


def test_sender_and_subject_need_a_wide_terminal_and_ids_a_state(row: Row) -> None:
    wide = line(scanned(row), layout(screen(140))).plain
    assert "mia@stone.example" in wide
    assert "出荷" in wide
    assert row.id[:8] not in wide
    narrow = line(scanned(row), layout(screen(139), with_ids=True)).plain
    assert "mia@" not in narrow
    assert f" {row.id[:8]} " in narrow


def test_where_nobody_looks_nothing_is_cut(row: Row) -> None:
    out = screen(80, terminal=False)
    shown = list(show([scanned(row)], out, out, None, with_ids=True))
    assert len(shown) == 1
    assert isinstance(out.file, io.StringIO)
    text = out.file.getvalue()
    assert f" {LONG} " in text
    assert re.search(r"^1 row\s*$", text, re.MULTILINE)


def test_a_hostile_subject_cannot_move_the_cursor(row: Row) -> None:
    hostile = msgspec.structs.replace(row, subject="a\x1b[2J\u202eb", path="x\ny")
    shown = line(scanned(hostile), layout(screen(160))).plain
    assert "a?[2J?b" in shown
    assert "x?y" in shown


def test_rows_are_counted_in_good_english(
    tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.eml").write_bytes(letter(number=number))
        assert main(["scan", str(tmp_path)]) == 0
        counted = "1 row" if number == 1 else "2 rows"
        assert re.search(rf"^{counted}\s*$", capfd.readouterr().out, re.MULTILINE)
