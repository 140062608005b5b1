"""The slots everyday grammars leave open: numbers, places, days of the week."""

from chaffinch.simulate.habits import texts
from chaffinch.simulate.stage import Stage


def slots(stage: Stage, **more: object) -> dict[str, object]:
    """Values for the common slots, and those given."""
    rng = stage.rng
    return {
        "number": rng.randrange(10_000, 99_999),
        "small": rng.randrange(3, 48),
        "weekday": rng.choice(texts.WEEKDAYS),
        "place": rng.choice(texts.PLACES),
        **more,
    }
