"""``chaffinch rules check``: whether rule files are usable, and whether their examples hold."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from chaffinch.core.errors import RuleError, UsageError
from chaffinch.detectors.document import read_documents
from chaffinch.detectors.examples import failures
from chaffinch.detectors.rules import Rule, load_rules
from chaffinch.lists.reference import Lists, from_folder, shipped
from chaffinch.mql.grammar import parse
from chaffinch.mql.text import print_source
from chaffinch.surfaces.cli.parser import Parser

WRONG = 1


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How many sources there are, how far they get, and what is wrong, a text each."""

    sources: int
    parsed: int
    typed: int
    roundtrip: int
    examples: int
    errors: tuple[str, ...]


def run(arguments: Sequence[str]) -> int:
    """Check folders of rules; 1 where something is wrong."""
    options = _options().parse_args(arguments)
    lists = shipped()
    for folder in options.lists:
        lists = lists.with_lists(from_folder(Path(folder)))
    wrong = False
    for folder in map(Path, options.folders):
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder of rules")
        report = check(folder, lists)
        _print(folder, report, as_json=options.format == "json")
        wrong = wrong or bool(report.errors)
    return WRONG if wrong else 0


def check(folder: Path, lists: Lists) -> Report:
    """Read every document, load the detection rules, run their examples."""
    documents = [document for document, _ in read_documents(folder) if document is not None]
    loaded = load_rules(folder, str(folder), lists)
    unlike = [one.path for one in documents if not _round_trips(one.source)]
    mistaken = [said for rule in loaded.rules for said in _failures(rule, lists)]
    unparsed = sum(not _parses(one.source) for one in documents)
    return Report(
        sources=sum(1 for _ in read_documents(folder)),
        parsed=len(documents) - unparsed,
        typed=len(loaded.rules),
        roundtrip=len(documents) - len(unlike),
        examples=sum(
            len(rule.document.fires_on) + len(rule.document.quiet_on) for rule in loaded.rules
        ),
        errors=(*loaded.errors, *mistaken),
    )


def _failures(rule: Rule, lists: Lists) -> Iterator[str]:
    try:
        yield from failures(rule, lists)
    except RuleError as error:
        yield error.message


def _parses(source: str) -> bool:
    try:
        parse(source)
    except RuleError:
        return False
    return True


def _round_trips(source: str) -> bool:
    return _parses(source) and parse(print_source(parse(source))) == parse(source)


def _print(folder: Path, report: Report, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
        return
    for error in report.errors:
        print(error)
    print(
        f"{folder}: {report.sources} files, {report.typed} usable rules, "
        f"{report.examples} examples, {len(report.errors)} errors"
    )


def _options() -> argparse.ArgumentParser:
    parser = Parser(
        prog="chaffinch rules",
        description="Check rule files: that they parse, name what exists, and that each matches "
        "its fires_on and none of its quiet_on messages.",
    )
    parser.add_argument("action", choices=("check",))
    parser.add_argument("folders", metavar="DIR", nargs="+")
    parser.add_argument(
        "--lists", metavar="DIR", action="append", default=[],
        help="a folder of reference lists; may be given several times",
    )  # fmt: skip
    parser.add_argument("--format", choices=("text", "json"), default="text")
    return parser
