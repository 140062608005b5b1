"""Rule source → the same tokens in their one canonical layout, comments kept.

    type.inbound
    and any(attachments,
      // forms are never sent like this
      .file_type == "pdf"
      and any(file.explode(.), .scan.qr.type == "url")
    )

What fits stays on a line. A run of ``and`` or ``or`` that does not begins a line with each operand;
brackets that do not fit put every item on a line of its own, but a call keeps its first argument.
Trailing commas go. Only blanks, line ends and those commas change, so the meaning cannot.
"""

from itertools import pairwise

import msgspec

from chaffinch.mql.pieces import Group, Piece, Pieces, Word, pieces_of
from chaffinch.mql.spacing import fits_flat, flat, is_plain, needs_space

WIDTH = 96
STEP = 2
_JUNCTIONS = ("or", "and")


def layout(source: str, *, break_top: bool = True) -> str:
    """The source in its canonical layout; ``break_top`` breaks the outermost run of operands.

    >>> print(layout("type.inbound  and // why\\n (a\\n or b,) in ( 'x', )"))
    type.inbound
    and // why
      (a or b) in ('x')
    >>> layout("a   and b", break_top=False)
    'a and b'

    Raises:
        RuleError: the source has a character no token begins with (code M0xx).
    """
    pieces, after = pieces_of(source)
    writer = _Writer()
    _expression(writer, pieces, 0, is_broken=break_top)
    writer.comments(after, 0)
    return writer.text()


class _Writer(msgspec.Struct):
    """Lines being written; a comment at the end of a line waits for what may still stand before."""

    lines: list[str] = []
    line: str = ""
    waiting: str = ""
    indent: int = 0

    @property
    def column(self) -> int:
        """Where the next character of this line goes."""
        return len(self.line)

    def begin(self, indent: int) -> None:
        """Begin a new line."""
        self._close()
        self.indent, self.line = indent, " " * indent

    def comments(self, comments: tuple[str, ...], indent: int) -> None:
        """Comments on lines of their own; a blank one where nothing was written yet is left out."""
        for comment in comments:
            if comment or self._has_text():
                self.begin(indent)
                self.line = " " * indent + comment if comment else ""
                self.lines.append(self.line)
                self.line = ""

    def word(self, word: Word, space: str) -> None:
        """A token, after the comments that stand before it."""
        comments = word.comments
        is_start = not self.line.strip()
        if is_start and word.before:
            indent = self.indent
            self.line = ""
            self.comments(word.before, indent)
            self.line = " " * indent
        elif comments or self.waiting:
            indent = self.indent
            self.comments(comments, indent + STEP)
            self.begin(indent + STEP)
            self.indent = indent
        if self.line.strip():
            self.line += space
        self.line += word.text
        self.waiting = word.after

    def put(self, text: str) -> None:
        """Plain text that belongs to what was just written, such as a comma."""
        self.line += text

    def text(self) -> str:
        """All that was written."""
        self._close()
        return "\n".join(self.lines)

    def _has_text(self) -> bool:
        return bool(self.line.strip()) or bool(self.lines and self.lines[-1])

    def _close(self) -> None:
        if self.line.strip():
            comment = f" {self.waiting}" if self.waiting else ""
            self.lines.append(self.line.rstrip() + comment)
        self.line, self.waiting = "", ""


def _expression(writer: _Writer, pieces: Pieces, indent: int, *, is_broken: bool = False) -> None:
    """An expression whose lines begin at ``indent``."""
    word = next((one for one in _JUNCTIONS if _operators(pieces, one)), None)
    if not (is_broken and word) and fits_flat(pieces, WIDTH - writer.column):
        _flat(writer, pieces)
    elif word is None:
        _sequence(writer, pieces, indent)
    else:
        _junction(writer, pieces, word, indent)


def _junction(writer: _Writer, pieces: Pieces, word: str, indent: int) -> None:
    """Every operand of a run on a line of its own."""
    at = [-1, *_operators(pieces, word), len(pieces)]
    inner = indent + STEP if word == "or" else indent
    for number, (start, end) in enumerate(pairwise(at)):
        operand = pieces[start + 1 : end]
        if number:
            junction = pieces[start]
            assert isinstance(junction, Word)
            writer.begin(indent)
            writer.word(junction, "")
            writer.line += " "
        has_runs = any(_operators(operand, one) for one in _JUNCTIONS)
        _expression(writer, operand, inner if has_runs else indent)


