"""The run of one message: where what is known of it stands, and the spending of steps."""

from typing import Any

Run = list[Any]
MESSAGE, CAPABILITIES, STEPS, ANSWERS, VALUES = range(5)


class BudgetSpentError(Exception):
    """The steps of one rule are used up."""


def spend(run: Run, steps: int) -> bool:
    """Spend steps; always false, so that it can stand in front of an operand."""
    run[STEPS] -= steps
    if run[STEPS] < 0:
        raise BudgetSpentError
    return False
