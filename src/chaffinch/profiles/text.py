"""Texts that can be kept: bounded, and without half characters that no encoding can hold."""

TEXT_CHARACTERS = 998


def bounded(text: str) -> str:
    """The text as it is kept.

    >>> bounded("a" * 2_000) == "a" * 998, bounded("\\ud800")
    (True, '?')
    """
    return text[:TEXT_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
