"""An attack letter disguised by one to three operators that leave each other effective."""

from collections.abc import Sequence
from random import Random

from chaffinch.core.errors import UsageError
from chaffinch.simulate import evasion
from chaffinch.simulate.evasion.declare import OPERATORS, ORDER, Operator
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company

DECLARED = (evasion,)  # imported for what it declares
HOW_MANY = (1, 1, 2, 2, 3)
SPOILING = frozenset({"spelling", "picture"})  # letters drawn into a picture are read by nobody


def disguise(
    letter: Letter,
    rng: Random,
    company: Company,
    wanted: Sequence[str] = (),
    keeps_sender: bool = False,
) -> Letter:
    """The letter under the wanted operators, or under some that fit it.

    Those that find nothing to change leave no trace. ``keeps_sender``: it has written before, so
    that it cannot move now.

    Raises:
        UsageError: an operator is unknown, or two of the wanted ones spoil each other.
    """
    chosen = _wanted(wanted) if wanted else _drawn(letter, rng, company, keeps_sender)
    for one in sorted(chosen, key=lambda one: ORDER.index(one.kind)):
        letter = one.apply(letter, rng, company)
    return letter


def _wanted(names: Sequence[str]) -> list[Operator]:
    if unknown := [name for name in names if name not in OPERATORS]:
        raise UsageError(f"unknown operator {unknown[0]!r}; known are {', '.join(OPERATORS)}")
    chosen: list[Operator] = []
    for name in dict.fromkeys(names):
        if not _goes_with(OPERATORS[name], chosen):
            raise UsageError(f"{name} cannot be had together with {chosen[-1].name}")
        chosen.append(OPERATORS[name])
    return chosen


def _drawn(letter: Letter, rng: Random, company: Company, keeps_sender: bool) -> list[Operator]:
    names = sorted(OPERATORS)
    rng.shuffle(names)
    count, chosen = rng.choice(HOW_MANY), list[Operator]()
    for one in map(OPERATORS.__getitem__, names):
        if len(chosen) == count:
            break
        if keeps_sender and one.kind == "sender":
            continue
        if _goes_with(one, chosen) and one.change(letter, rng, company) != letter:
            chosen.append(one)
    return chosen


def _goes_with(one: Operator, chosen: Sequence[Operator]) -> bool:
    kinds = {other.kind for other in chosen}
    return one.kind not in kinds and not kinds | {one.kind} >= SPOILING
