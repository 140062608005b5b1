"""Rows of tenants and lists that kept entries are compressed against.

Every message of a tenant is judged with the tenant's row, which is long and changes little from one
message to the next. Of such a row one version is kept now and then, and what later entries keep of
it is what changed since. Rows that tell of people are no bases: they go when somebody is erased.
"""

import hashlib
from collections.abc import Callable

import msgspec

from chaffinch.core.formats import DAMAGE
from chaffinch.decision.glossary import DIGEST_BYTES
from chaffinch.profiles.row import Key, Kind

USES_MOST = 50  # then the row has changed enough for a new version
SHORTEST = 300  # bytes; shorter ones are hardly worth it
LONGEST = 16_000  # two of them fit into the window of what compresses
HELD_MOST = 500
_KINDS = (Kind.TENANT, Kind.LIST)

_shelf = msgspec.msgpack.Decoder(tuple[tuple[Key, bytes | None], ...])


class Base(msgspec.Struct, frozen=True):
    """A version of a row, as a store keeps it."""

    digest: bytes
    tenant: str
    data: bytes


class _Held(msgspec.Struct):
    base: Base
    uses: int = 0


class Bases:
    """The bases in use; ``fetch`` finds what a store has saved."""

    def __init__(self, fetch: Callable[[bytes], bytes]) -> None:
        self._fetch = fetch
        self._held: dict[tuple[str, Key], _Held] = {}
        self._fetched: dict[bytes, bytes] = {}

    def under(self, tenant: str, kept_rows: bytes) -> tuple[Base, ...]:
        """What to compress rows against, read in a tenant's entry."""
        try:
            rows = _shelf.decode(kept_rows)
        except DAMAGE:
            return ()  # of an older form, which is compressed already
        return tuple(
            self._base(tenant, key, row)
            for key, row in rows
            if row is not None and key.kind in _KINDS and SHORTEST <= len(row) <= LONGEST
        )

    def data(self, digest: bytes) -> bytes:
        """The row of a digest."""
        found = self._fetched.get(digest)
        if found is None:
            found = self._remembered(digest, self._fetch(digest))
        return found

    def _remembered(self, digest: bytes, row: bytes) -> bytes:
        if len(self._fetched) >= HELD_MOST:
            self._fetched.clear()
        self._fetched[digest] = row
        return row

    def _base(self, tenant: str, key: Key, row: bytes) -> Base:
        held = self._held.get((tenant, key))
        if held is None or held.uses >= USES_MOST:
            if len(self._held) >= HELD_MOST:
                self._held.clear()
            digest = hashlib.blake2b(row, digest_size=DIGEST_BYTES, key=tenant.encode()[:64])
            held = self._held[tenant, key] = _Held(Base(digest.digest(), tenant, row))
            self._remembered(held.base.digest, row)
        held.uses += 1
        return held.base
