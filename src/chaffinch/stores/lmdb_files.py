"""The files of an LMDB store: how they are opened, grow, and are shared by processes.

Without ``sync``, rows are written where the file is mapped into memory, which takes a fraction of
the time. Its disk space is reserved first, because a full disk would be a fault and no error then,
and no process may cut the file short under another.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TypeAlias, TypeVar

import lmdb

from chaffinch.core.errors import StoreError

STORE_SCHEMA = 2  # since 2, what was learned beyond the mark is noted
MOST_GROWN_BYTES = 1 << 30  # by which the map grows at most at once; it doubles until then

Transaction: TypeAlias = "lmdb.Transaction[bytes]"
_T = TypeVar("_T")


class Opened:
    """An open environment and the handles of its three tables."""

    def __init__(self, environment: lmdb.Environment, create: bool) -> None:
        self.environment = environment
        self.meta = environment.open_db(b"meta", create=create)
        self.rows = environment.open_db(b"rows", create=create)
        # The texts of keys that are too long to be keys.
        self.texts = environment.open_db(b"texts", create=create)


def opened_at(path: Path, readonly: bool, sync: bool, map_bytes: int) -> Opened:
    """The environment in a folder, made where it is not there and may be written.

    Raises:
        StoreError: it was written by a newer version.
    """
    if not readonly:
        path.mkdir(parents=True, exist_ok=True)
    environment = _environment(path, readonly, sync, map_bytes)
    try:
        environment.reader_check()
        opened = _patiently(environment, lambda: Opened(environment, create=not readonly))
        with begin(environment, write=not readonly) as txn:
            _settle_schema(opened, txn, path, readonly)
    except BaseException:
        environment.close()
        raise
    return opened


def _environment(path: Path, readonly: bool, sync: bool, map_bytes: int) -> lmdb.Environment:
    is_mapped = not (readonly or sync)
    with nullcontext(0) if readonly else _size_held(path) as size:
        while True:
            try:
                environment = lmdb.open(
                    str(path),
                    map_size=max(map_bytes, size),
                    readonly=readonly,
                    create=not readonly,
                    sync=sync,
                    writemap=is_mapped,
                    max_dbs=3,
                    max_readers=1_000,
                    max_spare_txns=4,
                    mode=0o600,
                )
                break
            except lmdb.MapResizedError:  # another process let the map grow at this very moment
                continue
        if is_mapped:
            _reserve(path, environment.info()["map_size"])
    return environment


def begin(environment: lmdb.Environment, write: bool = False) -> Transaction:
    """A transaction of the map as large as it has become."""
    return _patiently(environment, lambda: environment.begin(write=write))


def _patiently(environment: lmdb.Environment, step: "Callable[[], _T]") -> _T:
    """The step, again for as long as other processes let the map grow under it."""
    while True:
        try:
            return step()
        except lmdb.MapResizedError:
            if environment.flags()["readonly"]:
                environment.set_mapsize(0)
            else:
                with _size_held(Path(environment.path())) as size:
                    environment.set_mapsize(size)


def grow(environment: lmdb.Environment, path: Path) -> None:
    """Let a full map grow, or catch up with the file where another process was quicker."""
    with _size_held(path) as size:
        mapped = environment.info()["map_size"]
        wanted = size if size > mapped else mapped + min(mapped, MOST_GROWN_BYTES)
        if environment.flags()["writemap"]:
            _reserve(path, wanted)
        environment.set_mapsize(wanted)


@contextmanager
def _size_held(path: Path) -> Iterator[int]:
    """The size of the file, which no other process changes meanwhile.

    A process that maps the file for writing sets its size: with a smaller one than another process
    has mapped it would take away what that one writes.
    """
    with (path / "size.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        data = path / "data.mdb"
        yield data.stat().st_size if data.exists() else 0


def _reserve(path: Path, size: int) -> None:
    """Take the disk space for a map, so that a full disk is an error here and not a fault later."""
    if hasattr(os, "posix_fallocate"):
        with (path / "data.mdb").open("r+b") as data:
            os.posix_fallocate(data.fileno(), 0, size)


def _settle_schema(opened: Opened, txn: Transaction, path: Path, readonly: bool) -> None:
    found = number_under(opened, txn, b"schema")
    if found > STORE_SCHEMA:
        raise StoreError(
            f"the profile store {path} has schema {found}, "
            f"newer than the {STORE_SCHEMA} this version reads"
        )
    if found != STORE_SCHEMA and not readonly:
        txn.put(b"schema", b"%d" % STORE_SCHEMA, db=opened.meta)


def number_under(opened: Opened, txn: Transaction, name: bytes) -> int:
    """The number kept under a name; 0 where there is none."""
    return int(txn.get(name, default=b"0", db=opened.meta))
