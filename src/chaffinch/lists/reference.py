"""Reference lists: ours, a feed's folder (``manifest.json`` layout) or plain text files."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec

from chaffinch.core.errors import SettingsError

Entries = frozenset[str]


class ReferenceList(msgspec.Struct, frozen=True):
    """A named set of strings and where it came from."""

    name: str
    entries: Entries
    origin: str


class Lists(msgspec.Struct, frozen=True, dict=True):
    """All lists of an installation by name; a list that nobody gave is None, never empty.

    What is made of them once may be kept with them, in their dictionary.
    """

    by_name: Mapping[str, ReferenceList]

    def get(self, name: str) -> Entries | None:
        """The entries of a list, or None where it is not known.

        >>> "gmail.com" in shipped().get("free_email_providers")
        True
        >>> shipped().get("no_such_list") is None
        True
        """
        found = self.by_name.get(name)
        return None if found is None else found.entries

    def with_lists(self, lists: Iterable[ReferenceList]) -> "Lists":
        """These lists with others laid over them: the later replaces one of the same name."""
        return Lists({**self.by_name, **{one.name: one for one in lists}})

    @property
    def versions(self) -> dict[str, str]:
        """Name → origin, for the record of a decision."""
        return {name: one.origin for name, one in sorted(self.by_name.items())}


class _Entry(msgspec.Struct, frozen=True):
    identifier: str
    file: str = ""
    headers: tuple[str, ...] = ("entry",)
    format: str = ""


class _Manifest(msgspec.Struct, frozen=True):
    lists: tuple[_Entry, ...] = ()


@cache
def shipped() -> Lists:
    """The small defaults inside the package."""
    folder = resources.files("chaffinch.lists") / "data"
    names = sorted(item.name for item in folder.iterdir() if item.name.endswith(".txt"))
    lists = [
        ReferenceList(
            name.removesuffix(".txt"),
            frozenset(_lines((folder / name).read_text("utf-8"))),
            "chaffinch",
        )
        for name in names
    ]
    return Lists({one.name: one for one in lists})


def from_folder(folder: Path) -> tuple[ReferenceList, ...]:
    """The lists of a folder: as its ``manifest.json`` says, else every ``*.txt`` by its name.

    A manifest may name files that are fetched elsewhere; those that are absent are left out.

    Raises:
        SettingsError: the folder does not exist, or its manifest or a list cannot be read.
    """
    if not folder.is_dir():
        raise SettingsError(f"{folder}: no such folder of lists")
    try:
        return _lists_of(folder)
    except (OSError, csv.Error) as error:
        raise SettingsError(f"{folder}: its lists cannot be read: {error}") from error


def _lists_of(folder: Path) -> tuple[ReferenceList, ...]:
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        texts = (path for path in sorted(folder.glob("*.txt")) if path.is_file())
        return tuple(_text_list(path, path.stem) for path in texts)
    try:
        listed = msgspec.json.decode(manifest.read_bytes(), type=_Manifest).lists
    except msgspec.DecodeError as error:
        raise SettingsError(f"{manifest}: {error}") from error
    return tuple(
        _manifest_list(folder / entry.file, entry)
        for entry in listed
        if entry.file and Path(entry.file).name == entry.file and (folder / entry.file).is_file()
    )


def _lines(text: str) -> Iterator[str]:
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith("#"):
            yield line


def _text_list(path: Path, name: str) -> ReferenceList:
    text = path.read_text("utf-8", errors="replace")
    return ReferenceList(name, frozenset(_lines(text)), str(path))


def _manifest_list(path: Path, entry: _Entry) -> ReferenceList:
    if path.suffix != ".csv":
        found = _text_list(path, entry.identifier)
    else:
        column = entry.headers.index("entry") if "entry" in entry.headers else 0
        with path.open(encoding="utf-8", errors="replace", newline="") as rows:
            entries = frozenset(row[column] for row in csv.reader(rows) if len(row) > column)
        found = ReferenceList(entry.identifier, entries, str(path))
    if entry.format == "hostname":
        lower = frozenset(one.lower() for one in found.entries)
        return ReferenceList(found.name, lower, found.origin)
    return found
