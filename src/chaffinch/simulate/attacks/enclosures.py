"""Letters with one file: what it is called, what stands on it, and who sends it to whom."""

from typing import NamedTuple

from msgspec.structs import replace

from chaffinch.simulate.attacks.lure import Lure, Telling, telling
from chaffinch.simulate.attacks.notices import known_party
from chaffinch.simulate.attacks.underworld import (
    OFTEN,
    TYPED,
    Camp,
    Theme,
    camp,
    invented_name,
)
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.organisation import Person
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.text.texts import Texts

OPEN_XML = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": "application/pdf",
    "zip": "application/zip",
    "iso": "application/octet-stream",
    "img": "application/octet-stream",
    "html": "text/html",
    "htm": "text/html",
    "shtml": "text/html",
    "svg": "image/svg+xml",
    "docx": f"{OPEN_XML}.wordprocessingml.document",
    "xlsx": f"{OPEN_XML}.spreadsheetml.sheet",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
TOLD_AGAIN = ("number", "small", "until", "amount")


class Paper(NamedTuple):
    """What is written on a file, its name without an end, and the facts the letter repeats."""

    stem: str
    lines: tuple[str, ...]
    facts: dict[str, object]


class Parties(NamedTuple):
    """Who plays: the words for the reader, the attacker's camp, and a partner who writes alike."""

    told: Telling
    place: Camp
    known: Party


def parties(stage: Stage, lure: Lure, reader: Person, theme: Theme) -> Parties:
    """A stranger, who may go by the partner's name, and the partner."""
    known = known_party(stage)
    name = stage.rng.choice((known.contact.name, invented_name(stage.rng)))
    place = camp(stage, name, theme, kinds=stage.rng.choice((OFTEN, TYPED)))
    if name == known.contact.name and stage.rng.random() < 0.7:
        place = replace(place, party=replace(place.party, signature=known.signature))
    return Parties(telling(stage, lure, reader), place, known)


def paper(told: Telling, names: Texts, lines: Texts) -> Paper:
    """A paper for one letter."""
    filled = told.facts()
    shown = told.stage.tell(lines, **filled).split("\n")
    return Paper(told.stage.tell(names, **filled), tuple(shown), filled)


def named(name: str, data: bytes) -> File:
    """A file whose type is told by the end of its name."""
    return File(name, KINDS[name.rpartition(".")[2]], data)


def printed_on(stage: Stage, one: Paper) -> bytes:
    """The paper as a PDF."""
    return pdf(one.lines, stage.rng.choice(PROGRAMS), title=one.stem)


def enclosing(told: Telling, author: Party, one: Paper, file: File, **more: object) -> Letter:
    """The letter with the file; numbers and dates are those on the paper."""
    repeated = {key: one.facts[key] for key in TOLD_AGAIN}
    letter = told.typed(author, "", sharer=author.contact.name, **repeated, **more)
    return replace(letter, files=(file,))
