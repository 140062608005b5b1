"""The parameters of a URL's query."""

from functools import lru_cache
from urllib.parse import unquote, unquote_plus

PARAMETERS_COUNT = 1_000
_CACHED_CHARACTERS = 2_048


def decoded_parameters(query: str | None) -> dict[str, tuple[str, ...]]:
    """Query parameters by name, values in the order of the URL, both decoded.

    >>> decoded_parameters("a=1&b=%20x&a=2&flag")
    {'a': ('1', '2'), 'b': (' x',), 'flag': ('',)}
    """
    if not query:
        return {}
    found = _cached(query) if len(query) <= _CACHED_CHARACTERS else _decoded(query)
    return dict(found)  # whoever changes theirs does not change ours


def parameter(query: str, name: str) -> str | None:
    """The first value of a parameter, names without regard to case; a ``+`` stays a ``+``.

    >>> parameter("x=1&URL=https%3A%2F%2Facme.example", "url")
    'https://acme.example'
    """
    for pair in query.split("&", PARAMETERS_COUNT):
        key, _, value = pair.partition("=")
        if (unquote(key) if "%" in key else key).lower() == name:
            return unquote(value)
    return None


def _decoded(query: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for pair in query.split("&", PARAMETERS_COUNT)[:PARAMETERS_COUNT]:
        if pair:
            key, _, value = pair.partition("=")
            found.setdefault(unquote_plus(key), []).append(unquote_plus(value))
    return {key: tuple(values) for key, values in found.items()}


_cached = lru_cache(maxsize=256)(_decoded)  # several rules ask the same few links
