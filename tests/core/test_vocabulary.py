"""The names people use for attacks: one for every combination, and the right one for money."""

from itertools import product

import pytest

from chaffinch.core.vocabulary import Goal, Impersonated, Vector, attack_type

BEC = "business e-mail compromise"


def test_every_combination_has_a_name_and_no_attack_has_none() -> None:
    for goal, vector, face in product(Goal, (None, *Vector), Impersonated):
        assert bool(attack_type(goal, vector, face)) == (goal is not Goal.NONE)


def test_compromise_of_business_mail_needs_somebody_of_the_business() -> None:
    faces = {
        face
        for goal, vector, face in product(Goal, (None, *Vector), Impersonated)
        if attack_type(goal, vector, face) == BEC
    }
    assert faces == {
        Impersonated.VIP,
        Impersonated.EMPLOYEE,
        Impersonated.VENDOR,
        Impersonated.OWN_DOMAIN,
    }


@pytest.mark.parametrize(
    ("goal", "vector", "face", "name"),
    [
        (Goal.PAYMENT, Vector.REPLY, Impersonated.VENDOR, BEC),
        (Goal.PAYMENT, Vector.LINK, Impersonated.BRAND, "payment fraud"),
        (Goal.PAYMENT, Vector.REPLY, Impersonated.AUTHORITY, "payment fraud"),
        (Goal.PAYMENT, Vector.LINK, Impersonated.NOBODY, "payment fraud"),
        (Goal.PAYMENT, Vector.REPLY, Impersonated.NOBODY, "advance-fee fraud"),
        (Goal.PAYMENT, Vector.CALLBACK, Impersonated.BRAND, "callback phishing"),
        (Goal.DATA, Vector.LINK, Impersonated.BRAND, "data phishing"),
        (Goal.DATA, Vector.REPLY, Impersonated.VIP, "data theft"),
        (Goal.EXTORTION, Vector.REPLY, Impersonated.NOBODY, "extortion"),
    ],
)
def test_names(goal: Goal, vector: Vector, face: Impersonated, name: str) -> None:
    assert attack_type(goal, vector, face) == name
