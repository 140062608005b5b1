"""How somebody writes: long or short forms, greetings, slips of the fingers."""

import re
from functools import lru_cache
from random import Random
from typing import Literal

import msgspec

from chaffinch.simulate.chance import chance

Register = Literal["formal", "plain", "terse"]
REGISTERS: tuple[Register, ...] = ("formal", "plain", "plain", "terse")

HELLOS: dict[str, dict[Register, tuple[str, ...]]] = {
    "en": {
        "formal": ("Dear {full},", "Good morning {full},", "Good day {name},"),
        "plain": ("Hello {name},", "Hi {name},", "Hello {name}", "Dear {name},"),
        "terse": ("{name},", "Hi,", "Hey {name},", "{name} -"),
    },
    "de": {
        "formal": ("Sehr geehrte Damen und Herren,", "Guten Tag {full},"),
        "plain": ("Hallo {name},", "Guten Tag {name},", "Liebes Team,"),
        "terse": ("Moin {name},", "{name},", "Hi {name},"),
    },
    "fr": {
        "formal": ("Madame, Monsieur,", "Bonjour {full},"),
        "plain": ("Bonjour {name},", "Bonjour,"),
        "terse": ("{name},", "Salut {name},"),
    },
    "es": {
        "formal": ("Estimados señores:", "Buenos días, {full}:"),
        "plain": ("Hola {name}:", "Buenos días, {name}:"),
        "terse": ("{name}:", "Hola,"),
    },
}

SHORT_FORMS = (
    ("I am ", "I'm "),
    ("I have ", "I've "),
    ("I will ", "I'll "),
    ("do not ", "don't "),
    ("cannot ", "can't "),
    ("is not ", "isn't "),
    ("we are ", "we're "),
    ("We are ", "We're "),
    ("it is ", "it's "),
    ("It is ", "It's "),
)
_JOINTS = str.maketrans("", "", "-'")
ANOTHER_SLIP = 0.5  # of the texts with a slip, so many have one more


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """The way somebody writes; ``slips`` is how often a text of theirs holds a typo, 0 to 1."""

    register: Register = "plain"
    hello: int = 0
    slips: float = 0.0

    def greeting(self, name: str, language: str = "en") -> str:
        """How this voice begins a letter to somebody of that name.

        >>> Voice(register="terse").greeting("Ada Byron")
        'Ada,'
        """
        forms = HELLOS.get(language, HELLOS["en"])[self.register]
        return forms[self.hello % len(forms)].format(name=name.partition(" ")[0], full=name)

    def typed(self, rng: Random, text: str) -> str:
        """The text as this voice types it: its short forms, and now and then a slip."""
        if self.register == "terse":
            for long, short in SHORT_FORMS:
                text = text.replace(long, short)
        while self.slips and rng.random() < self.slips:
            text = _slipped(rng, text)
            if rng.random() > ANOTHER_SLIP:
                break
        return text


@lru_cache(maxsize=8192)
def voice_of(address: str) -> Voice:
    """The voice of whoever has the address; the same every time."""
    rng = chance("voice", address)
    return Voice(
        register=rng.choice(REGISTERS),
        hello=rng.randrange(12),
        slips=rng.choice((0.0, 0.0, 0.02, 0.1)),
    )


def _slipped(rng: Random, text: str) -> str:
    """The text with two letters in the wrong order, one lost or one doubled, inside a word.

    Addresses, links, domains, sums and numbers stay right: they are pasted, not typed.
    """
    at = rng.randrange(len(text)) if text else 0
    here = text[at : at + 3]
    if len(here) < 3 or not (here.isalpha() and here.islower()) or not _is_word(text, at):
        return text
    middle = rng.choice((here[1] + here[0], here[0], here[0] + here[1] * 2))
    return text[:at] + middle + text[at + 2 :]


def _is_word(text: str, at: int) -> bool:
    """Whether what stands there between blanks is a word, with hyphens and apostrophes perhaps."""
    before = text[:at].rpartition(" ")[2].rpartition("\n")[2]
    token = before + re.split(r"\s", text[at:], maxsplit=1)[0]
    return token.strip('.,;:!?()"').translate(_JOINTS).isalpha()
