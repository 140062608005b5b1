"""The frozen description of one organisation: domains, people, boundary, services, rules."""

from functools import cached_property

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.vocabulary import Cause, Severity


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who belongs to the organisation."""

    name: str
    addresses: tuple[str, ...] = ()
    title: str = ""
    vip: bool = False


class TrustedService(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A service that may do what a stranger may not, once its mail is authenticated.

    ``domains`` are From domains; ``dkim`` the signing domains that prove it (the From domains
    where empty); ``silences`` the causes its mail raises no finding for.
    """

    name: str
    domains: tuple[str, ...]
    dkim: tuple[str, ...] = ()
    silences: tuple[Cause, ...] = (Cause.IDENTITY,)


class RuleChoice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
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


class Tenant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One organisation; ``assumptions`` says what nobody told us about it."""

    name: str = "default"
    domains: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    boundary: tuple[str, ...] = ()
    trusted_services: tuple[TrustedService, ...] = ()
    rules: tuple[RuleChoice, ...] = ()
    trusted_sealers: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """One text is no list of them: it would be read letter by letter."""
        given: tuple[object, ...] = (self.domains, self.boundary, self.trusted_sealers)
        if any(isinstance(one, str) for one in given):
            raise UsageError(
                "domains, boundary and trusted_sealers are tuples of texts,"
                " such as ('acme.example',)"
            )

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
