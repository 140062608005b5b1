"""Whom a host belongs to."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant

LABEL = st.text("abcdefghij-", min_size=1, max_size=8)


@given(st.lists(LABEL, min_size=1, max_size=4), st.sampled_from(["acme.example", "b.acme.example"]))
def test_a_domain_owns_itself_and_what_lies_below(labels: list[str], own: str) -> None:
    tenant = Tenant(domains=(own,))
    below = ".".join([*labels, own])
    assert tenant.owns(own)
    assert tenant.owns(below)
    assert tenant.owns(below.upper() + ".")
    assert not tenant.owns("x" + own)
    assert not tenant.owns(own.partition(".")[2])


def test_nobody_owns_nothing() -> None:
    assert not Tenant(domains=("acme.example",)).owns(None)
    assert not Tenant().owns("acme.example")
