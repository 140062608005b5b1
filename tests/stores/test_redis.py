"""What Redis adds to the contract: round trips, workers at once, servers that die, addresses."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import msgspec
import pytest
import redis
from tests.stores.lessons import contents, lesson_of, letter, remembered

from chaffinch import Engine, Tenant
from chaffinch.core.errors import SettingsError, StoreError
from chaffinch.decision.entry import Entry
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.profiles.keys import TENANT
from chaffinch.profiles.row import Kind, Row, key
from chaffinch.stores.redis import RedisProfileStore
from chaffinch.stores.redis_address import shown
from shared import redis_server

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)


def worker(url: str, step: int, of: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, url, str(step), str(of)], stdout=subprocess.PIPE, text=True
    )


WORKER = """
import sys
from chaffinch.stores.redis import RedisProfileStore
from tests.stores.lessons import lesson_of, remembered
url, step, of = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store = RedisProfileStore(url)
trips = []
for number in range(1 + step, 401, of):
    keys = list(remembered(lesson_of(number)))
    before = store.trips
    store.read("acme", keys)
    store.learn([lesson_of(number)])
    trips.append(store.trips - before)
print(sum(count <= 2 for count in trips), len(trips))
store.close()
"""


class TestTrips:
    def test_reading_and_learning_take_a_trip_each(self, redis_url: str) -> None:
        store = RedisProfileStore(redis_url)
        before = store.trips
        for number in range(1, 300):
            keys = list(remembered(lesson_of(number)))
            store.read("acme", [key(Kind.TENANT)], also=keys)
            store.learn([lesson_of(number)], after=number - 1)
        assert store.trips - before == 2 * 299
        assert store.conflicts == 0
        assert contents(store) == remembered(*map(lesson_of, range(1, 300)))
        store.close()

    def test_what_was_learned_long_ago_is_asked_in_one_trip(self, redis_url: str) -> None:
        store = RedisProfileStore(redis_url)
        lessons = list(map(lesson_of, range(1, 401)))
        store.learn(lessons[::2])
        before = store.trips
        store.learn(lessons[::2])
        assert store.trips - before == 1
        store.learn(lessons, after=0)
        assert contents(store) == remembered(*lessons)
        store.close()

    def test_a_conflict_costs_one_trip_and_is_made_good(self, redis_url: str) -> None:
        one, other = RedisProfileStore(redis_url), RedisProfileStore(redis_url)
        keys = list(remembered(lesson_of(1)))
        one.read("acme", keys)
        other.learn([lesson_of(2)])
        before = one.trips
        one.learn([lesson_of(1)])
        assert (one.trips - before, one.conflicts) == (2, 1)
        one.read("acme", keys)
        other.learn([lesson_of(3)])
        one.learn([(4, "acme", letter(1))])
        assert one.conflicts == 1  # what was contended before only gains what is taught
        expected = remembered(*map(lesson_of, (1, 2, 3)), (4, "acme", letter(1)))
        assert contents(one) == contents(other) == expected
        one.close()
        other.close()

    def test_a_row_that_only_gains_is_merged_before_it_grows_too_long(self, redis_url: str) -> None:
        one, other = RedisProfileStore(redis_url), RedisProfileStore(redis_url)
        busy = [(n, "acme", letter(1, minutes=n)) for n in range(1, 601)]
        keys = [key(Kind.TENANT)]
        for mine, theirs in zip(busy[::2], busy[1::2], strict=True):
            one.read("acme", keys)
            other.learn([theirs])
            one.learn([mine])
        assert contents(one) == remembered(*busy)
        client = redis.Redis.from_url(redis_url.partition("?")[0])
        name = redis_url.partition("=")[2]
        longest = max(map(len, client.hvals(f"{name}:{{acme}}:rows")))
        assert longest < 4_000
        for store in (one, other, client):
            store.close()


class TestWorkers:
    def test_workers_learn_at_once_what_one_would(self, redis_url: str) -> None:
        workers = [worker(redis_url, step, 4) for step in range(4)]
        told = [started.communicate()[0].split() for started in workers]
        assert all(started.returncode == 0 for started in workers)
        assert sum(int(count) for _, count in told) == 400
        store = RedisProfileStore(redis_url)
        assert contents(store) == remembered(*map(lesson_of, range(1, 401)))
        store.close()

    def test_workers_learn_the_same_lessons_once(self, redis_url: str) -> None:
        workers = [worker(redis_url, 0, 1) for _ in range(3)]
        assert [started.wait() for started in workers] == [0, 0, 0]
        for started in workers:
            started.communicate()
        store = RedisProfileStore(redis_url)
        assert contents(store) == remembered(*map(lesson_of, range(1, 401)))
        store.close()

    def test_the_mark_is_told_when_a_worker_leaves(self, redis_url: str) -> None:
        store = RedisProfileStore(redis_url)
        for number in range(1, 4):
            store.learn([lesson_of(number)], after=number - 1)
        store.close()
        other = RedisProfileStore(redis_url)
        assert other.mark() == 3
        other.close()

    def test_both_sides_of_a_fork_go_on(self, redis_url: str) -> None:
        store = RedisProfileStore(redis_url)
        store.learn([lesson_of(1)])
        child = os.fork()
        if not child:
            store.learn([lesson_of(2)])
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        store.learn([lesson_of(3)])
        assert contents(store) == remembered(*map(lesson_of, (1, 2, 3)))
        store.close()


class TestServers:
    def test_a_server_may_forget_its_scripts(self, redis_url: str) -> None:
        store = RedisProfileStore(redis_url)
        client = redis.Redis.from_url(redis_url.partition("?")[0])
        for number in (1, 2):
            store.learn([lesson_of(number)])
            client.script_flush()
        store.rewrite("acme", lambda row_key, row: Row())
        assert all(row == Row() for row in contents(store).values())
        client.close()
        store.close()

    def test_a_server_that_dies_and_comes_back_is_used_again(self, server: object) -> None:
        with redis_server.running("--appendonly", "yes", "--appendfsync", "always") as own:
            store = RedisProfileStore(own.url)
            store.learn([lesson_of(1)], after=0)
            own.kill()
            with pytest.raises(StoreError, match=r"profiles at unix://.* cannot be used"):
                store.learn([lesson_of(2)], after=1)
            own.start()
            store.learn([lesson_of(2)], after=1)
            assert contents(store) == remembered(lesson_of(1), lesson_of(2))
            store.close()

    @pytest.mark.parametrize("is_read_first", [False, True])
    def test_what_a_server_lost_is_learned_again(
        self, server: object, *, is_read_first: bool
    ) -> None:
        lessons = [lesson_of(number) for number in range(1, 12)]
        with redis_server.running() as own:
            store = RedisProfileStore(own.url)
            store.learn(lessons[:10], after=0)
            own.kill()
            own.start()
            if is_read_first:
                store.read("acme", [TENANT])
            assert store.learn(lessons[10:], after=10) == 0
            assert store.learn(lessons, after=0) == 11
            assert contents(store) == remembered(*lessons)
            store.close()
            again = RedisProfileStore(own.url)
            assert again.mark() == 11
            again.close()

    def test_a_server_that_forgets_keys_is_refused(self, server: object) -> None:
        with (
            redis_server.running("--maxmemory-policy", "allkeys-lru") as own,
            pytest.raises(StoreError, match=r"allkeys-lru.*noeviction"),
        ):
            RedisProfileStore(own.url)

    def test_a_store_of_a_newer_version_is_refused(self, redis_url: str) -> None:
        client = redis.Redis.from_url(redis_url.partition("?")[0])
        client.set(f"{redis_url.partition('=')[2]}:schema", 9)
        client.close()
        with pytest.raises(StoreError, match="schema 9, newer"):
            RedisProfileStore(redis_url)

    def test_a_password_opens_and_is_never_shown(self, server: object) -> None:
        with redis_server.running("--requirepass", "hush/hush") as own:
            address = own.url.removeprefix("unix://")
            store = RedisProfileStore(f"unix://:hush%2Fhush@{address}?namespace=n")
            store.learn([lesson_of(1)])
            assert store.where == own.url
            store.close()
            with pytest.raises(StoreError) as wrong:
                RedisProfileStore(f"unix://:sesame@{address}")
            assert "sesame" not in str(wrong.value)

    @pytest.mark.parametrize(
        "address",
        ["redis://:se/same@cache.example", "redis://u:sesame@h:port", "unix://x:sesame@?db=a"],
    )
    def test_a_wrong_address_is_said_without_its_secret(self, address: str) -> None:
        with pytest.raises(StoreError, match="is not the address of a Redis server") as wrong:
            RedisProfileStore(address)
        assert "sesame" not in str(wrong.value)
        assert ":se" not in str(wrong.value)
        assert wrong.value.__suppress_context__

    def test_an_address_is_shown_without_user_and_options(self) -> None:
        assert shown("rediss://u:p@cache.example:6380/1?password=x") == "rediss://" + (
            "cache.example:6380/1"
        )
        assert shown("unix:///run/redis.sock?db=2") == "unix:///run/redis.sock"
        for secret in ("redis://h?password=ses@me", "redis://:se?s@me"):
            assert shown(secret) == "redis://…"

    def test_a_namespace_is_a_plain_word(self) -> None:
        with pytest.raises(StoreError, match="namespace"):
            RedisProfileStore("redis://cache.example?namespace=a{b}")

    def test_all_keys_of_a_tenant_lie_together_on_a_cluster(self, redis_url: str) -> None:
        store = RedisProfileStore(redis_url)
        client = redis.Redis.from_url(redis_url.partition("?")[0])
        tenants = ["acme", "", "a}b", "{a", "\u00e4\udc80", "a b:c"]
        store.learn([(n, tenant, letter(n)) for n, tenant in enumerate(tenants, 1)])
        found = [
            cast("bytes", one).decode() for one in client.keys(f"{redis_url.partition('=')[2]}:*")
        ]
        tags = [one.partition("{")[2].partition("}")[0] for one in found if "{" in one]
        assert len(set(tags)) == len(tenants)
        assert all(tags)
        client.close()
        store.close()


Letter = Callable[..., bytes]


def without_rows(entry: Entry) -> Entry:
    """The entry without the rows it read: each ledger's digests are its own."""
    return msgspec.structs.replace(entry, kept_rows=b"")


