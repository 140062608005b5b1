"""Attacks with their benign twins, one family per function; importing declares them all."""

from chaffinch.simulate.attacks import (
    accounts,
    credentials,
    files,
    grants,
    links,
    money,
    notices,
    talk,
)

__all__ = ["accounts", "credentials", "files", "grants", "links", "money", "notices", "talk"]
