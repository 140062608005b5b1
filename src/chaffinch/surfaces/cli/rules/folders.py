"""What every action on rule files is given: folders of rules and of lists."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from chaffinch.core.errors import UsageError
from chaffinch.lists.reference import Lists, from_folder, shipped


def add_folders(parser: argparse.ArgumentParser) -> None:
    """The options that say which rules and which lists."""
    parser.add_argument("folders", metavar="DIR", nargs="+", help="a folder of rules, or one file")
    parser.add_argument(
        "--lists", metavar="DIR", action="append", default=[],
        help="a folder of reference lists; may be given several times",
    )  # fmt: skip


def chosen_lists(options: argparse.Namespace) -> Lists:
    """Our lists with those of the folders given laid over them."""
    lists = shipped()
    for folder in options.lists:
        lists = lists.with_lists(from_folder(Path(folder)))
    return lists


def existing(folders: Iterable[str]) -> Iterator[Path]:
    """The folders and files given.

    Raises:
        UsageError: one is not there.
    """
    for folder in map(Path, folders):
        if not folder.exists():
            raise UsageError(f"{folder}: no such folder of rules")
        yield folder
