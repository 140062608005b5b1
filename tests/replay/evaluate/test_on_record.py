"""Decisions on record against labels: counted once, by what was known at the time."""

import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.stores.ledgers import entry as made

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import STRICTNESS, Action, Verdict
from chaffinch.core.wishes import Group
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import SOURCES, Label, LabelOf, resolved, subjects_of
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.replay.disruption import Held
from chaffinch.replay.evaluate.figures import evaluation
from chaffinch.replay.evaluate.on_record import LeftOut, on_record
from chaffinch.surfaces.cli.main import main

DAY = 86_400_000
VERDICTS = [one for one in Verdict if one is not Verdict.UNDECIDED]


def named(
    number: int, delivery: str, verdict: Verdict, scope: str, action: Action, erased_at: int | None
) -> Entry:
    """An entry of one of few deliveries and scopes."""
    entry = made(number)
    decision = replace(
        entry.decision, id=f"e{number}", tenant="acme", delivery_id=delivery, verdict=verdict,
        scope=scope, action=action,
    )  # fmt: skip
    content = replace(entry.observation.content, campaigns=("t1",) if number % 2 else ())
    seen = replace(entry.observation, content=content)
    return replace(entry, decision=decision, observation=seen, erased_at=erased_at)


RECORDS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(Verdict),
        st.sampled_from(["organisation", "group a"]),
        st.sampled_from(Action),
        st.sampled_from([None, None, None, 7]),
    ),
    min_size=1,
    max_size=6,
).map(lambda many: [named(number, *one) for number, one in enumerate(many)][::-1])


@st.composite
def labelled(draw: st.DrawFn) -> tuple[list[Entry], list[Label]]:
    """Entries, the latest first, and labels of some of them."""
    records = draw(RECORDS)
    subjects = [one for entry in records for one in subjects_of(entry)]
    told = draw(
        st.lists(
            st.tuples(
                st.sampled_from(subjects), st.sampled_from(VERDICTS),
                st.sampled_from(["analyst", "reader"]), st.integers(0, 30), st.integers(0, 30),
            ),
            max_size=6,
        )
    )  # fmt: skip
    return records, [
        Label(
            tenant="acme", of=of, subject=subject, verdict=verdict, source=SOURCES[source],
            true_at=since * DAY, recorded_at=recorded * DAY,
        )
        for (of, subject), verdict, source, since, recorded in told
    ]  # fmt: skip


@given(labelled(), st.integers(0, 60), st.booleans())
def test_each_delivery_counts_once_by_its_strictest_latest_decision_with_a_label(
    case: tuple[list[Entry], list[Label]], days: int, is_mature_only: bool
) -> None:
    records, labels = case
    found = on_record(records, labels, days * DAY, is_mature_only=is_mature_only)
    again = on_record(records[::-1], labels, days * DAY, is_mature_only=is_mature_only)
    assert {one.truth.path for one in again.outcomes} == {one.truth.path for one in found.outcomes}
    assert again.left_out == found.left_out, "the order of entries does not matter"
    assert len(found.outcomes) + sum(found.left_out.values()) == len(records)
    told = [(one, expected(one, labels, days * DAY, is_mature_only)) for one in records]
    reasons = Counter(why for _, why in told if isinstance(why, LeftOut))
    assert {why: found.left_out.get(why, 0) for why in reasons} == reasons
    counted = {one.truth.path: one for one in found.outcomes}
    assert len(counted) == len(found.outcomes)
    for delivery in {one.decision.delivery_id for one in records}:
        usable = [
            (one, truth)
            for one, truth in told
            if one.decision.delivery_id == delivery and not isinstance(truth, LeftOut)
        ]
        latest = {one.decision.scope: (one, truth) for one, truth in reversed(usable)}
        chosen = [(one, truth) for one, truth in latest.values() if one.id in counted]
        assert len(chosen) == bool(latest)
        assert sum(one.id in counted for one, _ in usable) == len(chosen)
        for one, truth in chosen:
            outcome = counted[one.id]
            assert (outcome.truth.is_unwanted, outcome.truth.kind) == (truth in UNWANTED, truth)
            assert (outcome.verdict, outcome.fewest) == (one.decision.verdict, None)
            assert all(
                STRICTNESS[one.decision.action] >= STRICTNESS[other.decision.action]
                for other, _ in latest.values()
            )


