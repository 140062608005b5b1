"""Who sent an invitation for whom, as its calendar part says."""

import re

from chaffinch.message.address import email
from chaffinch.message.mime import Part
from chaffinch.message.model import Email, Mailbox

LONGEST_CALENDAR = 262_144

_FOLD = re.compile(r"\r?\n[ \t]")
_ORGANISER = re.compile(
    r"^ORGANIZER((?:;[^:\"\r\n]*+(?>(?:\"[^\"\r\n]*+\"[^:\"\r\n]*+)*))?):",
    re.MULTILINE | re.IGNORECASE,
)
_PARAMETER = re.compile(r";([A-Za-z-]{1,40})=(?:\"([^\"]*+)\"|([^;:\"]*+))")


def sent_by(calendar: str) -> Mailbox | None:
    """The person who sent an invitation in the organiser's name; None where nobody is said to have.

    >>> box = sent_by('BEGIN:VEVENT\\nORGANIZER;CN="Doe, Jane";SENT-BY="mailto:pa@acme.example":'
    ...               'mailto:jane@acme.example\\n')
    >>> box.email.email, box.display_name
    ('pa@acme.example', 'Doe, Jane')
    """
    found = _ORGANISER.search(_FOLD.sub("", calendar[:LONGEST_CALENDAR]))
    if found is None:
        return None
    parameters = {
        name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(found[1])
    }
    address: Email | None = email(parameters.get("sent-by", ""))
    if address is None:
        return None
    return Mailbox(parameters.get("cn", "").strip() or None, address)


def calendar_text(root: Part) -> str | None:
    """The text of the first calendar part."""
    return next((part.text for part in root.walk() if part.content_type == "text/calendar"), None)
