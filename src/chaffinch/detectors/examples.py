"""Running a rule on its own examples: it must match ``fires_on`` and must not match ``quiet_on``.

An example with ``history`` is decided by an organisation that knows its mail: the messages given,
in their order, after two weeks of mail that has nothing to do with the example.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec

from chaffinch.core.errors import RuleError
from chaffinch.core.tenant import Tenant
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.document import Example
from chaffinch.detectors.rules import Rule
from chaffinch.lists.reference import Lists
from chaffinch.message.parse import parse
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.outcome import Outcome
from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence

ARRIVAL = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ACME: Mapping[str, object] = {
    "name": "acme",
    "domains": ["acme.example"],
    "boundary": ["mx1.acme.example"],
    "people": [
        {"name": "Ada Marsh", "addresses": ["ada.marsh@acme.example"], "title": "CEO", "vip": True},
        {"name": "Ben Okoye", "addresses": ["ben.okoye@acme.example"], "title": "Payables clerk"},
    ],
}
_FILLER_MESSAGES = 140  # half of them arrivals: enough for a mature history
_FILLER_DAYS = 14
_JUST_BEFORE = timedelta(minutes=30)


def failures(rule: Rule, lists: Lists) -> Iterator[str]:
    """One sentence for each example the rule gets wrong."""
    for example, wanted in (
        *((one, True) for one in rule.document.fires_on),
        *((one, False) for one in rule.document.quiet_on),
    ):
        outcome = run_example(rule, example, lists)
        if outcome.missing:
            missing = ", ".join(sorted(outcome.missing))
            yield f"{rule.name}: undecided on “{example.what}”: missing {missing}"
        elif outcome.fired is not wanted:
            verb = "does not match" if wanted else "matches"
            yield f"{rule.name}: {verb} “{example.what}”"


def run_example(rule: Rule, example: Example, lists: Lists) -> Outcome:
    """What the rule says of an example.

    Raises:
        RuleError: the example's tenant cannot be read (code D005).
    """
    tenant = _tenant(rule, example)
    message = parse(example.message.encode(), tenant=tenant, received_at=ARRIVAL)
    observation = observe(message)
    known = None
    if example.history or example.just_before:
        store = _store(example, tenant)
        known = around(store, tenant.name, observation, observation.at)
    evidence = Evidence(message, known, lists)
    return evaluate(rule.expr, message, EvidenceCapabilities(evidence))


def _tenant(rule: Rule, example: Example) -> Tenant:
    try:
        return msgspec.convert({**ACME, **example.tenant}, Tenant)
    except msgspec.ValidationError as error:
        raise RuleError("D005", f"{rule.name}: the tenant of “{example.what}”: {error}") from error


def _store(example: Example, tenant: Tenant) -> MemoryProfileStore:
    begin = ARRIVAL - timedelta(days=_FILLER_DAYS)
    step = timedelta(days=_FILLER_DAYS - 1) / _FILLER_MESSAGES
    lessons = [_filler(begin + number * step, number) for number in range(_FILLER_MESSAGES)]
    span = timedelta(days=_FILLER_DAYS - 1)
    lessons += _arriving(example.history, begin + timedelta(hours=1), span, tenant)
    lessons += _arriving(example.just_before, ARRIVAL - _JUST_BEFORE, _JUST_BEFORE, tenant)
    store = MemoryProfileStore()
    store.learn([(number + 1, tenant.name, one) for number, one in enumerate(lessons)])
    return store


def _arriving(
    texts: Sequence[str], begin: datetime, span: timedelta, tenant: Tenant
) -> Iterator[Observation]:
    """What messages that arrive evenly over a span teach."""
    for number, text in enumerate(texts):
        at = begin + number * span / len(texts)
        yield observe(parse(text.encode(), tenant=tenant, received_at=at))


def _filler(at: datetime, number: int) -> Observation:
    return Observation(
        delivery_id=f"filler-{number}",
        at=round(at.timestamp() * 1000),
        inbound=number % 2 == 0,
        outbound=number % 2 == 1,
        sender="ben.okoye@acme.example" if number % 2 else "news@filler.example",
        domain="acme.example" if number % 2 else "filler.example",
        recipients=("news@filler.example",) if number % 2 else ("ben.okoye@acme.example",),
        authenticated=True,
        is_proven_ours=number % 2 == 1,
    )
