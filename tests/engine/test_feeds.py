"""Feeds: what is in force is a copy, and nothing that happens to the feed changes it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from tests.stores.test_git import run_git

from chaffinch.core.errors import SettingsError, StoreError, UsageError
from chaffinch.core.tenant import RuleChoice, Tenant
from chaffinch.detectors.loading import load_rules
from chaffinch.engine import feed_content
from chaffinch.engine.assembly import Engine
from chaffinch.engine.feed_content import Content, read_content, written
from chaffinch.engine.feed_rules import difference, in_force, load_copy, source_of
from chaffinch.engine.feeds import Feed, Feeds, checked_name
from chaffinch.engine.settings import Settings
from chaffinch.lists.reference import from_folder, shipped

Letter = Callable[..., bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "feed"
    (folder / "pay").mkdir(parents=True)
    (folder / ".github").mkdir()
    (folder / ".github" / "jobs.yml").write_text("on: push\n")
    (folder / "pay" / "a.yml").write_text("name: A\nid: a\nsource: type.inbound\n")
    (folder / "b.yml").write_text("name: B\nid: b\nsource: subject.base in $words\n")
    (folder / "words.txt").write_text("lunch\nLunch\n")
    return folder


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def put(state: Path, folder: Path, name: str = "theirs") -> Feed:
    feeds = Feeds(state)
    feed = Feed(name=name, path=str(folder))
    content = feeds.read(feed)
    feeds.prepared(feed, content)
    put_in = msgspec.structs.replace(feed, digest=content.digest, commit=content.commit)
    feeds.put(put_in)
    return put_in


def test_a_feeds_rules_and_lists_are_in_force_with_their_provenance(
    state: Path, folder: Path, letter: Letter, acme: Tenant
) -> None:
    put(state, folder)
    with Engine.open(state, settings=Settings(own_rules=False), tenant=acme) as engine:
        assert [rule.name for rule in engine.bundle.rules] == ["theirs:b", "theirs:pay/a"]
        found = engine.decide(letter()).findings
        entry = engine.find(engine.decide(letter()).id)
    assert [(one.detector, one.origin, one.path) for one in found] == [
        ("theirs:b", "theirs", "b.yml"),
        ("theirs:pay/a", "theirs", "pay/a.yml"),
    ]
    assert entry is not None
    assert entry.decision.findings == found


def test_settings_choose_among_feeds(state: Path, folder: Path) -> None:
    put(state, folder)
    for wanted, count in ((None, 2), (("theirs",), 2), ((), 0)):
        settings = Settings(own_rules=False, feeds=wanted)
        with Engine.open(state, settings=settings) as engine:
            assert len(engine.bundle.rules) == count
    with Engine.open(state, settings=Settings(feeds=("thiers",))) as engine:
        assert "feed thiers" in "".join(engine.bundle.errors)


def test_a_tenant_can_switch_a_feed_off(
    state: Path, folder: Path, letter: Letter, acme: Tenant
) -> None:
    put(state, folder)
    choice = RuleChoice(feed="theirs", enabled=False)
    tenant = msgspec.structs.replace(acme, rules=(choice,))
    with Engine.open(state, settings=Settings(own_rules=False), tenant=tenant) as engine:
        assert engine.decide(letter()).findings == ()


def test_a_feed_that_is_gone_or_changed_changes_nothing(state: Path, folder: Path) -> None:
    put(state, folder)
    (folder / "b.yml").write_text("name: [\n")
    shutil.rmtree(folder / "pay")
    with Engine.open(state, settings=Settings(own_rules=False)) as engine:
        assert len(engine.bundle.rules) == 2
        shutil.rmtree(folder)
        engine.reload()
        assert len(engine.bundle.rules) == 2


def test_a_copy_that_is_gone_is_said_and_the_others_are_used(state: Path, folder: Path) -> None:
    broken = put(state, folder, "broken")
    shutil.copytree(folder, folder.with_name("other"))
    for path in folder.with_name("other").rglob("*.yml"):
        path.write_text(path.read_text().replace("id: ", "id: x"))
    put(state, folder.with_name("other"), "whole")
    shutil.rmtree(Feeds(state).copy_of(broken))
    found, errors = in_force(Feeds(state), shipped())
    assert [feed.name for feed, _ in found] == ["whole"]
    assert errors == ["feed broken is left out: its copy is gone: run `chaffinch feeds update`"]
    with Engine.open(state, settings=Settings(own_rules=False)) as engine:
        assert len(engine.bundle.rules) == 2
        assert engine.bundle.errors == tuple(errors)


def test_rules_of_a_feed_use_lists_of_other_feeds_and_of_the_settings(
    state: Path, folder: Path, tmp_path: Path
) -> None:
    for name in ("zz_lists", "given"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_text("lunch\n")
    source = "subject.base in $zz_lists and subject.base in $given"
    (folder / "b.yml").write_text(f"name: B\nid: b\nsource: {source}\n")
    put(state, folder)
    put(state, tmp_path / "zz_lists", "zz")
    settings = Settings(own_rules=False, lists=(str(tmp_path / "given"),))
    with Engine.open(state, settings=settings) as engine:
        assert engine.bundle.errors == ()
        assert [rule.name for rule in engine.bundle.rules] == ["theirs:b", "theirs:pay/a"]
    alone = msgspec.structs.replace(settings, feeds=("theirs",))
    with Engine.open(state, settings=alone) as engine:
        assert "no list `$zz_lists`" in "".join(engine.bundle.errors)


def test_two_feeds_with_one_rule_use_it_once(state: Path, folder: Path) -> None:
    put(state, folder, "one")
    put(state, folder, "two")
    with Engine.open(state, settings=Settings(own_rules=False)) as engine:
        assert [rule.origin for rule in engine.bundle.rules] == ["one", "one"]
        assert len(engine.bundle.errors) == 2
        assert "one has a rule of this id, pay/a.yml" in "".join(engine.bundle.errors)


def test_a_reload_that_fails_leaves_what_is_in_force(folder: Path) -> None:
    settings = Settings(rules=(str(folder),), own_rules=False)
    with Engine.open(settings=settings) as engine:
        for path in folder.rglob("*.yml"):
            path.write_text("name: [\n")
        with pytest.raises(UsageError, match="rules in force stay"):
            engine.reload()
        assert len(engine.bundle.rules) == 1
        shutil.rmtree(folder)
        with pytest.raises(SettingsError, match="no such folder"):
            engine.reload()
        assert len(engine.bundle.rules) == 1


def test_a_reload_takes_new_rules_into_use(folder: Path) -> None:
    settings = Settings(rules=(str(folder),), own_rules=False)
    with Engine.open(settings=settings) as engine:
        (folder / "c.yml").write_text("name: C\nsource: type.internal\n")
        engine.reload()
        assert "c" in [rule.name for rule in engine.bundle.rules]


def test_content_is_read_whole_or_not_at_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = read_content(folder)
    assert sorted(content.files) == ["b.yml", "pay/a.yml", "words.txt"]
    read_bytes = Path.read_bytes

    def vanishing(path: Path) -> bytes:
        data = read_bytes(path)
        shutil.rmtree(folder, ignore_errors=True)
        return data

    monkeypatch.setattr(Path, "read_bytes", vanishing)
    with pytest.raises(UsageError, match="cannot be read"):
        Feeds(folder.parent / "state").read(Feed(name="f", path=str(folder)))


def commit_of_one_file(repository: Path, name: bytes) -> None:
    """A commit whose tree has one file of any name, as git itself would never make it."""
    run_git(repository, "init", "--quiet", "--initial-branch=main")
    (repository / "seed").write_text("name: W\nsource: type.inbound\n")
    blob = run_git(repository, "hash-object", "-w", "seed")
    made = subprocess.run(
        ["git", "-C", str(repository), "hash-object", "-t", "tree", "--literally", "-w", "--stdin"],
        input=b"100644 " + name + b"\0" + bytes.fromhex(blob),
        check=True,
        capture_output=True,
    )
    commit = run_git(repository, "commit-tree", "-m", "x", made.stdout.decode().strip())
    run_git(repository, "update-ref", "refs/heads/main", commit)


@pytest.mark.parametrize("name", ["{0}/W.yml", "./W.yml", "a//W.yml", "a\\W.yml", "\n.yml"])
def test_a_tree_with_a_name_that_leads_elsewhere_is_refused(
    tmp_path: Path, state: Path, name: str
) -> None:
    repository = tmp_path / "feed"
    repository.mkdir()
    commit_of_one_file(repository, name.format(tmp_path / "outside").encode())
    with pytest.raises(UsageError, match="no path of a feed"):
        Feeds(state).read(Feed(name="theirs", path=str(repository)))


def test_a_name_that_climbs_is_not_read(tmp_path: Path) -> None:
    commit_of_one_file(tmp_path, b"a/../../W.yml")
    assert read_content(tmp_path).files == {}


@pytest.mark.parametrize("name", ["{0}/W.yml", "../W.yml", "a/../../W.yml", "./W.yml", "a//W.yml"])
def test_a_file_is_never_written_outside_its_copy(tmp_path: Path, state: Path, name: str) -> None:
    with pytest.raises(StoreError, match="no path of a feed"):
        written(Content({name.format(tmp_path / "outside"): b"x"}), state)
    assert not list(tmp_path.rglob("W.yml"))


@pytest.mark.parametrize("name", ["a\0.yml", "\udcff.yml"])
def test_a_name_that_is_no_text_is_never_written(state: Path, name: str) -> None:
    with pytest.raises(StoreError, match="no path of a feed"):
        written(Content({name: b"x"}), state)


def test_only_regular_files_of_a_folder_are_read(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(folder / "pipe.yml")
    os.mkfifo(folder / "pipe.txt")
    (tmp_path / "secret.txt").write_text("secret\n")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "gone.yml").symlink_to(tmp_path / "gone.yml")
    assert sorted(read_content(folder).files) == ["b.yml", "pay/a.yml", "words.txt"]
    rules = load_rules(folder, "theirs", shipped())
    assert [rule.name for rule in rules.rules] == ["pay/a"]
    assert {one.name for one in from_folder(folder)} == {"words", "link"}


def test_a_file_too_large_is_refused_before_it_is_read(folder: Path) -> None:
    with (folder / "words.txt").open("wb") as sparse:
        sparse.truncate(10**12)
    with pytest.raises(StoreError, match="too large"):
        read_content(folder)


def test_files_too_large_together_are_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    total = sum(len(data) for data in read_content(folder).files.values())
    monkeypatch.setattr(feed_content, "_TOTAL_BYTES", total)
    assert len(read_content(folder).files) == 3
    monkeypatch.setattr(feed_content, "_TOTAL_BYTES", total - 1)
    with pytest.raises(StoreError, match="too large"):
        read_content(folder)


def test_a_digest_is_of_names_and_contents() -> None:
    one = Content({"a.yml": b"x", "b.yml": b"y"})
    assert one.digest == Content({"b.yml": b"y", "a.yml": b"x"}).digest
    assert one.digest != Content({"a.yml": b"y", "b.yml": b"x"}).digest


def test_a_difference_names_what_was_added_removed_and_changed(state: Path, folder: Path) -> None:
    feed = put(state, folder)
    before = load_copy(source_of(Feeds(state).copy_of(feed), feed), shipped())
    (folder / "b.yml").unlink()
    (folder / "c.yml").write_text("name: C\nsource: type.internal\n")
    (folder / "pay" / "a.yml").rename(folder / "moved.yml")
    (folder / "moved.yml").write_text("name: A\nid: a\nseverity: high\nsource: type.internal\n")
    found = difference(before, load_copy(source_of(folder, feed), shipped()))
    assert (found.added, found.removed) == (("c.yml",), ("b.yml",))
    (changed,) = found.changed
    assert (changed.path, changed.source, changed.severity) == (
        "moved.yml", True, ("medium", "high")
    )  # fmt: skip
    assert changed.other == ("path",)
    assert difference(before, before).is_empty


@pytest.mark.parametrize("name", ["chaffinch", "A", "-x", "a/b", "", "a" * 65, "..", "ä"])
def test_a_name_that_could_be_mistaken_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="feed's name"):
        checked_name(name)


@pytest.mark.parametrize("name", ["lock", "feeds.json", "feeds.new", "copies", "feeds"])
def test_a_feed_called_like_a_file_of_the_record_harms_nothing(
    state: Path, folder: Path, name: str
) -> None:
    put(state, folder)
    checked_name(name)
    put(state, folder, name)
    feeds = Feeds(state)
    assert {one.name for one in feeds.all()} == {name, "theirs"}
    assert all(feeds.copy_of(one).is_dir() for one in feeds.all())
    feeds.remove(name)
    assert [one.name for one in feeds.all()] == ["theirs"]
    assert in_force(feeds, shipped())[1] == []


def test_a_record_of_a_newer_version_is_refused(state: Path, folder: Path) -> None:
    put(state, folder)
    record = state / "feeds" / "feeds.json"
    record.write_text(record.read_text().replace('"schema": 1', '"schema": 9'))
    with pytest.raises(StoreError, match="schema 9"):
        Feeds(state).all()
    record.write_text("{")
    with pytest.raises(StoreError, match="cannot be read"):
        Engine.open(state)
