"""The command that says what messages truly are."""

from pathlib import Path

import msgspec
import pytest

from chaffinch.engine.assembly import Engine
from chaffinch.surfaces.cli.main import main

LETTER = b"From: eve@far.example\nTo: ann@acme.example\nSubject: a bill\n\nPay.\n"


@pytest.fixture
def entry(tmp_path: Path) -> str:
    with Engine.open(tmp_path / "state") as engine:
        return engine.decide(LETTER).id


def labels(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str
) -> list[dict[str, object]]:
    capsys.readouterr()
    given = ["label", "list", "--format", "jsonl", "--state", str(tmp_path / "state"), *more]
    assert main(given) == 0
    return [msgspec.json.decode(line) for line in capsys.readouterr().out.splitlines()]


def test_a_label_is_added_listed_and_taken_back(
    tmp_path: Path, entry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    state = ["--state", str(tmp_path / "state")]
    assert main(["label", "add", entry[:8], "spam", *state, "--reason", "seen before"]) == 0
    (one,) = labels(tmp_path, capsys)
    assert (one["subject"], one["verdict"], one["reason"]) == (entry, "spam", "seen before")
    assert one["source"] == {"name": "analyst", "sensitivity": 0.97, "specificity": 0.99}
    assert main(["label", "retract", str(one["id"]), *state]) == 0
    assert labels(tmp_path, capsys) == []
    assert len(labels(tmp_path, capsys, "--all")) == 1
    assert main(["label", "retract", str(one["id"]), *state]) == 2
    assert main(["label", "list", *state]) == 0


def test_a_campaign_is_labelled_for_a_tenant(
    tmp_path: Path, entry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["label", "add", "t1234", "malicious", "--of", "campaign"]
    state = ["--state", str(tmp_path / "state")]
    assert main([*given, *state]) == 2
    assert "add --tenant" in capsys.readouterr().err
    assert main([*given, *state, "--tenant", "acme"]) == 0
    (one,) = labels(tmp_path, capsys, "--tenant", "acme")
    assert (one["of"], one["subject"]) == ("campaign", "t1234")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["nothing", "spam"], "no entry nothing"),
        (["ENTRY", "spam", "--source", "aunt"], "add --sensitivity and --specificity"),
        (
            ["ENTRY", "spam", "--source", "a", "--sensitivity", "2", "--specificity", "0.5"],
            "between",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    tmp_path: Path, entry: str, given: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [entry if one == "ENTRY" else one for one in given]
    assert main(["label", "add", *words, "--state", str(tmp_path / "state")]) == 2
    assert said in capsys.readouterr().err
    assert main(["label", "list"]) == 2


@pytest.mark.parametrize("option", ["--reason", "--by", "--source", "--tenant"])
def test_what_is_not_utf8_is_bad_usage(
    tmp_path: Path, entry: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a shell of another encoding hands it over."""
    with pytest.raises(SystemExit) as left:
        main(["label", "add", entry, "spam", option, "\udcff", "--state", str(tmp_path / "state")])
    assert left.value.code == 2
    assert r"'\udcff' is not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("of", ["entry", "delivery"])
def test_another_organisations_entry_is_not_labelled(
    tmp_path: Path, entry: str, of: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["label", "add", entry, "spam", "--of", of, "--state", str(tmp_path / "state")]
    assert main([*given, "--tenant", "birch"]) == 2
    assert f"entry {entry} is of assumed, not of birch" in capsys.readouterr().err
    assert labels(tmp_path, capsys, "--all") == []
    assert main([*given, "--tenant", "assumed"]) == 0


def test_labels_in_the_name_of_reports_are_refused(
    tmp_path: Path, entry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else the next ``report resolve`` would retract them."""
    given = ["label", "add", entry, "spam", "--source", "reports", "--sensitivity", "0.9"]
    assert main([*given, "--specificity", "0.9", "--state", str(tmp_path / "state")]) == 2
    assert "made, and retracted, by report resolve" in capsys.readouterr().err
    assert labels(tmp_path, capsys, "--all") == []
