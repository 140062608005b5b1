"""What headers say, and which of it is believed."""

import pytest

from chaffinch.core.limits import Limits
from chaffinch.core.tenant import Tenant
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers

EDGE = (
    "Received: from mail.evil.example (198.51.100.7) by EX1.mail.protection.outlook.com"
    " (10.0.0.9) with Microsoft SMTP Server; Fri, 25 Nov 2022 20:16:46 +0000"
)
INSIDE = (
    "Received: from EX1.eop.prod.protection.outlook.com (2603:10a6::9) by"
    " EX2.outlook.office365.com (2603:10a6::6) with Microsoft SMTP Server"
)
RESULTS = (
    "Authentication-Results: spf=pass (sender IP is 198.51.100.7) smtp.mailfrom=evil.example;"
    " dkim=none header.d=none;dmarc=fail action=none header.from=acme.example"
)
FORGED = (
    "Authentication-Results: mx.acme.example; spf=pass smtp.mailfrom=acme.example;"
    " dkim=pass header.d=acme.example; dmarc=pass header.from=acme.example"
)
FROM = "From: Jane <jane@acme.example>"


def headers(*lines: str, tenant: Tenant | None = None) -> Headers:
    data = ("\n".join(lines) + "\n\n").encode()
    return Headers(block=header_block(data, Limits()), tenant=tenant)


def test_results_above_the_edge_are_believed_and_those_below_are_not() -> None:
    found = headers(INSIDE, RESULTS, EDGE, FORGED, FROM)
    summary = found.auth_summary
    assert summary.spf is not None
    assert summary.dmarc is not None
    assert (summary.spf.pass_, summary.dmarc.pass_) == (True, False)
    assert summary.spf.received_hop == 1
    assert (found.spf_aligned, found.dkim_aligned, found.is_authenticated) == (False, False, False)
    assert len(found.trusted_results) == 1
    assert found.external_ip == "198.51.100.7"
    assert found.last_external_hop is not None
    assert found.last_external_hop.index == 0


def test_without_received_nothing_is_believed() -> None:
    found = headers(FORGED, FROM)
    assert (found.auth_summary.spf, found.auth_summary.dmarc) == (None, None)
    assert found.is_authenticated is None
    assert found.last_external_hop is None


def test_a_forged_line_of_our_own_name_below_the_edge_moves_nothing() -> None:
    forged = INSIDE.replace("EX2", "EX7")
    found = headers(INSIDE, RESULTS, EDGE, FORGED, forged, FORGED, FROM)
    assert len(found.trusted_results) == 1
    assert found.is_authenticated is False


@pytest.mark.parametrize(
    "source",
    [
        "mail.evil.example (mail.evil.example [198.51.100.7])",
        "mx1.acme.example (mail.evil.example [198.51.100.7])",
        "mx1.acme.example (unknown [198.51.100.7])",
        "mx1.acme.example (mx1.acme.example [198.51.100.7] (may be forged))",
        "mx1.acme.example ([198.51.100.7])",
    ],
)
def test_a_stranger_who_greets_with_our_name_is_a_stranger(source: str) -> None:
    found = headers(
        f"Received: from {source} by mx2.acme.example; 9 Aug 2019 11:01:44 +0000",
        FORGED,
        "Received: from x by mx1.acme.example; 9 Aug 2019 11:01:40 +0000",
        FROM,
    )
    assert found.trusted_results == ()
    assert found.external_ip == "198.51.100.7"


@pytest.mark.parametrize(
    "source",
    [
        "mx1.acme.example (mx1.acme.example [198.51.100.7])",
        "mx1.acme.example (mx1.acme.example [10.1.1.1])",
        "localhost (localhost [127.0.0.1])",
    ],
)
def test_our_own_servers_hand_on_to_each_other(source: str) -> None:
    found = headers(
        f"Received: from {source} by mx2.acme.example",
        "Authentication-Results: mx1.acme.example; dmarc=pass header.from=acme.example",
        "Received: from mail.partner.example (198.51.100.8) by mx1.acme.example",
        FROM,
    )
    assert found.is_authenticated is True
    assert found.external_ip == "198.51.100.8"


def test_a_list_server_is_a_stranger_to_the_last_receiver() -> None:
    found = headers(
        "Received: from lists.example (lists.example [198.51.100.7]) by mail.acme.example",
        "Authentication-Results: lists.example; dmarc=pass header.from=acme.example",
        "Received: from mail.partner.example (198.51.100.8) by lists.example",
        FROM,
    )
    assert found.is_authenticated is None
    assert found.boundary.assumption is not None
    assert "mail.acme.example" in found.boundary.assumption


GATEWAY = (
    "Received: from gw.filter.example (198.51.100.20) by EX1.mail.protection.outlook.com",
    "Authentication-Results: gw.filter.example; spf=pass smtp.mailfrom=acme.example",
    "Received: from mail.partner.example (198.51.100.8) by gw.filter.example",
    FROM,
)


def test_behind_a_gateway_the_last_external_hop_is_judged() -> None:
    edge = "mail.protection.outlook.com"
    told = Tenant(domains=("acme.example",), boundary=(edge, "filter.example"))
    assert headers(*GATEWAY, tenant=told).external_ip == "198.51.100.8"
    assert headers(*GATEWAY, tenant=told).spf_aligned is True
    assert headers(*GATEWAY).external_ip == "198.51.100.20"
    listed = Tenant(boundary=(edge, "filter.example", "198.51.100.0/28"))
    assert headers(*GATEWAY, tenant=listed).external_ip == "198.51.100.20"


