"""Raw messages in a folder: one compressed file each, named by the digest of what it holds.

``TENANT/ab/abcdef…``: a tenant's folder is a digest of its name. A file is written beside its place
and then renamed, so that it is there whole or not at all; the same content is written once.
"""

import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from chaffinch.core.errors import StoreError
from chaffinch.decision.blobs import Blob
from chaffinch.message.identity import content_id as digest_of

_WHOLE, _REDACTED = b"\x01", b"\x02"  # the first byte says how to read the rest
_LEVEL = 6
_UNFINISHED = ".part-"


class BlobFolder:
    """Messages below a folder; any number of processes may keep and read them."""

    def __init__(self, folder: Path, *, durability: str = "process") -> None:
        self._folder = folder
        self._is_synced = durability == "power"

    def keep(self, tenant: str, content_id: str, blob: Blob) -> None:
        """Keep a message under the digest of its bytes; of a message that is kept, the most of it.

        It counts as kept now, but for a whole one of which only a part is to be kept.
        """
        place = self._place(tenant, content_id)
        mark = _WHOLE if blob.is_whole else _REDACTED
        try:
            there = _mark_of(place)
            if there == mark and _touched(place):
                return
            if there == _WHOLE and mark == _REDACTED:
                return
            self._make(place.parent)
            self._write(place, mark + zlib.compress(blob.raw, _LEVEL))
        except OSError as error:
            raise StoreError(f"a message cannot be kept at {place}: {error.strerror}") from error

    def holds(self, tenant: str, content_id: str) -> bool:
        """Whether anything of the tenant's message is kept."""
        return self._place(tenant, content_id).exists()

    def find(self, tenant: str, content_id: str) -> Blob | None:
        """The message, where the tenant's is kept."""
        place = self._place(tenant, content_id)
        try:
            data = place.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"{place} cannot be read: {error.strerror}") from error
        return _blob(data, content_id, place)

    def drop(self, tenant: str, content_ids: Iterable[str]) -> int:
        """Let go of messages; return how many there were."""
        return sum(_gone(self._place(tenant, one)) for one in content_ids)

    def drop_all(self, tenant: str) -> int:
        """Let go of all of a tenant; return how many there were."""
        return sum(map(_gone, self._of(tenant)))

    def expire(self, tenant: str, before: int) -> int:
        """Let go of what was kept before a time in milliseconds; return how many that were."""
        old = (one for one in self._of(tenant) if _is_older(one, before))
        return sum(map(_gone, old))

    def _of(self, tenant: str) -> Iterator[Path]:
        """Every file of a tenant, unfinished ones of processes that died included."""
        return (one for one in self._home(tenant).glob("*/*") if one.is_file())

    def _home(self, tenant: str) -> Path:
        name = hashlib.blake2b(tenant.encode("utf-8", "surrogatepass"), digest_size=8)
        return self._folder / name.hexdigest()

    def _place(self, tenant: str, content_id: str) -> Path:
        if not content_id.isalnum():
            raise StoreError(f"{content_id!r} is no digest of a message")
        return self._home(tenant) / content_id[:2] / content_id

    def _make(self, folder: Path) -> None:
        """Make a folder and those above it, each on disk before anything lies in it."""
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._is_synced:
            _sync_folder(folder.parent)

    def _write(self, place: Path, data: bytes) -> None:
        handle, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                if self._is_synced:
                    os.fsync(file.fileno())
            Path(unfinished).replace(place)
        except BaseException:
            _gone(Path(unfinished))
            raise
        if self._is_synced:
            _sync_folder(place.parent)


def _blob(data: bytes, content_id: str, place: Path) -> Blob:
    try:
        raw = zlib.decompress(data[1:])
    except zlib.error as error:
        raise StoreError(f"{place} is damaged: {error}") from error
    is_whole = data[:1] == _WHOLE
    if data[:1] not in (_WHOLE, _REDACTED):
        raise StoreError(f"{place} was written by a newer version")
    if is_whole and digest_of(raw) != content_id:
        raise StoreError(f"{place} is damaged: it holds another message than its name says")
    return Blob(raw, is_whole)


def _mark_of(place: Path) -> bytes | None:
    """How a file that is there is to be read; None where there is none."""
    try:
        with place.open("rb") as file:
            return file.read(1)
    except FileNotFoundError:
        return None


def _touched(place: Path) -> bool:
    """Let a file count as written now; False where it has gone meanwhile."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _gone(place: Path) -> bool:
    """Remove a file; False where there is none (any more)."""
    try:
        place.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreError(f"{place} cannot be removed: {error.strerror}") from error
    return True


def _is_older(place: Path, before: int) -> bool:
    try:
        return place.stat().st_mtime * 1000 < before
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
