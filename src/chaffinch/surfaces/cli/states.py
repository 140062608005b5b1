"""The state a command works on: what names it, and whether it is there."""

import argparse
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.engine.assembly import LEDGER_FILE
from chaffinch.engine.settings import Settings, read_settings


def state_settings(options: argparse.Namespace) -> Settings:
    """The settings file with the named state laid over it."""
    settings = read_settings(Path(options.settings)) if options.settings else Settings()
    return msgspec.structs.replace(settings, state=options.state or settings.state)


def named_state(settings: Settings, what: str) -> Path:
    """The folder of the state that is named, be it there or not.

    Raises:
        UsageError: none is named; ``what`` lies in one.
    """
    if settings.state is None:
        raise UsageError(f"{what} lie in a state: add --state DIR or --settings FILE")
    return Path(settings.state)


def present_state(settings: Settings, what: str) -> Path:
    """The folder of the state that is named and there.

    Raises:
        UsageError: none is named, or there is no such folder.
    """
    state = named_state(settings, what)
    if not state.exists():
        raise UsageError(f"there is no state {state}; check the spelling, or {_makes(state)}")
    if not state.is_dir():
        raise UsageError(f"{state} is no state but a file; name the folder with --state DIR")
    return state


def recorded_state(settings: Settings, what: str) -> Path:
    """The folder of a state that has a ledger, in itself or where the settings say.

    Raises:
        UsageError: none is named, there is no such folder, or nothing was recorded there.
    """
    state = present_state(settings, what)
    if settings.ledger is None and not (state / LEDGER_FILE).is_file():
        raise UsageError(f"{state} holds no ledger: nothing was recorded there; {_makes(state)}")
    return state


def _makes(state: Path) -> str:
    return f"chaffinch scan MAIL --state {state} makes one"
