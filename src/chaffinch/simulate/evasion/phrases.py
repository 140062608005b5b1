"""The same request in other words: a table of phrases that mean the same."""

import re
from random import Random

from chaffinch.simulate.evasion.declare import operator
from chaffinch.simulate.evasion.wording import reworded
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company

SAME = (
    ("please", "kindly", "be so kind and"),
    ("today", "before the day is over", "by this evening"),
    ("now", "right away", "this minute"),
    ("let me know", "tell me", "drop me a line"),
    ("let us know", "tell us", "write back to us"),
    ("is attached", "is enclosed", "comes with this mail"),
    ("attached", "enclosed", "added to this mail"),
    ("invoice", "bill"),
    ("payment", "transfer", "remittance"),
    ("account", "banking connection"),
    ("confirm", "acknowledge", "give me your word on"),
    ("document", "paper", "file"),
    ("password", "pass phrase", "sign-in word"),
    ("expires", "lapses", "runs out"),
    ("review", "look through", "go over"),
    ("check", "have a look at", "verify"),
    ("update", "bring up to date", "renew"),
    ("need", "require", "have to have"),
    ("urgent", "pressing", "of great haste"),
    ("meeting", "conference", "session"),
    ("as soon as possible", "without delay", "at your earliest convenience"),
    ("confidential", "between the two of us", "not for other ears"),
    ("the link below", "the address underneath", "the button that follows"),
    ("voice message", "recorded call"),
    ("sign in", "log in", "identify yourself"),
    ("bitte", "seien Sie so gut und"),
    ("Rechnung", "Faktura"),
    ("Anhang", "Anlage", "Beilage"),
    ("facture", "note à payer"),
    ("pièce jointe", "document joint"),
    ("merci de", "veuillez"),
    ("factura", "cuenta"),
    ("adjunto", "documento anexo"),
    ("por favor", "le ruego"),
)
GROUPS = {phrase: group for group in SAME for phrase in group}
PHRASES = re.compile(
    r"(?<![\w/.@#?=&:-])(?:"
    + "|".join(map(re.escape, sorted(GROUPS, key=len, reverse=True)))
    + r")(?![\w/@=-]|\.\w)",
    re.IGNORECASE,
)
LOWER = {phrase.lower(): group for phrase, group in GROUPS.items()}


@operator(kind="wording")
def paraphrase(letter: Letter, rng: Random, company: Company) -> Letter:
    """Phrases of the finished text are exchanged for others that mean the same."""
    chosen: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        phrase = match[0].lower()
        if phrase not in chosen:
            others = [one for one in LOWER[phrase] if one.lower() != phrase]
            chosen[phrase] = rng.choice(others)
        new = chosen[phrase]
        return new[:1].upper() + new[1:] if match[0][:1].isupper() else new

    return reworded(letter, lambda text: PHRASES.sub(other, text))