@given(st.integers(1, 4), st.integers(0, 3), st.randoms(use_true_random=False))
def test_what_was_decided_again_counts_by_its_last_decision(
    times: int, labelled_turn: int, chance: random.Random
) -> None:
    """Whichever of them the label is of: all are of one message, and arrived at one time."""
    turns = [named(0, "a", Verdict.BENIGN, "organisation", Action.DELIVER, None)]
    for turn in range(1, times):
        decision = replace(turns[0].decision, id=f"again{turn}", verdict=Verdict.MALICIOUS)
        turns.append(replace(turns[0], decision=decision, supersedes=turns[-1].id))
    of = turns[min(labelled_turn, times - 1)]
    said = Label(
        tenant="acme", of=LabelOf.ENTRY, subject=of.id, verdict=Verdict.MALICIOUS,
        source=SOURCES["analyst"], true_at=0, recorded_at=0,
    )  # fmt: skip
    found = on_record(chance.sample(turns, times), [said], 90 * DAY)
    if of is turns[-1] or times > 1:
        assert [one.truth.path for one in found.outcomes] == [turns[-1].id]
    assert sum(found.left_out.values()) == times - 1


UNWANTED = {Verdict.SPAM, Verdict.SUSPICIOUS, Verdict.MALICIOUS}


def expected(
    entry: Entry, labels: Sequence[Label], at: int, is_mature_only: bool
) -> Verdict | LeftOut:
    about = [one for one in labels if (one.of, one.subject) in subjects_of(entry)]
    told = resolved(about, at)
    if entry.erased_at is not None:
        return LeftOut.ERASED
    if told is None:
        return LeftOut.UNLABELLED
    if told.verdict is None:
        return LeftOut.DISPUTED
    if told.verdict is Verdict.SIMULATION:
        return LeftOut.EXERCISE
    return told.verdict if told.is_mature or not is_mature_only else LeftOut.IMMATURE


def test_another_tenants_label_says_nothing() -> None:
    entry = named(0, "a", Verdict.BENIGN, "organisation", Action.DELIVER, None)
    theirs = Label(
        tenant="other", of=LabelOf.ENTRY, subject=entry.id, verdict=Verdict.SPAM,
        source=SOURCES["analyst"], true_at=0, recorded_at=0,
    )  # fmt: skip
    found = on_record([entry], [theirs], DAY)
    assert (found.outcomes, found.left_out) == ((), {LeftOut.UNLABELLED: 1})


def test_benign_mail_is_held_until_somebody_says_that_it_is_benign() -> None:
    entry = named(0, "a", Verdict.MALICIOUS, "organisation", Action.QUARANTINE, None)
    arrived = entry.observation.at
    said = [
        Label(
            tenant="acme", of=LabelOf.ENTRY, subject=entry.id, verdict=Verdict.BENIGN,
            source=SOURCES[source], true_at=arrived, recorded_at=arrived + hours * 3_600_000,
        )
        for source, hours in (("analyst", 3), ("reader", 5))
    ]  # fmt: skip
    found = on_record([entry], said, arrived + 90 * DAY)
    (outcome,) = found.outcomes
    assert outcome.held == Held(recipients=1, weight=1, hours=3.0, is_known=True)
    assert evaluation(found.outcomes).by_message.disruption.recipient_hours == 3.0


def test_what_was_said_of_a_campaign_before_a_message_came_released_nobody() -> None:
    entry = named(1, "a", Verdict.MALICIOUS, "organisation", Action.QUARANTINE, None)
    arrived = entry.observation.at
    said = Label(
        tenant="acme", of=LabelOf.CAMPAIGN, subject="t1", verdict=Verdict.BENIGN,
        source=SOURCES["analyst"], true_at=arrived - 90 * DAY, recorded_at=arrived - DAY,
    )  # fmt: skip
    (outcome,) = on_record([entry], [said], arrived + DAY).outcomes
    assert outcome.held == Held(recipients=1, weight=1, hours=8, is_known=False)
    later = replace(said, source=SOURCES["reader"], recorded_at=arrived + 2 * 3_600_000)
    (outcome,) = on_record([entry], [said, later], arrived + DAY).outcomes
    assert outcome.held == Held(recipients=1, weight=1, hours=2, is_known=True)


def test_who_gets_the_mail_by_a_milder_decision_is_kept_from_nothing() -> None:
    tenant = Tenant(
        name="acme",
        domains=("acme.example",),
        groups=(Group(name="a", members=("kim@acme.example",), watch_only=False),),
    )
    records = [
        named(number, "a", verdict, scope, action, None)
        for number, (verdict, scope, action) in enumerate(
            [(Verdict.SPAM, "group a", Action.JUNK), (Verdict.BENIGN, ORGANISATION, Action.DELIVER)]
        )
    ]
    both = ("kim@acme.example", "lee@acme.example")
    records = [
        replace(one, observation=replace(one.observation, mailboxes=both)) for one in records
    ]
    said = [
        Label(
            tenant="acme", of=LabelOf.DELIVERY, subject="a", verdict=Verdict.BENIGN,
            source=SOURCES["analyst"], true_at=0, recorded_at=0,
        )
    ]  # fmt: skip
    (outcome,) = on_record(records, said, 90 * DAY, tenant).outcomes
    assert outcome.held == Held(recipients=1, weight=1, hours=24)


