"""Which messages are kept raw beside the ledger, and how much of them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from chaffinch.core.tenant import Tenant
from chaffinch.decision.blobs import Blob, Blobs, NoBlobs
from chaffinch.decision.entry import Entry

_DAY_MS = 86_400_000
_HEADER_END = re.compile(rb"\r?\n\r?\n|\r\r")


def blob_of(raw: bytes, tenant: Tenant | None, *, keep_all: bool) -> Blob | None:
    """What is kept of a message; None where that is nothing.

    The tenant's word counts; where it said nothing ``keep_all`` does.

    >>> from chaffinch.core.tenant import KeepMessages
    >>> acme = Tenant(name="acme", messages=KeepMessages(keep="headers"))
    >>> blob_of(b"Subject: hi\\n\\nhello", acme, keep_all=True)
    Blob(raw=b'Subject: hi\\n\\n', is_whole=False)
    >>> blob_of(b"Subject: hi\\n\\nhello", None, keep_all=False) is None
    True
    """
    said = None if tenant is None else tenant.messages.keep
    keep = said or ("all" if keep_all else "none")
    if keep == "headers":
        end = _HEADER_END.search(raw)
        return Blob(raw if end is None else raw[: end.end()], is_whole=False)
    return Blob(raw) if keep == "all" else None


class Keepsake(NamedTuple):
    """What is to be kept of an entry's message, once the entry is on record."""

    entry: Entry
    blob: Blob


class Keeper:
    """Keeps messages as their tenants want, all of those whose tenant says nothing if told so."""

    def __init__(self, blobs: Blobs | None = None, *, keep_all: bool = False) -> None:
        self._blobs = NoBlobs() if blobs is None else blobs
        self._keep_all = keep_all

    def of(self, raw: bytes, tenant: Tenant | None, entry: Entry) -> Keepsake | None:
        """What is to be kept of an entry's message; None where that is nothing."""
        blob = blob_of(raw, tenant, keep_all=self._keep_all)
        return None if blob is None else Keepsake(entry, blob)

    def keep(self, keepsake: Keepsake) -> None:
        """Keep it."""
        decision = keepsake.entry.decision
        self._blobs.keep(decision.tenant, decision.content_id, keepsake.blob)

    def holds(self, entry: Entry) -> bool:
        """Whether anything of an entry's message is kept."""
        return self._blobs.holds(entry.decision.tenant, entry.decision.content_id)

    def find(self, entry: Entry) -> bytes | None:
        """The message of an entry, where all of it is kept."""
        found = self._blobs.find(entry.decision.tenant, entry.decision.content_id)
        return found.raw if found is not None and found.is_whole else None

    def drop(self, entries: Iterable[Entry]) -> None:
        """Let go of the messages of entries."""
        for one in entries:
            self._blobs.drop(one.decision.tenant, [one.decision.content_id])

    def drop_all(self, tenant: str) -> int:
        """Let go of all messages of a tenant; return how many there were."""
        return self._blobs.drop_all(tenant)

    def expire(self, tenant: Tenant, now: int) -> int:
        """Let go of what the tenant wants kept no longer; return how many messages that were."""
        days = tenant.messages.days
        return 0 if days is None else self._blobs.expire(tenant.name, now - days * _DAY_MS)
