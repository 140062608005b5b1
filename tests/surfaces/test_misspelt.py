"""Slips of somebody who has just begun: each is an error that says what would do, in one line."""

from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main

TENANT = 'name = "acme"\ndomains = ["acme.example"]\n'
MAIL = "From: Eve <eve@evil.example>\nTo: jane@acme.example\nSubject: hello\n\nhello\n"
RULE = 'name: "no"\ntype: "rule"\nseverity: "low"\nsource: |\n  type.inbound\n'
STATE = ("--state", "state")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("mail", "rules"):
        (tmp_path / name).mkdir()
    (tmp_path / "mail" / "1.eml").write_text(MAIL)
    (tmp_path / "rules" / "no.yml").write_text(RULE)
    (tmp_path / "tenant.toml").write_text(TENANT)
    told = [*STATE, "--tenant", "tenant.toml"]
    assert main(["scan", "mail", "--learn", "--format", "jsonl", *told]) == 0
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 2) -> tuple[str, str]:
    capsys.readouterr()
    try:
        left: object = main(words)
    except SystemExit as leaving:
        left = leaving.code
    assert left == code
    out, err = capsys.readouterr()
    return out, err


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("scna", "mail"), "did you mean scan?"),
        (("entries", "serch"), "did you mean search?"),
        (("label", "ad"), "did you mean add?"),
        (("replay", "as_if"), "did you mean as-if?"),
        (("export", "signls"), "did you mean signals?"),
        (("scan", "mail", "--tennant", "tenant.toml"), "did you mean --tenant?"),
        (("scan", "mail", "--tennant=tenant.toml"), "did you mean --tenant?"),
        (("allow", "list", "--stat3", "state"), "did you mean --state?"),
        (("entries", "search", "--verdict", "malicous"), "did you mean malicious"),
        (("report", "lst", *STATE), "lst is neither an action nor a file; did you mean list?"),
    ],
    ids=str,
)
def test_a_word_that_is_nearly_one_is_named(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], meant: str
) -> None:
    out, err = said(capsys, *words)
    assert (out, err.count("\n")) == ("", 1)
    assert meant in err


def test_a_word_like_none_is_not_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (
        ("zzzzzzzz",),
        ("scan", "mail", "--zzzzzzzz"),
        ("scan", "x" * 10_000, "--" * 999),
    ):
        assert "did you mean" not in said(capsys, *words)[1]


def test_a_file_called_like_an_action_is_reported(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "lists").write_text(MAIL)
    _, err = said(capsys, "report", "lists", *STATE, code=1)
    assert "it is the message itself; say who reports it" in err


@pytest.mark.parametrize(
    "words",
    [
        ("scan", "nosuch"),
        ("scan", "nosuch", "--format", "jsonl"),
        ("scan", "tenant.toml", "--learn", *STATE),
        ("rules", "run", "rules", "nosuch"),
        ("signals", "measure", "nosuch"),
        ("export", "signals", "nosuch", "--out", "s.parquet"),
    ],
    ids=" ".join,
)
def test_where_no_message_could_be_read_nothing_went_well(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert "no message could be read" in said(capsys, *words)[1]
    assert not (here / "s.parquet").exists()


def test_one_of_several_that_cannot_be_read_is_a_row(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = said(capsys, "scan", "mail", "nosuch", "--format", "jsonl", code=0)
    assert out.count("\n") == 2
    said(capsys, "scan", "nosuch", "--fail-on", "unreadable", code=1)


def test_what_is_asked_of_a_folder_that_ledgers_have_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for more in (["--labels-as-of", "2026-06-01"], ["--with-immature"]):
        assert "are for ledgers" in said(capsys, "evaluate", "mail", *more)[1]
    assert "tenant.toml is no folder" in said(capsys, "evaluate", "tenant.toml")[1]


def test_an_id_nobody_knows_is_neither_file_nor_entry(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = (*STATE, "--tenant", "tenant.toml")
    _, err = said(capsys, "allow", "why", "abcdef", *told)
    assert "abcdef: neither a file nor an entry in state" in err
    assert "not a mail message" in said(capsys, "allow", "why", "tenant.toml", *told)[1]
    _, err = said(capsys, "entries", "show", "abcdef", *STATE)
    assert "there is no entry abcdef; chaffinch entries search finds them" in err


@pytest.mark.parametrize(
    ("words", "nothing"),
    [
        (("label", "list", *STATE), "no label is in force"),
        (("report", "list", *STATE), "no report stands"),
        (("report", "reporters", *STATE), "nobody's reports have proved right or wrong yet"),
        (("allow", "list", *STATE, "--tenant", "tenant.toml"), "no entry is in force"),
    ],
    ids=str,
)
def test_where_there_is_nothing_no_table_is_drawn(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], nothing: str
) -> None:
    out, err = said(capsys, *words, code=0)
    assert out == ""
    assert nothing in err
