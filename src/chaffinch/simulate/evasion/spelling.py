"""Words that look the same and are not: foreign letters, invisible ones, turned and cut ones."""

from random import Random

from msgspec.structs import replace

from chaffinch.simulate.evasion.declare import operator
from chaffinch.simulate.evasion.wording import respelled
from chaffinch.simulate.letter import File, Letter
from chaffinch.simulate.organisation import Company

TWINS = str.maketrans(
    "aceiopsxyjhdABCEHIKMOPTX",
    "\u0430\u0441\u0435\u0456\u043e\u0440\u0455\u0445\u0443\u0458\u04bb\u0501"
    "\u0410\u0412\u0421\u0415\u041d\u0406\u041a\u041c\u041e\u0420\u0422\u0425",
)
INVISIBLE = "\u200b\u200c\u200d\u2060\u00ad"
TURN, TURN_BACK = "\u202e", "\u202c"
CUT = "\ue000"  # stands for an empty tag until the page is whole
EMPTY_TAGS = ("<b></b>", "<span></span>", "<!-- -->", "<wbr>")
DANGEROUS = {"iso", "lnk", "html", "htm", "docm", "xlsm", "zip", "img", "svg", "js"}


@operator(kind="spelling")
def homoglyphs(letter: Letter, rng: Random, company: Company) -> Letter:
    """Some Latin letters are Cyrillic ones of the same shape."""

    def spell(rng: Random, word: str) -> str:
        share = rng.choice((0.4, 0.7, 1.0))
        return "".join(one.translate(TWINS) if rng.random() < share else one for one in word)

    return respelled(letter, rng, spell)


@operator(kind="spelling")
def zero_width(letter: Letter, rng: Random, company: Company) -> Letter:
    """Characters nobody sees stand inside the words."""

    def spell(rng: Random, word: str) -> str:
        for _ in range(rng.choice((1, 1, 2, 3))):
            at = rng.randrange(1, len(word))
            word = word[:at] + rng.choice(INVISIBLE) + word[at:]
        return word

    return respelled(letter, rng, spell)


@operator(kind="spelling")
def bidi(letter: Letter, rng: Random, company: Company) -> Letter:
    """Words are written backwards and turned round for the reader, file endings as well."""

    def spell(rng: Random, word: str) -> str:
        return f"{TURN}{word[::-1]}{TURN_BACK}"

    changed = respelled(letter, rng, spell)
    return replace(changed, files=tuple(map(_turned_name, letter.files)))


def _turned_name(file: File) -> File:
    """``Invoice<turn>fdp.iso`` is shown as ``Invoiceosi.pdf``."""
    stem, _, ending = file.name.rpartition(".")
    if ending not in DANGEROUS or not stem:
        return file
    return File(f"{stem}{TURN}fdp.{ending}", file.content_type, file.data)


@operator(kind="spelling")
def word_splitting(letter: Letter, rng: Random, company: Company) -> Letter:
    """Words are cut: by blanks or dots for all to see, or by tags that show nothing."""
    cut = rng.choice((" ", ".", "-", CUT)) if letter.html else rng.choice((" ", ".", "-"))

    def spell(rng: Random, word: str) -> str:
        if cut != CUT:
            return cut.join(word)
        at = rng.randrange(1, len(word))
        return word[:at] + CUT + word[at:]

    changed = respelled(letter, rng, spell)
    tag = rng.choice(EMPTY_TAGS)
    return replace(
        changed,
        subject=changed.subject.replace(CUT, ""),
        text=changed.text.replace(CUT, ""),
        html=changed.html.replace(CUT, tag),
    )
