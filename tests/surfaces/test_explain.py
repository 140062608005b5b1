"""Explaining a file and an entry: one sentence, and parts that sum."""

import json
import mailbox
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from chaffinch import Engine
from chaffinch.detectors.finding import Undecided
from chaffinch.signals.declare import LEVELS, catalogue
from chaffinch.surfaces.cli.lacking import NAMES_SHOWN, lacking
from chaffinch.surfaces.cli.main import main

Letter = Callable[..., bytes]


def shown_sum(text: str) -> tuple[int, int]:
    """The parts' sum and the sum shown."""
    numbers = [int(one) for one in re.findall(r"│\s+([+-]\d+) │", text)]
    return sum(numbers[:-1]), numbers[-1]


def test_a_file_is_explained(
    tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter(subject="[b]Lunch[/b]"))
    assert main(["explain", str(path)]) == 0
    shown = capfd.readouterr().out
    assert "Nothing here looks like an attack; deliver it." in shown
    assert "  Mia Stone <mia@stone.example>: [b]Lunch[/b]\n" in shown
    assert shown_sum(shown)[0] == shown_sum(shown)[1]
    assert "assumed:" in shown


def test_an_entry_is_explained_by_the_start_of_its_id(
    tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    path, state = tmp_path / "letter.eml", tmp_path / "state"
    path.write_bytes(letter())
    assert main(["scan", str(path), "--state", str(state), "--format", "jsonl"]) == 0
    row = json.loads(capfd.readouterr().out)
    assert main(["explain", row["id"][:10], "--state", str(state)]) == 0
    shown = capfd.readouterr().out
    assert row["id"] in shown
    assert shown_sum(shown) == (row["log_odds"], row["log_odds"])


def test_what_is_not_there_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "nothing.eml"]) == 2
    assert "no such file" in capfd.readouterr().err
    state = str(tmp_path / "state")
    assert main(["explain", "0123abcd", "--state", state]) == 2
    assert "holds no state" in capfd.readouterr().err
    assert not (tmp_path / "state").exists()
    Engine.open(state).close()
    assert main(["explain", "0123abcd", "--state", state]) == 2
    assert "neither a file nor an entry" in capfd.readouterr().err
    (tmp_path / "empty.eml").write_bytes(b"")
    assert main(["explain", str(tmp_path / "empty.eml")]) == 2
    assert "empty" in capfd.readouterr().err


Explain = Callable[..., tuple[int, str, str]]


