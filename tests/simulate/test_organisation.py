"""The cast: distinct, seeded, and describable as a tenant file."""

import tomllib

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Person, Tenant, TrustedService
from chaffinch.simulate import company, tenant_toml
from chaffinch.simulate.account import iban
from chaffinch.simulate.chance import chance

RESERVED = (".example", ".test", ".invalid")


@settings(max_examples=50)
@given(seed=st.integers(), people=st.integers(8, 120))
def test_the_tenant_file_says_what_the_company_is(seed: int, people: int) -> None:
    house = company(seed, people)
    told = tomllib.loads(tenant_toml(house))
    assert told.pop("schema") == 1
    tenant = msgspec.convert(told, Tenant)
    assert tenant.owns(house.boundary)
    assert [(p.name, p.addresses[0], p.title, p.vip) for p in tenant.people] == [
        (p.name, p.address, p.title, p.vip) for p in house.people
    ]
    assert len({p.address for p in house.people}) == people
    assert all(isinstance(p, Person) for p in tenant.people)
    assert all(isinstance(s, TrustedService) for s in tenant.trusted_services)
    assert len(tenant.trusted_services) == len(house.tools)


def test_the_same_seed_casts_the_same_company_and_another_seed_another() -> None:
    assert company(5) == company(5)
    assert company(5).people != company(6).people


def test_everybody_lives_at_reserved_domains() -> None:
    house = company(3)
    domains = [house.domain, *(newsletter.platform for newsletter in house.newsletters)]
    domains += [vendor.domain for vendor in house.vendors]
    domains += [customer.domain for customer in house.customers]
    domains += [tool.domain for tool in house.tools]
    domains += [newsletter.domain for newsletter in house.newsletters]
    domains += [one.domain for one in house.lists]
    assert all(domain.endswith(RESERVED) for domain in domains)


@pytest.mark.parametrize("people", [0, 7, 3001])
def test_a_company_too_small_or_too_large_is_refused(people: int) -> None:
    with pytest.raises(UsageError, match="between 8 and 3000"):
        company(1, people)


@settings(max_examples=50)
@given(st.integers())
def test_account_numbers_have_a_right_check_number(seed: int) -> None:
    number = iban(chance(seed)).replace(" ", "")
    assert len(number) == 22
    assert int(f"{number[4:]}1314{number[2:4]}") % 97 == 1
