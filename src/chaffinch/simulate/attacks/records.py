"""Attacks on what finance and the people team keep: pay, debtors, tax papers."""

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import (
    chief,
    free_mail_impostor,
    lookalike_impostor,
    owner,
    seat,
    somebody,
    thief,
)
from chaffinch.simulate.attacks.errand import errand
from chaffinch.simulate.attacks.executives import played_chief
from chaffinch.simulate.attacks.words import records as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.parties import staff
from chaffinch.simulate.stage import Stage

WAYS = ("free-mail", "look-alike", "taken-over")


@attack(
    goal=Goal.PAYMENT, vector=Vector.REPLY, impersonated=Impersonated.EMPLOYEE, by_behaviour=True
)
def payroll_diversion(stage: Stage) -> Case:
    """An employee's pay is to go elsewhere, asked by a stranger or a thief; the owner asks too."""
    reader = seat(stage, stage.rng.choice(("Payroll Officer", "Head of Human Resources")))
    person, way = somebody(stage, reader), stage.rng.choice(WAYS)
    told, genuine = errand(stage, words.PAY, reader), staff(stage.company, person)
    impostors = {
        "free-mail": lambda: free_mail_impostor(stage, person),
        "look-alike": lambda: lookalike_impostor(stage, genuine),
        "taken-over": lambda: thief(stage, genuine),
    }
    return pair(told.by(impostors[way]()), told.by(owner(stage, genuine)), way)


@attack(goal=Goal.DATA, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True)
def ageing_report(stage: Stage) -> Case:
    """A chief at a strange address wants the list of debtors; the real one wants it, too."""
    boss = chief(stage)
    reader = seat(stage, stage.rng.choice(("Accounts Payable", "Controller")))
    reader = somebody(stage, boss) if reader == boss else reader
    return played_chief(errand(stage, words.AGEING, reader), boss)


@attack(goal=Goal.DATA, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True)
def tax_form(stage: Stage) -> Case:
    """A chief at a strange address wants everybody's wage statements; the real one does, too."""
    boss = chief(stage)
    reader = seat(stage, stage.rng.choice(("Head of Human Resources", "Payroll Officer")))
    reader = somebody(stage, boss) if reader == boss else reader
    return played_chief(errand(stage, words.TAX, reader), boss)
