"""Decisions that wait: what they wait for, what it could change, and what comes of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chaffinch import Engine, Tenant
from chaffinch.core.errors import RecordingError, UsageError
from chaffinch.core.vocabulary import Action, Cause, Severity, Verdict
from chaffinch.core.wishes import Group
from chaffinch.decision.decision import Incomplete
from chaffinch.decision.incomplete import Awaited, weigh_awaiting
from chaffinch.decision.policy import weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.engine.journey import Mail
from chaffinch.engine.settings import Settings
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.replay.as_then import AsThen, How
from chaffinch.signals.evidence import Evidence
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


def test_nothing_is_decided_anew_for_another_tenant(engine: Engine, letter: Letter) -> None:
    other = Tenant(name="beta", domains=("beta.example",))
    first = engine.decide(letter(), received_at=AT, tenant=other)
    with pytest.raises(UsageError, match="is of tenant beta, not acme"):
        engine.decide_again(first.id, letter(), [THEFT])
    assert first.tenant == "beta"


def test_a_message_that_was_cut_could_be_anything(engine: Engine, letter: Letter) -> None:
    entry = engine.consider(Mail(raw=letter(), received_at=AT, truncated_from=10**9))
    found = entry.decision.incomplete
    assert found is not None
    assert found.missing == ("message-truncated", "ml.nlu_classifier")
    assert (found.highest, found.gravest) == (None, Verdict.MALICIOUS)


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


FINDINGS = st.lists(
    st.builds(
        lambda name, severity, cause, kind: Finding(
            detector=name,
            title=name,
            origin="t",
            severity=severity,
            labels=Labels(cause=cause, kind=kind),
        ),
        st.sampled_from("abcdef"),
        st.sampled_from(Severity),
        st.sampled_from(Cause),
        st.sampled_from(("attack", "spam", "graymail")),
    ),
    max_size=3,
)
EVIDENCE = Evidence(parse(b"From: a@b.example\nTo: x@acme.example\n\nNews\n"), None, shipped())


@settings(max_examples=60)
@given(FINDINGS, FINDINGS)
def test_whatever_arrives_lies_within_what_was_said(
    found: list[Finding], waiting: list[Finding]
) -> None:
    waits = Awaited(missing=("x",), findings=tuple(waiting))
    given_now = Judgement(tuple(found))
    said = weigh_awaiting(given_now, EVIDENCE, Policy(), (), ORGANISATION, waits).incomplete
    assert said is not None
    assert said.highest is not None
    for choice in product((False, True), repeat=len(waiting)):
        fired = [one for one, fires in zip(waiting, choice, strict=True) if fires]
        then = weigh(Judgement((*found, *fired)), EVIDENCE, Policy())
        assert said.lowest <= then.log_odds <= said.highest
    assert weigh(given_now, EVIDENCE, Policy()).log_odds == said.lowest
