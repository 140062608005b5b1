"""Outlook messages come back as the mail they were."""

import email
import email.policy
import random
import struct
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oxmsg import Message as Independent

from chaffinch.core.limits import Limits
from chaffinch.message.rtf import decompress, read
from chaffinch.message.sources import find

Place = Callable[[str, bytes], Path]
Msg = Callable[..., bytes]


def _parsed(path: Path) -> EmailMessage:
    (found,) = find([path])
    assert found.error is None
    assert found.raw is not None
    message = email.message_from_bytes(found.raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


SENT = {
    0x0042: "Finch, Ann",
    0x5D02: "ann@acme.example",
    0x0037: "Rechnung für März",
    0x0039: datetime(2024, 3, 1, 9, 30, tzinfo=UTC),
    0x1035: "<1@acme.example>",
    0x1000: "Grüße\r\nAnn",
    0x1013: "<p>Grüße</p>".encode(),
    0x3FDE: 65001,
}
RECIPIENTS = [
    {0x3001: "Bob", 0x39FE: "bob@wren.example", 0x0C15: 1},
    {0x3001: "Cid", 0x3003: "/O=ACME/CN=CID", 0x39FE: "cid@wren.example", 0x0C15: 2},
]


def test_the_test_writer_writes_what_another_reader_reads(msg: Msg) -> None:
    independent = Independent.load(msg(SENT, RECIPIENTS, [{0x3707: "a.txt", 0x3701: b"x" * 9000}]))
    assert independent.subject == "Rechnung für März"
    assert independent.recipients[1].email_address == "cid@wren.example"
    assert independent.attachments[0].file_bytes == b"x" * 9000


def test_header_lines_come_from_properties(place: Place, msg: Msg) -> None:
    message = _parsed(place("sent.bin", msg(SENT, RECIPIENTS)))
    assert message["From"] == '"Finch, Ann" <ann@acme.example>'
    assert message["To"] == "Bob <bob@wren.example>"
    assert message["Cc"] == "Cid <cid@wren.example>"
    assert message["Subject"] == "Rechnung für März"
    assert message["Date"].datetime == datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
    assert message["Message-ID"] == "<1@acme.example>"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content() == "Grüße\r\nAnn"
    assert html.get_content() == "<p>Grüße</p>"


def test_transport_headers_are_kept_in_order_but_for_the_mime_ones(place: Place, msg: Msg) -> None:
    headers = (
        "Microsoft Mail Internet Headers Version 2.0\r\n"
        "Received: from a.example\r\n\tby b.example; Fri, 1 Mar 2024 09:30:00 +0000\r\n"
        "Received: from c.example by a.example\r\n"
        "From: other@acme.example\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed;\r\n boundary=gone\r\nX-Last: 1\r\n\r\n"
    )
    message = _parsed(place("received.msg", msg({**SENT, 0x007D: headers}, RECIPIENTS)))
    assert message.get_all("Received") == [
        "from a.example\tby b.example; Fri, 1 Mar 2024 09:30:00 +0000",
        "from c.example by a.example",
    ]
    assert message.get_all("From") == ["other@acme.example"]
    assert message.get_all("X-Last") == ["1"]
    assert message["To"] == "Bob <bob@wren.example>"  # was missing on the way
    assert message.get_all("MIME-Version") == ["1.0"]
    assert message.get_content_type() == "multipart/alternative"


def test_attachments_keep_name_type_and_content_id(place: Place, msg: Msg) -> None:
    files = [
        {0x3707: "Übersicht.pdf", 0x370E: "application/pdf", 0x3701: b"%PDF-" + bytes(6000)},
        {0x3704: "LOGO.PNG", 0x3712: "logo@1", 0x370E: 'bad"; type', 0x3701: b"\x89PNG"},
    ]
    report, logo = _parsed(place("files.msg", msg(SENT, RECIPIENTS, files))).iter_attachments()
    assert report.get_filename() == "Übersicht.pdf"
    assert report.get_content_type() == "application/pdf"
    assert report.get_content() == b"%PDF-" + bytes(6000)
    assert logo["Content-ID"] == "<logo@1>"
    assert logo.get_content_type() == "application/octet-stream"
    assert logo.get_content_disposition() == "inline"


def test_an_attached_message_becomes_message_rfc822(
    place: Place, msg: Msg, message_tree: Callable[..., dict[str, object]]
) -> None:
    inner = message_tree(
        {0x0037: "inside", 0x1000: "hidden"}, [], [{0x3707: "x", 0x3701: b"y"}], 24
    )
    message = _parsed(place("forward.msg", msg(SENT, RECIPIENTS, [inner])))
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "message/rfc822"
    forwarded = attached.get_content()
    assert forwarded["Subject"] == "inside"
    assert [part.get_filename() for part in forwarded.iter_attachments()] == ["x"]


def test_a_clear_signed_message_is_its_entity(place: Place, msg: Msg) -> None:
    entity = b'Content-Type: multipart/signed; boundary="s"\r\n\r\n--s\r\n\r\nhi\r\n--s--\r\n'
    files = [{0x370E: "multipart/signed", 0x3701: entity}]
    message = _parsed(place("signed.msg", msg({0x0037: "s"}, [], files)))
    assert message.get_content_type() == "multipart/signed"


def test_values_cannot_begin_a_new_header_line(place: Place, msg: Msg) -> None:
    trick = {0x0037: "x\r\nBcc: all@wren.example", 0x0042: "a\nX-Evil: 1", 0x5D02: "a@b.example"}
    message = _parsed(place("trick.msg", msg(trick)))
    assert message["Bcc"] is None
    assert message["X-Evil"] is None


def test_texts_of_old_files_are_read_in_their_code_page(
    place: Place, message_tree: Callable[..., dict[str, object]], write_ole: Callable[..., bytes]
) -> None:
    tree = message_tree({0x3FFD: 1251, 0x3FDE: 1252, 0x1013: b"<p>caf\xe9</p>"}, [], [])
    tree["__substg1.0_0037001E"] = "счёт".encode("cp1251")
    tree["__substg1.0_0E04001E"] = b"Bob; Cid"
    message = _parsed(place("old.msg", write_ole(tree)))
    assert message["Subject"] == "счёт"
    assert message["To"] == "Bob, Cid"
    assert message.get_content() == "<p>café</p>"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_html_without_a_code_page_is_guessed(place: Place, msg: Msg, encoding: str) -> None:
    message = _parsed(place("html.msg", msg({0x0037: "h", 0x1013: "<p>café</p>".encode(encoding)})))
    assert message.get_content() == "<p>café</p>"


def test_who_sent_for_another_is_named_and_replies_go_where_asked(place: Place, msg: Msg) -> None:
    properties = {**SENT, 0x5D01: "desk@acme.example", 0x0C1A: "Desk", 0x0050: "re@wren.example"}
    message = _parsed(place("behalf.msg", msg(properties)))
    assert message["From"] == '"Finch, Ann" <ann@acme.example>'
    assert message["Sender"] == "Desk <desk@acme.example>"
    assert message["Reply-To"] == "re@wren.example"


def test_messages_in_messages_end_somewhere(
    place: Place, msg: Msg, message_tree: Callable[..., dict[str, object]]
) -> None:
    inner = message_tree({0x0037: "deepest"}, [], [], 24)
    for _ in range(9):
        inner = message_tree({0x0037: "level"}, [], [inner], 24)
    (found,) = find([place("deep.msg", msg({0x0037: "top"}, [], [inner]))])
    assert found.raw is not None
    assert found.raw.count(b"Subject: level") == 8
    assert b"deepest" not in found.raw


def test_long_foreign_subjects_stay_whole(place: Place, msg: Msg) -> None:
    subject = "ж" * 70 + "x" * 30 + "€" * 40
    assert _parsed(place("long.msg", msg({0x0037: subject})))["Subject"] == subject


def _uncompressed(source: bytes) -> bytes:
    return struct.pack("<II4sI", len(source) + 12, len(source), b"MELA", 0) + source


def test_html_wrapped_in_rtf_is_unwrapped(place: Place, msg: Msg) -> None:
    source = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}}"
        rb"{\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 Gr\'fc\u223?e \{you\}{\*\mhtmltag no}"
        rb'{\*\htmltag84 <a href="https://wren.example">}here{\*\htmltag92 </a>}}'
    )
    message = _parsed(place("rtf.msg", msg({0x0037: "r", 0x1009: _uncompressed(source)})))
    html = message.get_body(("html",))
    assert html is not None
    assert html.get_content() == '<p>Grüße {you}<a href="https://wren.example">here</a>'


