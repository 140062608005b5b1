"""The door to raw messages kept beside the ledger, by content; and the store that keeps none."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Blob(NamedTuple):
    """A message as it was kept: all of it, or what redaction left."""

    raw: bytes
    is_whole: bool = True


class Blobs(Protocol):
    """Where messages are kept for each tenant; once ``keep`` returns they survive ``kill -9``."""

    def keep(self, tenant: str, content_id: str, blob: Blob) -> None:
        """Keep a message under the digest of its bytes; of a message that is kept, the most of it.

        It counts as kept now, but for a whole one of which only a part is to be kept.
        """
        ...

    def holds(self, tenant: str, content_id: str) -> bool:
        """Whether anything of the tenant's message is kept."""
        ...

    def find(self, tenant: str, content_id: str) -> Blob | None:
        """The message, where the tenant's is kept.

        Raises:
            StoreError: what is kept is damaged.
        """
        ...

    def drop(self, tenant: str, content_ids: Iterable[str]) -> int:
        """Let go of messages; return how many there were."""
        ...

    def drop_all(self, tenant: str) -> int:
        """Let go of all of a tenant; return how many there were."""
        ...

    def expire(self, tenant: str, before: int) -> int:
        """Let go of what was last kept before a time in milliseconds; return how many that were."""
        ...


class NoBlobs:
    """Keeps no message."""

    def keep(self, tenant: str, content_id: str, blob: Blob) -> None:
        """Nothing is kept."""

    def holds(self, tenant: str, content_id: str) -> bool:
        """Nothing was kept."""
        return False

    def find(self, tenant: str, content_id: str) -> Blob | None:
        """Nothing was kept."""
        return None

    def drop(self, tenant: str, content_ids: Iterable[str]) -> int:
        """Nothing was kept."""
        return 0

    def drop_all(self, tenant: str) -> int:
        """Nothing was kept."""
        return 0

    def expire(self, tenant: str, before: int) -> int:
        """Nothing was kept."""
        return 0
