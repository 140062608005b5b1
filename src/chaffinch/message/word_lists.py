"""The word lists of this room: data files of lines, or of ``kind: word | word`` lines."""

from importlib import resources


def data_lines(name: str) -> tuple[str, ...]:
    """The lines of one of this room's data files that are not empty and not comments."""
    text = resources.files("chaffinch.message").joinpath("data", name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def words_of(name: str) -> dict[str, tuple[str, ...]]:
    """The words of a data file by kind.

    >>> words_of("signing.txt")["closing"][0]
    'best regards'
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in data_lines(name):
        kind, _, values = line.partition(":")
        found[kind] = found.get(kind, ()) + tuple(value.strip() for value in values.split(" | "))
    return found
