"""Lists from folders: a feed's manifest layout, plain files, and what is wrong with them."""

import csv
import json
from pathlib import Path

import pytest

from chaffinch.core.errors import SettingsError
from chaffinch.lists.reference import from_folder, shipped

MANIFEST = {
    "lists": [
        {"identifier": "free_email_providers", "file": "free.txt", "format": "hostname"},
        {
            "identifier": "ranked",
            "file": "ranked.csv",
            "headers": ["rank", "entry"],
            "format": "hostname",
        },
        {"identifier": "elsewhere", "file": "absent.csv", "headers": ["entry"]},
        {"identifier": "escape", "file": "../secret.txt", "headers": ["entry"]},
        {"identifier": "words", "file": "words.txt", "headers": ["entry"]},
    ]
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    (tmp_path / "free.txt").write_text("Mail.Example\n# a comment\n\nother.example\n")
    (tmp_path / "ranked.csv").write_text("1,top.example\n2,Next.example\n3\n")
    (tmp_path / "words.txt").write_text("Keep Case\n")
    (tmp_path.parent / "secret.txt").write_text("no\n")
    return tmp_path


def test_a_manifest_names_lists_columns_and_formats(folder: Path) -> None:
    lists = shipped().with_lists(from_folder(folder))
    assert lists.get("free_email_providers") == frozenset({"mail.example", "other.example"})
    assert lists.get("ranked") == frozenset({"top.example", "next.example"})
    assert lists.get("words") == frozenset({"Keep Case"})
    assert lists.get("elsewhere") is None
    assert lists.get("escape") is None
    assert lists.versions["words"].endswith("words.txt")
    assert lists.versions["url_shorteners"] == "chaffinch"


def test_a_folder_without_manifest_gives_its_text_files(tmp_path: Path) -> None:
    (tmp_path / "vendors.txt").write_text("a.example\n")
    assert [one.name for one in from_folder(tmp_path)] == ["vendors"]


def test_a_list_that_is_no_table_is_named(folder: Path) -> None:
    wide = "a" * (csv.field_size_limit() + 1)
    for path in folder.glob("*.csv"):
        path.write_text(f"entry\n{wide}\n")
    with pytest.raises(SettingsError, match="its lists cannot be read"):
        from_folder(folder)


def test_a_broken_manifest_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(SettingsError, match=r"manifest\.json"):
        from_folder(tmp_path)
    with pytest.raises(SettingsError, match="no such folder"):
        from_folder(tmp_path / "absent")


def test_our_lists_are_lower_case() -> None:
    for name, one in shipped().by_name.items():
        assert one.entries, name
        assert all(entry == entry.lower() for entry in one.entries), name
