"""Thresholds that keep what is flagged within a budget, from what the policy would have flagged.

Nothing in a history is labelled. All of it is taken for benign here: what is flagged may be attacks
as well as mistakes, and a threshold made to fit may let attacks through. So these are proposals.
"""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from chaffinch.decision.policy_data import Policy
from chaffinch.replay.interval import Share, is_within, share
from chaffinch.replay.onboard.toml_lines import Block, Line

LATER_SHARE = 0.5  # so much of the history, its later part, is looked at: the earlier part teaches
PER_BUDGET = 10_000
CAVEAT = (
    "nothing in this history is labelled: what would have been flagged may be attacks as well as "
    "mistakes, and messages of one campaign are not independent, so that the true interval is wider"
)


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """How many of 10,000 received messages may be flagged, and how many quarantined."""

    suspicious: float = 10
    malicious: float = 1


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A threshold of the policy, the one proposed for it, and what either flags.

    Where the history is too short for any threshold to keep the budget surely, the present one is
    proposed; ``is_proven`` is then false.
    """

    key: str
    present: int
    proposed: int
    budget: float  # share of received messages
    present_share: Share
    proposed_share: Share
    is_proven: bool

    @property
    def is_change(self) -> bool:
        """Whether another threshold than the present one is proposed."""
        return self.proposed != self.present


def propose(scores: Sequence[int], policy: Policy, budget: Budget) -> tuple[Proposal, ...]:
    """Thresholds for the scores of received messages, in the order these arrived.

    A threshold is never lowered: what the policy flags and the budget bears stays flagged. What is
    malicious is suspicious, too.
    """
    later = sorted(scores[int(len(scores) * (1 - LATER_SHARE)) :])
    low = _proposal("suspicious_from", policy.suspicious_from, later, budget.suspicious)
    high = _proposal("malicious_from", policy.malicious_from, later, budget.malicious, low.proposed)
    return low, high


def proposal_lines(proposals: Sequence[Proposal]) -> Block:
    """The proposals as the last table of a tenant file, none of it in force."""
    if not proposals or not proposals[0].present_share.total:
        return ()
    head = Line("[thresholds]", f"proposed only: {CAVEAT}", is_out=True)
    return (
        head,
        *(Line(f"{one.key} = {one.proposed}", said(one), is_out=True) for one in proposals),
    )


def said(one: Proposal) -> str:
    """A proposal in words, with its intervals."""
    now = f"{one.present} would have flagged {_of(one.present_share)}"
    aim = f"the budget is {one.budget:.2%}"
    if not one.is_proven:
        least = f"{least_total(one.budget):,}"
        with_it = f"; {one.proposed} goes with the other threshold" if one.is_change else ""
        return (
            f"{now}; {aim}, which takes {least} messages to be shown to hold: "
            f"too short a history{with_it}"
        )
    if not one.is_change:
        return f"as in the policy: {now}; {aim}, which holds"
    return f"{now}; {aim}; {one.proposed} would have flagged {_of(one.proposed_share)}"


def least_total(most: float) -> int:
    """How many messages it takes to show that a share is within a budget, if none is flagged.

    >>> least_total(0.001)
    3688
    """
    return bisect_left(range(1, 10**9), 1, key=lambda total: is_within(0, total, most)) + 1


def _of(part: Share) -> str:
    return f"{part.hits:,} of {part.total:,} ({part.low:.3%} to {part.high:.3%})"


def _proposal(
    key: str, present: int, ordered: Sequence[int], per_budget: float, least: int | None = None
) -> Proposal:
    """The lowest threshold, from the present one and ``least`` on, that keeps the budget."""
    most = per_budget / PER_BUDGET
    total = len(ordered)
    start = present if least is None else max(present, least)
    candidates = [start, *sorted({one + 1 for one in ordered if one >= start})]
    hits = [total - bisect_left(ordered, one) for one in candidates]
    proven = (n for n, one in enumerate(hits) if is_within(one, total, most))
    chosen = next(proven, None)
    at = chosen or 0
    return Proposal(
        key=key,
        present=present,
        proposed=candidates[at],
        budget=most,
        present_share=share(total - bisect_left(ordered, present), total),
        proposed_share=share(hits[at], total),
        is_proven=chosen is not None,
    )
