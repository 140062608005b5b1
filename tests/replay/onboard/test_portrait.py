"""The whole portrait: of simulated companies the truth is known, and attackers do not change it."""

from collections.abc import Callable, Sequence, Set

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.replay.onboard.post import PASSED, SPOOFED, Post, simulated, simulated_facts

from chaffinch.message.sources import Found
from chaffinch.replay.history import DAY_MS, Held, Side
from chaffinch.replay.onboard.claims import Claim, Portrait, Topic
from chaffinch.replay.onboard.extract import facts_of
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.portrait import assumed_tenant, portrait_of
from chaffinch.simulate.organisation import Company
from chaffinch.simulate.simulated import Simulated

SEEDS = (1, 2)
DAYS = 9
STRANGER = "Received: from mail.{0} (mail.{0} [198.51.100.9]) by in7.filter.example with ESMTPS"


def _subjects(portrait: Portrait, topic: Topic) -> set[str]:
    return {one.subject for one in portrait.of(topic)}


@pytest.fixture(scope="module")
def portraits() -> Callable[[int], Portrait]:
    found = {seed: portrait_of(simulated_facts(seed, DAYS, attacks=True), "acme") for seed in SEEDS}
    return found.__getitem__


@pytest.mark.parametrize("seed", SEEDS)
def test_own_domain_and_boundary_are_found(portraits: Callable[[int], Portrait], seed: int) -> None:
    company, _ = simulated(seed, DAYS, attacks=True)
    portrait = portraits(seed)
    assert _subjects(portrait, Topic.OWN_DOMAIN) == {company.domain}
    assert _subjects(portrait, Topic.BOUNDARY) == {company.boundary}
    assert _subjects(portrait, Topic.GATEWAY) == set()
    assert portrait.of(Topic.BOUNDARY)[0].sureness > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_people_are_found_and_nobody_else(
    portraits: Callable[[int], Portrait], seed: int
) -> None:
    company, _ = simulated(seed, DAYS, attacks=True)
    found = {one.subject: one.details["name"] for one in portraits(seed).of(Topic.PERSON)}
    assert found == {person.address: person.name for person in company.people}


