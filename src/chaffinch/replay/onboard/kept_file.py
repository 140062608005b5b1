"""Files a robot writes and a person may edit: what a person changed is never overwritten."""

import hashlib
import os
from pathlib import Path

_SEAL = "# Written by a program. While nothing above changes, a new run may replace this file: "


def sealed(text: str) -> str:
    r"""The text with a last line that tells later whether anybody changed it.

    >>> is_untouched(sealed("a = 1\n")), is_untouched(sealed("a = 1\n").replace("1", "2"))
    (True, False)
    """
    return f"{text}\n{_SEAL}{_digest(text)}\n"


def is_untouched(text: str) -> bool:
    """Whether the text is as ``sealed`` made it."""
    body, seal, digest = text.rpartition(f"\n{_SEAL}")
    return bool(seal) and digest == f"{_digest(body)}\n"


def write_kept(path: Path, text: str) -> Path:
    """Write the text, sealed, and say where: beside the file, where a person changed that.

    Beside means the next of ``name.found.toml``, ``name.found-2.toml`` … nobody changed.
    """
    number = 1
    target = path
    while target.exists() and not _is_ours(target):
        ending = ".found" if number == 1 else f".found-{number}"
        target = path.with_name(f"{path.stem}{ending}{path.suffix}")
        number += 1
    replace_file(target, sealed(text))
    return target


def replace_file(path: Path, text: str) -> None:
    """Put the text in the place of the file in one step; only its owner may read it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.touch(mode=0o600)
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _is_ours(path: Path) -> bool:
    try:
        return is_untouched(path.read_text("utf-8"))
    except UnicodeDecodeError:
        return False


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
