"""Authentication results in the words of several receivers."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.authentication import (
    _segments,
    _tokenised,
    authentication_results,
    merged,
    received_spf,
    signature,
)

AR = "Authentication-Results"


def test_a_google_line() -> None:
    found = authentication_results(
        AR,
        "mx.google.com; dkim=pass header.i=@acme.example header.s=k1 header.b=abc;"
        " spf=pass (google.com: domain of jane@acme.example designates 192.0.2.1 as permitted"
        " sender) smtp.mailfrom=jane@acme.example;"
        " dmarc=pass (p=REJECT sp=NONE dis=NONE) header.from=acme.example",
    )
    assert (found.server, found.spf, found.dkim, found.dmarc) == ("mx.google.com",) + ("pass",) * 3
    assert found.dkim_details[0].domain == "acme.example"
    assert found.dkim_details[0].selector == "k1"
    assert found.spf_details is not None
    assert found.spf_details.designator == "jane@acme.example"
    assert found.spf_details.client_ip == "192.0.2.1"
    assert found.dmarc_details is not None
    assert (found.dmarc_details.policy, found.dmarc_details.action) == ("reject", "none")
    assert found.dmarc_details.from_ is not None
    assert found.dmarc_details.from_.root_domain == "acme.example"


def test_a_microsoft_line_names_no_server() -> None:
    found = authentication_results(
        AR,
        "spf=none (sender IP is 192.0.2.1) smtp.mailfrom=evil.example; dkim=none (message not"
        " signed) header.d=none;dmarc=fail action=quarantine header.from=acme.example;"
        "compauth=fail reason=001",
    )
    assert found.server is None
    assert found.compauth is not None
    assert (found.compauth.verdict, found.compauth.reason) == ("fail", "001")
    assert found.dkim_details[0].domain is None
    assert found.dmarc_details is not None
    assert found.dmarc_details.action == "quarantine"


def test_an_arc_line_has_an_instance() -> None:
    found = authentication_results(
        "ARC-Authentication-Results", "i=2; mx.microsoft.com 1; spf=pass; arc=none"
    )
    assert (found.type, found.instance, found.server, found.spf) == (
        "arc-authentication-results",
        2,
        "mx.microsoft.com",
        "pass",
    )


@pytest.mark.parametrize(
    "value",
    [
        'mx.example; spf=fail smtp.mailfrom="a; dmarc=pass"@evil.example',
        "mx.example; spf=fail (domain of x; dmarc=pass) smtp.mailfrom=evil.example",
        "mx.example; spf=fail reason=dmarc=pass",
    ],
)
def test_a_verdict_inside_a_quoted_address_or_comment_is_none(value: str) -> None:
    assert authentication_results(AR, value).dmarc is None


def test_one_passing_signature_passes() -> None:
    value = "mx.example; dkim=fail header.d=a.example; dkim=pass header.d=b.example"
    found = authentication_results(AR, value)
    assert found.dkim == "pass"
    assert [one.domain for one in found.dkim_details] == ["a.example", "b.example"]


def test_results_of_another_server_are_not_merged_in() -> None:
    ours = authentication_results(AR, "mx.acme.example; spf=fail")
    theirs = authentication_results(AR, "mx.evil.example; dmarc=pass")
    both = merged([ours, theirs])
    assert both is not None
    assert (both.spf, both.dmarc) == ("fail", None)
    assert merged([]) is None


def test_received_spf_in_several_words() -> None:
    found = received_spf(
        "SoftFail (mx.example: domain of transitioning evil.example discourages use of"
        " 192.0.2.1 as permitted sender)"
    )
    assert (found.verdict, found.designator, found.client_ip) == (
        "softfail",
        "evil.example",
        "192.0.2.1",
    )
    assert received_spf("").verdict is None
    none = received_spf("None (mx.example: evil.example does not designate permitted senders)")
    assert none.designator == "evil.example"


def test_a_signature_is_read() -> None:
    found = signature("v=1; a=rsa-sha256; d=ACME.example; s=k1; h=from : to; bh=x=; b=l=9")
    assert (found.domain, found.selector, found.headers) == ("acme.example", "k1", "from:to")
    assert not found.has_length_limit


@given(st.text(alphabet='spfdkimarc=;() "x.@', max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_value_is_read(text: str) -> None:
    found = authentication_results(AR, text)
    assert found.spf is None or found.spf_details is not None
    received_spf(text)
    signature(text)


@pytest.mark.parametrize(
    "piece", ["(", '"', "((a)", "a", "a=", "spf=pass ", "dkim=pass;", "domain of "]
)
def test_hostile_values_take_linear_time(piece: str) -> None:
    started = time.process_time()
    authentication_results(AR, piece * 100_000)
    received_spf(piece * 100_000)
    signature(piece * 100_000)
    assert time.process_time() - started < 1


_PIECES = (
    "spf", "dkim", "i", "mx.a.example", "1", "header.d", "x_y", "=", "=", " ", "pass", "none", ";",
    "; ", "(", ")", "(a; b)", " (x) ", '"', '"a b"', "\t", "é", "reason=9", "spf=fail",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
@settings(max_examples=500, deadline=None)
def test_segments_read_the_quick_way_are_those_of_the_tokens(value: str) -> None:
    said = {"smtp.mailfrom", "header.d", "header.i", "reason", "p", "action", "header.from"}
    methods = {"spf", "dkim", "dmarc", "compauth", "arc", "i"}

    def telling(found: list[tuple[str, str | None, dict[str, str], str]]) -> list[object]:
        return [
            (word, text, {name: one for name, one in others.items() if name in said}, comment)
            for word, text, others, comment in found
            if (word in methods if text is not None else word and "=" not in word)
        ]

    quick, long = telling(_segments(value)), telling(_tokenised(value))
    assert quick == long
