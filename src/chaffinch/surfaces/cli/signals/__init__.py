"""``chaffinch signals``: what is measured of a message, which rules read it, what mail says."""

from collections.abc import Sequence
from importlib import import_module

from chaffinch.surfaces.cli.parser import BAD_USAGE, Parser

ACTIONS = {
    "list": "every signal with its level, type, unit and meaning",
    "show": "one signal: what it says, when it is unknown, which rules read it",
    "measure": "what signals say on mail: how often they are known, their values, their cost",
}
_FILES = {"list": "listing"}  # a module `list` would hide the type below


def run(arguments: Sequence[str]) -> int:
    """Do what the first argument says with the rest of them."""
    given = list(arguments)
    parser = _parser()
    if not given:
        parser.print_help()
        return BAD_USAGE
    if given[0] not in ACTIONS:
        parser.parse_args(given)  # prints help, or says what is wrong, and leaves
    action = import_module(f"chaffinch.surfaces.cli.signals.{_FILES.get(given[0], given[0])}")
    code = action.run(given[1:])
    assert isinstance(code, int)
    return code


def _parser() -> Parser:
    parser = Parser(prog="chaffinch signals", description="Look into what is measured.")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for name, meaning in ACTIONS.items():
        actions.add_parser(name, help=meaning, add_help=False)
    return parser
