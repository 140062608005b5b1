"""Host names and the organisations behind them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.domain import _domain, _rules, _split, ascii_host, domain, organisation


@pytest.mark.parametrize(
    ("host", "root", "organisational"),
    [
        ("a.b.acme.example", "acme.example", "acme.example"),
        ("shop.acme.co.uk", "acme.co.uk", "acme.co.uk"),
        ("acme.github.io", "github.io", "acme.github.io"),
        ("acme.onmicrosoft.com", "onmicrosoft.com", "acme.onmicrosoft.com"),
        ("www.ck", "www.ck", "www.ck"),
        ("x.y.anything.ck", "y.anything.ck", "y.anything.ck"),
    ],
)
def test_private_suffixes_count_for_the_organisation_only(
    host: str, root: str, organisational: str
) -> None:
    found = domain(host)
    assert (found.root_domain, found.organisational) == (root, organisational)
    assert found.valid


@pytest.mark.parametrize(
    "host",
    ["pot", "192.0.2.1", "2001:db8::1", "a b.example", "x..example", "server.local", "co.uk", ""],
)
def test_what_nobody_can_register_has_no_root_domain(host: str) -> None:
    found = domain(host)
    assert not found.valid
    assert found.root_domain is None


def test_unicode_and_punycode_are_one_host() -> None:
    assert domain("bücher.example").domain == domain("xn--bcher-kva.example").domain
    assert domain("xn--bcher-kva.example").punycode == "bücher.example"


def test_a_suffix_is_its_own_organisation() -> None:
    assert organisation("onmicrosoft.com") == "onmicrosoft.com"
    assert organisation("pot") == "pot"


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_split_and_its_parts_join_again(text: str) -> None:
    found = domain(text)
    assert found.domain == ascii_host(text)
    if found.valid:
        parts = [part for part in (found.subdomain, found.sld, found.tld) if part]
        assert ".".join(parts) == found.domain
        assert found.root_domain == f"{found.sld}.{found.tld}"
    else:
        assert found.sld is None


_LABELS = (
    "a",
    "b-c",
    "-x",
    "x-",
    "9",
    "_s",
    "xn--p1ai",
    "xn--",
    "www",
    "é",
    "a" * 64,
    "",
    "A",
    " ",
)
_ABOVE = st.one_of(
    st.sampled_from(sorted(_rules())),
    st.sampled_from(
        ["192.0.2.1", "local", "xn--bcher-kva.example", "a..b", "acme.example", ".com"]
    ),
)


@given(st.lists(st.sampled_from(_LABELS), max_size=3), _ABOVE)
@settings(max_examples=500, deadline=None)
def test_a_host_read_off_the_domain_above_it_is_as_if_split(labels: list[str], above: str) -> None:
    host = ".".join([*labels, above])
    assert _domain(host) == _split(ascii_host(host))
