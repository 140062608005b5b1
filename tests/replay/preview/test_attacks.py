"""No allow entry lets an attack through but one by a true account, at any level of spoofing."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import FLAGGED, Cause
from chaffinch.decision.allow.applying import ruled
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.policy import weigh
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.journey import Case
from chaffinch.engine.settings import Settings
from chaffinch.replay.preview.attacks import (
    OUTSIDE,
    at_its_widest,
    attacks_on,
    company_around,
    rehearsed,
    tenant_of,
)
from chaffinch.simulate import Company, Simulated
from chaffinch.simulate.declare import ATTACKS
from chaffinch.simulate.insert.insertion import SPOOFS

ACME = Tenant(name="acme", domains=("acme.example",), boundary=("mx1.acme.example",))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
SEEDS = (7, 23)
# the sender's own account, a platform's or our own form is in other hands: their mail is proven
TAKEN_OVER = {
    "contact-form-injection",
    "compromised-vendor",
    "thread-phishing",
    "lateral-phishing",
    "mailing-platform-takeover",
    "payroll-diversion",
    *(family for family in ATTACKS if family.startswith("platform-")),
}
Tried = list[tuple[Simulated, Case]]


def entry(kind: EntryKind, value: str, sender: str = "") -> AllowEntry:
    """An entry that silences everything it can."""
    return AllowEntry(
        kind=kind, value=value, sender=sender, causes=tuple(Cause), owner="Kim", reason="r",
        created=LONG_AGO,
    )  # fmt: skip


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle(Settings())


@pytest.fixture(scope="module")
def company() -> Company:
    return company_around(entry(EntryKind.DOMAIN, "stone.example"), ACME)


@pytest.fixture(scope="module")
def tried(bundle: Bundle, company: Company) -> Tried:
    """Every attack, judged with the mail of a week known."""
    tenant = tenant_of(company, ACME)
    return [one for seed in SEEDS for one in attacks_on(company, tenant, bundle, seed)]


def senders(company: Company) -> list[str]:
    """Everybody whom honest people allow."""
    contacts = [
        *(one for firm in company.vendors for one in firm.contacts),
        *(one for firm in company.customers for one in firm.contacts),
    ]
    machines = [
        *(one.address for one in company.tools),
        *(one.address for one in company.newsletters),
    ]
    people = [one.address for one in (*company.people, *contacts)]
    addresses = [*dict.fromkeys((*people, *machines))]
    return [*addresses, *dict.fromkeys(one.partition("@")[2] for one in addresses)]


def entries_against(case: Case, who: str) -> Iterator[AllowEntry]:
    """Entries of each kind for mail of a sender, with just what the attack brings."""
    message = case.evidence.message
    yield entry(EntryKind.ADDRESS if "@" in who else EntryKind.DOMAIN, who)
    if message.headers.external_ip:
        yield entry(EntryKind.NETWORK, f"{message.headers.external_ip}/32", who)
    for link in message.body.links:
        if link.href_url.domain:
            yield entry(EntryKind.LINK_HOST, link.href_url.domain.domain, who)
    for one in message.attachments:
        yield entry(EntryKind.ATTACHMENT, one.sha256, who)
    for finding in case.judgement.findings:
        yield entry(EntryKind.RULE, finding.detector, who)
    for word in case.observation.content.campaigns:
        yield entry(EntryKind.CAMPAIGN, word, who)


def test_nobody_passes_as_whom_an_entry_names(
    tried: Tried, company: Company, bundle: Bundle
) -> None:
    assert {one.truth.spoof for one, _ in tried} == {"", *SPOOFS}
    assert {one.truth.family for one, _ in tried} == set(ATTACKS)
    pool = senders(company)
    applied: set[str] = set()
    for one, case in tried:
        against = [each for who in pool for each in entries_against(case, who)]
        findings = case.judgement.findings
        found = ruled(against, case.evidence.message, case.observation, findings)
        if any(each.applies for each in found):
            applied.add(one.truth.family)
            continue
        without = weigh(case.judgement, case.evidence, bundle.policy)
        within = weigh(case.judgement, case.evidence, bundle.policy, found)
        assert (within.verdict, within.log_odds) == (without.verdict, without.log_odds)
    assert applied <= TAKEN_OVER
    assert {"compromised-vendor", "lateral-phishing"} <= applied, "the entries can apply at all"


def test_what_is_sent_again_never_passes(tried: Tried, company: Company) -> None:
    again = [(one, case) for one, case in tried if one.truth.family == "dkim-replay"]
    assert {one.truth.spoof for one, _ in again} >= set(SPOOFS)
    for _, case in again:
        message = case.evidence.message
        assert message.sender.email
        author = message.sender.email.email
        assert author in senders(company)
        assert message.headers.is_authenticated is True, "its signature is true"
        (found,) = ruled(
            [entry(EntryKind.ADDRESS, author)], message, case.observation, case.judgement.findings
        )
        assert (found.is_about, found.applies) == (True, False)


def test_a_preview_counts_what_walks_through(bundle: Bundle) -> None:
    wide = rehearsed(entry(EntryKind.DOMAIN, "stone.example"), ACME, bundle)
    assert wide.tried > len(ATTACKS)
    assert wide.tried >= wide.applied >= wide.walked_count > 0
    assert {one.family for one in wide.walked} <= TAKEN_OVER
    assert {one.seen for one in wide.walked} <= {OUTSIDE, *SPOOFS}
    usual = AllowEntry(
        kind=EntryKind.DOMAIN, value="stone.example", owner="Kim", reason="r", created=LONG_AGO
    )
    assert rehearsed(usual, ACME, bundle).walked_count <= wide.walked_count


def test_an_entry_of_a_rule_lets_through_what_rests_on_it_alone(bundle: Bundle) -> None:
    one = entry(EntryKind.RULE, "credentials/device-code", "mia@stone.example")
    found = rehearsed(one, ACME, bundle)
    assert (found.applied, found.walked) == (0, ())


@pytest.mark.parametrize(
    ("kind", "value", "silenced"),
    [
        (EntryKind.NETWORK, "192.0.2.0/24", Cause.AUTHENTICATION),
        (EntryKind.ATTACHMENT, "0" * 64, Cause.ATTACHMENT),
    ],
)
def test_what_cannot_be_simulated_is_taken_as_met(
    kind: EntryKind, value: str, silenced: Cause
) -> None:
    pinned = AllowEntry(
        kind=kind, value=value, sender="stone.example", signed_by="other.example",
        through="192.0.2.0/24", mailboxes=("ben@acme.example",), owner="Kim", reason="r",
        created=datetime(2026, 6, 1, tzinfo=UTC), expires=datetime(2026, 6, 2, tzinfo=UTC),
    )  # fmt: skip
    found = at_its_widest(pinned)
    assert (found.kind, found.value) == (EntryKind.DOMAIN, "stone.example")
    assert found.silences == (silenced,)
    assert (found.signed_by, found.through, found.mailboxes, found.expires) == ("", "", (), None)


def test_flagged_attacks_are_most(tried: Tried, bundle: Bundle) -> None:
    flagged = [
        weigh(case.judgement, case.evidence, bundle.policy).verdict in FLAGGED for _, case in tried
    ]
    assert sum(flagged) > len(flagged) // 2, "what is released can be seen"
