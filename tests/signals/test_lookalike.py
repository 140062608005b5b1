"""Domains looked through at once are those that one after the other would find."""

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.signals.lookalike import Targets, likeness, lookalike_distance, reads_like

LABEL = st.text("acmerntowd015l-", min_size=1, max_size=12)
DOMAIN = st.builds("{}.{}".format, LABEL, st.sampled_from(("com", "example", "co.uk")))


@st.composite
def resembling(draw: st.DrawFn) -> tuple[list[str], str]:
    """Domains, and one that is often made of one of them."""
    domains = draw(st.lists(DOMAIN, max_size=12, unique=True))
    if not domains or draw(st.booleans()):
        return domains, draw(DOMAIN)
    label, _, rest = draw(st.sampled_from(domains)).partition(".")
    at = draw(st.integers(0, len(label)))
    added = draw(st.sampled_from(("", "x", "-", "rn", "0", "-billing", "secure-")))
    left = draw(st.integers(0, 2))
    return domains, f"{label[:at]}{added}{label[at + left :]}.{rest}"


@given(resembling())
def test_all_that_read_like_it_are_found(drawn: tuple[list[str], str]) -> None:
    domains, host = drawn
    expected = tuple(sorted(one for one in domains if reads_like(host, one)))
    assert Targets(domains).read_like(host) == expected


@given(resembling())
def test_the_nearest_says_how_alike_it_is(drawn: tuple[list[str], str]) -> None:
    domains, host = drawn
    found = Targets(domains).likeness(host)
    if any(lookalike_distance(host, one) == 0 for one in domains):
        assert found == 1.0
    assert found == likeness(host, domains)
    assert found == max([likeness(host, [one]) for one in domains], default=0.0)
    assert 0.0 <= found <= 1.0
