"""Profiles in Redis, for workers on several machines: a trip to read, a trip to learn.

Rows carry the name of the state they are in. Learning is made from what was read, and put down in
one step where nobody was quicker; rows that others change all the time only gain what was taught.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TypeAlias, TypeVar, cast
from urllib.parse import quote

import redis

from chaffinch.core.errors import StoreError
from chaffinch.profiles.digests import UNKEYED, Digests, digests_of
from chaffinch.profiles.gain import apply
from chaffinch.profiles.kept import gained_all
from chaffinch.profiles.lesson import by_row
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Row, joined
from chaffinch.profiles.rowformat import encode_row
from chaffinch.profiles.store import Lesson, Step, check_ledger, last_of, unlearned
from chaffinch.stores.redis_address import parted, shown
from chaffinch.stores.redis_scripts import LEARN, MOVE, REPLACE
from chaffinch.stores.redis_values import STATE_BYTES, Read, framed, row_of, state_of
from chaffinch.stores.row_keys import key_of, whole

STORE_SCHEMA = 1
LESSONS_AT_ONCE = 100
PAGE_ROWS = 1_000
TOLD_EVERY = 500  # lessons by which the mark kept on the server may lag behind ours
HOT_ROWS = 1_000
SECONDS = 30

_T = TypeVar("_T")
_Answer: TypeAlias = "list[list[int | bytes]]"
_Change: TypeAlias = "Callable[[Key, Row | None], Row | None]"
_Argument: TypeAlias = "bytes | str | int"
_ABSENT = b""


class RedisProfileStore:
    """A profile store on a Redis server (7 or newer), shared by any number of workers.

    ``redis://``, ``rediss://`` (TLS) and ``unix://`` addresses; ``?namespace=NAME`` keeps several
    installations on one server apart. ``trips`` and ``conflicts`` count what it took.
    """

    def __init__(self, url: str) -> None:
        self.where = shown(url)
        self.trips = 0
        self.conflicts = 0
        self._client, self._namespace = _client(url, self.where, self._connected)
        self._is_closed = False
        self._mark = self._told = 0
        self._ledger, self._secret = "", b""
        self._is_new = True  # connected anew: what was known of the server may not hold any more
        self._relies = False  # on what is known of the server
        self._read = Read("", UNKEYED)
        self._hot: dict[tuple[str, Key], None] = {}
        self._begin_anew()

    def read(
        self, tenant: str, keys: Sequence[Key], also: Iterable[Key] = ()
    ) -> tuple[Row | None, ...]:
        """The rows of these keys in their order, all of one moment."""
        self._check_open()
        self._read = Read(tenant, self.digests(tenant))
        self._bring(dict.fromkeys((*keys, *also)))
        return tuple([self._read.row(key) for key in keys])

    def learn(self, lessons: Sequence[Lesson], *, after: int | None = None) -> int:
        """Learn the lessons not learned before, those of a tenant in one step; return the mark."""
        self._check_open()
        while True:
            if self._is_new:
                self._begin_anew()
            try:
                return self._learned(lessons, after)
            except _ConnectedAnewError:
                continue

    def _learned(self, lessons: Sequence[Lesson], after: int | None) -> int:
        upto = last_of(lessons) if after is not None and after <= self._mark else 0
        of_tenants: dict[str, list[Lesson]] = {}
        for lesson in lessons:
            of_tenants.setdefault(lesson[1], []).append(lesson)
        for tenant, given in of_tenants.items():
            self._learn_of(tenant, given, upto)
        self._mark = max(self._mark, upto)
        if self._mark - self._told >= TOLD_EVERY:
            self._tell()
        return self._mark

    def mark(self) -> int:
        """A number up to which every lesson of the ledger was learned."""
        self._check_open()
        self._look_up_mark()
        if self._is_new:
            self._begin_anew()
        return self._mark

    def _look_up_mark(self) -> None:
        self._told = int(cast("bytes | None", self._call("GET", self._key("mark"))) or 0)
        self._mark = max(self._mark, self._told)

    def vouch(self, upto: int) -> None:
        """Say that the rows hold every lesson up to ``upto``."""
        self._check_open()
        self._mark = max(self._mark, upto)
        try:
            self._tell()
        except _ConnectedAnewError:
            raise StoreError(f"{self.where} was started anew meanwhile; merge again") from None

    def merge(self, tenant: str, rows: Iterable[tuple[Key, Row]]) -> None:
        """Merge rows built elsewhere into the tenant's, a page at a time."""
        self._check_open()
        given = iter(rows)
        onto = partial(_merged, self.digests(tenant))
        while page := dict(islice(given, PAGE_ROWS)):
            self._replace(tenant, self._values(tenant, page), partial(onto, page))

    def rewrite(self, tenant: str, step: Step) -> int:
        """Put every row of the tenant through ``step``; return how many changed or were dropped."""
        self._check_open()
        return sum(
            self._replace(tenant, page, lambda key, row: row and step(key, row))
            for page in self._pages(tenant)
        )

    def scan(self, tenant: str) -> Iterator[tuple[Key, Row]]:
        """Every row of the tenant once, each as it is when its turn comes."""
        self._check_open()
        digests = self.digests(tenant)
        seen: set[int] = set()  # the server may show a row again while its table shrinks
        for page in self._pages(tenant):
            for key, value in page.items():
                if (mark := hash(key)) not in seen:
                    seen.add(mark)
                    yield key, _present(row_of(value, digests))

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's rows count."""
        return digests_of(self._secret, tenant)

    def bind(self, ledger: str, secret: bytes = b"") -> None:
        """Belong to the ledger of this identity, and make digests with its secret."""
        self._check_open()
        self._ledger = ledger or self._ledger
        known = cast("bytes | None", self._call("GET", self._key("ledger")))
        if ledger and known is None:
            self._call("SET", self._key("ledger"), ledger, "NX")
            known = cast("bytes", self._call("GET", self._key("ledger")))
        mend = "choose a namespace of its own: ?namespace=NAME behind the address"
        check_ledger((known or b"").decode(), ledger, f"the profiles at {self.where}", mend)
        self._secret = secret or self._secret

    def close(self) -> None:
        """Let go of the connection; closing twice is harmless."""
        if not self._is_closed:
            if self._mark > self._told and not self._is_new:
                with suppress(_ConnectedAnewError):
                    self._tell()
            self._is_closed = True
            self._client.close()

    def _learn_of(self, tenant: str, lessons: Sequence[Lesson], upto: int) -> None:
        if self._read.tenant != tenant:
            self._read = Read(tenant, self.digests(tenant))
        fresh = unlearned(lessons, lambda one: one <= self._mark)
        if len(fresh) > 1:
            known = self._known(tenant, [number for number, _, _ in fresh])
            fresh = [one for one in fresh if one[0] not in known]
        while len(fresh) > LESSONS_AT_ONCE:
            self._learn_together(tenant, fresh[:LESSONS_AT_ONCE], 0)
            fresh = fresh[LESSONS_AT_ONCE:]
        self._learn_together(tenant, fresh, upto)

    def _learn_together(self, tenant: str, lessons: list[Lesson], upto: int) -> None:
        """Learn lessons in one step, made anew for as long as others are quicker."""
        while lessons or upto:
            known, changed = self._put_down(tenant, lessons, upto)
            if not known and not changed:
                break
            self.conflicts += 1
            lessons = [one for one in lessons if one[0] not in known]
            self._take_changed(tenant, cast("list[bytes]", changed))
        self._read = Read(tenant, self.digests(tenant))

    def _put_down(self, tenant: str, lessons: Sequence[Lesson], upto: int) -> _Answer:
        """Put what the lessons make of their rows down; the answer says what stood against it."""
        gains = by_row((taught for _, _, taught in lessons), self.digests(tenant))
        self._bring([key for key in gains if not self._read.has(key)])
        learned = gained_all({key: self._read.kept(key) for key in gains}, gains)
        adds = all(isinstance(taught, Observation) for _, _, taught in lessons)
        keys = [self._tenant_key(tenant, name) for name in ("rows", "beyond", "about")]
        given: list[_Argument] = [upto, os.urandom(STATE_BYTES), len(lessons)]
        given += [number for number, _, _ in lessons]
        for key, row in learned.items():
            is_hot = adds and (tenant, key) in self._hot
            added = framed(encode_row(apply(None, gains[key]))) if is_hot else b""
            given += (whole(key), self._read.state(key), framed(row.data), added)
        return cast("_Answer", self._run(LEARN, keys, given, relies=True))

    def _take_changed(self, tenant: str, changed: Sequence[bytes]) -> None:
        """Go on from the rows as others made them, and remember which others change."""
        for field, value in zip(changed[::2], changed[1::2], strict=True):
            key = key_of(field)
            self._read.values[key] = value
            self._hot[tenant, key] = None
        while len(self._hot) > HOT_ROWS:
            del self._hot[next(iter(self._hot))]

    def _known(self, tenant: str, numbers: Sequence[int]) -> set[int]:
        """Those of the numbers whose lessons the tenant's rows hold."""
        pipeline = self._client.pipeline(transaction=False)
        pipeline.hget(self._tenant_key(tenant, "about"), "floor")
        pipeline.zmscore(self._tenant_key(tenant, "beyond"), list(map(str, numbers)))
        floor, scores = self._trip(pipeline.execute)
        return {
            number
            for number, score in zip(numbers, scores, strict=True)
            if score is not None or number <= int(floor or 0)
        }

    def _bring(self, keys: Iterable[Key]) -> None:
        """Read the values of these keys beside those that were read."""
        self._read.values.update(self._values(self._read.tenant, keys))

    def _values(self, tenant: str, keys: Iterable[Key]) -> dict[Key, bytes]:
        wanted = list(keys)
        if not wanted:
            return {}
        found = self._call("HMGET", self._tenant_key(tenant, "rows"), *map(whole, wanted))
        values = cast("list[bytes | None]", found)
        return {key: value or _ABSENT for key, value in zip(wanted, values, strict=True)}

    def _pages(self, tenant: str) -> Iterator[dict[Key, bytes]]:
        cursor: object = "0"
        while cursor is not None:
            answer = self._call(
                "HSCAN", self._tenant_key(tenant, "rows"), cast("str", cursor), "COUNT", PAGE_ROWS
            )
            cursor, page = cast("tuple[int, dict[bytes, bytes]]", answer)
            yield {key_of(field): value for field, value in page.items()}
            cursor = cursor or None

    def _replace(self, tenant: str, values: dict[Key, bytes], step: _Change) -> int:
        """Replace what ``step`` changes, again where others were quicker; how many it changed."""
        count = 0
        while values:
            rows = {key: row_of(value, self.digests(tenant)) for key, value in values.items()}
            new = {key: step(key, row) for key, row in rows.items()}
            changes = [key for key, row in rows.items() if new[key] != row]
            given: list[_Argument] = [os.urandom(STATE_BYTES)]
            for key in changes:
                row = new[key]
                given += (
                    whole(key),
                    state_of(values[key]),
                    b"" if row is None else framed(encode_row(row)),
                )
            rows_key = self._tenant_key(tenant, "rows")
            failed = cast("list[bytes]", self._run(REPLACE, [rows_key], given) if changes else [])
            count += len(changes) - len(failed)
            self.conflicts += bool(failed)
            values = self._values(tenant, map(key_of, failed))
        return count

    def _tell(self) -> None:
        """Let others know how far the mark has moved."""
        moved = self._run(MOVE, [self._key("mark")], [self._mark], relies=True)
        self._told = int(cast("bytes", moved))
        self._mark = max(self._mark, self._told)

    def _connected(self, connection: "redis.Connection") -> None:
        """Note a new connection: the server may have died meanwhile, and lost what came last."""
        self._is_new = True
        if self._relies:
            raise _ConnectedAnewError
        connection.on_connect()  # type: ignore[no-untyped-call]  # redis leaves it untyped

    def _begin_anew(self) -> None:
        """Know nothing of the server but what it says itself."""
        self._call("PING")
        self._is_new = False
        self._mark, self._read = 0, Read("", UNKEYED)
        self._open()
        self.bind(self._ledger)

    def _open(self) -> None:
        self._call("SET", self._key("schema"), STORE_SCHEMA, "NX")
        found = int(cast("bytes", self._call("GET", self._key("schema"))))
        if found > STORE_SCHEMA:
            raise StoreError(
                f"the profiles at {self.where} have schema {found}, "
                f"newer than the {STORE_SCHEMA} this version reads"
            )
        policy = cast("dict[str, str]", self._call("INFO", "memory")).get("maxmemory_policy", "")
        if policy.startswith("allkeys"):
            raise StoreError(
                f"the server at {self.where} forgets keys when it is full (maxmemory-policy "
                f"{policy}); set it to noeviction, or profiles vanish unnoticed"
            )
        for script in _DIGESTS:
            self._call("SCRIPT LOAD", script)
        self._look_up_mark()

    def _run(
        self, script: str, keys: Sequence[str], given: Sequence[_Argument], *, relies: bool = False
    ) -> object:
        """Run a script; one that ``relies`` on what is known of the server, by this connection."""
        if relies and self._is_new:
            raise _ConnectedAnewError
        self._relies = relies
        try:
            return self._call("EVALSHA", _DIGESTS[script], len(keys), *keys, *given)
        except _ScriptMissingError:
            self._call("SCRIPT LOAD", script)
            return self._call("EVALSHA", _DIGESTS[script], len(keys), *keys, *given)
        finally:
            self._relies = False

    def _call(self, *command: _Argument) -> object:
        return self._trip(partial(self._client.execute_command, *command))

    def _trip(self, step: Callable[[], _T]) -> _T:
        self.trips += 1
        try:
            return step()
        except redis.exceptions.NoScriptError as error:
            raise _ScriptMissingError from error
        except _ConnectedAnewError:
            raise
        except redis.RedisError as error:
            raise StoreError(f"the profiles at {self.where} cannot be used: {error}") from error

    def _key(self, name: str) -> str:
        return f"{self._namespace}:{name}"

    def _tenant_key(self, tenant: str, name: str) -> str:
        """A key of a tenant; what stands in braces decides on which server of a cluster it lies."""
        return f"{self._namespace}:{{{_tag(tenant)}}}:{name}"

    def _check_open(self) -> None:
        if self._is_closed:
            raise StoreError(f"the profile store at {self.where} is closed")


class _ScriptMissingError(Exception):
    """The server was started anew and does not hold our scripts."""


class _ConnectedAnewError(redis.RedisError):
    """The connection was lost, and the server behind the new one may know less than before."""


def _client(
    url: str, where: str, connected: "Callable[[redis.Connection], None]"
) -> "tuple[redis.Redis, str]":
    """A client that has not connected yet, and the namespace the address asks for."""
    address, namespace = parted(url)
    try:
        client = redis.Redis.from_url(
            address,
            protocol=2,
            redis_connect_func=connected,
            socket_timeout=SECONDS,
            socket_connect_timeout=SECONDS,
        )
    except (ValueError, TypeError):
        # What was wrong may be a piece of the password: it is not shown.
        raise StoreError(f"{where} is not the address of a Redis server") from None
    return client, namespace


def _tag(tenant: str) -> str:
    return quote(tenant, safe="@ ", errors="surrogatepass") or "%"


def _present(row: Row | None) -> Row:
    assert row is not None
    return row


def _merged(digests: Digests, page: Mapping[Key, Row], key: Key, mine: Row | None) -> Row:
    return joined(mine, page[key], digests)


_DIGESTS = {
    script: hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()
    for script in (LEARN, MOVE, REPLACE)
}
