"""Recordings bound to evidence: what is recorded answers first, then lists and profiles."""

import pytest

from chaffinch.core.tenant import Tenant
from chaffinch.detectors.recorded import recorded_capabilities, recording_capabilities
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse as parse_rule
from chaffinch.mql.recorder import Journal
from chaffinch.mql.recording import Recording
from chaffinch.mql.values import unknown
from chaffinch.signals.evidence import Evidence

MAIL = b"From: eve@evil.example\nTo: jane@acme.example\n\npay now\n"
TENANT = Tenant(name="acme", domains=("acme.example",))


@pytest.fixture
def evidence() -> Evidence:
    return Evidence(parse(MAIL, tenant=TENANT), None, shipped())


def value(source: str, evidence: Evidence, recording: Recording) -> object:
    capabilities = recorded_capabilities(evidence, recording)
    return evaluate(parse_rule(source), evidence.message, capabilities).value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("network.whois(sender.email.domain).days_old < 7", True),
        ("profile.by_sender().prevalence == 'rare'", True),
        ("'tracked.example' in $tranco_1m", True),
        ("'acme.example' in $org_domains", True),
        ("'gmail.com' in $free_email_providers", True),
        ("signals.sender.identity.is_free_provider", False),
        ("ml.nlu_classifier(body.current_thread.text).language == 'x'", None),
    ],
)
def test_what_is_recorded_answers_first(evidence: Evidence, source: str, expected: object) -> None:
    recording = Recording()
    for line in (
        b'{"function":"network.whois","answer":{"days_old":3}}',
        b'{"message":"%b","function":"profile.by_sender","answer":{"prevalence":"rare"}}'
        % evidence.message.content_id.encode(),
        b'{"message":"another","function":"ml.nlu_classifier","answer":{"language":"x"}}',
        b'{"list":"tranco_1m","entries":["tracked.example"]}',
    ):
        recording.add(line)
    found = value(source, evidence, recording)
    assert found == (unknown("ml.nlu_classifier") if expected is None else expected)


def test_a_recording_of_the_evidence_says_what_the_evidence_said(evidence: Evidence) -> None:
    lines: list[bytes] = []
    recorder = recording_capabilities(evidence, Journal(lines.append))
    sources = [
        "profile.by_sender().prevalence == 'new'",
        "'gmail.com' in $free_email_providers",
        "any($org_vips, .email == sender.email.email)",
        "ml.logo_detect(attachments[0]).scanned",
        "network.whois(sender.email.domain).found",
    ]
    seen = [evaluate(parse_rule(one), evidence.message, recorder).value for one in sources]
    assert seen[1:] == [True, unknown("$org_vips"), None, unknown("network.whois")]
    recording = Recording()
    for line in lines:
        recording.add(line)
    assert [value(one, evidence, recording) for one in sources] == seen
