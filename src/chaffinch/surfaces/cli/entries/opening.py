"""The ledger that actions on entries open."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from chaffinch.core.errors import UsageError
from chaffinch.decision.entry import Entry
from chaffinch.decision.search import Page, Query, Unread
from chaffinch.engine.assembly import open_archive, open_memory
from chaffinch.engine.memory import Memory
from chaffinch.surfaces.cli.states import recorded_state, state_settings
from chaffinch.surfaces.cli.table import printable

_ARCHIVES = "chaffinch entries archive ARCHIVE --state DIR makes one"


def add_state_options(parser: argparse.ArgumentParser) -> None:
    """The options that say where entries are."""
    parser.add_argument("--state", metavar="DIR", help="the state that holds the ledger")
    parser.add_argument("--settings", metavar="FILE", help="a settings file that names the state")


def add_door_options(parser: argparse.ArgumentParser) -> None:
    """The options that say where entries are, be that an archive."""
    add_state_options(parser)
    parser.add_argument("--archive", metavar="ARCHIVE", help="a folder of archived entries instead")


class Door(NamedTuple):
    """Where entries are found, and where others may lie."""

    search: Callable[[Query, int, str], Page]
    find: Callable[[str], Entry | None]
    elsewhere: Sequence[str] = ()


@contextmanager
def door(options: argparse.Namespace) -> Iterator[Door]:
    """The ledger or the archive that the options name.

    Raises:
        UsageError: they name none, or both, or a folder that is no archive.
    """
    if options.archive is None:
        with opened(options, readonly=True) as memory:
            yield Door(memory.search, memory.find, memory.archives())
        return
    if options.state or options.settings:
        raise UsageError("entries are read from a state or from an archive: name one of them")
    if not Path(options.archive).is_dir():
        raise UsageError(f"there is no archive {options.archive}; {_ARCHIVES}")
    with closing(open_archive(options.archive)) as archive:
        first = archive.search(Query(), 1)
        if not first.entries and not first.unread:
            raise UsageError(f"{options.archive} holds no archived entries; {_ARCHIVES}")
        yield Door(archive.search, archive.find)


@contextmanager
def opened(options: argparse.Namespace, *, readonly: bool) -> Iterator[Memory]:
    """The memory of the state the options name.

    Raises:
        UsageError: they name none, or one where nothing was recorded.
        StoreError: it cannot be opened.
    """
    settings = state_settings(options)
    state = recorded_state(settings, "entries")
    with closing(open_memory(state, settings, readonly=readonly)) as memory:
        yield memory


def say_unread(unread: Sequence[Unread]) -> None:
    """Name on standard error what was passed over."""
    for one in unread:
        told = f"passed over {one.id}: {one.why}"
        print(f"chaffinch: {printable(told)}", file=sys.stderr)
