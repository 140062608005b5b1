"""Attachments: what they say they are, their bytes read late, and where they are shown."""

import base64
import hashlib

import pytest

from chaffinch.core.limits import Limits
from chaffinch.message.attachment import attachments, sort_parts
from chaffinch.message.message import Message
from chaffinch.message.mime import split
from chaffinch.message.parse import attached, parse


def _one(head: str, body: bytes = b"JVBERi0xLjcK") -> bytes:
    return head.encode() + b"\n\n" + body


PDF = _one('Content-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64')


def test_names_and_types_decode_nothing() -> None:
    (found,) = attachments(sort_parts(split(PDF)))
    assert (found.file_name, found.content_type, found.file_extension) == (
        "a.pdf",
        "application/pdf",
        "pdf",
    )
    assert "_decoded" not in found.content.__dict__


def test_the_type_of_a_large_file_decodes_its_head_only() -> None:
    data = base64.encodebytes(b"%PDF-1.7\n" + bytes(1_000_000))
    root = split(_one("Content-Type: image/png\nContent-Transfer-Encoding: base64", data))
    (found,) = attachments(sort_parts(root))
    assert found.file_type == "pdf"
    assert "_decoded" not in found.content.__dict__
    assert found.size == 1_000_009


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("a.tar.gz", "gz"),
        ("a.PDF", "PDF"),
        ("noext", None),
        ("dot.", None),
        (".profile", "profile"),
        ("a.b/c", "b/c"),
        ("invoice.pdf.exe", "exe"),
        ("x." + "e" * 65, None),
    ],
)
def test_the_extension_is_what_follows_the_last_dot(name: str, extension: str | None) -> None:
    head = f'Content-Type: application/pdf\nContent-Disposition: attachment; filename="{name}"'
    assert attachments(sort_parts(split(_one(head))))[0].file_extension == extension


def test_a_file_without_a_name_has_no_extension() -> None:
    (found,) = attachments(sort_parts(split(_one("Content-Type: application/pdf"))))
    assert (found.file_name, found.file_extension) == (None, None)


def test_digests_are_those_of_the_decoded_bytes() -> None:
    (found,) = attachments(sort_parts(split(PDF)))
    assert found.raw == b"%PDF-1.7\n"
    for name in ("md5", "sha1", "sha256"):
        assert getattr(found, name) == hashlib.new(name, b"%PDF-1.7\n").hexdigest()


RELATED = (
    b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
    b'<img src="cid:logo@x"><a href="cid:none">x</a>\n--b\nContent-Type: image/png\n'
    b"Content-ID: <logo@x>\n\nx\n--b\nContent-Type: image/gif\nContent-ID: <other>\n\nx\n--b--\n"
)


def test_attachments_shown_in_the_page_are_known() -> None:
    message = parse(RELATED)
    assert [one.content_id for one in message.shown_inline] == ["logo@x"]
    assert message.structure == "related(html,png,gif)"
    assert parse(b"\nno page").shown_inline == ()


def test_attached_messages_are_read_as_deep_as_the_limit_says() -> None:
    raw = b"Subject: core\n\nhello"
    for number in range(3):
        raw = b"Subject: %d\nContent-Type: message/rfc822\n\n" % number + raw
    message: Message | None = parse(raw, limits=Limits(nesting=2))
    subjects = []
    while message is not None:
        subjects.append(message.subject.subject)
        (attachment,) = message.attachments
        message = attached(attachment.raw, attachment.content.limits)
    assert subjects == ["2", "1", "0"]
