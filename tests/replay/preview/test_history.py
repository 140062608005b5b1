"""What an entry would have changed on record, beside what it changes when mail is decided."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import FLAGGED, Cause, Severity, Verdict
from chaffinch.decision.allow.applying import Ruled, ruled
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.allow.hindsight import is_for, verdict_with
from chaffinch.decision.allow.silencing import DENIED
from chaffinch.decision.decision import Part
from chaffinch.decision.entry import Entry
from chaffinch.decision.memory_ledger import MemoryLedger
from chaffinch.decision.policy import weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.search import answers
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.entry_of import entry_of
from chaffinch.engine.journey import Case, consider, judged
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observe import observe
from chaffinch.replay.preview.attacks import mail_of
from chaffinch.replay.preview.history import asked_of, in_history
from chaffinch.signals.evidence import Evidence
from chaffinch.simulate import Plan, company, stream
from chaffinch.simulate.declare import ATTACKS

COMPANY = company(5, 12)
TENANT = Tenant(name="acme", domains=(COMPANY.domain,), boundary=(COMPANY.boundary,))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
POLICY = Policy()
Decided = list[tuple[Entry, Case]]


def entry(kind: EntryKind, value: str, **more: object) -> AllowEntry:
    told = {"owner": "Kim", "reason": "r", "created": LONG_AGO, **more}
    return AllowEntry(kind=kind, value=value, **told)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle(Settings())


@pytest.fixture(scope="module")
def decided(bundle: Bundle) -> Decided:
    """Attacks, twins and other mail as it was decided, and once more with all that is known."""
    memory = Memory(MemoryLedger(), MemoryProfileStore())
    plan = Plan(
        start=datetime(2026, 6, 1, tzinfo=UTC), days=2, seed=3, cases=len(ATTACKS),
        partition="train",
    )  # fmt: skip
    mail = [mail_of(one, TENANT) for one in stream(COMPANY, plan)]
    return [(consider(one, bundle, memory), judged(one, bundle, memory)) for one in mail]


def entries_of(case: Case) -> list[AllowEntry]:
    """Entries of every kind that a message may be of, some with pins."""
    message, seen = case.evidence.message, case.observation
    if message.sender.email is None:
        return []
    author, home = message.sender.email.email, message.sender.email.domain.domain
    every = tuple(Cause)
    found = [
        entry(EntryKind.ADDRESS, author),
        entry(EntryKind.ADDRESS, author, causes=every, mailboxes=seen.mailboxes[:1]),
        entry(EntryKind.DOMAIN, home, causes=every),
        entry(EntryKind.DOMAIN, home, causes=every, signed_by=home),
        entry(EntryKind.DOMAIN, home, causes=every, through="192.0.2.0/24"),
        entry(EntryKind.DOMAIN, home, effect="deny"),
    ]
    found += [entry(EntryKind.RULE, one.detector, sender=home) for one in case.judgement.findings]
    found += [entry(EntryKind.CAMPAIGN, one, sender=home) for one in seen.content.campaigns[:2]]
    found += [entry(EntryKind.LINK_HOST, one, sender=home, causes=every) for one in seen.hosts[:2]]
    if message.headers.external_ip:
        network = f"{message.headers.external_ip}/30"
        found += [
            entry(EntryKind.NETWORK, network, sender=home, causes=every),
            entry(EntryKind.NETWORK, network, effect="deny"),
        ]
    return [replace(one, value=one.value.lower(), sender=one.sender.lower()) for one in found]


def test_hindsight_sees_all_that_applies_and_what_it_comes_to(
    decided: Decided, bundle: Bundle
) -> None:
    kinds: set[tuple[EntryKind, str]] = set()
    released = 0
    for recorded, case in decided:
        findings = case.judgement.findings
        for one in entries_of(case):
            (found,) = ruled([one], case.evidence.message, case.observation, findings)
            if not found.applies:
                continue
            assert is_for(one, recorded), (one, recorded.about)
            assert answers(recorded, asked_of(one, TENANT.name))
            kinds.add((one.kind, one.effect))
            then = weigh(case.judgement, case.evidence, bundle.policy, [found])
            told = verdict_with(one, recorded, POLICY)
            released += recorded.decision.verdict in FLAGGED and told not in FLAGGED
            if context(then.attribution) == context(recorded.decision.attribution):
                assert told is then.verdict
            else:  # what was void before speaks for it now
                assert then.log_odds < recorded.decision.log_odds
    allowed = {EntryKind.ADDRESS, EntryKind.DOMAIN, EntryKind.RULE, EntryKind.CAMPAIGN}
    assert {kind for kind, effect in kinds if effect == "allow"} >= allowed
    assert {kind for kind, effect in kinds if effect == "deny"} >= {EntryKind.NETWORK}
    assert released > 0


FINDINGS = st.lists(
    st.builds(
        lambda number, severity, cause, kind: Finding(
            detector=f"d{number}", title=f"d{number}", origin="t", severity=severity,
            labels=Labels(cause=cause, kind=kind),
        ),
        st.integers(0, 99), st.sampled_from(Severity), st.sampled_from([*Cause][:4]),
        st.sampled_from(["attack", "attack", "spam", "spam", "graymail"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda one: one.detector,
)  # fmt: skip


@given(FINDINGS, st.data())
def test_hindsight_weighs_whatever_was_found(findings: list[Finding], data: st.DataObject) -> None:
    raw = b"From: Mia <mia@stone.example>\nTo: ben@acme.example\nSubject: Pay\n\nPay today.\n"
    evidence, judgement = Evidence(parse(raw), None, shipped()), Judgement(tuple(findings))
    before = weigh(judgement, evidence, POLICY)
    recorded = entry_of(evidence, observe(evidence.message), judgement, before, {})
    rule = data.draw(st.sampled_from(findings)).detector
    causes = tuple(data.draw(st.sets(st.sampled_from(Cause), min_size=1)))
    for one in (
        entry(EntryKind.DOMAIN, "stone.example", causes=causes),
        entry(EntryKind.RULE, rule, sender="stone.example"),
    ):
        then = weigh(judgement, evidence, POLICY, [Ruled(one)])
        if before.verdict in FLAGGED:
            assert verdict_with(one, recorded, POLICY) is then.verdict


def context(parts: tuple[Part, ...]) -> list[Part]:
    return [one for one in parts if one.part == "context"]


def test_what_nobody_proved_or_others_wrote_is_not_for_it(decided: Decided) -> None:
    for recorded, case in decided:
        for one in entries_of(case):
            stranger = replace(one, sender="nobody.example")
            assert not is_for(stranger, recorded)
            if one.effect == "allow" and recorded.observation.authenticated is not True:
                assert not is_for(one, recorded)


def test_what_was_denied_or_ordered_stays(decided: Decided) -> None:
    recorded = next(one for one, _ in decided if one.decision.verdict is Verdict.MALICIOUS)
    wide = entry(EntryKind.DOMAIN, "any.example", causes=tuple(Cause))
    assert verdict_with(wide, recorded, POLICY) is not Verdict.MALICIOUS
    denial = (*recorded.decision.attribution, Part(DENIED, 0, "denied"))
    denied = replace(recorded, decision=replace(recorded.decision, attribution=denial))
    assert verdict_with(wide, denied, POLICY) is Verdict.MALICIOUS
    ordered = replace(recorded, decision=replace(recorded.decision, verdict=Verdict.SIMULATION))
    assert verdict_with(replace(wide, effect="deny"), ordered, POLICY) is Verdict.SIMULATION


def test_counts_are_those_of_what_changed(decided: Decided) -> None:
    records = [one for one, _ in decided]
    authors = {one.observation.sender for one in records if one.observation.authenticated}
    told: Mapping[str, int] = {"released": 0, "softened": 0}
    for author in sorted(filter(None, authors)):
        one = entry(EntryKind.ADDRESS, author, causes=tuple(Cause))
        found = in_history(one, records, lambda _: POLICY)
        mine = [each for each in records if is_for(one, each)]
        assert found.meant == len(mine) > 0
        assert found.released + found.softened == len(found.changed)
        assert found.released == sum(
            each.decision.verdict in FLAGGED and verdict_with(one, each, POLICY) not in FLAGGED
            for each in mine
        )
        denial = in_history(replace(one, effect="deny"), records, lambda _: POLICY)
        assert denial.denied == sum(
            each.decision.verdict not in {Verdict.MALICIOUS, Verdict.SIMULATION}
            for each in records
            if each.observation.sender == author
        )
        told = {name: told[name] + getattr(found, name) for name in told}
    assert told["released"] > 0


def test_files_are_not_told() -> None:
    found = in_history(
        entry(EntryKind.ATTACHMENT, "0" * 64, sender="stone.example"), (), lambda _: POLICY
    )
    assert not found.is_told


def test_a_damaged_network_on_record_is_none(decided: Decided) -> None:
    recorded = decided[0][0]
    seen = recorded.observation
    odd = replace(
        recorded, observation=replace(seen, transport=replace(seen.transport, relay="300.1.1.0/24"))
    )
    assert not is_for(entry(EntryKind.NETWORK, "192.0.2.0/24", effect="deny"), odd)
