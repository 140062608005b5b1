"""Whether a text may hold quoted messages or warnings, told for both by one native search."""

from functools import lru_cache

import re2

from chaffinch.message.banner import any_stem
from chaffinch.message.signs import AUTOMATON_BYTES, any_sign


def tells(text: str) -> tuple[bool, bool]:
    """Whether anything may begin a quoted message, and whether any line may be a warning.

    >>> tells("Dear Bob,\\nplease pay."), tells("Yes.\\n> Lunch?"), tells("Caution: external mail")
    ((False, False), (True, False), (False, True))
    """
    found = _expressions().Match(text)
    return (False, False) if found is None else (0 in found, 1 in found)


@lru_cache(maxsize=1)
def _expressions() -> re2.Set:
    """Signs of quoting, and stems of warnings, with room for their automaton."""
    options = re2.Options()
    options.max_mem = AUTOMATON_BYTES
    both = re2.Set.SearchSet(options)
    both.Add(any_sign())
    both.Add(any_stem())
    both.Compile()
    return both
