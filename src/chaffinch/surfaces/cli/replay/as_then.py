"""``chaffinch replay as-then``: decisions made again from what they were made of."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from chaffinch.replay.as_then import AsThen, Replayed
from chaffinch.surfaces.cli.parser import Parser
from chaffinch.surfaces.cli.replay.replaying import Past, add_replay_options, past, report_of

DIFFERS = 1


def run(arguments: Sequence[str]) -> int:
    """Replay and print; 1 where what is computed anew is not what is on record."""
    options = options_parser().parse_args(arguments)
    with past(options) as found:
        report = report_of(partial(_replayed, found), options)
    return DIFFERS if report.recomputed_differing else 0


def _replayed(found: Past, passed: Callable[[], None]) -> Iterator[Replayed]:
    again = AsThen(found.bundle, found.tenant)
    for entry in found.entries():
        digests = found.digests(entry.decision.tenant)
        passed()
        yield again.replay(entry, found.messages.raw(entry), digests)


def options_parser() -> Parser:
    """What it can be told."""
    parser = Parser(
        prog="chaffinch replay as-then",
        description="Make decisions on record again from the message, the caller's hints and the "
        "profile rows as read, and hold every part against the entry. Where rules, lists, policy "
        "or the tenant's settings are others now, or the message is not in a SOURCE, the findings "
        "on record are weighed with today's policy instead.",
    )
    add_replay_options(parser)
    return parser
