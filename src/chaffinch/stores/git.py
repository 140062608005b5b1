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
    path: Path, commit: str, wanted: Callable[[str], bool], most_bytes: int
) -> Iterator[tuple[str, bytes | None]]:
    """The wanted files below a folder as they are in a commit; None: it is not in this clone.

    Raises:
        StoreError: the repository cannot be read, or the files are larger than that together.
    """
    blobs = [one for one in _blobs(path, commit, _prefix(path)) if wanted(one.path)]
    lacking = _lacking(path, commit)
    request = "".join(f"{one.object}\n" for one in blobs if one.object not in lacking).encode()
    sizes = _checked(path, ["cat-file", "--batch-check=%(objectsize)"], request).splitlines()
    if not all(size.isdigit() for size in sizes):
        raise StoreError(f"{path}: the repository is damaged: run `git fsck` there")
    if sum(map(int, sizes)) > most_bytes:
        raise StoreError(f"{path}: its files are too large: more than {most_bytes} bytes together")
    answer = _checked(path, ["cat-file", "--batch"], request)
    at = 0
    for blob in blobs:
        if blob.object in lacking:
            yield blob.path, None
            continue
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split()[2])
        yield blob.path, answer[end + 1 : end + 1 + size]
        at = end + size + 2


def _lacking(path: Path, commit: str) -> set[str]:
    """The objects of a commit that this clone lacks; to ask for one would be to fetch it."""
    arguments = ["rev-list", "--objects", "--missing=print", "--no-walk", commit]
    listed = _checked(path, arguments).split(b"\n")
    return {line[1:].decode() for line in listed if line.startswith(b"?")}


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
            [program, "-c", "protocol.allow=never", "-C", str(path), *arguments],
            input=given,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env={**environment, **_OURS},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StoreError(f"{path}: git {arguments[0]}: {error}") from error
