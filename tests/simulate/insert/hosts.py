"""Histories of a small firm, as hosts of several kinds keep them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Message
from chaffinch.message.parse import parse

TENANT = Tenant(name="acme", domains=("acme.example",), boundary=("mx.acme.example",))
OURS = (
    ("Ann Lee", "Ann.Lee@acme.example"), ("Bo Ek", "bo.ek@acme.example"),
    ("Cy Dow", "cy.dow@acme.example"), ("Di Fox", "di.fox@acme.example"),
)  # fmt: skip
THEIRS = (
    ("Pat Roe", "pat.roe@partner.example"), ("Quin Sy", "quin@other.test"),
    ("Ray Tu", "ray@partner.example"),
)  # fmt: skip

Who = tuple[str, str]
Writer = Callable[[int, datetime, Who, Who], list[str]]


def history(writer: Writer, newline: str = "\r\n", count: int = 200) -> list[Message]:
    """So many letters between the firm and its partners, in order of arrival."""
    rng, at = Random(5), datetime(2024, 3, 4, 7, tzinfo=UTC)
    mail = []
    for number in range(count):
        at += timedelta(minutes=rng.randrange(20, 90))
        author = rng.choice(OURS + THEIRS)
        known = OURS + THEIRS if author in OURS else OURS
        reader = rng.choice([one for one in known if one != author])
        raw = newline.join(writer(number, at, author, reader)).encode()
        mail.append(parse(raw, tenant=TENANT))
    return mail


def with_traces(number: int, at: datetime, author: Who, reader: Who) -> list[str]:
    """As a mailbox keeps it: what every server wrote, in lines of its own."""
    home, host = author[1].partition("@")[2], f"8.8.4.{number % 200 + 1}"
    stamp, before = format_datetime(at), format_datetime(at - timedelta(seconds=1))
    submitted = (
        "Received: from pc.acme.example (pc.acme.example [10.0.0.7])",
        f"\tby mx.acme.example (Postfix) with ESMTPSA id AB{number:06d}",
        f"\tfor <{reader[1]}>; {stamp}",
    )
    relayed = (
        f"Received: from mail.{home} (mail.{home} [{host}])",
        f"\tby mx.acme.example (Postfix) with ESMTPS id CD{number:06d}",
        f"\tfor <{reader[1]}>; {stamp}",
        "Received: from ruby (unknown [192.168.1.7])",
        f"\tby mail.{home} with ESMTPSA id EF{number:06d}; {before}",
        f"Received-SPF: pass (mx.acme.example: domain of {author[1]} designates {host} as"
        f" permitted sender) client-ip={host}; envelope-from={author[1]}; helo=mail.{home};",
        f"Authentication-Results: mx.acme.example; spf=pass smtp.mailfrom={author[1]};",
        f"\tdkim=pass header.d={home} header.s=k1; dmarc=pass (p=reject) header.from={home}",
        f"DKIM-Signature: v=1; a=rsa-sha256; d={home}; s=k1; t={int(at.timestamp())};",
        "\tbh=abcd1234=; b=AAAA1234",
    )
    is_within = author in OURS
    return [
        f"Return-Path: <{author[1]}>",
        f"Delivered-To: {reader[1]}",
        *(submitted if is_within else relayed),
        f"X-MS-Exchange-Organization-AuthAs: {'Internal' if is_within else 'Anonymous'}",
        f"Disposition-Notification-To: {author[0]} <{author[1]}>",
        *bare(number, at, author, reader),
    ]


def bare(number: int, at: datetime, author: Who, reader: Who) -> list[str]:
    """As some archives keep it: no traces, nothing about the content."""
    return [
        f"From: {author[0]} <{author[1]}>",
        f"To: {reader[0]} <{reader[1]}>",
        f"Subject: Point {number} of the list",
        f"Date: {format_datetime(at - timedelta(seconds=2))}",
        f"Message-ID: <{number:05d}.ab@{author[1].partition('@')[2]}>",
        "", "Hello there, here is some text about the point.", "",
    ]  # fmt: skip


def with_files(number: int, at: datetime, author: Who, reader: Who) -> list[str]:
    """As ``bare``, and every third letter brings a file."""
    lines = bare(number, at, author, reader)
    if number % 3:
        return lines
    end = lines.index("")
    return [
        *lines[:end],
        "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="xx"', "",
        "--xx", "Content-Type: text/plain", "", "See the file.", "--xx",
        'Content-Type: application/pdf; name="a.pdf"',
        'Content-Disposition: attachment; filename="a.pdf"', "", "%PDF-1.4", "--xx--", "",
    ]  # fmt: skip
