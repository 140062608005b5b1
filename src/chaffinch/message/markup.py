"""Markup as a tree, whichever parser reads it.

Two parsers can, both as browsers do. turbohtml is used; selectolax stands in where turbohtml is
not installed or refuses a document.
"""

from collections.abc import Callable
from typing import TypeAlias

from chaffinch.message import lexbor, turbo
from chaffinch.message.tangle import untangled
from chaffinch.message.tree import Tree

Parser: TypeAlias = Callable[[str], Tree]

PARSERS: tuple[Parser, ...] = tuple(
    parser.tree_of for parser in (turbo, lexbor) if parser.IS_INSTALLED
)


def tree_of(raw: str, parsers: tuple[Parser, ...] = PARSERS) -> Tree:
    """The document as the first parser reads it that bears it."""
    sound = mended(raw)
    for parser in parsers[:-1]:
        try:
            return parser(sound)
        except (ValueError, MemoryError):
            continue
    return parsers[-1](sound)


def mended(raw: str) -> str:
    """Text that parsers can bear: without halves of surrogate pairs, and not multiplying."""
    if not raw.isascii():
        try:
            raw.encode("utf-16-le")  # the quickest that refuses them
        except UnicodeEncodeError:
            raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return untangled(raw)
