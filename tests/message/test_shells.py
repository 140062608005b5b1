"""Envelopes in a message: what is inside them is read as if it had come without one."""

import base64
import binascii
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.cms import open_envelope
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.message.rtf import decompress
from chaffinch.message.tnef import SIGNATURE, unpack

SIGNED, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")


def attribute(kind: int, value: bytes, level: int = 1) -> bytes:
    return (
        struct.pack("<BHHI", level, kind, 6, len(value))
        + value
        + struct.pack("<H", sum(value) & 0xFFFF)
    )


def properties(*items: tuple[int, int, bytes]) -> bytes:
    """MAPI properties of variable size, as (tag, type, value)."""
    packed = struct.pack("<I", len(items))
    for tag, kind, value in items:
        padding = b"\0" * (-len(value) % 4)
        packed += struct.pack("<HHII", kind, tag, 1, len(value)) + value + padding
    return packed


def envelope(*attributes: bytes) -> bytes:
    return SIGNATURE + b"\1\0" + attribute(0x9007, struct.pack("<I", 1252)) + b"".join(attributes)


def a_file(name: str, data: bytes, *more: tuple[int, int, bytes]) -> bytes:
    rich = properties((0x3707, 0x1F, name.encode("utf-16-le") + b"\0\0"), *more)
    return (
        attribute(0x9002, b"\0" * 14, 2) + attribute(0x800F, data, 2) + attribute(0x9005, rich, 2)
    )


def with_part(kind: str, data: bytes, text: str = "") -> Message:
    """A message with an optional text and one part of a kind."""
    head = 'Content-Type: multipart/mixed; boundary="b"\n\n'
    first = f"--b\nContent-Type: text/plain\n\n{text}\n" if text else ""
    part = f"--b\nContent-Type: {kind}\nContent-Transfer-Encoding: base64\n\n"
    return parse((head + first + part).encode() + base64.encodebytes(data) + b"--b--\n")


def names(message: Message) -> list[tuple[str | None, str, int]]:
    return [(one.file_name, one.file_type, one.size) for one in message.attachments]


def kinds(message: Message) -> list[tuple[str, bool]]:
    return [(one.kind, one.is_read) for one in message.opened.shells]


def test_the_files_of_an_outlook_envelope_are_attachments() -> None:
    data = envelope(
        a_file("Größe.pdf", b"%PDF-1.4", (0x3712, 0x1E, b"<pic@x>\0")), a_file("b", b"x")
    )
    message = with_part("application/ms-tnef; name=winmail.dat", data, "See the file.")
    assert names(message) == [("Größe.pdf", "pdf", 8), ("b", "unknown", 1)]
    assert message.attachments[0].content_id == "pic@x"
    assert kinds(message) == [("tnef", True)]
    assert message.body.current_thread.text == "See the file."


def test_an_envelope_is_known_by_its_name_too() -> None:
    message = with_part("application/octet-stream; name=WinMail.dat", envelope(a_file("a", b"x")))
    assert names(message) == [("a", "unknown", 1)]


HTML = properties((0x1013, 0x102, b"<p>Pay <a href='https://evil.example/'>here</a></p>"))
RICH = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag <b>}Pay"
    rb"\htmlrtf \par\htmlrtf0 {\*\htmltag </b>}}"
)
PACKED = struct.pack("<II4sI", len(RICH) + 12, len(RICH), b"MELA", 0) + RICH


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (attribute(0x9003, HTML), "Pay here"),
        (attribute(0x9003, properties((0x1009, 0x102, PACKED))), "Pay"),
        (attribute(0x9003, properties((0x1000, 0x1F, "Grüße\0".encode("utf-16-le")))), "Grüße"),
        (attribute(0x800C, "Grüße\0".encode("cp1252")), "Grüße"),
    ],
)
def test_the_text_of_an_envelope_is_the_body_where_there_is_no_other(
    stored: bytes, text: str
) -> None:
    kind = "application/ms-tnef"
    assert with_part(kind, envelope(stored)).body.current_thread.text == text
    assert with_part(kind, envelope(stored), "Mine.").body.current_thread.text == "Mine."


def test_an_envelope_in_an_envelope_is_opened() -> None:
    inner = b"\0" * 16 + envelope(a_file("deep.exe", b"MZ" + b"\0" * 64))
    data = envelope(a_file("forwarded", b"", (0x3701, 0x0D, inner)))
    message = with_part("application/ms-tnef", data, "x")
    assert names(message) == [("deep.exe", "exe", 66)]


