"""Rebuilding an RFC 5322 message from an Outlook .msg file."""

import re
from typing import BinaryIO, NamedTuple

from chaffinch.core.errors import UnreadableError
from chaffinch.core.limits import Limits
from chaffinch.message import rtf
from chaffinch.message.code_page import charset_of
from chaffinch.message.sources.mapi import (
    HOSTILE_ERRORS,
    Allowance,
    Storage,
    open_message,
)
from chaffinch.message.sources.rfc5322 import (
    date,
    leaf,
    mailbox,
    media_type,
    multipart,
    one_line,
    parameter,
    words,
)

_DAMAGED = "the Outlook message is damaged; save it again"
_FIELD = re.compile(r"([!-9;-~]{1,128})[ \t]{0,16}:")
_RECIPIENT_FIELDS = {1: "To", 2: "Cc", 3: "Bcc"}
_EMBEDDED_DEPTH = 8


class Rebuilt(NamedTuple):
    """The message's bytes, and whether something of the file was too large to go in."""

    raw: bytes
    is_truncated: bool


def rebuild(file: BinaryIO, limits: Limits) -> Rebuilt:
    """The message of a .msg file; raises UnreadableError where there is none."""
    allowance = Allowance(limits.message_bytes)
    try:
        raw = _message(open_message(file, allowance), limits, 0)
    except HOSTILE_ERRORS:
        raise UnreadableError(_DAMAGED) from None
    return Rebuilt(
        raw[: limits.message_bytes], allowance.is_spent or len(raw) > limits.message_bytes
    )


def _message(message: Storage, limits: Limits, depth: int) -> bytes:
    fields = _transport_fields(message.text(0x007D) or "")
    present = {name.lower() for name, _ in fields}
    fields += [field for field in _own_fields(message) if field[0].lower() not in present]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)
    return (
        head.encode("utf-8", "replace") + b"MIME-Version: 1.0\r\n" + _body(message, limits, depth)
    )


def _transport_fields(headers: str) -> list[tuple[str, str]]:
    """The header lines the message travelled with, less those that describe its MIME body."""
    fields: list[tuple[str, str]] = []
    is_kept = False
    for line in headers.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in (" ", "\t"):
            if is_kept and line.strip():
                name, value = fields[-1]
                fields[-1] = (name, f"{value}\r\n{line}")
            continue
        field = _FIELD.match(line)
        is_kept = field is not None and not _describes_body(field.group(1))
        if field is not None and is_kept:
            fields.append((field.group(1), line[field.end() :].strip()))
    return fields


def _describes_body(name: str) -> bool:
    return name.lower().startswith("content-") or name.lower() == "mime-version"


def _own_fields(message: Storage) -> list[tuple[str, str]]:
    """Header lines from the message's properties, for those it did not travel with."""
    sent = message.time(0x0039) or message.time(0x0E06)
    fields = [
        ("From", _author(message)),
        ("Sender", _submitter(message)),
        *_recipient_fields(message),
        ("Reply-To", _reply_to(message)),
        ("Subject", words(message.text(0x0037) or "")),
        ("Date", date(sent) if sent else ""),
        ("Message-ID", one_line(message.text(0x1035) or "")),
        ("In-Reply-To", one_line(message.text(0x1042) or "")),
        ("References", one_line(message.text(0x1039) or "")),
    ]
    return [(name, value) for name, value in fields if value]


def _author(message: Storage) -> str:
    name = message.text(0x0042) or message.text(0x0C1A)
    return mailbox(name, _author_address(message))


def _author_address(message: Storage) -> str | None:
    return _internet_address(
        message.text(0x5D02), message.text(0x0065), message.text(0x5D01), message.text(0x0C1F)
    )


def _submitter(message: Storage) -> str:
    """Who sent it for the author, where that was somebody else."""
    email = _internet_address(message.text(0x5D01), message.text(0x0C1F))
    if email is None or email == _author_address(message):
        return ""
    return mailbox(message.text(0x0C1A), email)


def _internet_address(*candidates: str | None) -> str | None:
    """The first that is an Internet address and not a directory name of Exchange."""
    return next((text for text in candidates if text and "@" in text), None)


