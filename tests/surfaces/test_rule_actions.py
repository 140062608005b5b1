"""Running rules on mail, explaining one, and saying what rules lack here."""

import json
from pathlib import Path

import pytest

from chaffinch.message.identity import content_id
from chaffinch.surfaces.cli.main import main

LOUD = """name: The subject is loud
id: 9d2f2f3e-5d57-4a39-9a0e-7a8f0a2f5a10
severity: low
source: |
  type.inbound
  and strings.contains(subject.subject, "LOUD")
"""
MODEL = """name: A model says so
source: |
  type.inbound
  and any(ml.nlu_classifier(body.current_thread.text).intents, .name == "bec")
"""
EITHER = """name: A model or a word
type: dlp
source: |
  strings.contains(subject.subject, "LOUD")
  or any(ml.nlu_classifier(body.current_thread.text).intents, .name == "bec")
"""
QUERY = "name: The links\ntype: query\nsource: map(body.links, .href_url.url)\n"
NEVER = "name: Switched off\nsource: 'false'\n"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    sources = {"loud": LOUD, "model": MODEL, "either": EITHER, "query": QUERY, "never": NEVER}
    for name, text in sources.items():
        (folder / f"{name}.yml").write_text(text)
    return folder


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    folder = tmp_path / "mail"
    folder.mkdir()
    for number, subject in enumerate(("LOUD", "calm")):
        (folder / f"{number}.eml").write_text(
            f"From: a@stone.example\nTo: b@acme.example\nSubject: {subject}\n\nHello\n"
        )
    return folder


def rows(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capfd.readouterr().out.splitlines()]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_each_message_has_the_rules_that_fire_and_those_that_cannot_tell(
    rules: Path, mail: Path, capfd: pytest.CaptureFixture[str], jobs: str
) -> None:
    arguments = ["rules", "run", str(rules), str(mail), "--format", "jsonl", "--jobs", jobs]
    assert main(arguments) == 0
    loud, calm = rows(capfd)
    assert loud["path"] == str(mail / "0.eml")
    assert [one["rule"] for one in loud["fired"]] == ["either", "loud"]  # type: ignore[attr-defined]  # rows are JSON
    assert loud["undecided"] == [{"detector": "model", "missing": ["ml.nlu_classifier"]}]
    assert "fired" not in calm
    assert [one["detector"] for one in calm["undecided"]] == ["either", "model"]  # type: ignore[attr-defined]  # rows are JSON


def test_the_text_form_sums_up(rules: Path, mail: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (rules / "broken.yml").write_text("name: B\nsource: a and\n")
    assert main(["rules", "run", str(rules), str(mail)]) == 0
    said = capfd.readouterr()
    assert "  fires: loud [low] The subject is loud" in said.out
    assert "4 rules, 2 messages, 2 times fired" in said.out
    assert "undecided: nothing here answers ml.nlu_classifier" in said.out
    assert "rule left out: error[M001]" in said.err


def test_rules_come_first_and_mail_after_them(
    rules: Path, mail: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "run", str(mail), str(rules)]) == 2
    assert "no rule files there" in capfd.readouterr().err
    assert main(["rules", "run", str(rules)]) == 2
    assert "name the mail" in capfd.readouterr().err


def test_coverage_says_what_lacks_and_what_can_fire(
    rules: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "coverage", str(rules), "--format", "json"]) == 0
    report = json.loads(capfd.readouterr().out)
    by_path = {one["path"]: one for one in report["rules"]}
    assert {name: one["can_fire"] for name, one in by_path.items()} == {
        "loud.yml": True, "model.yml": False, "either.yml": True, "query.yml": None,
        "never.yml": False,
    }  # fmt: skip
    assert by_path["model.yml"]["functions"] == {"pure": ["any"], "model": ["ml.nlu_classifier"]}
    assert by_path["model.yml"]["lacks"] == ["ml.nlu_classifier"]
    assert report["totals"]["lacks"] == {"ml.nlu_classifier": 2}
    assert (report["totals"]["rules"], report["totals"]["complete"]) == (5, 3)
    assert main(["rules", "coverage", str(rules)]) == 0
    said = capfd.readouterr().out
    assert "model.yml: never fires here; lacks ml.nlu_classifier" in said
    assert "never.yml: never fires here; its source is never true" in said


