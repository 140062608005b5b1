"""Decisions that wait: what they wait for, what it could change, and what comes of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from chaffinch import Engine, Tenant
from chaffinch.core.errors import RecordingError, UsageError
from chaffinch.core.vocabulary import Action, Verdict
from chaffinch.core.wishes import Group
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.decision import Incomplete
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.replay.as_then import AsThen, How
from chaffinch.stores.allow_files import change_allow_list
from chaffinch.surfaces.cli.main import main

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
RULE = """name: "A model reads a theft of passwords"
type: "rule"
severity: "critical"
source: |
  any(ml.nlu_classifier(body.current_thread.text).intents, .name == "cred_theft")
"""
ANSWER = '{"message":"*","function":"ml.nlu_classifier","answer":{"intents":[%s]}}'
THEFT = ANSWER % '{"name":"cred_theft","confidence":"high"}'
NOTHING = ANSWER % ""
PATIENT = Policy(awaits=("ml.*", "message-truncated"), meanwhile="hold")
Letter = Callable[..., bytes]


@pytest.fixture
def rules(tmp_path: Path) -> str:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "theft.yml").write_text(RULE)
    return str(folder)


@pytest.fixture
def engine(tmp_path: Path, rules: str, acme: Tenant) -> Iterator[Engine]:
    wanted = Settings(rules=(rules,), own_rules=False, policy=PATIENT)
    with Engine.open(tmp_path / "state", settings=wanted, tenant=acme) as opened:
        yield opened


def test_what_is_missing_and_what_it_could_change_is_said_and_mail_held(
    engine: Engine, letter: Letter
) -> None:
    decision = engine.decide(letter(), received_at=AT)
    assert decision.incomplete == Incomplete(
        missing=("ml.nlu_classifier",), lowest=-4_000, highest=2_600, gravest=Verdict.MALICIOUS
    )
    assert (decision.verdict, decision.action) == (Verdict.BENIGN, Action.HOLD)
    line = decision.attribution[-1]
    assert line.why == "waits for ml.nlu_classifier; meanwhile hold, says the platform"
    assert sum(one.log_odds for one in decision.attribution) == decision.log_odds


@pytest.mark.parametrize(
    ("answer", "verdict", "action"),
    [(THEFT, Verdict.MALICIOUS, Action.QUARANTINE), (NOTHING, Verdict.BENIGN, Action.DELIVER)],
)
def test_when_it_arrives_it_is_decided_anew_and_names_the_earlier_entry(
    engine: Engine, letter: Letter, answer: str, verdict: Verdict, action: Action, acme: Tenant
) -> None:
    first = engine.decide(letter(), received_at=AT, recipients=["ben.okoye@acme.example"])
    of_another = '{"message":"00","function":"ml.nlu_classifier","unknown":["x"]}'
    now = engine.decide_again(first.id, letter(), [of_another, "", answer])
    assert (now.verdict, now.action, now.incomplete) == (verdict, action, None)
    entry = engine.find(now.id)
    assert entry is not None
    assert (entry.supersedes, entry.answers) == (first.id, (answer,))
    assert entry.told.recipients == ("ben.okoye@acme.example",)
    assert engine.find(first.id) is not None
    replayed = AsThen(engine.bundle, acme).replay(entry, letter(), engine.digests("acme"))
    assert (replayed.how, replayed.differences) == (How.RECOMPUTED, ())
    assert engine.decide_again(now.id, letter()).id == now.id


def test_what_is_decided_anew_must_be_the_same_message(engine: Engine, letter: Letter) -> None:
    first = engine.decide(letter(), received_at=AT)
    with pytest.raises(UsageError, match="another message"):
        engine.decide_again(first.id, letter(body="Something else."), [THEFT])
    with pytest.raises(UsageError, match="no entry 0123"):
        engine.decide_again("0123", letter(), [THEFT])
    with pytest.raises(UsageError, match="is not kept: name its file"):
        engine.decide_again(first.id, None, [THEFT])
    with pytest.raises(RecordingError):
        engine.decide_again(first.id, letter(), ["not a line"])


def test_a_message_that_is_kept_need_not_be_named(
    tmp_path: Path, rules: str, letter: Letter
) -> None:
    wanted = Settings(rules=(rules,), own_rules=False, policy=PATIENT, keep_messages=True)
    with Engine.open(tmp_path / "state", settings=wanted) as engine:
        first = engine.decide(letter(), received_at=AT)
        assert engine.decide_again(first.id, answers=[THEFT]).verdict is Verdict.MALICIOUS


def test_what_was_cut_is_still_cut_when_answers_arrive(engine: Engine, letter: Letter) -> None:
    first = engine.consider(Mail(raw=letter(), received_at=AT, truncated_from=10**9))
    engine.record([first])
    now = engine.decide_again(first.id, letter(), [NOTHING])
    assert now.incomplete is not None
    assert now.incomplete.missing == ("message-truncated",)
    assert (now.action, now.defects) == (Action.HOLD, first.decision.defects)


def test_nothing_is_decided_anew_for_another_tenant(
    engine: Engine, acme: Tenant, letter: Letter
) -> None:
    other = Tenant(name="beta", domains=("beta.example",))
    first = engine.decide(letter(), received_at=AT, tenant=other)
    with pytest.raises(UsageError, match="is of tenant beta, not acme"):
        engine.decide_again(first.id, letter(), [THEFT])
    assert first.tenant == "beta"
    with pytest.raises(UsageError, match="is of tenant beta, not acme"):
        engine.decide_again(first.id, letter(), [THEFT], tenant=acme)
    now = engine.decide_again(first.id, letter(), [THEFT], tenant=other)
    assert (now.tenant, now.verdict) == ("beta", Verdict.MALICIOUS)
    own = engine.decide(letter(), received_at=AT)
    assert (own.tenant, own.verdict) == ("acme", Verdict.BENIGN)


def test_a_message_that_was_cut_could_be_anything(engine: Engine, letter: Letter) -> None:
    entry = engine.consider(Mail(raw=letter(), received_at=AT, truncated_from=10**9))
    found = entry.decision.incomplete
    assert found is not None
    assert found.missing == ("message-truncated", "ml.nlu_classifier")
    assert (found.highest, found.gravest) == (None, Verdict.MALICIOUS)


def test_a_denial_of_a_rule_that_waits_is_in_the_bounds(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "theft.yml").write_text(RULE.replace("critical", "low"))
    wanted = Settings(
        rules=(str(folder),), own_rules=False, policy=PATIENT, state=str(tmp_path / "state")
    )
    with Engine.open(settings=wanted, tenant=acme) as engine:
        (rule,) = engine.bundle.rules
        assert _could(engine, letter()) == (-3_100, Verdict.BENIGN)
    denial = AllowEntry(
        effect="deny",
        kind=EntryKind.RULE,
        value=rule.name,
        owner="kim",
        reason="never",
        created=AT - timedelta(days=1),
    )
    change_allow_list(
        tmp_path / "state", "acme", lambda old: replace(old, entries=(*old.entries, denial))
    )
    with Engine.open(settings=wanted, tenant=acme) as engine:
        assert _could(engine, letter()) == (2_000, Verdict.MALICIOUS)
        first = engine.decide(letter(), received_at=AT)
        assert first.action is Action.HOLD
        then = engine.decide_again(first.id, letter(), [THEFT])
        assert (then.log_odds, then.verdict) == (2_000, Verdict.MALICIOUS)


def _could(engine: Engine, raw: bytes) -> tuple[int | None, Verdict]:
    found = engine.could_become(Mail(raw=raw, received_at=AT))[ORGANISATION]
    return found.highest, found.gravest


def test_each_scope_says_what_is_done_meanwhile(
    tmp_path: Path, rules: str, acme: Tenant, letter: Letter
) -> None:
    groups = (
        Group(name="urgent", members=("ada.marsh@acme.example",), meanwhile="deliver"),
        Group(name="watched", members=("abuse@acme.example",), watch_only=True),
    )
    wanted = Settings(rules=(rules,), own_rules=False, policy=PATIENT)
    with Engine.open(settings=wanted, tenant=replace(acme, groups=groups)) as engine:
        each = engine.decide_each(
            letter(),
            recipients=[f"{one}@acme.example" for one in ("ada.marsh", "ben.okoye", "abuse")],
        )
    assert [(one.scope, one.action) for one in each] == [
        (ORGANISATION, Action.HOLD),
        ("group urgent", Action.DELIVER),
        ("group watched", Action.DELIVER),
    ]
    assert all(one.incomplete for one in each)


def test_what_nobody_awaits_is_undecided_and_no_more(
    tmp_path: Path, rules: str, letter: Letter
) -> None:
    with Engine.open(settings=Settings(rules=(rules,), own_rules=False)) as engine:
        decision = engine.decide(letter())
        assert decision.undecided
        assert (decision.incomplete, decision.action) == (None, Action.DELIVER)
        could = engine.could_become(Mail(raw=letter()))
        assert could[ORGANISATION].highest == 2_600


def test_the_command_line_says_what_is_awaited_and_takes_the_answer(
    tmp_path: Path, rules: str, letter: Letter, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chaffinch.toml").write_text(
        f'rules = ["{rules}"]\nown_rules = false\nstate = "state"\n'
        '[policy]\nawaits = ["ml.*"]\nmeanwhile = "hold"\n'
    )
    mail, answers = tmp_path / "a.eml", tmp_path / "answers.jsonl"
    mail.write_bytes(letter())
    answers.write_text(f'{{"schema":1}}\n{THEFT}\n')
    where = ("--settings", str(tmp_path / "chaffinch.toml"))
    assert main(["scan", str(mail), *where]) == 0
    capsys.readouterr()
    assert main(["explain", str(mail), *where]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "waits for ml.nlu_classifier: the score lies between -4000 and +2600" in said
    assert main(["scan", str(mail), *where, "--format", "jsonl"]) == 0
    row = capsys.readouterr().out
    name = row.partition('"id":"')[2].partition('"')[0]
    again = ("entries", "again", name, str(mail), *where)
    assert main([*again]) == 1
    assert "nothing changed" in capsys.readouterr().out
    assert main([*again, "--answers", str(answers)]) == 0
    assert "malicious, quarantine" in capsys.readouterr().out
    assert main(["entries", "again", "ffff", str(mail), *where]) == 2
