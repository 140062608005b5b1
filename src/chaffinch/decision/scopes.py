"""For whom a message is decided, and which policy is in force there and by whose word.

A scope is the organisation, a group or groups, or one mailbox. Platform, tenant, groups, mailbox:
of each key the narrowest that says something counts. Of several groups of a mailbox the strictest
counts, whatever order they are listed in: the lowest threshold, the gravest action, being watched
only where all of them say so.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import STRICTNESS, Action, Verdict
from chaffinch.core.wishes import Group, Wishes
from chaffinch.decision.policy_data import Policy
from chaffinch.message.message import Message
from chaffinch.message.model import Email

ORGANISATION = "organisation"
MAILBOX, GROUP = "mailbox ", "group "
BETWEEN_GROUPS = "+"
TENANT = "tenant"
NOTHING: Mapping[str, str] = {}

Said = Mapping[str, object]  # key of the policy → value


class Standing(msgspec.Struct, frozen=True):
    """The policy in force in a scope, and who says what there otherwise than the platform."""

    scope: str
    policy: Policy
    origins: Mapping[str, str] = NOTHING  # key → who says so

    def origin(self, key: str) -> str | None:
        """Who says so; None where it is the platform."""
        return self.origins.get(key)


def values(policy: Policy) -> dict[str, object]:
    """Every key of a policy with its value; of tables each line is a key, ``actions.spam``."""
    found: dict[str, object] = {}
    for name in policy.__struct_fields__:
        value = getattr(policy, name)
        if isinstance(value, Mapping):
            found.update({f"{name}.{word}": one for word, one in value.items()})
        else:
            found[name] = value
    return found


def scopes_of(message: Message) -> tuple[str, ...]:
    """The scopes a message is decided for, the organisation first; always one at least.

    Where only header fields say who got it, anybody may have: then the organisation is among them.
    """
    tenant = message.tenant
    if not tenant.has_scopes:
        return (ORGANISATION,)
    delivered = message.delivered
    named = delivered or tuple(one.email for one in message.recipients.all_ if one.email)
    found = {scope_of(one, tenant) for one in named} - {None}
    if not delivered or not found:
        found.add(ORGANISATION)
    return tuple(sorted(filter(None, found), key=lambda one: (one != ORGANISATION, one)))


def scope_of(address: Email, tenant: Tenant) -> str | None:
    """The scope of an address; None where it is nobody's of the organisation."""
    return _scope_at(address.email, tenant)


def within(scope: str, addresses: Sequence[str], tenant: Tenant | None) -> Sequence[str]:
    """Those of the addresses that a decision for a scope is about; all where nobody can tell."""
    if scope.startswith(MAILBOX):
        return (scope.removeprefix(MAILBOX),)
    if tenant is None or not tenant.has_scopes:
        return addresses
    return [one for one in addresses if _scope_at(one, tenant) == scope] or addresses


def _scope_at(address: str, tenant: Tenant) -> str | None:
    name = tenant.mailbox_of(address)
    if not tenant.owns(name.rpartition("@")[2]):
        return None
    if name in tenant.wishes_by_mailbox:
        return MAILBOX + name
    groups = sorted(one.name for one in tenant.groups_of(name))
    return GROUP + BETWEEN_GROUPS.join(groups) if groups else ORGANISATION


def standing(scope: str, tenant: Tenant, policy: Policy) -> Standing:
    """The policy in force in a scope of this name; a name nobody knows is the organisation's."""
    own = tenant.wishes
    layers = [(TENANT, own), *(() if scope == ORGANISATION else _narrower(scope, tenant))]
    origins = {key: whose for whose, said in layers for key in said}
    if not origins:
        return Standing(scope, policy)
    said = {key: value for _, one in layers for key, value in one.items()}
    return Standing(scope, _changed(policy, said), origins)


def _narrower(scope: str, tenant: Tenant) -> list[tuple[str, Said]]:
    if scope.startswith(MAILBOX):
        address = scope.removeprefix(MAILBOX)
        wishes = tenant.wishes_by_mailbox.get(address, Wishes())
        return [*_of_groups(tenant.groups_of(address)), (scope, wishes.said)]
    names = scope.removeprefix(GROUP).split(BETWEEN_GROUPS) if scope.startswith(GROUP) else ()
    return _of_groups(one for one in tenant.groups if one.name in names)


def _of_groups(groups: Iterable[Group]) -> list[tuple[str, Said]]:
    """What groups say together, each key by the strictest who says something about it."""
    said = [(key, value, GROUP + one.name) for one in groups for key, value in one.said.items()]
    mildest_first = sorted(said, key=lambda one: (_strictness(one[1]), one[2]))
    return [(whose, {key: value}) for key, value, whose in mildest_first]


def _strictness(value: object) -> int:
    """How strict a wish is beside others of its key."""
    if isinstance(value, Action):
        return STRICTNESS[value]
    if isinstance(value, str):
        return STRICTNESS[Action(value)]
    assert isinstance(value, int)
    return -value


def _changed(policy: Policy, said: Said) -> Policy:
    """The policy with what was said; a message that is malicious is suspicious, too."""
    actions = {one: said.get(f"actions.{one}", policy.actions[one]) for one in Verdict}
    plain = {key: value for key, value in said.items() if "." not in key}
    told = msgspec.structs.replace(policy, actions=actions, **plain)
    if told.suspicious_from <= told.malicious_from:
        return told
    return msgspec.structs.replace(told, suspicious_from=told.malicious_from)
