"""Entries for tests of ledgers, as few words as one needs."""

from datetime import UTC, datetime

import msgspec

from chaffinch.core.vocabulary import Action, Goal, Impersonated, Origin, Severity, Verdict
from chaffinch.decision.decision import Decision, Part
from chaffinch.decision.entry import Digest, Entry, entry_id
from chaffinch.detectors.finding import Finding, Labels
from chaffinch.profiles.observation import Content, Observation
from chaffinch.profiles.rowformat import encode_rows


def entry(
    number: int,
    verdict: Verdict = Verdict.BENIGN,
    *,
    at: int | None = None,
    tenant: str = "acme",
    about: Digest | None = None,
    detectors: tuple[str, ...] = (),
    campaigns: tuple[str, ...] = (),
    reply_to: str | None = None,
) -> Entry:
    """The entry of a letter; ``number`` tells it from others."""
    shown = about or Digest(sender="mia@stone.example", subject=f"Letter {number}")
    decision = Decision(
        id="",
        content_id=f"c{number}",
        delivery_id=f"d{number}",
        tenant=tenant,
        scope="organisation",
        received_at=datetime(2026, 6, 1, tzinfo=UTC),
        verdict=verdict,
        goal=Goal.NONE,
        vectors=(),
        impersonated=Impersonated.NOBODY,
        source=Origin.EXTERNAL,
        attack_type=None,
        log_odds=-4000,
        calibrated=False,
        action=Action.DELIVER,
        attribution=(Part("prior", -4000, "rare"),),
        findings=tuple(
            Finding(detector=one, title=one, origin="o", severity=Severity.LOW, labels=Labels())
            for one in detectors
        ),
        undecided=(),
        defects=(),
        assumptions=(),
        versions={"rules": "r1"},
    )
    return Entry(
        decision=msgspec.structs.replace(decision, id=entry_id(decision)),
        about=shown,
        signals={"message.body.text_characters": number},
        unmeasured={"sender.history.is_first_contact": ("profiles",)},
        kept_rows=encode_rows(()),
        observation=Observation(
            delivery_id=f"d{number}",
            at=1_000 + number if at is None else at,
            inbound=True,
            sender=shown.sender or None,
            reply_to=reply_to,
            content=Content(campaigns=campaigns),
        ),
    )
