"""Messages made to cost much: CPU seconds and memory of reading each of them in full.

One row per input: its size, the seconds, the most memory held above its own size, and what the
reader found wrong. Every input is made here; nothing in it is from a real message.
"""

import base64
import binascii
import json
import random
import struct
import sys
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing import Pool
from time import process_time

from rich.progress import track

from chaffinch.message.parse import attached, force, parse
from shared.measuring import PeakMemory, options, report

MIXED = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"
HTML = b"Content-Type: text/html\n\n"
TNEF = b"Content-Type: application/ms-tnef\n\n"
SIGNED = bytes.fromhex("308006092a864886f70d010702a0803080020101")


def nested(head: bytes, depth: int) -> bytes:
    """A part in a part in a part."""
    return b"".join(head.replace(b"%d", b"%d" % number) for number in range(depth))


def encoded(kind: bytes, data: bytes) -> bytes:
    """A message of one part in base64."""
    head = b"Content-Type: " + kind + b"\nContent-Transfer-Encoding: base64\n\n"
    return head + base64.encodebytes(data)


def noise(size: int) -> bytes:
    """Bytes by chance, the same ones every time."""
    return random.Random(1).randbytes(size)


def zip_bomb() -> bytes:
    """A zip archive of one member of a gigabyte of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(1024)) + packer.flush()
    name = b"[Content_Types].xml"
    sizes = struct.pack("<IIIHH", 0, len(packed), 1 << 30, len(name), 0)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + name
    central = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
    central += struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(packed), 0)
    return local + packed + central + b"PK\x05\x06" + end


def tnef(attributes: int) -> bytes:
    """An Outlook envelope of many small files."""
    one = struct.pack("<BHHI", 2, 0x9002, 6, 0) + b"\0\0"
    one += struct.pack("<BHHI", 2, 0x800F, 6, 1) + b"x\0\0"
    return b"\x78\x9f\x3e\x22\1\0" + one * attributes


def rich_text_bomb() -> bytes:
    """An Outlook envelope whose compressed rich text repeats itself as far as it may."""
    packed, written = [b"\0abcdefgh"], 215  # what the window holds from the start, and these
    for _ in range(60_000):
        places = range(written, written + 8 * 17, 17)
        packed.append(b"\xff" + b"".join(_reference(place - 100) for place in places))
        written += 8 * 17
    source = b"".join(packed)
    body = struct.pack("<II4sI", len(source) + 12, 1 << 30, b"LZFu", 0) + source
    rich = struct.pack("<IHHII", 1, 0x102, 0x1009, 1, len(body)) + body
    return b"\x78\x9f\x3e\x22\1\0" + struct.pack("<BHHI", 1, 0x9003, 6, len(rich)) + rich + b"\0\0"


def _reference(place: int) -> bytes:
    """Seventeen bytes again, from a place of the window."""
    return struct.pack(">H", (place % 4096) << 4 | 0xF)


def deep_messages(depth: int) -> bytes:
    """A message attached to a message attached to a message."""
    return b"Subject: x\nContent-Type: message/rfc822\n\n" * depth + b"Subject: core\n\nx"


def repeated(text: str) -> bytes:
    """A body of nothing but this, after one letter."""
    raw = text.encode()
    return b"Content-Type: text/plain; charset=utf-8\n\na" + raw * (5_000_000 // len(raw))


INPUTS: Mapping[str, Callable[[], bytes]] = {
    "multipart nested 5,000": lambda: nested(MIXED, 5_000),
    "100,000 encoded words in a subject": lambda: b"Subject: " + b"=?utf-8?Q?a=20?= " * 100_000,
    "100,000 parts": lambda: MIXED.replace(b"%d", b"") + b"\nx\n--b\n" * 100_000,
    "100,000 parts beneath the limit each": lambda: (
        MIXED.replace(b"%d", b"0") + nested(b"Content-Type: multipart/mixed; boundary=c%d\n\n"
        + b"--c%d\n\nx\n" * 400 + b"--b0\n", 250)
    ),
    "200,000 Received": lambda: b"Received: from a by b; 1 Jan 2024 00:00:00 +0000\n" * 200_000,
    "5 MB header line without a colon": lambda: b"Subject: x\n" + b"x" * 5_000_000,
    "5 MB header value": lambda: b"To: " + b"a" * 5_000_000 + b"\n\nx",
    "5 MB of addresses": lambda: b"To: " + b"<a@b.example>," * 350_000 + b"\n\nx",
    "5 MB line of text": lambda: b"\n" + b"x" * 5_000_000,
    **{
        f"5 MB of {name}": partial(repeated, text)
        for name, text in {
            "hyphens": "-", "short names with stops": "a.", "numbers with stops": "1.",
            "ellipses": "…", "ligatures of 18 letters": "\ufdfa",
            "accents in a wrong order": "\u0301\u0323",
        }.items()
    },
    "5 MB of quote marks": lambda: b"\n" + b">" * 5_000_000,
    "5 MB of quoted lines": lambda: b"\n" + b"> > From: a\n" * 420_000,
    "1,000,000 nested div": lambda: HTML + b"<div>" * 1_000_000,
    "1,000,000 links": lambda: HTML + b"<a href=//a.example>x" * 1_000_000,
    "200,000 distinct links": lambda: HTML + b"".join(
        b"<a href=//a%d.example/>x</a>" % number for number in range(200_000)
    ),
    "30 MB attachment": lambda: encoded(b"application/pdf", b"%PDF" + bytes(22_000_000)),
    "30 MB of base64 with rubbish in it": lambda: encoded(b"image/png", b"")
    + (b"QUJD" * 18 + b"*\n") * 410_000,
    "30 MB of base64 ended 6,000,000 times": lambda: encoded(b"image/png", b"")
    + b"QQ==\n" * 6_000_000,
    "30 MB of quoted-printable": lambda: b"Content-Transfer-Encoding: quoted-printable\n\n"
    + b"=41=\n" * 6_000_000,
    "zip bomb, not opened": lambda: encoded(b"application/zip; name=a.zip", zip_bomb()),
    "2,000 attached messages in each other": lambda: deep_messages(2_000),
    "Outlook envelope of 1,000,000 files": lambda: TNEF + tnef(1_000_000),
    "Outlook envelope, noise": lambda: TNEF + b"\x78\x9f\x3e\x22\1\0" + noise(5_000_000),
    "Outlook envelope, rich text bomb": lambda: TNEF + rich_text_bomb(),
    "S/MIME, 5 MB of open elements": lambda: b"Content-Type: application/pkcs7-mime\n\n"
    + SIGNED + b"\x31\x80" * 2_500_000,
    "S/MIME, noise": lambda: b"Content-Type: application/pkcs7-mime\n\n"
    + SIGNED + noise(5_000_000),
    "200,000 beginnings of uuencoded files": lambda: b"\n" + b"begin 644 a\n" * 200_000,
    "100,000 small uuencoded files": lambda: b"\n" + b"begin 644 a\n#86)C\n`\nend\n" * 100_000,
    "30 MB uuencoded file": lambda: b"\nbegin 644 a\n" + binascii.b2a_uu(b"x" * 45) * 480_000,
    "100,000 beginnings of PGP signed texts": lambda: b"\n"
    + b"-----BEGIN PGP SIGNED MESSAGE-----\n" * 100_000,
    "5 MB of flowed lines": lambda: b"Content-Type: text/plain; format=flowed\n\n"
    + b"x \n" * 1_600_000,
    "5 MB of undeclared bytes": lambda: b"\n" + noise(5_000_000).replace(b"\0", b"\xe9"),
    "5 MB of UTF-7": lambda: b"Content-Type: text/plain; charset=utf-7\n\n" + b"+2AA-" * 1_000_000,
    "1,000,000 parameters": lambda: b"Content-Type: text/plain" + b"; a*0*=''x" * 50_000 + b"\n\nx",
}  # fmt: skip


def main() -> int:
    """Read every input and print its row."""
    chosen = options(__doc__ or "", sample=0).parse_args()
    with Pool(1, maxtasksperchild=1) as pool:  # a fresh process each: nobody else's freed memory
        done = pool.imap(row, INPUTS)
        rows = list(track(done, total=len(INPUTS), disable=not sys.stderr.isatty()))
    if chosen.json:
        print(json.dumps(rows))
        return 0
    for one in rows:
        found = one.pop("defects")
        report({**one, "defects": found}, as_json=False)
        print()
    return 0


def row(name: str) -> dict[str, object]:
    """What reading one input costs."""
    raw = INPUTS[name]()
    memory, started = PeakMemory(), process_time()
    message = parse(raw)
    force(message)
    inner = message
    while inner.attachments and inner.attachments[0].content_type == "message/rfc822":
        found = attached(inner.attachments[0].raw, inner.limits)
        if found is None:
            break
        inner = found
    return {
        "input": name,
        "mb": round(len(raw) / (1 << 20), 2),
        "cpu_s": round(process_time() - started, 4),
        "memory_above_mb": round(memory.above(len(raw)) / (1 << 20), 1),
        "defects": sorted({defect.code for defect in message.defects}),
    }


if __name__ == "__main__":
    sys.exit(main())