def test_rtf_alone_becomes_plain_text(place: Place, msg: Msg) -> None:
    source = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}pay\tab now\par thanks}"
    message = _parsed(place("rtf.msg", msg({0x0037: "r", 0x1009: _uncompressed(source)})))
    assert message.get_content() == "pay\tnow\r\nthanks"


def _compressed(source: bytes) -> bytes:
    """Literals, and references to what was written before; the window starts at 207."""
    window = bytes(207) + source
    items: list[bytes] = []
    at = 207
    while at < len(window):
        length = min(17, len(window) - at)
        while length >= 2 and (seen := window.rfind(window[at : at + length], 207, at)) < 0:
            length -= 1
        if length >= 2 and at - seen < 4000:
            items.append(((seen % 4096) << 4 | length - 2).to_bytes(2, "big"))
            at += length
        else:
            items.append(window[at : at + 1])
            at += 1
    items.append(((at % 4096) << 4).to_bytes(2, "big"))
    out = b""
    for start in range(0, len(items), 8):
        run = items[start : start + 8]
        out += bytes([sum((len(item) == 2) << bit for bit, item in enumerate(run))]) + b"".join(run)
    return struct.pack("<II4sI", len(out) + 12, len(source), b"LZFu", 0) + out


@given(st.lists(st.sampled_from([b"pay ", b"\\par ", b"now", b"x"]), max_size=2500).map(b"".join))
@settings(max_examples=50, deadline=None)
def test_compressed_rtf_is_decompressed(source: bytes) -> None:
    assert decompress(_compressed(source), 100_000) == source


