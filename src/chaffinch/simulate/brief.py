"""The company file: what its author fixed about an organisation; the rest is cast by seed."""

from pathlib import Path

import msgspec

from chaffinch.core.errors import SettingsError
from chaffinch.core.toml_file import load
from chaffinch.simulate.zone import Clock

SCHEMA = 1


class _Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file; unknown keys are errors."""


class OfficeBrief(_Told, frozen=True, kw_only=True):
    """A place people work at; ``minutes`` east of UTC in winter, ``summer`` time of eu or us."""

    city: str
    minutes: int = 60
    summer: str = "eu"
    share: float = 1.0
    language: str = "en"

    @property
    def clock(self) -> Clock:
        """The clock on its wall."""
        return Clock(self.minutes, self.summer)


class PersonBrief(_Told, frozen=True, kw_only=True):
    """Somebody who must work here; ``address`` is made of the name where it is left out."""

    name: str
    address: str = ""
    title: str = ""
    team: str = ""
    office: str = ""
    language: str = "en"
    vip: bool = False


class VendorBrief(_Told, frozen=True, kw_only=True):
    """A supplier; ``signs`` is false where its mail set-up is poor, ``host`` relays for it."""

    name: str
    domain: str
    trade: str = "services"
    signs: bool = True
    language: str = "en"
    host: str = ""


class CustomerBrief(_Told, frozen=True, kw_only=True):
    """A customer, and the language it writes in."""

    name: str
    domain: str
    language: str = "en"
    host: str = ""


class CompanyBrief(_Told, frozen=True, kw_only=True):
    """The whole file; every key but ``schema`` may be left out.

    ``size`` counts the people, ``vendors`` and ``customers`` are the fewest to trade with;
    ``languages`` gives shares of the people by language code.
    """

    schema: int = SCHEMA
    name: str = ""
    domain: str = ""
    boundary: str = ""
    gateway: str = ""
    size: int = 24
    languages: dict[str, float] = {}
    vendors: int = 0
    customers: int = 0
    offices: tuple[OfficeBrief, ...] = ()
    people: tuple[PersonBrief, ...] = ()
    vendor: tuple[VendorBrief, ...] = ()
    customer: tuple[CustomerBrief, ...] = ()


def read_brief(path: Path) -> CompanyBrief:
    """The company file.

    Raises:
        SettingsError: it cannot be read, or holds a wrong key or value; says where.
    """
    brief = load(path, CompanyBrief)
    if brief.schema != SCHEMA:
        raise SettingsError(
            f"{path}: schema {brief.schema} is unknown; this version reads {SCHEMA}"
        )
    for office in brief.offices:
        if office.summer not in {"eu", "us", ""}:
            raise SettingsError(f'{path}: office {office.city}: summer must be "eu", "us" or ""')
    return brief
