"""Labels: known at their time, mature after their delay, put together by one stated rule."""

import random
from collections.abc import Iterator
from fractions import Fraction
from math import prod
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.labels import (
    DAY_MS,
    MATURES_DAYS,
    SOURCES,
    Label,
    LabelOf,
    Source,
    resolved,
)
from chaffinch.stores.sqlite_labels import SqliteLabels

TIMES = st.integers(0, 60 * DAY_MS)
SOME = st.builds(
    Label,
    tenant=st.just("acme"),
    of=st.sampled_from(LabelOf),
    subject=st.sampled_from(["a", "b"]),
    verdict=st.sampled_from([one for one in Verdict if one is not Verdict.UNDECIDED]),
    source=st.sampled_from(list(SOURCES.values())),
    true_at=TIMES,
    recorded_at=TIMES,
    by=st.sampled_from(["ann", "bob"]),
    retracted_at=st.none() | TIMES,
)


def label(verdict: Verdict = Verdict.MALICIOUS, **other: object) -> Label:
    told = {
        "tenant": "acme", "of": LabelOf.ENTRY, "subject": "e1", "verdict": verdict,
        "source": SOURCES["analyst"], "true_at": 0, "recorded_at": 10,
    }  # fmt: skip
    return msgspec.convert({**told, **other}, Label)


@pytest.fixture
def labels(tmp_path: Path) -> Iterator[SqliteLabels]:
    store = SqliteLabels(tmp_path / "labels.sqlite")
    yield store
    store.close()


def test_a_label_is_known_from_when_it_was_recorded_until_it_was_taken_back() -> None:
    one = label(true_at=5, recorded_at=10, retracted_at=20)
    assert [one.is_known(at) for at in (4, 9, 10, 19, 20)] == [False, False, True, True, False]
    assert not label(true_at=50, recorded_at=10).is_known(20), "it did not hold yet"


@pytest.mark.parametrize("verdict", MATURES_DAYS)
def test_a_label_matures_after_the_delay_of_its_class(verdict: Verdict) -> None:
    one, delay = label(verdict, true_at=DAY_MS), MATURES_DAYS[verdict] * DAY_MS
    assert one.is_mature(DAY_MS + delay)
    assert not one.is_mature(DAY_MS + delay - 1)


def test_a_benign_label_by_readers_does_not_outweigh_an_analyst() -> None:
    found = resolved([label(Verdict.BENIGN, source=SOURCES["reader"]), label()], 100)
    assert found is not None
    assert (found.verdict, found.is_disputed) == (Verdict.MALICIOUS, True)
    assert [one.source.name for one in found.others] == ["reader"]


def test_of_one_source_the_narrowest_and_the_latest_counts() -> None:
    wide = label(Verdict.MALICIOUS, of=LabelOf.CAMPAIGN, recorded_at=50)
    early, late = label(Verdict.SPAM, recorded_at=20), label(Verdict.BENIGN, recorded_at=30)
    found = resolved([wide, late, early], 100)
    assert found is not None
    assert (found.verdict, found.others) == (Verdict.BENIGN, ())
    assert resolved([wide, late, early], 25) == resolved([early], 25)


@pytest.mark.parametrize("hundredths", range(51, 100))
def test_labels_that_weigh_the_same_leave_it_open(hundredths: int) -> None:
    right = hundredths / 100
    even = (Source("one", right, right), Source("other", right, right))
    found = resolved([label(source=even[0]), label(Verdict.BENIGN, source=even[1])], 100)
    assert found is not None
    assert found.verdict is None
    assert found.is_disputed


@given(
    st.lists(SOME, max_size=8, unique_by=lambda one: one.id),
    TIMES,
    st.randoms(use_true_random=False),
)
def test_the_order_of_labels_does_not_matter(
    some: list[Label], at: int, chance: random.Random
) -> None:
    assert resolved(chance.sample(some, len(some)), at) == resolved(some, at)


@given(st.lists(SOME, max_size=8, unique_by=lambda one: one.recorded_at), TIMES)
def test_they_come_to_what_the_stated_rule_says(some: list[Label], at: int) -> None:
    heard: list[Label] = []
    for name in SOURCES:
        for of in LabelOf:  # the narrowest first
            said = [one for one in some if one.source.name == name and one.of is of]
            known = [one for one in said if one.is_known(at)]
            if known:
                heard.append(max(known, key=lambda one: one.recorded_at))
                break
    found = resolved(some, at)
    if not heard:
        assert found is None
        return
    assert found is not None
    odds = prod(odds_of(one) for one in heard)
    against, wanted = ([one for one in heard if one.is_unwanted is side] for side in (True, False))
    side, other = (against, wanted) if odds > 1 else (wanted, against)
    if odds == 1:
        side, other = [], heard
    assert sorted(one.id for one in found.labels) == sorted(one.id for one in side)
    assert sorted(one.id for one in found.others) == sorted(one.id for one in other)
    most = max((max(odds_of(one), 1 / odds_of(one)) for one in side), default=None)
    heaviest = [one.verdict for one in side if most in (odds_of(one), 1 / odds_of(one))]
    assert found.verdict in heaviest if heaviest else found.verdict is None


