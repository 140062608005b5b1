"""The addresses a message is for, as links may spell them."""

import base64
import binascii
from functools import lru_cache

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.message.message import Message

_URL_CHARACTERS = 8_000
_SHORTEST = 6


class Addressed(msgspec.Struct, frozen=True, dict=True):
    """The addresses of the recipients named and of the mailboxes it came to."""

    message: Message

    @lazy
    def addresses(self) -> tuple[str, ...]:
        """Each once, those left out that are too short to be told from chance."""
        named = {one.email.email: None for one in self.message.recipients.all_ if one.email}
        named |= {one.email: None for one in self.message.delivered}
        return tuple([one for one in named if len(one) >= _SHORTEST])


def spells_address(url: str, address: str) -> bool:
    """Whether a URL holds an address as it is, percent-encoded or in base64.

    >>> spells_address("https://x.example/#ann%40acme.example", "ann@acme.example")
    True
    >>> spells_address("https://x.example/?e=YW5uQGFjbWUuZXhhbXBsZQ==", "ann@acme.example")
    True
    >>> spells_address("https://x.example/?e=bob", "ann@acme.example")
    False
    """
    start = url[:_URL_CHARACTERS]
    low = start.lower()
    plain, quoted, coded = _spellings(address)
    return plain in low or quoted in low or (coded is not None and coded in start)


@lru_cache(maxsize=4_096)
def _spellings(address: str) -> tuple[str, str, str | None]:
    """An address as it is, percent-encoded, and in base64 where it can be, its end left out."""
    try:
        coded = base64.b64encode(address.encode()).decode().rstrip("=")[:-1]
    except (binascii.Error, UnicodeError):
        coded = None
    return address, address.replace("@", "%40"), coded
