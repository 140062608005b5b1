"""The past decided with what there is today, by profiles made anew in the order it came."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.archive import Archive, TenantDay
from chaffinch.decision.entry import Entry
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.search import Query
from chaffinch.engine.assembly import Engine, open_archive, open_memory
from chaffinch.engine.bundle import load_bundle
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.profiles.observation import Taught
from chaffinch.replay.as_if import AsIf, Rehearsal
from chaffinch.replay.as_then import How, Replayed
from chaffinch.replay.records import Records
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger

GRIM = Policy(prior=2_000)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ACME = Tenant(name="acme", domains=("acme.example",))


def letter(number: int, sender: str) -> bytes:
    head = f"From: Bob <{sender}>\nTo: jane@acme.example\nSubject: minutes {number}\n"
    return (
        f"{head}Message-ID: <{number}@x.example>\n\nSign in: http://x.example {number}\n".encode()
    )


class Past:
    """A state with eighty deliveries, enough for a history, and a second copy of one.

    One was not learned, one was taken back, and one labelled.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raws: dict[str, bytes] = {}
        with Engine.open(folder / "state", tenant=ACME) as engine:
            self.bundle = engine.bundle
            for number in range(80):
                sender = f"bob@partner{number % 3}.example"
                entry = self._decided(engine, letter(number, sender), number, learn=number != 7)
                if number == 9:
                    assert engine.retract(entry.id)
                if number == 12:
                    delivery = "acme", entry.decision.delivery_id
                    assert engine._memory.label({delivery: "malicious"}) == 1
            self._decided(engine, letter(20, "bob@partner2.example"), 81, learn=True)
        self.ledger = SqliteLedger(folder / "state" / "ledger.sqlite")

    def _decided(self, engine: Engine, raw: bytes, hours: int, *, learn: bool) -> Entry:
        mail = Mail(
            raw=raw,
            received_at=NOON + timedelta(hours=3 * hours),
            recipients=("jane@acme.example",),
        )
        entry = engine.consider(mail)
        engine.record([entry], learn=learn)
        self.raws[entry.decision.content_id] = raw
        return entry

    def replay(
        self,
        *,
        query: Query | None = None,
        until: int | None = None,
        tenant: Tenant | None = ACME,
        policy: Policy | None = None,
        raws: Mapping[str, bytes] | None = None,
        kind: type[Rehearsal] = Rehearsal,
        archives: Sequence[Archive] = (),
        records: Records | None = None,
    ) -> list[Replayed]:
        held = self.raws if raws is None else raws
        changed = msgspec.structs.replace(self.bundle, policy=policy or self.bundle.policy)
        name = f"profiles-{len(list(self.folder.iterdir()))}"
        store = LmdbProfileStore(self.folder / name)
        rehearsal = kind(store, self.ledger)
        again = AsIf(
            records or Records(self.ledger, archives),
            rehearsal,
            changed,
            tenant,
            lambda one: held.get(one.decision.content_id),
        )
        found = list(again.replay(query or Query(), until))
        store.close()
        return found


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    made = Past(tmp_path_factory.mktemp("past"))
    yield made
    made.ledger.close()


def test_today_as_then_the_past_comes_out_as_it_was(past: Past) -> None:
    """Whatever was not learned, taken back, labelled or came twice: every signal is the same."""
    found = past.replay()
    assert [one.how for one in found] == [How.DECIDED] * 81
    assert [one.differences for one in found] == [()] * 81
    assert [one.now for one in found] == [one.entry.decision for one in found]
    ids = [one.entry.id for one in found]
    assert ids == list(past.ledger.ids())


