"""Reports are claims: weighed by how earlier ones turned out, put together by one stated rule."""

import random
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.errors import StoreError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.labels import SOURCES, Label, LabelOf, resolved
from chaffinch.decision.reporters import NEWCOMER, Record, Truth, records, weight_of
from chaffinch.decision.reports import Claim, Match, Report, standing
from chaffinch.decision.verdict_of_reports import ENOUGH, label_of, weighed
from chaffinch.stores.sqlite_reports import SqliteReports

PEOPLE = ("ann", "bob", "cat", "dan")
COUNTS = st.integers(0, 60)
RECORDS = st.builds(Record, COUNTS, COUNTS, COUNTS, COUNTS)
KNOWN = st.dictionaries(st.sampled_from([("acme", one) for one in PEOPLE]), RECORDS)


def report(reporter: str = "ann", claim: Claim = Claim.PHISHING, **other: object) -> Report:
    told = {
        "tenant": "acme", "entry": "e1", "delivery_id": "d1", "arrived_at": 5, "claim": claim,
        "reporter": reporter, "is_proven": True, "match": Match.CONTENT, "recorded_at": 10,
    }  # fmt: skip
    return msgspec.convert({**told, **other}, Report)


SOME = st.builds(
    report,
    st.sampled_from(PEOPLE),
    st.sampled_from(Claim),
    delivery_id=st.sampled_from(["d1", "d2"]),
    is_proven=st.booleans(),
    recorded_at=st.integers(0, 30),
    withdrawn_at=st.none() | st.integers(0, 40),
)


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[SqliteReports]:
    store = SqliteReports(tmp_path / "reports.sqlite")
    yield store
    store.close()


def test_reports_are_kept_once_and_found_by_their_delivery(reports: SqliteReports) -> None:
    one, other = report(), report("bob", delivery_id="d2")
    assert [reports.add([one, other]), reports.add([one])] == [2, 0]
    assert list(reports.about(("acme", "d1"))) == [one]
    assert list(reports.about(("birch", "d1"))) == []
    assert list(reports.all()) == list(reports.all("acme")) == [one, other]
    assert list(reports.all("birch")) == []


def test_a_report_that_was_withdrawn_is_still_on_record(reports: SqliteReports) -> None:
    one = report()
    reports.add([one])
    assert [reports.withdraw(one.id, at) for at in (20, 30)] == [True, False]
    assert not reports.withdraw("none", 20)
    (kept,) = reports.all()
    assert (kept.id, kept.withdrawn_at) == (one.id, 20)
    assert [bool(standing([kept], at)) for at in (9, 10, 19, 20)] == [False, True, True, False]


def test_reports_of_somebody_and_of_a_tenant_are_dropped(reports: SqliteReports) -> None:
    reports.add([report(), report("bob"), report("bob", tenant="birch")])
    assert reports.erase(reporter="ann") == 1
    assert reports.erase(tenant="birch") == 1
    assert list(reports.all()) == [report("bob")]
    path = reports.file.path
    left = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
    assert b'"reporter":"ann"' not in left


def test_a_file_of_a_newer_version_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "reports.sqlite"
    store = SqliteReports(path)
    store.add([report()])
    store.file._db.execute("UPDATE reports SET report = x'7b'")
    with pytest.raises(StoreError, match="a report in"):
        store.all()
    store.file._db.execute("PRAGMA user_version = 99")
    store.close()
    with pytest.raises(StoreError, match="newer version"):
        SqliteReports(path)


@given(st.lists(SOME, max_size=10), st.integers(0, 40), st.randoms(use_true_random=False))
def test_what_everybody_said_last_stands_whatever_the_order(
    some: list[Report], at: int, chance: random.Random
) -> None:
    stands = standing(some, at)
    again = standing(chance.sample(some, len(some)), at)
    assert {key: {*map(repr, value)} for key, value in stands.items()} == {
        key: {*map(repr, value)} for key, value in again.items()
    }
    for delivery, claims in stands.items():
        assert len({(one.reporter, one.is_proven) for one in claims}) == len(claims)
        for one in claims:
            assert one.is_known(at)
            others = [
                x
                for x in some
                if (x.delivery, x.reporter, x.is_proven) == (delivery, one.reporter, one.is_proven)
            ]
            assert one.recorded_at == max(x.recorded_at for x in others if x.is_known(at))


@given(st.lists(SOME, max_size=8), st.lists(SOME, max_size=8), KNOWN, st.integers(0, 40))
def test_what_strangers_claim_in_somebodys_name_changes_nothing(
    proven: list[Report], forged: list[Report], known: dict[tuple[str, str], Record], at: int
) -> None:
    proven = [msgspec.structs.replace(one, is_proven=True) for one in proven]
    forged = [msgspec.structs.replace(one, is_proven=False) for one in forged]
    alone, beside = standing(proven, at), standing([*proven, *forged], at)
    truths = {("acme", one): Truth(is_unwanted=True, since=20) for one in ("d1", "d2")}
    for delivery, claims in beside.items():
        found = weighed(claims, known)
        assert found == weighed(alone.get(delivery, []), known)
        if found is not None:
            assert label_of(claims, found, 50) == label_of(alone[delivery], found, 50)
    assert records(chain(*beside.values()), truths) == records(chain(*alone.values()), truths)


