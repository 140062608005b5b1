"""Entries drawn by seed, some senders and words far commoner than others, and questions to them."""

import hashlib
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from chaffinch.core.vocabulary import Action, Goal, Impersonated, Origin, Severity, Verdict
from chaffinch.decision.decision import Decision, Part
from chaffinch.decision.entry import Digest, Entry
from chaffinch.decision.search import Query
from chaffinch.detectors.finding import Finding, Labels
from chaffinch.profiles.observation import Content, Observation

START = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365
TENANTS = ("acme", "birch", "cedar")
VERDICTS = {
    Verdict.BENIGN: 80,
    Verdict.GRAYMAIL: 14,
    Verdict.SPAM: 3,
    Verdict.SUSPICIOUS: 2,
    Verdict.MALICIOUS: 1,
}
SENDERS, READERS, WORDS, DETECTORS, CAMPAIGNS = 300_000, 20_000, 40_000, 1_200, 500_000


class Draws:
    """Draws the parts of entries; of each kind the first are the commonest."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def rank(self, count: int) -> int:
        """A number below ``count``: the lower half of its digits as likely as the upper."""
        return int(count ** self.chance.random()) - 1

    def sender(self) -> str:
        """An address; a few write very often."""
        number = self.rank(SENDERS)
        return f"person{number}@company{number % 40_000}.example"

    def reader(self, tenant: str) -> str:
        """One of the organisation."""
        return f"reader{self.rank(READERS)}@{tenant}.example"

    def subject(self) -> str:
        """Some words."""
        return " ".join(self.word() for _ in range(self.chance.randint(3, 9)))

    def word(self) -> str:
        """A word; some stand in most subjects."""
        return f"word{self.rank(WORDS)}"

    def detector(self) -> str:
        """A rule."""
        return f"rules/rule_{self.rank(DETECTORS)}"

    def campaign(self) -> str:
        """A campaign's word."""
        return f"t{self.rank(CAMPAIGNS):08x}"

    def arrival(self, share: float) -> datetime:
        """About so far through the year, at most a minute off."""
        return START + timedelta(days=DAYS * share, seconds=self.chance.uniform(0, 60))


def drawn_entries(count: int, seed: int) -> Iterator[Entry]:
    """Entries in about the order of their arrival."""
    draws = Draws(seed)
    names, weights = list(VERDICTS), list(VERDICTS.values())
    verdicts = iter(draws.chance.choices(names, weights, k=count))
    for number, verdict in enumerate(verdicts):
        yield _entry(draws, number, verdict, draws.arrival(number / count))


def drawn_questions(count: int, seed: int) -> Iterator[Query]:
    """Questions of every kind in turn: each field alone, and fields together."""
    draws = Draws(seed + 1)
    for number in range(count):
        yield _KINDS[number % len(_KINDS)](draws)


class _Span(TypedDict):
    since: int
    before: int


def _between(draws: Draws) -> _Span:
    begin = draws.chance.uniform(0, 0.95)
    days = (timedelta(hours=1), timedelta(days=1), timedelta(days=30))
    since = START + timedelta(days=DAYS * begin)
    return {"since": _ms(since), "before": _ms(since + draws.chance.choice(days))}


def _rare(draws: Draws) -> Verdict:
    return draws.chance.choice((Verdict.MALICIOUS, Verdict.SUSPICIOUS, Verdict.SPAM))


_KINDS: tuple[Callable[[Draws], Query], ...] = (
    lambda draws: Query(sender=draws.sender()),
    lambda draws: Query(sender=draws.sender().partition("@")[2]),
    lambda draws: Query(recipient=draws.reader("acme")),
    lambda draws: Query(about=draws.sender()),
    lambda draws: Query(subject=draws.word()),
    lambda draws: Query(subject=f"{draws.word()} {draws.word()} {draws.word()}"),
    lambda draws: Query(verdict=_rare(draws)),
    lambda draws: Query(detector=draws.detector()),
    lambda draws: Query(campaign=draws.campaign()),
    lambda draws: Query(**_between(draws)),
    lambda draws: Query(tenant="birch", verdict=_rare(draws), **_between(draws)),
    lambda draws: Query(sender=draws.sender(), verdict=_rare(draws)),
    lambda draws: Query(sender=draws.sender(), recipient=draws.reader("cedar")),
    lambda draws: Query(recipient=draws.reader("acme"), subject=draws.word(), **_between(draws)),
    lambda draws: Query(detector=draws.detector(), subject=draws.word(), tenant="acme"),
    lambda draws: Query(id=f"{draws.chance.getrandbits(32):08x}"),
)


def _entry(draws: Draws, number: int, verdict: Verdict, at: datetime) -> Entry:
    tenant = draws.chance.choice(TENANTS)
    name = hashlib.blake2b(b"%d" % number, digest_size=16).hexdigest()
    sender, subject = draws.sender(), draws.subject()
    readers = tuple(draws.reader(tenant) for _ in range(draws.chance.choice((1, 1, 1, 2, 5))))
    unwanted = verdict not in (Verdict.BENIGN, Verdict.GRAYMAIL)
    found = draws.chance.randint(1, 4) if unwanted else draws.chance.choice((0, 0, 0, 1))
    return Entry(
        decision=_decision(name, tenant, verdict, at, [draws.detector() for _ in range(found)]),
        about=Digest(sender=sender, sender_name="A Person", recipients=readers, subject=subject),
        signals={"message.body.text_characters": number, "link.host.is_ip": False},
        unmeasured={},
        kept_rows=b"",
        observation=Observation(
            delivery_id=name,
            at=_ms(at),
            inbound=True,
            sender=sender,
            domain=sender.partition("@")[2],
            recipients=readers,
            content=Content(campaigns=(draws.campaign(), draws.campaign())),
        ),
    )


def _decision(
    name: str, tenant: str, verdict: Verdict, at: datetime, detectors: list[str]
) -> Decision:
    return Decision(
        id=name[:24],
        content_id=name,
        delivery_id=name,
        tenant=tenant,
        scope="organisation",
        received_at=at,
        verdict=verdict,
        goal=Goal.NONE,
        vectors=(),
        impersonated=Impersonated.NOBODY,
        source=Origin.EXTERNAL,
        attack_type=None,
        log_odds=-4_000,
        calibrated=False,
        action=Action.DELIVER,
        attribution=(Part("prior", -4_000, "how rare attacks are before anything is known"),),
        findings=tuple(
            Finding(detector=one, title=one, origin="drawn", severity=Severity.LOW, labels=Labels())
            for one in detectors
        ),
        undecided=(),
        defects=(),
        assumptions=(),
        versions={"rules": "drawn"},
    )


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
