"""Files of a commit, read through the ``git`` program: nothing is checked out, nothing fetched."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from chaffinch.core.errors import StoreError

_REVISION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/~^@{}-]{0,199}")
_SECONDS = 120
_FILE_MODES = ("100644", "100755")
_OURS = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


class _Blob(NamedTuple):
    """A file of a commit: its path below the folder asked for, and its object."""

    path: str
    object: str


def is_checkout(path: Path) -> bool:
    """Whether a folder lies in a git checkout, or is a bare repository."""
    return path.is_dir() and _git(path, ["rev-parse", "--git-dir"]).returncode == 0


def commit_of(path: Path, revision: str = "HEAD") -> str:
    """The full id of a commit.

    Raises:
        StoreError: there is no such commit, or git cannot be run.
    """
    if not _REVISION.fullmatch(revision):
        raise StoreError(f"{revision!r} is not a commit")
    done = _git(path, ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"])
    if done.returncode:
        raise StoreError(f"{path}: no commit {revision} there")
    return done.stdout.decode().strip()


def files_of(
    path: Path, commit: str, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, bytes | None]]:
    """The wanted files below a folder as they are in a commit; None: it is not in this clone.

    Raises:
        StoreError: the repository cannot be read.
    """
    prefix = _prefix(path)
    blobs = [one for one in _blobs(path, commit, prefix) if wanted(one.path)]
    request = "".join(f"{one.object}\n" for one in blobs).encode()
    answer = _checked(path, ["cat-file", "--batch"], request)
    at = 0
    for blob in blobs:
        end = answer.index(b"\n", at)
        words = answer[at:end].split()
        at = end + 1
        if words[-1] == b"missing":
            yield blob.path, None
        else:
            size = int(words[2])
            yield blob.path, answer[at : at + size]
            at += size + 1


def _prefix(path: Path) -> str:
    """Where a folder lies in its repository; a bare one has no folders."""
    done = _git(path, ["rev-parse", "--show-prefix"])
    return done.stdout.decode().strip() if done.returncode == 0 else ""


def _blobs(path: Path, commit: str, prefix: str) -> Iterator[_Blob]:
    listed = _checked(path, ["ls-tree", "-r", "-z", "--full-tree", commit])
    for line in listed.split(b"\0"):
        if line:
            about, _, name = line.partition(b"\t")
            mode, _, found = about.decode().split()
            place = name.decode("utf-8", "replace")
            if mode in _FILE_MODES and place.startswith(prefix):
                yield _Blob(place.removeprefix(prefix), found)


def _checked(path: Path, arguments: Sequence[str], given: bytes = b"") -> bytes:
    done = _git(path, arguments, given)
    if done.returncode:
        raise StoreError(f"{path}: git {arguments[0]}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def _git(
    path: Path, arguments: Sequence[str], given: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    program = shutil.which("git")
    if program is None:
        raise StoreError("the program git is needed to read a checkout")
    environment = {name: one for name, one in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments checked above
            [program, "-C", str(path), *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**environment, **_OURS},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreError(f"{path}: git {arguments[0]}: {error}") from error
