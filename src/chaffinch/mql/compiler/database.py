"""Hyperscan: many expressions looked for in a text at once."""

from collections.abc import Callable, Sequence

import hyperscan


def compiled_database(
    expressions: Sequence[str], flags: Sequence[int], *, literal: bool = False
) -> hyperscan.Database:
    """A database of expressions, numbered as they come.

    Raises:
        hyperscan.error: an expression cannot be read.
    """
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[one.encode("utf-8", "replace") for one in expressions],
        ids=list(range(len(expressions))),
        elements=len(expressions),
        flags=list(flags),
        literal=literal,
    )
    return database


def restored_database(stored: bytes) -> hyperscan.Database:
    """A database from bytes this version made on this kind of processor."""
    database = hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database


def numbers_in(database: hyperscan.Database, text: str) -> list[int]:
    """The numbers of the expressions that a text has."""
    found: list[int] = []
    database.scan(text.encode("utf-8", "replace"), match_event_handler=_note, context=found)
    return found


def spotter(expressions: Sequence[str]) -> Callable[[bytes], list[int]]:
    """What tells of a text in UTF-8 the numbers of the expressions it has, each once.

    Raises:
        ValueError: an expression cannot be read.

    >>> sorted(spotter(["a.c", "d"])(b"abc abc"))
    [0]
    """
    if not expressions:
        return lambda _: []
    flags = hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_UTF8
    try:
        database = compiled_database(expressions, [flags] * len(expressions))
    except hyperscan.error as error:
        raise ValueError(str(error)) from error

    def spot(text: bytes) -> list[int]:
        found: list[int] = []
        database.scan(text, match_event_handler=_note, context=found)
        return found

    return spot


def _note(number: int, _: int, __: int, ___: int, found: object) -> None:
    assert isinstance(found, list)
    found.append(number)
