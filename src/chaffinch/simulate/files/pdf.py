"""PDF documents: pages of lines, pictures and links, in the manner of one program or another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from chaffinch.simulate.files.archive import MADE
from chaffinch.simulate.files.bitmap import Bitmap
from chaffinch.simulate.files.blocks import PAGE_BREAK, Anchor, Block
from chaffinch.simulate.files.stored import zlib_stream

_A4, _LETTER = (595, 842), (612, 792)
_POINTS_A_SQUARE = 0.8
_LETTER_WIDTH = 0.52  # of the font's size, on average


@dataclass(frozen=True, slots=True)
class Program:
    """The software a document comes from: what it says of itself and how it sets a page."""

    producer: str
    creator: str = ""
    version: str = "1.4"
    font: str = "Helvetica"
    size: int = 11
    paper: tuple[int, int] = _A4
    margin: int = 56
    wraps_streams: bool = False  # its streams stand in zlib's form, stored

    @property
    def leading(self) -> int:
        """From one base line to the next."""
        return round(self.size * 1.45)

    @property
    def line_letters(self) -> int:
        """How many letters fit on a line."""
        factor = 0.6 if self.font == "Courier" else _LETTER_WIDTH
        return int((self.paper[0] - 2 * self.margin) / (self.size * factor))


PROGRAMS = (
    Program("Plainleaf PDF 2.1"),
    Program("Ledgerline Print 7.4", "Ledgerline Invoicing", "1.5", size=10, wraps_streams=True),
    Program("Office Suite Export 16", "Office Suite Writer", "1.7", "Times-Roman", 12, margin=72),
    Program("Inkwell Distiller 9.0", "Inkwell Forms", "1.6", "Times-Roman", 11, _LETTER, 54, True),
    Program("pressroom 0.18", "", "1.3", "Courier", 10, _LETTER, 64),
    Program("Copyroom MFP 4520 Scan", "Copyroom", "1.4", margin=28),
    Program("Till & Tally ERP", "Till & Tally 2024.3", "1.5", "Helvetica", 9, _A4, 48, True),
)


def program_of(owner: str) -> Program:
    """The program a firm or a person makes its documents with, always the same one.

    >>> program_of("Alder Works") is program_of("Alder Works")
    True
    """
    return PROGRAMS[sum(sha256(owner.encode()).digest()[:4]) % len(PROGRAMS)]


def pdf(
    blocks: Sequence[Block],
    program: Program = PROGRAMS[0],
    *,
    title: str = "",
    made: datetime = MADE,
) -> bytes:
    """A document of the blocks, one below the other, on as many pages as they need.

    >>> pdf(["Invoice 7"]).startswith(b"%PDF-1.4")
    True
    """
    objects = _Objects()
    catalogue, tree = objects.add(), objects.add()
    font = objects.add(
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{program.font} /Encoding /WinAnsiEncoding >>"
    )
    pages = [_page(objects, page, tree, font, program) for page in _laid_out(blocks, program)]
    kids = " ".join(f"{page} 0 R" for page in pages)
    objects.put(catalogue, f"<< /Type /Catalog /Pages {tree} 0 R >>")
    objects.put(tree, f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    info = objects.add(_info(program, title, made))
    return objects.file(program.version, catalogue, info)


class _Objects:
    """The numbered objects of a file that is being written."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []

    def add(self, content: str = "") -> int:
        """Number an object; one without content is put later."""
        self.contents.append(content.encode("latin-1"))
        return len(self.contents)

    def put(self, number: int, content: str) -> None:
        self.contents[number - 1] = content.encode("latin-1")

    def add_stream(self, entries: str, data: bytes, *, wrapped: bool) -> int:
        stream = zlib_stream(data) if wrapped else data
        coding = " /Filter /FlateDecode" if wrapped else ""
        head = f"<< {entries}/Length {len(stream)}{coding} >>\nstream\n"
        self.contents.append(head.encode("latin-1") + stream + b"\nendstream")
        return len(self.contents)

    def file(self, version: str, root: int, info: int) -> bytes:
        """The objects with the table of where each stands."""
        out, offsets = bytearray(f"%PDF-{version}\n%".encode() + b"\xe2\xe3\xcf\xd3\n"), []
        for number, content in enumerate(self.contents, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
        start, count = len(out), len(offsets) + 1
        out += b"xref\n0 %d\n0000000000 65535 f \n" % count
        out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        out += b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\n" % (count, root, info)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


@dataclass(slots=True)
class _Page:
    """A page that is being filled from its top; ``y`` is where the next block's top stands."""

    y: float
    drawing: list[bytes] = field(default_factory=list)
    pictures: list[Bitmap] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def _laid_out(blocks: Sequence[Block], program: Program) -> list[_Page]:
    """The blocks on pages; a block that does not fit begins the next one."""
    top = program.paper[1] - program.margin
    pages = [_Page(top)]
    for block in _lines(blocks, program.line_letters):
        height = _size(block, program)[1] if isinstance(block, Bitmap) else program.leading
        if block == PAGE_BREAK or pages[-1].y - height < program.margin < pages[-1].y < top:
            pages.append(_Page(top))
        if block != PAGE_BREAK:
            _draw(pages[-1], block, program)
            pages[-1].y -= height
    return pages


def _lines(blocks: Sequence[Block], letters: int) -> Iterator[Block]:
    """The blocks with long and many-lined text wrapped; the rest as it is."""
    for block in blocks:
        if isinstance(block, str) and block != PAGE_BREAK:
            for line in block.splitlines() or [""]:
                yield from _wrapped(line, letters)
        else:
            yield block


def _wrapped(line: str, letters: int) -> Iterator[str]:
    while len(line) > letters:
        at = line.rfind(" ", 1, letters + 1)
        at = at if at > 0 else letters
        yield line[:at]
        line = line[at:].lstrip(" ")
    yield line


def _size(picture: Bitmap, program: Program) -> tuple[float, float]:
    """Width and height on paper: as drawn, or as large as fits."""
    room = [length - 2 * program.margin for length in program.paper]
    scale = min(_POINTS_A_SQUARE, room[0] / picture.width, room[1] / picture.height)
    return picture.width * scale, picture.height * scale


def _draw(page: _Page, block: Block, program: Program) -> None:
    left, base = program.margin, page.y - program.size
    if isinstance(block, Bitmap):
        width, height = _size(block, program)
        place = f"q {width:.2f} 0 0 {height:.2f} {left} {page.y - height:.2f} cm"
        page.drawing.append(f"{place} /P{len(page.pictures)} Do Q".encode())
        page.pictures.append(block)
        return
    label = block.label if isinstance(block, Anchor) else block
    colour = b" 0 0 0.8 rg" if isinstance(block, Anchor) else b" 0 g"
    head = f"BT /F1 {program.size} Tf".encode() + colour
    page.drawing.append(head + f" {left} {base:.2f} Td ".encode() + _quoted(label) + b" Tj ET")
    if isinstance(block, Anchor):
        right = left + len(label) * program.size * _LETTER_WIDTH
        frame = f"[{left} {base - 3:.2f} {right:.2f} {page.y:.2f}]"
        action = f"<< /S /URI /URI {_quoted(block.url).decode('latin-1')} >>"
        page.links.append(
            f"<< /Type /Annot /Subtype /Link /Rect {frame} /Border [0 0 0] /A {action} >>"
        )


def _quoted(text: str) -> bytes:
    """The text as a string of the page's encoding."""
    raw = text.encode("cp1252", "replace").replace(b"\\", rb"\\")
    return b"(" + raw.replace(b"(", rb"\(").replace(b")", rb"\)") + b")"


def _page(objects: _Objects, page: _Page, tree: int, font: int, program: Program) -> int:
    """Add what a page needs, and the page itself."""
    wrapped = program.wraps_streams
    content = objects.add_stream("", b"\n".join(page.drawing), wrapped=wrapped)
    drawn = [
        objects.add_stream(_picture(picture), picture.bits, wrapped=wrapped)
        for picture in page.pictures
    ]
    shown = " ".join(f"/P{place} {number} 0 R" for place, number in enumerate(drawn))
    pictures = f" /XObject << {shown} >>" if drawn else ""
    links = " ".join(f"{objects.add(link)} 0 R" for link in page.links)
    annotations = f" /Annots [{links}]" if links else ""
    return objects.add(
        f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {program.paper[0]} {program.paper[1]}]"
        f" /Contents {content} 0 R /Resources << /Font << /F1 {font} 0 R >>{pictures} >>"
        f"{annotations} >>"
    )


def _picture(picture: Bitmap) -> str:
    colours = bytes(picture.paper + picture.ink).hex()
    return (
        f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height}"
        f" /ColorSpace [/Indexed /DeviceRGB 1 <{colours}>] /BitsPerComponent 1 "
    )


def _info(program: Program, title: str, made: datetime) -> str:
    """What the document says of itself, empty facts left out."""
    facts = {"Title": title, "Creator": program.creator, "Producer": program.producer}
    said = "".join(
        f"/{name} <{(chr(0xFEFF) + value).encode('utf-16-be').hex()}> "
        for name, value in facts.items()
        if value
    )
    return f"<< {said}/CreationDate (D:{made:%Y%m%d%H%M%S}Z) >>"
