"""Mail that business waits for is warned of, not kept back; what makes it dangerous voids that."""

from datetime import UTC, datetime, timedelta

import pytest

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Action, Cause, Goal, Severity, Verdict
from chaffinch.decision.brake import AWAITED, CREDENTIAL_TALK, LINKS, VOIDING
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import Lists, shipped
from chaffinch.message.parse import parse
from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.observe import observe
from chaffinch.signals.declare import catalogue
from chaffinch.signals.evidence import Evidence

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
LETTER = """Authentication-Results: mx1.acme.example; spf={spf} smtp.mailfrom=x@stone.example;
\tdmarc={spf} header.from=stone.example
Received: from out.stone.example (out.stone.example [192.0.2.1])
\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000
From: Mia Stone <mia@stone.example>
To: Ben Okoye <ben.okoye@acme.example>
{more}Subject: Order 12
Message-ID: <1@stone.example>
Date: Mon, 15 Jun 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

{body}
"""


def grave(cause: Cause = Cause.REQUEST, goal: Goal = Goal.NONE) -> Finding:
    labels = Labels(cause=cause, goal=goal)
    return Finding(detector="g", title="g", origin="t", severity=Severity.CRITICAL, labels=labels)


def opinion(
    tenant: Tenant,
    *,
    body: str = "The parts come on Friday.",
    more: str = "",
    spf: str = "pass",
    found: Finding | None = None,
    lists: Lists | None = None,
    writes_to: str = "mia@stone.example",
) -> Opinion:
    """A grave finding on Mia's mail, after weeks in which Ben wrote to somebody."""
    store, step = MemoryProfileStore(), timedelta(hours=3)
    store.learn(
        [(n + 1, tenant.name, lesson(AT - step * (n + 1), n, writes_to)) for n in range(160)]
    )
    raw = LETTER.format(spf=spf, more=more, body=body).encode()
    message = parse(raw, tenant=tenant, received_at=AT)
    seen = observe(message)
    known = around(store, tenant.name, seen, seen.at)
    evidence = Evidence(message, known, lists or shipped())
    return weigh(Judgement((found or grave(), grave(Cause.LINK))), evidence, Policy())


def lesson(at: datetime, number: int, writes_to: str) -> Observation:
    is_ours = number % 2 == 0
    return Observation(
        delivery_id=str(number),
        at=round(at.timestamp() * 1000),
        inbound=not is_ours,
        outbound=is_ours,
        sender="ben.okoye@acme.example" if is_ours else "news@filler.example",
        domain="acme.example" if is_ours else "filler.example",
        recipients=(writes_to,) if is_ours else ("ben.okoye@acme.example",),
        authenticated=True,
        is_proven_ours=is_ours,
    )


def line(found: Opinion) -> str | None:
    lines = [part for part in found.attribution if part.part == "brake"]
    assert all(part.log_odds == 0 for part in lines)
    return lines[0].why if lines else None


def test_the_action_is_softened_and_the_score_stays(acme: Tenant) -> None:
    found = opinion(acme)
    assert (found.verdict, found.action) == (Verdict.MALICIOUS, Action.BANNER)
    assert line(found) == "we have written to this address before: banner instead of quarantine"
    assert found.log_odds == sum(part.log_odds for part in found.attribution)


def test_a_stranger_and_the_unproven_are_not_awaited(acme: Tenant) -> None:
    for found in (opinion(acme, writes_to="max@other.example"), opinion(acme, spf="fail")):
        assert (found.action, line(found)) == (Action.QUARANTINE, None)


@pytest.mark.parametrize(
    ("case", "why"),
    [
        ({"body": "Our bank details have changed; see below."}, "it announces new bank details"),
        ({"more": "Reply-To: mia@evil.example\n"}, "answers go to another organisation"),
        (
            {"body": "Verify your account at https://a.example/x now."},
            "it links to something and speaks of accounts or signing in",
        ),
        ({"found": grave(Cause.ATTACHMENT)}, "a file is found dangerous"),
        ({"found": grave(goal=Goal.CREDENTIALS)}, "it is found to be after credentials"),
        (
            {"body": "Pay to GB33BUKB20201555555555 from now on."},
            "it names an account nobody ever named",
        ),
        (
            {"lists": Lists({}), "more": "Cc: Mia Stone <mia@st0ne.example>\n"},
            "nothing can tell whether somebody in the conversation was replaced",
        ),
    ],
)
def test_what_makes_it_dangerous_voids_it(acme: Tenant, case: dict[str, object], why: str) -> None:
    found = opinion(acme, **case)  # type: ignore[arg-type]
    assert found.action is Action.QUARANTINE
    assert line(found) == f"we have written to this address before, but the brake is void: {why}"


def test_every_signal_it_asks_for_is_there() -> None:
    assert {*AWAITED, *VOIDING, *CREDENTIAL_TALK, LINKS} <= set(catalogue())
