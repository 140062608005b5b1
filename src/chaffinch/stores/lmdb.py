"""Profiles in LMDB: many processes read while one writes, and ``kill -9`` loses nothing learned.

A store object belongs to one thread. Nothing here survives a power cut unless ``durability`` is
``"power"``; what was lost is then learned again from the ledger. LMDB must not be used across a
fork, and closing a copy in the child empties the parent's reader table, so the parent closes before
it forks and both sides open again at their next use.
"""

import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Literal, TypeAlias, TypeVar

import lmdb

from chaffinch.core.errors import StoreError
from chaffinch.profiles.digests import Digests, digests_of
from chaffinch.profiles.kept import Kept, gained_all, kept
from chaffinch.profiles.lesson import by_row
from chaffinch.profiles.row import Key, Row, joined
from chaffinch.profiles.rowformat import decode_row, encode_row
from chaffinch.profiles.store import Lesson, Step, by_tenant, check_ledger, last_of, unlearned
from chaffinch.stores.lmdb_files import Opened, Transaction, begin, grow, number_under, opened_at
from chaffinch.stores.lmdb_marks import Standing, is_learned, moved, noted, standing
from chaffinch.stores.row_keys import (
    SHORT,
    all_bounded,
    bounded,
    is_digest,
    key_of,
    tenant_prefix,
    text_bytes,
)

MAP_BYTES = 1 << 24
PAGE_ROWS = 1_000
HELD_ROWS = 5_000

Durability = Literal["process", "power"]
_T = TypeVar("_T")
_Rows: TypeAlias = dict[bytes, Kept | None]  # by stored key