@pytest.mark.parametrize("days", [5, 30])
def test_what_lies_in_an_archive_is_decided_and_learned_as_if_it_did_not(
    past: Past, tmp_path: Path, days: int
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    moved = copy(past)
    moved.folder = Path(shutil.copytree(past.folder / "state", tmp_path / "state")).parent
    memory = open_memory(moved.folder / "state", Settings(), readonly=False)
    before = round((NOON + timedelta(days=days)).timestamp() * 1000)
    done = memory.archive(str(tmp_path / "archive"), None, before, remove=True)
    memory.close()
    assert done.put == done.removed > 30
    with (
        closing(SqliteLedger(moved.folder / "state" / "ledger.sqlite")) as moved.ledger,
        closing(open_archive(str(tmp_path / "archive"))) as archive,
    ):
        found = moved.replay(archives=[archive])
        assert len(list(moved.ledger.ids())) == 81 - done.put
        few = moved.replay(archives=[archive], query=Query(sender="bob@partner1.example"))
        without = moved.replay(policy=GRIM)
    assert [one.entry.id for one in found] == list(past.ledger.ids())
    assert [one.how for one in found] == [How.DECIDED] * 81
    assert [one.differences for one in found] == [()] * 81
    assert len(few) == 27
    assert len(without) == 81 - done.put


def test_what_others_have_in_archives_stops_nobody(past: Past, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    entry = past.ledger.find(next(past.ledger.ids()))
    assert entry is not None
    decision = msgspec.structs.replace(entry.decision, id="0" * 24, tenant="birch")
    with closing(open_archive(str(tmp_path / "archive"), make=True)) as archive:
        day = TenantDay(entry.observation.at // 86_400_000, "birch")
        archive.put(day, [msgspec.structs.replace(entry, decision=decision)])
        (file,) = (tmp_path / "archive").rglob("*.parquet")
        file.write_bytes(b"damaged")
        asked = Query(tenant="acme", id=entry.id)
        assert len(past.replay(query=asked, archives=[archive])) == 1


def test_what_is_damaged_is_named_and_passed_over(past: Past, tmp_path: Path) -> None:
    """It was learned, and a second copy of its message comes later."""
    hurt = copy(past)
    hurt.folder = Path(shutil.copytree(past.folder / "state", tmp_path / "state")).parent
    ids = list(past.ledger.ids())
    with sqlite3.connect(tmp_path / "state" / "ledger.sqlite") as database:
        database.execute(
            "UPDATE entries SET entry = substr(entry, 1, length(entry) / 2) WHERE id = ?",
            (ids[20],),
        )
    database.close()
    named: list[str] = []
    with closing(SqliteLedger(tmp_path / "state" / "ledger.sqlite")) as hurt.ledger:
        records = Records(hurt.ledger, say=lambda some: named.extend(one.id for one in some))
        found = hurt.replay(records=records)
        (alone,) = hurt.replay(query=Query(id=ids[30]), records=records)
    assert [one.entry.id for one in found] == [*ids[:20], *ids[21:]]
    assert [one.differences for one in (*found, alone)] == [()] * 81
    assert named == [ids[20]]


class Counting(Rehearsal):
    """Notes what it learns."""

    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        self.learned: list[str] = []

    def _learn(self, tenant: str, taught: Taught) -> None:
        self.learned.append(taught.delivery_id)
        super()._learn(tenant, taught)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(12)),
    days=st.integers(1, 6),
    unlearned=st.sets(st.integers(0, 11), max_size=4),
    retracted=st.sets(st.integers(0, 11), max_size=4),
)
@example(order=[11, *range(11)], days=2, unlearned=set(), retracted={11})
def test_what_was_put_on_record_out_of_order_is_decided_and_learned_once(
    tmp_path_factory: pytest.TempPathFactory,
    order: list[int],
    days: int,
    unlearned: set[int],
    retracted: set[int],
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    folder, raws = tmp_path_factory.mktemp("shuffled"), {}
    with Engine.open(folder / "state", tenant=ACME) as engine:
        bundle, learned, gone = engine.bundle, [], []
        for number in order:
            raw = letter(number, "bob@partner.example")
            at = NOON + timedelta(hours=12 * number)
            made = engine.decide(raw, received_at=at, learn=number not in unlearned)
            raws[made.content_id] = raw
            learned += [made.delivery_id] if number not in unlearned else []
            gone += [made.delivery_id] if number in retracted and engine.retract(made.id) else []
    memory = open_memory(folder / "state", Settings(), readonly=False)
    before = round((NOON + timedelta(days=days)).timestamp() * 1000)
    memory.archive(str(folder / "archive"), None, before, remove=True)
    memory.close()
    with (
        closing(SqliteLedger(folder / "state" / "ledger.sqlite")) as ledger,
        closing(open_archive(str(folder / "archive"))) as archive,
        closing(LmdbProfileStore(folder / "anew")) as store,
    ):
        rehearsal = Counting(store, ledger)
        again = AsIf(
            Records(ledger, [archive]), rehearsal, bundle, ACME,
            lambda one: raws[one.decision.content_id],
        )  # fmt: skip
        found = list(again.replay(Query()))
    assert {one.how for one in found} == {How.DECIDED}
    assert sorted(one.entry.decision.content_id for one in found) == sorted(raws)
    assert set(rehearsal.learned) <= set(learned)
    assert not Counter(rehearsal.learned) - Counter([*learned, *gone])


def test_another_policy_moves_what_it_moves(past: Past) -> None:
    prior = past.bundle.policy.prior + 9_000
    for one in past.replay(policy=msgspec.structs.replace(past.bundle.policy, prior=prior)):
        assert one.now is not None
        assert one.now.log_odds == one.entry.decision.log_odds + 9_000


def test_a_filter_shows_less_and_learns_all(past: Past) -> None:
    found = past.replay(query=Query(sender="bob@partner1.example"))
    assert len(found) == 27
    assert not [one for one in found if one.differences]
    assert past.replay(query=Query(tenant="birch")) == []


@pytest.fixture(scope="module")
def wholes(past: Past) -> Mapping[int | None, Mapping[str, Replayed]]:
    """By where the past ended, everything decided anew with another policy than then."""
    return {
        until: {one.entry.id: one for one in past.replay(until=until, policy=GRIM)}
        for until in (None, _hour(3 * 45))
    }


def _hour(number: int) -> int:
    return round((NOON + timedelta(hours=number)).timestamp() * 1000)


@given(st.integers(0, 80), st.sampled_from([None, _hour(3 * 45)]))
@example(9, None)  # taken back
@example(12, None)  # labelled
@example(80, None)  # another copy of 20
@settings(max_examples=8, deadline=None)
def test_asked_for_alone_an_entry_comes_out_as_among_all(
    past: Past, wholes: Mapping[int | None, Mapping[str, Replayed]], number: int, until: int | None
) -> None:
    """Decided by the same profiles, whether its past was decided or only read."""
    asked = list(past.ledger.ids())[number]
    whole = wholes[until]
    alone = past.replay(query=Query(id=asked), until=until, policy=GRIM)
    assert alone == ([whole[asked]] if asked in whole else [])


def test_only_what_came_before_is_gone_over(past: Past) -> None:
    entry = past.ledger.find(list(past.ledger.ids())[30])
    assert entry is not None
    steps = list[int]()
    asked = Query(id=entry.id)
    with closing(LmdbProfileStore(past.folder / "counted")) as store:
        again = AsIf(
            Records(past.ledger), Rehearsal(store, past.ledger), past.bundle, ACME, lambda _: None
        )
        assert [one.entry.id for one in again.replay(asked, None, lambda: steps.append(1))]
    assert len(steps) == 31


def test_what_came_later_is_not_known(past: Past) -> None:
    until = round((NOON + timedelta(hours=3 * 70)).timestamp() * 1000)
    found = past.replay(until=until)
    assert len(found) == 70
    assert not [one for one in found if one.differences]


def test_of_a_message_that_is_gone_findings_are_weighed_and_observations_learned(
    past: Past,
) -> None:
    gone = dict(list(past.raws.items())[5:])
    found = past.replay(raws=gone)
    assert [one.how for one in found[:5]] == [How.WEIGHED] * 5
    assert {one.why for one in found[:5]} == {"its message is not at hand"}
    assert not [one for one in found if one.differences]


def test_mail_of_others_is_not_decided_for_somebody_else(past: Past) -> None:
    found = past.replay(tenant=None)
    assert {one.why for one in found} == {"the tenant file of acme is not given"}


class Forgetful(Rehearsal):
    """Learns nothing."""

    def teach(self, tenant: str, taught: Taught) -> None:
        pass


def test_what_profiles_knew_plays_a_part(past: Past) -> None:
    """Without the lessons other things are measured: the agreement above is no accident."""
    found = past.replay(kind=Forgetful)
    changed = [one for one in found if one.differences]
    assert len(changed) > 20
    assert not found[0].differences


RULE = """name: "A model reads a theft of passwords"
type: "rule"
severity: "critical"
source: |
  any(ml.nlu_classifier(body.current_thread.text).intents, .name == "cred_theft")
"""
THEFT = (
    '{"message":"*","function":"ml.nlu_classifier","answer":{"intents":'
    '[{"name":"cred_theft","confidence":"high"}]}}'
)


def test_an_answer_counts_for_the_entry_that_had_it(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "theft.yml").write_text(RULE)
    raw, state = letter(1, "bob@partner.example"), tmp_path / "state"
    wanted = Settings(rules=(str(tmp_path / "rules"),), own_rules=False)
    with Engine.open(state, settings=wanted, tenant=ACME) as engine:
        bundle = engine.bundle
        first = engine.decide(raw, received_at=NOON, learn=True)
        second = engine.decide_again(first.id, raw, [THEFT])
    assert (first.verdict, second.verdict) == (Verdict.BENIGN, Verdict.MALICIOUS)
    with (
        closing(SqliteLedger(state / "ledger.sqlite")) as ledger,
        closing(LmdbProfileStore(tmp_path / "anew")) as store,
    ):
        again = AsIf(Records(ledger), Rehearsal(store, ledger), bundle, ACME, lambda _: raw)
        found = list(again.replay(Query()))
    assert [one.now for one in found] == [first, second]


def test_other_limits_are_another_version() -> None:
    plain, tight = load_bundle(Settings()), load_bundle(Settings(limits=Limits(nesting=2)))
    assert "limits" not in plain.versions
    assert tight.versions.keys() - plain.versions.keys() == {"limits"}
