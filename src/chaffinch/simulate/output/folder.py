"""A folder of simulated mail: the messages, the labels, and the tenant file."""

import csv
import shutil
from collections.abc import Iterable
from pathlib import Path

from chaffinch.core.errors import UsageError
from chaffinch.simulate.organisation import Company, tenant_toml
from chaffinch.simulate.output.boxes import PLACES, box_in
from chaffinch.simulate.output.labels import COLUMNS, label_row
from chaffinch.simulate.simulated import Simulated

MADE_HERE = ".made-by-chaffinch-simulate"
OURS = frozenset({MADE_HERE, "labels.csv", "tenant.toml", *PLACES.values()})


def vacant(folder: Path, read: Iterable[Path] = ()) -> None:
    """Hold that the folder may be filled: it is new, empty, or a simulation's.

    Raises:
        UsageError: it is none of these, or holds what is to be ``read``, or lies within that.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder")
    home = folder.resolve()
    for path in read:
        if path.resolve().is_relative_to(home):
            raise UsageError(f"{path} lies in {folder}, which is to be filled; name another folder")
        if home.is_relative_to(path.resolve()):
            raise UsageError(f"{folder} lies in {path}, which is read; name another folder")
    if folder.exists() and any(folder.iterdir()) and not (folder / MADE_HERE).exists():
        raise UsageError(f"{folder} is not empty and not a simulation's; name another folder")


def begin(folder: Path) -> None:
    """The folder without what an earlier simulation wrote; what else lies in it stays."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in OURS:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    (folder / MADE_HERE).touch()


def write(
    folder: Path,
    messages: Iterable[Simulated],
    company: Company | None = None,
    form: str = "eml",
) -> int:
    """Write the mail in order, ``labels.csv`` and, for a given company, ``tenant.toml``.

    Returns how many messages were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (
        (folder / "labels.csv").open("w", encoding="utf-8", newline="") as opened,
        box_in(folder, form) as box,
    ):
        rows = csv.writer(opened, lineterminator="\n")
        rows.writerow(COLUMNS)
        for count, message in enumerate(messages, 1):  # noqa: B007 - counted for the caller
            rows.writerow(label_row(box.put(message), message))
    if company is not None:
        (folder / "tenant.toml").write_text(tenant_toml(company), encoding="utf-8")
    return count
