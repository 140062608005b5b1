"""Chaffinch decides for every e-mail whether it is an attack, which kind, what to do and why."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chaffinch.core.tenant import Person, RuleChoice, Tenant, TrustedService
    from chaffinch.decision.decision import Decision, Part
    from chaffinch.decision.entry import Entry
    from chaffinch.engine.assembly import Engine
    from chaffinch.engine.journey import Mail
    from chaffinch.engine.settings import Settings, read_settings
    from chaffinch.engine.tenants import read_tenant
    from chaffinch.message.model import Envelope

__version__ = "0.1.0"
__all__ = [
    "Decision",
    "Engine",
    "Entry",
    "Envelope",
    "Mail",
    "Part",
    "Person",
    "RuleChoice",
    "Settings",
    "Tenant",
    "TrustedService",
    "read_settings",
    "read_tenant",
]

_HOMES = {
    "Decision": "chaffinch.decision.decision",
    "Engine": "chaffinch.engine.assembly",
    "Entry": "chaffinch.decision.entry",
    "Envelope": "chaffinch.message.model",
    "Mail": "chaffinch.engine.journey",
    "Part": "chaffinch.decision.decision",
    "Person": "chaffinch.core.tenant",
    "Settings": "chaffinch.engine.settings",
    "Tenant": "chaffinch.core.tenant",
    "RuleChoice": "chaffinch.core.tenant",
    "TrustedService": "chaffinch.core.tenant",
    "read_settings": "chaffinch.engine.settings",
    "read_tenant": "chaffinch.engine.tenants",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for; importing the package stays cheap."""
    if name not in _HOMES:
        raise AttributeError(f"module 'chaffinch' has no attribute '{name}'")
    from importlib import import_module  # noqa: PLC0415  # part of staying cheap to import

    return getattr(import_module(_HOMES[name]), name)
