"""The splitter against well-formed, broken and hostile messages."""

import email
import time
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.mime import Part, split

MIXED = b"Content-Type: multipart/mixed; boundary=%s\n\n"


def leaves(part: Part) -> list[Part]:
    return [one for one in part.walk() if not one.children]


def codes(part: Part) -> set[str]:
    return {defect.code for one in part.walk() for defect in (*one.defects, *one.decoding_defects)}


def test_nested_multiparts_become_a_tree() -> None:
    raw = (
        MIXED % b"out" + b"preamble\n--out\nContent-Type: multipart/alternative; boundary=in\n\n"
        b"--in\nContent-Type: text/plain\n\nplain\n--in\nContent-Type: text/html\n\n<p>html</p>\n"
        b"--in--\n--out\nContent-Type: application/pdf; name=a.pdf\n"
        b"Content-Transfer-Encoding: base64\nContent-ID: <c1>\n\nJVBERg==\n--out--\nepilogue\n"
    )
    root = split(raw)
    assert [(one.content_type, one.depth) for one in root.walk()] == [
        ("multipart/mixed", 0),
        ("multipart/alternative", 1),
        ("text/plain", 2),
        ("text/html", 2),
        ("application/pdf", 1),
    ]
    assert [one.payload for one in leaves(root)] == [b"plain", b"<p>html</p>", b"%PDF"]
    assert (leaves(root)[2].file_name, leaves(root)[2].content_id) == ("a.pdf", "c1")
    assert codes(root) == set()


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_every_line_ending_is_read_the_same(line_end: bytes) -> None:
    raw = MIXED % b"b" + b"--b\n\none\n--b\nContent-Type: text/html\n\ntwo\n--b--\n"
    assert [one.payload for one in leaves(split(raw.replace(b"\n", line_end)))] == [b"one", b"two"]


def test_an_mbox_line_is_dropped() -> None:
    root = split(b"From eve@evil.example Mon Jan  1 00:00:00 2024\nSubject: x\n\nbody")
    assert [field.name for field in root.fields] == ["Subject"]


def test_an_attached_message_stays_a_leaf() -> None:
    raw = MIXED % b"b" + b"--b\nContent-Type: message/rfc822\n\nSubject: in\n\ninner\n--b--\n"
    (leaf,) = leaves(split(raw))
    assert leaf.content_type == "message/rfc822"
    assert leaf.payload == b"Subject: in\n\ninner"


def test_an_unterminated_multipart_keeps_its_last_part() -> None:
    root = split(MIXED % b"b" + b"--b\n\none\n--b\n\ntwo\n")
    assert [one.text for one in leaves(root)] == ["one", "two\n"]
    assert "unterminated-multipart" in codes(root)


def test_a_boundary_that_never_comes_leaves_the_text_readable() -> None:
    root = split(MIXED % b"b" + b"hello\n")
    assert (root.content_type, root.text, root.children) == ("text/plain", "hello\n", ())
    assert "boundary-not-found" in codes(root)


def test_a_missing_boundary_parameter_is_guessed() -> None:
    root = split(
        b"Content-Type: multipart/mixed\n\n--xyz\nContent-Type: text/html\n\nhi\n--xyz--\n"
    )
    assert [one.content_type for one in leaves(root)] == ["text/html"]
    assert "boundary-guessed" in codes(root)


def test_a_longer_line_is_no_delimiter() -> None:
    root = split(MIXED % b"b" + b"--b\n\none\n--bb\n--b--\n")
    assert [one.text for one in leaves(root)] == ["one\n--bb"]


@pytest.mark.parametrize(
    ("limits", "raw", "code"),
    [
        (Limits(message_bytes=20), b"Subject: x\n\n" + b"y" * 50, "message-bytes-limit"),
        (Limits(parts_count=2), MIXED % b"b" + b"--b\n\nx\n" * 5, "parts-count-limit"),
        (
            Limits(depth=1),
            (MIXED % b"b" + b"--b\n") + (MIXED % b"c" + b"--c\n\nx\n"),
            "depth-limit",
        ),
        (Limits(decoded_bytes=2), b"\nabcdef", "decoded-bytes-limit"),
        (Limits(text_characters=2), b"\nabcdef", "text-characters-limit"),
    ],
)
def test_limits_cut_and_say_so(limits: Limits, raw: bytes, code: str) -> None:
    root = split(raw, limits)
    assert all(one.text is not None for one in root.walk())
    assert code in codes(root)
    assert len(list(root.walk())) <= limits.parts_count + 1


def test_the_attacker_cannot_buy_time() -> None:
    nested = b"".join((MIXED % b"b%d" % i) + b"--b%d\n" % i for i in range(100_000))
    bombs = [
        nested,
        (MIXED % b"b" + b"--b\n") * 100_000,
        b"x" * 5_000_000,
        b"A: b\n" + b"x" * 5_000_000 + b"\nB: c\n\n",
        b"Received: from a by b\n" * 200_000 + b"\nx",
        MIXED % b"b" + b"--b\n\nx\n" * 100_000,
        MIXED % b"b" + b"--bb\n" * 1_000_000,
        b"no colon\n" * 500_000,
        b"A: b\r" * 200_000,
        b"Content-Transfer-Encoding: base64\n\n" + b"QQ==\n" * 500_000,
    ]
    for bomb in bombs:
        started = time.process_time()
        for leaf in leaves(split(bomb)):
            assert leaf.text is not None
        assert time.process_time() - started < 5


TEXTS = st.text(
    alphabet=st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]),
    max_size=60,
)


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
@settings(max_examples=60, deadline=None)
def test_well_formed_messages_are_those_of_the_standard_library(
    texts: list[str], subject: str
) -> None:
    message = EmailMessage()
    message["Subject"] = subject
    message.set_content(texts[0])
    for text in texts[1:]:
        message.add_attachment(text.encode(), maintype="application", subtype="octet-stream")
    raw = message.as_bytes()
    oracle = email.message_from_bytes(raw)
    root = split(raw)
    assert [field.name for field in root.fields] == oracle.keys()
    expected = [part.get_payload(decode=True) for part in oracle.walk() if not part.is_multipart()]
    assert [one.payload for one in leaves(root)] == expected


@given(st.binary(max_size=400) | st.text(alphabet="-b:\n\r =;CTx/", max_size=400).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_become_a_tree(raw: bytes) -> None:
    for head in (b"", MIXED % b"b"):
        for one in split(head + raw).walk():
            assert isinstance(one.text, str)
            assert all(defect.code for defect in one.decoding_defects)


def test_a_file_read_as_text_is_no_defect() -> None:
    part = split(b"Content-Type: application/pdf\n\n%PDF \xff\xfe\xfd")
    assert part.text.startswith("%PDF")
    assert part.known_decoding_defects == ()
