"""Fields of the header that honest mail programs do not write so."""

import re

from chaffinch.message.headers import Headers
from chaffinch.message.model import Domain, Sender
from chaffinch.signals.declare import signal

_PLATFORM_FIELDS = frozenset(
    ("x-sg-eid", "x-mailgun-sid", "x-ses-outgoing", "x-mc-user", "x-mandrill-user", "feedback-id",
     "x-mailin-eid", "x-campaignid", "x-campaign-id", "x-mailjet-campaign", "x-pm-message-id",
     "x-mj-mid", "x-sendgrid-id", "x-msys-api", "x-report-abuse", "x-csa-complaints")
)  # fmt: skip
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
def from_name_is_encoded_without_need(headers: Headers) -> bool:
    """The From field is an encoded word though all its letters are plain."""
    return _is_encoded_plainly(headers, "from")


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
