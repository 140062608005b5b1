"""Keys of rows as the bytes a store sorts and finds them by."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from chaffinch.profiles.row import Key, Kind

KEY_BYTES = 510  # one less than LMDB takes, so that a key has a successor
TENANT_BYTES = 64
SHORT = (KEY_BYTES - TENANT_BYTES - 4) // 4  # characters of a text that fit, whatever they are

_HASHED = b"\xff"  # no UTF-8 text holds this byte
_CODES = {kind: kind.encode() for kind in Kind}
_KINDS = {code: kind for kind, code in _CODES.items()}


def text_bytes(text: str) -> bytes:
    """The text as bytes, whatever it holds.

    >>> text_of(text_bytes("caf\\u00e9 \\udc80")) == "caf\\u00e9 \\udc80"
    True
    """
    return text.encode("utf-8", "surrogatepass")


def text_of(data: bytes) -> str:
    """The text these bytes were made of."""
    return data.decode("utf-8", "surrogatepass")


def whole(key: Key) -> bytes:
    """The key in full: its kind's code and its text."""
    return _CODES[key.kind] + text_bytes(key.text)


def key_of(data: bytes) -> Key:
    """The key these bytes hold.

    >>> key_of(whole(Key(Kind.NAME, "kim")))
    Key(kind=<Kind.NAME: 'n'>, text='kim')
    """
    return Key(_KINDS[data[:1]], text_of(data[1:]))


@lru_cache(1_000)
def tenant_prefix(tenant: str) -> bytes:
    """What the keys of a tenant's rows begin with; no tenant's begins with another's."""
    name = text_bytes(tenant)
    if len(name) > TENANT_BYTES or b"\x00" in name:
        name = _HASHED + hashlib.blake2b(name, digest_size=32).digest().hex().encode()
    return name + b"\x00"


def bounded(prefix: bytes, key: Key) -> bytes:
    """The key below a tenant's prefix, its text as a digest where it is too long."""
    return all_bounded(prefix, (key,))[0]


def all_bounded(prefix: bytes, keys: Iterable[Key]) -> list[bytes]:
    """The keys below a tenant's prefix, in their order."""
    made = [prefix + (key.kind + key.text).encode("utf-8", "surrogatepass") for key in keys]
    if made and max(map(len, made)) > KEY_BYTES:
        return [_digested(prefix, one) if len(one) > KEY_BYTES else one for one in made]
    return made


def _digested(prefix: bytes, stored: bytes) -> bytes:
    digest = hashlib.blake2b(stored, digest_size=32).digest()
    return stored[: len(prefix) + 1] + _HASHED + digest


def is_digest(stored: bytes, prefix: bytes) -> bool:
    """Whether a stored key holds a digest of its text."""
    return stored.startswith(_HASHED, len(prefix) + 1)
