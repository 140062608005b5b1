"""Reading commits through git, checkouts and bare repositories, whole ones and partial ones."""

import subprocess
from pathlib import Path

import pytest

from chaffinch.core.errors import StoreError
from chaffinch.stores.git import commit_of, files_of, is_checkout


def run_git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=t", "-c", "user.email=t@acme.example"]
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True
    )
    return done.stdout.decode().strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    (folder / "rules" / "deep").mkdir(parents=True)
    run_git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "rules" / "é.yml").write_text("one")
    (folder / "rules" / "deep" / "b.yml").write_bytes(b"two\0\n")
    (folder / "rules" / "link.yml").symlink_to("é.yml")
    run_git(folder, "add", ".")
    run_git(folder, "commit", "--quiet", "-m", "first")
    return folder


def everything(path: Path, commit: str) -> dict[str, bytes | None]:
    return dict(files_of(path, commit, lambda _: True, 1000))


def test_files_are_those_of_the_commit_not_of_the_folder(checkout: Path) -> None:
    first = commit_of(checkout)
    (checkout / "rules" / "é.yml").write_text("changed")
    assert len(first) == 40
    expected = {"rules/deep/b.yml": b"two\0\n", "rules/é.yml": b"one"}
    assert everything(checkout, first) == expected
    run_git(checkout, "commit", "--quiet", "-am", "second")
    assert commit_of(checkout) != first == commit_of(checkout, first[:8])
    assert everything(checkout, first) == expected
    assert everything(checkout, commit_of(checkout))["rules/é.yml"] == b"changed"


def test_a_folder_of_a_checkout_is_read_alone(checkout: Path) -> None:
    assert set(everything(checkout / "rules", commit_of(checkout))) == {"deep/b.yml", "é.yml"}


def test_a_bare_repository_is_read_alike(checkout: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    run_git(tmp_path, "clone", "--quiet", "--bare", str(checkout), str(bare))
    assert is_checkout(bare)
    assert everything(bare, commit_of(bare)) == everything(checkout, commit_of(checkout))


def test_an_object_that_is_not_there_is_none(checkout: Path) -> None:
    commit = commit_of(checkout)
    blob = run_git(checkout, "rev-parse", f"{commit}:rules/deep/b.yml")
    (checkout / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert everything(checkout, commit) == {"rules/deep/b.yml": None, "rules/é.yml": b"one"}


def test_a_damaged_object_is_said(checkout: Path) -> None:
    commit = commit_of(checkout)
    blob = run_git(checkout, "rev-parse", f"{commit}:rules/deep/b.yml")
    place = checkout / ".git" / "objects" / blob[:2] / blob[2:]
    place.chmod(0o600)
    place.write_bytes(b"damaged")
    with pytest.raises(StoreError, match="git"):
        everything(checkout, commit)


def test_files_that_are_too_large_together_are_not_read(checkout: Path) -> None:
    commit = commit_of(checkout)
    sizes = {"rules/deep/b.yml": 5, "rules/é.yml": 3}
    assert len(dict(files_of(checkout, commit, sizes.__contains__, 8))) == 2
    with pytest.raises(StoreError, match="too large"):
        dict(files_of(checkout, commit, sizes.__contains__, 7))


def test_what_a_partial_clone_lacks_is_never_fetched(checkout: Path, tmp_path: Path) -> None:
    run_git(checkout, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial"
    options = ("--quiet", "--bare", "--filter=blob:none", f"file://{checkout}")
    run_git(tmp_path, "clone", *options, str(partial))
    found = everything(partial, commit_of(partial))
    assert found == {"rules/deep/b.yml": None, "rules/é.yml": None}


@pytest.mark.parametrize("revision", ["nowhere", "--help", "-x", "a b", "", "HEAD;ls"])
def test_what_is_no_commit_is_refused(checkout: Path, revision: str) -> None:
    with pytest.raises(StoreError, match="commit"):
        commit_of(checkout, revision)


def test_a_plain_folder_is_no_checkout(tmp_path: Path) -> None:
    assert not is_checkout(tmp_path)
    assert not is_checkout(tmp_path / "gone")


def test_an_environment_that_points_elsewhere_is_not_followed(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert is_checkout(checkout)


def test_without_git_it_says_so(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StoreError, match="program git"):
        commit_of(checkout)
