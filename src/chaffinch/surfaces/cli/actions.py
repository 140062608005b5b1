"""Commands made of several actions: those of one module, and those in modules of their own."""

import argparse
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType

from chaffinch.surfaces.cli.parser import BAD_USAGE, Parser

Actions = Mapping[str, tuple[str, str]]  # name → the module below the command's, what it does


def run_action(command: str, description: str, actions: Actions, arguments: Sequence[str]) -> int:
    """Do what the first argument says with the rest of them, and return the exit code.

    The module of an action is imported when it is asked for.
    """
    given = list(arguments)
    parser = parser_of(command, description, actions)
    if not given:
        parser.print_help()
        return BAD_USAGE
    if given[0] not in actions:
        parser.parse_args(given)  # prints help, or says what is wrong, and leaves
    code = module_of(command, actions, given[0]).run(given[1:])
    assert isinstance(code, int)
    return code


def parser_of(command: str, description: str, actions: Actions) -> Parser:
    """A parser that knows the actions' names and what they do, and none of their options."""
    parser = Parser(prog=f"chaffinch {command}", description=description)
    listed = parser.add_subparsers(metavar="ACTION", required=True)
    for name, (_, meaning) in actions.items():
        listed.add_parser(name, help=meaning, add_help=False)
    return parser


def module_of(command: str, actions: Actions, name: str) -> ModuleType:
    """The module that does an action."""
    return import_module(f"chaffinch.surfaces.cli.{command}.{actions[name][0]}")


def add_action(
    actions: "argparse._SubParsersAction[Parser]", name: str, meaning: str, more: str = ""
) -> Parser:
    """An action in the module of its command: what it does in a line, and ``more`` in its help."""
    sentence = f"{meaning[0].upper()}{meaning[1:]}."
    return actions.add_parser(name, help=meaning, description=f"{sentence} {more}".strip())