class TestEngine:
    def test_an_engine_keeps_its_profiles_on_the_server(
        self, tmp_path: Path, acme: Tenant, letter: Letter, redis_url: str
    ) -> None:
        chosen = Settings(profiles=redis_url)
        for settings, state in ((chosen, tmp_path / "far"), (Settings(), tmp_path / "near")):
            with Engine.open(state, settings=settings, tenant=acme) as engine:
                for number in range(60):
                    raw = letter(sender=f"Kim <kim{number % 7}@stone.example>", number=number)
                    at = NOON - timedelta(hours=2 * number)
                    engine.decide(raw, received_at=at, learn=number > 2)
        mail = Mail(raw=letter(number=99), received_at=NOON)
        with (
            Engine.open(tmp_path / "near", tenant=acme) as near,
            Engine.open(tmp_path / "far", settings=chosen, tenant=acme, readonly=True) as far,
        ):
            one, other = far.consider(mail), near.consider(mail)
        assert without_rows(one) == without_rows(other)
        assert [key for key, _ in one.rows] == [key for key, _ in other.rows]
        assert not (tmp_path / "far" / "profiles").exists()
        with pytest.raises(StoreError, match=r"another ledger.*namespace"):
            Engine.open(tmp_path / "other", settings=chosen)

    def test_what_nobody_can_keep_profiles_in_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match="`profiles`"):
            Engine.open(tmp_path / "state", settings=Settings(profiles="mongodb://x"))
