"""A decision in one sentence a person understands."""

from collections.abc import Sequence

from chaffinch.core.vocabulary import Action, Severity, Verdict
from chaffinch.decision.decision import Decision
from chaffinch.detectors.finding import Finding

_OPENINGS = {
    Verdict.BENIGN: "Nothing here looks like an attack",
    Verdict.GRAYMAIL: "This is bulk mail somebody may want",
    Verdict.SPAM: "This is spam",
    Verdict.SUSPICIOUS: "This may be an attack",
    Verdict.MALICIOUS: "This is very likely an attack",
    Verdict.SIMULATION: "This is an authorised phishing simulation",
    Verdict.UNDECIDED: "There is nothing in this message to judge",
}
_ACTIONS = {
    Action.DELIVER: "deliver it",
    Action.BANNER: "deliver it with a warning",
    Action.JUNK: "put it into the junk folder",
    Action.QUARANTINE: "keep it from the mailbox",
    Action.HOLD: "hold it until somebody has looked",
    Action.NOTIFY: "deliver it and tell the security team",
}
_QUIET = (Verdict.BENIGN, Verdict.SIMULATION, Verdict.UNDECIDED)
_GRAVEST_FIRST = tuple(reversed(Severity))
_REASONS_SHOWN = 3


def sentence(decision: Decision) -> str:
    """What it is, why, and what to do."""
    kind = f" ({decision.attack_type})" if decision.attack_type else ""
    return f"{_OPENINGS[decision.verdict]}{kind}{_because(decision)}; {_ACTIONS[decision.action]}."


def reasons(findings: Sequence[Finding]) -> list[str]:
    """Titles, gravest first; of equally grave ones, one of each cause before others."""
    left = sorted(findings, key=lambda one: _GRAVEST_FIRST.index(one.severity))
    causes: dict[str, int] = {}
    ranked = []
    for finding in left:
        turn = causes[finding.labels.cause] = causes.get(finding.labels.cause, 0) + 1
        ranked.append((_GRAVEST_FIRST.index(finding.severity), turn, finding.title))
    titles = [title for _, _, title in sorted(ranked, key=lambda one: one[:2])]
    return list(dict.fromkeys(titles))


def _because(decision: Decision) -> str:
    found = [_lower_first(title) for title in reasons(decision.findings)]
    if not found:
        return ""
    if decision.verdict in _QUIET:
        return f", although {_listed(found, 1)}"
    return f": {_listed(found, _REASONS_SHOWN)}"


def _listed(found: list[str], most: int) -> str:
    """Reasons as prose, the rest counted.

    >>> _listed(["it is new", "it asks for money", "it is urgent"], 2)
    'it is new; it asks for money; and one sign more'
    """
    more = len(found) - most
    rest = [f"and {'one sign' if more == 1 else f'{more} signs'} more"] if more > 0 else []
    return "; ".join([*found[:most], *rest])


def _lower_first(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
