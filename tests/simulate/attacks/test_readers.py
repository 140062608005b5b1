"""Whom letters of attacks and twins go to: each reader once, and nobody writes to themselves."""

import pytest
from tests.simulate.attacks.playing import case

from chaffinch.simulate.declare import ATTACKS

FROM_THE_READER = ("extortion", "own-address")  # the attacker writes as the very reader


@pytest.mark.parametrize("family", sorted(ATTACKS))
def test_everybody_reads_once_and_nobody_their_own(family: str) -> None:
    for seed in range(40):
        for played in case(family, seed):
            letter = played.letter
            readers = [one.address for one in letter.everybody]
            assert len(readers) == len(set(readers))
            is_blind = bool(letter.delivered_to)  # to the author, with everybody in Bcc
            if not is_blind and (letter.family, letter.truth.variant) != FROM_THE_READER:
                assert letter.author.contact.address not in readers
