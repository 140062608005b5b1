"""Addresses of Redis servers: what of one may be shown, and what of it is ours."""

import re
from urllib.parse import parse_qsl, urlencode

from chaffinch.core.errors import StoreError

NAMESPACE = "chaffinch"


def shown(url: str) -> str:
    """The address without user, password and options, as messages may show it.

    >>> shown("redis://:secret@cache.example:6380/2?namespace=a")
    'redis://cache.example:6380/2'
    """
    scheme, _, rest = url.partition("://")
    place, _, options = rest.partition("?")
    if "@" in options:  # it may end a password that holds a question mark, or stand in an option
        return f"{scheme}://…"
    return f"{scheme}://{place.rpartition('@')[2].partition('#')[0]}"


def parted(url: str) -> tuple[str, str]:
    """The address a client is given, and the namespace it asks for.

    >>> parted("redis://cache.example?namespace=a&db=2")
    ('redis://cache.example?db=2', 'a')
    """
    address, _, query = url.partition("?")
    options = dict(parse_qsl(query))
    namespace = options.pop("namespace", NAMESPACE)
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,64}", namespace):
        raise StoreError(f"{shown(url)}: the namespace holds letters, digits, dots and dashes only")
    return f"{address}?{urlencode(options)}", namespace
