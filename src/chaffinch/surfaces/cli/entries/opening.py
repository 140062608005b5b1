"""The ledger that actions on entries open."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from chaffinch.core.errors import UsageError
from chaffinch.decision.search import Unread
from chaffinch.engine.assembly import open_memory
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings, read_settings
from chaffinch.surfaces.cli.table import printable


def add_state_options(parser: argparse.ArgumentParser) -> None:
    """The options that say where entries are."""
    parser.add_argument("--state", metavar="DIR", help="the state that holds the ledger")
    parser.add_argument("--settings", metavar="FILE", help="a settings file that names the state")


@contextmanager
def opened(options: argparse.Namespace, *, readonly: bool) -> Iterator[Memory]:
    """The memory of the state the options name.

    Raises:
        UsageError: they name none.
        StoreError: nothing was recorded there.
    """
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    state = options.state or settings.state
    if state is None:
        raise UsageError("entries lie in a state: add --state DIR or --settings FILE")
    memory = open_memory(state, settings, readonly=readonly)
    try:
        yield memory
    finally:
        memory.close()


def say_unread(unread: Sequence[Unread]) -> None:
    """Name on standard error what was passed over."""
    for one in unread:
        told = f"passed over {one.id}: {one.why}"
        print(f"chaffinch: {printable(told)}", file=sys.stderr)
