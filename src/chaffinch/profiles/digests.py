"""Digests under a tenant's secret: nobody outside can tell them, or choose texts by them.

What is bounded keeps what has the smallest digests. Were they the same everywhere, an attacker
could try texts until theirs push out all others, or meet one of them.
"""

from functools import lru_cache
from hashlib import blake2b

import msgspec

from chaffinch.core.errors import StoreError

DIGEST_BITS = 40
SECRET_BYTES = 32
_KEY_BYTES, _MARK_BYTES = 32, 4


class Digests(msgspec.Struct, frozen=True, gc=False):
    """How texts become the numbers they are counted under; ``mark`` tells one way from another.

    The mark says nothing of the key. It is 0 where there is no secret.
    """

    key: bytes = b""
    mark: int = 0

    def of(self, text: str) -> int:
        """The number a text is counted under: 40 bits that look like chance.

        >>> one, other = digests_of(b"a secret", "acme"), digests_of(b"another", "acme")
        >>> one.of("a") == one.of("a"), one.of("a") == one.of("b"), one.of("a") == other.of("a")
        (True, False, False)
        """
        return _digest(text, self.key)

    def check(self, mark: int) -> None:
        """Refuse digests that were made in another way.

        Raises:
            StoreError: the mark is not this one's.
        """
        if mark != self.mark:
            raise StoreError(
                "these rows count under digests of another secret: they belong to another "
                "installation or tenant, and are neither merged nor learned on"
            )


UNKEYED = Digests()  # where there is no secret: rule examples, and what older versions made


@lru_cache(1_000)
def digests_of(secret: bytes, tenant: str) -> Digests:
    """How a tenant's texts are digested where a ledger holds this secret.

    >>> digests_of(b"", "acme") is UNKEYED
    True
    """
    if not secret:
        return UNKEYED
    name = tenant.encode("utf-8", "surrogatepass")
    made = blake2b(
        name, key=secret, digest_size=_KEY_BYTES + _MARK_BYTES, person=b"digests"
    ).digest()
    return Digests(made[:_KEY_BYTES], int.from_bytes(made[_KEY_BYTES:], "little") or 1)


@lru_cache(maxsize=65_536)
def _digest(text: str, key: bytes) -> int:
    data = blake2b(text.encode("utf-8", "surrogatepass"), key=key, digest_size=DIGEST_BITS // 8)
    return int.from_bytes(data.digest(), "little")
