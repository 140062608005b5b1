"""Attacks that play a chief: a favour, cards, a secret deal, or only a question."""

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import (
    MASKS,
    chief,
    disguise,
    lookalike,
    lookalike_contact,
    lookalike_impostor,
    owner,
    seat,
    somebody,
)
from chaffinch.simulate.attacks.errand import Errand, errand
from chaffinch.simulate.attacks.words import executives as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.organisation import Person
from chaffinch.simulate.parties import staff, supplier
from chaffinch.simulate.stage import Stage

FAVOURS = {"number": words.MOBILE, "task": words.TASK, "transfer": words.TRANSFER}
SECRETS = ("chief-names-counsel", "counsel-writes")


def played_chief(errand: Errand, boss: Person, purpose: str = "") -> Case:
    """The errand told by a stranger under the chief's name, and by the chief."""
    stage = errand.stage
    mask = stage.rng.choice(MASKS)
    impostor = disguise(stage, boss, mask)
    bad, twin = (
        impostor.on(errand.by(impostor.party)),
        errand.by(owner(stage, staff(stage.company, boss))),
    )
    return pair(bad, twin, f"{purpose}-{mask}" if purpose else mask)


def _near(stage: Stage, boss: Person) -> Person:
    """Somebody attackers believe will do what a chief asks."""
    seats = ("Assistant to the Management", "Accounts Payable", "Controller")
    found = seat(stage, stage.rng.choice(seats))
    return somebody(stage, boss) if found == boss or stage.rng.random() < 0.3 else found


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True)
def vip_impersonation(stage: Stage) -> Case:
    """A chief at a strange address wants a number, a task done or a transfer; the real one too."""
    boss, purpose = chief(stage), stage.rng.choice(sorted(FAVOURS))
    told = errand(stage, FAVOURS[purpose], _near(stage, boss))
    return played_chief(told, boss, purpose)


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True)
def gift_cards(stage: Stage) -> Case:
    """A chief at a strange address wants gift cards; the real one buys them for an event."""
    boss = chief(stage)
    return played_chief(errand(stage, words.GIFT, somebody(stage, boss)), boss)


@attack(
    goal=Goal.RECONNAISSANCE, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True
)
def reconnaissance(stage: Stage) -> Case:
    """A chief's name at a strange address asks whether one is there; the real one does too."""
    boss = chief(stage)
    return played_chief(errand(stage, words.THERE, _near(stage, boss)), boss)


@attack(goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True)
def lawyer_deal(stage: Stage) -> Case:
    """A secret purchase, urgent, with counsel nobody knows; the true one has counsel we know."""
    boss, variant = chief(stage), stage.rng.choice(SECRETS)
    advisers = [supplier(one) for one in stage.company.vendors]
    counsel = stage.rng.choice(advisers)
    known = counsel.contact
    told = errand(stage, words.DEAL, _near(stage, boss), counsel=known.name)
    if variant == "counsel-writes":
        bad = told.by(lookalike_impostor(stage, counsel))
        return pair(bad, told.by(counsel), variant)
    mask = stage.rng.choice(MASKS)
    impostor = disguise(stage, boss, mask)
    forged = lookalike_contact(known, lookalike(stage, known.address.partition("@")[2]))
    bad = impostor.on(told.copying(forged).by(impostor.party))
    return pair(bad, told.copying(known).by(staff(stage.company, boss)), f"{variant}-{mask}")
