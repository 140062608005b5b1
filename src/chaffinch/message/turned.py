"""Stretches whose direction is overridden, put into the order in which a reader sees them."""

import re
import unicodedata

OVERRIDE = "\u202e"  # right to left, whatever the letters are
_RUN = re.compile("\u202e([^\u202a-\u202e\u2066-\u2069\n]*+)\u202c?")
_MIRRORED = str.maketrans("()[]{}<>\xab\xbb\u2039\u203a", ")(][}{><\xbb\xab\u203a\u2039")


def in_visual_order(text: str) -> str:
    """The text with what stands between an override and its end turned round, as it is drawn.

    Only runs that hold no other mark of direction are turned; an override that is never ended
    lasts to the end of its line. Marks above letters stay on their letters.

    >>> in_visual_order("be \\u202edik\\u202c to all"), in_visual_order("\\u202e(2 eno)\\u202c")
    ('be kid to all', '(one 2)')
    >>> in_visual_order("plain")
    'plain'
    """
    if OVERRIDE not in text:
        return text
    return _RUN.sub(_turned, text)


def _turned(run: re.Match[str]) -> str:
    """A run as it is drawn from left to right."""
    letters: list[str] = []
    for one in run[1]:
        if letters and unicodedata.combining(one):
            letters[-1] += one
        else:
            letters.append(one)
    return "".join(reversed(letters)).translate(_MIRRORED)
