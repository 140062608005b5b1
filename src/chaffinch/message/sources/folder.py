"""Walking folders and Maildirs in a fixed order, each folder once, however links run."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chaffinch.message.sources.trouble import sentence


class Item(NamedTuple):
    """A regular file below a folder, or why one could not be reached."""

    path: str
    error: str | None = None


def walk(folder: str) -> Iterator[Item]:
    """Every regular file below the folder in sorted order; hidden ones are passed over."""
    seen: dict[tuple[int, int], str] = {}
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            status = Path(path).stat()
            if stat.S_ISDIR(status.st_mode):
                waiting += reversed(_enter(path, status, seen))
            elif stat.S_ISREG(status.st_mode):
                yield Item(path)
            else:
                yield Item(path, "not a regular file")
        except _LinkedTwiceError as error:
            yield Item(path, str(error))
        except OSError as error:
            yield Item(path, sentence(error))


class _LinkedTwiceError(Exception):
    """A folder that was already entered by another way."""


def _enter(path: str, status: os.stat_result, seen: dict[tuple[int, int], str]) -> list[str]:
    key = (status.st_dev, status.st_ino)
    if key in seen:
        first = seen[key]
        above = os.path.join(first, "")  # noqa: PTH118  (keeps the text as the user wrote it)
        if path.startswith(above):
            raise _LinkedTwiceError(f"a loop: it leads back to {first}, which is read once")
        raise _LinkedTwiceError(f"the same folder as {first}, which is read once")
    seen[key] = path
    return _children(path)


def _children(path: str) -> list[str]:
    with os.scandir(path) as entries:
        names = sorted(entry.name for entry in entries)
    is_maildir = "cur" in names and "new" in names
    kept = [name for name in names if _is_read(path, name, is_maildir)]
    return [os.path.join(path, name) for name in kept]  # noqa: PTH118  (as above)


def _is_read(path: str, name: str, is_maildir: bool) -> bool:
    if not is_maildir:
        return not name.startswith(".")
    if name.startswith("."):  # Maildir++ keeps its subfolders under hidden names
        return Path(path, name, "cur").is_dir()
    return name != "tmp" and Path(path, name).is_dir()  # a server's index files are not mail
