"""The argument parser every command uses: what is wrong stands in one line."""

import argparse
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import NoReturn

BAD_USAGE = 2
_LONGEST = 100  # of a word that is held against those that are known
_CHOICE = re.compile(r"invalid choice: '([^']*)' \(choose from ([^)]*)\)")
_OPTION = re.compile(r"unrecognized arguments: (--[^\s=]*)")
_WORD = re.compile(r"[\w.-]+")
_SWALLOWED = "name it before options that take several values, or after --"


class Parser(argparse.ArgumentParser):
    """A parser that leaves with one line and the code of bad usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where to read on."""
        hint = f" ({_SWALLOWED})" if message.endswith("required: PATH") else self._meant(message)
        self.exit(BAD_USAGE, f"{self.prog}: {message}{hint}; see '{self.prog} --help'\n")

    def _meant(self, message: str) -> str:
        """The known word that what was said is nearly one of."""
        if found := _CHOICE.search(message):
            said, known = found[1], _WORD.findall(found[2])
        elif found := _OPTION.search(message):
            said, known = found[1], sorted({*self._options()})
        else:
            return ""
        near = get_close_matches(said[:_LONGEST], known, n=1)
        return f"; did you mean {near[0]}?" if near else ""

    def _options(self) -> Iterator[str]:
        """The options of this parser, and of its actions."""
        yield from self._option_string_actions
        for one in self._actions:
            if isinstance(one, argparse._SubParsersAction):
                for each in set(one.choices.values()):
                    yield from each._option_string_actions


def whole(least: int) -> Callable[[str], int]:
    """Reads an option's value as a whole number that must not be less.

    >>> whole(1)("12")
    12
    """

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text} is not a whole number from {least} on")
        return int(text)

    return read
