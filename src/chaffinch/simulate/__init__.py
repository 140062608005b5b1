"""The company simulator: an invented organisation, its mail, attacks with benign twins."""

from chaffinch.simulate.folder import write
from chaffinch.simulate.organisation import Company, company, tenant_toml
from chaffinch.simulate.simulated import Simulated
from chaffinch.simulate.traffic import week

__all__ = ["Company", "Simulated", "company", "tenant_toml", "week", "write"]
