"""The argument parser every command uses: what is wrong stands in one line."""

import argparse
from collections.abc import Callable
from typing import NoReturn

BAD_USAGE = 2
_SWALLOWED = "name it before options that take several values, or after --"


class Parser(argparse.ArgumentParser):
    """A parser that leaves with one line and the code of bad usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where to read on."""
        hint = f" ({_SWALLOWED})" if message.endswith("required: PATH") else ""
        self.exit(BAD_USAGE, f"{self.prog}: {message}{hint}; see '{self.prog} --help'\n")


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
