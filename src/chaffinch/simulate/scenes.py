"""One case played: the letters of an attack and its twin, or of a look-alike, with their truth."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from chaffinch.simulate.declare import Attack, Lookalike
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.truth import Truth


def attack_case(attack: Attack, stage: Stage, case: str) -> Iterator[Letter]:
    """Every letter of the attack, then every letter of its twin."""
    played = attack.plot(stage)
    bad = Truth(
        family=attack.family,
        variant=played.variant,
        label="attack",
        case=case,
        partition=stage.partition,
        **attack.aim,
    )
    good = replace(
        Truth(family=f"{attack.family}-twin", variant=played.variant, case=case),
        twin_of=main_letter(played.attack).message_id,
        by_behaviour=bad.by_behaviour,
        partition=stage.partition,
    )
    yield from _marked(played.attack, bad)
    yield from _marked(played.twin, good)


def lookalike_case(lookalike: Lookalike, stage: Stage, case: str) -> Iterator[Letter]:
    """Every letter of the look-alike; a variant its writer named is kept."""
    for letter in lookalike.write(stage):
        truth = replace(
            letter.truth,
            family=lookalike.family,
            case=case,
            is_critical=lookalike.is_critical,
            partition=stage.partition,
        )
        yield replace(letter, truth=truth)


def main_letter(letters: Sequence[Letter]) -> Letter:
    """The letter that does the harm, or that resembles the one that does: the last of role main."""
    return next(one for one in reversed(letters) if one.truth.role == "main")


def _marked(letters: Sequence[Letter], truth: Truth) -> Iterator[Letter]:
    """The letters with the truth; only a main letter is a twin of something."""
    for letter in letters:
        role = letter.truth.role
        twin_of = truth.twin_of if role == "main" else None
        yield replace(letter, truth=replace(truth, role=role, twin_of=twin_of))
