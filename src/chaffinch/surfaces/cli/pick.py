"""The messages a person means by a path: a file's, or an item as ``scan`` shows it."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from chaffinch.core.errors import UsageError
from chaffinch.core.limits import Limits
from chaffinch.message.sources import Found, Locator, load, locate

STANDARD_INPUT = "-"
_INWARDS = "!#"  # what `archive.zip!letter.eml` and `box.mbox#3` go inside with


def pick(what: str, limits: Limits) -> Found | None:
    """The message at a path or shown as ``what`` by a scan; None where no such file exists.

    Raises:
        UsageError: it cannot be read, or it holds several messages and none is named.
    """
    outer = _file_of(what)
    if outer is None:
        return None
    found = load(_only(what, outer, list(locate([outer], limits))), limits)
    if found.raw is None:
        raise UsageError(f"{found.path}: {found.error}")
    return found


def pick_all(what: str, limits: Limits, standard_input: BinaryIO) -> Iterator[Locator]:
    """Every message at a path, or the one shown as ``what`` by a scan; ``-`` is standard input.

    Raises:
        UsageError: there is no such file, or no such message in it.
    """
    outer = what if what == STANDARD_INPUT else _file_of(what)
    if outer is None:
        raise UsageError(f"{what}: no such file")
    if outer == what:
        yield from locate([what], limits, standard_input)
    else:
        yield _only(what, outer, list(locate([outer], limits)))


def _file_of(what: str) -> str | None:
    """The longest beginning that is a file or folder, cut where an item's name could start."""
    return next((one for one in _beginnings(what) if one and Path(one).exists()), None)


def _beginnings(what: str) -> Iterator[str]:
    yield what
    for at in range(len(what) - 1, 0, -1):
        if what[at] in _INWARDS:
            yield what[:at]


def _only(what: str, outer: str, located: list[Locator]) -> Locator:
    messages = [one for one in located if one.error is None]
    if what != outer:
        named = next((one for one in located if one.path == what), None)
        if named is None:
            raise UsageError(f"{what}: {outer} holds no such message{_for_example(messages)}")
        return named
    if len(messages) > 1:
        raise UsageError(f"{what} holds {len(messages)} messages{_for_example(messages)}")
    return messages[0] if messages else located[0]


def _for_example(messages: list[Locator]) -> str:
    return f"; name one, e.g. {messages[0].path}" if messages else ""
