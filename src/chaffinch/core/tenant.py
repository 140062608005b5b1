"""The frozen description of one organisation: domains, people, boundary, services, rules."""

import hashlib
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.lazy import lazy
from chaffinch.core.vocabulary import Cause, Permission, Severity
from chaffinch.core.wishes import Actions, Group, MailboxWishes, Thresholds, Told, Wishes

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Person(Told, frozen=True, kw_only=True):
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


class DomainAlias(Told, frozen=True, kw_only=True):
    """A domain of ours under which the mailboxes of another one are reached, too."""

    domain: str
    of: str


class Vendor(Told, frozen=True, kw_only=True):
    """Somebody we pay: where its mail comes from, who writes it, which platforms bill for it."""

    name: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


class Customer(Told, frozen=True, kw_only=True):
    """Somebody who pays us."""

    name: str
    domains: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class Forwarding(Told, frozen=True, kw_only=True):
    """Mail to ``address`` ends in ``mailbox``, on its way ``through`` these servers."""

    mailbox: str
    address: str
    through: tuple[str, ...] = ()


class Simulation(Told, frozen=True, kw_only=True):
    """Phishing somebody here ordered: known by network, signature and time, all three."""

    name: str
    networks: tuple[str, ...]
    dkim: tuple[str, ...]
    begins: Moment
    ends: Moment


class TrustedService(Told, frozen=True, kw_only=True):
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


class RuleChoice(Told, frozen=True, kw_only=True):
    """What an organisation wants of the rules it names; a rule must fit every selector given.

    ``name`` is a pattern with ``*`` and ``?``, ``feed`` whose the rule is. Of several choices that
    fit a rule the one that names it most narrowly counts, of equally narrow ones the strictest.
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


class KeepMessages(Told, frozen=True, kw_only=True):
    """How much of each message is kept raw beside the ledger, and for how long.

    ``keep`` None leaves it to whoever decides the messages; ``days`` None keeps them until they
    are erased.
    """

    keep: Literal["none", "headers", "all"] | None = None
    days: Annotated[int, msgspec.Meta(ge=1)] | None = None


_FEW = 50  # domains whose endings are asked for sooner than one name after the other
_MANY = (
    "domains", "shared_mailboxes", "bulk_senders", "mailing_lists", "boundary", "gateways",
    "trusted_sealers",
)  # fmt: skip


class Tenant(Told, frozen=True, kw_only=True, dict=True):
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
    actions: Actions = Actions()
    watch_only: bool | None = None
    meanwhile: Literal["deliver", "hold"] | None = None
    groups: tuple[Group, ...] = ()
    mailboxes: tuple[MailboxWishes, ...] = ()
    trusted_services: tuple[TrustedService, ...] = ()
    rules: tuple[RuleChoice, ...] = ()
    trusted_sealers: tuple[str, ...] = ()
    messages: KeepMessages = KeepMessages()
    assumptions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """One text is no list of them: it would be read letter by letter."""
        for name in _MANY:
            if isinstance(getattr(self, name), str):
                raise UsageError(f"{name}: lists are tuples of texts, such as ('acme.example',)")

    @lazy
    def domain_set(self) -> frozenset[str]:
        """Our domains in lower case."""
        return frozenset(domain.lower() for domain in self.domains)

    @lazy
    def vips(self) -> tuple[Person, ...]:
        """The people attackers like to impersonate."""
        return tuple(person for person in self.people if person.vip)

    @lazy
    def people_by_address(self) -> dict[str, Person]:
        """Lower-case address → person."""
        return {address.lower(): person for person in self.people for address in person.addresses}

    @lazy
    def digest(self) -> str:
        """Tells these settings from others, as far as a decision can rest on them.

        A key that a later version adds changes nothing.
        """
        said = _said(msgspec.structs.replace(self, messages=KeepMessages()))
        return hashlib.blake2b(msgspec.json.encode(said), digest_size=6).hexdigest()

    @lazy
    def wishes(self) -> dict[str, object]:
        """What the organisation as a whole wants, by the policy's keys."""
        whole = Wishes(
            thresholds=self.thresholds,
            actions=self.actions,
            watch_only=self.watch_only,
            meanwhile=self.meanwhile,
        )
        return whole.said

    @lazy
    def has_scopes(self) -> bool:
        """Whether anybody here has wishes of their own."""
        return any(one.said for one in (*self.groups, *self.mailboxes))

    @lazy
    def wishes_by_mailbox(self) -> dict[str, MailboxWishes]:
        """Lower-case address → what this mailbox has otherwise, where it has anything."""
        return {one.address.lower(): one for one in self.mailboxes if one.said}

    @lazy
    def groups_by_member(self) -> dict[str, tuple[Group, ...]]:
        """Lower-case address or domain → the groups with wishes that it is named in."""
        found: dict[str, tuple[Group, ...]] = {}
        for group in self.groups:
            for member in map(str.lower, group.members if group.said else ()):
                found[member] = (*found.get(member, ()), group)
        return found

    def groups_of(self, mailbox: str) -> tuple[Group, ...]:
        """The groups with wishes a mailbox is in, by its address, its domain or one above that.

        >>> sales = Group(name="sales", members=("shop.example",), watch_only=True)
        >>> [one.name for one in Tenant(groups=(sales,)).groups_of("kim@eu.shop.example")]
        ['sales']
        """
        known, host = self.groups_by_member, mailbox.rpartition("@")[2]
        found = dict.fromkeys(known.get(mailbox, ()))
        while host:
            found.update(dict.fromkeys(known.get(host, ())))
            host = host.partition(".")[2]
        return tuple(found)

    def mailbox_of(self, address: str) -> str:
        """The mailbox an address reaches: forwarded, under a domain's first name, without a tag.

        >>> alias = DomainAlias(domain="acme.test", of="acme.example")
        >>> Tenant(domain_aliases=(alias,)).mailbox_of("Kim+news@acme.test")
        'kim@acme.example'
        """
        address = address.lower()
        address = self._forwarded.get(address, address)
        local, _, host = address.rpartition("@")
        name = f"{local.partition('+')[0] or local}@{self._first_names.get(host, host)}"
        return self._forwarded.get(name, name)

    @lazy
    def _forwarded(self) -> dict[str, str]:
        return {one.address.lower(): one.mailbox.lower() for one in self.forwarding}

    @lazy
    def _first_names(self) -> dict[str, str]:
        return {one.domain.lower(): one.of.lower() for one in self.domain_aliases}

    def owns(self, host: str | None) -> bool:
        """Whether the host is one of our domains or lies below one.

        >>> Tenant(domains=("acme.example",)).owns("mail.ACME.example")
        True
        >>> Tenant(domains=("acme.example",)).owns("notacme.example")
        False
        """
        if not host:
            return False
        if host in self.domain_set:
            return True
        host = host.lower().rstrip(".")
        if host in self.domain_set:
            return True
        if len(self.domain_set) <= _FEW:
            return host.endswith(self._below_ours)
        while host := host.partition(".")[2]:
            if host in self.domain_set:
                return True
        return False

    @lazy
    def _below_ours(self) -> tuple[str, ...]:
        """How names end that lie below one of our domains."""
        return tuple([f".{one}" for one in self.domain_set])


def _said(value: object) -> object:
    """What was said, without what was left out."""
    if isinstance(value, msgspec.Struct):
        fields = [(one, getattr(value, one.name)) for one in msgspec.structs.fields(value)]
        return {one.name: _said(said) for one, said in fields if said != one.default}
    return [*map(_said, value)] if isinstance(value, tuple) else value
