"""The engine as a caller sees it: decide, remember, close, fork."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from chaffinch import Engine, Tenant
from chaffinch.core.errors import SettingsError, StoreError, UsageError
from chaffinch.core.vocabulary import Action, Verdict
from chaffinch.core.wishes import Actions, Group, MailboxWishes
from chaffinch.decision.entry import encode_entry
from chaffinch.decision.erasure import blanked
from chaffinch.decision.ledger import Record
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.stores.sqlite import SqliteLedger

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
Letter = Callable[..., bytes]


def learned(engine: Engine, letter: Letter, count: int, start: datetime) -> None:
    for number in range(count):
        engine.decide(
            letter(sender=f"Kim <kim{number % 7}@stone.example>", number=1_000 + number),
            received_at=start + number * timedelta(hours=2),
            learn=True,
        )


def test_parts_sum_and_the_entry_is_on_record(tmp_path: Path, acme: Tenant, letter: Letter) -> None:
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        decision = engine.decide(letter(), received_at=NOON)
        assert sum(part.log_odds for part in decision.attribution) == decision.log_odds
        assert decision.received_at == NOON
        assert decision.verdict is Verdict.BENIGN
        assert decision.calibrated is False
        entry = engine.find(decision.id)
        assert entry is not None
        assert entry.decision == decision
        assert entry.about.sender == "mia@stone.example"
        assert entry.unmeasured.get("sender.history.was_written_to")


def test_deciding_twice_gives_the_same_decision(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        first = engine.decide(letter(), received_at=NOON)
        assert engine.decide(letter(), received_at=NOON) == first
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        assert engine.decide(letter(), received_at=NOON) == first


def test_a_copy_is_scored_without_its_own_trace_and_taught_once(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        learned(engine, letter, 80, NOON - timedelta(days=9))
        first = engine.consider(Mail(raw=letter(), received_at=NOON))
        assert first.rows
        engine.record([first], learn=True)
        copy = engine.consider(Mail(raw=letter(), received_at=NOON + timedelta(hours=3)))
        engine.record([copy], learn=True)
        stranger = "sender.history.is_first_contact"
        assert first.signals.get(stranger) == copy.signals.get(stranger)
        later = engine.consider(Mail(raw=letter(number=2), received_at=NOON + timedelta(hours=4)))
        rows = {key.text: row for key, row in later.rows if row is not None}
        assert len(rows["mia@stone.example"].seen.earliest) == 1


def test_what_a_delivery_taught_is_taken_back_and_stays_so_when_profiles_are_rebuilt(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    state, later = tmp_path / "state", Mail(raw=letter(number=3), received_at=NOON)
    with Engine.open(state, tenant=acme) as engine:
        learned(engine, letter, 60, NOON - timedelta(days=9))
        before = engine.consider(later)
        taught = engine.decide(letter(number=2), received_at=NOON - timedelta(hours=2), learn=True)
        assert seen(engine, later) == 1
        assert engine.retract(taught.id)
        assert not engine.retract(taught.id)
        assert not engine.retract("no such entry")
        assert seen(engine, later) == 0
    shutil.rmtree(state / "profiles")
    with Engine.open(state, tenant=acme) as engine:
        assert seen(engine, later) == 0
        assert engine.consider(later).signals == before.signals


def seen(engine: Engine, mail: Mail) -> int:
    """How many letters of the message's author the profiles hold."""
    rows = {key.text: row for key, row in engine.consider(mail).rows if row is not None}
    row = rows.get("mia@stone.example")
    return 0 if row is None else len(row.seen.earliest)


