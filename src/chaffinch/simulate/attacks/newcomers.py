"""Firms that have not written before, honest or not."""

from chaffinch.simulate import names
from chaffinch.simulate.letter import Party
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import partner
from chaffinch.simulate.stage import Stage

TRADES = ("Advisory", "Consulting", "Partners", "Research", "Training", "Supplies", "Systems")


def newcomer(stage: Stage) -> Party:
    """Somebody at a new firm, its mail in good order."""
    rng = stage.rng
    person = f"{rng.choice(names.FIRST_NAMES)} {rng.choice(names.LAST_NAMES)}"
    stem, trade = rng.choice(names.STEMS), rng.choice(TRADES)
    domain = f"{stem}-{trade}{rng.randrange(900)}.{rng.choice(names.TAILS)}".lower()
    local = ".".join(person.lower().translate(names.FOLDED).split())
    return partner(Contact(name=person, address=f"{local}@{domain}"), f"{stem} {trade}")
