"""The forms mail is written in; each says where a message went, as ``chaffinch scan`` names it."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.simulate.simulated import Simulated

_FROM_LINE = re.compile(rb"^(>*From )", re.MULTILINE)
_ENCODER = msgspec.json.Encoder()
PLACES = {"eml": "mail", "maildir": "Maildir", "mbox": "mail.mbox", "jsonl": "mail.jsonl"}


class Box(AbstractContextManager["Box"], Protocol):
    """Where messages are put, one after the other."""

    def put(self, message: Simulated) -> str:
        """Write the message down and return its path below the output's folder."""


class EmlFolder(Box):
    """One file per message in ``mail/``, numbered in order of arrival."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / PLACES["eml"]
        self._folder.mkdir(parents=True)
        self._count = 0

    def put(self, message: Simulated) -> str:
        """Write the message to a file of its own."""
        self._count += 1
        name = f"{self._count:05d}.eml"
        (self._folder / name).write_bytes(message.raw)
        return f"{self._folder.name}/{name}"

    def __exit__(self, *_: object) -> None:
        """Nothing is open between messages."""


class Maildir(Box):
    """A Maildir whose messages lie in ``new``, named by time of arrival."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / PLACES["maildir"]
        for name in ("cur", "new", "tmp"):
            (self._folder / name).mkdir(parents=True)
        self._count = 0

    def put(self, message: Simulated) -> str:
        """Write the message to ``tmp`` and move it to ``new``, as deliveries do."""
        self._count += 1
        name = f"{int(message.received_at.timestamp())}.M{self._count}.simulated"
        (self._folder / "tmp" / name).write_bytes(message.raw)
        (self._folder / "tmp" / name).rename(self._folder / "new" / name)
        return f"{self._folder.name}/new/{name}"

    def __exit__(self, *_: object) -> None:
        """Nothing is open between messages."""


class Mbox(Box):
    """One mbox file, From_ lines quoted the reversible way."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._count = 0

    def put(self, message: Simulated) -> str:
        """Append the message."""
        self._count += 1
        stamp = message.received_at.strftime("%a %b %e %H:%M:%S %Y")
        lines = message.raw.replace(b"\r\n", b"\n").rstrip(b"\n")
        quoted = _FROM_LINE.sub(rb">\1", lines)
        self._file.write(b"From simulated@sender.invalid %b\n%b\n\n" % (stamp.encode(), quoted))
        return f"{self._name}#{self._count}"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One message as a JSON line: the raw bytes in base64, and the truth about them."""

    schema: int = 1
    message: Simulated


class JsonLines(Box):
    """One JSON object a line."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._count = 0

    def put(self, message: Simulated) -> str:
        """Append the message."""
        self._count += 1
        self._file.write(_ENCODER.encode(Line(message=message)) + b"\n")
        return f"{self._name}#{self._count}"

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()


_IN_A_FOLDER: dict[str, Callable[[Path], Box]] = {
    "eml": EmlFolder,
    "maildir": Maildir,
    "mbox": lambda folder: Mbox((folder / PLACES["mbox"]).open("wb"), PLACES["mbox"]),
    "jsonl": lambda folder: JsonLines((folder / PLACES["jsonl"]).open("wb"), PLACES["jsonl"]),
}
_IN_A_STREAM: dict[str, Callable[[BinaryIO, str], Box]] = {"mbox": Mbox, "jsonl": JsonLines}
FORMS = tuple(_IN_A_FOLDER)


def box_in(folder: Path, form: str) -> Box:
    """A box of the form in the folder, which it may fill as it likes.

    Raises:
        UsageError: there is no such form.
    """
    if form not in _IN_A_FOLDER:
        raise UsageError(f"unknown form {form!r}; known are {', '.join(FORMS)}")
    return _IN_A_FOLDER[form](folder)


def box_on(file: BinaryIO, form: str) -> Box:
    """A box of the form on an open stream.

    Raises:
        UsageError: the form needs a folder.
    """
    if form not in _IN_A_STREAM:
        raise UsageError(f"{form} cannot be written to a pipe; {' and '.join(_IN_A_STREAM)} can")
    return _IN_A_STREAM[form](file, "-")