def odds_of(one: Label) -> Fraction:
    """How much likelier it is said of an unwanted message than of another, in whole hundredths."""
    hit, right = (
        Fraction(share).limit_denominator(1_000)
        for share in (one.source.sensitivity, one.source.specificity)
    )
    return hit / (1 - right) if one.is_unwanted else (1 - hit) / right


@given(st.lists(SOME, max_size=8), TIMES)
def test_what_was_recorded_later_changes_nothing_then(some: list[Label], at: int) -> None:
    then = [one for one in some if one.recorded_at <= at]
    assert resolved(some, at) == resolved(then, at)
    still = [
        msgspec.structs.replace(one, retracted_at=None)
        if one.retracted_at is not None and one.retracted_at > at
        else one
        for one in some
    ]
    found, again = resolved(some, at), resolved(still, at)
    assert (found and found.verdict) == (again and again.verdict)


@pytest.mark.parametrize(("sensitivity", "specificity"), [(1.0, 0.9), (0.0, 0.9), (0.4, 0.5)])
def test_a_source_that_says_nothing_is_refused(sensitivity: float, specificity: float) -> None:
    with pytest.raises(UsageError):
        Source("odd", sensitivity, specificity)


def test_labels_that_cannot_be_read_are_an_error_of_the_store(labels: SqliteLabels) -> None:
    labels.close()
    with pytest.raises(StoreError, match=r"labels\.sqlite"):
        labels.all()
    with pytest.raises(StoreError, match=r"labels\.sqlite"):
        labels.about("acme", [(LabelOf.ENTRY, "x")])


@pytest.mark.parametrize("damage", [b'"sensitivity":2', b'"sensitivity":"x"', b'"sensitive":0.9'])
def test_a_damaged_label_is_an_error_of_the_store(labels: SqliteLabels, damage: bytes) -> None:
    """To whom it belongs; others read theirs."""
    labels.add([label()])
    with labels.file.writing() as run:
        ((data,),) = run("SELECT label FROM labels")
        run("UPDATE labels SET label = :data", data=data.replace(b'"sensitivity":0.97', damage))
    for tenant in (None, "acme"):
        with pytest.raises(StoreError, match=r"a label in .*labels\.sqlite cannot be read"):
            labels.all(tenant)
    labels.add([label(tenant="birch")])
    assert labels.all("birch") == [label(tenant="birch")]


def test_labels_are_kept_once_and_found_by_what_they_are_about(labels: SqliteLabels) -> None:
    one, other = label(), label(subject="d1", of=LabelOf.DELIVERY)
    assert labels.add([one, other]) == 2
    assert labels.add([one]) == 0
    assert list(labels.about("acme", [(LabelOf.ENTRY, "e1")])) == [one]
    assert list(labels.about("acme", [(LabelOf.ENTRY, "d1")])) == []
    assert list(labels.about("other", [(LabelOf.ENTRY, "e1")])) == []
    assert list(labels.all()) == list(labels.all("acme")) == [one, other]


def test_labels_of_a_tenant_are_dropped_and_leave_nothing(labels: SqliteLabels) -> None:
    labels.add([label(reason="Kim said so"), label(tenant="birch")])
    assert (labels.erase("acme"), labels.erase("acme")) == (1, 0)
    assert list(labels.all()) == [label(tenant="birch")]
    path = labels.file.path
    assert b"Kim said so" not in b"".join(
        one.read_bytes() for one in path.parent.glob(f"{path.name}*")
    )


def test_a_label_taken_back_is_still_on_record(labels: SqliteLabels) -> None:
    one = label()
    labels.add([one])
    assert labels.retract(one.id, 50)
    assert not labels.retract(one.id, 60)
    assert not labels.retract("none", 60)
    (kept,) = labels.all()
    assert (kept.retracted_at, kept.id) == (50, one.id)
    assert resolved([kept], 40) is not None
    assert resolved([kept], 50) is None
    assert labels.add([one]) == 0, "taken back is taken back"


@given(st.lists(SOME, max_size=6))
def test_labels_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, some: list[Label]
) -> None:
    path = tmp_path_factory.mktemp("labels") / "labels.sqlite"
    store = SqliteLabels(path)
    store.add(some)
    store.close()
    again = SqliteLabels(path)
    assert {one.id for one in again.all()} == {one.id for one in some}
    assert set(map(repr, again.all())) <= set(map(repr, some))
    again.close()


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.sqlite"
    store = SqliteLabels(path)
    store.file._db.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(StoreError, match="newer version"):
        SqliteLabels(path)
