"""What a ledger in a database shares among entries, and how it packs them with it."""

import threading
from collections.abc import Callable, Iterable, Sequence

from chaffinch.decision.entry import Entry
from chaffinch.decision.glossary import Block, Glossary
from chaffinch.decision.packed import Packed, Packing, words_under


class Shelf:
    """Packs and unpacks a ledger's entries; ``blocks`` and ``base`` read what the ledger saved.

    Both are called without a lock of the shelf being held: a ledger may hold its own meanwhile.
    """

    def __init__(
        self, blocks: Callable[[], Iterable[bytes]], base: Callable[[bytes], bytes]
    ) -> None:
        self._blocks = blocks
        self._base = base
        self._packing: Packing | None = None
        self.be_alone()

    def be_alone(self) -> None:
        """Forget other threads: a forked child has none."""
        self._lock = threading.RLock()

    def pack(self, entries: Iterable[Entry]) -> list[Packed]:
        """The entries as bytes."""
        packing = self._opened()
        with self._lock:
            return [packing.pack(one) for one in entries]

    def unpack(self, data: bytes, entry_id: str = "") -> Entry:
        """The entry of these bytes, whichever process packed it."""
        packing = self._opened()
        if words_under(data) not in packing.glossary:
            blocks = list(self._blocks())  # another process has added words
            with self._lock:
                for block in blocks:
                    packing.glossary.read(block)
        return packing.unpack(data, f"entry {entry_id}")

    def unsaved(self) -> Sequence[Block]:
        """The words that entries packed so far rest on, and the ledger lacks."""
        return tuple(self._opened().glossary.unsaved)

    def saved(self, count: int) -> None:
        """So many of the unsaved are there for good."""
        del self._opened().glossary.unsaved[:count]

    def _opened(self) -> Packing:
        if self._packing is None:
            packing = Packing(Glossary(self._blocks()), self._base)
            with self._lock:
                self._packing = self._packing or packing
        return self._packing
