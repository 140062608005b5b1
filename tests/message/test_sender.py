"""The effective author."""

from chaffinch.core.limits import Limits
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers
from chaffinch.message.sender import sender

LIST = b"List-Id: <team.lists.example>\n"
ORIGINAL = b"X-Original-From: Jane Doe <jane@acme.example>\n"
VIA = b"From: 'Jane Doe' via Team <team@lists.example>\n"


def headers(data: bytes) -> Headers:
    return Headers(block=header_block(data + b"\n", Limits()))


def test_a_list_rewriting_is_undone() -> None:
    found = sender(headers(VIA + LIST + ORIGINAL))
    assert found.email is not None
    assert (found.display_name, found.email.email) == ("Jane Doe", "jane@acme.example")
    assert found.decoders == ("google_groups",)


def test_the_name_before_via_serves_where_the_original_has_none() -> None:
    found = sender(headers(VIA + LIST + b"X-Google-Original-From: jane@acme.example\n"))
    assert found.display_name == "Jane Doe"


def test_an_original_without_list_or_via_changes_nothing() -> None:
    for data in (VIA + ORIGINAL, b"From: Eve <eve@evil.example>\n" + LIST + ORIGINAL, VIA + LIST):
        found = sender(headers(data))
        assert found.decoders == ()
        assert found.email == headers(data).from_.email  # type: ignore[union-attr]  # From is there


def test_no_from_is_no_sender() -> None:
    assert sender(headers(b"Subject: x\n")).email is None
    assert sender(headers(b'From: "Eve" <>\n')).display_name == "Eve"
