"""``chaffinch rules coverage``: what rules ask that nobody answers on this installation."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from chaffinch.core.counted import counted
from chaffinch.detectors.coverage import Coverage, Totals, coverage, totals
from chaffinch.detectors.installation import installation
from chaffinch.detectors.loading import read_folder
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.surfaces.cli.options import add_format
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.rules.folders import add_folders, chosen_lists, existing
from chaffinch.surfaces.cli.states import present_state

_NEVER = "never fires here"


class Report(msgspec.Struct, frozen=True):
    """Every usable rule, and the sums."""

    rules: tuple[Coverage, ...]
    totals: Totals


def run(arguments: Sequence[str]) -> int:
    """Print what is lacking, rule by rule and in sum."""
    options = options_parser().parse_args(arguments)
    if options.state is not None:
        present_state(Settings(state=options.state), "profiles")
    lists = chosen_lists(options)
    tenant = read_tenant(Path(options.tenant)) if options.tenant else None
    here = installation(lists, tenant, remembers=options.state is not None)
    covered = tuple(
        coverage(one.document, one.expr, here)
        for folder in existing(options.folders)
        for one in read_folder(folder, lists)
        if one.is_usable and one.document is not None and one.expr is not None
    )
    report = Report(covered, totals(covered))
    if options.format == "json":
        sys.stdout.write(msgspec.json.encode(report).decode() + "\n")
        return 0
    for line in (*_rules(report), *_sums(report.totals)):
        print(line)
    return 0


def _rules(report: Report) -> Iterator[str]:
    """A line for each rule that lacks something."""
    for rule in report.rules:
        if rule.lacks or rule.can_fire is False:
            says = "" if rule.can_fire is not False else f"{_NEVER}; "
            lacks = ", ".join(rule.lacks)
            yield f"{rule.path}: {says}{f'lacks {lacks}' if lacks else 'its source is never true'}"


def _sums(sums: Totals) -> Iterator[str]:
    yield ""
    yield counted(sums.rules, "usable rule")
    yield f"{sums.complete:6} lack nothing here"
    yield f"{sums.can_fire:6} can fire"
    yield f"{sums.cannot_fire:6} cannot fire here"
    yield "rules that ask only functions of these sources"
    for sources, count in sums.answerable.items():
        yield f"{count:6} {sources}"
    if sums.lacks:
        yield "what is lacking, and how many rules ask it"
    for name, count in sums.lacks.items():
        yield f"{count:6} {name}"


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch rules coverage",
        description="Say what each rule asks that nobody answers on this installation, and whether "
        "it can fire all the same.",
    )
    add_folders(parser)
    parser.add_argument(
        "--tenant", metavar="FILE", help="a tenant file; without people their lists are lacking"
    )
    parser.add_argument("--state", metavar="DIR", help="a state; without one there is no history")
    add_format(parser, "text", "json")
    return parser
