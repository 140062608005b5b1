"""The company file: what its author fixed about an organisation; the rest is cast by seed."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from chaffinch.core.errors import SettingsError
from chaffinch.core.toml_file import load
from chaffinch.simulate.zone import Clock, Summer

SCHEMA = 1
_LABELS = r"[a-z0-9-]+(\.[a-z0-9-]+)+"

Language = Annotated[str, Meta(pattern="^(en|de|fr|es)$", title="en, de, fr or es")]
Text = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$",
        title="a text on one line that begins with no blank",
    ),
]
Domain = Annotated[
    str, Meta(pattern=f"^{_LABELS}$", title="a domain in small letters, such as acme.example")
]
Address = Annotated[
    str,
    Meta(pattern=f"^[A-Za-z0-9._+-]+@{_LABELS}$", title="an address, such as ann@acme.example"),
]
Share = Annotated[float, Meta(gt=0)]
Minutes = Annotated[int, Meta(ge=-720, le=840)]
Count = Annotated[int, Meta(ge=0)]


class _Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of the file; unknown keys are errors."""


class OfficeBrief(_Told, frozen=True, kw_only=True):
    """A place people work at; ``minutes`` east of UTC in winter, ``summer`` whose summer time."""

    city: Text
    minutes: Minutes = 60
    summer: Summer = "eu"
    share: Share = 1.0
    language: Language = "en"

    @property
    def clock(self) -> Clock:
        """The clock on its wall."""
        return Clock(self.minutes, self.summer)


class PersonBrief(_Told, frozen=True, kw_only=True):
    """Somebody who must work here; ``address`` is made of the name where it is left out."""

    name: Text
    address: Address = ""
    title: Text = ""
    team: Text = ""
    office: str = ""
    language: Language = "en"
    vip: bool = False


class VendorBrief(_Told, frozen=True, kw_only=True):
    """A supplier; ``signs`` is false where its mail set-up is poor, ``host`` relays for it."""

    name: Text
    domain: Domain
    trade: Text = "services"
    signs: bool = True
    language: Language = "en"
    host: Domain = ""


class CustomerBrief(_Told, frozen=True, kw_only=True):
    """A customer, and the language it writes in."""

    name: Text
    domain: Domain
    language: Language = "en"
    host: Domain = ""


class CompanyBrief(_Told, frozen=True, kw_only=True):
    """The whole file; every key but ``schema`` may be left out.

    ``size`` counts the people, ``vendors`` and ``customers`` are the fewest to trade with;
    ``languages`` gives shares of the people by language code.
    """

    schema: int = SCHEMA
    name: Text = ""
    domain: Domain = ""
    boundary: Domain = ""
    gateway: Domain = ""
    size: int = 24
    languages: dict[Language, Share] = {}
    vendors: Count = 0
    customers: Count = 0
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
    return brief
