"""The body of an inserted letter in the structure and encodings of the host's message."""

import re
from base64 import encodebytes
from binascii import b2a_qp
from html import escape
from random import Random

import msgspec

from chaffinch.simulate.insert.mould import Mould
from chaffinch.simulate.insert.styles import alike
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.mime import attachment_part

_CHARSET = re.compile(r"(charset\s*=\s*\"?)([^\s;\"]+)", re.IGNORECASE)
_BOUNDARY = re.compile(r"(boundary\s*=\s*\"?)([^\s;\"]+)", re.IGNORECASE)
LONGEST_LINE = 990


class Body(msgspec.Struct, frozen=True):
    """The encoded body, and the content fields of the message's head by lower-case name."""

    head: dict[str, str]
    wire: bytes


def written_body(letter: Letter, mould: Mould, rng: Random) -> Body:
    """The letter's text in the mould's leaves; files go into a multipart around them."""
    top = {name.lower(): value for name, value in mould.fields if name.lower()[:8] == "content-"}
    if len(mould.leaves) == 1:
        leaf = mould.leaves[0]
        body = _leaf(letter, leaf.content_type, top, mould.newline)
    else:
        body = _alternative(letter, mould, top, rng)
    return _with_files(letter, body, mould.newline, rng) if letter.files else body


def _leaf(letter: Letter, content_type: str, fields: dict[str, str], newline: str) -> Body:
    text = _html(letter) if content_type == "text/html" else letter.text
    wire = newline.join(text.replace("\r\n", "\n").rstrip("\n").split("\n")) + newline
    head = {name: value.strip() for name, value in fields.items()}
    charset = _charset(head.get("content-type", ""))
    data = _encoded(wire, charset)
    if data is None:
        data, head = wire.encode(), _said_utf8(head, content_type)
    return _transferred(head, data, newline)


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found.group(2) if found else "us-ascii"


def _encoded(text: str, charset: str) -> bytes | None:
    try:
        return text.encode(charset)
    except (LookupError, ValueError):  # a charset may hold a NUL
        return None


def _said_utf8(head: dict[str, str], content_type: str) -> dict[str, str]:
    """The same fields, with the charset that holds everything."""
    said = head.get("content-type", content_type)
    changed = _CHARSET.sub(r"\g<1>utf-8", said)
    if changed == said and not _CHARSET.search(said):
        changed = f"{said}; charset=utf-8"
    return head | {"content-type": changed}


def _transferred(head: dict[str, str], data: bytes, newline: str) -> Body:
    """The bytes in the head's own transfer encoding, unless that cannot carry them."""
    coding = head.get("content-transfer-encoding", "").lower()
    if coding == "base64":
        return Body(head, encodebytes(data).replace(b"\n", newline.encode()))
    is_plain = data.isascii() and max(map(len, data.split(b"\n"))) < LONGEST_LINE
    if coding == "quoted-printable" or (not is_plain and coding != "8bit"):
        quoted = b2a_qp(data, istext=True).replace(b"\r\n", b"\n")
        head = head | {"content-transfer-encoding": "quoted-printable"}
        return Body(head, quoted.replace(b"\n", newline.encode()))
    return Body(head, data)


def _alternative(letter: Letter, mould: Mould, top: dict[str, str], rng: Random) -> Body:
    said = top.get("content-type", "").strip()
    found = _BOUNDARY.search(said)
    boundary = alike(rng, found.group(2)) if found else f"=_{rng.getrandbits(96):024x}"
    head = {name: value.strip() for name, value in top.items()}
    head["content-type"] = _BOUNDARY.sub(lambda one: one.group(1) + boundary, said)
    lines: list[bytes] = []
    for leaf in mould.leaves:
        names = {name.lower(): name for name, _ in leaf.fields}
        fields = {name.lower(): value for name, value in leaf.fields}
        part = _leaf(letter, leaf.content_type, fields, mould.newline)
        shown = [f"{names.get(name, name.title())}: {value}" for name, value in part.head.items()]
        lines += [f"--{boundary}".encode(), *(one.encode() for one in shown), b"", part.wire]
    lines += [f"--{boundary}--".encode(), b""]
    return Body(head, mould.newline.encode().join(lines))


def _with_files(letter: Letter, body: Body, newline: str, rng: Random) -> Body:
    boundary = f"=_{rng.getrandbits(96):024x}"
    inner = [f"{name.title()}: {value}" for name, value in body.head.items()]
    line = f"--{boundary}"
    files = [attachment_part(file).wire.replace(b"\r\n", b"\n") for file in letter.files]
    parts = [
        line.encode(), *(one.encode() for one in inner), b"", body.wire,
        *(piece for wire in files
          for piece in (line.encode(), wire.replace(b"\n", newline.encode()))),
        f"{line}--".encode(), b"",
    ]  # fmt: skip
    head = {"content-type": f'multipart/mixed; boundary="{boundary}"'}
    wire = newline.encode().join(parts)
    return Body(head, wire)


def _html(letter: Letter) -> str:
    if letter.html:
        return letter.html
    lines = escape(letter.text, quote=False).replace("\n", "<br>\n")
    return f"<html><body><p>{lines}</p></body></html>"
