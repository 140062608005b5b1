"""The argument parser every command uses: what is wrong stands in one line."""

import argparse
from typing import NoReturn

BAD_USAGE = 2
_SWALLOWED = "name it before options that take several values, or after --"


class Parser(argparse.ArgumentParser):
    """A parser that leaves with one line and the code of bad usage."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where to read on."""
        hint = f" ({_SWALLOWED})" if message.endswith("required: PATH") else ""
        self.exit(BAD_USAGE, f"{self.prog}: {message}{hint}; see '{self.prog} --help'\n")
