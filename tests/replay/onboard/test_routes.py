"""The way of mail: gateway and boundary, verified against every message; detours."""

from collections.abc import Sequence

import msgspec
from tests.replay.onboard.post import ACME, SPOOFED, Post

from chaffinch.replay.history import DAY_MS
from chaffinch.replay.onboard.claims import Claim
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.ground import Ground, Standing
from chaffinch.replay.onboard.routes import boundaries, forwarding, gateways, receivers
from chaffinch.replay.onboard.toml_lines import is_sure

ORGANISATIONS = [f"firm{number}.example" for number in range(8)]
FILTER = "out3.filter.example (out3.filter.example [203.0.113.30])"


def _through_filter(post: Post, host: str, proof: str = SPOOFED) -> Facts:
    """Mail that a filtering service took from the sender and handed on to us."""
    below = (f"Received: from mail.{host} (mail.{host} [198.51.100.7]) by in1.filter.example",)
    return post.inbound(f"someone@{host}", relay=FILTER, below=below, proof=proof)


def _gateways(history: Sequence[Facts]) -> tuple[list[Claim], Ground]:
    return gateways(history, ACME, set(ORGANISATIONS))


def test_the_boundary_is_where_strangers_hand_over() -> None:
    post = Post()
    mail = [post.inbound(f"someone@{host}") for host in ORGANISATIONS]
    (found,) = boundaries(mail, ACME)
    assert (found.subject, found.count) == ("mx.acme.example", 8)
    assert found.sureness > 0.6
    assert not found.details.get("exceptions")


def test_many_hosts_of_one_parent_are_named_by_it() -> None:
    post = Post()
    line = "Received: from m.firm.example (m.firm.example [198.51.100.7]) by mx{}.in.acme.example"
    mail = [post.mail("a@firm.example", "ann@acme.example", top=[line.format(n)]) for n in range(9)]
    assert [one.subject for one in boundaries(mail, ACME)] == ["in.acme.example"]


def test_a_service_that_took_everybodys_mail_first_is_a_gateway() -> None:
    post = Post()
    mail = [_through_filter(post, host) for host in ORGANISATIONS]
    (found,), ground = _gateways(mail)
    assert found.subject == "filter.example"
    assert found.details["addresses"] == ("203.0.113.30",)
    (boundary,) = boundaries(mail, ground)
    assert (boundary.subject, boundary.count) == ("in1.filter.example", 8)


def test_mail_that_came_around_the_gateway_is_an_exception_and_named() -> None:
    post = Post()
    mail = [_through_filter(post, host) for host in ORGANISATIONS]
    around = post.inbound("eve@evil.example")
    _, ground = _gateways(mail)
    (boundary,) = boundaries([*mail, around], ground)
    assert boundary.details["exceptions"] == (around.held.place,)
    assert "in 1 message no boundary stands where it should" in boundary.why


def test_a_provider_that_sends_for_its_customers_is_no_gateway() -> None:
    post = Post()
    relay = "out1.provider.example (out1.provider.example [203.0.113.60])"
    below = ("Received: from [192.0.2.77] by smtp.provider.example with ESMTPSA",)
    mail = [post.inbound(f"a@{host}", relay=relay, below=below) for host in ORGANISATIONS]
    assert _gateways(mail) == ([], ACME)


def test_nobody_becomes_our_gateway_by_writing_under_many_names() -> None:
    post = Post()
    honest = [post.inbound(f"someone@{host}") for host in ORGANISATIONS]
    below = ("Received: from mail.x.example (mail.x.example [198.51.100.9]) by in.evil.example",)
    relay = "out.evil.example (out.evil.example [203.0.113.66])"
    flood = [
        post.inbound(f"a@victim{number}.example", relay=relay, below=below) for number in range(300)
    ]
    assert _gateways(honest + flood) == ([], ACME)


