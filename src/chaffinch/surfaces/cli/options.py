"""Options several commands share, and the settings they add up to."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.engine.settings import Settings, read_settings

_FORMS = {
    "text": "text for people",
    "table": "a table for people",
    "json": "one document of JSON",
    "jsonl": "a line of JSON for each",
}


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


def add_format(parser: argparse.ArgumentParser, first: str, *others: str, of: str = "") -> None:
    """The option that says for whom it is printed; ``first`` where it is left out."""
    meant = " or ".join(_FORMS[one] for one in (first, *others))
    parser.add_argument(
        "--format", choices=(first, *others), default=first,
        help=f"of {of}: {meant}" if of else meant,
    )  # fmt: skip


def chosen_settings(options: argparse.Namespace) -> Settings:
    """The settings file with the options laid over it.

    Raises:
        UsageError: a file is named as the state.
    """
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    state = options.state or settings.state
    if state and Path(state).is_file():
        raise UsageError(f"{state} is no state but a file; name the folder with --state DIR")
    return msgspec.structs.replace(
        settings,
        state=state,
        tenant=options.tenant or settings.tenant,
        rules=(*settings.rules, *options.rules),
        lists=(*settings.lists, *options.lists),
    )


def moment(text: str) -> datetime:
    """A day or a moment; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        hint = (
            f"{text} is neither a day, such as 2026-06-15, nor an instant, such as 2026-06-15T09:30"
        )
        raise argparse.ArgumentTypeError(hint) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def sayable(text: str) -> str:
    """A text that can be kept: what was given in another encoding than UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError(f"{text!a} is not UTF-8") from None
    return text


def jobs(text: str) -> int:
    """A number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes")
    return int(text)
