"""The company simulator: an invented organisation, its mail, attacks with benign twins."""

from chaffinch.simulate.brief import CompanyBrief, read_brief
from chaffinch.simulate.casting import cast, company
from chaffinch.simulate.organisation import Company, tenant_toml
from chaffinch.simulate.output.folder import write
from chaffinch.simulate.simulated import Simulated
from chaffinch.simulate.traffic import Plan, stream, week

__all__ = [
    "Company",
    "CompanyBrief",
    "Plan",
    "Simulated",
    "cast",
    "company",
    "read_brief",
    "stream",
    "tenant_toml",
    "week",
    "write",
]
