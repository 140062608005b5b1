"""How operators are declared, and the order in which they leave each other effective."""

from collections.abc import Callable
from random import Random
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company

Kind = Literal["wording", "sender", "name", "answer", "spelling", "picture", "filling", "coding"]
ORDER: tuple[Kind, ...] = get_args(Kind)  # later kinds work on what earlier ones left
Change = Callable[[Letter, Random, Company], Letter]


class Operator(msgspec.Struct, frozen=True, kw_only=True):
    """One way to disguise a letter; of one kind a letter takes one operator."""

    name: str
    kind: Kind
    change: Change

    def apply(self, letter: Letter, rng: Random, company: Company) -> Letter:
        """The letter disguised and saying so, or the same where nothing can be disguised."""
        changed = self.change(letter, rng, company)
        if changed == letter:
            return letter
        truth = letter.truth
        operators = (*truth.operators, self.name)
        return replace(changed, truth=replace(truth, operators=operators))


OPERATORS: dict[str, Operator] = {}


def operator(*, kind: Kind) -> Callable[[Change], Change]:
    """Declare an operator; its name is the function's."""

    def declare(change: Change) -> Change:
        name = change.__name__.replace("_", "-")
        OPERATORS[name] = Operator(name=name, kind=kind, change=change)
        return change

    return declare
