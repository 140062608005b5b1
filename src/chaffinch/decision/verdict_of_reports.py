"""What the reports of one message come to: a label, where together they weigh enough."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp
from typing import NamedTuple

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.labels import Label, LabelOf, Source
from chaffinch.decision.reporters import Person, Record, weight_of
from chaffinch.decision.reports import Claim, Report

SOURCE_NAME = "reports"
ENOUGH = 2.0  # log-odds: two people nothing is known of, or one who is right more often
FURTHER = 0.5  # of each further report: colleagues tell one another
CERTAIN_MOST = 0.94
_PLACES = 2


class Weighed(NamedTuple):
    """A verdict and how sure it is."""

    verdict: Verdict
    certainty: float


def weighed(claims: Sequence[Report], known: Mapping[Person, Record]) -> Weighed | None:
    """What the claims about one message come to; None where they do not weigh enough.

    On each side the heaviest counts whole, the next half, and so on; the sides are subtracted.
    People alone never call a message malicious or benign: what they call phishing is suspicious,
    what they want is graymail.
    """
    weights = {one.id: weight_of(one, known) for one in claims}
    unwanted = [one for one in claims if one.claim.is_unwanted]
    wanted = [one for one in claims if not one.claim.is_unwanted]
    total = _sum(weights[one.id] for one in unwanted) - _sum(-weights[one.id] for one in wanted)
    if abs(total) < ENOUGH:
        return None
    certainty = min(round(1 / (1 + exp(-abs(total))), _PLACES), CERTAIN_MOST)
    if total < 0:
        return Weighed(Verdict.GRAYMAIL, certainty)
    spam = _sum(weights[one.id] for one in unwanted if one.claim is Claim.SPAM)
    phishing = _sum(weights[one.id] for one in unwanted if one.claim is Claim.PHISHING)
    return Weighed(Verdict.SPAM if spam > phishing else Verdict.SUSPICIOUS, certainty)


def label_of(claims: Sequence[Report], what: Weighed, at: int) -> Label:
    """The label by which others hear of it."""
    one = claims[0]
    counted = Counter(each.claim for each in claims if each.is_proven)
    return Label(
        tenant=one.tenant,
        of=LabelOf.DELIVERY,
        subject=one.delivery_id,
        verdict=what.verdict,
        source=Source(SOURCE_NAME, what.certainty, what.certainty),
        true_at=min(one.arrived_at, at),
        recorded_at=at,
        by=SOURCE_NAME,
        reason=", ".join(f"{claim}: {counted[claim]}" for claim in Claim if counted[claim]),
    )


def _sum(weights: Iterable[float]) -> float:
    """The heaviest whole, and of each further one less."""
    return sum(one * FURTHER**index for index, one in enumerate(sorted(weights, reverse=True)))
