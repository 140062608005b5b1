"""A decision in one sentence a person understands."""

from collections.abc import Sequence

from chaffinch.core.vocabulary import Action, Severity, Verdict
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
    Action.FOLDER: "put it into a folder for bulk mail",
    Action.JUNK: "put it into the junk folder",
    Action.QUARANTINE: "quarantine it",
    Action.HOLD: "hold it until somebody has looked",
    Action.NOTIFY: "deliver it and tell the security team",
}
_OPENINGS_WITH_SIGNS = {
    Verdict.BENIGN: "Too little for a warning",
    Verdict.UNDECIDED: "There is too little in this message to judge",
}
_KINDS = {Verdict.GRAYMAIL: "graymail", Verdict.SPAM: "spam"}
_GRAVEST_FIRST = tuple(reversed(Severity))
_REASONS_SHOWN = 3


def sentence(
    verdict: Verdict, attack_type: str | None, findings: Sequence[Finding], action: Action
) -> str:
    """What it is, why, and what to do; a title may be a sentence or name a thing.

    >>> sentence(Verdict.BENIGN, None, (), Action.DELIVER)
    'Nothing here looks like an attack; deliver it.'
    """
    found = [_lower_first(title) for title in reasons(findings, verdict)]
    opening = _OPENINGS_WITH_SIGNS.get(verdict, _OPENINGS[verdict]) if found else _OPENINGS[verdict]
    kind = f" ({attack_type})" if attack_type else ""
    why = f": {_listed(found, _REASONS_SHOWN)}" if found else ""
    return f"{opening}{kind}{why}; {_ACTIONS[action]}."


def reasons(findings: Sequence[Finding], verdict: Verdict) -> list[str]:
    """Titles: those that say why it is this verdict first, then the gravest, causes in turn."""
    kind = _KINDS.get(verdict, "attack")
    causes: dict[str, int] = {}
    ranked = []
    for finding in sorted(findings, key=lambda one: _GRAVEST_FIRST.index(one.severity)):
        turn = causes[finding.labels.cause] = causes.get(finding.labels.cause, 0) + 1
        rank = (finding.labels.kind != kind, _GRAVEST_FIRST.index(finding.severity), turn)
        ranked.append((rank, finding.title))
    return list(dict.fromkeys(title for _, title in sorted(ranked, key=lambda one: one[0])))


def _listed(found: list[str], most: int) -> str:
    """Reasons as prose, the rest counted.

    >>> _listed(["it is new", "it asks for money", "it is urgent"], 2)
    'it is new; it asks for money; and one sign more'
    """
    more = len(found) - most
    rest = [f"and {'one sign' if more == 1 else f'{more} signs'} more"] if more > 0 else []
    return "; ".join([*found[:most], *rest])


def _lower_first(title: str) -> str:
    """A title inside a sentence; names and abbreviations keep their letters.

    >>> _lower_first("A link hides."), _lower_first("DocuSign is named"), _lower_first("VIP fraud")
    ('a link hides', 'DocuSign is named', 'VIP fraud')
    """
    title = title.strip().rstrip(".")
    first = title.partition(" ")[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]
