"""Attack and twin of the behaviour families: alike in words, told apart by who, how and since when.

The benchmark measures thousands of pairs; here are some hundreds, by the same code.
"""

from collections.abc import Sequence

import pytest

from shared.grams import grams
from shared.plain_learner import Example, auc, out_of_fold
from simulate_pairs import BEHAVIOUR, Letter, example, figures, letters_of, whole_pairs

SEEDS = range(8)
CASES = 54


@pytest.fixture(scope="module")
def letters() -> list[Letter]:
    found = [one for seed in SEEDS for one in letters_of(seed, CASES, days=8, people=12)]
    return whole_pairs(found)


def test_words_do_not_tell_and_facts_do(letters: Sequence[Letter]) -> None:
    found = figures(letters, seed=1)
    assert found["pairs"] == len(SEEDS) * CASES
    assert found["families"] == len(BEHAVIOUR)
    assert float(str(found["text_auc"])) <= 0.6
    assert float(str(found["facts_auc"])) >= 0.95


def test_the_learner_would_find_words_that_tell(letters: Sequence[Letter]) -> None:
    """One word more in the attacks is found, and labels that mean nothing are not."""
    some = letters[::4]
    planted = [
        example(one, grams(f"{one.text} thereunto" if one.is_attack else one.text)) for one in some
    ]
    assert auc(out_of_fold(planted), [one.is_attack for one in some]) > 0.8
    mixed = [Example(one.facts, n % 2 == 0, str(n // 2)) for n, one in enumerate(letters)]
    assert 0.4 < auc(out_of_fold(mixed), [one.is_attack for one in mixed]) < 0.6


def test_a_case_never_lies_in_two_folds(letters: Sequence[Letter]) -> None:
    sides = [(one.case, one.is_attack) for one in letters]
    assert len(set(sides)) == len(sides) == 2 * len({case for case, _ in sides})