def test_what_was_recorded_but_not_learned_is_learned_on_open(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    state = tmp_path / "state"
    with Engine.open(state, tenant=acme) as engine:
        learned(engine, letter, 60, NOON - timedelta(days=9))
        before = engine.consider(Mail(raw=letter(number=3), received_at=NOON))
    for path in (state / "profiles").iterdir():
        path.unlink()
    (state / "profiles").rmdir()
    with Engine.open(state, tenant=acme) as engine:
        assert engine.consider(Mail(raw=letter(number=3), received_at=NOON)) == before


def test_a_ledger_cut_short_is_refused_until_the_profiles_are_removed(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    state, earlier = tmp_path / "state", tmp_path / "earlier"
    with Engine.open(state, tenant=acme) as engine:
        learned(engine, letter, 60, NOON - timedelta(days=9))
        before = engine.consider(Mail(raw=letter(number=3), received_at=NOON))
    earlier.mkdir()
    for path in state.glob("ledger.sqlite*"):
        shutil.copy(path, earlier / path.name)
    with Engine.open(state, tenant=acme) as engine:
        engine.decide(letter(number=2_000), received_at=NOON, learn=True)
    for path in state.glob("ledger.sqlite*"):
        path.unlink()
    for path in earlier.iterdir():
        shutil.copy(path, state / path.name)
    for _ in range(2):  # a refused opening leaves nothing open
        with pytest.raises(StoreError, match=r"lesson 61, but the ledger ends at 60.*profiles/"):
            Engine.open(state, tenant=acme)
    shutil.rmtree(state / "profiles")
    with Engine.open(state, tenant=acme) as engine:
        assert engine.consider(Mail(raw=letter(number=3), received_at=NOON)) == before


def test_profiles_of_another_ledger_are_refused(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    state = tmp_path / "state"
    with Engine.open(state, tenant=acme) as engine:
        learned(engine, letter, 3, NOON - timedelta(days=9))
    for path in state.glob("ledger.sqlite*"):
        path.unlink()
    for _ in range(2):
        with pytest.raises(StoreError, match=r"another ledger .* remove the folder"):
            Engine.open(state, tenant=acme)
    shutil.rmtree(state / "profiles")
    with Engine.open(state, tenant=acme) as engine:
        learned(engine, letter, 3, NOON - timedelta(days=9))


def test_what_others_left_behind_is_learned_after_a_while(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    mails = [Mail(raw=letter(number=n), received_at=NOON + timedelta(hours=n)) for n in range(9)]
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        first, *rest = [engine.consider(mail) for mail in mails]
        ledger = SqliteLedger(tmp_path / "state" / "ledger.sqlite")
        ledger.append([Record(first, learn=True)])  # a worker that died before it could learn
        ledger.close()
        memory = engine._memory
        for entry in rest:
            engine.record([entry], learn=True)
        assert memory._profiles is not None
        assert memory._profiles.mark() == 0
        engine.record([engine.consider(mails[0])], learn=True)
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        later = engine.consider(Mail(raw=letter(number=99), received_at=NOON + timedelta(days=9)))
    rows = {key.text: row for key, row in later.rows if row is not None}
    assert len(rows["mia@stone.example"].seen.earliest) == 9


def test_reading_a_state_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing was recorded there"):
        Engine.open(tmp_path / "state", readonly=True)
    assert not (tmp_path / "state").exists()


def test_reading_a_state_without_profiles_makes_them_from_the_ledger(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    state = tmp_path / "state"
    with Engine.open(state, tenant=acme) as engine:
        learned(engine, letter, 60, NOON - timedelta(days=9))
        before = engine.consider(Mail(raw=letter(number=3), received_at=NOON))
    shutil.rmtree(state / "profiles")
    with Engine.open(state, tenant=acme, readonly=True) as engine:
        assert engine.consider(Mail(raw=letter(number=3), received_at=NOON)) == before


def test_an_engine_without_state_keeps_nothing(letter: Letter) -> None:
    with Engine.open() as engine:
        decision = engine.decide(letter(), received_at=NOON, recipients=["ben.okoye@acme.example"])
        assert engine.find(decision.id) is None
        assert decision.tenant == "assumed"
        assert any("assumed" in one for one in decision.assumptions)


def test_an_engine_works_on_both_sides_of_a_fork(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        engine.decide(letter(number=1), received_at=NOON, learn=True)
        child = os.fork()
        if child == 0:
            decision = engine.decide(letter(number=2), received_at=NOON, learn=True)
            os._exit(0 if engine.find(decision.id) else 1)
        assert os.waitpid(child, 0)[1] == 0
        after = engine.decide(letter(number=3), received_at=NOON, learn=True)
        assert engine.find(after.id) is not None


def test_a_closed_engine_says_so(tmp_path: Path, acme: Tenant, letter: Letter) -> None:
    engine = Engine.open(tmp_path / "state", tenant=acme)
    engine.close()
    engine.close()
    with pytest.raises(StoreError, match="closed"):
        engine.decide(letter(), received_at=NOON)


def test_missing_folders_of_rules_and_lists_are_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such folder of rules"):
        Engine.open(settings=Settings(rules=(str(tmp_path / "absent"),)))
    with pytest.raises(SettingsError, match="no such folder of lists"):
        Engine.open(settings=Settings(lists=(str(tmp_path / "absent"),)))


def test_a_bad_rule_is_listed_and_the_good_ones_load(tmp_path: Path, letter: Letter) -> None:
    (tmp_path / "good.yml").write_text("name: Any mail\nsource: length(subject.subject) > 0\n")
    (tmp_path / "typo.yml").write_text("name: T\nsource: sender.emial.email == 'a'\n")
    (tmp_path / "broken.yml").write_text("name: [\n")
    (tmp_path / "bare.yml").write_text("nmae: B\nsource: 'true'\n")
    settings = Settings(rules=(str(tmp_path),), own_rules=False)
    with Engine.open(settings=settings) as engine:
        assert [rule.name for rule in engine.bundle.rules] == ["good"]
        errors = "\n".join(engine.bundle.errors)
        assert "did you mean `email`" in errors
        assert "broken.yml" in errors
        assert "unknown key `nmae`; did you mean `name`?" in errors
        decision = engine.decide(letter(), received_at=NOON)
        assert [one.title for one in decision.findings] == ["Any mail"]
        assert decision.findings[0].origin == str(tmp_path)


def test_changing_a_rule_changes_the_version_on_record(tmp_path: Path, letter: Letter) -> None:
    versions = []
    for source in ("'a' == 'b'", "'a' == 'c'"):
        (tmp_path / "rule.yml").write_text(f'name: R\nsource: "{source}"\n')
        with Engine.open(settings=Settings(rules=(str(tmp_path),), own_rules=False)) as engine:
            versions.append(engine.decide(letter(), received_at=NOON).versions)
    assert versions[0]["rules"] != versions[1]["rules"]
    assert versions[0]["lists"] == versions[1]["lists"]


def test_an_entry_rebuilds_its_decision_from_json(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        decision = engine.decide(letter(), received_at=NOON)
    kept = msgspec.json.decode(msgspec.json.encode(decision), type=type(decision))
    assert kept == decision


def test_text_and_naive_times_are_refused_with_the_mend(letter: Letter) -> None:
    with Engine.open() as engine:
        with pytest.raises(UsageError, match="open"):
            engine.decide(letter().decode())  # type: ignore[arg-type]  # what a caller may try
        with pytest.raises(UsageError, match="time zone"):
            engine.decide(letter(), received_at=NOON.replace(tzinfo=None))
        with pytest.raises(UsageError, match=r"give \['ben.okoye@acme.example'\]"):
            engine.decide(letter(), recipients="ben.okoye@acme.example")
        assert engine.decide(bytearray(letter())) == engine.decide(memoryview(letter()))


def test_a_path_is_no_tenant_and_one_text_no_list(tmp_path: Path, letter: Letter) -> None:
    with pytest.raises(UsageError, match="read_tenant"):
        Engine.open(tenant=tmp_path / "tenant.toml")  # type: ignore[arg-type]  # a caller may try
    with pytest.raises(UsageError, match="read_settings"):
        Engine.open(settings="chaffinch.toml")  # type: ignore[arg-type]  # as above
    with Engine.open() as engine, pytest.raises(UsageError, match="read_tenant"):
        engine.decide(letter(), tenant="acme")  # type: ignore[arg-type]  # as above
    with pytest.raises(UsageError, match="tuples"):
        Tenant(domains="acme.example")  # type: ignore[arg-type]  # as above


SCOPED = (
    Group(name="news", members=("ben@acme.example",), actions=Actions(benign=Action.JUNK)),
    Group(name="abuse", members=("abuse@acme.example",), watch_only=True),
)


def test_one_decision_per_scope_all_on_record_the_delivery_learned_once(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    tenant = msgspec.structs.replace(acme, groups=SCOPED)
    reached = ["ada@acme.example", "ben@acme.example", "abuse@acme.example"]
    with Engine.open(tmp_path / "state", tenant=tenant) as engine:
        each = engine.decide_each(letter(), received_at=NOON, recipients=reached, learn=True)
        assert [(one.scope, one.action) for one in each] == [
            ("organisation", Action.DELIVER),
            ("group abuse", Action.DELIVER),
            ("group news", Action.JUNK),
        ]
        assert len({one.id for one in each}) == 3
        assert {one.delivery_id for one in each} == {each[0].delivery_id}
        for one in each:
            entry = engine.find(one.id)
            assert entry is not None
            assert entry.decision == one
        assert engine.learned_count() == 1
        found = engine.decide(letter(), received_at=NOON, recipients=reached, learn=True)
        assert found == each[2]  # the strictest
        assert engine.learned_count() == 1


def test_an_address_in_a_scope_is_erased_with_its_owner(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    own = MailboxWishes(address="ben.okoye@acme.example", actions=Actions(benign=Action.JUNK))
    with Engine.open(
        tmp_path / "state", tenant=msgspec.structs.replace(acme, mailboxes=(own,))
    ) as (engine):
        decision = engine.decide(letter(), received_at=NOON, recipients=[own.address])
        assert decision.scope == "mailbox ben.okoye@acme.example"
        entry = engine.find(decision.id)
        assert entry is not None
        assert b"ben.okoye@acme" not in encode_entry(blanked(entry, 0))
