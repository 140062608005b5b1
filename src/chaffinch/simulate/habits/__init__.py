"""Everyday mail, one family per function; importing the package declares them all."""

from chaffinch.simulate.habits import colleagues, machines, strangers, trade

__all__ = ["colleagues", "machines", "strangers", "trade"]
