"""Characters that only set text off or turn its direction."""

import re

BLANKS = " \t\r\xa0\u3000\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_DIRECTION = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def without_direction(text: str) -> str:
    """The text without the marks that say in which direction it is written.

    >>> without_direction("\\u200f\\u202aAda\\u202c")
    'Ada'
    """
    return text if text.isascii() else _DIRECTION.sub("", text)