def test_without_a_state_history_is_lacking(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "r.yml"
    signal = "signals.sender.history.is_first_contact"
    path.write_text(f"name: R\nsource: profile.by_sender().solicited or {signal}\n")
    assert main(["rules", "coverage", str(path), "--format", "json"]) == 0
    (rule,) = json.loads(capfd.readouterr().out)["rules"]
    assert (rule["lacks"], rule["can_fire"]) == (["profile.by_sender", signal], False)
    state = tmp_path / "state"
    state.mkdir()
    assert main(["rules", "coverage", str(path), "--format", "json", "--state", str(state)]) == 0
    assert json.loads(capfd.readouterr().out)["rules"][0]["lacks"] == []


def test_a_rule_is_explained_by_file_name_or_id(
    rules: Path, mail: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    message = str(mail / "1.eml")
    assert main(["rules", "explain", str(rules / "loud.yml"), message]) == 0
    said = capfd.readouterr().out
    assert "loud is false on" in said
    assert '> "calm"   subject.subject' in said
    for what in ("loud", "9d2f2f3e-5d57-4a39-9a0e-7a8f0a2f5a10"):
        arguments = ["rules", "explain", what, message, "--rules", str(rules), "--format", "json"]
        assert main(arguments) == 0
        explained = json.loads(capfd.readouterr().out)
        assert (explained["rule"], explained["fires"]) == ("loud", False)
        assert [one["value"] for one in explained["explanation"]["children"]] == ["true", "false"]


def test_an_undecided_rule_says_what_was_missing(
    rules: Path, mail: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "explain", str(rules / "model.yml"), str(mail / "1.eml")]) == 0
    said = capfd.readouterr().out
    assert "? undecided: nothing here answers ml.nlu_classifier" in said
    assert "> unknown  ml.nlu_classifier(body.current_thread.text)" in said


def test_what_cannot_be_explained_is_bad_usage(
    rules: Path, mail: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    message = str(mail / "1.eml")
    assert main(["rules", "explain", "luod", message, "--rules", str(rules)]) == 2
    assert "did you mean `loud`" in capfd.readouterr().err
    assert main(["rules", "explain", str(rules / "loud.yml"), "nowhere.eml"]) == 2
    assert "no such message" in capfd.readouterr().err
    assert main(["rules", "explain", str(rules), message]) == 2
    assert f"{rules} is a folder; name one rule of it: {rules}/" in capfd.readouterr().err
    (rules / "bad.yml").write_text("name: B\nsource: a and\n")
    assert main(["rules", "explain", str(rules / "bad.yml"), message]) == 2
    assert "error[M001]" in capfd.readouterr().err


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rules_decide_from_a_recording(
    rules: Path, mail: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], jobs: str
) -> None:
    recording = tmp_path / "answers.jsonl"
    calm = content_id((mail / "1.eml").read_bytes())
    recording.write_text(
        '{"function":"ml.nlu_classifier","answer":{"intents":[]}}\n'
        f'{{"message":"{calm}","function":"ml.nlu_classifier",'
        '"answer":{"intents":[{"name":"bec"}]}}\n'
    )
    options = ["--recording", str(recording), "--format", "jsonl", "--jobs", jobs]
    assert main(["rules", "run", str(rules), str(mail), *options]) == 0
    fired = [[one["rule"] for one in row["fired"]] for row in rows(capfd)]  # type: ignore[attr-defined]  # a list of objects
    assert fired == [["either", "loud"], ["either", "model"]]


def test_a_wrong_recording_is_refused_with_its_place(
    rules: Path, mail: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    recording = tmp_path / "answers.jsonl"
    recording.write_text('{"schema":1}\n{"function":"ml.nlu_classifier","answer":{"intent":[]}}\n')
    assert main(["rules", "run", str(rules), str(mail), "--recording", str(recording)]) == 2
    assert "answers.jsonl:2: ml.nlu_classifier: answer" in capfd.readouterr().err
