"""Every limit at its edge: one less and just as many pass, one more is cut and said."""

from collections.abc import Callable

import msgspec
import pytest

from chaffinch.core.limits import Limits
from chaffinch.message.message import Message
from chaffinch.message.parse import attached, force, parse

MIXED = b"Content-Type: multipart/mixed; boundary=%s\n\n"
AT = 40


def padded(size: int) -> bytes:
    return b"Subject: x\n\n" + b"y" * (size - 12)


def header_of(size: int) -> bytes:
    return b"A: " + b"x" * (size - 5) + b"\n\nbody"


def headers(count: int) -> bytes:
    return b"A: b\n" * count + b"\nbody"


def parts(count: int) -> bytes:
    return MIXED % b"b" + b"--b\n\nx\n" * count + b"--b--\n"


def deep(depth: int) -> bytes:
    return b"".join((MIXED % b"b%d" % at) + b"--b%d\n" % at for at in range(depth)) + b"\nx"


def text(size: int) -> bytes:
    return b"\n" + b"x" * size


def addresses(count: int) -> bytes:
    return b"To: " + b", ".join(b"u%d@a.example" % at for at in range(count)) + b"\n\nx"


def addresses_in_many_fields(count: int) -> bytes:
    return b"".join(b"Cc: u%d@a.example\n" % at for at in range(count)) + b"\nx"


def plain_links(count: int) -> bytes:
    return b"\n" + b" ".join(b"https://a%d.example/" % at for at in range(count))


def page_links(count: int) -> bytes:
    links = b"".join(b"<a href=https://a%d.example/>x</a>" % at for at in range(count))
    return b"Content-Type: text/html\n\n" + links


def leaves(message: Message) -> int:
    return sum(not part.children for part in message.root.walk())


def depth(message: Message) -> int:
    return max(part.depth for part in message.root.walk())


def links(message: Message) -> int:
    return len(message.body.links)


EDGES: list[tuple[str, Callable[[int], bytes], Callable[[Message], int], str]] = [
    ("message_bytes", padded, lambda one: len(one.data), "message-bytes-limit"),
    ("header_bytes", header_of, lambda one: one.block.body_start, "header-bytes-limit"),
    ("header_count", headers, lambda one: len(one.root.fields), "header-count-limit"),
    ("parts_count", parts, leaves, "parts-count-limit"),
    ("depth", deep, depth, "depth-limit"),
    ("decoded_bytes", text, lambda one: len(one.root.payload), "decoded-bytes-limit"),
    ("text_characters", text, lambda one: len(one.root.text), "text-characters-limit"),
    ("addresses_count", addresses, lambda one: len(one.recipients.to), "addresses-count-limit"),
    (
        "addresses_count",
        addresses_in_many_fields,
        lambda one: len(one.recipients.cc),
        "addresses-count-limit",
    ),
    ("links_count", plain_links, links, "too-many-links"),
    ("links_count", page_links, links, "too-many-links"),
]


@pytest.mark.parametrize("over", [-1, 0, 1])
@pytest.mark.parametrize(("name", "make", "count", "code"), EDGES)
def test_a_limit_cuts_what_lies_beyond_it_and_nothing_else(
    name: str, make: Callable[[int], bytes], count: Callable[[Message], int], code: str, over: int
) -> None:
    limits = msgspec.convert({name: AT}, Limits)
    message = parse(make(AT + over), limits=limits)
    force(message)
    assert count(message) == min(AT, AT + over)
    assert (code in {defect.code for defect in message.defects}) == (over > 0)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_attached_messages_are_read_to_the_nesting_limit(over: int) -> None:
    raw = b"Subject: x\nContent-Type: message/rfc822\n\n" * (5 + over) + b"Subject: core\n\nx"
    message: Message | None = parse(raw, limits=Limits(nesting=5))
    read = 0
    while message is not None and message.attachments:
        (inner,) = message.attachments
        message = attached(inner.raw, inner.content.limits)
        read += message is not None
    assert read == min(5, 5 + over)


def test_every_limit_of_a_message_has_its_edge_tested() -> None:
    names = {field for field in Limits.__struct_fields__ if not field.startswith("archive_")}
    assert {name for name, *_ in EDGES} | {"nesting"} == names


@pytest.mark.parametrize(("name", "value"), [("depth", 101), ("depth", 0), ("nesting", -1)])
def test_settings_refuse_depths_nobody_can_walk(name: str, value: int) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({name: value}, Limits)
