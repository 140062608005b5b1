"""``$sender_emails`` and its like in rules: answered by history, undecided where it is thin."""

from datetime import timedelta

import pytest

from chaffinch.core.tenant import Tenant
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.examples import ARRIVAL
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse as parse_rule
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence

TENANT = Tenant(name="acme", domains=("acme.example",), boundary=("mx.acme.example",))
MAIL = b"""From: Pat <pat@vendor.example>
Reply-To: pay@other.example
To: kim@acme.example
Message-ID: <%d@vendor.example>

hello
"""
OURS = b"""From: kim@acme.example
To: pat@vendor.example
Message-ID: <ours@acme.example>

hello
"""
FILLER = b"From: f%d@filler.example\nTo: kim@acme.example\nMessage-ID: <%d@filler.example>\n\nx\n"


def value(source: str, *, days: int, ours: bool) -> object:
    store = MemoryProfileStore()
    mails = [FILLER % (number, number) for number in range(30 * days)]
    mails += [MAIL % 1] + [OURS] * ours
    begin = ARRIVAL - timedelta(days=days)
    step = timedelta(days=days) / (len(mails) + 1)
    parsed = [
        parse(raw, tenant=TENANT, received_at=begin + number * step)
        for number, raw in enumerate(mails)
    ]
    store.learn([(number, "acme", observe(one)) for number, one in enumerate(parsed, 1)])
    message = parse(MAIL % 2, tenant=TENANT, received_at=ARRIVAL)
    known = around(store, "acme", observe(message), observe(message).at)
    capabilities = EvidenceCapabilities(Evidence(message, known, shipped()))
    found = evaluate(parse_rule(source), message, capabilities).value
    return set(found.causes) if isinstance(found, Unknown) else found


NEVER_WRITTEN = {"profiles: our own mail was never learned"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("sender.email.email in $sender_emails", True),
        ("sender.email.email in $recipient_emails", True),
        ("sender.email.domain.domain not in $recipient_domains", False),
        ("sender.email.domain.root_domain in $sender_domains", True),
        ("any(headers.reply_to, .email.email not in $recipient_emails)", True),
        ("any(headers.reply_to, .email.domain.root_domain not in $sender_domains)", True),
        ("'x@y.example' in $sender_emails", {"$sender_emails"}),
        ("any($sender_emails, . == sender.email.email)", {"$sender_emails"}),
    ],
)
def test_history_answers(source: str, expected: object) -> None:
    assert value(source, days=14, ours=True) == expected


@pytest.mark.parametrize(
    ("source", "days", "ours", "expected"),
    [
        ("sender.email.email in $sender_emails", 1, False, True),
        ("'pay@other.example' in $sender_emails", 1, True, {"profiles: history too short"}),
        ("'pay@other.example' in $recipient_emails", 14, False, NEVER_WRITTEN),
        ("sender.email.email in $recipient_emails", 14, False, NEVER_WRITTEN),
        ("'pay@other.example' in $sender_emails", 14, False, False),
    ],
)
def test_thin_history_is_unknown_where_it_would_say_no(
    source: str, days: int, ours: bool, expected: object
) -> None:
    assert value(source, days=days, ours=ours) == expected


def test_without_history_the_rule_says_so() -> None:
    message = parse(MAIL % 2, tenant=TENANT, received_at=ARRIVAL)
    capabilities = EvidenceCapabilities(Evidence(message, None, shipped()))
    found = evaluate(parse_rule("'x@y.example' in $sender_emails"), message, capabilities)
    assert found.missing == {"profiles"}
