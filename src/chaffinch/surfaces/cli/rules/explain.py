"""``chaffinch rules explain``: why a rule is true, false or undecided for one message."""

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.loading import Checked, read_rule, rule_files, rule_of
from chaffinch.detectors.rules import Rule
from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.mql.explain import Explanation, explain
from chaffinch.mql.rendering import NOT_READ
from chaffinch.mql.schema import suggestion
from chaffinch.surfaces.cli.lacking import hint
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.pick import pick
from chaffinch.surfaces.cli.scanning import mail_of
from chaffinch.surfaces.cli.table import printable

_LINES = 400
_NAMED = 3  # rules of a folder
_INDENT = "  "


class Explained(msgspec.Struct, frozen=True, kw_only=True):
    """One rule and one message: what the rule says, and why."""

    rule: str
    path: str
    fires: bool
    undecided: tuple[str, ...]
    explanation: Explanation


def run(arguments: Sequence[str]) -> int:
    """Print the tree of the rule with the value of every part that was read."""
    options = options_parser().parse_args(arguments)
    settings = chosen_settings(options)
    tenant = read_tenant(Path(settings.tenant)) if settings.tenant else None
    with Engine.open(settings=settings, tenant=tenant, readonly=True) as engine:
        rule = _rule(options.rule, engine)
        found = pick(options.message, settings.limits)
        if found is None:
            raise UsageError(f"{options.message}: no such message")
        evidence = engine.measure(mail_of(found, None))
        tree = explain(rule.expr, evidence.message, EvidenceCapabilities(evidence))
    explained = Explained(
        rule=rule.name,
        path=found.path,
        fires=tree.value == "true",
        undecided=tree.missing,
        explanation=tree,
    )
    if options.format == "json":
        sys.stdout.write(msgspec.json.encode(explained).decode() + "\n")
    else:
        for line in _lines(explained):
            print(printable(line))
    return 0


def _rule(what: str, engine: Engine) -> Rule:
    """The rule in a file, or the one in force of this name or id."""
    if Path(what).is_dir():
        raise UsageError(f"{what} is a folder; name one rule of it{_examples(Path(what))}")
    if Path(what).is_file():
        one = read_rule(Path(what), Path(what).name, engine.bundle.lists)
        _refuse_broken(one)
        return rule_of(one, what)
    rules = engine.bundle.rules
    for rule in rules:
        if what in (rule.name, rule.document.id):
            return rule
    near = suggestion(what, [rule.name for rule in rules])
    raise UsageError(f"{what}: neither a file nor a rule in force{f'; {near}' if near else ''}")


def _examples(folder: Path) -> str:
    """The first rule files of a folder."""
    paths = list(islice(rule_files(folder), _NAMED + 1))
    if not paths:
        return ": it has none"
    more = ", …" if len(paths) > _NAMED else ""
    return f": {', '.join(map(str, paths[:_NAMED]))}{more}"


def _refuse_broken(one: Checked) -> None:
    if not one.is_usable:
        raise UsageError("\n".join(str(problem) for problem in one.problems))


def _lines(explained: Explained) -> Iterator[str]:
    """The verdict on the rule, then its tree: what does not decide is not opened."""
    outcome = "is true: it fires" if explained.fires else f"is {explained.explanation.value}"
    yield f"{explained.rule} {outcome} on {explained.path}"
    for cause in explained.undecided:
        yield f"? undecided: {hint(cause)}"
    tree = list(_tree(explained.explanation, 0))
    yield from tree[:_LINES]
    if len(tree) > _LINES:
        yield f"… {len(tree) - _LINES} more lines: --format json has them"


def _tree(one: Explanation, depth: int) -> Iterator[str]:
    mark = ">" if one.decides else " "
    where = f"{one.element}: " if one.element else ""
    yield f"{_INDENT * depth}{mark} {one.value:8} {where}{one.source}{_elements(one)}"
    if one.decides and one.value != NOT_READ:
        for child in one.children:
            yield from _tree(child, depth + 1)


def _elements(one: Explanation) -> str:
    """How many elements there were, where fewer are shown."""
    if one.elements is None:
        return ""
    shown = sum(bool(child.element) for child in one.children)
    if one.elements <= shown:
        return ""
    return f"   ({one.elements} elements, the {shown} that say most are shown)"


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch rules explain",
        description="Say why a rule is true, false or undecided for a message: its expression "
        "with the value of every part. A line that begins with > is what the line above it rests "
        "on.",
    )
    parser.add_argument("rule", metavar="RULE", help="a rule file, or a rule in force: name or id")
    parser.add_argument(
        "message", metavar="MESSAGE", help="a message as a scan shows it: letter.eml, box.mbox#3"
    )
    add_format(parser, "text", "json")
    add_engine_options(parser)
    return parser
