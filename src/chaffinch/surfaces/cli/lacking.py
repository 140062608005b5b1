"""Undecided rules by what they lacked, each with what a person can do about it."""

from collections.abc import Iterable, Iterator

from chaffinch.core.counted import counted
from chaffinch.decision.decision import Incomplete
from chaffinch.detectors.finding import Undecided

NAMES_SHOWN = 6
_NO_PEOPLE = "no people: name them under [[people]] in a tenant file, --tenant FILE"
_HINTS = {
    "profiles": "no history: scan with --state DIR --learn",
    "profiles: history too short": "history too short: scan at least three days and fifty "
    "messages with --state DIR --learn",
    "profiles: our own mail was never learned": "mail your people sent was never learned: scan it "
    "with --state DIR --learn, too",
    "step budget": "the message is too large for the rule to finish",
    "$org_vips": _NO_PEOPLE,
    "$org_display_names": _NO_PEOPLE,
}


def lacking(undecided: Iterable[Undecided]) -> Iterator[str]:
    """A line per cause, the one that most rules lack first, and a line of these rules' names."""
    for reason, rules in sorted(_by_reason(undecided).items(), key=lambda one: -len(one[1])):
        yield f"? {counted(len(rules), 'rule')} undecided, {reason}"
        more = len(rules) - NAMES_SHOWN
        rest = [f"and {more} more"] if more > 0 else []
        yield f"    {', '.join([*rules[:NAMES_SHOWN], *rest])}"


def reach(found: Incomplete) -> str:
    """How far what is missing could move a score.

    >>> from chaffinch.core.vocabulary import Verdict
    >>> lowest, verdict = -4_000, Verdict.MALICIOUS
    >>> reach(Incomplete(missing=("x",), lowest=lowest, highest=2_600, gravest=verdict))
    'the score lies between -4000 and +2600, the verdict could be malicious'
    """
    highest = "any height" if found.highest is None else f"{found.highest:+d}"
    bounds = f"between {found.lowest:+d} and {highest}"
    return f"the score lies {bounds}, the verdict could be {found.gravest}"


def hint(cause: str) -> str:
    """What is missing, and what helps.

    >>> hint("$vendors")
    'no list $vendors: --lists DIR'
    >>> hint("ml.nlu_classifier")
    'nothing here answers ml.nlu_classifier'
    """
    if cause in _HINTS:
        return _HINTS[cause]
    if cause.startswith("$"):
        return f"no list {cause}: --lists DIR"
    if cause.startswith("profiles"):
        return cause
    return f"nothing here answers {cause}"


def _by_reason(undecided: Iterable[Undecided]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for one in undecided:
        for reason in dict.fromkeys(map(hint, one.missing)):
            grouped.setdefault(reason, []).append(one.detector)
    return grouped
