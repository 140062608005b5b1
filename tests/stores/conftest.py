"""Every kind of profile store, a real Redis server among them."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.store import ProfileStore
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.redis import RedisProfileStore
from shared import postgres_server, redis_server

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.PostgresServer]:
    """A Postgres server of the tests' own; without the programs the test is skipped."""
    if not postgres_server.is_installed():
        pytest.skip("needs a service: postgres is not installed")
    with postgres_server.running() as started:
        yield started


@pytest.fixture
def postgres_url(postgres: postgres_server.PostgresServer) -> str:
    """The address of an empty schema."""
    return f"{postgres.url}&schema=n{next(_names)}"


@pytest.fixture
def redis_url(server: redis_server.RedisServer) -> str:
    """The address of an empty namespace."""
    return f"{server.url}?namespace=n{next(_names)}"


@pytest.fixture(params=KINDS)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Opens empty stores of one kind; all are closed after the test."""
    stores: list[ProfileStore] = []

    def opener() -> ProfileStore:
        stores.append(_place(request, tmp_path)())
        return stores[-1]

    yield opener
    for store in stores:
        store.close()


@pytest.fixture(params=KINDS)
def opened_twice(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Opener]:
    """Finds a new place each time, and opens the same store there as often as it is asked."""
    return lambda: _place(request, tmp_path)


def _place(request: pytest.FixtureRequest, folder: Path) -> Opener:
    """Opens a store in a new place; one that a process may hold once only, is the same again."""
    path = folder / str(next(_names))
    store: ProfileStore
    match request.param:
        case "memory":
            store = MemoryProfileStore()
        case "lmdb":
            store = LmdbProfileStore(path)
        case "lmdb-power":
            store = LmdbProfileStore(path, durability="power")
        case "lmdb-small":
            store = LmdbProfileStore(path, map_bytes=SMALL_MAP)
        case _:
            server = request.getfixturevalue("server")
            url = f"{server.url}?namespace=n{next(_names)}"
            return lambda: RedisProfileStore(url)
    return lambda: store
