"""Every kind of profile store, a real Redis server among them."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.store import ProfileStore
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.redis import RedisProfileStore
from shared import redis_server

SMALL_MAP = 256 * 1024
KINDS = ("memory", "lmdb", "lmdb-power", "lmdb-small", "redis")

Opener = Callable[[], ProfileStore]
_names = count()


@pytest.fixture(scope="session")
def server() -> Iterator[redis_server.RedisServer]:
    """A Redis server of the tests' own; without the program the test is skipped."""
    if not redis_server.is_installed():
        pytest.skip("needs a service: redis-server is not installed")
    with redis_server.running() as started:
        yield started


@pytest.fixture
def redis_url(server: redis_server.RedisServer) -> str:
    """The address of an empty namespace."""
    return f"{server.url}?namespace=n{next(_names)}"


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens empty stores of one kind; all are closed after the test."""
    stores: list[ProfileStore] = []

    def opener() -> ProfileStore:
        stores.append(_open(request, tmp_path / str(len(stores))))
        return stores[-1]

    yield opener
    for store in stores:
        store.close()


def _open(request: pytest.FixtureRequest, path: Path) -> ProfileStore:
    match request.param:
        case "memory":
            return MemoryProfileStore()
        case "lmdb":
            return LmdbProfileStore(path)
        case "lmdb-power":
            return LmdbProfileStore(path, durability="power")
        case "lmdb-small":
            return LmdbProfileStore(path, map_bytes=SMALL_MAP)
    url = request.getfixturevalue("server").url
    return RedisProfileStore(f"{url}?namespace=n{next(_names)}")
