"""The body of a message in wire form: text, HTML, calendar, pictures and files."""

from binascii import b2a_qp
from functools import partial
from random import Random

import msgspec

from chaffinch.simulate.coded import Parameter, base64, coded_text, parameter_of, plain_parameter
from chaffinch.simulate.files.calendar import method_of
from chaffinch.simulate.letter import AS_USUAL, Coding, File, Letter

LONGEST_LINE = 900
DELIVERY_STATUS = "message/delivery-status"


class Part(msgspec.Struct, frozen=True):
    """Header lines and the encoded body below them."""

    lines: tuple[str, ...]
    body: bytes

    @property
    def wire(self) -> bytes:
        """The part as it stands between two boundaries."""
        return "\r\n".join((*self.lines, "", "")).encode() + self.body


def body_of(letter: Letter, rng: Random) -> Part:
    """The whole body, with the header lines that belong to it."""
    text = _text if letter.coding == AS_USUAL else partial(_coded, letter.coding)
    part = text("plain", letter.text)
    if letter.html:
        page = text("html", letter.html)
        if letter.inline:
            page = _multipart("related", (page, *map(_picture, letter.inline)), rng)
        part = _multipart("alternative", (part, page), rng)
    if letter.calendar:
        method = method_of(letter.calendar)
        invitation = text("calendar", letter.calendar, f"; method={method}")
        part = _multipart("alternative", (part, invitation), rng)
    for _ in range(letter.coding.layers):
        part = _multipart("mixed", (part,), rng)
    if letter.files:
        attached = partial(attachment_part, parameter=parameter_of(letter.coding))
        part = _multipart(_container(letter.files), (part, *map(attached, letter.files)), rng)
    return part


def _container(files: tuple[File, ...]) -> str:
    is_report = any(file.content_type == DELIVERY_STATUS for file in files)
    return "report; report-type=delivery-status" if is_report else "mixed"


def _coded(coding: Coding, subtype: str, text: str, parameters: str = "") -> Part:
    return Part(*coded_text(coding, f"text/{subtype}", _lines_of(text), parameters))


def _lines_of(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").rstrip() + "\r\n"


def _text(subtype: str, text: str, parameters: str = "") -> Part:
    wire = _lines_of(text)
    is_plain_ascii = wire.isascii() and max(map(len, wire.split("\r\n"))) < LONGEST_LINE
    charset = "us-ascii" if is_plain_ascii else "utf-8"
    head = f"Content-Type: text/{subtype}; charset={charset}{parameters}"
    if is_plain_ascii:
        return Part((head, "Content-Transfer-Encoding: 7bit"), wire.encode())
    encoded = b2a_qp(wire.encode(), istext=True)
    return Part((head, "Content-Transfer-Encoding: quoted-printable"), encoded)


def _multipart(subtype: str, parts: tuple[Part, ...], rng: Random) -> Part:
    boundary = f"=_{rng.getrandbits(112):028x}"
    line = f"--{boundary}".encode()
    pieces = [piece for part in parts for piece in (line, part.wire)]
    body = b"\r\n".join((*pieces, line + b"--", b""))
    return Part((f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"',), body)


def attachment_part(file: File, parameter: Parameter = plain_parameter) -> Part:
    """A file as a part of a message: in base64, or as it is where it is a message."""
    if file.content_type.startswith("message/"):
        return _message(file, parameter)
    lines = (
        f"Content-Type: {file.content_type};\r\n {parameter('name', file.name)}",
        f"Content-Disposition: attachment;\r\n {parameter('filename', file.name)}",
        "Content-Transfer-Encoding: base64",
    )
    return Part(lines, base64(file.data))


def _message(file: File, parameter: Parameter) -> Part:
    """An attached message, which no encoding may cover."""
    kind = f"Content-Type: {file.content_type}"
    if file.content_type == DELIVERY_STATUS:
        return Part((kind,), file.data)
    disposition = f"Content-Disposition: attachment;\r\n {parameter('filename', file.name)}"
    return Part((kind, disposition), file.data)


def _picture(file: File) -> Part:
    lines = (
        f"Content-Type: {file.content_type}; {plain_parameter('name', file.name)}",
        f"Content-Disposition: inline; {plain_parameter('filename', file.name)}",
        f"Content-ID: <{file.name}>",
        "Content-Transfer-Encoding: base64",
    )
    return Part(lines, base64(file.data))
