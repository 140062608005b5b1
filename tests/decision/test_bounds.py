"""Whatever answers arrive, score, verdict and action lie within what was said of them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import STRICTNESS, Action, Cause, Severity, Verdict
from chaffinch.decision.allow.applying import Ruled, ruled
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.bounds import GRAVITY, Awaited, Weighing, reach
from chaffinch.decision.incomplete import weigh_awaiting
from chaffinch.decision.policy import weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
HOUR = 3_600_000
ACME = Tenant(name="acme", domains=("acme.example",), boundary=("mx1.acme.example",))
LETTER = """Authentication-Results: mx1.acme.example; spf={spf} smtp.mailfrom=x@stone.example;
\tdmarc={spf} header.from=stone.example
Received: from out.stone.example (out.stone.example [192.0.2.1])
\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000
From: Mia Stone <mia@stone.example>
To: Ben Okoye <ben.okoye@acme.example>
Subject: Order 12
Message-ID: <1@stone.example>
Date: Mon, 15 Jun 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

The parts come on Friday.
"""


def evidence(*, spf: str, history: bool = False, raw: str = LETTER) -> Evidence:
    """A letter of Mia's, to whom Ben has written if there is a history."""
    message = parse(raw.format(spf=spf).encode(), tenant=ACME, received_at=AT)
    if not history:
        return Evidence(message, None, shipped())
    seen, store = observe(message), MemoryProfileStore()
    lessons = [
        Observation(
            delivery_id=str(number),
            at=seen.at - 3 * HOUR * (number + 1),
            outbound=True,
            sender="ben.okoye@acme.example",
            domain="acme.example",
            recipients=("mia@stone.example",),
            authenticated=True,
            is_proven_ours=True,
        )
        for number in range(160)
    ]
    store.learn([(number + 1, "acme", one) for number, one in enumerate(lessons)])
    return Evidence(message, around(store, "acme", seen, seen.at), shipped())


LETTERS = {
    "of a stranger": evidence(spf="none"),
    "proven": evidence(spf="pass"),
    "waited for": evidence(spf="pass", history=True),
    "without a word": Evidence(parse(b"\n", tenant=ACME), None, shipped()),
}
NAMES = "abcdefgh"


def finding(name: str, severity: Severity, cause: Cause, kind: str) -> Finding:
    labels = Labels(cause=cause, kind=kind)  # type: ignore[arg-type]
    return Finding(detector=name, title=name, origin="t", severity=severity, labels=labels)


def entry(effect: str, kind: EntryKind, value: str) -> AllowEntry:
    return AllowEntry(
        effect=effect,  # type: ignore[arg-type]
        kind=kind,
        value=value,
        sender="mia@stone.example" if effect == "allow" else "",
        owner="kim",
        reason="why",
        created=AT - timedelta(days=1),
    )


FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from(NAMES),
        st.sampled_from(Severity),
        st.sampled_from(Cause),
        st.sampled_from(("attack", "attack", "spam", "spam", "graymail")),
    ),
    max_size=7,
    unique_by=lambda one: one.detector,
)
ENTRIES = st.lists(
    st.builds(
        entry, st.sampled_from(("allow", "deny")), st.just(EntryKind.RULE), st.sampled_from(NAMES)
    )
    | st.just(entry("allow", EntryKind.ADDRESS, "mia@stone.example")),
    max_size=2,
)
POLICIES = st.builds(
    lambda actions, low, gap, prior, rho, watch: Policy(
        actions=actions,
        suspicious_from=low,
        malicious_from=low + gap,
        prior=prior,
        rho=rho,
        watch_only=watch,
        meanwhile="hold",
    ),
    st.just({}) | st.dictionaries(st.sampled_from(Verdict), st.sampled_from(Action)),
    st.sampled_from((0, 0, -2_000)),
    st.sampled_from((0, 2_000)),
    st.sampled_from((-4_000, -1_000)),
    st.sampled_from((0.5, 1.0)),
    st.sampled_from((False, False, False, True)),
)
MIXED = [
    finding("a", Severity.CRITICAL, Cause.LINK, "attack"),
    finding("b", Severity.CRITICAL, Cause.REQUEST, "spam"),
    finding("c", Severity.MEDIUM, Cause.IDENTITY, "spam"),
]


@settings(max_examples=300)
@given(FINDINGS, st.integers(0, 3), st.sampled_from(sorted(LETTERS)), ENTRIES, POLICIES)
@example(MIXED, 0, "of a stranger", [], Policy(meanwhile="hold"))
@example(MIXED[:1], 0, "of a stranger", [entry("deny", EntryKind.RULE, "a")], Policy())
def test_whatever_arrives_lies_within_what_was_said(
    findings: list[Finding], known: int, letter: str, entries: list[AllowEntry], policy: Policy
) -> None:
    message = LETTERS[letter]
    found, waiting = findings[:known], findings[known:]

    def those_of(some: Sequence[Finding]) -> tuple[Ruled, ...]:
        return ruled(entries, message.message, observe(message.message), some)

    waits = Awaited(missing=("x",), findings=tuple(waiting), entries=those_of(findings))
    judgement = Judgement(tuple(found))
    now = weigh(judgement, message, policy, those_of(found))
    least = Weighing(judgement.findings, message, policy, those_of(found), ORGANISATION)
    far = reach(least, now, waits)
    assert far.highest is not None
    kept = []
    for choice in product((False, True), repeat=len(waiting)):
        some = (*found, *(one for one, fires in zip(waiting, choice, strict=True) if fires))
        then = weigh(Judgement(some), message, policy, those_of(some))
        assert now.log_odds <= then.log_odds <= far.highest
        assert GRAVITY[then.verdict] <= GRAVITY[far.gravest]
        assert STRICTNESS[then.action] <= STRICTNESS[far.strictest]
        kept.append(STRICTNESS[then.action] > STRICTNESS[Action.BANNER])
    meanwhile = weigh_awaiting(judgement, message, policy, those_of(found), ORGANISATION, waits)
    if any(kept) and not kept[0] and policy.meanwhile == "hold":
        assert meanwhile.action is Action.HOLD
    assert meanwhile.incomplete is not None
    assert meanwhile.incomplete.gravest is far.gravest


def test_spam_alone_never_becomes_an_attack() -> None:
    least = Weighing((), LETTERS["of a stranger"], Policy(), (), ORGANISATION)
    now = least.opinion()
    far = reach(least, now, Awaited(missing=("x",), findings=tuple(MIXED[1:])))
    assert (far.gravest, far.strictest) == (Verdict.SPAM, Action.JUNK)
    assert far.highest is not None
    assert far.highest > Policy().malicious_from


def test_an_attack_that_spam_would_outweigh_may_come_without_it() -> None:
    least = Weighing((), LETTERS["of a stranger"], Policy(), (), ORGANISATION)
    then = least.more(MIXED, ()).opinion()
    far = reach(least, least.opinion(), Awaited(missing=("x",), findings=tuple(MIXED)))
    assert then.verdict is Verdict.SPAM
    assert (far.gravest, far.strictest) == (Verdict.MALICIOUS, Action.QUARANTINE)
