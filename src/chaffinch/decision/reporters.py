"""What a person's reports are worth: by how often earlier ones turned out to be right."""

from collections.abc import Iterable, Mapping
from math import log
from typing import NamedTuple, TypeAlias

from chaffinch.decision.labels import SOURCES
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.reports import Claim, Report, standing

NEWCOMER = SOURCES["reader"]
NEWCOMERS_REPORTS = 10  # of anybody at first: as if so many of each kind had turned out on average
SENSITIVITY_MOST = 0.9  # nobody's reports are worth what an analyst's reading is
SPECIFICITY_MOST = 0.97


class Truth(NamedTuple):
    """What labels of others say a message is, and since when that was on record."""

    is_unwanted: bool
    since: int


class Record(NamedTuple):
    """How somebody's reports turned out; mail they were silent about counts for nothing.

    ``found`` and ``alarms`` were called unwanted, and were and were not; ``missed`` and ``cleared``
    were called wanted, and were unwanted and not.
    """

    found: int = 0
    alarms: int = 0
    missed: int = 0
    cleared: int = 0

    @property
    def sensitivity(self) -> float:
        """Of the unwanted mail they spoke of, how much they called so.

        >>> round(Record().sensitivity, 2), round(Record(found=10).sensitivity, 2)
        (0.6, 0.8)
        """
        return min(_share(NEWCOMER.sensitivity, self.found, self.missed), SENSITIVITY_MOST)

    @property
    def specificity(self) -> float:
        """Of the other mail they spoke of, how much they did not call unwanted.

        >>> round(Record().specificity, 2), round(Record(alarms=10).specificity, 3)
        (0.85, 0.425)
        """
        return min(_share(NEWCOMER.specificity, self.cleared, self.alarms), SPECIFICITY_MOST)

    def weight(self, claim: Claim) -> float:
        """By how much their claim moves the log-odds that a message is unwanted.

        Nothing where they were wrong as often as not.

        >>> [round(Record().weight(one), 2) for one in Claim]
        [1.39, 1.39, -0.75]
        >>> Record(alarms=40).weight(Claim.PHISHING)
        0.0
        """
        hit, alarm = self.sensitivity, 1 - self.specificity
        if hit <= alarm:
            return 0.0
        return log(hit / alarm) if claim.is_unwanted else log((1 - hit) / (1 - alarm))

    def after(self, claim: Claim, *, is_unwanted: bool) -> "Record":
        """With one more claim that turned out so."""
        found, alarms, missed, cleared = self
        if claim.is_unwanted:
            return Record(found + is_unwanted, alarms + (not is_unwanted), missed, cleared)
        return Record(found, alarms, missed + is_unwanted, cleared + (not is_unwanted))


Person: TypeAlias = tuple[str, str]  # tenant and address


def person_of(report: Report) -> Person:
    """Who reported, and where."""
    return report.tenant, report.reporter


def records(reports: Iterable[Report], truths: Mapping[Delivery, Truth]) -> Mapping[Person, Record]:
    """How everybody's claims turned out, as they stood when the truth was not yet on record.

    What was said, or taken back, when it could be read proves nothing.
    """
    about: dict[Delivery, list[Report]] = {}
    for one in reports:
        about.setdefault(one.delivery, []).append(one)
    found: dict[Person, Record] = {}
    for delivery, truth in truths.items():
        then = standing(about.get(delivery, ()), truth.since - 1)
        for one in then.get(delivery, ()):
            if one.is_proven:
                known = found.get(person_of(one), Record())
                found[person_of(one)] = known.after(one.claim, is_unwanted=truth.is_unwanted)
    return found


def weight_of(report: Report, known: Mapping[Person, Record]) -> float:
    """By how much a report moves the log-odds; nothing where nobody knows who wrote it."""
    if not report.is_proven:
        return 0.0
    return known.get(person_of(report), Record()).weight(report.claim)


def _share(usual: float, right: int, wrong: int) -> float:
    return (usual * NEWCOMERS_REPORTS + right) / (NEWCOMERS_REPORTS + right + wrong)
