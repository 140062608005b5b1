"""Texts that can be kept, bounded and encodable; tables by which ASCII texts are read quickly."""

TEXT_CHARACTERS = 998
LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
NOT_LETTERS = bytes(one for one in range(256) if one not in LETTERS)  # for ``bytes.translate``
BLANKS = bytes(one if one in LETTERS else ord(" ") for one in range(256))


def bounded(text: str) -> str:
    """The text as it is kept.

    >>> bounded("a" * 2_000) == "a" * 998, bounded("\\ud800")
    (True, '?')
    """
    return text[:TEXT_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
