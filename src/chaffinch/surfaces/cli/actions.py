"""Commands made of several actions, each in a module of its own that is imported when asked for."""

from collections.abc import Mapping, Sequence
from importlib import import_module

from chaffinch.surfaces.cli.parser import BAD_USAGE, Parser


def run_action(
    command: str,
    description: str,
    actions: Mapping[str, tuple[str, str]],
    arguments: Sequence[str],
) -> int:
    """Do what the first argument says with the rest of them, and return the exit code.

    ``actions`` gives for each name the module below the command's package, and what it does.
    """
    given = list(arguments)
    parser = _parser(command, description, actions)
    if not given:
        parser.print_help()
        return BAD_USAGE
    if given[0] not in actions:
        parser.parse_args(given)  # prints help, or says what is wrong, and leaves
    module, _ = actions[given[0]]
    code = import_module(f"chaffinch.surfaces.cli.{command}.{module}").run(given[1:])
    assert isinstance(code, int)
    return code


def _parser(command: str, description: str, actions: Mapping[str, tuple[str, str]]) -> Parser:
    parser = Parser(prog=f"chaffinch {command}", description=description)
    listed = parser.add_subparsers(metavar="ACTION", required=True)
    for name, (_, meaning) in actions.items():
        listed.add_parser(name, help=meaning, add_help=False)
    return parser
