"""Small files that open: PDF, Word, ZIP, PNG and calendar objects, the same bytes every time."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from chaffinch.simulate.organisation import Contact


def pdf(lines: Sequence[str]) -> bytes:
    """A one-page PDF with the lines as selectable text.

    >>> pdf(["Invoice 7"]).startswith(b"%PDF-1.4")
    True
    """
    shown = " ".join(f"({_pdf_text(line)}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 56 780 Td 16 TL {shown} ET".encode("latin-1", "replace")
    return _pdf_of((
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ))  # fmt: skip


def _pdf_text(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf_of(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (len(objects) + 1, start)
    return bytes(out + b"%%EOF\n")


def archive(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of the members, stored uncompressed so that no library version shows in the bytes."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as zipped:
        for name, data in members.items():
            entry = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.create_system = 3
            zipped.writestr(entry, data)
    return out.getvalue()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MACRO = "application/vnd.ms-word.document.macroEnabled"
_SCHEMA = "http://schemas.openxmlformats.org"


def docx(paragraphs: Sequence[str], macro: bytes = b"") -> bytes:
    """A Word document; with ``macro`` it is one of the macro kind, holding those (dead) bytes."""
    kind = _MACRO if macro else _WORD
    runs = "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in paragraphs)
    members = {
        "[Content_Types].xml": _xml(
            f'<Types xmlns="{_SCHEMA}/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}.main+xml"/></Types>'
        ),
        "_rels/.rels": _xml(
            f'<Relationships xmlns="{_SCHEMA}/package/2006/relationships"><Relationship Id="r1" '
            f'Type="{_SCHEMA}/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": _xml(
            f'<w:document xmlns:w="{_SCHEMA}/wordprocessingml/2006/main">'
            f"<w:body>{runs}</w:body></w:document>"
        ),
    }
    return archive(members | ({"word/vbaProject.bin": macro} if macro else {}))


def _xml(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}'.encode()


def png(rows: Sequence[Sequence[bool]], scale: int = 4) -> bytes:
    """A greyscale picture of the squares, dark where true."""
    wide = [b"\0" + bytes(0 if dark else 255 for dark in row for _ in range(scale)) for row in rows]
    pixels = b"".join(line * scale for line in wide)
    size = (len(rows[0]) * scale, len(rows) * scale)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", _stored(pixels))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _stored(data: bytes) -> bytes:
    """A zlib stream of stored blocks: no compressor, so no library version shows."""
    blocks = [data[at : at + 65_535] for at in range(0, len(data), 65_535)]
    out = b"\x78\x01"
    for number, block in enumerate(blocks, 1):
        out += struct.pack("<BHH", number == len(blocks), len(block), len(block) ^ 0xFFFF) + block
    return out + struct.pack(">I", zlib.adler32(data))


def invitation(
    host: Contact, guests: Sequence[Contact], subject: str, starts: datetime, about: str
) -> str:
    """An iCalendar request for an hour's meeting."""
    when = f"{starts:%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:{when}-{host.address}",
        f"DTSTAMP:{when}",
        f"DTSTART:{when}",
        f"DTEND:{starts + timedelta(hours=1):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_ics_text(subject)}",
        f"DESCRIPTION:{_ics_text(about)}",
        f"ORGANIZER;CN={_ics_text(host.name)}:mailto:{host.address}",
        *(f"ATTENDEE;CN={_ics_text(g.name)};RSVP=TRUE:mailto:{g.address}" for g in guests),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"


def _ics_text(text: str) -> str:
    flat = text.replace("\\", "\\\\").replace("\n", "\\n")
    return flat.replace(",", "\\,").replace(";", "\\;")