def test_envelopes_nested_too_deep_stay_files() -> None:
    data = envelope(a_file("core", b"x"))
    for _ in range(50):
        data = envelope(a_file("f", b"", (0x3701, 0x0D, b"\0" * 16 + data)))
    message = with_part("application/ms-tnef", data, "x")
    (left,) = message.attachments
    assert left.content_type == "application/ms-tnef"
    assert "depth-limit" in {one.code for one in message.defects}


def test_a_damaged_envelope_gives_what_can_be_read() -> None:
    data = envelope(a_file("a", b"first"), a_file("b", b"second"))
    message = with_part("application/ms-tnef", data[:-60], "x")
    assert names(message)[0] == ("a", "unknown", 5)
    assert "tnef-damaged" in {one.code for one in message.defects}
    whole = with_part("application/ms-tnef; name=w.dat", b"nonsense", "x")
    assert names(whole) == [("w.dat", "unknown", 8)]


def test_envelopes_make_no_more_parts_than_a_message_may_have() -> None:
    data = envelope(*(a_file(str(number), b"x") for number in range(9)))
    raw = b"Content-Type: application/ms-tnef\n\n" + data
    assert len(parse(raw, limits=Limits(parts_count=9)).attachments) == 9
    message = parse(raw, limits=Limits(parts_count=8))
    assert len(message.attachments) == 8
    assert "parts-count-limit" in {one.code for one in message.defects}


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")
    return bytes([tag]) + length + content


def ber(tag: int, content: bytes) -> bytes:
    return bytes([tag, 0x80]) + content + b"\0\0"


def signed(content: bytes, *, in_pieces: bool = False) -> bytes:
    wrap = ber if in_pieces else der
    octets = der(0x04, content)
    if in_pieces:
        octets = ber(
            0x24, b"".join(der(4, content[at : at + 7]) for at in range(0, len(content), 7))
        )
    inner = wrap(0x30, DATA + wrap(0xA0, octets))
    body = wrap(0x30, b"\x02\x01\x01" + wrap(0x31, der(0x30, b"\x06\x01\x01")) + inner)
    return wrap(0x30, SIGNED + wrap(0xA0, body))


INNER = b"Content-Type: text/html\r\n\r\n<p>Pay <a href='https://evil.example/'>here</a></p>"


@pytest.mark.parametrize("in_pieces", [False, True])
def test_what_an_smime_envelope_signs_is_read(in_pieces: bool) -> None:
    raw = b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
    raw += b"Content-Transfer-Encoding: base64\n\n"
    message = parse(raw + base64.encodebytes(signed(INNER, in_pieces=in_pieces)))
    assert message.body.current_thread.text == "Pay here"
    assert [one.href_url.url for one in message.body.links] == ["https://evil.example/"]
    assert kinds(message) == [("smime-signed", True)]
    assert message.attachments == ()


def test_what_an_smime_envelope_encrypts_is_said_to_be_unread() -> None:
    data = der(0x30, ENVELOPED + der(0xA0, der(0x30, b"\x02\x01\x00")))
    message = with_part("application/pkcs7-mime; name=smime.p7m", data)
    assert kinds(message) == [("smime-enveloped", False)]
    assert [one.file_name for one in message.attachments] == ["smime.p7m"]


def test_signed_and_encrypted_multiparts_are_said() -> None:
    for kind, protocol, said in (
        ("signed", "application/pgp-signature", ("pgp-signed", True)),
        ("signed", "application/pkcs7-signature", ("smime-signed", True)),
        ("encrypted", "application/pgp-encrypted", ("pgp-encrypted", False)),
    ):
        head = f'Content-Type: multipart/{kind}; protocol="{protocol}"; boundary=b\n\n'
        assert kinds(parse(head.encode() + b"--b\n\nhi\n--b--\n")) == [said]


ARMOUR = """before
-----BEGIN PGP SIGNED MESSAGE-----
Hash: SHA256

Dear all,
- --{blank}
Ada
-----BEGIN PGP SIGNATURE-----

iQEzBAEBCAAdFiEE
-----END PGP SIGNATURE-----
after
""".replace("{blank}", " ")


