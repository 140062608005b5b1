"""How families of mail are declared: everyday habits, attacks with their twins, look-alikes."""

import difflib
from collections.abc import Callable, Collection, Iterable
from typing import TypedDict, Unpack

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.stage import Stage


class Case(msgspec.Struct, frozen=True):
    """An attack and its benign twin, each of one letter or more, in the order they are sent.

    Where there are several, ``role`` says which one does the harm. The words of both are told
    from one grammar.
    """

    attack: tuple[Letter, ...]
    twin: tuple[Letter, ...]
    variant: str = ""


def pair(attack: Letter, twin: Letter, variant: str = "") -> Case:
    """A case of one letter on each side."""
    return Case((attack,), (twin,), variant)


Writer = Callable[[Stage], Iterable[Letter]]
Plot = Callable[[Stage], Case]


class Habit(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happens every day; ``per_day`` is for 24 people, ``weekend`` a share of it."""

    family: str
    write: Writer
    per_day: float
    weekend: float


class Aim(TypedDict, total=False):
    """What an attack is after, how, as whom, from where; ``by_behaviour``: words do not tell."""

    goal: Goal
    vector: Vector
    impersonated: Impersonated
    origin: Origin
    by_behaviour: bool


class Attack(msgspec.Struct, frozen=True, kw_only=True):
    """One family of attack; its plot writes the attack and its benign twin."""

    family: str
    plot: Plot
    aim: Aim


class Lookalike(msgspec.Struct, frozen=True, kw_only=True):
    """Benign mail that resembles attacks; holding it hurts the business where it is critical."""

    family: str
    write: Writer
    is_critical: bool


HABITS: dict[str, Habit] = {}
ATTACKS: dict[str, Attack] = {}
LOOKALIKES: dict[str, Lookalike] = {}


def habit(*, per_day: float, weekend: float = 0.0) -> Callable[[Writer], Writer]:
    """Declare an everyday family; its name is the function's."""

    def declare(write: Writer) -> Writer:
        family = _family(write)
        HABITS[family] = Habit(family=family, write=write, per_day=per_day, weekend=weekend)
        return write

    return declare


def attack(**aim: Unpack[Aim]) -> Callable[[Plot], Plot]:
    """Declare an attack family; its name is the function's."""

    def declare(plot: Plot) -> Plot:
        family = _family(plot)
        ATTACKS[family] = Attack(family=family, plot=plot, aim=aim)
        return plot

    return declare


def lookalike(*, critical: bool) -> Callable[[Writer], Writer]:
    """Declare a benign family that hurts when held; its name is the function's."""

    def declare(write: Writer) -> Writer:
        family = _family(write)
        LOOKALIKES[family] = Lookalike(family=family, write=write, is_critical=critical)
        return write

    return declare


def _family(function: Callable[..., object]) -> str:
    return function.__name__.replace("_", "-")


def hold_known(wanted: Iterable[str], known: Collection[str]) -> None:
    """Hold that the families are among those that can be chosen here.

    Raises:
        UsageError: one is not; says why, or which was probably meant.
    """
    for name in sorted(set(wanted) - set(known)):
        if name in HABITS:
            raise UsageError(f"{name!r} is everyday mail, which nobody chooses")
        if name in LOOKALIKES:
            raise UsageError(f"{name!r} is a look-alike; only attacks and their twins go here")
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "see `chaffinch simulate --list`"
        raise UsageError(f"unknown family {name!r}; {hint}")