def _are_the_vendors(found: Set[str], company: Company) -> bool:
    """All that sign their mail; one that does not is only known by what we answer.

    Few papers pass in so few days, so that one customer may be taken for a vendor.
    """
    everybody = {one.domain for one in company.vendors}
    mistaken = found - everybody
    proven = {one.domain for one in company.vendors if one.signs_mail}
    return (
        proven <= found and mistaken <= {c.domain for c in company.customers} and len(mistaken) < 2
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_vendors_and_customers_are_found(portraits: Callable[[int], Portrait], seed: int) -> None:
    company, _ = simulated(seed, DAYS, attacks=True)
    vendors, customers = (
        _subjects(portraits(seed), topic) for topic in (Topic.VENDOR, Topic.CUSTOMER)
    )
    assert _are_the_vendors(vendors, company)
    known = {one.domain for one in company.customers}
    assert customers <= known
    assert len(known - customers - vendors) <= 1  # whom few papers passed with in so few days


@pytest.mark.parametrize("seed", SEEDS)
def test_lists_newsletters_and_detours_are_found(
    portraits: Callable[[int], Portrait], seed: int
) -> None:
    company, _ = simulated(seed, DAYS, attacks=True)
    portrait = portraits(seed)
    lists = {f"{one.name}.{one.domain}" for one in company.lists}
    assert _subjects(portrait, Topic.LIST) == lists
    assert _subjects(portrait, Topic.BULK_SENDER) == {one.domain for one in company.newsletters}
    detours = portrait.of(Topic.FORWARDING)
    assert detours
    assert {one.details["address"] for one in detours} == {"fellow@institute-of-optics.example"}


@pytest.mark.parametrize("seed", SEEDS)
def test_who_pays_is_a_target(portraits: Callable[[int], Portrait], seed: int) -> None:
    company, _ = simulated(seed, DAYS, attacks=True)
    assert company.titled("Accounts Payable").address in _subjects(portraits(seed), Topic.TARGETED)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_claim_says_why_and_names_its_messages(
    portraits: Callable[[int], Portrait], seed: int
) -> None:
    _, mail = simulated(seed, DAYS, attacks=True)
    known = {f"<{one.message_id}>" for one in mail}
    for one in portraits(seed).claims:
        assert one.why.endswith(".")
        assert any(letter.isdigit() for letter in one.why)
        assert 0 <= one.sureness <= 1
        assert 0 < len(one.mentions) <= min(5, one.count)
        assert {mention.message_id for mention in one.mentions} <= known


def _through_gateway(raw: bytes, boundary: str) -> bytes:
    """The same delivery through a filtering service, which took over the checking."""
    head, separator, body = raw.partition(b"\r\n\r\n")
    text = head.decode("utf-8", "surrogateescape")
    first = text.partition("Received:")[2].partition("Received:")[0]
    if "with ESMTPSA" in first:
        return raw  # written inside
    stamp = first.partition(";")[2].split("\r\n")[1].strip()
    added = (
        "Received: from out1.filter.example (out1.filter.example [203.0.113.30])\r\n"
        f"\tby {boundary} (Postfix) with ESMTPS id 1;\r\n\t{stamp}\r\n"
    )
    moved = text.replace(f"by {boundary} (Postfix)", "by in7.filter.example (Postfix)")
    moved = moved.replace(f"Results: {boundary}", "Results: in7.filter.example")
    noted, results, rest = moved.partition("Authentication-Results:")
    return (noted + added + results + rest).encode("utf-8", "surrogateescape") + separator + body


def _facts(mail: Sequence[Simulated], change: Callable[[bytes], bytes]) -> list[Facts]:
    return [
        facts_of(Held(one.message_id, one.message_id, ""), Found(path="", raw=change(one.raw)))
        for one in mail
    ]


def test_behind_a_gateway_the_same_is_found() -> None:
    company, mail = simulated(1, DAYS, attacks=True)
    facts = _facts(mail, lambda raw: _through_gateway(raw, company.boundary))
    portrait = portrait_of(facts, "acme")
    assert _subjects(portrait, Topic.GATEWAY) == {"filter.example"}
    assert _subjects(portrait, Topic.BOUNDARY) == {"in7.filter.example"}
    assert _subjects(portrait, Topic.OWN_DOMAIN) == {company.domain}
    assert _subjects(portrait, Topic.PERSON) == {person.address for person in company.people}
    assert _are_the_vendors(_subjects(portrait, Topic.VENDOR), company)
    assert portrait.of(Topic.BOUNDARY)[0].sureness > 0.9


def _as_exported(one: Simulated) -> Facts:
    """Mail of ours as a folder of sent mail holds it: it never travelled."""
    raw, side = one.raw, Side.UNKNOWN
    if one.direction != "inbound":
        raw, side = raw[raw.index(b"Date: ") :], Side.OUT
    held = Held(one.message_id, one.message_id, "", side=side)
    return facts_of(held, Found(path="", raw=raw))


def test_sent_folders_say_the_same_as_mail_that_was_submitted() -> None:
    _, mail = simulated(1, DAYS, attacks=False)
    found = portrait_of([_as_exported(one) for one in mail], "acme")
    submitted = portrait_of(simulated_facts(1, DAYS, attacks=False), "acme")
    said, expected = (
        [(one.topic, one.subject, one.sureness, one.why) for one in _taught(each)]
        for each in (found, submitted)
    )
    assert said == expected
    assert _differences(found, submitted) == {}
    assert found.of(Topic.OWN_DOMAIN)[0].sureness > 0.8


TAUGHT = (  # what mail of ours alone may teach, down to its sureness and its reason
    Topic.PERSON, Topic.IMPERSONATED, Topic.ASSISTANT, Topic.SHARED_MAILBOX,
)  # fmt: skip
FOUND = (Topic.OWN_DOMAIN, Topic.VENDOR, Topic.CUSTOMER, Topic.GATEWAY, Topic.BOUNDARY,
         Topic.TARGETED, Topic.FORWARDING)  # fmt: skip


def _taught(portrait: Portrait) -> list[Claim]:
    return [one for topic in TAUGHT for one in portrait.of(topic)]


def _differences(one: Portrait, other: Portrait) -> dict[str, set[str]]:
    return {
        topic: _subjects(one, topic) ^ _subjects(other, topic)
        for topic in FOUND
        if _subjects(one, topic) != _subjects(other, topic)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_attacks_of_the_simulator_change_nothing(seed: int) -> None:
    _, mail = simulated(seed, DAYS, attacks=True)
    facts = simulated_facts(seed, DAYS, attacks=True)
    honest = [one for one, sent in zip(facts, mail, strict=True) if sent.label == "benign"]
    with_attacks, without = portrait_of(facts, "acme"), portrait_of(honest, "acme")
    assert _differences(with_attacks, without) == {}
    own_attacks = {
        f"<{s.message_id}>" for s in mail if s.label == "attack" and s.direction != "inbound"
    }
    if not own_attacks:  # a taken-over account of ours writes as ours
        assert _taught(with_attacks) == _taught(without)


PEOPLE = ("Ann Marsh <ann@acme.example>", "Bob Stone <bob@acme.example>",
          "Cid Lake <cid@acme.example>", "Dee Hill <dee@acme.example>")  # fmt: skip
FIRMS = tuple(f"firm{number}.example" for number in range(7))


def _everyday() -> list[Facts]:
    """Two weeks of a small office: notes, a vendor, a customer, strangers, a newsletter."""
    post = Post()
    mail = []
    for number in range(12):
        author, reader = PEOPLE[number % 4], PEOPLE[(number + 1) % 4]
        firm = FIRMS[number % 7]
        sign = "Chief Executive Officer" if number % 4 == 0 else "Engineer"
        body = f"Hi.\n\nBest,\n{author.partition(' <')[0]}\n{sign}"
        mail += [
            post.outbound(author, reader, body=body),
            post.outbound(PEOPLE[1 + number % 3], PEOPLE[0]),
            post.inbound(f"someone@{firm}", reader.partition("<")[2].strip(">")),
            post.outbound(reader, f"someone@{firm}", body=body),
            post.inbound("vera@steel.example", "bob@acme.example", subject=f"Invoice {number}"),
            post.outbound(PEOPLE[1], "vera@steel.example", subject=f"Re: Invoice {number}"),
        ]
    return mail


EVERYDAY = _everyday()
PLAIN = portrait_of(EVERYDAY, "acme")

_attackers = st.fixed_dictionaries({
    "author": st.sampled_from((
        "Ann Marsh <ann@acme.example>", "Ann Marsh <ann@acme-example.test>",
        "Vera <vera@steel.example>", "Boss <boss@acme.example>", "x@evil.example",
        "Payables <payables@acme.example>", "someone@firm1.example",
    )),
    "to": st.sampled_from(("bob@acme.example", "x@evil.example", "ann@acme.example, x@evil.test")),
    "is_proven": st.booleans(),
    "proof": st.sampled_from((SPOOFED, "none", "spf=pass smtp.mailfrom=evil.example; dkim=pass"
                              " header.d=evil.example; dmarc=fail header.from={host}")),
    "subject": st.sampled_from(("Invoice 7", "Re: Invoice 7", "Purchase order 9", "Fwd: x")),
    "relay": st.sampled_from((
        "vm.evil.example (vm.evil.example [203.0.113.66])",
        "mx.acme.example (vm.evil.example [203.0.113.66])",
        "mx.acme.example ([203.0.113.66])",
        "mx.acme.example (may be forged [203.0.113.66])",
    )),
    "below": st.sampled_from((
        (),
        ("Received: from pc.lan ([10.0.0.9]) by mx.acme.example with ESMTPSA",),
        ("Authentication-Results: mx.acme.example; dmarc=pass header.from=acme.example",
         "Received: from mail.firm1.example ([198.51.100.9]) by vm.evil.example"),
        (STRANGER.format("firm2.example"),),
    )),
    "headers": st.sampled_from((
        (), ("Sender: bob@acme.example",), ("Reply-To: vera@steel.example",),
        ("List-Id: <talk.lists.example>",), ("In-Reply-To: <7@test.example>", "X-PHISHTEST: 1"),
        ("Delivered-To: fellow@evil.example",),
    )),
    "body": st.sampled_from((
        "Pay.\n\nBest,\nAnn Marsh\nChairman", "Dee Hill, President, asks you to pay.",
        "Hi.\n\nBest,\nBob Stone\nAssistant to Ann Marsh",
        "DE89 3704 0044 0532 0130 00\n\nBest,\nEve\nTreasurer",
    )),
})  # fmt: skip


@settings(max_examples=25)
@given(st.lists(st.tuples(_attackers, st.sampled_from((1, 3, 40))), min_size=1, max_size=5))
def test_no_attacker_changes_who_we_are(floods: list[tuple[dict[str, object], int]]) -> None:
    post = Post()
    post.count = 1_000
    for mail, _ in floods:  # attackers can prove the domains they own
        is_theirs = "evil" in str(mail["author"]) or ".test" in str(mail["author"])
        if mail.pop("is_proven") and is_theirs:
            mail["proof"] = PASSED
    flood = [post.inbound(mailbox="bob@acme.example", **mail)  # type: ignore[arg-type]  # as drawn
             for mail, count in floods for _ in range(count)]  # fmt: skip
    within = [msgspec.structs.replace(one, at=EVERYDAY[n % 60].at) for n, one in enumerate(flood)]
    portrait = portrait_of(EVERYDAY + within, "acme")
    assert _taught(portrait) == _taught(PLAIN)
    assert _differences(portrait, PLAIN) == {}


def test_the_small_office_is_found() -> None:
    assert _subjects(PLAIN, Topic.OWN_DOMAIN) == {"acme.example"}
    assert len(PLAIN.of(Topic.PERSON)) == 4
    assert PLAIN.of(Topic.IMPERSONATED)[0].subject == "ann@acme.example"
    assert _subjects(PLAIN, Topic.VENDOR) == {"steel.example"}
    assert _subjects(PLAIN, Topic.BOUNDARY) == {"mx.acme.example"}


def test_copies_of_one_message_count_once() -> None:
    copies = [
        msgspec.structs.replace(one, held=Held(f"copy-{n}", f"copy-{n}", ""))
        for n, one in enumerate(EVERYDAY)
    ]
    assert _taught(portrait_of(EVERYDAY + copies, "acme")) == _taught(PLAIN)


def test_the_tenant_assumed_owns_what_is_sure() -> None:
    tenant = assumed_tenant(PLAIN)
    assert tenant.domains == ("acme.example",)
    assert tenant.boundary == ("mx.acme.example",)
    assert {one.addresses[0] for one in tenant.people} == {
        "ann@acme.example", "bob@acme.example", "cid@acme.example", "dee@acme.example"
    }  # fmt: skip
    assert "ann@acme.example" in {one.addresses[0] for one in tenant.vips}
    assert tenant.assumptions


def test_a_window_leaves_out_what_is_older() -> None:
    portrait = portrait_of(EVERYDAY, "acme", days=3)
    assert portrait.messages_count < PLAIN.messages_count
    assert portrait.last_at - portrait.first_at <= 3 * DAY_MS


@pytest.mark.parametrize("days", [None, 30])
def test_a_date_far_from_all_others_is_said_to_be_set_aside(days: int | None) -> None:
    post = Post()
    history = [post.inbound(f"a@firm{n}.example", "ann@acme.example") for n in range(200)]
    far = msgspec.structs.replace(history[0], at=history[0].at + 9_000 * DAY_MS)
    old = msgspec.structs.replace(history[0], at=0)
    for stray, is_said in ((far, True), (old, days is None)):
        portrait = portrait_of([*history, stray], "acme", days=days)
        told = "1 message with a date far from all others was set aside."
        assert (told in portrait.unread) == is_said
    assert not any("set aside" in one for one in portrait_of(history, "acme", days=days).unread)


def test_of_nothing_there_is_a_portrait_that_says_so() -> None:
    portrait = portrait_of([], "nobody")
    assert portrait.claims == ()
    assert portrait.unread == ("No message was read.",)
    assert assumed_tenant(portrait).domains == ()


def test_what_a_history_lacks_is_said() -> None:
    post = Post()
    bare = [post.mail(f"a@firm{n}.example", "ann@acme.example") for n in range(9)]
    said = " ".join(portrait_of(bare, "acme").unread)
    assert "no author could be proven" in said
    assert "No folder of sent mail" in said
