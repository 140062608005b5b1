"""Entries as a store keeps them: packed by position, with what they share kept beside them.

The bytes are a mark of the form, the digest of the shared words, how many bases and their digests,
and, compressed against the bases, MessagePack of the layout's number and the values. A layout is a
word, too: what was packed by an older one is read by it, and carried to the current schema by the
same steps as JSON is.
"""

import zlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import DAMAGE, Json, upgraded
from chaffinch.decision.bases import Base, Bases
from chaffinch.decision.entry import ENTRY_SCHEMA, ENTRY_UPGRADES, Entry, decode_entry
from chaffinch.decision.glossary import DIGEST_BYTES, Glossary, Numbered
from chaffinch.decision.layout import WRITTEN, Layout
from chaffinch.decision.packing import Packer
from chaffinch.decision.unpacking import Unpacker
from chaffinch.signals.declare import catalogue

FORM = b"\x03"  # no JSON begins so
_QUICKLY = 1
_WINDOW = -15  # no header, no checksum: the store has its own
_LONGEST = 1 << 26  # bytes of an entry that is not compressed; far more than any has
_WORDS_END = len(FORM) + DIGEST_BYTES

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(tuple[Numbered, list[object]]).decode


class Packed(NamedTuple):
    """An entry packed, and what it was compressed against."""

    data: bytes
    bases: tuple[Base, ...]


class _Parts(NamedTuple):
    words: bytes
    bases: Sequence[bytes]
    compressed: bytes


def words_under(data: bytes) -> bytes:
    """The digest of the shared words an entry was packed with; empty for one that has none."""
    return data[len(FORM) : _WORDS_END] if data.startswith(FORM) else b""


def bases_under(data: bytes) -> Sequence[bytes]:
    """The digests of the bases an entry was compressed against."""
    return _parts(data).bases if data.startswith(FORM) else ()


class Packing:
    """Packs and unpacks the entries of one store.

    The store saves ``glossary.unsaved``, and an entry's bases if they are not there, together with
    what was packed, or before; ``fetch`` finds a base by its digest.
    """

    def __init__(self, glossary: Glossary, fetch: Callable[[bytes], bytes]) -> None:
        self.glossary = glossary
        self.bases = Bases(fetch)
        for name in catalogue():
            glossary.number(name)
        self._layout = glossary.number(WRITTEN)
        self._packer = Packer(glossary)
        self._unpackers: dict[tuple[bytes, Numbered], Unpacker] = {}

    def pack(self, entry: Entry) -> Packed:
        """The entry as bytes that mean something together with the glossary and its bases."""
        packed = _encode((self._layout, self._packer.struct("Entry", entry)))
        bases = self.bases.under(entry.decision.tenant, entry.kept_rows)
        compressing = zlib.compressobj(
            _QUICKLY, zlib.DEFLATED, _WINDOW, zdict=b"".join(one.data for one in bases)
        )
        data = b"".join(
            (
                FORM,
                self.glossary.seal(),
                bytes((len(bases),)),
                *(one.digest for one in bases),
                compressing.compress(packed),
                compressing.flush(),
            )
        )
        return Packed(data, bases)

    def unpack(self, data: bytes, what: str = "an entry") -> Entry:
        """The entry of these bytes, packed or JSON, whatever schema up to ours it has.

        Raises:
            StoreError: it is newer than this version, or damaged, or what it shares is missing.
        """
        if not data.startswith(FORM):
            return decode_entry(data, what)
        try:
            return msgspec.convert(self._current(_parts(data), what), Entry)
        except (*DAMAGE, zlib.error) as error:
            raise StoreError(f"{what} cannot be read: {error}") from error

    def _current(self, parts: _Parts, what: str) -> Json:
        """The fields of a packed entry, as the current schema has them."""
        shared = b"".join(map(self.bases.data, parts.bases))
        layout, values = _decode(_decompressed(parts.compressed, shared))
        fields = self._unpacker(parts.words, layout).struct("Entry", values)
        found = cast("int", fields["schema"])
        if found == ENTRY_SCHEMA:
            return fields
        steps = ENTRY_UPGRADES
        fields = upgraded(fields, what=what, found=found, current=ENTRY_SCHEMA, upgrades=steps)
        return {**fields, "schema": ENTRY_SCHEMA}

    def _unpacker(self, digest: bytes, layout: Numbered) -> Unpacker:
        found = self._unpackers.get((digest, layout))
        if found is None:
            words = self.glossary.words(digest)
            written = layout if isinstance(layout, str) else words[layout]
            fields = msgspec.json.decode(written, type=Layout)
            found = self._unpackers[digest, layout] = Unpacker(fields, words)
        return found


def _decompressed(data: bytes, shared: bytes) -> bytes:
    """What was compressed, as long as it ends where the data do and is no bomb."""
    decompressing = zlib.decompressobj(_WINDOW, zdict=shared)
    found = decompressing.decompress(data, _LONGEST)
    if not decompressing.eof or decompressing.unused_data:
        raise ValueError("it does not end where it should")
    return found


def _parts(data: bytes) -> _Parts:
    count = next(iter(data[_WORDS_END:]), 0)  # damaged bytes may end before
    places = range(_WORDS_END + 1, _WORDS_END + 1 + count * DIGEST_BYTES, DIGEST_BYTES)
    bases = [data[place : place + DIGEST_BYTES] for place in places]
    return _Parts(
        data[len(FORM) : _WORDS_END], bases, data[_WORDS_END + 1 + count * DIGEST_BYTES :]
    )