@pytest.fixture
def explain(capfd: pytest.CaptureFixture[str]) -> Explain:
    """Runs ``explain``: exit code, output, errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main(["explain", *map(str, arguments)])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def containers(tmp_path: Path, letter: Letter) -> Path:
    """A folder with an mbox of three, below a folder that is named like an item, and a zip."""
    folder = tmp_path / "odd#1!x"
    folder.mkdir()
    box = mailbox.mbox(folder / "Inbox.mbox")
    for number in range(1, 4):
        box.add(letter(number=number, subject=f"number {number}"))
    box.close()
    with zipfile.ZipFile(folder / "mail.zip", "w") as archive:
        archive.writestr("sub/a.eml", letter(subject="in the archive"))
        archive.writestr("sub/notes.txt", "no mail at all")
        archive.write(folder / "Inbox.mbox", "old#1.mbox")
    return folder


@pytest.mark.parametrize(
    ("item", "subject"),
    [
        ("Inbox.mbox#3", "number 3"),
        ("mail.zip!sub/a.eml", "in the archive"),
        ("mail.zip!old#1.mbox#2", "number 2"),
    ],
)
def test_an_item_is_named_as_a_scan_shows_it(
    explain: Explain,
    containers: Path,
    item: str,
    subject: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["scan", str(containers), "--format", "jsonl"]) == 0
    printed = [json.loads(line)["path"] for line in capfd.readouterr().out.splitlines()]
    assert f"{containers}/{item}" in printed
    code, shown, _ = explain(containers / item)
    assert code == 0
    assert subject in shown
    assert shown.count("\nentry ") == 1


def test_several_messages_want_one_of_them_named(explain: Explain, containers: Path) -> None:
    code, shown, said = explain(containers / "Inbox.mbox")
    assert (code, shown) == (2, "")
    assert f"holds 3 messages; name one, e.g. {containers}/Inbox.mbox#1" in said
    assert "holds 7 messages" in explain(containers)[2]
    code, _, said = explain(containers / "Inbox.mbox#9")
    assert code == 2
    assert "holds no such message; name one, e.g." in said
    code, _, said = explain(containers / "mail.zip!sub/notes.txt")
    assert code == 2
    assert "notes.txt: " in said


def test_a_folder_with_one_message_means_that_message(
    explain: Explain, tmp_path: Path, letter: Letter
) -> None:
    (tmp_path / "only.eml").write_bytes(letter(sender="mia@stone.example"))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    code, shown, _ = explain(tmp_path)
    assert code == 0
    assert "\n  <mia@stone.example>: Lunch\n" in shown, "no space where a name would stand"


def test_a_hostile_subject_cannot_move_the_cursor(
    explain: Explain, tmp_path: Path, letter: Letter
) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter(subject="a \x1b[2J b"))
    assert "\x1b" not in explain(path, "--signals")[1]


def test_signals_are_listed_by_level_with_value_or_what_is_missing(
    explain: Explain, tmp_path: Path, letter: Letter
) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter())
    listed = explain(path, "--signals")[1].partition("\nentry ")[2].splitlines()
    assert [line for line in listed if line in LEVELS] == list(LEVELS)
    lines = dict(line.strip().split(" = ", 1) for line in listed if " = " in line)
    assert set(lines) == set(catalogue())
    assert lines["sender.authentication.is_authenticated"]
    lacking_history = {name for name, said in lines.items() if "no history: scan with" in said}
    assert lacking_history == {name for name, one in catalogue().items() if one.needs_history}
    assert not [said for said in lines.values() if said.startswith("not measured")]


def test_signals_of_a_recorded_entry_are_those_it_was_decided_with(
    explain: Explain, tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    path, state = tmp_path / "letter.eml", tmp_path / "state"
    path.write_bytes(letter())
    assert main(["scan", str(path), "--state", str(state), "--learn", "--format", "jsonl"]) == 0
    row = json.loads(capfd.readouterr().out)
    code, recorded, _ = explain(row["id"], "--state", state, "--signals")
    assert code == 0
    again = explain(path, "--state", state, "--signals")[1].splitlines()
    read = [line for line in recorded.splitlines() if " = " in line and "no rule" not in line]
    assert read
    assert set(read) <= set(again)


def test_undecided_rules_stand_below_what_they_lack() -> None:
    many = [Undecided(detector=f"r{n}", missing=("profiles",)) for n in range(NAMES_SHOWN + 2)]
    odd = Undecided(detector="x", missing=("$vendors", "ml.model", "profiles"))
    assert list(lacking([odd, *many])) == [
        f"? {NAMES_SHOWN + 3} rules undecided, no history: scan with --state DIR --learn",
        f"    x, {', '.join(one.detector for one in many[: NAMES_SHOWN - 1])}, and 3 more",
        "? 1 rule undecided, no list $vendors: --lists DIR",
        "    x",
        "? 1 rule undecided, nothing here answers ml.model",
        "    x",
    ]


TROUBLE = "Your account has been suspended. Please verify it: https://portal.elsewhere.test/start"


def test_what_a_verdict_rests_on_is_told(explain: Explain, tmp_path: Path, letter: Letter) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter(sender="Support <s@stranger.example>", body=TROUBLE))
    code, shown, _ = explain(path, "--counterfactual", "--format", "json")
    assert code == 0
    told = json.loads(shown)
    found, decision = told["counterfactual"], told["decision"]
    assert found["verdict"] == decision["verdict"] == "suspicious"
    assert found["keep"]["verdict"] == "suspicious"
    assert found["flip"]["verdict"] == "benign"
    assert found["flip"]["log_odds"] < decision["log_odds"]
    (fact,) = found["flip"]["facts"]
    assert fact["fact"] in {name for one in decision["findings"] for name in one["signals"]}
    text = explain(path, "--counterfactual")[1]
    assert f"If nobody knew this, it would be benign ({found['flip']['log_odds']:+d}):" in text
    assert f"      {fact['fact']} = {fact['value']}, asked by " in text
    assert f"These {len(found['keep']['facts'])} alone make it suspicious" in text
    assert "not proven" not in text


def test_a_verdict_that_rests_on_nothing_says_so(
    explain: Explain, tmp_path: Path, letter: Letter
) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter())
    assert "No fact makes it benign: nothing was found" in explain(path, "--counterfactual")[1]


def test_an_entry_is_told_as_its_message_is(
    explain: Explain, tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]
) -> None:
    path, state = tmp_path / "letter.eml", tmp_path / "state"
    path.write_bytes(letter(sender="Support <s@stranger.example>", body=TROUBLE))
    assert main(["scan", str(path), "--state", str(state), "--format", "jsonl"]) == 0
    row = json.loads(capfd.readouterr().out)
    asked = ("--state", state, "--counterfactual", "--format", "json")
    code, shown, _ = explain(row["id"], *asked)
    assert code == 0
    told = json.loads(shown)
    assert told["decision"]["id"] == row["id"]
    recorded, whole = (
        one["counterfactual"] for one in (told, json.loads(explain(path, *asked)[1]))
    )
    assert recorded["verdict"] == whole["verdict"] == row["verdict"]
    assert recorded["flip"]["log_odds"] == whole["flip"]["log_odds"]
    assert recorded["flip"]["facts"][0]["fact"] == whole["flip"]["facts"][0]["fact"]
    assert "If nobody knew this" in explain(row["id"], *asked[:3])[1]
    stricter = tmp_path / "settings.toml"
    stricter.write_text("[policy]\nprior = -100\n")
    code, _, said = explain(row["id"], *asked, "--settings", stricter)
    assert (code, "come to another score now" in said) == (2, True)
