"""Cuts a text into what its author wrote now and the earlier messages it quotes, in one pass."""

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from chaffinch.message.attribution import is_arrowed
from chaffinch.message.banner import banners_in, inline_mark
from chaffinch.message.model import Value
from chaffinch.message.preamble import preamble_at
from chaffinch.message.quoting import Preamble

CURRENT = -1
BANNER = -2
PREAMBLE = -3
_LINES_COUNT = 40_000
_DEPTH = 20
_LOOK_AHEAD = 60
_QUOTE_MARKS = re.compile(r"(?>(?:[ \t]{0,4}>)+) ?")


class Quoted(Value):
    """One earlier message: its preamble (None where only quote marks tell) and its text."""

    preamble: Preamble | None
    text: str


class Threads(Value):
    """A text cut up; ``starts`` and ``owners`` say whose each stretch of it is."""

    current: str
    quoted: tuple[Quoted, ...]
    banners: tuple[str, ...]
    starts: tuple[int, ...]
    owners: tuple[int, ...]

    def owner(self, offset: int) -> int:
        """Whose the text at an offset is: CURRENT, BANNER, or the index of a quoted message."""
        index = bisect_right(self.starts, offset) - 1
        return self.owners[index] if index >= 0 else CURRENT


class _Lines(msgspec.Struct):
    """The lines of a text: where each starts, how deep it is quoted, what it says unquoted."""

    starts: list[int]
    depths: list[int]
    texts: list[str]
    is_marked_up: list[bool]  # the depth comes from markup, not from marks in the text


def cut(text: str, quotes: Sequence[tuple[int, int]] = ()) -> Threads:
    """The threads of a text; ``quotes`` are (offset, quote depth from there on) of its markup.

    >>> threads = cut("Fine.\\n\\nOn 5 May 2025 10:12, Ada <ada@acme.example> wrote:\\n> Lunch?\\n")
    >>> threads.current, threads.quoted[0].text, threads.quoted[0].preamble.sender
    ('Fine.', 'Lunch?', 'Ada <ada@acme.example>')
    """
    lines = _lines(text, quotes)
    cutter = _Cutter(lines)
    cutter.run()
    if cutter.is_all_unannounced():
        # a whole message inside a quote nobody announced is a disguise, not a quote
        lines.depths[:] = [0] * len(lines.depths)
        cutter = _Cutter(lines)
        cutter.run()
    return cutter.threads()


def _lines(text: str, quotes: Sequence[tuple[int, int]]) -> _Lines:
    """The text in lines, quote marks counted and taken off."""
    lines = _Lines([], [], [], [])
    start, mark, markup_depth = 0, 0, 0
    parts = text.split("\n", _LINES_COUNT)
    for part in parts:
        while mark < len(quotes) and quotes[mark][0] <= start:
            markup_depth = quotes[mark][1]
            mark += 1
        depth, content = _unquoted(part) if ">" in part[:5] else (0, part)
        lines.starts.append(start)
        lines.depths.append(min(depth + markup_depth, _DEPTH))
        lines.texts.append(content.rstrip("\r"))
        lines.is_marked_up.append(markup_depth > 0)
        start += len(part) + 1
    return lines


def _unquoted(line: str) -> tuple[int, str]:
    """How many quote marks stand before a line, and the line without them."""
    match = _QUOTE_MARKS.match(line)
    if match is None or line.startswith(">From ") or is_arrowed(line):
        return 0, line
    return match[0].count(">"), line[match.end() :]


def _run_ends(depths: Sequence[int]) -> list[int]:
    """For every line the one after the last that is quoted as deep without a break.

    >>> _run_ends([0, 1, 1, 0])
    [1, 3, 3, 4]
    """
    ends = [len(depths)] * len(depths)
    for index in range(len(depths) - 2, -1, -1):
        ends[index] = ends[index + 1] if depths[index] == depths[index + 1] else index + 1
    return ends


