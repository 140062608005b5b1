"""The brands a message speaks for, looked for once."""

import msgspec

from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.brands import Brands

_OPENING_CHARACTERS = 500


class Claimed(msgspec.Struct, frozen=True):
    """The brands that the subject and the opening of a text name."""

    brands: tuple[str, ...] = ()


def claimed(text: AuthorText, brands: Brands) -> Claimed:
    """What the beginning of a message claims.

    >>> from chaffinch.signals.brands import known_brands
    >>> claimed(AuthorText("Your PayPal account", ""), known_brands()).brands
    ('paypal',)
    """
    return Claimed(brands.in_seen_text(text.seen[: len(text.subject) + _OPENING_CHARACTERS]))
