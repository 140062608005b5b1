"""Every parser of the command line, for whoever documents it or holds it against a rule."""

import argparse
from collections.abc import Iterator
from importlib import import_module

from chaffinch.surfaces.cli.actions import module_of, parser_of
from chaffinch.surfaces.cli.main import COMMANDS


def every_parser() -> Iterator[argparse.ArgumentParser]:
    """The parser of each command, and behind it those of its actions.

    >>> [one.prog for one in every_parser()][:3]
    ['chaffinch scan', 'chaffinch explain', 'chaffinch entries']
    """
    for name in COMMANDS:
        command = import_module(f"chaffinch.surfaces.cli.{name}")
        if not hasattr(command, "ACTION_MODULES"):
            yield from _with_actions(command.options_parser())
            continue
        modules = command.ACTION_MODULES
        yield parser_of(name, command.DESCRIPTION, modules)
        for action in modules:
            yield from _with_actions(module_of(name, modules, action).options_parser())


def _with_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for one in parser._actions:
        if isinstance(one, argparse._SubParsersAction):
            yield from one.choices.values()