@given(st.binary(max_size=300))
def test_compressed_rtf_of_any_bytes_never_raises(data: bytes) -> None:
    packed = struct.pack("<II4sI", 0, 1_000, b"LZFu", 0) + data
    assert len(decompress(packed, 500)) <= 500
    read(data)


def test_a_repeating_run_reaches_into_itself() -> None:
    # one literal, then a reference to it that is longer than what is there
    at = 207
    reference = (at << 4 | 8).to_bytes(2, "big")
    end = ((at + 11) << 4).to_bytes(2, "big")
    packed = struct.pack("<II4sI", 0, 11, b"LZFu", 0) + b"\x06x" + reference + end
    assert decompress(packed, 100) == b"x" * 11


def test_an_office_document_is_not_mail(place: Place, write_ole: Callable[..., bytes]) -> None:
    (found,) = find([place("old.doc", write_ole({"WordDocument": b"x" * 5000}))])
    assert found.error is not None
    assert "old Office document" in found.error


def test_what_is_too_large_is_left_out_and_said(place: Place, msg: Msg) -> None:
    files = [{0x3707: "big", 0x3701: bytes(50_000)}]
    path = place("big.msg", msg(SENT, RECIPIENTS, files))
    (found,) = find([path], Limits(message_bytes=20_000))
    assert found.raw is not None
    assert b"Subject:" in found.raw
    assert found.truncated_from == path.stat().st_size


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_never_raise(place: Place, msg: Msg, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(msg(SENT, RECIPIENTS, [{0x3707: "a", 0x3701: bytes(5000)}]))
    for _ in range(chance.choice([1, 5, 40])):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    cut = chance.choice([len(data), chance.randrange(9, len(data))])
    (found,) = find([place("damaged.msg", bytes(data[:cut]))])
    assert (found.raw is None) != (found.error is None)
