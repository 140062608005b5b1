"""A text in lines: where each starts, how deep it is quoted, what it says without quote marks."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

import msgspec

from chaffinch.message.attribution import is_arrowed

LINES_COUNT = 40_000
DEPTH = 20
INDENT = "    "
_QUOTE_MARKS = re.compile(r"(?>(?:[ \t]{0,4}>++){1,200}) ?")  # bounded: each run takes memory
_MARK_REACH = 5


class Lines(msgspec.Struct):
    """The lines of a text; the lists are as long as there are lines."""

    starts: list[int]
    depths: list[int]
    texts: list[str]
    markup_depths: list[int]  # the part of the depth that comes from markup
    reopened: frozenset[int]  # lines before which markup closed a quote and opened another

    def indent(self, first: int) -> None:
        """Takes four spaces from here on as one more level, as Outlook for Mac quotes."""
        for index in range(first, len(self.texts)):
            text = self.texts[index]
            if text.startswith(INDENT) or text.startswith("\t"):
                self.depths[index] += 1
                self.texts[index] = text[1 if text[0] == "\t" else 4 :]

    def is_indented(self, index: int) -> bool:
        """Whether a line begins with four spaces or a tab."""
        return self.texts[index].startswith((INDENT, "\t"))


def lines_of(text: str, quotes: Sequence[tuple[int, int]]) -> Lines:
    """The text in lines, quote marks counted and taken off; ``quotes`` are those of its markup.

    >>> lines_of("Yes\\n>> Lunch?", ()).depths
    [0, 2]
    """
    texts = text.split("\n", LINES_COUNT)
    starts = [0, *accumulate(len(line) + 1 for line in texts[:-1])]
    markup_depths, reopened = _markup_depths(starts, quotes)
    depths = markup_depths.copy()
    if ">" in text:
        _count_marks(texts, depths)
    if "\r" in text:
        texts = [line.rstrip("\r") for line in texts]
    return Lines(starts, depths, texts, markup_depths, reopened)


def _count_marks(texts: list[str], depths: list[int]) -> None:
    """Counts the quote marks before each line, and takes them off."""
    marked = [index for index, line in enumerate(texts) if ">" in line[:_MARK_REACH]]
    for index in marked:
        line = texts[index]
        marks = _QUOTE_MARKS.match(line)
        if marks is None or line.startswith(">From ") or is_arrowed(line):
            continue
        depths[index] = min(depths[index] + marks[0].count(">"), DEPTH)
        texts[index] = line[marks.end() :]


def _markup_depths(
    starts: Sequence[int], quotes: Sequence[tuple[int, int]]
) -> tuple[list[int], frozenset[int]]:
    """How deep markup quotes each line, and the lines before which a quote was closed and reopened.

    >>> _markup_depths([0, 5, 9], [(0, 1), (4, 0), (4, 1), (8, 2)])
    ([1, 1, 2], frozenset({1}))
    """
    depths: list[int] = []
    reopened: set[int] = set()
    depth = lowest = before = 0  # now; the lowest, and the one before, since the last line begun
    for offset, deeper in quotes:
        line = bisect_left(starts, offset)
        if line > len(depths):
            if lowest < min(before, depth):
                reopened.add(len(depths))
            depths += [min(depth, DEPTH)] * (line - len(depths))
            before = lowest = depth
        depth = deeper
        lowest = min(lowest, depth)
    if lowest < min(before, depth):
        reopened.add(len(depths))
    depths += [min(depth, DEPTH)] * (len(starts) - len(depths))
    return depths, frozenset(reopened)


def run_ends(depths: Sequence[int]) -> list[int]:
    """For every line the one after the last that is quoted as deep without a break.

    >>> run_ends([0, 1, 1, 0])
    [1, 3, 3, 4]
    """
    ends = [len(depths)] * len(depths)
    for index in range(len(depths) - 2, -1, -1):
        ends[index] = ends[index + 1] if depths[index] == depths[index + 1] else index + 1
    return ends
