"""Folders of mail with a ``labels.csv`` that says what each message truly is."""

import csv
from collections.abc import Iterator, Mapping
from os.path import normpath
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError

LABELS_FILE = "labels.csv"
BENIGN = frozenset({"benign", "ham", "graymail", "legitimate"})
UNWANTED = frozenset({"unwanted", "attack", "malicious", "suspicious", "phishing", "spam", "scam"})
UNKNOWN = frozenset({"unknown", ""})
AXES = ("goal", "vector", "impersonated", "source")
_HARMLESS_ROLES = frozenset({"prelude", "cover"})


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What a message truly is.

    ``axes`` holds the words of the decision's vocabulary that were labelled; ``case`` names what
    belongs together where the labels say so. ``known_at`` is when somebody first said that it is
    benign, in milliseconds, where that is known.
    """

    corpus: str
    path: str
    is_unwanted: bool
    kind: str = ""
    case: str = ""
    axes: Mapping[str, str] = {}
    known_at: int | None = None


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """A labelled folder: what is known of its messages, and how many nobody could label."""

    place: Path
    truths: tuple[Truth, ...]
    skipped_count: int = 0


def read_folder(place: Path, name: str = "") -> Folder:
    """The labels of a folder; its corpus is called as the folder is, or by the name given.

    Messages labelled unknown, and those that only prepare or hide an attack, are left out and
    counted.

    Raises:
        UsageError: no labels, a column missing, a label nobody knows, or a message labelled twice;
            the text names the line.
    """
    path = place / LABELS_FILE
    if not place.is_dir():
        what = f"{place} is no folder" if place.exists() else f"there is no folder {place}"
        raise UsageError(f"{what}; name one with mail and a {LABELS_FILE}")
    if not path.is_file():
        raise UsageError(f"{place} holds no {LABELS_FILE}: a CSV file with columns path and label")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(_rows(path, csv.DictReader(file)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path}: it cannot be read as a CSV file: {error}") from error
    name = name or place.resolve().name
    truths = tuple(_truth(name, row) for row in rows if _counts(row))
    return Folder(place=place, truths=truths, skipped_count=len(rows) - len(truths))


def _rows(path: Path, table: "csv.DictReader[str]") -> Iterator[Mapping[str, str]]:
    missing = {"path", "label"} - set(table.fieldnames or ())
    if missing:
        raise UsageError(f"{path}: line 1: no column `{min(missing)}`")
    known_paths: set[str] = set()
    for row in table:
        number = table.line_num
        told = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
        label = told["label"].lower()
        if label not in BENIGN | UNWANTED | UNKNOWN:
            known = ", ".join(sorted(BENIGN | UNWANTED))
            raise UsageError(f'{path}: line {number}: label "{label}" is none of {known}, unknown')
        place = normpath(told["path"])
        if place in known_paths:
            raise UsageError(f"{path}: line {number}: {told['path']} is labelled a second time")
        known_paths.add(place)
        yield told


def _counts(row: Mapping[str, str]) -> bool:
    return row["label"].lower() not in UNKNOWN and row.get("role", "") not in _HARMLESS_ROLES


def _truth(corpus: str, row: Mapping[str, str]) -> Truth:
    is_unwanted = row["label"].lower() in UNWANTED
    return Truth(
        corpus=corpus,
        path=row["path"],
        is_unwanted=is_unwanted,
        kind=row.get("kind", ""),
        case=row.get("case", "") if is_unwanted else "",
        axes={axis: row[axis] for axis in AXES if row.get(axis)} if is_unwanted else {},
    )
