"""Fields of the header that honest mail programs do not write so."""

import re

from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Domain, Sender, Subject
from chaffinch.signals.declare import signal

_ONCE = ("from", "sender", "reply-to", "to", "cc", "subject", "date", "message-id")
_UUID = re.compile(r"<?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}@")
_OUTLOOK = re.compile(
    r"<?[0-9A-Fa-f]{6,32}\$[0-9A-Fa-f]{4,16}\$|<?[A-Z0-9]{10,60}@\S{1,80}\.PROD\."
)
_PROGRAMS = (("apple mail", _UUID), ("iphone mail", _UUID), ("microsoft outlook", _OUTLOOK))
_PLATFORM_FIELDS = frozenset(
    ("x-sg-eid", "x-mailgun-sid", "x-ses-outgoing", "x-mc-user", "x-mandrill-user", "feedback-id",
     "x-mailin-eid", "x-campaignid", "x-campaign-id", "x-mailjet-campaign", "x-pm-message-id",
     "x-mj-mid", "x-sendgrid-id", "x-msys-api", "x-report-abuse", "x-csa-complaints")
)  # fmt: skip
_LIBRARIES = (
    ("===============", "python"),
    ("b1_", "phpmailer"),
    ("b2_", "phpmailer"),
    ("_=_swift", "swift"),
    ("--_NmP", "nodemailer"),
    ("----=_NextPart", "outlook"),
    ("----=_Part", "java"),
    ("Apple-Mail", "apple"),
    ("----_=_", "perl"),
    ("_----------=", "perl"),
    ("--==_mimepart", "ruby"),
    ("----------", "thunderbird"),
    ("00000000000", "google"),
    ("_000_", "exchange"),
    ("=_", "horde"),
    ("----boundary", "dotnet"),
    ("--boundary_", "dotnet"),
)
_HOST = re.compile(r"https?://(?:[^/@\s>]{0,100}@)?([^/:>\s]{3,255})")


@signal
def message_id_is_of_another_domain(headers: Headers, sender: Sender) -> bool | None:
    """The Message-ID names another organisation's host than the From address.

    Unknown without a From address or a host in the Message-ID.
    """
    host = _id_host(headers)
    if not host or sender.email is None:
        return None
    return not _is_of(host, sender.email.domain)


@signal
def message_id_names_no_host(headers: Headers) -> bool:
    """The Message-ID holds no host with a dot behind its at sign."""
    return headers.message_id is not None and "." not in _id_host(headers)


@signal
def message_id_characters(headers: Headers) -> int:
    """Length of the Message-ID; 0 without one."""
    return len(headers.message_id or "")


@signal
def program_and_message_id_disagree(headers: Headers) -> bool | None:
    """The mail program named makes its Message-IDs in another way.

    Unknown where no such program is named.
    """
    mailer = (headers.mailer or "")[:60].lower()
    for program, shape in _PROGRAMS:
        if mailer.startswith(program):
            return shape.match(headers.message_id or "") is None
    return None


@signal
def names_no_recipient_field(headers: Headers) -> bool:
    """There is no To field."""
    return headers.count("to") == 0


@signal
def repeated_fields_count(headers: Headers) -> int:
    """Fields that may stand once and stand there again (From, Subject, Date and their kin)."""
    places = headers.block.places
    return sum(len(places[one]) - 1 for one in _ONCE if one in places)


@signal
def fields_count(headers: Headers) -> int:
    """Fields of the header block, those that servers wrote included."""
    return len(headers.block.names)


@signal
def bounces_go_nowhere(headers: Headers) -> bool | None:
    """The envelope names no sender, so that no bounce is wanted.

    Unknown without a Return-Path.
    """
    written = headers.written("return-path")
    return None if written is None else written.strip() in ("", "<>")


@signal
def sender_field_names_another_organisation(headers: Headers, sender: Sender) -> bool:
    """A Sender field names another organisation's address than From."""
    written = headers.written("sender")
    if written is None or sender.email is None or sender.email.email in written.lower():
        return False
    named = headers.email("sender")
    return named is not None and named.domain.organisational != sender.email.domain.organisational


@signal
def reply_addresses_count(headers: Headers) -> int:
    """Addresses that are to get the answers."""
    return sum(1 for one in headers.reply_to if one.email)


@signal
def authors_count(headers: Headers) -> int:
    """Mailboxes in the From field."""
    written = headers.written("from") or ""
    return len(headers.mailboxes("from")) if "," in written else int(bool(written))


