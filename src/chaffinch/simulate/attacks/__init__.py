"""Attacks with their benign twins, one family per function; importing declares them all."""

from chaffinch.simulate.attacks import (
    accounts,
    bait,
    codes,
    executives,
    grants,
    insiders,
    links,
    notices,
    pages,
    papers,
    partners,
    platforms,
    records,
    relayed,
    vendors,
)

__all__ = [
    "accounts",
    "bait",
    "codes",
    "executives",
    "grants",
    "insiders",
    "links",
    "notices",
    "pages",
    "papers",
    "partners",
    "platforms",
    "records",
    "relayed",
    "vendors",
]
