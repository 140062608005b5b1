"""One contract for every profile store."""

from collections.abc import Iterable, Mapping

import pytest
from tests.stores.conftest import Opener
from tests.stores.lessons import START, bound, contents, lesson_of, letter, remembered

from chaffinch.core.errors import StoreError
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Kind, Row, key


def merged(shards: Iterable[Mapping[Key, Row]]) -> dict[Key, Row]:
    rows: dict[Key, Row] = {}
    for shard in shards:
        for row_key, row in shard.items():
            rows[row_key] = rows[row_key].merge(row) if row_key in rows else row
    return rows


class TestContract:
    def test_an_empty_store_knows_nothing(self, opened: Opener) -> None:
        store = opened()
        assert store.mark() == 0
        assert store.read("acme", [key(Kind.TENANT), key(Kind.NAME, "x")]) == (None, None)
        assert contents(store) == {}

    def test_rows_come_in_the_order_of_the_keys(self, opened: Opener) -> None:
        store = opened()
        store.learn([lesson_of(1), lesson_of(2)])
        keys = [key(Kind.NAME, "nobody"), *contents(store), key(Kind.TENANT)]
        rows = contents(store)
        assert store.read("acme", keys) == tuple(rows.get(each) for each in keys)
        assert store.read("acme", []) == ()

    def test_a_lesson_is_learned_once_whatever_came_before(self, opened: Opener) -> None:
        store = opened()
        store.learn([lesson_of(10), lesson_of(12)])
        store.learn([lesson_of(9), lesson_of(10)])
        store.learn([lesson_of(12), lesson_of(11), lesson_of(11)])
        assert contents(store) == remembered(*map(lesson_of, (9, 10, 11, 12)))
        assert store.mark() == 0

    def test_the_mark_moves_where_nothing_was_left_out(self, opened: Opener) -> None:
        store = opened()
        assert store.learn([lesson_of(3), lesson_of(2)], after=0) == 3
        assert store.learn([lesson_of(7)]) == 3
        assert store.learn([lesson_of(9)], after=8) == 3
        assert store.mark() == 3
        assert store.learn([lesson_of(5), lesson_of(7)], after=3) == 7
        assert store.learn([lesson_of(5), lesson_of(7), lesson_of(9)]) == 7
        assert store.learn([lesson_of(8), lesson_of(9)], after=7) == 9
        assert store.mark() == 9
        expected = remembered(*map(lesson_of, (2, 3, 5, 7, 8, 9)))
        assert contents(store) == expected
        store.learn([lesson_of(1), lesson_of(4), lesson_of(9)])  # vouched for: nothing stood there
        assert contents(store) == expected

    def test_vouching_never_takes_the_mark_back(self, opened: Opener) -> None:
        store = opened()
        store.learn([lesson_of(3), lesson_of(9)])
        store.vouch(5)
        store.vouch(4)
        assert store.mark() == 5
        store.learn([lesson_of(9)], after=5)
        store.vouch(0)
        assert store.mark() == 9
        assert contents(store) == remembered(lesson_of(3), lesson_of(9))

    def test_what_was_read_and_changed_since_is_not_learned_over(self, opened: Opener) -> None:
        store = opened()
        for number in range(1, 40):
            _, tenant, taught = lesson_of(number)
            keys = [key(Kind.TENANT), *remembered(lesson_of(number))]
            rows = store.read(tenant, keys[::2], also=keys)
            assert rows == store.read(tenant, keys[::2])
            if number % 3 == 0:
                store.learn([(number + 100, tenant, taught)])
            if number % 4 == 0:
                store.rewrite(tenant, lambda key, row: None if key.kind is Kind.PAIR else row)
            if number % 5 == 0:
                store.merge(tenant, [(keys[0], Row())])
            before = contents(store)
            store.learn([(number, tenant, taught)])
            assert contents(store) == merged([before, remembered(lesson_of(number))])
            assert store.read(tenant, keys) == tuple(map(contents(store).get, keys))

    def test_rows_are_put_through_a_step(self, opened: Opener) -> None:
        store = opened()
        lessons = [(n, "acme", letter(1, who=n)) for n in range(1, 500)]
        store.learn(lessons)
        long = Observation(delivery_id="d", at=START, name="n" * 900)
        store.learn([(501, "acme", long), (502, "other", letter(1))])
        before, other = contents(store), contents(store, "other")
        assert len(before) > 1_500

        def step(key: Key, row: Row) -> Row | None:
            if key.kind is Kind.NAME:
                return None
            return row.merge(row) if key.kind is Kind.PAIR else row

        expected = {key: new for key, row in before.items() if (new := step(key, row)) is not None}
        changed = sum(before[key] != expected.get(key) for key in before)
        assert store.rewrite("acme", step) == changed > 900
        assert contents(store) == expected
        assert contents(store, "other") == other
        store.learn([*lessons, (503, "acme", long)])
        assert contents(store) == merged([expected, remembered((1, "acme", long))])

    def test_rows_built_elsewhere_are_merged(self, opened: Opener) -> None:
        store = opened()
        lessons = [(n, "acme", letter(1, who=n % 700, minutes=n)) for n in range(1, 1_500)]
        for shard in (lessons[::2], lessons[1::2]):
            part = MemoryProfileStore()
            part.learn(shard)
            store.merge("acme", part.scan("acme"))
        store.vouch(1_499)
        assert store.mark() == 1_499
        store.learn(lessons[:3])
        assert contents(store) == remembered(*lessons)

    def test_profiles_belong_to_one_ledger(self, opened: Opener) -> None:
        store = opened()
        store.bind("")
        store.bind("one")
        store.bind("one")
        store.bind("")
        with pytest.raises(StoreError, match="another ledger"):
            store.bind("two")

    def test_two_installations_count_under_different_digests(self, opened: Opener) -> None:
        lessons = [lesson_of(number) for number in range(1, 30)]
        ours, theirs, again = (
            bound(MemoryProfileStore(), secret) for secret in (b"ours", b"theirs", b"ours")
        )
        store = bound(opened(), b"ours")
        for one in (store, ours, theirs, again):
            one.learn(lessons)
        assert store.digests("acme") == ours.digests("acme") != theirs.digests("acme")
        assert store.digests("acme") != store.digests("zenith")
        assert contents(store) == contents(ours) == contents(again)
        counted = [contents(one)[key(Kind.TENANT)].counterparts for one in (ours, theirs)]
        assert counted[0] is not None
        assert counted[1] is not None
        assert not dict(counted[0].pairs()).keys() & dict(counted[1].pairs()).keys()

    def test_rows_of_another_installation_are_not_merged(self, opened: Opener) -> None:
        store, theirs = bound(opened(), b"ours"), bound(MemoryProfileStore(), b"theirs")
        theirs.learn([lesson_of(1)])
        for _ in range(2):  # where nothing is known, and where something is
            before = contents(store)
            with pytest.raises(StoreError, match="digests of another secret"):
                store.merge("acme", theirs.scan("acme"))
            assert contents(store) == before
            store.learn([lesson_of(2)])
        unbound = opened()
        if unbound is not store:
            with pytest.raises(StoreError, match="digests of another secret"):
                unbound.merge("acme", theirs.scan("acme"))

    def test_learning_nothing_moves_nothing(self, opened: Opener) -> None:
        store = opened()
        store.learn([])
        assert store.mark() == 0

    def test_tenants_are_strangers_to_each_other(self, opened: Opener) -> None:
        store = opened()
        tenants = ["acme", "acme2", "", "a", "a\x00cme", "\u00e4" * 200, "\u00e4" * 201]
        store.learn([(number, tenant, letter(1)) for number, tenant in enumerate(tenants, 1)])
        for tenant in tenants:
            row = store.read(tenant, [key(Kind.TENANT)])[0]
            assert row is not None
            assert row.seen.before(START + 1).count == 1
            assert len(contents(store, tenant)) == len(remembered((1, "acme", letter(1))))
        assert contents(store, "acm") == {}

    @pytest.mark.parametrize("length", range(480, 530))
    def test_keys_of_every_length_are_kept_apart(self, opened: Opener, length: int) -> None:
        store = opened()
        names = ["a" * length, "a" * length + "b", "\u00e9" * (length // 2), "\udc80" * length]
        store.learn(
            [
                (number, "acme", Observation(delivery_id="d", at=START + number, name=name))
                for number, name in enumerate(names, 1)
            ]
        )
        rows = store.read("acme", [key(Kind.NAME, name) for name in names])
        assert [row and row.seen.earliest for row in rows] == [(START + n,) for n in (1, 2, 3, 4)]
        assert {key(Kind.NAME, name) for name in names} < set(contents(store))

    def test_more_rows_than_a_page_are_scanned(self, opened: Opener) -> None:
        store = opened()
        store.learn([(n, "acme", letter(1, who=n, minutes=n)) for n in range(1, 700)])
        expected = remembered(*((n, "acme", letter(1, who=n, minutes=n)) for n in range(1, 700)))
        assert len(expected) > 2_000
        assert contents(store) == expected

    def test_a_closed_store_says_so(self, opened: Opener) -> None:
        store = opened()
        store.close()
        store.close()
        with pytest.raises(StoreError, match="closed"):
            store.mark()
        with pytest.raises(StoreError, match="closed"):
            store.learn([lesson_of(1)])
        with pytest.raises(StoreError, match="closed"):
            store.read("acme", [])
        with pytest.raises(StoreError, match="closed"):
            store.rewrite("acme", lambda key, row: row)
        with pytest.raises(StoreError, match="closed"):
            store.merge("acme", [])
        with pytest.raises(StoreError, match="closed"):
            store.vouch(1)
        with pytest.raises(StoreError, match="closed"):
            store.bind("one")
        with pytest.raises(StoreError, match="closed"):
            list(store.scan("acme"))
