"""Whether attack and twin are told apart by their words, and by who sends them and how.

Mail of several companies (``--companies``, one seed each) is read in order; of the families whose
words are alike, the letters that do the harm and their twins are set against each other by a plain
learner on five folds of whole cases. ``text_auc``: hashed n-grams of words and letters of subject,
visible text and attached text. ``facts_auc``: sender, authentication and history, counted over the
same mail as it comes (addresses of hosts and mailboxes are facts, not words). Both also per family:
how the scores of that family's letters are ordered.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from chaffinch.simulate import Plan, company, stream
from chaffinch.simulate.declare import ATTACKS
from shared.acquaintance import Acquaintance, seen_of
from shared.grams import grams, words_of
from shared.measuring import report
from shared.plain_learner import Example, auc, out_of_fold

START = datetime(2026, 5, 4, tzinfo=UTC)
DAYS = 12
HOT_DAYS = 5
PEOPLE = 20
BEHAVIOUR = tuple(sorted(family for family, one in ATTACKS.items() if one.aim.get("by_behaviour")))


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of a pair: its family and case, what it says and what was known of it."""

    family: str
    case: str
    is_attack: bool
    text: str
    facts: frozenset[str]


def main() -> int:
    """Compare and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the first company")
    parser.add_argument("--sample", type=int, default=54, help="cases of each company")
    parser.add_argument("--json", action="store_true", help="one line instead of a table")
    parser.add_argument("--companies", type=int, default=40, help="each with its own seed")
    chosen = parser.parse_args()
    seeds = range(chosen.seed, chosen.seed + chosen.companies)
    letters = [one for seed in seeds for one in letters_of(seed, chosen.sample)]
    report(figures(letters, chosen.seed), as_json=chosen.json)
    return 0


def letters_of(seed: int, cases: int, days: int = DAYS, people: int = PEOPLE) -> Iterator[Letter]:
    """The letters of one company's pairs, with what its earlier mail says of them."""
    house = company(seed, people=people)
    plan = Plan(
        start=START,
        days=days,
        seed=seed,
        cases=cases,
        hot_days=min(HOT_DAYS, days // 2),
        families=BEHAVIOUR,
    )
    known = Acquaintance(house)
    for one in stream(house, plan):
        seen, message = seen_of(one)
        if one.truth.by_behaviour and one.truth.role == "main":
            yield Letter(
                family=one.family.removesuffix("-twin"),
                case=f"{seed}/{one.truth.case}",
                is_attack=one.label == "attack",
                text=words_of(message),
                facts=known.facts(seen),
            )
        known.learn(seen)


def figures(letters: Sequence[Letter], seed: int) -> dict[str, object]:
    """Both figures, over all pairs and per family."""
    letters = whole_pairs(letters)
    text = out_of_fold([example(one, grams(one.text)) for one in letters], seed)
    facts = out_of_fold([example(one, one.facts) for one in letters], seed)
    text_of, facts_of = by_family(letters, text), by_family(letters, facts)
    return {
        "pairs": len(letters) // 2,
        "families": len(text_of),
        "text_auc": area(letters, text),
        "facts_auc": area(letters, facts),
        "text_worst": max(text_of.values()),
        "facts_worst": min(facts_of.values()),
        "text_auc_by_family": text_of,
        "facts_auc_by_family": facts_of,
    }


def whole_pairs(letters: Sequence[Letter]) -> list[Letter]:
    """The letters whose counterpart arrived, too."""
    sides = {(one.case, one.is_attack) for one in letters}
    return [one for one in letters if (one.case, not one.is_attack) in sides]


def example(letter: Letter, features: frozenset[object]) -> Example:
    """The letter as a row to learn from."""
    return Example(features, letter.is_attack, letter.case)


def by_family(letters: Sequence[Letter], scores: Sequence[float]) -> dict[str, float]:
    """The figure of each family's letters among themselves."""
    found = {}
    for family in sorted({one.family for one in letters}):
        of_it = [n for n, one in enumerate(letters) if one.family == family]
        found[family] = area([letters[n] for n in of_it], [scores[n] for n in of_it])
    return found


def area(letters: Sequence[Letter], scores: Sequence[float]) -> float:
    """The area under the curve, three decimals."""
    return round(auc(scores, [one.is_attack for one in letters]), 3)


if __name__ == "__main__":
    sys.exit(main())