class _Cutter:
    """Gives every line an owner."""

    def __init__(self, lines: _Lines) -> None:
        self._lines = lines
        self._run_ends = _run_ends(lines.depths)
        self._owners = [CURRENT] * len(lines.texts)
        self._preambles: list[Preamble | None] = []
        self._open: dict[int, int] = {}  # quote depth → the message lines of that depth belong to
        self._announced_at: int | None = None  # where the header block of a bare separator may be

    def run(self) -> None:
        """Goes through the lines once."""
        index, count = 0, len(self._lines.texts)
        while index < count:
            found = self._preamble(index)
            if found is None:
                self._owners[index] = self._owner(index)
                index += 1
            else:
                self._begin(index, found)
                index += found.lines_count

    def is_all_unannounced(self) -> bool:
        """Whether nothing is left for the author and no quoted message has a preamble."""
        return (
            bool(self._preambles)
            and not any(self._preambles)
            and not any(
                text.strip()
                for text, owner in zip(self._lines.texts, self._owners, strict=True)
                if owner == CURRENT
            )
        )

    def threads(self) -> Threads:
        """The text, sorted by owner."""
        banners = self._set_banners_apart()
        texts: list[list[str]] = [[] for _ in self._preambles]
        current: list[str] = []
        for text, owner in zip(self._lines.texts, self._owners, strict=True):
            if owner == CURRENT:
                current.append(text)
            elif owner >= 0:
                texts[owner].append(text)
        mark = next((inline_mark(line) for line in current if line.strip()), None)
        written = "\n".join(current).strip()
        if mark is not None:
            written = written.replace(mark, "", 1).strip()
            banners = (mark, *banners)
        return Threads(
            current=written,
            quoted=tuple(
                Quoted(preamble=preamble, text="\n".join(lines).strip())
                for preamble, lines in zip(self._preambles, texts, strict=True)
            ),
            banners=banners,
            starts=tuple(self._lines.starts),
            owners=tuple(self._owners),
        )

    def _preamble(self, index: int) -> Preamble | None:
        """The preamble beginning at a line, if one does and its quote is there."""
        line = self._lines.texts[index]
        if not _may_begin(line):
            return None
        stop = min(self._run_ends[index], index + _LOOK_AHEAD)
        found = preamble_at(self._lines.texts[index:stop], 0)
        if found is None or found.is_certain:
            return found
        following = self._next_filled(index + found.lines_count)
        depths = self._lines.depths
        is_quoted = following is not None and depths[following] > depths[index]
        return found if is_quoted else None

    def _begin(self, index: int, found: Preamble) -> None:
        """Opens a quoted message: at the depth of what follows, or up to the end."""
        depth = self._lines.depths[index]
        if self._announced_at == index:
            number = len(self._preambles) - 1
            self._preambles[number] = _joined(self._preambles[number], found)
        else:
            number = len(self._preambles)
            self._preambles.append(found)
        after = index + found.lines_count
        self._owners[index:after] = [PREAMBLE] * (after - index)
        following = self._next_filled(after)
        self._announced_at = following if found.is_bare else None
        below = depth if following is None else self._lines.depths[following]
        first = depth + 1 if below > depth else depth
        self._open = {level: owner for level, owner in self._open.items() if level < first}
        for level in range(first, max(first, below) + 1):
            self._open[level] = number

    def _owner(self, index: int) -> int:
        """Whom a line belongs to by its depth."""
        depth = self._lines.depths[index]
        if depth == 0:
            return self._open.get(0, CURRENT)
        for level in range(depth, -1, -1):
            if level in self._open:
                return self._open[level]
        if not self._lines.texts[index].strip() or self._is_stray(index):
            return CURRENT
        number = len(self._preambles)
        self._preambles.append(None)
        self._open[depth] = number
        return number

    def _is_stray(self, index: int) -> bool:
        """Whether a single line with a mark before it stands alone: a bullet, not a quote."""
        depths, texts = self._lines.depths, self._lines.texts
        if self._lines.is_marked_up[index]:
            return False
        following = index + 1 < len(texts) and depths[index + 1] > 0 and texts[index + 1].strip()
        return not following

    def _next_filled(self, index: int) -> int | None:
        """The next line with text, if it is near."""
        texts = self._lines.texts
        for position in range(index, min(len(texts), index + 4)):
            if texts[position].strip():
                return position
        return None

    def _set_banners_apart(self) -> tuple[str, ...]:
        """Takes gateway warnings out of the author's lines."""
        places = [index for index, owner in enumerate(self._owners) if owner == CURRENT]
        texts = self._lines.texts
        marked = banners_in([texts[place] for place in places])
        for banner in marked:
            for place in places[banner.start : banner.end]:
                self._owners[place] = BANNER
        return tuple(banner.text for banner in marked)


def _joined(announcement: Preamble | None, found: Preamble) -> Preamble:
    """A header block with the bare separator that stands above it."""
    above = announcement.text if announcement else ""
    return msgspec.structs.replace(found, text=f"{above}\n{found.text}".strip())


def _may_begin(line: str) -> bool:
    """A cheap test that lets most lines go: a preamble has a colon, a ruler, a verb or a date."""
    if not line or line.isspace():
        return False
    return (
        ":" in line
        or "\uff1a" in line
        or line.lstrip()[:1] in "-_*=>"
        or (len(line) <= 200 and (line[:1].isupper() or line[:1] in ' \t"'))
    )
