"""Markup as a row of events, whichever parser reads it.

Two parsers can, both as browsers do. turbohtml is used; selectolax stands in where turbohtml is
not installed or refuses a document.
"""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from chaffinch.message import lexbor, turbo
from chaffinch.message.listener import Listener
from chaffinch.message.tangle import untangled

Teller: TypeAlias = Callable[[str, Listener], None]
Hearer = TypeVar("Hearer", bound=Listener)

TELLERS: tuple[Teller, ...] = tuple(
    parser.tell for parser in (turbo, lexbor) if parser.IS_INSTALLED
)


def told(raw: str, listener: Callable[[], Hearer], tellers: tuple[Teller, ...] = TELLERS) -> Hearer:
    """A new listener that has been told of the whole document."""
    sound = mended(raw)
    for teller in tellers[:-1]:
        hearer = listener()
        try:
            teller(sound, hearer)
        except (ValueError, MemoryError):
            continue
        return hearer
    hearer = listener()
    tellers[-1](sound, hearer)
    return hearer


def mended(raw: str) -> str:
    """Text that parsers can bear: without halves of surrogate pairs, and not multiplying."""
    if not raw.isascii():
        try:
            raw.encode()
        except UnicodeEncodeError:
            raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return untangled(raw)
