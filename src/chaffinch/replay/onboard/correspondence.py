"""Whom the organisation writes to: what a stranger cannot bring about by writing."""

from collections import defaultdict
from collections.abc import Mapping

from chaffinch.replay.onboard.evidence import Tally
from chaffinch.replay.onboard.ground import organisation_of
from chaffinch.replay.onboard.letters import Letters

MOST_RECIPIENTS = 30  # a letter to more is no correspondence with each of them


def answered(letters: Letters) -> Mapping[str, Tally]:
    """The organisations and the addresses outside that people of ours wrote to.

    An address is kept as it stands, an organisation by its domain; automatic answers do not count.
    """
    ground = letters.ground
    found: dict[str, Tally] = defaultdict(Tally)
    for letter in letters:
        facts = letter.facts
        if not letter.is_ours or not letter.is_personal or len(facts.recipients) > MOST_RECIPIENTS:
            continue
        outside = [box.address for box in facts.recipients if not ground.owns(box.address)]
        for key in {*outside, *map(organisation_of, outside)} - {""}:
            found[key].add(facts)
    return dict(found)
