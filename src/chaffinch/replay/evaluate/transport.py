"""A message without what only its way and its receiver wrote on it."""

import re

TRANSPORT = (
    rb"(?:received|return-path|delivered-to|envelope-to|authentication-results|received-spf|arc-.*"
    rb"|dkim-.*|domainkey-.*|x-ms-.*|x-microsoft-.*|x-forefront-.*|x-eop.*|x-sender-.*|x-spam-.*"
    rb"|x-sid-.*|x-message-.*|x-incoming.*|list-.*|precedence|x-mailing-list|x-mailman-.*|x-beenthere"
    rb"|x-loop|errors-to|sender|mail-followup-to|x-received|x-google-.*|x-gm-.*|x-originat.*|feedback-id)"
)
_FIELD = re.compile(rb"[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*")
_DROPPED = re.compile(TRANSPORT + rb"[ \t]*:", re.IGNORECASE)
_READERS = re.compile(rb"(to|cc|bcc)[ \t]*:", re.IGNORECASE)
ONE_READER = b"To: reader@company.example\r\n"


def equalised(raw: bytes) -> bytes:
    """The message as if all had come the same way to one reader.

    >>> equalised(b"Received: x\\r\\n y\\r\\nFrom: a@b.example\\r\\nTo: c@d.example\\r\\n\\r\\nHi")
    b'To: reader@company.example\\r\\nFrom: a@b.example\\r\\n\\r\\nHi'
    """
    place, kept = 0, [ONE_READER]
    while found := _FIELD.match(raw, place):
        field = found[0]
        if field in (b"\r\n", b"\n"):
            break
        place = found.end()
        if not _DROPPED.match(field) and not _READERS.match(field):
            kept.append(field)
    return b"".join(kept) + raw[place:]
