"""``chaffinch replay as-if``: the past decided with what there is today."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from chaffinch.replay.as_if import AsIf, Rehearsal
from chaffinch.replay.as_then import Replayed
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.replay.replaying import Past, add_replay_options, past, report_of


def run(arguments: Sequence[str]) -> int:
    """Replay and print."""
    options = options_parser().parse_args(arguments)
    with past(options) as found:
        report_of(partial(_replayed, found, options.until), options)
    return 0


def _replayed(found: Past, until: int | None, passed: Callable[[], None]) -> Iterator[Replayed]:
    with (
        tempfile.TemporaryDirectory(prefix="chaffinch-") as folder,
        closing(LmdbProfileStore(Path(folder))) as store,
    ):
        rehearsal = Rehearsal(store, found.records.ledger)
        again = AsIf(found.records, rehearsal, found.bundle, found.tenant, found.messages.raw)
        yield from again.replay(found.query, until, passed)


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch replay as-if",
        description="Decide mail on record anew with today's rules, lists, policy and tenant file: "
        "in the order it came, by profiles made anew along the way in a store of their own. Only "
        "what is asked for is decided; all mail of the organisation that came before it is read "
        "and learned first, so that one entry takes as long as its past is. Of a message that is "
        "neither kept nor in a SOURCE the findings on record are weighed with today's policy.",
    )
    add_replay_options(parser)
    return parser