@given(st.lists(SOME, max_size=10), st.integers(0, 30))
def test_what_is_said_or_taken_back_when_the_truth_is_there_changes_no_record(
    some: list[Report], since: int
) -> None:
    truths = {("acme", "d1"): Truth(is_unwanted=True, since=since)}
    then = [
        msgspec.structs.replace(one, withdrawn_at=None)
        if one.withdrawn_at is not None and one.withdrawn_at >= since
        else one
        for one in some
        if one.recorded_at < since
    ]
    found = records(some, truths)
    assert found == records(then, truths)
    said = standing(then, since - 1).get(("acme", "d1"), ())
    assert sum(map(sum, found.values())) == sum(one.is_proven for one in said)


@given(RECORDS)
def test_nobodys_reports_are_worth_more_than_an_analysts_reading(record: Record) -> None:
    labels = {one: _label(one) for one in (Verdict.MALICIOUS, Verdict.BENIGN)}
    for claim in Claim:
        weight = record.weight(claim)
        assert (weight >= 0) if claim.is_unwanted else (weight <= 0)
        analyst = labels[Verdict.MALICIOUS if claim.is_unwanted else Verdict.BENIGN]
        assert abs(weight) < abs(analyst.weight)


@given(RECORDS)
def test_who_was_right_once_more_weighs_no_less_and_who_was_wrong_no_more(record: Record) -> None:
    for claim in Claim:
        now = abs(record.weight(claim))
        right = record.after(claim, is_unwanted=claim.is_unwanted)
        wrong = record.after(claim, is_unwanted=not claim.is_unwanted)
        assert abs(right.weight(claim)) >= now >= abs(wrong.weight(claim))


def _label(verdict: Verdict) -> Label:
    return Label(
        tenant="acme", of=LabelOf.ENTRY, subject="e1", verdict=verdict,
        source=SOURCES["analyst"], true_at=0, recorded_at=0,
    )  # fmt: skip


def test_records_count_what_was_said_before_the_truth_was_known_and_no_silence() -> None:
    truths = {
        ("acme", "d1"): Truth(is_unwanted=True, since=50),
        ("acme", "d2"): Truth(is_unwanted=False, since=50),
        ("acme", "d3"): Truth(is_unwanted=True, since=50),
    }
    claims = [
        report("ann"),
        report("ann", delivery_id="d2"),
        report("ann", Claim.WANTED, delivery_id="d3"),
        report("bob", Claim.WANTED, delivery_id="d2"),
        report("bob", recorded_at=50),  # the truth was there to be read
        report("cat", is_proven=False),
        report("dan", delivery_id="d9"),  # of which nobody knows the truth
    ]
    assert records(claims, truths) == {
        ("acme", "ann"): Record(found=1, alarms=1, missed=1),
        ("acme", "bob"): Record(cleared=1),
    }


def test_one_newcomer_is_not_enough_two_are_and_who_is_right_is_alone() -> None:
    assert weighed([report("ann")], {}) is None
    two = weighed([report("ann"), report("bob")], {})
    assert two is not None
    assert two.verdict is Verdict.SUSPICIOUS
    known = {("acme", "ann"): Record(found=20)}
    alone = weighed([report("ann")], known)
    assert alone is None, "calling everything phishing finds all of it"
    known = {("acme", "ann"): Record(found=20, cleared=8)}
    assert weighed([report("ann")], known) == weighed([report("ann", recorded_at=99)], known)
    assert weighed([report("ann")], known) is not None
    assert weighed([report("ann", is_proven=False)], known) is None
    assert weighed([], known) is None


def test_what_is_wanted_is_graymail_and_never_benign() -> None:
    crowd = [report(str(number), Claim.WANTED) for number in range(50)]
    assert weighed(crowd, {}) is None, "of people nothing is known of no crowd is enough"
    known = {("acme", str(n)): Record(found=20, cleared=20) for n in range(50)}
    found = weighed(crowd, known)
    assert found is not None
    assert found.verdict is Verdict.GRAYMAIL


def test_spam_and_phishing_are_told_apart_by_weight() -> None:
    two = [report("ann", Claim.SPAM), report("bob", Claim.SPAM)]
    found = weighed([*two, report("cat")], {})
    assert found is not None
    assert found.verdict is Verdict.SPAM
    known = {("acme", "cat"): Record(found=30, cleared=30)}
    found = weighed([*two, report("cat")], known)
    assert found is not None
    assert found.verdict is Verdict.SUSPICIOUS


@given(st.lists(SOME, max_size=8), KNOWN, st.randoms(use_true_random=False))
def test_what_reports_come_to(
    some: list[Report], known: dict[tuple[str, str], Record], chance: random.Random
) -> None:
    claims = [*{one.reporter: one for one in some}.values()]
    found = weighed(claims, known)
    assert found == weighed(chance.sample(claims, len(claims)), known)
    if found is None:
        more = [*claims, report("new", Claim.WANTED)]
        less = weighed(more, known)
        assert less is None or less.verdict is Verdict.GRAYMAIL
        return
    assert found.verdict in (Verdict.SUSPICIOUS, Verdict.SPAM, Verdict.GRAYMAIL)
    against = max((weight_of(one, known) for one in claims), default=0.0)
    assert found.verdict is Verdict.GRAYMAIL or against >= ENOUGH / 2
    label = label_of(claims, found, 100)
    assert label.weight != 0
    for verdict in (Verdict.MALICIOUS, Verdict.BENIGN):
        prevails = resolved([label, _label(verdict)], 100)
        assert prevails is not None
        assert prevails.verdict is verdict, "an analyst has the last word"


def test_a_newcomer_is_a_reader() -> None:
    label = msgspec.structs.replace(_label(Verdict.MALICIOUS), source=NEWCOMER)
    assert label.weight == pytest.approx(Record().weight(Claim.PHISHING))
