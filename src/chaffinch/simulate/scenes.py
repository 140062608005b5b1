"""One case played: the letters of an attack and its twin, or of a look-alike, with their truth."""

from collections.abc import Iterator, Sequence
from random import Random

from msgspec.structs import replace

from chaffinch.simulate.declare import Attack, Habit, Lookalike
from chaffinch.simulate.evasion.disguise import disguise
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.truth import Truth


def attack_case(
    attack: Attack, stage: Stage, case: str, veil: Random | None = None
) -> Iterator[Letter]:
    """Every letter of the attack, then every letter of its twin.

    With ``veil``, the dice of the disguise, the letter that does the harm is disguised.
    """
    played = attack.plot(stage)
    bad = Truth(
        family=attack.family,
        variant=played.variant,
        label="attack",
        case=case,
        partition=stage.partition,
        **attack.aim,
    )
    written = tuple(_marked(played.attack, bad))
    if veil:
        written = _disguised(written, veil, stage.company)
    good = replace(
        Truth(family=f"{attack.family}-twin", variant=played.variant, case=case),
        twin_of=main_letter(written).message_id,
        by_behaviour=bad.by_behaviour,
        partition=stage.partition,
    )
    yield from written
    yield from _marked(played.twin, good)


def everyday(habit: Habit, stage: Stage) -> Iterator[Letter]:
    """Every letter of one occasion of the habit, saying which half of the texts it was told in."""
    for letter in habit.write(stage):
        yield replace(letter, truth=replace(letter.truth, partition=stage.partition))


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


def _disguised(letters: tuple[Letter, ...], veil: Random, company: Company) -> tuple[Letter, ...]:
    """The letters with the main one disguised; those that answer it find it by its new name."""
    main = main_letter(letters)
    hidden = disguise(main, veil, company, keeps_sender=len(letters) > 1)
    names = {main.message_id: hidden.message_id}
    return tuple(
        hidden
        if one is main
        else replace(one, references=tuple(names.get(name, name) for name in one.references))
        for one in letters
    )


def _marked(letters: Sequence[Letter], truth: Truth) -> Iterator[Letter]:
    """The letters with the truth; only a main letter is a twin of something."""
    for letter in letters:
        role = letter.truth.role
        twin_of = truth.twin_of if role == "main" else None
        yield replace(letter, truth=replace(truth, role=role, twin_of=twin_of))
