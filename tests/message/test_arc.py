"""The ARC chain, and whose seal counts."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.core.tenant import Tenant
from chaffinch.message.arc import arc_sets
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers

EDGE = "Received: from lists.example (lists.example [198.51.100.9]) by mx.acme.example"
FROM = "From: Jane <jane@partner.example>"
FAILED = (
    "Authentication-Results: mx.acme.example; spf=pass smtp.mailfrom=lists.example;"
    " dmarc=fail header.from=partner.example; arc=pass"
)


def sealed(number: int, sealer: str, results: str) -> tuple[str, str, str]:
    return (
        f"ARC-Seal: i={number}; a=rsa-sha256; cv={'pass' if number > 1 else 'none'};"
        f" d={sealer}; s=k1; b=x",
        f"ARC-Message-Signature: i={number}; d={sealer}; s=k1; h=from; bh=x; b=x",
        f"ARC-Authentication-Results: i={number}; {sealer}; {results}",
    )


PROVEN = "dmarc=pass header.from=partner.example"
LISTED = Tenant(boundary=("mx.acme.example",), trusted_sealers=("lists.example",))


def headers(*lines: str, tenant: Tenant | None = LISTED) -> Headers:
    return Headers(
        block=header_block("\n".join((*lines, "", "")).encode(), Limits()), tenant=tenant
    )


def test_a_listed_sealer_vouches_for_what_it_broke() -> None:
    found = headers(FAILED, EDGE, *sealed(1, "lists.example", PROVEN), FROM)
    assert found.trusted_sealer == "lists.example"
    assert found.is_authenticated is True
    assert found.auth_summary.dmarc is not None
    assert found.auth_summary.dmarc.pass_ is False


def test_a_seal_counts_from_listed_sealers_only() -> None:
    chain = sealed(1, "lists.example", PROVEN)
    unlisted = Tenant(boundary=("mx.acme.example",))
    assert headers(FAILED, EDGE, *chain, FROM, tenant=unlisted).is_authenticated is False
    assert headers(FAILED, EDGE, *chain, FROM, tenant=None).is_authenticated is False
    stranger = sealed(1, "evil.example", PROVEN)
    assert headers(FAILED, EDGE, *stranger, FROM).is_authenticated is False
    lookalike = sealed(1, "evillists.example", PROVEN)
    assert headers(FAILED, EDGE, *lookalike, FROM).is_authenticated is False


def test_a_stranger_on_top_of_the_chain_could_have_written_all_below() -> None:
    chain = (*sealed(2, "evil.example", PROVEN), *sealed(1, "lists.example", PROVEN))
    assert headers(FAILED, EDGE, *chain, FROM).is_authenticated is False


def test_the_chain_is_followed_back_through_listed_sealers() -> None:
    both = Tenant(boundary=("mx.acme.example",), trusted_sealers=("lists.example", "relay.example"))
    broken = "dmarc=fail header.from=partner.example"
    chain = (*sealed(2, "relay.example", broken), *sealed(1, "lists.example", PROVEN))
    found = headers(FAILED, EDGE, *chain, FROM, tenant=both)
    assert (found.trusted_sealer, found.is_authenticated) == ("lists.example", True)


def test_our_receiver_must_have_checked_the_chain() -> None:
    chain = sealed(1, "lists.example", PROVEN)
    for said in ("arc=fail", "arc=none", "compauth=pass"):
        judged = FAILED.replace("arc=pass", said)
        assert headers(judged, EDGE, *chain, FROM).is_authenticated is False
    passed = FAILED.replace("dmarc=fail", "dmarc=pass")
    assert headers(passed, EDGE, *chain, FROM).trusted_sealer is None


def test_a_seal_for_another_author_vouches_for_nobody() -> None:
    other = sealed(1, "lists.example", "dmarc=pass header.from=evil.example")
    assert headers(FAILED, EDGE, *other, FROM).is_authenticated is False
    signed = sealed(1, "lists.example", "dkim=pass header.d=mail.partner.example")
    assert headers(FAILED, EDGE, *signed, FROM).is_authenticated is True


def test_the_sets_are_readable_whoever_wrote_them() -> None:
    chain = (*sealed(2, "relay.example", "arc=pass"), *sealed(1, "Lists.example", PROVEN))
    first, second = headers(*chain, FROM).arc_sets
    assert (first.instance, first.sealer, first.selector, first.chain) == (
        1,
        "lists.example",
        "k1",
        "none",
    )
    assert (second.chain, second.results and second.results.server) == ("pass", "relay.example")


@given(st.lists(st.text(alphabet="i=;123cvd .\u0661", max_size=30), max_size=6))
@settings(max_examples=150, deadline=None)
def test_any_seals_are_read(values: list[str]) -> None:
    lines = "".join(f"ARC-Seal: {value}\nARC-Authentication-Results: {value}\n" for value in values)
    found = arc_sets(header_block((lines + "\n").encode(), Limits()))
    assert [one.instance for one in found] == sorted({one.instance for one in found})
