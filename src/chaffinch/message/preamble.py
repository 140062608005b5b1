"""Header blocks and rulers that begin a quoted or forwarded message, whatever the language."""

import re
from collections.abc import Sequence

import msgspec

from chaffinch.message.attribution import arrowed
from chaffinch.message.header_lines import (
    filled_line,
    header_values,
    is_loose,
    label_field,
)
from chaffinch.message.notes import notes_block, notes_dated, reply_block, summary
from chaffinch.message.quoting import (
    COLONS,
    RULERS,
    SEPARATOR_CHARACTERS,
    Preamble,
    marking_words,
)
from chaffinch.message.spacing import BLANKS, without_direction

_FIRST_FIELDS = frozenset({"from", "subject", "date"})
_RULER_REACH = 6
_SEPARATORS, _BEGINNINGS = marking_words()["separator"], marking_words()["beginning"]
_ENDINGS = marking_words()["ending"]
_COMMIT = re.compile(r"\s*From [0-9a-f]{7,64} ")


def preamble_at(lines: Sequence[str], start: int) -> Preamble | None:
    """The header block, ruler or arrowed line that begins at a line, or None.

    >>> found = preamble_at(["From: Ada", "Sent: Monday", "To: Bob", "Subject: Hi", "", "Text"], 0)
    >>> found.lines_count, found.subject
    (4, 'Hi')
    """
    line = without_direction(lines[start]).strip(BLANKS)
    if not line:
        return None
    if _may_separate(line):
        found = _separated(lines, start, line)
        if found is not None:
            return found
    if label_field(line) is not None:
        found = _header_block(lines, start, is_announced=False)
        if found is not None:
            return found
    return _summarised(lines, start, line) or notes_block(lines, start) or arrowed(line)


def ends_forward(line: str) -> bool:
    """Whether a line says that a forwarded message ends there.

    >>> ends_forward("----- End forwarded message -----"), ends_forward("End of the line.")
    (True, False)
    """
    words = line.strip(RULERS + BLANKS).lower()
    return words.startswith(_ENDINGS) and line.strip(BLANKS)[0] in RULERS


def is_commit(line: str) -> bool:
    """Whether a line begins a commit in mail form; the header lines below it are its own.

    >>> is_commit("From 1662e1c59c498ad6 Mon Sep 17 00:00:00 2001")
    True
    """
    return _COMMIT.match(line) is not None


def has_spaced_ruler(found: Preamble) -> bool:
    """Whether the words of its ruler are set off by spaces.

    >>> has_spaced_ruler(Preamble(lines_count=1, text="----- Original Message -----"))
    True
    """
    return found.text[:1] in RULERS and found.text.lstrip(RULERS)[:1] == " "


def _may_separate(line: str) -> bool:
    """Whether the line could be a ruler or an announcement."""
    if line[0] in RULERS or line[:40].lower().startswith(_BEGINNINGS):
        return True
    return len(line) <= SEPARATOR_CHARACTERS and line.lower().startswith(_SEPARATORS)


def _separated(lines: Sequence[str], start: int, line: str) -> Preamble | None:
    """``-----Original Message-----`` and kin, with the header block that follows."""
    if len(line) > SEPARATOR_CHARACTERS:
        return None
    wrapped = 1 if _is_wrapped_ruler(lines, start, line) else 0
    if wrapped:
        line = f"{line} {lines[start + 1].strip(BLANKS)}"
    words = line.strip(RULERS + BLANKS).lower()
    is_ruler = not words and len(line) >= 10
    if not is_ruler and not words.startswith((*_SEPARATORS, *_BEGINNINGS)):
        return None
    following = filled_line(lines, start + 1 + wrapped, _RULER_REACH)
    block = None
    if following is not None:
        block = _header_block(lines, following, is_announced=not is_ruler)
        block = block or notes_block(lines, following)
    if block is None:
        return _announcement(line, 1 + wrapped) if _is_announcement(line, words) else None
    count = (following or start) - start + block.lines_count
    return _retold(block, lines, start, count)


def _is_announcement(line: str, words: str) -> bool:
    """Whether the line announces a message by itself: words between rulers, or with a colon."""
    if not words:
        return False
    return (line[0] in RULERS and line[1:2] in RULERS) or (
        words.startswith(_BEGINNINGS) and line.endswith(COLONS)
    )


def _is_wrapped_ruler(lines: Sequence[str], start: int, line: str) -> bool:
    """Whether ``---- Forwarded by … ----`` goes on in the next line, as long ones do."""
    if line[0] not in RULERS or line[-1] in RULERS or start + 1 >= len(lines):
        return False
    following = lines[start + 1].strip(BLANKS)
    return following.endswith("---") and len(following) <= SEPARATOR_CHARACTERS


def _announcement(line: str, lines_count: int) -> Preamble:
    """A separator with nothing after it that says who wrote what; Notes says it inside."""
    who = line.strip(RULERS + BLANKS)
    _, by, rest = who.partition(" by ")
    name, _, date = rest.partition(" on ")
    is_notes = bool(by) and who.lower().startswith("forwarded")
    return Preamble(
        lines_count=lines_count,
        text=line,
        sender=name.strip() if is_notes else "",
        date=(date.strip() or None) if is_notes else None,
    )


def _header_block(lines: Sequence[str], start: int, *, is_announced: bool) -> Preamble | None:
    """From:/Sent:/To:/Subject: in any order and language, values possibly continued."""
    loose = is_announced and is_loose(lines[start])
    first = label_field(lines[start], is_loose=loose)
    if first is None or (first[0] not in _FIRST_FIELDS and not is_announced):
        return reply_block(lines, start)
    values, end = header_values(lines, start, is_loose=loose)
    joined = {field: " ".join(parts).strip() for field, parts in values.items()}
    text = "\n".join(lines[start:end])
    if _is_block(joined, is_announced=is_announced):
        return _preamble(notes_dated(joined), text, end - start)
    if joined.keys() == {"from", "date"}:
        return msgspec.structs.replace(_preamble(joined, text, end - start), is_certain=False)
    return None


def _is_block(values: dict[str, str], *, is_announced: bool) -> bool:
    """Whether the labels found make a quoted header and not an itinerary."""
    if "from" not in values or len(values) < 2:
        return False
    if is_announced:
        return True
    others = values.keys() & {"date", "to", "subject"}
    return len(others) >= 2 and ("subject" in others or "@" in values["from"])


def _summarised(lines: Sequence[str], start: int, line: str) -> Preamble | None:
    """Notes' one-line summary, ``Ada ---05/05/2025 10:12:13 AM---Text``, with its header block."""
    if not summary(line):
        return None
    following = filled_line(lines, start + 1, _RULER_REACH)
    block = None if following is None else _header_block(lines, following, is_announced=True)
    if block is None or following is None:
        return None
    return _retold(block, lines, start, following - start + block.lines_count)


def _preamble(values: dict[str, str], text: str, lines_count: int) -> Preamble:
    return Preamble(
        lines_count=lines_count,
        text=text.strip(),
        sender=values.get("from", ""),
        to=values.get("to", ""),
        cc=values.get("cc", ""),
        subject=values.get("subject"),
        date=values.get("date") or None,
    )


def _retold(block: Preamble, lines: Sequence[str], start: int, count: int) -> Preamble:
    """The block with the lines above it."""
    text = "\n".join(lines[start : start + count]).strip()
    return msgspec.structs.replace(block, lines_count=count, text=text)
