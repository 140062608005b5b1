"""Decisions made again from their entries: the same where nothing changed, without a peek."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.replay.altered_past import GuardedRow, Read

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Verdict
from chaffinch.core.wishes import Thresholds
from chaffinch.decision.entry import Entry, decode_entry
from chaffinch.decision.erasure import blanked
from chaffinch.decision.policy import weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail, judged
from chaffinch.message.model import Envelope
from chaffinch.profiles.row import Key, Row
from chaffinch.profiles.rowformat import Rows
from chaffinch.replay.again import Inputs, inputs_of
from chaffinch.replay.as_then import AsThen, How, weighed_again

KEPT = Path(__file__).parents[1] / "decision" / "kept"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ACME = Tenant(name="acme", domains=("acme.example",))
TRICK = (
    "Your mailbox password expires today. Sign in to keep your account: "
    "http://198.51.100.7/login?user=jane@acme.example"
)


def letter(number: int, sender: str = "Eve <eve@evil.example>", text: str = TRICK) -> bytes:
    head = f"From: {sender}\nTo: jane@acme.example\nSubject: password {number}\n"
    return f"{head}Message-ID: <{number}@x.example>\n\n{text} {number}\n".encode()


def mails() -> Iterator[Mail]:
    """Sixty of correspondents, then one with every hint, one with none, and a second copy."""
    for number in range(60):
        text = f"Dear Jane, minutes of meeting {number} are below."
        raw = letter(number, f"Bob <bob@partner{number % 3}.example>", text)
        yield Mail(
            raw=raw,
            received_at=NOON + timedelta(hours=4 * number),
            recipients=("jane@acme.example",),
        )
    envelope = Envelope(
        mail_from="bounce@evil.example", recipients=("kim@acme.example",), client_ip="192.0.2.1"
    )
    yield Mail(raw=letter(99), received_at=NOON + timedelta(days=11), envelope=envelope)
    yield Mail(raw=letter(98), mbox_date=NOON + timedelta(days=12), truncated_from=10**7)
    yield Mail(raw=letter(99), received_at=NOON + timedelta(days=13), envelope=envelope)


class Past:
    """An engine and what it decided, with the messages."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.kept: list[tuple[Entry, bytes]] = []
        for mail in mails():
            entry = engine.consider(mail)
            engine.record([entry], learn=True)
            found = engine.find(entry.id)
            assert found is not None
            self.kept.append((found, mail.raw))

    @property
    def as_then(self) -> AsThen:
        return AsThen(self.engine.bundle, ACME)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    ticks = iter(range(0, 10**12, 1_000))
    state = tmp_path_factory.mktemp("state")
    with Engine.open(state, tenant=ACME, clock=ticks.__next__) as engine:
        yield Past(engine)


def test_the_same_version_makes_the_same_decision_of_the_same_inputs(past: Past) -> None:
    digests = past.engine.digests("acme")
    verdicts = set()
    for entry, raw in past.kept:
        again = past.as_then.replay(entry, raw, digests)
        assert (again.how, again.differences) == (How.RECOMPUTED, ())
        assert again.now == entry.decision
        verdicts.add(entry.decision.verdict)
    assert len(verdicts) > 1
    assert past.kept[-1][0].as_of is not None  # the second copy was judged as of the first


def test_what_is_on_record_of_the_outcome_is_not_read(past: Past) -> None:
    """An entry that claims another outcome is found out in every part that was changed."""
    entry, raw = past.kept[60]
    assert entry.decision.findings
    decision = msgspec.structs.replace(
        entry.decision, findings=(), log_odds=-9_000, verdict=Verdict.BENIGN, attribution=()
    )
    name = next(iter(entry.signals))
    forged = msgspec.structs.replace(
        entry, decision=decision, signals={**entry.signals, name: "forged"}
    )
    again = past.as_then.replay(forged, raw, past.engine.digests("acme"))
    assert again.now == entry.decision
    found = {one.what for one in again.differences}
    assert found >= {
        "decision.findings", "decision.log_odds", "decision.verdict", "decision.attribution",
        f"signals.{name}",
    }  # fmt: skip


