"""An ordered simulation is known by network, signature and time, all three."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chaffinch.core.tenant import Simulation, Tenant
from chaffinch.core.vocabulary import Action, Severity, Verdict
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.signals.evidence import Evidence

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ORDERED = Simulation(
    name="June exercise",
    networks=("192.0.2.0/28", "2001:db8::/32"),
    dkim=("drill.example",),
    begins=AT - timedelta(days=1),
    ends=AT + timedelta(days=1),
)
GRAVE = Finding(detector="g", title="g", origin="t", severity=Severity.CRITICAL, labels=Labels())
MAIL = """Authentication-Results: {server}; dkim={verdict} header.d={signer}
Received: from out.drill.example (out.drill.example [{address}])
\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000
From: IT <it@drill.example>
To: Ben <ben.okoye@acme.example>
Subject: Password
X-Phish-Test: yes
Message-ID: <1@drill.example>
Date: Mon, 15 Jun 2026 09:00:00 +0000

Your password expires today.
"""


def opinion(
    tenant: Tenant, ordered: Simulation = ORDERED, at: datetime = AT, **mail: str
) -> Opinion:
    told = {
        "server": "mx1.acme.example",
        "verdict": "pass",
        "signer": "drill.example",
        "address": "192.0.2.7",
    }
    raw = MAIL.format(**told | mail).encode()
    message = parse(raw, tenant=replace(tenant, simulations=(ordered,)), received_at=at)
    return weigh(Judgement((GRAVE,)), Evidence(message, None, shipped()), Policy())


def test_all_three_make_it_a_simulation_and_the_score_stays(acme: Tenant) -> None:
    found = opinion(acme)
    assert (found.verdict, found.action) == (Verdict.SIMULATION, Action.DELIVER)
    assert found.log_odds == sum(part.log_odds for part in found.attribution) > 0
    line = next(part for part in found.attribution if part.part == "simulation")
    assert line.log_odds == 0
    assert line.why == "June exercise, which was ordered, decides: simulation, not malicious"


@pytest.mark.parametrize(
    "mail",
    [
        ("address", "192.0.2.77"),
        ("address", "unknown"),
        ("signer", "drill.example.evil.example"),
        ("verdict", "fail"),
    ],
)
def test_two_of_them_do_not(acme: Tenant, mail: tuple[str, str]) -> None:
    assert opinion(acme, ORDERED, AT, **dict([mail])).verdict is Verdict.MALICIOUS


def test_a_result_the_sender_wrote_proves_nothing(acme: Tenant) -> None:
    result, received, rest = MAIL.partition("Received:")
    forged = "\tby mx1.acme.example; Mon, 15 Jun 2026 09:00:00 +0000\n"
    head, _, tail = (received + rest).partition(forged)
    swapped = head + forged + result + tail
    told = {"server": "mx1.acme.example", "verdict": "pass"}
    told |= {"signer": "drill.example", "address": "192.0.2.7"}
    tenant = replace(acme, simulations=(ORDERED,))
    message = parse(swapped.format(**told).encode(), tenant=tenant, received_at=AT)
    found = weigh(Judgement((GRAVE,)), Evidence(message, None, shipped()), Policy())
    assert found.verdict is Verdict.MALICIOUS


@pytest.mark.parametrize("days", [-1.01, 1.01])
def test_nothing_counts_outside_its_time(acme: Tenant, days: float) -> None:
    assert opinion(acme, at=AT + timedelta(days=days)).verdict is Verdict.MALICIOUS


@pytest.mark.parametrize("days", [-1, 1])
def test_its_first_and_last_moment_count(acme: Tenant, days: float) -> None:
    assert opinion(acme, at=AT + timedelta(days=days)).verdict is Verdict.SIMULATION


def test_networks_of_the_newer_kind(acme: Tenant) -> None:
    assert opinion(acme, address="IPv6:2001:db8::5").verdict is Verdict.SIMULATION
    assert opinion(acme, address="IPv6:2001:db9::5").verdict is Verdict.MALICIOUS
