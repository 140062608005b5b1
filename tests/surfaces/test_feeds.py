"""The feeds command, on a folder and on a checkout."""

import json
import shutil
from pathlib import Path

import pytest
from tests.stores.test_git import run_git

from chaffinch.surfaces.cli.main import main

RULE = "name: {0}\nid: {0}\nseverity: low\nsource: type.inbound\n"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    folder = tmp_path / "feed"
    folder.mkdir()
    run_git(folder, "init", "--quiet", "--initial-branch=main")
    for name in ("a", "b", "c"):
        (folder / f"{name}.yml").write_text(RULE.format(name))
    commit(folder)
    return folder


def commit(folder: Path) -> str:
    run_git(folder, "add", ".")
    run_git(folder, "commit", "--quiet", "-m", "change")
    return run_git(folder, "rev-parse", "HEAD")


@pytest.fixture
def said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> "Said":
    return Said(tmp_path / "state", capfd)


class Said:
    """Runs the command with one state."""

    def __init__(self, state: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.state = state
        self.capfd = capfd
        self.err = ""

    def __call__(self, *arguments: str, code: int = 0) -> str:
        assert main(["feeds", *arguments, "--state", str(self.state)]) == code
        out, self.err = self.capfd.readouterr()
        return out


def test_a_checkout_is_followed(feed: Path, said: Said) -> None:
    first = run_git(feed, "rev-parse", "HEAD")
    assert said("add", "theirs", str(feed)) == (
        f"theirs: 3 rules, 0 other documents, 0 left out, 0 lists, commit {first[:12]}\n"
    )
    assert "unchanged" in said("update")
    (feed / "a.yml").write_text(RULE.format("a").replace("low", "high"))
    (feed / "b.yml").unlink()
    (feed / "d.yml").write_text(RULE.format("d"))
    assert "unchanged" in said("update"), "what is not committed is not read"
    second = commit(feed)
    changes = "  + d.yml\n  - b.yml\n  ~ a.yml: severity low → high\n"
    assert said("diff") == f"theirs, commit {second[:12]}\n{changes}"
    told = json.loads(said("diff", "theirs", "--format", "json"))
    assert told["difference"]["added"] == ["d.yml"]
    assert said("update").endswith(changes)
    assert said("diff").endswith("  no rule changes\n")
    (listed,) = json.loads(said("list", "--format", "json"))
    assert (listed["name"], listed["commit"], listed["pin"]) == ("theirs", second, "")


def test_a_pin_holds_a_feed_until_it_is_taken_away(feed: Path, said: Said) -> None:
    first = run_git(feed, "rev-parse", "HEAD")
    (feed / "b.yml").unlink()
    second = commit(feed)
    assert "3 rules" in said("add", "theirs", str(feed), "--pin", first[:10])
    assert "unchanged" in said("update")
    assert "held at" in said("list")
    assert "2 rules" in said("pin", "theirs", "none")
    assert second[:12] in said("list")
    assert "3 rules" in said("pin", "theirs", first)


def test_an_update_that_loses_most_is_refused_and_what_was_there_stays(
    feed: Path, said: Said, tmp_path: Path
) -> None:
    said("add", "theirs", str(feed))
    for name in ("a", "b"):
        (feed / f"{name}.yml").write_text("name: [\n")
    commit(feed)
    said("update", code=1)
    assert "only 1 of 3 documents could still be used" in said.err
    assert "what is in force stays" in said.err
    mail = tmp_path / "a.eml"
    mail.write_text("From: a@stone.example\nTo: b@acme.example\nSubject: x\n\nHi\n")
    assert main(["scan", str(mail), "--state", str(said.state), "--format", "jsonl"]) == 0
    row = json.loads(said.capfd.readouterr().out)
    assert {one["detector"] for one in row["findings"]} >= {"theirs:a", "theirs:b", "theirs:c"}


def test_a_bad_rule_of_a_good_feed_is_named(feed: Path, said: Said) -> None:
    (feed / "bad.yml").write_text("name: B\nsource: sender.emial.email == 'x'\n")
    commit(feed)
    assert "3 rules, 0 other documents, 1 left out" in said("add", "theirs", str(feed))
    assert "did you mean `email`" in said.err


def test_a_plain_folder_is_copied(tmp_path: Path, said: Said) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "a.yml").write_text(RULE.format("a"))
    assert said("add", "plain", str(folder)) == (
        "plain: 1 rule, 0 other documents, 0 left out, 0 lists\n"
    )
    said("pin", "plain", "abc", code=1)
    assert "no git checkout" in said.err
    assert said("remove", "plain") == "plain: removed\n"
    assert said("list") == ""
    assert not (said.state / "feeds" / "copies" / "plain").exists()


