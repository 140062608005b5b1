"""Allow and deny entries of each tenant, one JSON file each below the state."""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.decision.allow.entry import AllowList

ALLOW_SCHEMA = 1
FOLDER = "allow"


def read_allow_lists(state: Path) -> Mapping[str, AllowList]:
    """Tenant → its entries.

    Raises:
        StoreError: a file is damaged, or of a newer version.
    """
    found = [_read(path) for path in sorted((state / FOLDER).glob("*.json"))]
    return {one.tenant: one for one in found}


def read_allow_list(state: Path, tenant: str) -> AllowList:
    """The entries of one tenant; none where none were made.

    Raises:
        StoreError: the file is damaged, or of a newer version.
    """
    path = _path(state, tenant)
    return _read(path) if path.exists() else AllowList(tenant=tenant)


def change_allow_list(
    state: Path, tenant: str, step: Callable[[AllowList], AllowList]
) -> AllowList:
    """Put what ``step`` makes of a tenant's entries in their place, all or nothing; return it.

    Whoever changes them meanwhile waits, so that nobody's change is lost.

    Raises:
        StoreError: the file is damaged, or cannot be written.
    """
    with _locked(_path(state, tenant)):
        changed = step(read_allow_list(state, tenant))
        _write(state, changed)
    return changed


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One change of the file at a time, in whatever process."""
    beside = path.with_suffix(".lock")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = open(beside, "wb", opener=_only_ours)  # noqa: SIM115 - what is inside may fail, too
    except OSError as error:
        raise StoreError(f"{beside} cannot be made: {error.strerror}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(state: Path, entries: AllowList) -> None:
    path = _path(state, entries.tenant)
    beside = path.with_suffix(f".{os.getpid()}.new")
    try:
        text = msgspec.json.format(msgspec.json.encode(entries), indent=1) + b"\n"
        with open(beside, "wb", opener=_only_ours) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error


def _only_ours(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _path(state: Path, tenant: str) -> Path:
    """A file's name from a tenant's, which may hold anything."""
    return state / FOLDER / f"{blake2b(tenant.encode(), digest_size=12).hexdigest()}.json"


def _read(path: Path) -> AllowList:
    try:
        found = msgspec.json.decode(path.read_bytes(), type=AllowList)
    except (OSError, msgspec.DecodeError) as error:
        raise StoreError(f"{path} cannot be read: {error}; restore it, or remove it") from error
    if found.schema > ALLOW_SCHEMA:
        raise StoreError(f"{path}: schema {found.schema} is newer than the {ALLOW_SCHEMA} we read")
    return found
