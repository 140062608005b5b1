"""Lines of TOML made of any text: values come back to the letter, comments stay comments."""

import re
from collections.abc import Iterable

COMMENT_CHARACTERS = 400

_SPACES = re.compile(r"\s+")
_TRIPLE = re.compile(r"'{3,}|\"{3,}")  # what reads lines takes these for the edge of a long text


def text(value: str) -> str:
    r"""A text as a TOML value of one line; what a screen would not show is written as its number.

    Half characters, which no file can hold, become U+FFFD.

    >>> text('a "b"\n\u202e')
    '"a \\"b\\"\\u000A\\u202E"'
    """
    return '"' + "".join(map(_letter, value)).replace("'''", r"\u0027" * 3) + '"'


def texts(values: Iterable[str]) -> str:
    """Several texts as a TOML list of one line.

    >>> texts(["a", "b"])
    '["a", "b"]'
    """
    return f"[{', '.join(map(text, values))}]"


def comment(said: str) -> str:
    r"""A text as a comment of one line, without its number sign.

    >>> comment("one\ntwo\x1b[2J = ]")
    'one two?[2J = ]'
    """
    flat = _SPACES.sub(" ", said).strip()
    shown = "".join(one if one.isprintable() else "?" for one in flat)
    shown = _TRIPLE.sub(lambda found: found[0][0], shown)
    return shown if len(shown) <= COMMENT_CHARACTERS else f"{shown[: COMMENT_CHARACTERS - 1]}…"


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    number = ord(letter)
    if 0xD800 <= number <= 0xDFFF:
        return "\N{REPLACEMENT CHARACTER}"
    return f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"
