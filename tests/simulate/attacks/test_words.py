"""The two partitions of every text are written independently: no run of words is in both."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from chaffinch.simulate.attacks import words
from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.chance import chance
from chaffinch.simulate.text.grammar import say
from chaffinch.simulate.text.texts import PARTITIONS, Texts

RUN = 5  # words
FEWEST_SPOKEN_ABROAD = 10


def lures() -> dict[str, Lure]:
    """Every lure of the package, the ones in other languages with the language behind the name."""
    found: dict[str, Lure] = {}
    for info in pkgutil.iter_modules(words.__path__):
        module = importlib.import_module(f"{words.__name__}.{info.name}")
        for name, value in vars(module).items():
            if isinstance(value, Lure):
                found[f"{info.name}.{name}"] = value
                found |= {f"{info.name}.{name}-{code}": one for code, one in value.abroad.items()}
    return found


LURES = lures()


def parts(lure: Lure) -> Iterator[tuple[str, Texts]]:
    for name in ("subject", "body", "label", "close"):
        if (told := getattr(lure, name)) is not None:
            yield name, told


def runs(templates: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Every run of words in what the templates can say; many drawings show most of it."""
    rng, found = chance("runs"), set()
    for template in templates:
        for _ in range(60):
            said = re.findall(r"[^\W_]+|\{\w+\}", say(rng, template).lower())
            found |= {tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1)}
    return found


@pytest.mark.parametrize("name", LURES)
def test_no_run_of_words_is_in_both_partitions(name: str) -> None:
    for part, told in parts(LURES[name]):
        assert not runs(told.train) & runs(told.judge), part


@pytest.mark.parametrize("name", LURES)
def test_there_is_something_to_choose_from(name: str) -> None:
    lure = LURES[name]
    fewest = 2 if "-" in name else 3
    for partition in PARTITIONS:
        assert len(lure.subject.of(partition)) >= 2
        assert len(lure.body.of(partition)) >= fewest


def test_many_lures_are_told_in_four_languages() -> None:
    spoken = [name for name, lure in LURES.items() if {"de", "fr", "es"} <= set(lure.abroad)]
    assert len(spoken) >= FEWEST_SPOKEN_ABROAD
