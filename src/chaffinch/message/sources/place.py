"""A place being looked into for mail, and how much the input around it may still hold."""

import os
from typing import NamedTuple

from chaffinch.core.errors import UnreadableError
from chaffinch.core.limits import Limits
from chaffinch.message.sources.found import Codec, Form, Locator, Step


class Budget:
    """How much one outermost input may still hold, over all its layers."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._members = limits.archive_members_count
        self._bytes = limits.archive_bytes

    def charge(self, size: int, files: int = 1) -> None:
        """Count archived files and bytes; raises UnreadableError when the budget is spent."""
        self._members -= files
        self._bytes -= size
        if self._members < 0:
            count = self._limits.archive_members_count
            raise UnreadableError(f"holds more than {count} files; the rest is not read; split it")
        if self._bytes < 0:
            count = self._limits.archive_bytes
            raise UnreadableError(f"unpacks to more than {count} bytes; the rest is not read")


class Place(NamedTuple):
    """How a place is shown, how it is reached, and how deep in archives it lies."""

    path: str
    file: str
    budget: Budget
    name: str
    steps: tuple[Step, ...] = ()
    depth: int = 0

    def member(self, step: Step, name: str, *, deeper: bool) -> "Place":
        """A file of the archive that lies here."""
        return self._replace(
            path=f"{self.path}!{shown(name)}",
            name=name,
            steps=(*self.steps, step),
            depth=self.depth + deeper,
        )

    def unpacked(self, codec: Codec) -> "Place":
        """What the compressed file that lies here holds."""
        return self._replace(steps=(*self.steps, Step(codec=codec)), depth=self.depth + 1)

    def locator(self, form: Form) -> Locator:
        """The message that lies here."""
        return Locator(path=self.path, file=self.file, steps=self.steps, form=form)

    def error(self, text: str) -> Locator:
        """The reason why nothing is found here."""
        return Locator(path=self.path, file=self.file, error=text)

    @property
    def is_packed(self) -> bool:
        """The bytes here had to be unpacked."""
        return bool(self.steps) and self.steps[-1].codec is not Codec.NONE

    @property
    def is_compressed_whole(self) -> bool:
        """The bytes here were a compressed file of their own, not a file of an archive."""
        return self.is_packed and self.steps[-1].length is None


def shown(path: str) -> str:
    r"""A name fit to be printed: no control characters, no undecodable bytes.

    >>> shown("a\x1b[2Jb\udcff")
    'a\\x1b[2Jb\\xff'
    """
    if path.isprintable():
        return path
    stray = any("\udc80" <= letter <= "\udcff" for letter in path)
    data = os.fsencode(path) if stray else path.encode("utf-8", "backslashreplace")
    text = data.decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
