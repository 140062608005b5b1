"""The lenient MIME splitter: any bytes become a tree of parts, with what was wrong beside it."""

import re
from collections.abc import Iterator

import msgspec

from chaffinch.core.defect import Defect
from chaffinch.core.lazy import lazy
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.charset import Decoded, decode
from chaffinch.message.content import Content
from chaffinch.message.fields import Field, HeaderBlock, header_block
from chaffinch.message.parameters import Parametrised, file_name, parametrised
from chaffinch.message.shown import shown

_TYPE = re.compile(r"[!-.0-~]+/[!-.0-~]+", re.ASCII)
_GUESSED_BOUNDARY = re.compile(
    rb"^--([!-~]{1,200})[ \t]*+\r?\nContent-", re.MULTILINE | re.IGNORECASE
)
_FALSE_DELIMITERS = 10_000  # lines that begin like a delimiter and are none, per multipart
_GUESS_BYTES = 16_384
_EMPTY = (Defect("empty-multipart"),)


class Part(Content, frozen=True, dict=True):
    """One MIME part; ``body`` is as it came, ``payload`` and ``text`` are decoded on first use.

    A multipart with children has no body of its own: its bytes are theirs.
    """

    content_type: str = "text/plain"
    block: HeaderBlock = HeaderBlock()
    parameters: dict[str, str] = msgspec.field(default_factory=dict)
    disposition: str | None = None
    file_name: str | None = None
    content_id: str | None = None
    charset: str | None = None
    children: tuple["Part", ...] = ()
    depth: int = 0
    defects: tuple[Defect, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The header fields of the part."""
        return self.block.fields

    @lazy
    def text(self) -> str:
        """The payload as text: declared charset, else detected, else one byte one letter."""
        return self._read.text[: self.limits.text_characters]

    @lazy
    def shown(self) -> str:
        """The text as a mail program shows it: no files in it, no armour, no soft line breaks."""
        if self.content_type != "text/plain":
            return self.text
        return shown(self.text, self.parameters, self.limits.parts_count)

    @property
    def codec(self) -> str:
        """The codec the text was read with, which need not be the declared charset's."""
        return self._read.codec

    @lazy
    def decoding_defects(self) -> tuple[Defect, ...]:
        """What was wrong with the transfer encoding; for text parts also with the charset."""
        return self._decoded[1] + (self._reading_defects if self._is_text else ())

    @property
    def known_decoding_defects(self) -> tuple[Defect, ...]:
        """The decoding defects of what has been decoded so far; decodes nothing."""
        found: tuple[Defect, ...] = ()
        if "_decoded" in self.__dict__:
            found += self._decoded[1]
        if "_read" in self.__dict__ and self._is_text:
            found += self._reading_defects
        return found

    @property
    def _is_text(self) -> bool:
        return self.content_type.startswith("text/")

    @lazy
    def _read(self) -> Decoded:
        is_html = self.content_type == "text/html"
        return decode(self.payload, self.charset, is_html=is_html)

    @property
    def _reading_defects(self) -> tuple[Defect, ...]:
        most = self.limits.text_characters
        if len(self._read.text) <= most:
            return self._read.defects
        return (*self._read.defects, Defect("text-characters-limit", str(most)))

    def walk(self) -> Iterator["Part"]:
        """This part and all below it, in the order they stand in the message."""
        yield self
        for child in self.children:
            yield from child.walk()


def split(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Part:
    """The message as a tree of parts.

    >>> part = split(b"Subject: hi\\nContent-Type: text/html\\n\\n<p>hi</p>")
    >>> part.content_type, part.text
    ('text/html', '<p>hi</p>')
    """
    data, block = top_block(raw, limits)
    return split_block(data, block, limits)


def top_block(raw: bytes, limits: Limits) -> tuple[bytes, HeaderBlock]:
    """The bytes that are read of a message (limit, mbox line, bare CR) and its header block."""
    defects = []
    data = raw
    if len(data) > limits.message_bytes:
        data = data[: limits.message_bytes]
        defects.append(Defect("message-bytes-limit", str(limits.message_bytes)))
    if data.startswith((b"From ", b">From ")):
        line_end = data.find(b"\n")
        data = data[line_end + 1 :] if line_end >= 0 else data
    block = header_block(data, limits)
    if block.has_bare_return:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        block = header_block(data, limits)
        defects.append(Defect("bare-carriage-return"))
    if not block.names:
        defects.append(Defect("no-header"))
    if defects:
        block = msgspec.structs.replace(block, defects=(*defects, *block.defects))
    return data, block


def split_block(data: bytes, block: HeaderBlock, limits: Limits) -> Part:
    """The tree of parts of a message whose header block is already cut."""
    return _Splitter(data, limits, limits.parts_count).part(block, len(data), 0, "text/plain")


def split_inner(data: bytes, limits: Limits, *, depth: int, parts: int) -> Part:
    """The tree of a part that was found in an envelope, with what is left of the limits."""
    block = header_block(data, limits)
    return _Splitter(data, limits, parts).part(block, len(data), depth, "text/plain")


class _Splitter:
    """One walk over the bytes of one message, with the budget of parts it may still make."""

    def __init__(self, data: bytes, limits: Limits, parts: int) -> None:
        self.data = data
        self.limits = limits
        self.parts_left = parts

    def part(self, block: HeaderBlock, end: int, depth: int, default: str) -> Part:
        """The part whose header is the block and whose body runs to ``end``."""
        written = parametrised(block.first("content-type", default))
        kind, defects = _content_type(written, default, block.defects)
        children: tuple[Part, ...] = ()
        if kind.startswith("multipart/"):
            children, found = self._children(written, kind, block.body_start, end, depth)
            defects += found
            if not children and found[-1:] != _EMPTY:
                kind = "text/plain"  # whatever stands there is to be read
        disposition = parametrised(block.first("content-disposition", ""))
        encoding = parametrised(block.first("content-transfer-encoding", "7bit")).value
        return Part(
            source=self.data,
            start=end if kind.startswith("multipart/") else block.body_start,
            end=end,
            encoding=encoding or "7bit",
            limits=self.limits,
            content_type=kind,
            block=block,
            parameters=written.parameters,
            disposition=disposition.value or None,
            file_name=file_name(disposition, written),
            content_id=block.first("content-id", "").strip("<> \t") or None,
            charset=written.parameters.get("charset", "").strip().lower() or None,
            children=children,
            depth=depth,
            defects=defects,
        )

    def _children(
        self, written: Parametrised, kind: str, start: int, end: int, depth: int
    ) -> tuple[tuple[Part, ...], tuple[Defect, ...]]:
        if depth >= self.limits.depth:
            return (), (Defect("depth-limit", str(self.limits.depth)),)
        boundary = written.parameters.get("boundary", "").rstrip()
        defects: tuple[Defect, ...] = ()
        mark = boundary.encode("utf-8", "surrogateescape")
        if not mark:
            mark, defects = self._guessed_boundary(start, end)
        regions, found = self._regions(mark, start, end) if mark else ([], ())
        default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        children = []
        for region_start, region_end in regions:
            block = header_block(self.data, self.limits, region_start, region_end)
            children.append(self.part(block, region_end, depth + 1, default))
        return tuple(children), defects + found

    def _guessed_boundary(self, start: int, end: int) -> tuple[bytes, tuple[Defect, ...]]:
        match = _GUESSED_BOUNDARY.search(self.data, start, min(end, start + _GUESS_BYTES))
        if match is None:
            return b"", (Defect("no-boundary"),)
        return match[1], (Defect("boundary-guessed"),)

    def _regions(
        self, boundary: bytes, start: int, end: int
    ) -> tuple[list[tuple[int, int]], tuple[Defect, ...]]:
        """The stretches between delimiter lines, as (start, end)."""
        regions: list[tuple[int, int]] = []
        defects: list[Defect] = []
        opened = -1
        is_closed = False
        for line_start, line_end, closes in self._delimiters(b"--" + boundary, start, end):
            if 0 <= opened < line_start:  # a delimiter right after another one opens the same part
                regions.append((opened, _before_line_break(self.data, line_start, opened)))
                self.parts_left -= 1
            if closes:
                is_closed = True
                break
            if self.parts_left <= 0:
                defects.append(Defect("parts-count-limit", str(self.limits.parts_count)))
                opened, is_closed = -1, True
                break
            opened = line_end
        if opened >= 0 and not is_closed:
            regions.append((opened, max(opened, end)))
            self.parts_left -= 1
            defects.append(Defect("unterminated-multipart"))
        if not regions and not defects:
            said = self.data[start:end].replace(b"--" + boundary, b"").strip(b"- \t\r\n")
            defects.append(Defect("boundary-not-found") if said else _EMPTY[0])
        return regions, tuple(defects)

    def _delimiters(
        self, delimiter: bytes, start: int, end: int
    ) -> Iterator[tuple[int, int, bool]]:
        """Each delimiter line: where it starts, where the next line starts, whether it closes."""
        data = self.data
        false_count = 0
        at = data.find(delimiter, start, end)
        while at >= 0 and false_count < _FALSE_DELIMITERS:
            after = at + len(delimiter)
            line_end = data.find(b"\n", after, min(end, after + 1000))
            stop = line_end if line_end >= 0 else min(end, after + 1000)
            rest = data[after:stop].rstrip(b" \t\r")
            starts_line = at == start or data[at - 1] == 10
            if starts_line and rest in (b"", b"--"):
                yield at, min(end, stop + 1), rest == b"--"
            else:
                false_count += 1
            at = data.find(delimiter, after, end)


def _before_line_break(data: bytes, position: int, start: int) -> int:
    """The position in front of the line break that ends just before ``position``."""
    if data[position - 1 : position] != b"\n":
        return position
    before = position - 2 if data[position - 2 : position - 1] == b"\r" else position - 1
    return max(start, before)


def _content_type(
    written: Parametrised, default: str, defects: tuple[Defect, ...]
) -> tuple[str, tuple[Defect, ...]]:
    if _TYPE.fullmatch(written.value):
        return written.value, defects
    if written.value == "text":
        return "text/plain", defects
    guessed = written.value.split(None, 1)[0].rstrip(",") if written.value.strip() else ""
    kind = guessed if _TYPE.fullmatch(guessed) else default
    return kind, (*defects, Defect("content-type-unreadable", written.value[:80]))