def test_without_the_message_or_under_other_settings_findings_are_weighed(past: Past) -> None:
    entry, raw = past.kept[60]
    digests = past.engine.digests("acme")
    gone = past.as_then.replay(entry, None, digests)
    assert (gone.how, gone.why, gone.differences) == (How.WEIGHED, "its message is not at hand", ())
    strict = Tenant(
        name="acme", domains=("acme.example",), thresholds=Thresholds(malicious_from=-9_000)
    )
    told = AsThen(past.engine.bundle, strict).replay(entry, raw, digests)
    assert (told.how, told.why) == (How.WEIGHED, "the settings of acme were others")
    assert told.now
    assert told.now.verdict is Verdict.MALICIOUS
    nobody = AsThen(past.engine.bundle, None).replay(entry, raw, digests)
    assert nobody.why == "the tenant file of acme is not given"
    bundle = msgspec.structs.replace(
        past.engine.bundle, policy=Policy(prior=-9_999), versions={"policy": "new"}
    )
    lower = AsThen(bundle, ACME).replay(entry, raw, digests)
    assert lower.how is How.WEIGHED
    assert lower.why.startswith("decided with other versions of chaffinch, lists, policy")
    assert lower.now
    assert lower.now.log_odds == entry.decision.log_odds - 5_999
    assert {one.what for one in lower.differences} >= {"attribution", "log_odds"}


def test_an_erased_entry_is_left_alone(past: Past) -> None:
    entry, raw = past.kept[60]
    again = past.as_then.replay(blanked(entry, 1), raw, past.engine.digests("acme"))
    assert (again.how, again.now) == (How.ERASED, None)


@pytest.mark.parametrize("schema", [1, 2, 3, 4])
def test_entries_of_older_schemas_weigh_to_the_same_decision(schema: int, past: Past) -> None:
    for line in (KEPT / f"schema-{schema}.jsonl").read_bytes().splitlines():
        entry = decode_entry(line)
        assert weighed_again(entry, past.engine.bundle, None) == entry.decision


def outcome(inputs: Inputs, past: Past, scope: str) -> tuple[object, ...]:
    """All that came of the inputs: what was decided, and every signal that was measured."""
    case = judged(inputs.mail, past.engine.bundle, inputs)
    policy = past.engine.bundle.policy
    opinion = weigh(case.judgement, case.evidence, policy, case.entries, scope)
    return opinion, case.judgement, case.evidence.measured()


def other_rows(key: Key, row: Row | None, rows: Rows) -> list[Row | None]:
    """Values a row might have had instead: none, nothing in it, and those of others of its kind."""
    same_kind = [one for other, one in rows if other != key and other.kind is key.kind]
    return [one for one in (None, Row(), *same_kind) if one != row]


def test_an_altered_row_alters_the_outcome_or_was_proven_not_to_be_read(past: Past) -> None:
    """Each row of each entry in turn, guarded and altered.

    What no rule and no policy reads cannot count; of what is read some alteration is seen, or every
    alteration there is leaves even the signals as they are that were measured from it.
    """
    digests, seen, unread = past.engine.digests("acme"), 0, 0
    for entry, raw in past.kept[59:61]:
        inputs, scope = inputs_of(entry, raw, ACME, digests), entry.decision.scope
        first = outcome(inputs, past, scope)
        for key, row in inputs.rows:
            others = [altered(inputs, key, one) for one in other_rows(key, row, inputs.rows)]
            is_seen = any(outcome(one, past, scope) != first for one in others)
            try:
                is_unread = outcome(altered(inputs, key, GuardedRow()), past, scope) == first
            except Read:
                is_unread = False
            assert not (is_seen and is_unread), f"{key} counts, and nobody read it"
            seen, unread = seen + is_seen, unread + is_unread
    assert seen > 5
    assert unread > 5


def altered(inputs: Inputs, key: Key, row: Row | None) -> Inputs:
    """The inputs with another value of one row."""
    rows = tuple((other, row if other == key else kept) for other, kept in inputs.rows)
    return msgspec.structs.replace(inputs, rows=rows)
