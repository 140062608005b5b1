"""The record of one journey: the decision with all it was made of."""

from collections.abc import Mapping

import msgspec

from chaffinch.decision.circumstances import circumstances
from chaffinch.decision.decision import Decision
from chaffinch.decision.entry import Digest, Entry, Told, entry_id
from chaffinch.decision.policy import Opinion
from chaffinch.detectors.finding import Judgement
from chaffinch.message.message import Message
from chaffinch.mql.values import Unknown
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.rowformat import encode_rows
from chaffinch.signals.aggregates import Scalar
from chaffinch.signals.evidence import Evidence, Measured

SUBJECT_CHARACTERS = 500


def entry_of(
    evidence: Evidence,
    observation: Observation,
    judgement: Judgement,
    opinion: Opinion,
    versions: Mapping[str, str],
    truncated_from: int | None = None,
) -> Entry:
    """The record of one journey."""
    message, found = evidence.message, circumstances(evidence)
    around = evidence.around
    signals, unmeasured = _told_apart(evidence.measured())
    cut = () if truncated_from is None else (f"message-truncated: it has {truncated_from} bytes",)
    decision = Decision(
        id="",
        content_id=message.content_id,
        delivery_id=message.delivery_id,
        tenant=message.tenant.name,
        received_at=message.received_at,
        calibrated=False,
        findings=judgement.findings,
        undecided=judgement.undecided,
        defects=cut + tuple(str(defect) for defect in message.defects),
        assumptions=message.assumptions,
        versions=versions,
        **msgspec.structs.asdict(opinion),
    )
    told = _told(message, truncated_from)
    return Entry(
        decision=msgspec.structs.replace(decision, id=entry_id(decision, told)),
        about=_about(message),
        signals=signals,
        unmeasured=unmeasured,
        kept_rows=encode_rows(around.rows if around else ()),
        observation=observation,
        told=told,
        circumstances=found,
        as_of=around.as_of if around and around.as_of != observation.at else None,
    )


def _told_apart(
    measured: Mapping[str, Measured],
) -> tuple[dict[str, Scalar], dict[str, tuple[str, ...]]]:
    """The facts that are known, and what the others lack."""
    known: dict[str, Scalar] = {}
    unmeasured: dict[str, tuple[str, ...]] = {}
    for name, value in measured.items():
        if type(value) is Unknown:
            unmeasured[name] = tuple(sorted(value.causes))
        else:
            known[name] = value
    return known, unmeasured


def _about(message: Message) -> Digest:
    return Digest(
        sender=message.sender.email.email if message.sender.email else "",
        sender_name=message.sender.display_name or "",
        recipients=tuple(one.email.email for one in message.recipients.all_ if one.email),
        subject=message.subject.subject[:SUBJECT_CHARACTERS],
    )


def _told(message: Message, truncated_from: int | None) -> Told:
    hints = message.hints
    return Told(
        has_clock=hints.received_at is not None,
        tenant="" if hints.tenant is None else hints.tenant.digest,
        recipients=hints.recipients,
        envelope=hints.envelope,
        mbox_date=hints.mbox_date,
        truncated_from=truncated_from,
    )