Letter = Callable[..., bytes]
TROUBLE = "Your account has been suspended. Please verify it: https://portal.elsewhere.test/start"


@pytest.fixture
def state(tmp_path: Path, letter: Letter, capfd: pytest.CaptureFixture[str]) -> Path:
    """A state with one flagged attack and two benign messages, one of them without a label."""
    mail = tmp_path / "mail"
    mail.mkdir()
    (mail / "a.eml").write_bytes(letter(sender="S <s@stranger.example>", body=TROUBLE, number=1))
    (mail / "b.eml").write_bytes(letter(number=2))
    (mail / "c.eml").write_bytes(letter(number=3))
    where = tmp_path / "state"
    assert main(["scan", str(mail), "--state", str(where), "--format", "jsonl"]) == 0
    rows = {
        Path(one["path"]).name: one
        for one in map(json.loads, capfd.readouterr().out.split("\n")[:-1])
    }
    for name, verdict in (("a.eml", "malicious"), ("b.eml", "benign")):
        more = ("--state", str(where), "--now", "2026-06-20")
        assert main(["label", "add", rows[name]["id"], verdict, *more]) == 0
    capfd.readouterr()
    return where


Evaluate = Callable[..., tuple[int, str, str]]


@pytest.fixture
def evaluate(capfd: pytest.CaptureFixture[str]) -> Evaluate:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["evaluate", *map(str, arguments)])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


def test_a_ledger_is_held_against_its_labels(evaluate: Evaluate, state: Path) -> None:
    code, shown, _ = evaluate(state, "--labels-as-of", "2026-08-01", "--format", "json")
    assert code == 0
    found = json.loads(shown)
    assert (found["messages"], found["left_out"]) == (2, {"no label is known": 1})
    (only,) = found["evaluations"].values()
    quality = only["by_message"]["quality"]
    assert Counter({one: quality[one]["hits"] for one in quality}) == Counter(
        recall=1, false_positives=0, precision=1
    )
    assert only["by_campaign"]["quality"]["recall"]["total"] == 1
    assert only["detectors"]["credentials/account-wording"]["quality"]["recall"]["hits"] == 1
    assert only["kinds"]["malicious"]["hits"] == 1
    text = evaluate(state / "ledger.sqlite", "--labels-as-of", "2026-08-01")[1]
    assert "2 messages, as it was decided" in text
    assert "1 entries without a usable label were left out (1: no label is known)" in text


def test_what_lies_in_an_archive_counts_too(
    evaluate: Evaluate, state: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = (state, "--labels-as-of", "2026-08-01", "--format", "json")
    before = evaluate(*asked)
    archive = str(tmp_path / "archive")
    assert main(["entries", "archive", archive, "--remove", "--state", str(state)]) == 0
    assert "3 taken out of the ledger" in capfd.readouterr().out
    assert evaluate(*asked) == before


def test_labels_count_as_they_were_known_and_when_they_are_ripe(
    evaluate: Evaluate, state: Path
) -> None:
    asked = ("--format", "json", "--labels-as-of")
    code, _, said = evaluate(state, *asked, "2026-06-19")
    assert (code, "no decision can be held against a label: no label is known (3)" in said) == (
        2,
        True,
    )
    early = json.loads(evaluate(state, *asked, "2026-06-21")[1])
    assert early["left_out"] == {"no label is known": 1, "its label may still turn": 1}
    whole = json.loads(evaluate(state, *asked, "2026-06-21", "--with-immature")[1])
    assert whole["messages"] == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--equalise",), "an entry keeps no message"),
        (("--learn",), "an entry keeps no message"),
        (("elsewhere",), "name one ledger and nothing beside it"),
    ],
)
def test_what_a_ledger_cannot_tell_is_refused(
    evaluate: Evaluate, state: Path, more: tuple[str, ...], said: str
) -> None:
    code, shown, error = evaluate(state, *more)
    assert (code, shown, said in error) == (2, "", True)


def test_a_ledger_without_labels_says_where_they_come_from(evaluate: Evaluate, state: Path) -> None:
    (state / "labels.sqlite").unlink()
    code, _, said = evaluate(state)
    assert (code, "chaffinch label add makes one" in said) == (2, True)
    code, _, said = evaluate("postgres://nobody@127.0.0.1:1/x")
    assert (code, "127.0.0.1:1/x cannot be used" in said) == (2, True)
