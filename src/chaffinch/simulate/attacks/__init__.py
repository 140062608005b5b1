"""Attacks with their benign twins, one family per function; importing declares them all."""

from chaffinch.simulate.attacks import credentials, files, money, talk

__all__ = ["credentials", "files", "money", "talk"]
