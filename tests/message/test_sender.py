"""The effective author."""

from chaffinch.core.limits import Limits
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers
from chaffinch.message.parse import parse
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


MAILMAN = b"From: Jane Doe via Team <team@lists.example>\nList-Id: <team.lists.example>\n"


def test_mailman_moves_the_author_to_reply_to_or_cc() -> None:
    for field in (b"Reply-To", b"CC"):
        boxes = b"Team <team@lists.example>, Jane Doe <jane@acme.example>"
        found = sender(headers(MAILMAN + field + b": " + boxes + b"\n"))
        assert found.email is not None
        assert (found.display_name, found.email.email) == ("Jane Doe", "jane@acme.example")
        assert found.decoders == ("mailman",)


def test_a_reply_address_of_another_name_is_no_author() -> None:
    data = MAILMAN + b"Reply-To: Bob <bob@evil.example>\n"
    assert sender(headers(data)).decoders == ()


def test_a_list_of_another_organisation_than_from_undoes_nothing() -> None:
    data = MAILMAN.replace(b"team@lists.example", b"eve@evil.example")
    data += b"Reply-To: Jane Doe <jane@acme.example>\n"
    assert sender(headers(data)).decoders == ()


def test_an_address_within_the_lists_own_is_read() -> None:
    data = b"From: Jane Doe via Team <jane=acme.example@lists.example>\n" + LIST
    found = sender(headers(data))
    assert found.email is not None
    assert (found.email.email, found.decoders) == ("jane@acme.example", ("address_in_local_part",))


INVITATION = (
    b"From: Google Calendar <calendar-notification@google.com>\n"
    b"Content-Type: text/calendar\n\n"
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
    b'ORGANIZER;CN=Jane Doe;SENT-BY="mailto:assistant@acme.example":mailto:jan\r\n'
    b" e@acme.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_a_calendar_system_sends_for_the_organisers_assistant() -> None:
    found = parse(INVITATION).sender
    assert found.email is not None
    assert (found.display_name, found.email.email) == ("Jane Doe", "assistant@acme.example")
    assert found.decoders == ("ics_sent_by",)


def test_a_calendar_part_speaks_for_calendar_systems_only() -> None:
    other = INVITATION.replace(b"calendar-notification@google.com", b"eve@evil.example")
    assert parse(other).sender.decoders == ()
    alone = INVITATION.replace(b'SENT-BY="mailto:assistant@acme.example"', b"ROLE=CHAIR")
    assert parse(alone).sender.decoders == ()
