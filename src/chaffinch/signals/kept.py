"""What depends on little is measured once for many messages: a sender's facts, a text's topics.

Senders come again and again, and most texts touch the same few topics. Signals that ask for
nothing else have the same values each time, and looking these up costs less than measuring them.
"""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, TypeAlias

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.message.model import Sender
from chaffinch.signals.aggregates import Measured
from chaffinch.signals.brands import Brands
from chaffinch.signals.declare import Signal
from chaffinch.signals.supplies import Supplies
from chaffinch.signals.wording import Wording

MOST = 1_024  # of each; then all are forgotten and measured again
Values: TypeAlias = Mapping[str, Measured]
Fill: TypeAlias = Callable[[Supplies, dict[str, Measured]], None]
Kept: TypeAlias = Callable[[Supplies], Values]

_OF_A_SENDER: frozenset[type] = frozenset({Sender, Tenant, Brands, Lists})
_OF_A_WORDING: frozenset[type] = frozenset({Wording})
_numbers = count()


def kept_by(one: Signal) -> str | None:
    """What a signal's values are kept by: ``sender``, ``wording`` or nothing.

    >>> from chaffinch.signals.declare import catalogue
    >>> kept_by(catalogue()["sender.identity.is_punycode"])
    'sender'
    >>> kept_by(catalogue()["message.bill.names_a_sum"])
    'wording'
    >>> kept_by(catalogue()["link.host.is_ip"]) is None
    True
    """
    inputs = frozenset(one.inputs)
    if one.element is not None:
        return None
    if Sender in inputs and inputs <= _OF_A_SENDER:
        return "sender"
    return "wording" if inputs == _OF_A_WORDING else None


def by_sender(fill: Fill) -> Kept:
    """The values of a sender, kept with the tenant that gets its mail and for its lists."""
    name = f"{__name__}.{next(_numbers)}"

    def asked(supplies: Supplies) -> Values:
        known: dict[Sender, tuple[Lists, Values]] = supplies.tenant.__dict__.setdefault(name, {})
        found = known.get(supplies.sender)
        if found is None or found[0] is not supplies.installed:
            found = supplies.installed, _measured(fill, supplies)
            _make_room(known)
            known[supplies.sender] = found
        return found[1]

    return asked


def by_wording(fill: Fill) -> Kept:
    """The values of a set of topics."""
    known: dict[Wording, Values] = {}

    def asked(supplies: Supplies) -> Values:
        found = known.get(supplies.wording)
        if found is None:
            found = _measured(fill, supplies)
            _make_room(known)
            known[supplies.wording] = found
        return found

    return asked


def _measured(fill: Fill, supplies: Supplies) -> Values:
    found: dict[str, Measured] = {}
    fill(supplies, found)
    return found


def _make_room(known: dict[Any, Any]) -> None:
    if len(known) >= MOST:
        known.clear()
