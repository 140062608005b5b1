"""The slots everyday grammars leave open: numbers, places, days of the week."""

from chaffinch.simulate.stage import Stage
from chaffinch.simulate.text.days import MONTHS, WEEKDAYS

PLACES = ("Larkhaven", "Oberlinden", "Port Merrow", "Montesclaro", "Ashdown", "Nordholm")


def slots(stage: Stage, **more: object) -> dict[str, object]:
    """Values for the common slots, in the language of the stage, and those given."""
    rng = stage.rng
    return {
        "number": rng.randrange(10_000, 99_999),
        "small": rng.randrange(3, 48),
        "weekday": rng.choice(WEEKDAYS[stage.language]),
        "month": MONTHS[stage.language][stage.day.month % 12],
        "place": rng.choice(PLACES),
        **more,
    }