def test_who_nobody_vouches_for_is_a_question_and_no_gateway() -> None:
    post = Post()
    honest = [post.inbound(f"someone@{host}") for host in ORGANISATIONS]
    below = ("Received: from mail.x.example (mail.x.example [198.51.100.9]) by in.evil.example",)
    relay = "out.evil.example (out.evil.example [203.0.113.66])"
    flood = [
        msgspec.structs.replace(
            post.inbound(f"a@victim{number % 99}.example", relay=relay, below=below),
            at=number // 99 * DAY_MS,
        )
        for number in range(198)
    ]
    (found,), ground = gateways(honest + flood, ACME, set())
    assert found.subject == "evil.example"
    assert not is_sure(found)
    assert ground == ACME


def test_what_a_gateway_judged_counts_once_it_is_known() -> None:
    post = Post()
    below = (
        "Authentication-Results: in1.filter.example; dmarc=pass header.from=firm0.example",
        "Received: from mail.firm0.example (mail.firm0.example [198.51.100.7])"
        " by in1.filter.example",
    )
    judged = post.inbound("a@firm0.example", relay=FILTER, below=below, proof="none")
    _, ground = _gateways([_through_filter(post, host) for host in ORGANISATIONS])
    assert ACME.standing(judged) is Standing.UNPROVEN
    assert ground.standing(judged) is Standing.PROVEN


def test_who_greets_as_our_gateway_from_elsewhere_is_a_stranger() -> None:
    post = Post()
    below = (
        "Authentication-Results: in1.filter.example; dmarc=pass header.from=acme.example",
        "Received: from pc.lan (pc.lan [10.0.0.1]) by in1.filter.example with ESMTPSA",
    )
    _, ground = _gateways([_through_filter(post, host) for host in ORGANISATIONS])
    for relay in ("out3.filter.example ([203.0.113.99])",
                  "out3.filter.example (mail.evil.example [203.0.113.99])"):  # fmt: skip
        forged = post.inbound("boss@acme.example", relay=relay, below=below, proof=SPOOFED)
        assert ground.standing(forged) is Standing.FAILED


def test_an_address_elsewhere_whose_mail_is_sent_on_is_a_route() -> None:
    post = Post()
    proof = (
        "spf=fail smtp.mailfrom={host}; dkim=pass header.d={host}; dmarc=pass header.from={host}"
    )
    relay = "fwd.college.example (fwd.college.example [203.0.113.80])"

    def forwarded(host: str) -> Facts:
        return post.inbound(
            f"someone@{host}", "fellow@college.example", mailbox="ann@acme.example",
            relay=relay, proof=proof,
        )  # fmt: skip

    (found,) = forwarding([forwarded(host) for host in ORGANISATIONS[:3]], ACME)
    assert found.subject == "ann@acme.example"
    assert found.details == {
        "address": "fellow@college.example", "through": ("fwd.college.example",)
    }  # fmt: skip
    assert forwarding([forwarded(ORGANISATIONS[0]) for _ in range(5)], ACME) == []


def test_unproven_mail_makes_no_route() -> None:
    post = Post()
    mail = [
        post.inbound(
            f"a@{host}", "x@evil.example", mailbox="ann@acme.example", proof=SPOOFED,
            relay="mail.evil.example (mail.evil.example [203.0.113.66])",
        )
        for host in ORGANISATIONS
    ]  # fmt: skip
    assert forwarding(mail, ACME) == []


def test_receivers_are_those_that_write_on_top() -> None:
    post = Post()
    mail = [post.inbound(f"someone@{host}") for host in ORGANISATIONS]
    assert receivers(mail, frozenset()) == {"acme.example"}
    stray = [msgspec.structs.replace(one, lines=()) for one in mail]
    assert receivers(stray, frozenset({"acme.example"})) == frozenset()


def test_a_list_that_hands_over_everybodys_posts_is_no_gateway() -> None:
    post = Post()
    listed = ("List-Id: <talk.filter.example>",)
    below = "Received: from mail.{0} (mail.{0} [198.51.100.7]) by in1.filter.example"
    mail = [
        post.inbound(f"a@{host}", relay=FILTER, below=(below.format(host),), headers=listed)
        for host in ORGANISATIONS
    ]
    assert _gateways(mail) == ([], ACME)


