"""The truth about a simulated message, in the words decisions are made of."""

from typing import Literal

import msgspec

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector

Label = Literal["benign", "attack"]
Role = Literal["main", "prelude", "cover"]


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What a message is and belongs to.

    ``role`` tells the message that does the harm from what prepares or hides it; ``case`` is
    shared by an attack's messages and its twin's; ``twin_of`` is the ``message_id`` of the attack
    a benign message resembles. ``is_critical``: holding it would hurt the business.
    ``by_behaviour``: the words of attack and twin are alike, so only behaviour tells them apart.
    """

    family: str
    variant: str = ""
    label: Label = "benign"
    role: Role = "main"
    case: str = ""
    twin_of: str | None = None
    goal: Goal = Goal.NONE
    vector: Vector | None = None
    impersonated: Impersonated = Impersonated.NOBODY
    origin: Origin = Origin.EXTERNAL
    by_behaviour: bool = False
    is_critical: bool = False
    partition: str = ""
    operators: tuple[str, ...] = ()
    spoof: str = ""
