"""Options several commands share, and the settings they add up to."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from chaffinch.engine.settings import Settings, read_settings


def add_engine_options(parser: argparse.ArgumentParser, *, with_rules: bool = True) -> None:
    """The options that say with what messages are decided."""
    parser.add_argument("--tenant", metavar="FILE", help="the organisation's tenant file")
    parser.set_defaults(rules=[])
    if with_rules:
        parser.add_argument(
            "--rules", metavar="DIR", nargs="+", action="extend", default=[],
            help="folders of rules beside our own",
        )  # fmt: skip
    parser.add_argument(
        "--lists", metavar="DIR", nargs="+", action="extend", default=[],
        help="folders of reference lists that replace ours of the same name",
    )  # fmt: skip
    parser.add_argument("--state", metavar="DIR", help="where profiles and the ledger are kept")
    parser.add_argument("--settings", metavar="FILE", help="a settings file; options win over it")


def chosen_settings(options: argparse.Namespace) -> Settings:
    """The settings file with the options laid over it."""
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    return msgspec.structs.replace(
        settings,
        state=options.state or settings.state,
        tenant=options.tenant or settings.tenant,
        rules=(*settings.rules, *options.rules),
        lists=(*settings.lists, *options.lists),
    )


def moment(text: str) -> datetime:
    """A day or a moment; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no time; write it as 2026-06-30") from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def jobs(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes")
    return int(text)
