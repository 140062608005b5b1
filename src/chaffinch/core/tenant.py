"""The frozen description of one organisation: domains, people, boundary, services, rules."""

import hashlib
from datetime import datetime
from functools import cached_property
from typing import Annotated

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.vocabulary import Cause, Permission, Severity

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Told(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of what somebody says of the organisation."""


class Person(_Told, frozen=True, kw_only=True):
    """Somebody who belongs to the organisation.

    Attackers pose as a ``vip`` and write to a ``targeted`` person; ``assistant_of`` is the address
    of whom this person acts for.
    """

    name: str
    addresses: tuple[str, ...] = ()
    title: str = ""
    vip: bool = False
    targeted: bool = False
    assistant_of: str = ""


class DomainAlias(_Told, frozen=True, kw_only=True):
    """A domain of ours under which the mailboxes of another one are reached, too."""

    domain: str
    of: str


class Vendor(_Told, frozen=True, kw_only=True):
    """Somebody we pay: where its mail comes from, who writes it, which platforms bill for it."""

    name: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


class Customer(_Told, frozen=True, kw_only=True):
    """Somebody who pays us."""

    name: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Forwarding(_Told, frozen=True, kw_only=True):
    """Mail to ``address`` ends in ``mailbox``, on its way ``through`` these servers."""

    mailbox: str
    address: str
    through: tuple[str, ...] = ()


class Simulation(_Told, frozen=True, kw_only=True):
    """Phishing somebody here ordered: known by network, signature and time, all three."""

    name: str
    networks: tuple[str, ...]
    dkim: tuple[str, ...]
    begins: Moment
    ends: Moment


class Thresholds(_Told, frozen=True, kw_only=True):
    """Log-odds in milli-nats from which verdicts begin here; None leaves it to the policy."""

    suspicious_from: int | None = None
    malicious_from: int | None = None


class TrustedService(_Told, frozen=True, kw_only=True):
    """A service that may do what a stranger may not, once its mail is authenticated.

    ``domains`` are From domains; ``dkim`` the signing domains that prove it (the From domains
    where empty); ``silences`` the causes its mail raises no finding for. ``accounts`` keep this to
    the accounts named, where the service sends for many (an address or domain that gets the
    answers, or the name it sends under). ``may_send`` is what it may bring beside its own words and
    links to itself; everything where left out. What brings more is not silenced.
    """

    name: str
    domains: tuple[str, ...]
    dkim: tuple[str, ...] = ()
    silences: tuple[Cause, ...] = (Cause.IDENTITY,)
    accounts: tuple[str, ...] = ()
    may_send: tuple[Permission, ...] | None = None


class RuleChoice(_Told, frozen=True, kw_only=True):
    """What an organisation wants of the rules it names; a rule must fit every selector given.

    ``name`` is a pattern with ``*`` and ``?``, ``feed`` whose the rule is. Of several choices that
    fit a rule the last that says something about it counts.
    """

    id: str = ""
    name: str = ""
    feed: str = ""
    tag: str = ""
    enabled: bool | None = None
    severity: Severity | None = None

    @property
    def names_rules(self) -> bool:
        """Whether it has a selector at all."""
        return bool(self.id or self.name or self.feed or self.tag)


_MANY = (
    "domains", "shared_mailboxes", "bulk_senders", "mailing_lists", "boundary", "gateways",
    "trusted_sealers",
)  # fmt: skip


class Tenant(_Told, frozen=True, kw_only=True, dict=True):
    """One organisation; ``assumptions`` says what nobody told us about it."""

    name: str = "default"
    domains: tuple[str, ...] = ()
    domain_aliases: tuple[DomainAlias, ...] = ()
    people: tuple[Person, ...] = ()
    shared_mailboxes: tuple[str, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    customers: tuple[Customer, ...] = ()
    bulk_senders: tuple[str, ...] = ()  # addresses or domains
    mailing_lists: tuple[str, ...] = ()  # List-Id and domain of the list, as profiles name it
    forwarding: tuple[Forwarding, ...] = ()
    boundary: tuple[str, ...] = ()
    gateways: tuple[str, ...] = ()  # servers of others between the world and the boundary
    simulations: tuple[Simulation, ...] = ()
    thresholds: Thresholds = Thresholds()
    trusted_services: tuple[TrustedService, ...] = ()
    rules: tuple[RuleChoice, ...] = ()
    trusted_sealers: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """One text is no list of them: it would be read letter by letter."""
        for name in _MANY:
            if isinstance(getattr(self, name), str):
                raise UsageError(f"{name}: lists are tuples of texts, such as ('acme.example',)")

    @cached_property
    def domain_set(self) -> frozenset[str]:
        """Our domains in lower case."""
        return frozenset(domain.lower() for domain in self.domains)

    @cached_property
    def vips(self) -> tuple[Person, ...]:
        """The people attackers like to impersonate."""
        return tuple(person for person in self.people if person.vip)

    @cached_property
    def people_by_address(self) -> dict[str, Person]:
        """Lower-case address → person."""
        return {address.lower(): person for person in self.people for address in person.addresses}

    @cached_property
    def digest(self) -> str:
        """Tells these settings from others; a key that a later version adds changes nothing."""
        return hashlib.blake2b(msgspec.json.encode(_said(self)), digest_size=6).hexdigest()

    def owns(self, host: str | None) -> bool:
        """Whether the host is one of our domains or lies below one.

        >>> Tenant(domains=("acme.example",)).owns("mail.ACME.example")
        True
        >>> Tenant(domains=("acme.example",)).owns("notacme.example")
        False
        """
        if not host:
            return False
        host = host.lower().rstrip(".")
        if host in self.domain_set:
            return True
        while "." in host:
            host = host.partition(".")[2]
            if host in self.domain_set:
                return True
        return False


def _said(value: object) -> object:
    """What was said, without what was left out."""
    if isinstance(value, msgspec.Struct):
        fields = [(one, getattr(value, one.name)) for one in msgspec.structs.fields(value)]
        return {one.name: _said(said) for one, said in fields if said != one.default}
    return [*map(_said, value)] if isinstance(value, tuple) else value
