"""What entries change of a decision, as lines of its attribution: denials win over allowances."""

from collections.abc import Sequence

from chaffinch.decision.allow.applying import Ruled
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.decision import Part
from chaffinch.detectors.finding import Finding

ALLOWED, DENIED = "allow entry", "deny entry"


def silenced(
    findings: Sequence[Finding], ruled: Sequence[Ruled]
) -> tuple[list[Finding], list[Part]]:
    """The findings that count, and a line for each entry the message is of.

    An entry that loses to a denial, or does not apply, silences nothing and says so.
    """
    about = [one for one in ruled if one.is_about and one.entry.effect == "allow"]
    denials = [one.entry for one in ruled if one.applies and one.entry.effect == "deny"]
    if denials:
        lost = [f"{one.entry.id} loses to {denials[0].id}" for one in about if one.applies]
        return list(findings), [Part(ALLOWED, 0, why) for why in lost]
    applied = [one.entry for one in about if one.applies]
    counted = [one for one in findings if not any(silences(entry, one) for entry in applied)]
    lines = [
        Part(ALLOWED, 0, f"{entry.id} ({entry.owner}) silences {one.labels.cause}: {one.title}")
        for entry in applied
        for one in findings
        if silences(entry, one)
    ]
    refused = [
        Part(ALLOWED, 0, f"{one.entry.id} does not apply: {one.why_not}")
        for one in about
        if not one.applies
    ]
    return counted, [*lines, *refused]


def denial(ruled: Sequence[Ruled], log_odds: int, malicious_from: int) -> list[Part]:
    """What raises the score to malicious where an entry denies the message."""
    denials = [one.entry for one in ruled if one.applies and one.entry.effect == "deny"]
    if not denials:
        return []
    first = denials[0]
    why = f"{first.id} ({first.owner}) denies {first.kind} {first.value}"
    return [Part(DENIED, max(0, malicious_from - log_odds), why)]


def silences(entry: AllowEntry, finding: Finding) -> bool:
    """Whether an entry that applies keeps a finding from being counted."""
    if entry.kind is EntryKind.RULE:
        return finding.detector == entry.value
    return finding.labels.cause in entry.silences
