"""Forms of output: what is written is found again, by the path its label names."""

import csv
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from chaffinch.core.errors import UsageError
from chaffinch.message.sources import load, locate
from chaffinch.simulate import Company, Simulated, write
from chaffinch.simulate.output.boxes import Line, box_on
from chaffinch.simulate.output.labels import COLUMNS

Mail = tuple[Simulated, ...]


def body(raw: bytes) -> bytes:
    """The bytes apart from how lines end: an mbox keeps no carriage returns."""
    return raw.replace(b"\r\n", b"\n").rstrip(b"\n")


@pytest.mark.parametrize("form", ["eml", "maildir", "mbox"])
def test_labels_name_what_a_scan_finds(
    mail: Mail, house: Company, tmp_path: Path, form: str
) -> None:
    few = mail[:60]
    assert write(tmp_path, few, house, form) == len(few)
    with (tmp_path / "labels.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    named = {row["path"]: row["message_id"] for row in rows}
    sources = [tmp_path / path for path in ("mail", "Maildir", "mail.mbox")]
    (source,) = [one for one in sources if one.exists()]
    found = {
        str(Path(one.path).relative_to(tmp_path)): load(one).raw or b"" for one in locate([source])
    }
    assert set(found) == set(named)
    raws = {one.message_id: one.raw for one in few}
    assert all(body(found[path]) == body(raws[named[path]]) for path in named)


def test_lines_hold_the_message_and_its_truth(mail: Mail) -> None:
    pipe = BytesIO()
    box = box_on(pipe, "jsonl")
    assert [box.put(one) for one in mail[:3]] == ["-#1", "-#2", "-#3"]
    lines = pipe.getvalue().splitlines()
    assert [msgspec.json.decode(line, type=Line).message for line in lines] == list(mail[:3])


def test_lines_that_begin_like_a_separator_come_back(mail: Mail, tmp_path: Path) -> None:
    raw = b"From: ann@acme.example\r\nTo: ben@acme.example\r\n\r\nFrom here on\r\n>From there\r\n"
    odd = msgspec.structs.replace(mail[0], raw=raw)
    write(tmp_path, [odd, odd], form="mbox")
    found = [load(one).raw or b"" for one in locate([tmp_path / "mail.mbox"])]
    assert [body(one) for one in found] == [body(raw)] * 2


def test_labels_tell_twins_from_attacks(mail: Mail, tmp_path: Path) -> None:
    write(tmp_path, mail)
    with (tmp_path / "labels.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert tuple(rows[0]) == COLUMNS
    attacks = {row["message_id"]: row for row in rows if row["label"] == "attack"}
    twins = [row for row in rows if row["twin_of"]]
    assert all(attacks[row["twin_of"]]["case"] == row["case"] for row in twins)
    assert all(row["goal"] != "none" and row["texts"] for row in attacks.values())


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="eml, maildir, mbox, jsonl"):
        write(tmp_path, (), form="pst")
    with pytest.raises(UsageError, match="cannot be written to a pipe"):
        box_on(BytesIO(), "eml")
