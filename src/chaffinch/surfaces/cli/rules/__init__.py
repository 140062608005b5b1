"""``chaffinch rules``: check, format, run and explain rule files, and say what they lack here."""

from collections.abc import Sequence
from importlib import import_module

from chaffinch.surfaces.cli.parser import BAD_USAGE, Parser

ACTIONS = {
    "check": "syntax, types, names, patterns, and whether each rule's own examples hold",
    "fmt": "lay sources out in one way, comments kept",
    "run": "which rules fire on which messages, and which could not tell",
    "coverage": "what rules ask that nobody answers here, and whether they can fire",
    "explain": "why a rule is true, false or undecided for a message",
}
_FILES = {"run": "on_mail"}  # a module `run` would hide the function below


def run(arguments: Sequence[str]) -> int:
    """Do what the first argument says with the rest of them."""
    given = list(arguments)
    parser = _parser()
    if not given:
        parser.print_help()
        return BAD_USAGE
    if given[0] not in ACTIONS:
        parser.parse_args(given)  # prints help, or says what is wrong, and leaves
    action = import_module(f"chaffinch.surfaces.cli.rules.{_FILES.get(given[0], given[0])}")
    code = action.run(given[1:])
    assert isinstance(code, int)
    return code


def _parser() -> Parser:
    parser = Parser(prog="chaffinch rules", description="Work on rule files.")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for name, meaning in ACTIONS.items():
        actions.add_parser(name, help=meaning, add_help=False)
    return parser
