"""What a feed holds at one moment: its rule files and its lists, read whole or not at all."""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.detectors.loading import SUFFIXES
from chaffinch.stores.git import commit_of, files_of, is_checkout

_LIST_SUFFIXES = (".txt", ".csv")
_MANIFEST = "manifest.json"
_FILES = 50_000
_FILE_BYTES = 64 * 1024 * 1024
_TOTAL_BYTES = 4 * _FILE_BYTES


class Content(msgspec.Struct, frozen=True):
    """Files by path, the commit they are from, where there is one, and lists that are not there."""

    files: Mapping[str, bytes]
    commit: str = ""
    absent: tuple[str, ...] = ()  # lists that a partial clone lacks

    @property
    def digest(self) -> str:
        """A name made of the content: the same files have the same name."""
        total = hashlib.blake2b(digest_size=12)
        for path in sorted(self.files):
            name = path.encode("utf-8", "surrogateescape")
            total.update(name + b"\0" + hashlib.sha256(self.files[path]).digest())
        return total.hexdigest()


def read_content(path: Path, pin: str = "") -> Content:
    """The rule files and lists of a folder, or of a commit where it is a git checkout.

    Raises:
        OSError: the folder, or a file that was there a moment ago, cannot be read.
        StoreError: no such commit, too many files, or ``pin`` without a checkout.
    """
    if not path.is_dir():
        raise StoreError(f"{path}: no such folder")
    if is_checkout(path):
        commit = commit_of(path, pin or "HEAD")
        return _bounded(files_of(path, commit, is_wanted, _TOTAL_BYTES), path, commit)
    if pin:
        raise StoreError(f"{path} is no git checkout, so it cannot be held at {pin}")
    return _bounded(_folder_files(path), path, "")


def is_wanted(name: str) -> bool:
    """Whether a file of a feed is a rule file, or a list beside the manifest.

    >>> is_wanted("rules/a.yml"), is_wanted("words.txt"), is_wanted(".github/jobs.yml")
    (True, True, False)
    """
    path = PurePosixPath(name)
    if any(part.startswith(".") for part in path.parts):
        return False
    is_top = len(path.parts) == 1
    return path.suffix in SUFFIXES or (
        is_top and (path.suffix in _LIST_SUFFIXES or name == _MANIFEST)
    )


def written(content: Content, folder: Path) -> Path:
    """The content as files in a folder of its own, which is there whole or not at all."""
    place = folder / content.digest
    if place.is_dir():
        return place
    beside = folder / f"new-{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700, parents=True)
    for name, data in content.files.items():
        path = _below(beside, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    beside.rename(place)
    return place


def is_path(name: str) -> bool:
    """Whether a name leads to a file below a folder, wherever that folder is.

    A tree of git may hold any name: one that is absolute, or climbs, would be written elsewhere.

    >>> is_path("rules/a.yml"), is_path("/etc/a.yml"), is_path("../a.yml"), is_path("a//b.yml")
    (True, False, False, False)
    """
    parts = name.split("/")
    return name.isprintable() and "\\" not in name and not {"", ".", ".."} & set(parts)


def _below(folder: Path, name: str) -> Path:
    """The path of a file below a folder.

    Raises:
        StoreError: it would lie elsewhere.
    """
    path = folder / name
    if not is_path(name) or not path.resolve().is_relative_to(folder.resolve()):
        raise StoreError(f"{name!r} is no path of a feed")
    return path


def _folder_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for where, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            path = Path(where) / name
            place = path.relative_to(folder).as_posix()
            if is_wanted(place) and _is_regular(path):
                yield place, path.read_bytes()


def _is_regular(path: Path) -> bool:
    """Whether it is a file that can be read to its end; links are none, as in a checkout.

    Raises:
        StoreError: it is too large to be read.
    """
    about = path.lstat()
    if about.st_size > _FILE_BYTES:
        raise StoreError(f"{path}: too large")
    return stat.S_ISREG(about.st_mode)


def _raise(error: OSError) -> None:
    raise error


def _bounded(found: Iterable[tuple[str, bytes | None]], path: Path, commit: str) -> Content:
    """All files, as long as they are not more, or larger, than a feed has."""
    files: dict[str, bytes] = {}
    absent: list[str] = []
    total = 0
    for name, data in found:
        if not is_path(name):
            raise StoreError(f"{path}: {name!r} is no path of a feed")
        if data is None:
            if PurePosixPath(name).suffix not in _LIST_SUFFIXES:
                raise StoreError(f"{path}: {name} is not in this clone")
            absent.append(name)
            continue
        total += len(data)
        if len(data) > _FILE_BYTES or total > _TOTAL_BYTES or len(files) >= _FILES:
            raise StoreError(f"{path}: {name}: too large, or too many files")
        files[name] = data
    return Content(files, commit, tuple(absent))
