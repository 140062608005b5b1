"""The tokens of a source as words and brackets, each word with the comments that belong to it."""

from typing import TypeAlias, Union

import msgspec

from chaffinch.core.errors import RuleError
from chaffinch.mql.tokens import Token, tokens

_CLOSING = {"(": ")", "[": "]"}
_OPERAND_ENDS = frozenset(
    ("name", "number", "string", "raw", "list", "dots", "true", "false", "null", ")", "]")
)


class Word(msgspec.Struct, frozen=True):
    """A token; ``before`` are comments on lines above it ('' is a blank line), ``after`` beside."""

    kind: str
    text: str
    before: tuple[str, ...] = ()
    after: str = ""

    @property
    def comments(self) -> tuple[str, ...]:
        """The comments above it, blank lines left out."""
        return tuple(one for one in self.before if one)


class Group(msgspec.Struct, frozen=True):
    """Brackets and the items between their commas; ``is_call`` where a function's name precedes."""

    opening: Word
    items: tuple["Pieces", ...]
    closing: Word
    is_call: bool

    @property
    def is_small(self) -> bool:
        """Whether it holds at most one item without brackets."""
        return len(self.items) < 2 and not any(
            isinstance(one, Group) for item in self.items for one in item
        )


Piece: TypeAlias = Union[Word, Group]  # noqa: UP007 - a forward reference
Pieces: TypeAlias = tuple[Piece, ...]


def pieces_of(source: str) -> tuple[Pieces, tuple[str, ...]]:
    """The source as words and brackets, and the comments after the last of them.

    Raises:
        RuleError: a character begins no token, or a bracket is not closed.
    """
    reader = _Reader(_words(source, tokens(source)))
    items = reader.items("end")
    end = reader.take()
    return (items[0] if items else ()), _without_last_blank(end.before)


class _Reader:
    """One pass over words."""

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.at = 0

    def take(self) -> Word:
        """The next word, which is read."""
        self.at += 1
        return self.words[self.at - 1]

    def items(self, closing: str) -> tuple[Pieces, ...]:
        """What stands between commas up to the closing bracket, which is not read."""
        items: list[Pieces] = []
        item: list[Piece] = []
        while self.words[self.at].kind != closing:
            word = self.take()
            if word.kind == "end":
                raise RuleError("M001", "a bracket is not closed", hint=f"close it with {closing}")
            if word.kind == ",":
                item = self._end_item(items, item, word)
            elif word.kind in _CLOSING:
                item.append(self._group(word, item))
            else:
                item.append(word)
        if item:
            items.append(tuple(item))
        return tuple(items)

    def _end_item(self, items: list[Pieces], item: list[Piece], comma: Word) -> list[Piece]:
        """Close an item; the comments of the comma go to the words around it."""
        rest = comma.before
        if comma.after:
            moved = _with_after(item[-1], comma.after) if item else None
            if moved is None:
                rest = (*rest, comma.after)
            else:
                item[-1] = moved
        items.append(tuple(item))
        following = self.words[self.at]
        self.words[self.at] = msgspec.structs.replace(following, before=(*rest, *following.before))
        return []

    def _group(self, opening: Word, before: list[Piece]) -> Group:
        last = before[-1] if before else None
        is_call = opening.kind == "(" and isinstance(last, Word) and last.kind == "name"
        items = self.items(_CLOSING[opening.kind])
        return Group(opening, items, self.take(), is_call)


def _with_after(piece: Piece, comment: str) -> Piece | None:
    """A piece with a comment beside it; None where one stands there already."""
    if isinstance(piece, Word):
        return None if piece.after else msgspec.structs.replace(piece, after=comment)
    closing = _with_after(piece.closing, comment)
    return None if closing is None else msgspec.structs.replace(piece, closing=closing)


def _words(source: str, found: list[Token]) -> list[Word]:
    """Tokens with the comments around them."""
    words: list[Word] = []
    end = 0
    for token in found:
        beside, above = _comments(source[end : token.start], is_first=not words)
        if words and beside:
            words[-1] = msgspec.structs.replace(words[-1], after=beside)
        is_unary = token.kind == "-" and not (words and words[-1].kind in _OPERAND_ENDS)
        words.append(Word("unary" if is_unary else token.kind, token.text, above))
        end = token.end
    return words


def _comments(gap: str, *, is_first: bool) -> tuple[str, tuple[str, ...]]:
    """The comment beside the token before a gap, and the lines of comment above the one after.

    >>> _comments("  // a\\n\\n\\n  // b\\n ", is_first=False)
    ('// a', ('', '// b'))
    """
    first, *rest = (line.strip() for line in gap.split("\n"))
    above = [first] if is_first and first else []
    for line in rest[:-1] if rest and not rest[-1] else rest:
        if line or not (above and not above[-1]):
            above.append(line)
    while is_first and above and not above[0]:
        above.pop(0)
    return "" if is_first else first, tuple(above)


def _without_last_blank(comments: tuple[str, ...]) -> tuple[str, ...]:
    return comments[:-1] if comments and not comments[-1] else comments
