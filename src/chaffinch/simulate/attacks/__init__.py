"""Attacks with their benign twins, one family per function; importing declares them all."""

from chaffinch.simulate.attacks import (
    accounts,
    bait,
    codes,
    credentials,
    files,
    grants,
    links,
    money,
    notices,
    platforms,
    talk,
)

__all__ = [
    "accounts",
    "bait",
    "codes",
    "credentials",
    "files",
    "grants",
    "links",
    "money",
    "notices",
    "platforms",
    "talk",
]
