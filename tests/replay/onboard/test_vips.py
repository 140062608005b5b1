"""Whom attackers pose as and write to, and who assists whom."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from tests.replay.onboard.post import SPOOFED, Post, on_ground

from chaffinch.replay.onboard.assistants import assistants
from chaffinch.replay.onboard.claims import Claim
from chaffinch.replay.onboard.correspondence import answered
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.staff import staff
from chaffinch.replay.onboard.vips import Offices, impersonated, targeted

CHIEF = "Ann Marsh <ann@acme.example>"
STAFF = [f"Person{n} Name{n} <p{n}@acme.example>" for n in range(8)]
INVOICE = "Invoice 7 is due"


def _offices(history: Iterable[Facts]) -> Offices:
    letters = on_ground(history)
    return Offices(letters, staff(letters), answered(letters))


def _daily(post: Post) -> list[Facts]:
    """Everybody writes to the chief and to a neighbour; the chief signs with a title."""
    mail = [post.outbound(one, CHIEF) for one in STAFF for _ in range(2)]
    mail += [post.outbound(one, STAFF[(n + 1) % len(STAFF)]) for n, one in enumerate(STAFF)]
    body = "Well done.\n\nBest regards,\nAnn Marsh\nChief Executive Officer"
    return mail + [post.outbound(CHIEF, one, body=body) for one in STAFF[:3]]


def test_whose_word_counts_comes_first() -> None:
    first = impersonated(_offices(_daily(Post())))[0]
    assert first.subject == "ann@acme.example"
    assert "Chief Executive Officer" in first.why
    assert "8 colleagues" in first.why
    assert first.sureness > 0.5


def test_what_colleagues_call_somebody_counts() -> None:
    post = Post()
    quiet = "Cleo Quiet <cleo@acme.example>"
    said = [
        post.outbound(one, STAFF[0], body="Cleo Quiet, Chief Financial Officer, will speak.")
        for one in STAFF[1:6]
    ]
    mail = [*_daily(post), post.outbound(quiet, STAFF[0]), *said]
    found = {one.subject: one for one in impersonated(_offices(mail))}
    assert '"chief financial officer" by 5 colleagues' in found["cleo@acme.example"].why


def test_strangers_cannot_make_a_vip() -> None:
    post = Post()
    daily = _daily(post)
    before = impersonated(_offices(daily))
    body = "Person3 Name3, President, asks you to pay.\n\nBest,\nPerson3 Name3\nPresident"
    flood = [
        post.inbound(author, to, proof=proof, body=body)
        for author, proof in ((STAFF[3], SPOOFED), ("Person3 Name3 <p3@evil.example>", "none"))
        for to in ("p1@acme.example", "ann@acme.example")
        for _ in range(50)
    ]
    assert impersonated(_offices(daily + flood)) == before


@given(st.permutations(range(27)))
def test_the_order_of_a_history_does_not_change_whom(order: list[int]) -> None:
    daily = _daily(Post())
    shuffled = [daily[at] for at in order]
    expected = [(one.subject, one.sureness, one.why) for one in impersonated(_offices(daily))]
    found = [(one.subject, one.sureness, one.why) for one in impersonated(_offices(shuffled))]
    assert found == expected


def _targets(history: Iterable[Facts]) -> dict[str, Claim]:
    return {one.subject: one for one in targeted(_offices(history))}


def test_addresses_and_titles_of_payments_staff_and_help_are_targets() -> None:
    post = Post()
    mail = _daily(post)
    for address, title in (
        ("payroll@acme.example", ""),
        ("hugo@acme.example", "Head of Human Resources"),
        ("iris@acme.example", "IT Administrator"),
    ):
        body = f"Hi.\n\nBest,\n{address[:4].title()} Name\n{title}"
        mail += [post.outbound(address, one, body=body) for one in STAFF[:3]]
    assert sorted(_targets(mail)) == [
        "hugo@acme.example", "iris@acme.example", "payroll@acme.example"
    ]  # fmt: skip


def test_who_gets_the_vendors_invoices_is_a_target() -> None:
    post = Post()
    mail = _daily(post)
    mail += [post.outbound(STAFF[2], "sales@steel.example")]
    mail += [post.inbound("a@steel.example", "p2@acme.example", subject=INVOICE) for _ in range(6)]
    assert "got 6 invoices" in _targets(mail)["p2@acme.example"].why.lower()


def test_invoices_of_strangers_make_no_target() -> None:
    post = Post()
    mail = _daily(post)
    for proof in (SPOOFED, "spf=pass smtp.mailfrom={host}; dmarc=pass header.from={host}"):
        mail += [
            post.inbound("a@evil.example", "p2@acme.example", subject=INVOICE, proof=proof)
            for _ in range(50)
        ]
    assert _targets(mail) == {}


def test_an_assistant_signs_so_or_writes_in_the_others_name() -> None:
    post = Post()
    signed = "Hi.\n\nBest,\nPerson1 Name1\nExecutive Assistant to Ann Marsh"
    mail = _daily(post)
    mail += [post.outbound(STAFF[1], STAFF[0], body=signed) for _ in range(3)]
    mail += [post.outbound(CHIEF, STAFF[0], headers=("Sender: p2@acme.example",)) for _ in range(4)]
    letters = on_ground(mail)
    found = {one.subject: one for one in assistants(letters, staff(letters))}
    assert set(found) == {"p1@acme.example", "p2@acme.example"}
    assert {one.details["assists"] for one in found.values()} == {"ann@acme.example"}


def test_who_is_always_on_copy_assists() -> None:
    post = Post()
    copy = ("Cc: p7@acme.example",)
    mail = _daily(post)
    mail += [post.outbound(one, CHIEF, headers=copy) for one in STAFF[:6] for _ in range(5)]
    letters = on_ground(mail)
    (found,) = assistants(letters, staff(letters))
    assert (found.subject, found.details["assists"]) == ("p7@acme.example", "ann@acme.example")
    assert "on copy of 30" in found.why.replace("Was", "was")


def test_a_stranger_who_signs_as_assistant_is_none() -> None:
    post = Post()
    mail = _daily(post)
    body = "Hi.\n\nBest,\nPerson1 Name1\nAssistant to Ann Marsh"
    mail += [post.inbound(STAFF[1], proof=SPOOFED, body=body) for _ in range(9)]
    letters = on_ground(mail)
    assert assistants(letters, staff(letters)) == []
