"""Benign mail that hurts when held, one family per function; importing declares them all."""

from chaffinch.simulate.lookalikes import chiefs, machines, money, offices, partners, security

__all__ = ["chiefs", "machines", "money", "offices", "partners", "security"]
