"""Chaffinch decides for every e-mail whether it is an attack, which kind, what to do and why."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chaffinch.core.tenant import Person, Tenant, TrustedService
    from chaffinch.decision.decision import Decision, Part
    from chaffinch.engine.assembly import Engine
    from chaffinch.message.model import Envelope

__version__ = "0.1.0"
__all__ = ["Decision", "Engine", "Envelope", "Part", "Person", "Tenant", "TrustedService"]

_HOMES = {
    "Decision": "chaffinch.decision.decision",
    "Engine": "chaffinch.engine.assembly",
    "Envelope": "chaffinch.message.model",
    "Part": "chaffinch.decision.decision",
    "Person": "chaffinch.core.tenant",
    "Tenant": "chaffinch.core.tenant",
    "TrustedService": "chaffinch.core.tenant",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for; importing the package stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'chaffinch' has no attribute '{name}'")
    from importlib import import_module  # noqa: PLC0415  # part of staying cheap to import

    return getattr(import_module(_HOMES[name]), name)
