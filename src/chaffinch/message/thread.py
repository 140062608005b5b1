"""Cuts a text into what its author wrote now and the earlier messages it quotes, in one pass."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from chaffinch.message.banner import banners_in, inline_mark
from chaffinch.message.beginnings import Beginnings, beginnings_in
from chaffinch.message.model import Value
from chaffinch.message.preamble import ends_forward, has_spaced_ruler, is_commit, preamble_at
from chaffinch.message.quoted_lines import Lines, lines_of, run_ends
from chaffinch.message.quoting import Preamble
from chaffinch.message.tells import tells

CURRENT = -1
BANNER = -2
PREAMBLE = -3
_LOOK_AHEAD = 60
_NEAR_LINES = 4


class Quoted(Value):
    """One earlier message: its preamble (None where only quote marks tell) and its text."""

    preamble: Preamble | None
    text: str
    banners: tuple[str, ...] = ()


class Threads(Value):
    """A text cut up; ``starts`` and ``owners`` say whose each stretch of it is."""

    current: str
    quoted: tuple[Quoted, ...] = ()
    banners: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()

    def owner(self, offset: int) -> int:
        """Whose the text at an offset is: CURRENT, BANNER, or the index of a quoted message."""
        index = bisect_right(self.starts, offset) - 1
        return self.owners[index] if index >= 0 else CURRENT


def cut(text: str, quotes: Sequence[tuple[int, int]] = (), *, is_answer: bool = True) -> Threads:
    """The threads of a text; ``quotes`` are (offset, quote depth from there on) of its markup.

    Quotes nobody announced count only in an answer, and only beside words of its author: a whole
    message inside such a quote is a disguise.

    >>> threads = cut("Fine.\\n\\nOn 5 May 2025 10:12, Ada <ada@acme.example> wrote:\\n> Lunch?\\n")
    >>> threads.current, threads.quoted[0].text, threads.quoted[0].preamble.sender
    ('Fine.', 'Lunch?', 'Ada <ada@acme.example>')
    """
    is_signed, is_warned = tells(text)
    is_signed = is_signed or bool(quotes)
    if not is_signed and not is_warned and "\r" not in text:
        return Threads(current=text.strip())
    lines = lines_of(text, quotes)
    beginnings = beginnings_in(text, lines) if is_signed else Beginnings()
    cutter = _Cutter(lines, beginnings, is_answer=is_answer)
    cutter.run()
    if cutter.is_unannounced() and not (is_answer and cutter.has_own_words()):
        lines.depths[:] = [0] * len(lines.depths)
        cutter = _Cutter(lines, Beginnings(), is_answer=is_answer)
        cutter.run()
    return cutter.threads(is_warned=is_warned)


class _Cutter:
    """Gives every line an owner."""

    def __init__(self, lines: Lines, beginnings: Beginnings, *, is_answer: bool) -> None:
        self._lines = lines
        self._reach = _NEAR_LINES if is_answer else 2  # how far apart quoted lines may stand
        self._beginnings = beginnings
        self._run_ends = run_ends(lines.depths)
        self._owners = [CURRENT] * len(lines.texts)
        self._preambles: list[Preamble | None] = []
        self._open: dict[int, int] = {}  # quote depth → whose the lines of that depth are
        self._announced_at: int | None = None  # where the header block of a bare separator may be

    def run(self) -> None:
        """Goes through the lines once."""
        index = 0
        for place in self._beginnings.places:
            if place < index:
                continue
            self._give(index, place)
            index = place
            found = self._preamble(place)
            if found is not None:
                self._begin(place, found)
                index += found.lines_count
            elif self._ends_forward(place):
                self._owners[place] = PREAMBLE
                index += 1
        self._give(index, len(self._owners))

    def is_unannounced(self) -> bool:
        """Whether something is quoted and nothing says so but marks."""
        return bool(self._preambles) and not any(self._preambles)

    def has_own_words(self) -> bool:
        """Whether anything is left for the author."""
        return any(
            owner == CURRENT and text.strip()
            for text, owner in zip(self._lines.texts, self._owners, strict=True)
        )

    def threads(self, *, is_warned: bool) -> Threads:
        """The text, sorted by owner."""
        banners = self._set_banners_apart() if is_warned else ()
        texts: list[list[str]] = [[] for _ in self._preambles]
        current: list[str] = []
        for text, owner in zip(self._lines.texts, self._owners, strict=True):
            if owner == CURRENT:
                current.append(text)
            elif owner >= 0:
                texts[owner].append(text)
        written, marks = _without_mark(current) if is_warned else ("\n".join(current).strip(), ())
        return Threads(
            current=written,
            quoted=tuple(
                _quoted(preamble, lines, is_warned=is_warned)
                for preamble, lines in zip(self._preambles, texts, strict=True)
            ),
            banners=marks + banners,
            starts=tuple(self._lines.starts),
            owners=tuple(self._owners),
        )

    def _preamble(self, index: int) -> Preamble | None:
        """The preamble beginning at a line, if one does and its quote is there."""
        texts = self._lines.texts
        if index and is_commit(texts[index - 1]):
            return None
        stop = min(self._run_ends[index], index + _LOOK_AHEAD)
        found = preamble_at(texts[index:stop], 0) or self._beginnings.attributions.get(index)
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
        first = depth + 1 if below > depth and not self._stands_below(index, found) else depth
        if first > depth == self._lines.markup_depths[index] and not self._is_reopened(after):
            # Gmail boxes attribution and quote together; answers stand in the box beside the quote
            self._open.setdefault(depth, self._around(depth))
        self._open = {level: owner for level, owner in self._open.items() if level < first}
        for level in range(first, max(first, below) + 1):
            self._open[level] = number

    def _stands_below(self, index: int, found: Preamble) -> bool:
        """Whether Outlook's header block stands below words of the author: then all below it is
        quoted, whatever it quotes itself. Programs that set quote marks draw another ruler."""
        if found.subject is None or self._lines.depths[index] or has_spaced_ruler(found):
            return False
        above = range(max(0, index - _LOOK_AHEAD), index)
        return any(
            self._owners[line] == CURRENT and self._lines.texts[line].strip() for line in above
        )

    def _is_reopened(self, index: int) -> bool:
        """Whether markup closes its quote between a preamble and the text it announces."""
        return any(line in self._lines.reopened for line in range(index, index + _NEAR_LINES))

    def _ends_forward(self, index: int) -> bool:
        """Closes a forwarded message whose end is marked; whether a line does that."""
        depth = self._lines.depths[index]
        if not self._lines.texts[index].strip() or depth not in self._open:
            return False
        if not ends_forward(self._lines.texts[index]):
            return False
        self._open = {level: owner for level, owner in self._open.items() if level < depth}
        return True

    def _around(self, depth: int) -> int:
        """Whose the text is that stands around a quote of a depth."""
        return next(
            (self._open[level] for level in range(depth, -1, -1) if level in self._open), CURRENT
        )

    def _give(self, first: int, stop: int) -> None:
        """Gives lines without preamble their owners, by their depths."""
        while first < stop:
            end = min(self._run_ends[first], stop)
            depth = self._lines.depths[first]
            if depth and not any(level in self._open for level in range(depth + 1)):
                first = self._open_unannounced(first, end)
            owner = self._around(depth)
            if owner != CURRENT:
                self._owners[first:end] = [owner] * (end - first)
            first = end

    def _open_unannounced(self, first: int, end: int) -> int:
        """Opens a message only quote marks tell of; from which line on it has text."""
        texts, depths = self._lines.texts, self._lines.depths
        while first < end and not texts[first].strip():
            first += 1
        if first == end:
            return end
        near = range(first + 1, min(len(texts), first + self._reach))
        is_followed = any(depths[line] and texts[line].strip() for line in near)
        if is_followed or self._lines.markup_depths[first]:
            self._preambles.append(None)
            self._open[depths[first]] = len(self._preambles) - 1
            return first
        return self._open_unannounced(first + 1, end)  # a single marked line is a bullet

    def _next_filled(self, index: int) -> int | None:
        """The next line with text, if it is near."""
        texts = self._lines.texts
        for position in range(index, min(len(texts), index + _NEAR_LINES)):
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


def _quoted(preamble: Preamble | None, lines: Sequence[str], *, is_warned: bool) -> Quoted:
    """A quoted message, the warnings in it set apart."""
    marked = banners_in(lines) if is_warned else ()
    if not marked:
        return Quoted(preamble=preamble, text="\n".join(lines).strip())
    apart = {index for banner in marked for index in range(banner.start, banner.end)}
    text = "\n".join(line for index, line in enumerate(lines) if index not in apart)
    banners = tuple(banner.text for banner in marked)
    return Quoted(preamble=preamble, text=text.strip(), banners=banners)


def _without_mark(lines: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The author's text without a bracketed mark before its first words, and the mark."""
    written = "\n".join(lines).strip()
    mark = inline_mark(written.partition("\n")[0])
    if mark is None:
        return written, ()
    return written.replace(mark, "", 1).strip(), (mark,)


def _joined(announcement: Preamble | None, found: Preamble) -> Preamble:
    """A header block with the bare separator that stands above it."""
    above = announcement.text if announcement else ""
    return msgspec.structs.replace(found, text=f"{above}\n{found.text}".strip())