def _recipient_fields(message: Storage) -> list[tuple[str, str]]:
    shown: dict[str, list[str]] = {"To": [], "Cc": [], "Bcc": []}
    for recipient in message.recipients():
        field = _RECIPIENT_FIELDS.get((recipient.number(0x0C15) or 1) & 0xF, "To")
        email = _internet_address(recipient.text(0x39FE), recipient.text(0x3003))
        shown[field].append(mailbox(recipient.text(0x3001), email))
    for field, tag in (("To", 0x0E04), ("Cc", 0x0E03)):
        if not any(shown.values()) and (names := message.text(tag)):
            shown[field].append(words(names.replace(";", ",")))
    return [(name, ",\r\n ".join(filter(None, boxes))) for name, boxes in shown.items()]


def _reply_to(message: Storage) -> str:
    names = message.text(0x0050) or ""
    return words(names.replace(";", ",")) if "@" in names else ""


def _body(message: Storage, limits: Limits, depth: int) -> bytes:
    attachments = message.attachments()
    if signed := _signed_entity(message, attachments):
        return signed
    texts = _texts(message, limits)
    files = [_attachment(item, limits, depth) for item in attachments]
    return multipart("mixed", [multipart("alternative", texts), *filter(None, files)])


def _signed_entity(message: Storage, attachments: list[Storage]) -> bytes | None:
    """The MIME entity of a clear-signed message, which Outlook keeps whole as an attachment."""
    if len(attachments) != 1 or media_type(attachments[0].text(0x370E)) != "multipart/signed":
        return None
    entity = attachments[0].binary(0x3701) or b""
    return entity if entity[:13].lower() == b"content-type:" else None


def _texts(message: Storage, limits: Limits) -> list[bytes]:
    """The body as plain text, HTML or both; from RTF where there is nothing else."""
    plain = message.text(0x1000)
    html, encoding = _html(message)
    if html is None and (packed := message.binary(0x1009)):
        inner = rtf.read(rtf.decompress(packed, limits.text_characters))
        if inner.is_html:
            html, encoding = inner.text.encode("utf-8", "replace"), "utf-8"
        elif plain is None:
            plain = inner.text
    texts = []
    if plain is not None or html is None:
        texts.append(_text_part("plain", "utf-8", (plain or "").encode("utf-8", "replace")))
    if html is not None:
        texts.append(_text_part("html", encoding, html))
    return texts


def _html(message: Storage) -> tuple[bytes | None, str]:
    data = message.binary(0x1013)
    if data is None:
        text = message.text(0x1013)
        return (None if text is None else text.encode("utf-8", "replace")), "utf-8"
    return data, charset_of(message.number(0x3FDE)) or _guess(data)


def _guess(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


def _text_part(subtype: str, encoding: str, body: bytes) -> bytes:
    return leaf([f'Content-Type: text/{subtype}; charset="{encoding}"'], body)


def _attachment(item: Storage, limits: Limits, depth: int) -> bytes | None:
    embedded = item.embedded()
    name = item.text(0x3707) or item.text(0x3704) or item.text(0x3001)
    if embedded is not None:
        if depth >= _EMBEDDED_DEPTH:
            return None
        disposition = "attachment" + (parameter("filename", name) if name else "")
        head = f"Content-Type: message/rfc822\r\nContent-Disposition: {disposition}\r\n\r\n"
        return head.encode() + _message(embedded, limits, depth + 1)
    data = item.binary(0x3701)
    return None if data is None else leaf(_attachment_fields(item, name), data)


def _attachment_fields(item: Storage, name: str | None) -> list[str]:
    content_id = one_line(item.text(0x3712) or "").strip("<>")
    kind = "inline" if content_id else "attachment"
    fields = [f"Content-Type: {media_type(item.text(0x370E))}"]
    if name:
        fields[0] += parameter("name", name)
        kind += parameter("filename", name)
    fields.append(f"Content-Disposition: {kind}")
    if content_id:
        fields.append(f"Content-ID: <{content_id}>")
    return fields
