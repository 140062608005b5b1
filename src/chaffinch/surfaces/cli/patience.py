"""A word to whoever sits at a terminal while something takes long."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TextIO

COMPILING = "compiling rules: once for this set and version, up to a minute for a thousand"
_PATIENCE_SECONDS = 2.0


@contextmanager
def said_if_long(
    what: str, *, after_seconds: float = _PATIENCE_SECONDS, stream: TextIO | None = None
) -> Iterator[None]:
    """Say on a terminal what is going on, once it has gone on for some seconds."""
    shown = sys.stderr if stream is None else stream
    if not shown.isatty():
        yield
        return
    timer = Timer(after_seconds, print, [f"chaffinch: {what}"], {"file": shown, "flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
