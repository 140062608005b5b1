"""What a verdict on record rests on is what it rested on when the message was at hand."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import FLAGGED, Severity
from chaffinch.decision.counterfactual.counterfactual import Change, Counterfactual
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import NoLedger
from chaffinch.decision.policy_data import Policy
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.journey import Mail, consider, judged
from chaffinch.engine.memory import Memory
from chaffinch.engine.rests import rests_on, rests_on_record
from chaffinch.engine.settings import Settings

ACME = Tenant(name="acme", domains=("acme.example",))
NOBODY = Memory(NoLedger(), None)
EVERY = 3  # of the rules: enough of all kinds


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return load_bundle(Settings())


@pytest.fixture(scope="module")
def pairs(bundle: Bundle) -> list[tuple[Entry, Counterfactual]]:
    """Entries of the rules' own examples that are flagged, and what they rest on."""
    mails = [Mail(raw=raw, tenant=ACME) for raw in examples(bundle)]
    found = [(one, consider(one, bundle, NOBODY)) for one in mails]
    return [
        (entry, rests_on(judged(mail, bundle, NOBODY), bundle))
        for mail, entry in found
        if entry.decision.verdict in FLAGGED
    ]


def examples(bundle: Bundle) -> Iterator[bytes]:
    for rule in bundle.rules[::EVERY]:
        yield from (one.message.encode() for one in rule.document.fires_on or ())


def is_of_signals(change: Change) -> bool:
    return all(one.is_signal for one in change.facts)


def test_the_record_tells_what_the_message_told(
    pairs: list[tuple[Entry, Counterfactual]], bundle: Bundle
) -> None:
    assert len(pairs) > 20
    equal = 0
    for entry, whole in pairs:
        told = rests_on_record(entry, bundle, ACME)
        assert told is not None
        assert (told.verdict, whole.verdict) == (entry.decision.verdict,) * 2
        assert told.flip is not None
        assert whole.flip is not None
        assert told.keep is not None
        assert told.keep.verdict is entry.decision.verdict
        if is_of_signals(told.flip):  # what falls by the record falls by the message
            assert len(whole.flip.facts) <= len(told.flip.facts)
        equal += told == whole
    assert equal > len(pairs) // 2


def test_rules_that_are_others_now_are_one_fact_each(
    pairs: list[tuple[Entry, Counterfactual]], bundle: Bundle
) -> None:
    later = replace(bundle, versions={**bundle.versions, "rules": "others"})
    for entry, _ in pairs:
        told = rests_on_record(entry, later, ACME)
        assert told is not None
        detectors = {one.detector for one in entry.decision.findings}
        for change in filter(None, (told.flip, told.clear, told.keep)):
            assert {one.fact for one in change.facts} <= detectors


def test_another_score_is_not_explained(
    pairs: list[tuple[Entry, Counterfactual]], bundle: Bundle
) -> None:
    weights = {**Policy().weights, **dict.fromkeys((Severity.HIGH, Severity.MEDIUM), 5_000)}
    later = replace(bundle, policy=Policy(weights=weights))
    assert rests_on_record(pairs[0][0], later, ACME) is None
