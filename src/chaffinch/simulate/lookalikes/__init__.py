"""Benign mail that hurts when held, one family per function; importing declares them all."""

from chaffinch.simulate.lookalikes import (
    chiefs,
    exercises,
    machines,
    money,
    offices,
    partners,
    security,
)

__all__ = ["chiefs", "exercises", "machines", "money", "offices", "partners", "security"]
