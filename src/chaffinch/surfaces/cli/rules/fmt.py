"""``chaffinch rules fmt``: rule sources in their one canonical layout."""

import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from chaffinch.core.counted import counted
from chaffinch.core.errors import RuleError
from chaffinch.detectors.formatting import formatted
from chaffinch.detectors.loading import rule_files
from chaffinch.detectors.problem import Problem, of_file, of_source
from chaffinch.detectors.yaml_file import PlacedError, read_yaml
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.rules.folders import existing

WRONG = 1


def run(arguments: Sequence[str]) -> int:
    """Lay sources out; 1 where a file is wrong, or would change and only a look was asked for."""
    options = options_parser().parse_args(arguments)
    changed = wrong = 0
    for path in _files(options.folders):
        try:
            before = path.read_bytes()
        except OSError as error:
            wrong += 1
            said = f"cannot be read: {error.strerror}"
            print(of_file(path, PlacedError("D007", said)), file=sys.stderr)
            continue
        try:
            after = formatted(before)
        except RuleError as error:
            wrong += 1
            print(_problem(path, before, error), file=sys.stderr)
            continue
        if after != before:
            changed += 1
            if options.diff:
                sys.stdout.writelines(_difference(path, before, after))
            elif options.check:
                print(f"{path}: would change")
            else:
                _write(path, after)
                print(path)
    only_looked = options.check or options.diff
    print(
        f"{counted(changed, 'file')} {'would change' if only_looked else 'changed'}",
        file=sys.stderr,
    )
    return WRONG if wrong or (only_looked and changed) else 0


def _files(folders: list[str]) -> Iterator[Path]:
    for folder in existing(folders):
        yield from rule_files(folder)


def _problem(path: Path, data: bytes, error: RuleError) -> Problem:
    """What is wrong with a file: as a whole, or at a place of its source."""
    if isinstance(error, PlacedError):
        return of_file(path, error)
    file = read_yaml(data)
    return of_source(path, error, file, str(file.values["source"]))


def _difference(path: Path, before: bytes, after: bytes) -> Iterator[str]:
    return difflib.unified_diff(_lines(before), _lines(after), str(path), f"{path} (formatted)")


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines(keepends=True)


def _write(path: Path, data: bytes) -> None:
    """Replace the file at once, so that nobody ever reads half of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_bytes(data)
    beside.chmod(path.stat().st_mode)
    beside.replace(path)


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch rules fmt",
        description="Lay the sources of rule files out in one way: comments and everything around "
        "the source stay, and so does the meaning.",
    )
    parser.add_argument("folders", metavar="DIR", nargs="+", help="a folder of rules, or one file")
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--check", action="store_true", help="name the files that would change")
    only.add_argument("--diff", action="store_true", help="show what would change")
    return parser
