"""What is not there is not empty: a place nobody knows is an error that says what would do."""

from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main

TENANT = 'name = "acme"\ndomains = ["acme.example", "acme.test"]\n'
MAIL = "From: Eve <eve@evil.example>\nTo: jane@acme.example\nSubject: hello\n\nhello\n"
ENTRY = ("--owner", "ann", "--reason", "asked for")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with mail, a tenant file, an empty folder and a state without labels."""
    monkeypatch.chdir(tmp_path)
    for name in ("mail", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "mail" / "1.eml").write_text(MAIL)
    (tmp_path / "tenant.toml").write_text(TENANT)
    told = ["--state", "state", "--tenant", "tenant.toml"]
    assert main(["scan", "mail", "--learn", "--format", "jsonl", *told]) == 0
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command says that does nothing; it says it in one line."""
    capsys.readouterr()
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


OF_STATES = [
    ("entries", "search"),
    ("entries", "accounts"),
    ("entries", "show", "abc"),
    ("entries", "again", "abc"),
    ("entries", "archive", "archive"),
    ("entries", "erase", "--person", "eve@evil.example"),
    ("label", "list"),
    ("label", "teach"),
    ("label", "add", "abc", "benign"),
    ("label", "retract", "abc"),
    ("report", "list"),
    ("report", "reporters"),
    ("report", "resolve"),
    ("report", "withdraw", "abc"),
    ("report", "add", "mail/1.eml"),
    ("profiles", "show", "eve@evil.example", "--tenant", "tenant.toml"),
    ("profiles", "export", "--tenant", "tenant.toml"),
    ("profiles", "compact", "--tenant", "tenant.toml"),
    ("replay", "as-then"),
    ("replay", "as-if"),
]


@pytest.mark.parametrize("words", OF_STATES, ids=" ".join)
def test_a_state_is_named_is_there_and_has_a_ledger(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert "lie in a state: add --state DIR or --settings FILE" in refused(capsys, *words)
    missing = refused(capsys, *words, "--state", "nostate")
    assert "there is no state nostate; check the spelling" in missing
    assert "chaffinch scan MAIL --state nostate makes one" in missing
    assert "tenant.toml is no state but a file" in refused(capsys, *words, "--state", "tenant.toml")
    assert "empty holds no ledger" in refused(capsys, *words, "--state", "empty")
    assert not (here / "nostate").exists()
    assert not list((here / "empty").iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ("allow", "add", "domain", "evil.example", *ENTRY, "--preview"),
        ("allow", "list"),
        ("allow", "remove", "abc"),
        ("allow", "why", "mail/1.eml"),
    ],
    ids=" ".join,
)
def test_allow_entries_are_read_from_a_state_that_is_there(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    told = refused(capsys, *words, "--tenant", "tenant.toml", "--state", "nostate")
    assert "there is no state nostate" in told


@pytest.mark.parametrize("words", [("list",), ("update",), ("diff",), ("remove", "public")])
def test_feeds_are_read_from_a_state_that_is_there(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert "there is no state nostate" in refused(capsys, "feeds", *words, "--state", "nostate")


@pytest.mark.parametrize(
    "words",
    [
        ("rules", "coverage", "empty"),
        ("signals", "show", "message.body.text_characters"),
    ],
    ids=" ".join,
)
def test_what_a_state_adds_is_not_left_out_unsaid(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert "there is no state nostate" in refused(capsys, *words, "--state", "nostate")


@pytest.mark.parametrize("words", [("scan", "mail"), ("explain", "mail/1.eml")], ids=" ".join)
def test_a_state_is_no_file(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    told = refused(capsys, *words, "--state", "tenant.toml")
    assert "tenant.toml is no state but a file" in told


def test_an_archive_holds_entries(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("search",), ("accounts",), ("show", "abc")):
        missing = refused(capsys, "entries", *words, "--archive", "nowhere")
        assert "there is no archive nowhere; chaffinch entries archive ARCHIVE" in missing
        assert "empty holds no archived entries" in refused(
            capsys, "entries", *words, "--archive", "empty"
        )


def test_a_rule_that_is_not_there_is_that_and_nothing_else(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = refused(
        capsys, "allow", "add", "rule", "no/such", *ENTRY, "--state", "state", "--tenant",
        "tenant.toml",
    )  # fmt: skip
    assert "no rule no/such is in force here" in told
    assert "--sender" not in told


def test_whose_mailbox_says_what_is_missing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("policy", "show", "--mailbox", "ann@acme.exmaple")
    nobody = refused(capsys, *asked)
    assert "whose mailbox is ann@acme.exmaple? name the tenant file with --tenant FILE" in nobody
    other = refused(capsys, *asked, "--tenant", "tenant.toml")
    assert "ann@acme.exmaple is at no domain of acme: those are acme.example, acme.test" in other
    assert "--tenant" not in other


def test_what_is_evaluated_is_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no folder nowhere" in refused(capsys, "evaluate", "nowhere")
    told = refused(capsys, "evaluate", "mail")
    assert "mail holds no labels.csv: a CSV file with columns path and label" in told
    assert "Errno" not in told


def test_an_export_has_a_place_and_an_ending(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("export", "signals", "mail", "--out")
    assert "there is no folder nodir to write s.parquet to" in refused(
        capsys, *asked, "nodir/s.parquet"
    )
    for name in ("s.xyz", "s"):
        told = refused(capsys, *asked, name)
        assert f"--out {name}: name it .parquet or .arrow, or add --format" in told
        assert not (here / name).exists()
    assert main([*asked, "s.xyz", "--format", "arrow"]) == 0
    assert main([*asked, "s.ARROW"]) == 0
    assert (here / "s.ARROW").read_bytes()[:6] == b"ARROW1"
    assert capsys.readouterr().err == "s.xyz: 1 row\ns.ARROW: 1 row\n"