def test_rules_use_lists_of_feeds_that_change_together(
    feed: Path, said: Said, tmp_path: Path
) -> None:
    rule = RULE.replace("type.inbound", "sender.email.domain.domain in ${1}")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "vendors.txt").write_text("stone.example\n")
    (feed / "d.yml").write_text(rule.format("d", "vendors"))
    commit(feed)
    assert "3 rules, 0 other documents, 1 left out" in said("add", "theirs", str(feed))
    assert "no list `$vendors`" in said.err
    said("add", "zz", str(tmp_path / "lists"))
    (feed / "e.yml").write_text(rule.format("e", "friends"))
    commit(feed)
    (tmp_path / "lists" / "friends.txt").write_text("stone.example\n")
    assert said("diff", "theirs").endswith("  no rule changes\n"), "friends is not known yet"
    assert "  + e.yml\n" in said("diff")
    assert "5 rules, 0 other documents, 0 left out" in said("update")
    assert said.err == ""


def test_rules_use_lists_of_the_settings(feed: Path, said: Said, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "vendors.txt").write_text("stone.example\n")
    settings = tmp_path / "settings.toml"
    settings.write_text('lists = ["lists"]\n')
    (feed / "d.yml").write_text("name: D\nsource: sender.email.domain.domain in $vendors\n")
    commit(feed)
    assert "4 rules" in said("add", "theirs", str(feed), "--settings", str(settings))


def test_a_feed_that_cannot_be_read_stops_no_other(feed: Path, said: Said, tmp_path: Path) -> None:
    shutil.copytree(feed, tmp_path / "a")
    said("add", "a", str(tmp_path / "a"))
    said("add", "theirs", str(feed))
    shutil.rmtree(tmp_path / "a")
    (feed / "d.yml").write_text(RULE.format("d"))
    commit(feed)
    told = f"chaffinch: feed a: {tmp_path / 'a'}: no such folder; what is in force stays\n"
    assert "  + d.yml\n" in said("diff", code=1)
    assert said.err == told
    assert "  + d.yml\n" in said("update", code=1)
    assert said.err == told


def test_a_state_without_feeds_is_said(said: Said) -> None:
    said.state.mkdir()
    for action in ("list", "update", "diff"):
        assert said(action) == ""
        assert said.err == f"chaffinch: no feeds in {said.state}\n"
    assert said("list", "--format", "json") == "[]\n"


def test_a_copy_that_cannot_be_written_is_said(tmp_path: Path, feed: Path, said: Said) -> None:
    said.state.mkdir()
    (said.state / "feeds").write_text("")
    said("list", code=2)
    (said.state / "feeds").unlink()
    (said.state / "feeds").mkdir()
    (said.state / "feeds" / "copies").write_text("")
    said("add", "theirs", str(feed), code=1)
    assert "cannot be written" in said.err


def test_what_cannot_be_added_is_said(tmp_path: Path, feed: Path, said: Said) -> None:
    said("add", "gone", str(tmp_path / "gone"), code=1)
    assert said.err == (
        f"chaffinch: feed gone: {tmp_path / 'gone'}: no such folder; it is not added\n"
    )
    (tmp_path / "empty").mkdir()
    said("add", "empty", str(tmp_path / "empty"), code=1)
    assert "nothing in it can be used" in said.err
    said("add", "Theirs", str(feed), code=2)
    assert "small letters" in said.err
    said("update", "theirs", code=2)
    assert "no feed theirs; known: none" in said.err
    said("add", "theirs", str(feed))
    said("add", "theirs", str(feed), code=2)
    assert "there is a feed theirs" in said.err
    said("add", "other", str(feed), "--pin", "nowhere", code=1)
    assert "no commit nowhere" in said.err
    assert main(["feeds", "list"]) == 2


def test_a_rule_of_a_feed_is_explained_before_any_mail_was_recorded(
    feed: Path, said: Said, tmp_path: Path
) -> None:
    said("add", "theirs", str(feed))
    mail = tmp_path / "a.eml"
    mail.write_text("From: a@stone.example\nTo: b@acme.example\nSubject: x\n\nHi\n")
    assert main(["rules", "explain", "theirs:a", str(mail), "--state", str(said.state)]) == 0
    assert "theirs:a is true: it fires" in said.capfd.readouterr().out
