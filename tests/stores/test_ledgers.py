"""What every ledger does, whatever keeps it: the one in memory is what the others are held to."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.stores.ledgers import entry

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Digest, Entry
from chaffinch.decision.erasure import blanked
from chaffinch.decision.ledger import Erasure, Ledger, Record
from chaffinch.decision.memory_ledger import MemoryLedger
from chaffinch.decision.search import Query
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Labelling, Observation, Retraction, Taught
from chaffinch.profiles.row import Key, Row
from chaffinch.stores.postgres import PostgresLedger
from chaffinch.stores.sqlite import SqliteLedger

_schemas = count()
KINDS = ("memory", "sqlite", "sqlite-power", "postgres")


@pytest.fixture(params=KINDS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    opened = opened_as(request.param, tmp_path, request)
    yield opened
    opened.close()


def opened_as(kind: str, folder: Path, request: pytest.FixtureRequest) -> Ledger:
    if kind == "memory":
        return MemoryLedger()
    if kind == "postgres":
        server = request.getfixturevalue("postgres")
        return PostgresLedger(f"{server.url}&schema=contract{next(_schemas)}")
    durability = "power" if kind == "sqlite-power" else "process"
    return SqliteLedger(folder / "ledger.sqlite", durability=durability)


def ids(found: list[Entry]) -> list[str]:
    return [one.decision.delivery_id for one in found]


def asked(ledger: Ledger, query: Query, most: int = 50) -> list[str]:
    return ids(list(ledger.search(query, most).entries))


LETTERS = [
    entry(1, about=Digest(sender="mia@stone.example", recipients=("kim@acme.example",),
                          subject="Lunch at noon"), campaigns=("t1",)),
    entry(2, Verdict.MALICIOUS, about=Digest(sender="Eve@Rock.example",
          recipients=("kim@acme.example", "lee@acme.example"), subject="Invoice_42 INVOICE: pay"),
          detectors=("payment/new-bank", "links/odd"), campaigns=("t1", "t2")),
    entry(3, Verdict.SPAM, about=Digest(sender="eve@rock.example", recipients=("lee@acme.example",),
          subject="請求書のご案内"), detectors=("links/odd",), reply_to="zoe@far.example"),
    entry(4, tenant="birch", about=Digest(sender="mia@stone.example", subject="Lunch again")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), [4, 3, 2, 1]),
        (Query(tenant="acme"), [3, 2, 1]),
        (Query(sender="mia@stone.example"), [4, 1]),
        (Query(sender="MIA@stone.example", tenant="acme"), [1]),
        (Query(sender="rock.example"), [3, 2]),
        (Query(sender="@rock.example"), [3, 2]),
        (Query(recipient="lee@acme.example"), [3, 2]),
        (Query(recipient="acme.example"), [3, 2, 1]),
        (Query(about="zoe@far.example"), [3]),
        (Query(about="kim@acme.example"), [2, 1]),
        (Query(subject="invoice"), [2]),
        (Query(subject="pay 42"), [2]),
        (Query(subject="invoice lunch"), []),
        (Query(subject="請求"), [3]),
        (Query(subject="ご案内"), [3]),
        (Query(verdict=Verdict.BENIGN), [4, 1]),
        (Query(detector="links/odd"), [3, 2]),
        (Query(detector="links/odd", verdict=Verdict.SPAM), [3]),
        (Query(campaign="t1"), [2, 1]),
        (Query(since=1_003), [4, 3]),
        (Query(before=1_003), [2, 1]),
        (Query(since=1_002, before=1_003, sender="rock.example"), [2]),
        (Query(id=LETTERS[0].id[:9]), [1]),
        (Query(id=LETTERS[0].id[:9], tenant="birch"), []),
        (Query(sender="nobody@stone.example"), []),
    ],
)
def test_entries_are_found_by_what_is_asked(
    ledger: Ledger, query: Query, expected: list[int]
) -> None:
    ledger.append([Record(one) for one in LETTERS])
    assert asked(ledger, query) == [f"d{number}" for number in expected]


def test_pages_follow_one_another_and_end(ledger: Ledger) -> None:
    ledger.append([Record(entry(number, at=5_000 + number // 3)) for number in range(20)])
    found: list[str] = []
    cursor, pages = "", 0
    while cursor or not pages:
        page = ledger.search(Query(sender="mia@stone.example"), 6, cursor)
        found += ids(list(page.entries))
        cursor, pages = page.cursor, pages + 1
    assert pages == 4
    assert found == [f"d{number}" for number in reversed(range(20))]
    exactly = ledger.search(Query(), 20)
    assert (len(exactly.entries), exactly.cursor) == (20, "")
    with pytest.raises(UsageError, match="no place to go on from"):
        ledger.search(Query(), 6, "next")


def test_a_mark_in_a_subject_is_a_word(ledger: Ledger) -> None:
    """Who writes what an index looks like inside is found by it as little as anybody."""
    from chaffinch.decision.search import marks_of

    stolen = " ".join(marks_of(LETTERS[1]))
    ledger.append([Record(entry(7, about=Digest(sender="a@b.example", subject=stolen)))])
    assert asked(ledger, Query(verdict=Verdict.MALICIOUS)) == []
    assert asked(ledger, Query(subject='" OR w* NEAR( - ^')) == []


@pytest.mark.parametrize("cursor", ["zz", "-1", "-ffffffffffffffffffff", "1_0", "f" * 17, " 1"])
def test_what_no_page_named_is_no_place_to_go_on_from(ledger: Ledger, cursor: str) -> None:
    with pytest.raises(UsageError, match="no place to go on from"):
        ledger.search(Query(), 1, cursor)


def test_what_is_erased_is_found_by_nothing_it_held(ledger: Ledger) -> None:
    ledger.append([Record(one) for one in LETTERS])
    assert asked(ledger, Query(subject="invoice")) == ["d2"]
    blank = entry(2, Verdict.MALICIOUS, about=Digest(), detectors=("payment/new-bank", "links/odd"))
    assert blank.id == LETTERS[1].id
    record = Erasure(at=9, tenant="acme", whom="x", entries=0)
    assert ledger.erase([blank, entry(99)], record) == 1
    assert list(ledger.erasures()) == [Erasure(at=9, tenant="acme", whom="x", entries=1)]
    for _ in range(2):
        assert asked(ledger, Query(subject="invoice")) == []
        assert asked(ledger, Query(about="kim@acme.example")) == ["d1"]
        assert asked(ledger, Query(campaign="t2")) == []
        assert asked(ledger, Query(verdict=Verdict.MALICIOUS)) == ["d2"]
        assert ledger.find(blank.id) == blank
        ledger.scrub()


def test_everything_can_be_erased_at_once(ledger: Ledger) -> None:
    ledger.append([Record(one) for one in LETTERS])
    assert len(asked(ledger, Query(subject="lunch"))) == 2
    record = Erasure(at=9, tenant="acme", whom="x", entries=0)
    assert ledger.erase([blanked(one, 9) for one in LETTERS], record) == 4
    ledger.scrub()
    assert asked(ledger, Query(subject="lunch")) == []
    assert asked(ledger, Query(verdict=Verdict.SPAM)) == ["d3"]


def test_lessons_and_entries_are_kept_once(ledger: Ledger) -> None:
    first = ledger.append([Record(entry(1)), Record(entry(2), learn=True)])
    assert [(tenant, taught) for _, tenant, taught in first.lessons] == [
        ("acme", entry(2).observation)
    ]
    again = ledger.append(
        [Record(entry(1), learn=True), Record(entry(2, Verdict.SPAM), learn=True)]
    )
    assert [taught for _, _, taught in again.lessons] == [entry(1).observation]
    assert again.after == first.lessons[-1][0]
    assert len(list(ledger.ids())) == 3
    assert ledger.learned_count("acme") == 2
    assert ledger.learned("acme", "d2") == entry(2)
    assert ledger.retract(entry(2).id)
    assert not ledger.retract(entry(2).id)
    assert list(ledger.teaches("acme", "d2")) == []
    assert list(ledger.teaches("acme", "d1")) == [entry(1).observation]
    assert [taught for _, _, taught in ledger.lessons(0, 9)] == [
        entry(2).observation,
        entry(1).observation,
        Retraction(entry(2).observation),
    ]
    assert ledger.last_lesson() == ledger.lessons(0, 9)[-1][0]


def test_what_lessons_observed_is_rewritten_entries_are_not(ledger: Ledger) -> None:
    import msgspec

    def nameless(one: Observation) -> Observation:
        return msgspec.structs.replace(one, sender=None)

    ledger.append([Record(entry(1), learn=True), Record(entry(2, tenant="birch"), learn=True)])
    ledger.label({("acme", "d1"): "spam"})
    ledger.retract(entry(1).id)
    assert ledger.rewrite("acme", nameless) == 4
    assert ledger.rewrite("acme", nameless) == 0
    assert list(ledger.teaches("birch", "d2")) == [entry(2).observation]
    assert ledger.find(entry(1).id) == entry(1)
    gone = nameless(entry(1).observation)
    assert [taught for _, tenant, taught in ledger.lessons(0, 9) if tenant == "acme"] == [
        gone,
        Labelling(gone, "spam"),
        Labelling(gone, "spam", -1),
        Retraction(gone),
    ]


def test_a_label_is_a_lesson_once_until_it_is_taken_back(ledger: Ledger) -> None:
    ledger.append([Record(entry(1), learn=True), Record(entry(2)), Record(entry(3), learn=True)])
    seen, delivery = entry(1).observation, ("acme", "d1")
    said = {delivery: "spam", ("acme", "d2"): "spam", ("birch", "d1"): "spam"}
    assert [ledger.label(said), ledger.label(said)] == [1, 0]
    assert ledger.labelled() == {delivery: "spam"}
    assert list(ledger.teaches(*delivery)) == [seen, Labelling(seen, "spam")]
    ledger.append([Record(entry(1, Verdict.SPAM), learn=True)])
    assert ledger.label({delivery: "benign"}) == 2
    assert ledger.label({delivery: None, ("acme", "d3"): None}) == 1
    assert ledger.labelled() == {}
    assert list(ledger.teaches(*delivery)) == [seen]
    assert ledger.label({delivery: "benign", ("acme", "d3"): "spam"}) == 2
    assert ledger.retract(entry(1).id)
    assert ledger.label({delivery: "benign"}) == 0
    assert ledger.labelled() == {("acme", "d3"): "spam"}
    lessons = [taught for _, _, taught in ledger.lessons(0, 99) if taught.delivery_id == "d1"]
    assert lessons == [
        seen,
        Labelling(seen, "spam"),
        Labelling(seen, "spam", -1),
        Labelling(seen, "benign"),
        Labelling(seen, "benign", -1),
        Labelling(seen, "benign"),
        Labelling(seen, "benign", -1),
        Retraction(seen),
    ]
    assert ledger.learned("acme", "d1") == entry(1)
    assert ledger.learned_count("acme") == 2


_SAID = st.dictionaries(
    st.tuples(st.sampled_from(["acme", "birch"]), st.sampled_from(["d1", "d2", "d3"])),
    st.sampled_from(["benign", "spam", None]),
    max_size=3,
)
_DONE = st.one_of(
    st.tuples(st.just("learn"), st.integers(1, 3)),
    st.tuples(st.just("retract"), st.integers(1, 3)),
    st.tuples(st.just("label"), _SAID),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_DONE, max_size=12))
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_every_ledger_teaches_what_the_one_in_memory_teaches(
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    done: list[tuple[str, Any]],
) -> None:
    other = opened_as(kind, tmp_path_factory.mktemp("ledgers"), request)
    ledgers: list[Ledger] = [MemoryLedger(), other]
    for what, given_ in done:
        for one in ledgers:
            if what == "learn":
                one.append([Record(entry(given_), learn=True)])
            elif what == "retract":
                one.retract(entry(given_).id)
            else:
                one.label(given_)
    told = [[(tenant, taught) for _, tenant, taught in one.lessons(0, 999)] for one in ledgers]
    assert told[0] == told[1]
    assert ledgers[0].labelled() == ledgers[1].labelled()
    for number in (1, 2, 3):
        stands = [list(one.teaches("acme", f"d{number}")) for one in ledgers]
        assert stands[0] == stands[1]
        assert _rows(told[0]) == _rows(
            [(t, one) for n in "123" for t in ["acme"] for one in ledgers[1].teaches(t, f"d{n}")]
        )
    other.close()


def _rows(told: list[tuple[str, Taught]]) -> dict[Key, Row]:
    """What profiles hold of lessons, but for what is empty."""
    store = MemoryProfileStore()
    store.learn([(number, tenant, taught) for number, (tenant, taught) in enumerate(told, 1)])
    return {key: row for key, row in store.scan("acme") if not row.is_empty}


def test_an_entry_is_found_by_the_start_of_its_id(ledger: Ledger) -> None:
    ledger.append([Record(entry(number)) for number in range(40)])
    assert ledger.find(entry(3).id) == ledger.find(entry(3).id[:10]) == entry(3)
    assert ledger.find("zz") is None
    with pytest.raises(StoreError, match="more than one entry"):
        ledger.find("")


def test_entries_that_were_let_go_are_found_no_more_and_stay_learned(ledger: Ledger) -> None:
    ledger.append([Record(one, learn=True) for one in LETTERS])
    ledger.search(Query(subject="x"), 1)  # SQLite indexes what waits
    gone = [LETTERS[0].id, LETTERS[2].id]
    assert ledger.remove([*gone, "nobody"]) == 2
    assert ledger.remove(gone) == 0
    assert [ledger.find(one) for one in gone] == [None, None]
    assert asked(ledger, Query()) == ["d4", "d2"]
    assert asked(ledger, Query(subject="lunch")) == ["d4"]
    assert list(ledger.ids()) == [LETTERS[1].id, LETTERS[3].id]
    assert ledger.learned("acme", "d1") is None
    assert list(ledger.teaches("acme", "d1")) == [LETTERS[0].observation]
    assert ledger.last_lesson() == 4
    ledger.append([Record(LETTERS[0], learn=True)])
    assert ledger.find(gone[0]) == LETTERS[0]
    assert (asked(ledger, Query(subject="noon")), ledger.last_lesson()) == (["d1"], 4)


def test_whose_entries_arrived_between_two_times(ledger: Ledger) -> None:
    ledger.append([Record(one) for one in LETTERS])
    assert list(ledger.tenants(None, 2_000)) == ["acme", "birch"]
    assert list(ledger.tenants(1_002, 1_004)) == ["acme"]
    assert list(ledger.tenants(1_005, 9_000)) == []


def test_where_else_entries_lie_is_remembered(ledger: Ledger) -> None:
    assert list(ledger.archives()) == []
    for where in ("/b", "/a", "/b"):
        ledger.note_archive(where)
    assert list(ledger.archives()) == ["/a", "/b"]


def test_an_erasure_counts_what_was_erased_elsewhere(ledger: Ledger) -> None:
    ledger.append([Record(LETTERS[0])])
    blank = blanked(LETTERS[0], 9)
    ledger.erase([blank], Erasure(at=9, tenant="acme", whom="x", entries=3))
    assert [one.entries for one in ledger.erasures()] == [4]


_NAMES = st.sampled_from(["a@x.example", "B@x.example", "c@y.example", ""])
_WORDS = st.lists(st.sampled_from(["Pay", "now", "über", "請求", "ok"]), max_size=3).map(" ".join)
_DRAWN = st.builds(
    entry,
    st.integers(0, 30),
    st.sampled_from([Verdict.BENIGN, Verdict.SPAM]),
    at=st.integers(-2, 4) | st.just(2**43),
    tenant=st.sampled_from(["acme", "birch"]),
    about=st.builds(Digest, sender=_NAMES, subject=_WORDS, recipients=st.lists(_NAMES).map(tuple)),
    detectors=st.lists(st.sampled_from(["a/b", "c/d"]), unique=True).map(tuple),
)
_ASKED = st.builds(
    Query,
    tenant=st.sampled_from([None, None, "acme"]),
    sender=st.sampled_from([None, "a@x.example", "x.example"]),
    recipient=st.sampled_from([None, None, "b@x.example", "@y.example"]),
    subject=_WORDS,
    since=st.none() | st.integers(-3, 3),
    before=st.none() | st.integers(-1, 6),
    verdict=st.sampled_from([None, None, Verdict.SPAM]),
    detector=st.sampled_from([None, None, "a/b"]),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_DRAWN, max_size=4), max_size=6), st.lists(_ASKED, max_size=5))
@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_every_ledger_finds_what_the_one_in_memory_finds(
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[list[Entry]],
    queries: list[Query],
) -> None:
    reference: Ledger = MemoryLedger()
    other = opened_as(kind, tmp_path_factory.mktemp("ledgers"), request)
    for number, batch in enumerate(batches):
        for one in (reference, other):
            one.append([Record(entry) for entry in batch])
        if number % 2:
            other.search(Query(), 1)
    for query in queries:
        expected = list(reference.search(query, 100).entries)
        assert list(other.search(query, 100).entries) == expected
    other.close()
