"""Profiles in LMDB: many processes read while one writes, and ``kill -9`` loses nothing learned.

A store object belongs to one thread. Nothing here survives a power cut unless ``durability`` is
``"power"``; what was lost is then learned again from the ledger. LMDB must not be used across a
fork, and closing a copy in the child empties the parent's reader table, so the parent closes before
it forks and both sides open again at their next use.
"""

import hashlib
import os
import weakref
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import lmdb

from chaffinch.core.errors import StoreError
from chaffinch.profiles.lesson import apply, by_row
from chaffinch.profiles.row import Key, Kind, Row
from chaffinch.profiles.rowformat import decode_row, encode_row
from chaffinch.profiles.store import Lesson, beyond

STORE_SCHEMA = 1
MAP_BYTES = 1 << 30
KEY_BYTES = 510  # one less than LMDB takes, so that a key has a successor
PAGE_ROWS = 1_000
TENANT_BYTES = 64

Durability = Literal["process", "power"]
_T = TypeVar("_T")
_Transaction: TypeAlias = "lmdb.Transaction[bytes]"
_HASHED = b"\xff"  # no UTF-8 text holds this byte


class LmdbProfileStore:
    """A profile store in a folder; ``readonly`` opens it for workers that only score.

    ``map_bytes`` is where the map begins: it grows when full, and the file takes only what is used.
    """

    def __init__(
        self,
        path: Path,
        *,
        readonly: bool = False,
        durability: Durability = "process",
        map_bytes: int = MAP_BYTES,
    ) -> None:
        self._path = path
        self._readonly = readonly
        self._durability = durability
        self._map_bytes = map_bytes
        self._is_closed = False
        self._opened: _Opened | None = None
        self._open()
        _STORES.add(self)

    def read(self, tenant: str, keys: Sequence[Key]) -> tuple[Row | None, ...]:
        """The rows of these keys in their order, all of one moment."""
        prefix = _tenant_prefix(tenant)

        def get_all(opened: _Opened, txn: _Transaction) -> tuple[Row | None, ...]:
            found = (txn.get(_row_key(prefix, key), db=opened.rows) for key in keys)
            return tuple(None if data is None else decode_row(data) for data in found)

        return self._reading(get_all)

    def learn(self, lessons: Sequence[Lesson]) -> None:
        """Learn every lesson beyond the mark in one transaction and move the mark with it."""
        if self._readonly:
            raise StoreError(f"the profile store at {self._path} is open for reading only")

        def put_all(opened: _Opened, txn: _Transaction) -> None:
            fresh = beyond(_read_number(opened, txn, b"mark"), lessons)
            for (tenant, key), given in by_row(fresh.values()).items():
                prefix = _tenant_prefix(tenant)
                stored_key = _row_key(prefix, key)
                data = txn.get(stored_key, db=opened.rows)
                row = apply(None if data is None else decode_row(data), given)
                txn.put(stored_key, encode_row(row), db=opened.rows)
                if data is None and _is_hashed(stored_key, prefix):
                    txn.put(stored_key, _text_bytes(key.text), db=opened.texts)
            if fresh:
                txn.put(b"mark", b"%d" % max(fresh), db=opened.meta)

        self._writing(put_all)

    def mark(self) -> int:
        """The highest sequence number learned; 0 where nothing was."""
        return self._reading(lambda opened, txn: _read_number(opened, txn, b"mark"))

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant, a page per transaction, so that a slow reader holds nothing."""
        prefix = start = _tenant_prefix(tenant)
        while page := self._page(prefix, start):
            for stored_key, text, data in page:
                yield Key(_kind_of(stored_key, prefix), text), decode_row(data)
            start = page[-1][0] + b"\x00"

    def _page(self, prefix: bytes, start: bytes) -> list[tuple[bytes, str, bytes]]:
        def take(opened: _Opened, txn: _Transaction) -> list[tuple[bytes, str, bytes]]:
            page: list[tuple[bytes, str, bytes]] = []
            with txn.cursor(db=opened.rows) as cursor:
                if not cursor.set_range(start):
                    return page
                for stored_key, data in cursor:
                    if not stored_key.startswith(prefix) or len(page) == PAGE_ROWS:
                        break
                    page.append((stored_key, _text_of(stored_key, prefix, opened, txn), data))
            return page

        return self._reading(take)

    def close(self) -> None:
        """Let go of the files; closing twice is harmless."""
        self._release()
        self._is_closed = True

    def _release(self) -> None:
        if self._opened is not None:
            self._opened.environment.close()
            self._opened = None

    def _open(self) -> "_Opened":
        if self._is_closed:
            raise StoreError(f"the profile store at {self._path} is closed")
        if self._opened is None:
            try:
                self._opened = _opened(
                    self._path, self._readonly, self._durability == "power", self._map_bytes
                )
            except (lmdb.InvalidError, lmdb.CorruptedError) as error:
                raise StoreError(
                    f"the profile store {self._path} is damaged ({error}); "
                    "remove the folder, and it is made again from the ledger"
                ) from error
            except (lmdb.Error, OSError) as error:
                raise StoreError(f"cannot open the profile store {self._path}: {error}") from error
        return self._opened

    def _reading(self, step: "Callable[[_Opened, _Transaction], _T]") -> _T:
        opened = self._open()
        try:
            with _begin(opened.environment) as txn:
                return step(opened, txn)
        except lmdb.Error as error:
            raise StoreError(f"cannot read the profile store {self._path}: {error}") from error

    def _writing(self, step: "Callable[[_Opened, _Transaction], None]") -> None:
        opened = self._open()
        while True:
            try:
                with _begin(opened.environment, write=True) as txn:
                    return step(opened, txn)
            except lmdb.MapFullError:
                opened.environment.set_mapsize(2 * opened.environment.info()["map_size"])
            except lmdb.Error as error:
                raise StoreError(f"cannot write the profile store {self._path}: {error}") from error


class _Opened:
    """An open environment and the handles of its three tables."""

    def __init__(self, environment: lmdb.Environment, create: bool) -> None:
        self.environment = environment
        self.meta = environment.open_db(b"meta", create=create)
        self.rows = environment.open_db(b"rows", create=create)
        # The texts of keys that are too long to be keys.
        self.texts = environment.open_db(b"texts", create=create)


def _opened(path: Path, readonly: bool, sync: bool, map_bytes: int) -> _Opened:
    if not readonly:
        path.mkdir(parents=True, exist_ok=True)
    environment = lmdb.open(
        str(path),
        map_size=map_bytes,
        readonly=readonly,
        create=not readonly,
        sync=sync,
        max_dbs=3,
        max_readers=1_000,
        max_spare_txns=4,
        mode=0o600,
    )
    try:
        environment.reader_check()
        opened = _patiently(environment, lambda: _Opened(environment, create=not readonly))
        with _begin(environment, write=not readonly) as txn:
            _settle_schema(opened, txn, path, readonly)
    except BaseException:
        environment.close()
        raise
    return opened


def _begin(environment: lmdb.Environment, write: bool = False) -> _Transaction:
    return _patiently(environment, lambda: environment.begin(write=write))


def _patiently(environment: lmdb.Environment, step: "Callable[[], _T]") -> _T:
    """The step, again for as long as other processes let the map grow under it."""
    while True:
        try:
            return step()
        except lmdb.MapResizedError:
            environment.set_mapsize(0)


def _settle_schema(opened: _Opened, txn: _Transaction, path: Path, readonly: bool) -> None:
    found = _read_number(opened, txn, b"schema")
    if found > STORE_SCHEMA:
        raise StoreError(
            f"the profile store {path} has schema {found}, "
            f"newer than the {STORE_SCHEMA} this version reads"
        )
    if not found and not readonly:
        txn.put(b"schema", b"%d" % STORE_SCHEMA, db=opened.meta)


def _read_number(opened: _Opened, txn: _Transaction, name: bytes) -> int:
    return int(txn.get(name, default=b"0", db=opened.meta))


def _tenant_prefix(tenant: str) -> bytes:
    name = _text_bytes(tenant)
    if len(name) > TENANT_BYTES or b"\x00" in name:
        name = _HASHED + hashlib.blake2b(name, digest_size=32).digest().hex().encode()
    return name + b"\x00"


def _row_key(prefix: bytes, key: Key) -> bytes:
    stored = prefix + key.kind.encode() + _text_bytes(key.text)
    if len(stored) <= KEY_BYTES:
        return stored
    digest = hashlib.blake2b(stored, digest_size=32).digest()
    return prefix + key.kind.encode() + _HASHED + digest


def _is_hashed(stored: bytes, prefix: bytes) -> bool:
    return stored.startswith(_HASHED, len(prefix) + 1)


def _kind_of(stored: bytes, prefix: bytes) -> Kind:
    return Kind(stored[len(prefix) : len(prefix) + 1].decode())


def _text_of(stored: bytes, prefix: bytes, opened: _Opened, txn: _Transaction) -> str:
    text = stored[len(prefix) + 1 :]
    if _is_hashed(stored, prefix):
        text = txn.get(stored, default=b"", db=opened.texts)
    return text.decode("utf-8", "surrogatepass")


def _text_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


_STORES: "weakref.WeakSet[LmdbProfileStore]" = weakref.WeakSet()


def _release_all() -> None:
    for store in tuple(_STORES):
        store._release()


os.register_at_fork(before=_release_all)
