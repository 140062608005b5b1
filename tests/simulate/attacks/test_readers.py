"""Whom letters of attacks and twins go to: each reader once, and nobody writes to themselves."""

from itertools import product

import pytest
from tests.simulate.attacks.playing import WEDNESDAY, case

from chaffinch.simulate import CompanyBrief, cast
from chaffinch.simulate.chance import chance
from chaffinch.simulate.declare import ATTACKS
from chaffinch.simulate.post import deliver
from chaffinch.simulate.scenes import attack_case
from chaffinch.simulate.stage import Stage

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


def test_addresses_are_ascii_whatever_people_are_called() -> None:
    house = cast(CompanyBrief(size=8, name="Ünï Łódź"), seed=1)
    for family, seed in product(sorted(ATTACKS), range(6)):
        at = Stage(company=house, rng=chance("odd", family, seed), day=WEDNESDAY, turn=seed)
        for letter in attack_case(ATTACKS[family], at, "case"):
            assert deliver(letter, house).raw.isascii(), family