class LmdbProfileStore:
    """A profile store in a folder; ``readonly`` opens it for workers that only score.

    ``map_bytes`` is where the map begins, and how much of the disk is taken; it grows when full.
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
        self._secret = b""
        self._opened: Opened | None = None
        self._held = _Held()
        self._open()
        _STORES.add(self)

    def read(
        self, tenant: str, keys: Sequence[Key], also: Iterable[Key] = ()
    ) -> tuple[Row | None, ...]:
        """The rows of these keys in their order, all of one moment."""

        def get_all(opened: Opened, txn: Transaction) -> tuple[Row | None, ...]:
            prefix = tenant_prefix(tenant)
            stored = all_bounded(prefix, keys)
            held = self._held.as_of(txn.id())
            held.update(_found(opened, txn, [one for one in stored if one not in held]))
            found = [held[one] for one in stored]
            return tuple([None if one is None else one.row for one in found])

        return self._reading(get_all)

    def learn(self, lessons: Sequence[Lesson], *, after: int | None = None) -> int:
        """Learn the lessons not learned before in one transaction; return the mark."""
        at, learned, standing = self._writing(partial(self._learned, lessons, after))
        self._held.move(at, learned, standing)
        return standing.mark

    def _learned(
        self, lessons: Sequence[Lesson], after: int | None, opened: Opened, txn: Transaction
    ) -> "tuple[int, dict[bytes, Kept], Standing]":
        """The transaction from which this holds, the rows it changed, how far it has learned."""
        held = self._held.as_of(txn.id() - 1)  # what was read, where nobody wrote since
        before = self._held.standing or standing(opened, txn)
        fresh = unlearned(lessons, lambda one: is_learned(opened, txn, before, one))
        learned: dict[bytes, Kept] = {}
        for tenant, taught in by_tenant(fresh).items():
            gains, prefix = by_row(taught, self.digests(tenant)), tenant_prefix(tenant)
            stored = dict(zip(all_bounded(prefix, gains), gains.values(), strict=True))
            held.update(_found(opened, txn, [one for one in stored if one not in held]))
            learned |= gained_all(held, stored)
            _put_texts(opened, txn, prefix, gains)
        _put(opened, txn, learned)
        upto = last_of(lessons) if after is not None and after <= before.mark else 0
        now = moved(opened, txn, before, upto)
        now = noted(opened, txn, now, [number for number, _, _ in fresh])
        return txn.id() if fresh or now != before else txn.id() - 1, learned, now

    def mark(self) -> int:
        """A number up to which every lesson of the ledger was learned."""
        return self._reading(lambda opened, txn: number_under(opened, txn, b"mark"))

    def vouch(self, upto: int) -> None:
        """Say that the rows hold every lesson up to ``upto``."""
        self._writing(lambda opened, txn: moved(opened, txn, standing(opened, txn), upto))

    def merge(self, tenant: str, rows: Iterable[tuple[Key, Row]]) -> None:
        """Merge rows built elsewhere into the tenant's, a page per transaction."""
        self._open()
        given = iter(rows)
        while page := dict(islice(given, PAGE_ROWS)):
            self._writing(partial(_merge, tenant=tenant, digests=self.digests(tenant), page=page))

    def rewrite(self, tenant: str, step: Step) -> int:
        """Put every row of the tenant through ``step``; return how many changed or were dropped."""
        prefix = start = tenant_prefix(tenant)
        changed = 0
        while start:
            start, count = self._writing(partial(_rewrite_page, prefix, start, step))
            changed += count
        return changed

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant, a page per transaction, so that a slow reader holds nothing."""
        prefix = start = tenant_prefix(tenant)
        while page := self._reading(partial(_page, prefix, start)):
            for _, key, data in page:
                yield key, decode_row(data)
            start = _successor(page)

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's rows count."""
        return digests_of(self._secret, tenant)

    def bind(self, ledger: str, secret: bytes = b"") -> None:
        """Belong to the ledger of this identity, and make digests with its secret."""
        known = self._reading(lambda opened, txn: txn.get(b"ledger", db=opened.meta) or b"")
        where = f"the profiles at {self._path}"
        check_ledger(known.decode(), ledger, where, "remove the folder to learn anew from this one")
        if ledger and not known and not self._readonly:
            self._writing(lambda opened, txn: txn.put(b"ledger", ledger.encode(), db=opened.meta))
        self._secret = secret or self._secret

    def close(self) -> None:
        """Let go of the files; closing twice is harmless."""
        self._release()
        self._is_closed = True

    def _release(self) -> None:
        if self._opened is not None:
            self._opened.environment.close()
            self._opened = None

    def _open(self) -> Opened:
        if self._is_closed:
            raise StoreError(f"the profile store at {self._path} is closed")
        if self._opened is None:
            try:
                self._opened = opened_at(
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

    def _reading(self, step: "Callable[[Opened, Transaction], _T]") -> _T:
        opened = self._open()
        try:
            with begin(opened.environment) as txn:
                return step(opened, txn)
        except lmdb.Error as error:
            raise StoreError(f"cannot read the profile store {self._path}: {error}") from error

    def _writing(self, step: "Callable[[Opened, Transaction], _T]") -> _T:
        opened = self._open()
        if self._readonly:
            raise StoreError(f"the profile store at {self._path} is open for reading only")
        while True:
            try:
                with begin(opened.environment, write=True) as txn:
                    return step(opened, txn)
            except lmdb.MapFullError:
                self._grow(opened.environment)
            except lmdb.Error as error:
                raise StoreError(f"cannot write the profile store {self._path}: {error}") from error

    def _grow(self, environment: lmdb.Environment) -> None:
        try:
            grow(environment, self._path)
        except OSError as error:
            raise StoreError(f"the profile store {self._path} is full: {error.strerror}") from error


def _found(opened: Opened, txn: Transaction, stored: Sequence[bytes]) -> _Rows:
    with txn.cursor(db=opened.rows) as cursor:
        found = dict(cursor.getmulti(stored))
    return {one: Kept(found[one]) if one in found else None for one in stored}


def _put(opened: Opened, txn: Transaction, rows: Mapping[bytes, Kept]) -> None:
    with txn.cursor(db=opened.rows) as cursor:
        cursor.putmulti([(one, row.data) for one, row in rows.items()])


def _put_texts(opened: Opened, txn: Transaction, prefix: bytes, keys: Iterable[Key]) -> None:
    """Keep the texts of keys that are stored as a digest."""
    for key in [one for one in keys if len(one.text) > SHORT]:
        stored = bounded(prefix, key)
        if is_digest(stored, prefix):
            txn.put(stored, text_bytes(key.text), db=opened.texts)


def _merge(
    opened: Opened, txn: Transaction, tenant: str, digests: Digests, page: Mapping[Key, Row]
) -> None:
    prefix = tenant_prefix(tenant)
    given = dict(zip(all_bounded(prefix, page), page.values(), strict=True))
    mine = _found(opened, txn, list(given))
    rows = {one: None if (old := mine[one]) is None else old.row for one in given}
    _put(opened, txn, {one: kept(joined(rows[one], row, digests)) for one, row in given.items()})
    _put_texts(opened, txn, prefix, page)


_Stored: TypeAlias = tuple[bytes, Key, bytes]  # a row's stored key, its key, its data


def _page(prefix: bytes, start: bytes, opened: Opened, txn: Transaction) -> list[_Stored]:
    """Up to a thousand rows of a tenant, in the order of their stored keys."""
    page: list[_Stored] = []
    with txn.cursor(db=opened.rows) as cursor:
        if not cursor.set_range(start):
            return page
        for stored, data in cursor:
            if not stored.startswith(prefix) or len(page) == PAGE_ROWS:
                break
            page.append((stored, _key(stored, prefix, opened, txn), data))
    return page


def _successor(page: list[_Stored]) -> bytes:
    return page[-1][0] + b"\x00"


def _key(stored: bytes, prefix: bytes, opened: Opened, txn: Transaction) -> Key:
    if not is_digest(stored, prefix):
        return key_of(stored[len(prefix) :])
    code = stored[len(prefix) : len(prefix) + 1]
    return key_of(code + txn.get(stored, default=b"", db=opened.texts))


def _rewrite_page(
    prefix: bytes, start: bytes, step: Step, opened: Opened, txn: Transaction
) -> tuple[bytes, int]:
    """Where the next page starts (nowhere after the last), and how many rows of this changed."""
    page = _page(prefix, start, opened, txn)
    changed = 0
    for stored, key, data in page:
        row = decode_row(data)
        new = step(key, row)
        if new is None:
            txn.delete(stored, db=opened.rows)
            txn.delete(stored, db=opened.texts)
        elif new != row:
            txn.put(stored, encode_row(new), db=opened.rows)
        changed += new != row
    return _successor(page) if page else b"", changed


class _Held:
    """Rows as they were read or written last: good for as long as nobody writes."""

    def __init__(self) -> None:
        self._at = -1
        self._rows: _Rows = {}
        self.standing: Standing | None = None  # how far had been learned then

    def as_of(self, at: int) -> _Rows:
        """The rows of this transaction that are held; what is added to them, is held, too."""
        if self._at != at or len(self._rows) > HELD_ROWS:
            self._at, self._rows, self.standing = at, {}, None
        return self._rows

    def move(self, at: int, changed: Mapping[bytes, Kept], standing: Standing) -> None:
        """Hold the rows as this transaction left them, which changed these and no others."""
        self._at, self.standing = at, standing
        self._rows.update(changed)


_STORES: "weakref.WeakSet[LmdbProfileStore]" = weakref.WeakSet()


def _release_all() -> None:
    for store in tuple(_STORES):
        store._release()


os.register_at_fork(before=_release_all)