def _operators(pieces: Pieces, word: str) -> list[int]:
    """Where the run of a word is divided."""
    return [index for index, one in enumerate(pieces) if isinstance(one, Word) and one.kind == word]


def _sequence(writer: _Writer, pieces: Pieces, indent: int) -> None:
    """Words and brackets one after the other; brackets are opened where they do not fit."""
    before: Piece | None = None
    for index, piece in enumerate(pieces):
        space = " " if needs_space(before, piece) else ""
        if isinstance(piece, Word):
            writer.word(piece, space)
        elif _has_room(writer, pieces, index, len(space)):
            writer.word(piece.opening, space)
            _flat_inside(writer, piece)
        else:
            writer.word(piece.opening, space)
            _open(writer, piece, indent)
        before = piece


def _has_room(writer: _Writer, pieces: Pieces, index: int, space: int) -> bool:
    """Whether a bracket and what follows up to the next one fit on this line."""
    after = index + 1
    while after < len(pieces) and isinstance(pieces[after], Word):
        after += 1
    group = pieces[index]
    assert isinstance(group, Group)
    room = WIDTH - writer.column - space
    return is_plain((group,)) and (
        fits_flat(pieces[index:after], room) or (len(flat((group,))) <= room and group.is_small)
    )


def _open(writer: _Writer, group: Group, indent: int) -> None:
    """The items of a bracket on lines of their own, its first argument kept on the line."""
    items = list(group.items)
    if group.is_call and _first_stays(writer, group):
        _flat(writer, items.pop(0))
        writer.put(",")
    for number, item in enumerate(items):
        writer.begin(indent + STEP)
        alone = len(items) == 1 and not group.is_call
        _expression(
            writer, _without_blank(item) if not number else item, indent + STEP, is_broken=alone
        )
        if number < len(items) - 1:
            writer.put(",")
    writer.comments(_stripped(group.closing.before), indent + STEP)
    writer.begin(indent)
    writer.word(msgspec.structs.replace(group.closing, before=()), "")


def _first_stays(writer: _Writer, group: Group) -> bool:
    """Whether the first of several arguments stays behind the name of the function."""
    first = group.items[0] if len(group.items) > 1 else ()
    if not first or group.opening.after:
        return False
    return not _first_word(first).comments and fits_flat(first, WIDTH - writer.column - 1)


def _flat(writer: _Writer, pieces: Pieces) -> None:
    """Pieces on this line; the first word's comments stand before it."""
    before: Piece | None = None
    for piece in pieces:
        space = " " if needs_space(before, piece) else ""
        if isinstance(piece, Word):
            writer.word(piece, space)
        else:
            writer.word(piece.opening, space)
            _flat_inside(writer, piece)
        before = piece


def _flat_inside(writer: _Writer, group: Group) -> None:
    """The items and the end of a bracket on this line."""
    for number, item in enumerate(group.items):
        if number:
            writer.put(", ")
        writer.put(flat(item))
    writer.put(group.closing.text)
    writer.waiting = group.closing.after


def _first_word(pieces: Pieces) -> Word:
    first = pieces[0]
    return first if isinstance(first, Word) else first.opening


def _without_blank(pieces: Pieces) -> Pieces:
    """Pieces without a blank line before them, as they stand right behind a bracket."""
    word = _first_word(pieces)
    bare = msgspec.structs.replace(word, before=_stripped(word.before, end=False))
    first = pieces[0]
    if isinstance(first, Group):
        return (msgspec.structs.replace(first, opening=bare), *pieces[1:])
    return (bare, *pieces[1:])


def _stripped(comments: tuple[str, ...], *, end: bool = True) -> tuple[str, ...]:
    """Comments without blank lines around them."""
    found = list(comments)
    while found and not found[0]:
        found.pop(0)
    while end and found and not found[-1]:
        found.pop()
    return tuple(found)
