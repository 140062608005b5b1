"""Which scopes a message is for, and whose word is in force there: total, in any order listed."""

from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chaffinch.core.tenant import DomainAlias, Forwarding, Tenant
from chaffinch.core.vocabulary import STRICTNESS, Action, Verdict
from chaffinch.core.wishes import Actions, Group, MailboxWishes, Thresholds
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import (
    ORGANISATION,
    Standing,
    scope_of,
    scopes_of,
    standing,
    values,
    within,
)
from chaffinch.message.address import email
from chaffinch.message.parse import parse

NAMES = ("ada", "ben", "cy")
ADDRESSES = tuple(f"{name}@acme.example" for name in NAMES)
ACME = Tenant(name="acme", domains=("acme.example", "acme.test"))
ITEM = TypeVar("ITEM")

THRESHOLDS = st.builds(
    lambda low, gap: Thresholds(suspicious_from=low, malicious_from=low and low + (gap or 0)),
    st.none() | st.integers(-9, 9),
    st.integers(0, 9),
)
ACTIONS = st.builds(Actions, **{str(one): st.none() | st.sampled_from(Action) for one in Verdict})
WATCH = st.none() | st.booleans()
MEMBERS = st.lists(st.sampled_from((*ADDRESSES, "acme.example")), min_size=1, unique=True)
GROUPS = st.lists(
    st.builds(
        Group,
        name=st.sampled_from(("a", "b", "c")),
        members=MEMBERS.map(tuple),
        thresholds=THRESHOLDS,
        actions=ACTIONS,
        watch_only=WATCH,
    ),
    max_size=3,
    unique_by=lambda one: one.name,
)
MAILBOXES = st.lists(
    st.builds(
        MailboxWishes,
        address=st.sampled_from(ADDRESSES),
        thresholds=THRESHOLDS,
        actions=ACTIONS,
        watch_only=WATCH,
    ),
    max_size=2,
    unique_by=lambda one: one.address,
)
TENANTS = st.builds(
    lambda groups, mailboxes, thresholds, watch: replace(
        ACME,
        groups=tuple(groups),
        mailboxes=tuple(mailboxes),
        thresholds=thresholds,
        watch_only=watch,
    ),
    GROUPS,
    MAILBOXES,
    THRESHOLDS,
    WATCH,
)


def in_force(tenant: Tenant, address: str) -> Standing:
    found = email(address)
    assert found is not None
    scope = scope_of(found, tenant)
    assert scope is not None
    return standing(scope, tenant, Policy())


def scopes(tenant: Tenant, head: str, *recipients: str) -> tuple[str, ...]:
    message = parse(f"{head}\n\nHello\n".encode(), tenant=tenant, recipients=recipients)
    return scopes_of(message)


@given(TENANTS, st.sampled_from(ADDRESSES), st.data())
def test_what_is_in_force_does_not_depend_on_the_order_listed(
    tenant: Tenant, address: str, data: st.DataObject
) -> None:
    def turned(listed: tuple[ITEM, ...]) -> tuple[ITEM, ...]:
        return tuple(data.draw(st.permutations(listed)))

    groups = tuple(replace(one, members=turned(one.members)) for one in turned(tenant.groups))
    other = replace(tenant, groups=groups, mailboxes=turned(tenant.mailboxes))
    assert in_force(tenant, address) == in_force(other, address)


@given(TENANTS, st.sampled_from(ADDRESSES))
def test_every_key_has_one_value_and_whoever_says_it_does(tenant: Tenant, address: str) -> None:
    here = in_force(tenant, address)
    told = {
        "tenant": tenant.wishes,
        **{f"group {one.name}": one.said for one in tenant.groups},
        **{f"mailbox {one.address}": one.said for one in tenant.mailboxes},
    }
    found = values(here.policy)
    assert found.keys() == values(Policy()).keys()
    for key, value in found.items():
        origin = here.origin(key)
        expected = values(Policy())[key] if origin is None else told[origin][key]
        # A malicious message is suspicious: the lower of both is where suspicion begins.
        if key == "suspicious_from":
            assert isinstance(expected, int)
            expected = min(expected, here.policy.malicious_from)
        assert value == expected


