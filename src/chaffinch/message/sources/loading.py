"""Fetching the message a locator points at."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.sources import emlx, mbox, pipe
from chaffinch.message.sources.found import Form, Found, Locator
from chaffinch.message.sources.layers import open_layer, read_start
from chaffinch.message.sources.locating import locate
from chaffinch.message.sources.outlook import rebuild
from chaffinch.message.sources.trouble import READ_ERRORS, sentence


def find(
    paths: Sequence[Path | str],
    limits: Limits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
) -> Iterator[Found]:
    """Every raw message of every path, one at a time; never raises for what it reads."""
    files: set[str] = set()
    try:
        for locator in locate(paths, limits, stdin):
            if pipe.is_kept(locator.file):
                files.add(locator.file)
            yield load(locator, limits)
    finally:
        for file in files:
            pipe.release(file)


def load(locator: Locator, limits: Limits = DEFAULT_LIMITS) -> Found:
    """The message at a locator, from whichever process; what cannot be read is an error."""
    if locator.error is not None:
        return Found(path=locator.path, error=locator.error)
    try:
        found = _LOADERS[locator.form](locator, limits)
    except READ_ERRORS as error:
        return Found(path=locator.path, error=sentence(error))
    if not found.raw:
        return Found(path=locator.path, error="an empty message")
    return found


def _plain(locator: Locator, limits: Limits) -> Found:
    raw, total = read_start(locator.file, locator.steps, limits.message_bytes, limits)
    cut = _truncated_from(raw, total)
    if locator.form is Form.MBOX:
        raw = mbox.unquote(raw)
    return Found(path=locator.path, raw=raw, mbox_date=locator.mbox_date, truncated_from=cut)


def _truncated_from(raw: bytes, total: int) -> int | None:
    return total if total > len(raw) else None


def _emlx(locator: Locator, limits: Limits) -> Found:
    section = open_layer(locator.file, locator.steps, limits).section
    envelope = emlx.envelope(section)
    raw = section.read_at(envelope.offset, min(envelope.length, limits.message_bytes))
    return Found(
        path=locator.path,
        raw=raw,
        received_at=envelope.received_at,
        truncated_from=_truncated_from(raw, envelope.length),
    )


def _outlook(locator: Locator, limits: Limits) -> Found:
    section = open_layer(locator.file, locator.steps, limits).section
    with section.stream() as file:
        rebuilt = rebuild(file, limits)
    return Found(
        path=locator.path,
        raw=rebuilt.raw,
        truncated_from=section.length if rebuilt.is_truncated else None,
    )


_LOADERS: dict[Form, Callable[[Locator, Limits], Found]] = {
    Form.PLAIN: _plain,
    Form.MBOX: _plain,
    Form.EMLX: _emlx,
    Form.OUTLOOK: _outlook,
}
