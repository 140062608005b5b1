"""A message without what only its way and its receiver wrote on it."""

import re

from chaffinch.core.limits import DEFAULT_LIMITS
from chaffinch.core.tenant import Tenant
from chaffinch.message.mime import top_block

TRANSPORT = (
    # where it passed, and what proved its author
    r"received|x-received|return-path|x-return-path|old-return-path|delivered-to|x-delivered-to"
    r"|delivery-date|envelope-to|x-envelope-.*|x-apparently-to|authentication-results.*|received-spf"
    r"|arc-.*|dkim-.*|domainkey-.*|x-authenticat.*|x-original.*|x-originat.*|x-forwarded-.*"
    r"|x-php-.*|x-antiabuse|x-source.*|x-greylist.*|x-clientproxiedby|x-extloop.*|x-mime-autoconverted"
    # what large hosts add
    r"|x-ms-.*|x-microsoft-.*|x-forefront-.*|x-eop.*|x-sid-.*|x-message-.*|x-incoming.*|x-tmn"
    r"|x-google-.*|x-gm-.*|x-ymail-.*|x-yahoo-.*|x-me-.*|x-sonic-.*|x-amazon-.*|x-ses-.*|x-sfmc-.*"
    # what filters add
    r"|x-spam.*|x-rspam.*|x-virus-.*|x-amavis-.*|x-proofpoint-.*|x-barracuda-.*|x-ironport-.*"
    r"|ironport-.*|x-amp-.*|x-mimecast-.*|x-tm-.*|x-mailscanner.*|x-brightmail-.*|x-bogosity"
    r"|x-antivirus.*|x-scanned.*|x-csa-.*|x-patchwork-.*"
    # what lists, and those who send for others, add
    r"|list-.*|x-list-.*|mailing-list|precedence|x-mailing-list|x-mailman-.*|x-beenthere|x-loop"
    r"|errors-to|sender|x-sender|x-sender-.*|mail-followup-to|resent-.*|feedback-id"
    # what the mailbox it was kept in adds
    r"|x-mozilla-.*|x-status|status|x-uid|x-uidl|x-keywords|content-length|x-folder|x-filename"
    r"|x-origin|x-from|x-to|x-cc|x-bcc"
)
_DROPPED = re.compile(TRANSPORT, re.IGNORECASE)
_READERS = frozenset({"to", "cc", "bcc"})
ONE_READER = "reader@company.example"


def equalised(raw: bytes, reader: str = ONE_READER) -> bytes:
    """The message as if all had come the same way to one reader.

    >>> equalised(b"Received: x\\r\\n y\\r\\nFrom: a@b.example\\r\\nTo: c@d.example\\r\\n\\r\\nHi")
    b'To: reader@company.example\\r\\nFrom: a@b.example\\r\\n\\r\\nHi'
    """
    data, block = top_block(raw, DEFAULT_LIMITS)
    kept = (
        one.raw.rstrip(b"\r\n")
        for one in block.fields
        if one.name.lower() not in _READERS and not is_of_transport(one.name)
    )
    return b"\r\n".join((f"To: {reader}".encode(), *kept, b"", data[block.body_start :]))


def reader_of(tenant: Tenant | None) -> str:
    """Who gets equalised mail: somebody of the organisation's, and nobody special.

    >>> reader_of(None), reader_of(Tenant(domains=("acme.example",)))
    ('reader@company.example', 'reader@acme.example')
    """
    if tenant is None or not tenant.domains:
        return ONE_READER
    plain = (one.addresses[0] for one in tenant.people if one.addresses and not one.vip)
    return next(plain, f"reader@{tenant.domains[0]}")


def is_of_transport(name: str) -> bool:
    """Whether a header field of this name tells by which way a message came."""
    return _DROPPED.fullmatch(name) is not None
