"""``chaffinch signals show``: one signal, and which rules read it."""

from collections.abc import Iterator, Sequence

import msgspec
from rich.markup import escape

from chaffinch.detectors.rules import Rule
from chaffinch.engine.bundle import load_bundle
from chaffinch.mql.lint.needs import needs
from chaffinch.signals.declare import Signal
from chaffinch.signals.elements import short_name
from chaffinch.signals.names import PREFIX, named
from chaffinch.surfaces.cli.options import add_engine_options, add_format, chosen_settings
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.patience import COMPILING, said_if_long
from chaffinch.surfaces.cli.signals.rows import FORMATS, CatalogueEntry, entry_of, write_line
from chaffinch.surfaces.cli.states import present_state
from chaffinch.surfaces.cli.table import console, printable


class Reader(msgspec.Struct, frozen=True):
    """A rule that reads a signal: its name, what it says, whose it is."""

    rule: str
    title: str
    origin: str


class Shown(CatalogueEntry, frozen=True, kw_only=True):
    """A declaration with where it is, what it is measured from, and the rules that read it."""

    module: str
    inputs: tuple[str, ...]
    rules: tuple[Reader, ...]


def run(arguments: Sequence[str]) -> int:
    """Print one signal."""
    options = options_parser().parse_args(arguments)
    one = named(options.name)
    with said_if_long(COMPILING):
        settings = chosen_settings(options)
        if settings.state is not None:
            present_state(settings, "feeds")
        rules = load_bundle(settings).rules
    shown = _shown(one, rules)
    if options.format == "jsonl":
        write_line(shown)
        return 0
    out = console()
    for line in _lines(shown):
        out.print(escape(printable(line)), soft_wrap=True)
    return 0


def _shown(one: Signal, rules: Sequence[Rule]) -> Shown:
    names = {one.name} | ({f".{short_name(one.name)}"} if one.element is not None else set())
    readers = (
        Reader(rule.name, rule.document.name, rule.origin)
        for rule in rules
        if not names.isdisjoint(needs(rule.expr).signals)
    )
    return Shown(
        **msgspec.structs.asdict(entry_of(one)),
        module=one.function.__module__,
        inputs=tuple(kind.__name__ for kind in one.inputs),
        rules=tuple(readers),
    )


def _lines(shown: Shown) -> Iterator[str]:
    yield shown.name
    yield f"  {shown.description}"
    told = {
        "type": f"{shown.type} ({shown.unit})" if shown.unit else shown.type,
        "unknown": shown.unknown or "never",
        "measured": f"of each {shown.element}, together: {shown.aggregate}" * bool(shown.element),
        "reads": ", ".join(shown.inputs),
        "declared": shown.module,
        "in a rule": f"{PREFIX}{shown.name}",
        "of each": f".{PREFIX}{short_name(shown.name)} inside a loop" * bool(shown.element),
    }
    for word, text in told.items():
        if text:
            yield f"  {word:9}  {text}"
    count = len(shown.rules)
    yield f"{count or 'no'} {'rule reads' if count == 1 else 'rules read'} it"
    for reader in shown.rules:
        yield f"  {reader.rule}: {reader.title} [{reader.origin}]"


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch signals show",
        description="Print what a signal says, when it is unknown, and which rules read it: ours, "
        "those of the state's feeds and of --rules.",
    )
    parser.add_argument("name", metavar="NAME", help="sender.history.is_first_contact, say")
    add_format(parser, *FORMATS)
    add_engine_options(parser)
    return parser
