"""``chaffinch rules check``: whether rule files are usable, and whether their examples hold."""

import argparse
import sys
from collections.abc import Iterator, Sequence

import msgspec

from chaffinch.core.counted import counted
from chaffinch.core.errors import RuleError
from chaffinch.detectors.examples import failures
from chaffinch.detectors.installation import installation
from chaffinch.detectors.linting import linter
from chaffinch.detectors.loading import Checked, read_folder, rule_of
from chaffinch.detectors.problem import Problem, of_file
from chaffinch.detectors.yaml_file import PlacedError
from chaffinch.lists.reference import Lists
from chaffinch.mql.grammar import parse
from chaffinch.mql.text import print_source
from chaffinch.surfaces.cli.options import add_format
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.rules.folders import add_folders, chosen_lists, existing

WRONG = 1
UNANSWERED = "L107"
SHOWN = 20  # problems of one file that are printed


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One error or warning as machines read it."""

    path: str
    code: str
    line: int
    column: int
    message: str
    hint: str


class Report(msgspec.Struct, kw_only=True):
    """How many files there are, how far their sources get, and what is wrong."""

    sources: int = 0
    parsed: int = 0
    typed: int = 0
    roundtrip: int = 0
    examples: int = 0
    errors: list[Row] = []
    warnings: list[Row] = []


def run(arguments: Sequence[str]) -> int:
    """Check folders of rules; 1 where something is wrong."""
    options = options_parser().parse_args(arguments)
    lists = chosen_lists(options)
    lint = linter(installation(lists))
    report = Report()
    for folder in existing(options.folders):
        for one in read_folder(folder, lists, lint):
            problems = _counted(one, report, lists)
            if options.format == "text":
                _print([problem for problem in problems if problem.code != UNANSWERED])
    _print_sum(options, report)
    wrong = bool(report.errors) or (options.strict and bool(report.warnings))
    return WRONG if wrong else 0


def _print(problems: Sequence[Problem]) -> None:
    """What is wrong with one file, as far as a person reads on."""
    for problem in problems[:SHOWN]:
        print(f"{problem}\n")
    if len(problems) > SHOWN:
        more = len(problems) - SHOWN
        print(f"{problems[0].path}: and {more} more; --format json has them all\n")


def _counted(one: Checked, report: Report, lists: Lists) -> list[Problem]:
    """Everything wrong with one file, after adding it up."""
    report.sources += 1
    parsed = one.expr is not None
    report.parsed += parsed
    report.typed += one.is_usable
    report.roundtrip += parsed and _round_trips(one)
    problems = list(one.problems)
    if one.is_usable and one.document is not None:
        report.examples += len(one.document.fires_on) + len(one.document.quiet_on)
        problems += _mistaken(one, lists)
    for problem in problems:
        (report.warnings if problem.is_warning else report.errors).append(_row(problem))
    return problems


def _round_trips(one: Checked) -> bool:
    assert one.expr is not None
    return parse(print_source(one.expr)) == one.expr


def _mistaken(one: Checked, lists: Lists) -> Iterator[Problem]:
    """The examples that do not hold."""
    try:
        for said in failures(rule_of(one, ""), lists):
            yield of_file(one.path, PlacedError("D009", said, hint="mend the rule or its example"))
    except RuleError as error:
        yield of_file(one.path, error)


def _row(problem: Problem) -> Row:
    return Row(**{name: getattr(problem, name) for name in Row.__struct_fields__})


def _print_sum(options: argparse.Namespace, report: Report) -> None:
    if options.format == "json":
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
        return
    unanswered = sum(one.code == UNANSWERED for one in report.warnings)
    if unanswered:
        asks = counted(unanswered, "warning is", "warnings are")
        print(f"{asks} of what nobody answers here: chaffinch rules coverage says what")
    sums = (
        counted(report.sources, "file"),
        counted(report.typed, "usable rule"),
        counted(report.examples, "example"),
        counted(len(report.errors), "error"),
        counted(len(report.warnings), "warning"),
    )
    print(f"{', '.join(options.folders)}: {', '.join(sums)}")


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch rules check",
        description="Check rule files: that they parse, name what exists, and that each matches "
        "its fires_on and none of its quiet_on messages. Warnings name what is likely a slip.",
    )
    add_folders(parser)
    add_format(parser, "text", "json")
    parser.add_argument("--strict", action="store_true", help="let warnings fail the check, too")
    return parser