@signal
def from_name_is_an_address(sender: Sender) -> bool:
    """The display name is a mail address, whosever it is.

    >>> from_name_is_an_address(Sender("ann@a.example"))
    True
    """
    name = sender.display_name or ""
    return "@" in name and " " not in name.strip() and "." in name.rpartition("@")[2]


@signal
def from_name_is_encoded_without_need(headers: Headers) -> bool:
    """The From field is an encoded word though all its letters are plain."""
    return _is_encoded_plainly(headers, "from")


@signal
def subject_is_encoded_without_need(headers: Headers) -> bool:
    """The subject is an encoded word though all its letters are plain."""
    return _is_encoded_plainly(headers, "subject")


@signal
def date_zone_hours(headers: Headers) -> float | None:
    """Hours by which the Date field's zone is ahead of UTC.

    Unknown without a zone in the Date field.
    """
    return _hours(headers.date_original_offset)


@signal
def lacks_a_date(headers: Headers) -> bool:
    """There is no Date field, or none that can be read."""
    return headers.date is None


@signal
def is_sent_by_a_platform(headers: Headers) -> bool:
    """Fields show that a platform for mailings or for programs' mail sent the message."""
    return not _PLATFORM_FIELDS.isdisjoint(headers.block.places)


@signal
def unsubscribing_goes_to_another_organisation(headers: Headers, sender: Sender) -> bool | None:
    """List-Unsubscribe names another organisation's page than the sender's.

    Unknown without a page in List-Unsubscribe.
    """
    found = _HOST.search(headers.written("list-unsubscribe") or "")
    if found is None or sender.email is None:
        return None
    return not _is_of(found[1].lower(), sender.email.domain)


@signal
def composed_with(message: Message) -> str | None:
    """Which program or library cuts its parts like this message's.

    Unknown where the message has one part only.
    """
    boundary = message.root.parameters.get("boundary", "")
    if not boundary:
        return None
    return next((name for start, name in _LIBRARIES if boundary.startswith(start)), "other")


@signal
def is_mime_without_saying_so(headers: Headers) -> bool:
    """There is a Content-Type, but no MIME-Version."""
    places = headers.block.places
    return "content-type" in places and "mime-version" not in places


@signal
def charset_is_unusual(message: Message) -> bool:
    """A text part is in a charset that ordinary mail of today is not written in."""
    parts = (*message.body.parts.html, *message.body.parts.plain)
    return any(one.charset is not None and one.charset not in _CHARSETS for one in parts)


@signal
def topic_differs_from_subject(headers: Headers, subject: Subject) -> bool | None:
    """Outlook's own note of the conversation's topic is none that the subject shows.

    Unknown without such a note.
    """
    topic = headers.get("thread-topic")
    if not topic:
        return None
    return topic.strip().lower()[:60] not in subject.subject.lower()


_CHARSETS = frozenset(
    ("utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "utf8", "latin1",
     "iso-8859-2", "windows-1250", "windows-1251", "koi8-r", "gb2312", "gbk", "big5", "shift_jis",
     "iso-2022-jp", "euc-jp", "euc-kr", "ks_c_5601-1987", "gb18030", "windows-1254", "iso-8859-9")
)  # fmt: skip


def _is_of(host: str, own: Domain) -> bool:
    """Whether a host belongs to the organisation of a domain.

    >>> from chaffinch.message.domain import domain
    >>> [_is_of(one, domain("acme.com")) for one in ("mx.acme.com", "acme.com", "notacme.com")]
    [True, True, False]
    """
    return f".{host}".endswith((f".{own.organisational or own.domain}", f".{own.domain}"))


def _id_host(headers: Headers) -> str:
    return (headers.message_id or "").rpartition("@")[2].strip("<> \t").lower()


def _hours(offset: str | None) -> float | None:
    """A zone such as ``-4`` or ``+5:30`` in hours.

    >>> _hours("+5:30"), _hours("-4"), _hours(None)
    (5.5, -4.0, None)
    """
    if offset is None:
        return None
    hours, _, minutes = offset.partition(":")
    try:
        whole = abs(float(hours)) + float(minutes or 0) / 60
    except ValueError:
        return None
    return -whole if hours.startswith("-") else whole


def _is_encoded_plainly(headers: Headers, name: str) -> bool:
    written = headers.written(name)
    if written is None or "=?" not in written:
        return False
    return (headers.get(name) or "").isascii()
