"""The files of an archive: ``day=2026-06-15/tenant=acme/part-0001.parquet``, whole or not there.

A file is written beside its place, put on the disk, read back, and only then given its name. Names
that begin with a dot are passed over by everybody who reads the folder.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pyarrow import ArrowException, parquet

from chaffinch.core.errors import StoreError
from chaffinch.decision.archive import TenantDay
from chaffinch.stores.parquet_columns import ARCHIVE_SCHEMA, REPEATING

_EPOCH = date(1970, 1, 1)
_NOBODY = "__HIVE_DEFAULT_PARTITION__"  # what others write for a key without a text
_PARTS = "part-*.parquet"
_SCHEMA = b"chaffinch.archive"
_FORM: Mapping[str, Any] = {
    "compression": "zstd",
    "use_dictionary": REPEATING,
    "write_statistics": REPEATING,  # of whole entries the least and the greatest are no figures
    "data_page_size": 4 << 20,  # entries are much like those before them
    "write_page_checksum": True,
}

_Row = tuple[str, bytes]  # an entry's id, and a digest of it


def make(top: Path) -> None:
    """Make an archive's folder, where it is not there.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        top.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the archive {top} cannot be made: {error.strerror}") from error


def folder_of(of: TenantDay) -> Path:
    """Where a tenant's entries of a day lie within the archive.

    >>> folder_of(TenantDay(20_619, "a/b")).as_posix()
    'day=2026-06-15/tenant=a%2Fb'
    """
    owner = quote(of.tenant, safe=" ") or _NOBODY
    if of.tenant == _NOBODY:
        owner = _NOBODY.replace(
            "_", "%5F", 1
        )  # ours to tell apart; others decode it, and read no name
    return Path(f"day={_EPOCH + timedelta(days=of.day)}", f"tenant={owner}")


def tenant_days(top: Path) -> list[TenantDay]:
    """Every day and tenant that has files, the latest day first."""
    found = []
    for folder in top.glob("day=*/tenant=*"):
        with suppress(ValueError):
            day = date.fromisoformat(folder.parent.name.removeprefix("day=")) - _EPOCH
            owner = folder.name.removeprefix("tenant=")
            found.append(TenantDay(day.days, "" if owner == _NOBODY else unquote(owner)))
    return sorted(found, key=lambda one: (-one.day, one.tenant))


def parts_of(top: Path, of: TenantDay) -> list[Path]:
    """The files of a tenant's day in the order they were written."""
    return sorted((top / folder_of(of)).glob(_PARTS))


def next_part(top: Path, of: TenantDay) -> Path:
    """Where the next file of a tenant's day goes."""
    numbers = [int(one.stem.removeprefix("part-")) for one in parts_of(top, of)]
    return top / folder_of(of) / f"part-{max(numbers, default=0) + 1:04}.parquet"


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A file to read.

    Raises:
        StoreError: it is none of ours, damaged, or newer than this version.
    """
    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            found = int((file.schema_arrow.metadata or {}).get(_SCHEMA, b"0"))
            if not 0 < found <= ARCHIVE_SCHEMA:
                raise StoreError(
                    f"{path} has archive schema {found}; this version reads 1 to {ARCHIVE_SCHEMA}"
                )
            yield file
    except (ArrowException, OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read: {error}") from error


def write(path: Path, schema: Any, tables: Iterable[Any]) -> None:
    """Make a file of these rows, or put one in its place.

    Raises:
        StoreError: it cannot be written, or is not what was written.
    """
    draft = path.with_name(f".{path.name}.tmp")
    told = schema.with_metadata({_SCHEMA: str(ARCHIVE_SCHEMA).encode()})
    try:
        for folder in (path.parent.parent, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        draft.touch(mode=0o600)
        written: list[_Row] = []
        with parquet.ParquetWriter(draft, told, **_FORM) as writer:
            for table in tables:
                writer.write_table(table)
                written += _rows(table)
        _keep(draft)
        _check(draft, written)
        draft.rename(path)
        for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
            _keep(folder)
    except (ArrowException, OSError) as error:
        raise StoreError(f"{path} cannot be written: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def _rows(table: Any) -> list[_Row]:
    data = (hashlib.blake2b(one.encode()).digest() for one in table["entry"].to_pylist())
    return list(zip(table["entry_id"].to_pylist(), data, strict=True))


def _check(draft: Path, written: Sequence[_Row]) -> None:
    """Read every column of every row back; pages carry checksums."""
    found: list[_Row] = []
    with opened(draft) as file:
        for group in range(file.num_row_groups):
            found += _rows(file.read_row_group(group))
    if found != written:
        raise StoreError(f"{draft} is not what was written to it")


def lock(top: Path) -> int:
    """Keep others from writing to the archive until what is returned is closed; tidy it up.

    Raises:
        StoreError: somebody writes to it.
    """
    held = os.open(top, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for draft in top.glob("day=*/tenant=*/.part-*.tmp"):
            draft.unlink()
    except OSError as error:
        os.close(held)
        raise StoreError(f"another process writes to the archive {top}") from error
    return held


def _keep(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
