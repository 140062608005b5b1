"""Regular expressions of generated code, compiled when first asked for."""

from collections.abc import Callable

import re2

from chaffinch.mql.compiler.steps import Run, spend
from chaffinch.mql.functions.patterns import encodable


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    return options


class Pattern:
    """Regular expressions that are alternatives, compiled together when first asked for."""

    __slots__ = ("_folded", "_literals", "_search", "_sources", "_whole", "steps")

    def __init__(
        self, sources: tuple[str, ...], literals: tuple[bytes, ...], *, folded: bool, whole: bool
    ) -> None:
        self._sources = sources
        self._literals = literals
        self._folded = folded
        self._whole = whole
        self._search: Callable[[bytes], bool] | None = None
        self.steps = sum(max(1, len(one) >> 11) for one in sources)

    def __call__(self, run: Run, text: bytes) -> bool:
        """Whether one of them matches a text."""
        if len(text) >= 1024:
            spend(run, self.steps * (len(text) >> 10))
        if self._literals and text.isascii():
            lowered = text.lower()
            for literal in self._literals:
                if literal in lowered:
                    break
            else:
                return False
        if self._search is None:
            self._search = _searcher(self._sources, folded=self._folded, whole=self._whole)
        return self._search(text)


def _searcher(sources: tuple[str, ...], *, folded: bool, whole: bool) -> Callable[[bytes], bool]:
    """What says whether one of the patterns matches; those RE2 refuses never do."""
    flag = "(?i)" if folded else ""
    together = "|".join(f"(?:{flag}{one})" for one in sources)
    try:
        if any("\\Q" in one for one in sources):
            raise re2.error("an open quotation would swallow what follows")
        return _finder(re2.compile(encodable(together).encode(), _options()), whole=whole)
    except re2.error:
        finders = [found for one in sources if (found := _one(flag + one, whole=whole))]
        return lambda text: any(find(text) for find in finders)


def _one(source: str, *, whole: bool) -> Callable[[bytes], bool] | None:
    try:
        return _finder(re2.compile(encodable(source).encode(), _options()), whole=whole)
    except re2.error:
        return None


def _finder(regex: re2._Regexp, *, whole: bool) -> Callable[[bytes], bool]:
    find = regex.fullmatch if whole else regex.search
    return lambda text: find(text) is not None
