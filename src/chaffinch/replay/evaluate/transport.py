"""A message without what only its way and its receiver wrote on it."""

import re

from chaffinch.core.limits import DEFAULT_LIMITS
from chaffinch.core.tenant import Tenant
from chaffinch.message.mime import top_block

TRANSPORT = (
    r"received|return-path|delivered-to|envelope-to|authentication-results|received-spf|arc-.*"
    r"|dkim-.*|domainkey-.*|x-ms-.*|x-microsoft-.*|x-forefront-.*|x-eop.*|x-sender-.*|x-spam-.*"
    r"|x-sid-.*|x-message-.*|x-incoming.*|list-.*|precedence|x-mailing-list|x-mailman-.*|x-beenthere"
    r"|x-loop|errors-to|sender|mail-followup-to|x-received|x-google-.*|x-gm-.*|x-originat.*"
    r"|x-original-to|x-envelope-.*|x-virus-.*|x-amavis-.*|x-proofpoint-.*|x-barracuda-.*|x-ironport-.*"
    r"|x-mimecast-.*|x-mozilla-.*|x-status|status|x-uid|resent-.*|feedback-id"
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