def test_armour_around_a_signed_text_is_not_shown() -> None:
    message = parse(b"Content-Type: text/plain\n\n" + ARMOUR.encode())
    assert message.body.current_thread.text == "before\nDear all,\n-- \nAda\nafter"
    assert message.body.plain is not None
    assert message.body.plain.raw == ARMOUR
    assert kinds(message) == [("pgp-signed", True)]


def test_an_encrypted_text_is_said_to_be_unread() -> None:
    text = "-----BEGIN PGP MESSAGE-----\n\nhQIMA\n-----END PGP MESSAGE-----\n"
    assert kinds(parse(b"\n" + text.encode())) == [("pgp-encrypted", False)]


def uu(name: str, data: bytes) -> bytes:
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    return b"begin 644 " + name.encode() + b"\n" + b"".join(lines) + b"`\nend\n"


def test_files_written_into_a_text_are_attachments_and_leave_it() -> None:
    raw = (
        b"Subject: x\n\nTwo files.\n"
        + uu("a.exe", b"MZ" + b"\0" * 98)
        + uu("b.txt", b"hi")
        + b"Bye\n"
    )
    message = parse(raw)
    assert names(message) == [("a.exe", "exe", 100), ("b.txt", "unknown", 2)]
    assert message.body.current_thread.text == "Two files.\nBye"
    assert message.body.plain is not None
    assert "begin 644 a.exe" in message.body.plain.raw
    assert kinds(message) == [("uuencoded", True)]


@given(st.binary(max_size=400), st.sampled_from([b"\n", b"\r\n"]))
def test_files_of_many_lines_come_back(data: bytes, line_end: bytes) -> None:
    raw = b"\nSee:\n" + uu("a", data).replace(b"\n", line_end)
    found = [one.raw for one in parse(raw).attachments]
    assert found == ([data] if data else [])


@pytest.mark.parametrize(
    "text",
    [
        "begin 644 times\nas I said\n",
        "we begin 644 a\n#86)C\n",
        "begin 9x4 a\n#86)C\n",
        "begin 644 a.txt\n\nend\n",
    ],
)
def test_a_text_that_only_sounds_like_a_file_stays(text: str) -> None:
    message = parse(b"\n" + text.encode())
    assert message.attachments == ()
    assert message.body.current_thread.text == text.strip()


def test_flowed_paragraphs_are_put_together_and_their_links_whole() -> None:
    head = b"Content-Type: text/plain; format=flowed; delsp=yes\n\n"
    message = parse(head + b"See https://evil.example/a \nbc and pay.\n> You \n> said\n")
    assert "See https://evil.example/abc and pay." in message.body.current_thread.text
    assert [one.href_url.url for one in message.body.links] == ["https://evil.example/abc"]
    assert message.body.plain is not None
    assert "a \nbc" in message.body.plain.raw


@settings(max_examples=150)
@given(st.binary(max_size=80), st.integers(0, 200), st.integers(0, 255))
def test_damaged_envelopes_never_raise(noise: bytes, cut: int, flip: int) -> None:
    packed = struct.pack("<II4sI", 300, 4000, b"LZFu", 0)
    rich = envelope(attribute(0x9003, properties((0x1009, 0x102, packed + noise))))
    for whole in (envelope(a_file("a", noise), a_file("b", noise)), signed(INNER), rich):
        at = cut % len(whole)
        for hurt in (whole[:at] + noise, whole[:at] + bytes([flip]) + whole[at + 1 :], whole[:at]):
            first = unpack(hurt, 10_000)
            assert first == unpack(hurt, 10_000)
            assert open_envelope(hurt) == open_envelope(hurt)
    assert len(decompress(packed + noise, 1_000)) <= 1_000


@settings(max_examples=100)
@given(
    st.lists(
        st.sampled_from([ARMOUR, "begin 644 a\n#86)C\n", "> a \n", "- -- \n", "x \n", "end\n"])
    )
)
def test_any_text_is_shown_without_raising_and_always_alike(pieces: list[str]) -> None:
    raw = b"Content-Type: text/plain; format=flowed\n\n" + "".join(pieces).encode()
    first, second = parse(raw), parse(raw)
    assert first.body.current_thread == second.body.current_thread
    assert kinds(first) == kinds(second)
    assert len(first.root.shown) <= len(first.root.text) + 2 * len(pieces)