def test_behind_a_receiver_with_known_edges_only_the_edge_takes_from_strangers() -> None:
    ground = Ground(domains=frozenset({"acme.example"}), receivers=frozenset({"microsoft"}))
    inner = (
        "Received: from AM0PR04MB1.eurprd04.prod.outlook.com (2603:10a6:208:1::1) by"
        " VI1PR04MB2.eurprd04.prod.outlook.com with HTTPS"
    )
    edge = (
        "Received: from mail.firm0.example (198.51.100.7) by"
        " DB5EUR03FT1.mail.protection.outlook.com (10.1.1.1) with SMTP"
    )
    proof = "Authentication-Results: x; dmarc=pass header.from=acme.example"
    post = Post()
    inside = post.mail("ann@acme.example", "bob@acme.example", top=[inner])
    taken = post.mail("ann@acme.example", "bob@acme.example", top=[inner, edge])
    judged = post.mail("ann@acme.example", "bob@acme.example", top=[inner, proof, edge])
    forged = post.mail("ann@acme.example", "bob@acme.example", top=[inner, edge, proof])
    found = [ground.standing(one) for one in (inside, taken, judged, forged)]
    assert found == [
        Standing.PROVEN, Standing.UNPROVEN, Standing.PROVEN, Standing.UNPROVEN
    ]  # fmt: skip
    assert ground.crossing(taken) == 1


def test_inner_servers_without_a_name_are_passed_over() -> None:
    post = Post()
    inner = "Received: by 2002:a05:6402:1::3 with SMTP id 7"
    taken = "Received: from mail.{0} (mail.{0} [198.51.100.7]) by mx.google.com with ESMTPS"
    mail = [
        post.mail(f"a@{host}", "ann@acme.example", top=[inner, taken.format(host)])
        for host in ORGANISATIONS
    ]
    ground = Ground(receivers=receivers(mail, frozenset()))
    assert ground.receivers == {"google"}
    assert [one.subject for one in boundaries(mail, ground)] == ["mx.google.com"]


def test_another_customer_of_our_provider_is_a_stranger() -> None:
    inner = (
        "Received: from AM0PR04MB1.eurprd04.prod.outlook.com (2603:10a6:208:1::1) by"
        " VI1PR04MB2.eurprd04.prod.outlook.com with HTTPS"
    )
    edge = (
        "Received: from EUR05-AM6-obe.outbound.protection.outlook.com ({}) by"
        " DB5EUR03FT1.mail.protection.outlook.com (10.1.1.1) with SMTP"
    )
    theirs = inner.replace("PR04", "PR01")
    ground = Ground(domains=frozenset({"acme.example"}), receivers=frozenset({"microsoft"}))
    post = Post()
    for shown in ("40.107.22.1", "mail-am6eur05.outbound.protection.outlook.com [40.107.22.1]"):
        posing = post.mail(
            "boss@acme.example", "ann@acme.example", top=[inner, edge.format(shown), theirs]
        )
        assert ground.standing(posing) is Standing.UNPROVEN
    assert (
        ground.standing(post.mail("boss@acme.example", "ann@acme.example", top=[inner, theirs]))
        is Standing.PROVEN
    )


def test_what_our_provider_refutes_is_not_written_inside() -> None:
    taken = (
        "Received: from out.hosting.example (out.hosting.example [203.0.113.9])"
        " by mx.hosting.example with ESMTPS"
    )
    said = "Authentication-Results: mx.hosting.example; {} header.from=acme.example"
    ground = Ground(domains=frozenset({"acme.example"}), receivers=frozenset({"hosting.example"}))
    post = Post()

    def standing(results: str) -> Standing:
        top = [said.format(results), taken]
        return ground.standing(post.mail("boss@acme.example", "ann@acme.example", top=top))

    assert standing("spf=fail smtp.mailfrom=acme.example; dmarc=none") is Standing.FAILED
    assert standing("spf=softfail smtp.mailfrom=evil.example; dmarc=fail") is Standing.FAILED
    assert standing("dkim=none; dmarc=none") is Standing.PROVEN