@given(TENANTS, st.sampled_from(ADDRESSES))
def test_the_narrowest_who_speaks_counts_and_of_groups_the_strictest(
    tenant: Tenant, address: str
) -> None:
    here = in_force(tenant, address)
    own = next((one.said for one in tenant.mailboxes if one.address == address), {})
    groups = [one.said for one in tenant.groups_of(address)]
    for verdict in Verdict:
        key = f"actions.{verdict}"
        wanted = [one[key] for one in groups if key in one]
        gravest = max(wanted, key=lambda one: STRICTNESS[Action(str(one))], default=None)
        expected = own.get(key) or gravest or Policy().actions[verdict]
        assert here.policy.actions[verdict] == expected
    watched = [one["watch_only"] for one in groups if "watch_only" in one]
    wider = tenant.wishes.get("watch_only", False)
    assert here.policy.watch_only == own.get("watch_only", all(watched) if watched else wider)


@given(TENANTS)
def test_a_scope_is_known_by_its_name(tenant: Tenant) -> None:
    found = [in_force(tenant, one) for one in ADDRESSES]
    assert found == [standing(one.scope, tenant, Policy()) for one in found]
    for one, other in pairwise(sorted(found, key=lambda each: each.scope)):
        assert one.scope != other.scope or one == other


BOSS = MailboxWishes(address="ada@acme.example", thresholds=Thresholds(malicious_from=900))
PAYING = Group(
    name="payables", members=("ben@acme.example",), actions=Actions(suspicious=Action.HOLD)
)
PARTED = replace(ACME, mailboxes=(BOSS,), groups=(PAYING,))


def test_a_message_is_decided_for_each_scope_it_was_delivered_to() -> None:
    assert scopes(PARTED, "To: x@acme.example", *ADDRESSES) == (
        ORGANISATION,
        "group payables",
        "mailbox ada@acme.example",
    )
    assert scopes(PARTED, "To: x@acme.example", "ben@acme.example") == ("group payables",)
    assert scopes(ACME, "To: x@acme.example", *ADDRESSES) == (ORGANISATION,)


def test_a_header_alone_chooses_no_milder_policy() -> None:
    assert scopes(PARTED, "To: Ada@acme.example, eve@else.example") == (
        ORGANISATION,
        "mailbox ada@acme.example",
    )
    assert scopes(PARTED, "To: eve@else.example") == (ORGANISATION,)
    assert scopes(PARTED, "To: ada@acme.example", "eve@else.example") == (ORGANISATION,)


@pytest.mark.parametrize(
    "address", ["ADA@acme.example", "ada+x@acme.example", "ada@acme.test", "ada+y@acme.test"]
)
def test_other_names_of_a_mailbox_have_its_policy(address: str) -> None:
    tenant = replace(PARTED, domain_aliases=(DomainAlias(domain="acme.test", of="acme.example"),))
    assert in_force(tenant, address).scope == "mailbox ada@acme.example"


def test_forwarded_mail_has_the_policy_of_where_it_ends() -> None:
    ends = Forwarding(mailbox="ada@acme.example", address="ada@old.example")
    assert in_force(replace(PARTED, forwarding=(ends,)), "Ada@old.example").origin(
        "malicious_from"
    ) == ("mailbox ada@acme.example")


def test_a_policy_that_says_nothing_makes_no_scope(letter: Callable[..., bytes]) -> None:
    idle = replace(ACME, groups=(Group(name="g", members=("acme.example",)),))
    assert not idle.has_scopes
    assert scopes_of(parse(letter(), tenant=idle)) == (ORGANISATION,)


@given(GROUPS, MAILBOXES, st.lists(st.sampled_from(ADDRESSES), unique=True))
def test_each_recipient_is_in_the_decision_of_one_scope(
    groups: list[Group], mailboxes: list[MailboxWishes], reached: list[str]
) -> None:
    tenant = replace(ACME, groups=tuple(groups), mailboxes=tuple(mailboxes))
    found = {scope_of(one, tenant) for one in map(email, reached) if one} - {None}
    told = [within(str(one), reached, tenant) for one in found]
    assert sorted(one for each in told for one in each) == sorted(reached)
    assert within(ORGANISATION, reached, None) == reached
