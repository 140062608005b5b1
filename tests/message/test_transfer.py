"""Transfer encodings, whole and broken."""

import base64
import binascii
import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.transfer import base64_bytes, decode


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_what_was_encoded_comes_back(data: bytes) -> None:
    assert decode(base64.encodebytes(data), "base64") == (data, ())
    text = data.replace(b"\r", b"")  # quoted-printable leaves line breaks to the transport
    assert decode(quopri.encodestring(text), "quoted-printable") == (text, ())
    lines = [binascii.b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45)]
    assert decode(b"begin 644 a\n" + b"".join(lines) + b"`\nend\n", "x-uuencode") == (data, ())


@given(
    st.binary(max_size=200),
    st.sampled_from(["base64", "quoted-printable", "uuencode", "7bit", "?"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_decoded_somehow(data: bytes, encoding: str) -> None:
    decoded, _ = decode(data, encoding)
    assert len(decoded) <= len(data)


@pytest.mark.parametrize(
    ("data", "decoded", "codes"),
    [
        (b"SGVs\r\nbG8=\r\n\r\n", b"Hello", []),
        (b"SGVsbG8", b"Hello", []),
        (b"SGVs*bG8=", b"Hello", ["base64-stray-characters"]),
        (b"SGVsbG8=SGVsbG8=", b"HelloHello", ["base64-data-after-padding"]),
        (b"SGVsbG8=\n-- \nA list's footer\n", b"Hello", ["base64-data-after-padding"]),
    ],
)
def test_broken_base64_is_read_and_said(data: bytes, decoded: bytes, codes: list[str]) -> None:
    found, defects = decode(data, "base64")
    assert found == decoded
    assert [defect.code for defect in defects] == codes


def test_a_lone_last_digit_is_left_out() -> None:
    assert base64_bytes(b"SGVsbA") == b"Hell"
    assert base64_bytes(b"SGVsb") == b"Hel"


def test_uuencoded_text_without_a_begin_line_is_kept() -> None:
    data, defects = decode(b"nothing here", "uuencode")
    assert data == b"nothing here"
    assert defects[0].code == "uuencode-without-begin"


def test_a_broken_uuencoded_line_does_not_end_the_file() -> None:
    good = binascii.b2a_uu(b"good")
    data, defects = decode(b"begin 644 a\n" + good + b"$\xff\xff\n" + good + b"end\n", "uuencode")
    assert data.startswith(b"good")
    assert data.endswith(b"good")
    assert [defect.code for defect in defects] == ["uuencode-broken-line"]
