"""How words and brackets stand on one line: which touch, how long they are together."""

from functools import lru_cache

from chaffinch.mql.pieces import Group, Piece, Pieces, Word

_OPERANDS = frozenset(("name", "number", "string", "raw", "list", "dots", "true", "false", "null"))
_TOUCHING = frozenset((":", "="))


def needs_space(before: Piece | None, piece: Piece) -> bool:
    """Whether a blank stands between two pieces."""
    if before is None or _touches(before):
        return False
    if isinstance(piece, Group):
        return not (piece.is_call or (piece.opening.kind == "[" and _is_operand(before)))
    if piece.kind in _TOUCHING:
        return False
    if piece.kind == "dots":
        return not _is_operand(before) or _kind(before) in ("list", "dots")
    return not (piece.kind == "name" and _kind(before) == "dots")


def _touches(before: Piece) -> bool:
    """Whether what follows touches it."""
    return isinstance(before, Word) and before.kind in (*_TOUCHING, "unary")


def _is_operand(piece: Piece) -> bool:
    return isinstance(piece, Group) or piece.kind in _OPERANDS


def _kind(piece: Piece) -> str:
    return piece.kind if isinstance(piece, Word) else "group"


@lru_cache(maxsize=4096)
def flat(pieces: Pieces) -> str:
    """Pieces on one line, their comments left out."""
    parts: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        if needs_space(before, piece):
            parts.append(" ")
        if isinstance(piece, Word):
            parts.append(piece.text)
        else:
            inside = ", ".join(map(flat, piece.items))
            parts.append(f"{piece.opening.text}{inside}{piece.closing.text}")
        before = piece
    return "".join(parts)


def fits_flat(pieces: Pieces, room: int) -> bool:
    """Whether pieces can stand on one line of so many characters."""
    return is_plain(pieces) and len(flat(pieces)) <= room


@lru_cache(maxsize=4096)
def is_plain(pieces: Pieces) -> bool:
    """Whether comments stand only above the first word and beside the last."""
    words = list(_flattened(pieces))
    inner = (not word.comments for word in words[1:])
    return all(inner) and not any(word.after for word in words[:-1])


def _flattened(pieces: Pieces) -> list[Word]:
    """All words in order."""
    found: list[Word] = []
    for piece in pieces:
        if isinstance(piece, Word):
            found.append(piece)
        else:
            found.append(piece.opening)
            for item in piece.items:
                found += _flattened(item)
            found.append(piece.closing)
    return found
