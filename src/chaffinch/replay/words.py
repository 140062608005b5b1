"""The word lists of this room: data files of ``kind: word | word`` lines."""

from importlib import resources


def words_of(name: str) -> dict[str, tuple[str, ...]]:
    """The words of a data file by kind, in its order.

    >>> "sent" in words_of("folders.txt")["sent"]
    True
    """
    text = resources.files("chaffinch.replay").joinpath("data", name).read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            kind, _, values = line.partition(":")
            found[kind] = found.get(kind, ()) + tuple(word.strip() for word in values.split(" | "))
    return found
