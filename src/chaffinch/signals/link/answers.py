"""Where links lead, seen from where answers go."""

from chaffinch.message.headers import Headers
from chaffinch.message.model import Link
from chaffinch.signals.declare import signal


@signal
def leads_to_whom_answers_go(link: Link, headers: Headers) -> bool | None:
    """A link leads to the organisation that gets the answers.

    Unknown where the message names no address for answers.

    >>> from chaffinch.message.parse import parse
    >>> raw = b"From: form@ours.example\\nReply-To: a@b.example\\n\\nhttps://www.b.example/x"
    >>> message = parse(raw)
    >>> leads_to_whom_answers_go(message.body.links[0], message.headers)
    True
    """
    homes = {one.email.domain.organisational for one in headers.reply_to if one.email}
    if not homes:
        return None
    url = link.href_url
    return url.domain is not None and url.domain.organisational in homes
