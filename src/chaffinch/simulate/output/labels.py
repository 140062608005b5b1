"""The truth about each message as a row of ``labels.csv``."""

from chaffinch.simulate.simulated import Simulated

COLUMNS = (
    "path",
    "label",
    "kind",
    "variant",
    "role",
    "goal",
    "vector",
    "impersonated",
    "source",
    "case",
    "twin_of",
    "by_behaviour",
    "critical",
    "texts",
    "operators",
    "spoof",
    "direction",
    "received_at",
    "recipients",
    "message_id",
)


def label_row(path: str, message: Simulated) -> tuple[str, ...]:
    """The values of ``COLUMNS``; lists are joined by blanks, truth is ``yes`` or empty."""
    truth = message.truth
    return (
        path,
        truth.label,
        truth.family,
        truth.variant,
        truth.role,
        truth.goal,
        truth.vector or "",
        truth.impersonated,
        truth.origin,
        truth.case,
        truth.twin_of or "",
        _yes(truth.by_behaviour),
        _yes(truth.is_critical),
        truth.partition,
        " ".join(truth.operators),
        truth.spoof,
        message.direction,
        message.received_at.isoformat(),
        " ".join(message.recipients),
        message.message_id,
    )


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""
