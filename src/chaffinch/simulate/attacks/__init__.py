"""Attacks with their benign twins, one family per function; importing declares them all."""

from chaffinch.simulate.attacks import accounts, credentials, files, money, talk

__all__ = ["accounts", "credentials", "files", "money", "talk"]