def test_a_boundary_nobody_passed_believes_nothing() -> None:
    found = headers(INSIDE, RESULTS, EDGE, FROM, tenant=Tenant(boundary=("mx.acme.example",)))
    assert found.trusted_results == ()
    assert found.boundary.assumption is not None


def test_results_copied_from_others_are_not_ours() -> None:
    copied = RESULTS.replace("Authentication-Results", "Authentication-Results-Original")
    assert headers(INSIDE, copied, EDGE, FROM).trusted_results == ()


def test_received_spf_speaks_where_no_results_do() -> None:
    line = "Received-SPF: Fail (x: domain of evil.example does not) client-ip=198.51.100.7"
    summary = headers(INSIDE, line, EDGE, FROM).auth_summary
    assert summary.spf is not None
    assert summary.spf.pass_ is False
    assert summary.dmarc is None


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ("spf=pass smtp.mailfrom=acme.example; dmarc=bestguesspass header.from=acme.example", True),
        (
            "spf=pass smtp.mailfrom=evil.example; dmarc=bestguesspass header.from=acme.example",
            False,
        ),
        ("dkim=pass header.d=mail.acme.example", True),
        ("dkim=pass header.d=evil.example", False),
        ("dmarc=pass header.from=evil.example; dkim=none", False),
        ("spf=temperror smtp.mailfrom=acme.example", None),
        ("compauth=pass reason=100", None),
    ],
)
def test_alignment_is_by_organisation(results: str, expected: bool | None) -> None:
    found = headers(INSIDE, f"Authentication-Results: {results}", EDGE, FROM)
    assert found.is_authenticated is expected


def test_plain_fields_have_their_public_names() -> None:
    found = headers(
        "Return-Path: <Bounce@Acme.example>",
        "Delivered-To: jane@acme.example",
        EDGE,
        "From: =?utf-8?Q?J=C3=B6rg?= <j@acme.example>",
        "Reply-To: a@acme.example, b@acme.example",
        "Message-ID: <1@acme.example>",
        "References: <1@x> <2@x>",
        "Date: Fri, 9 Aug 2019 11:01:44 -0400",
        "X-Originating-IP: [192.0.2.5]",
        "User-Agent: Mutt",
    )
    assert found.from_ is not None
    assert found.from_.display_name == "Jörg"
    assert found.return_path is not None
    assert found.return_path.email == "bounce@acme.example"
    assert len(found.reply_to) == 2
    assert (found.message_id, found.in_reply_to) == ("<1@acme.example>", None)
    assert found.references == ("<1@x>", "<2@x>")
    assert found.date_original_offset == "-4"
    assert found.x_originating_ip is not None
    assert found.x_originating_ip.ip == "192.0.2.5"
    assert found.mailer == "Mutt"
    assert [one.ip for one in found.ips] == ["198.51.100.7", "10.0.0.9"]
    assert "mail.evil.example" in [one.domain for one in found.domains]


def test_a_receiver_that_seals_above_its_own_line_is_believed_there_only() -> None:
    found = headers(
        "Delivered-To: bob@acme.example",
        "Received: by 2002:a05:6512::1 with SMTP id x1; Fri, 9 Aug 2019 11:01:46 -0700 (PDT)",
        "X-Received: by 2002:a17:906::2 with SMTP id x2; Fri, 9 Aug 2019 11:01:45 -0700 (PDT)",
        "ARC-Authentication-Results: i=1; mx.google.com; spf=pass smtp.mailfrom=evil.example;"
        " dmarc=fail (p=NONE) header.from=acme.example",
        "Received: from mail.evil.example (mail.evil.example. [198.51.100.7])"
        " by mx.google.com with ESMTPS id x3",
        "Authentication-Results: mx.google.com; dmarc=pass header.from=acme.example",
        FROM,
    )
    assert found.is_authenticated is False
    assert found.auth_summary.dmarc is not None
    assert found.auth_summary.dmarc.pass_ is False
    assert found.external_ip == "198.51.100.7"
    assert [hop.index for hop in found.hops] == [0, 1, 2]


def test_a_boundary_forged_below_a_stranger_is_not_ours() -> None:
    ours = Tenant(domains=("acme.example",), boundary=("mx.acme.example",))
    forged = "Received: from x by mx.acme.example"
    around = headers(INSIDE, RESULTS, EDGE, FORGED, forged, FROM, tenant=ours)
    assert around.trusted_results == ()
    assert around.is_authenticated is None
    handed_on = "Received: from mx.acme.example (198.51.100.9) by EX1.mail.protection.outlook.com"
    through = headers(INSIDE, handed_on, FORGED, forged, FROM, tenant=ours)
    assert through.is_authenticated is True


def test_a_signature_nobody_could_check_is_no_failure() -> None:
    def aligned(verdict: str) -> bool | None:
        line = f"Authentication-Results: dkim={verdict} header.d=acme.example"
        return headers(INSIDE, line, EDGE, FROM).dkim_aligned

    assert [aligned("temperror"), aligned("timeout"), aligned("fail")] == [None, None, False]
