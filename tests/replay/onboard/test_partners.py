"""Vendors and customers: only those our people write to, told by the papers of trade."""

from collections.abc import Iterable

from tests.replay.onboard.post import SPOOFED, Post, on_ground

from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.partners import partners
from chaffinch.replay.onboard.staff import staff

ANN = "Ann Marsh <ann@acme.example>"
VENDOR = "Vera <vera@steel.example>"
IBAN = "Pay to DE89 3704 0044 0532 0130 00."


def _found(history: Iterable[Facts]) -> dict[tuple[str, str], Claim]:
    letters = on_ground(history)
    return {(one.topic, one.subject): one for one in partners(letters, staff(letters))}


def _trade(post: Post) -> list[Facts]:
    """Vendor and customer, each with some papers and answers."""
    mail = []
    for number in range(5):
        mail.append(post.inbound(VENDOR, subject=f"Invoice {number}", body=IBAN))
        mail.append(post.outbound(ANN, VENDOR, subject=f"Re: Invoice {number}"))
        mail.append(post.inbound("c@shop.example", subject=f"Purchase order {number}"))
        mail.append(post.outbound(ANN, "c@shop.example", subject=f"Invoice {100 + number}"))
    return mail


def test_vendors_and_customers_are_told_apart() -> None:
    found = _found(_trade(Post()))
    assert set(found) == {(Topic.VENDOR, "steel.example"), (Topic.CUSTOMER, "shop.example")}
    vendor = found[Topic.VENDOR, "steel.example"]
    assert vendor.count == 10
    assert vendor.details["addresses"] == ("vera@steel.example",)


def test_an_account_is_kept_as_a_mark_only() -> None:
    vendor = _found(_trade(Post()))[Topic.VENDOR, "steel.example"]
    marks = vendor.details["accounts"]
    assert [mark[:3] for mark in marks] == ["DE-"]
    assert not any(digits in str(vendor) for digits in ("3704", "0532", "DE89"))


def test_who_is_not_answered_is_no_vendor() -> None:
    post = Post()
    assert _found(post.inbound("a@evil.example", subject=f"Invoice {n}") for n in range(99)) == {}


def test_unproven_mail_adds_nothing_to_a_vendor() -> None:
    post = Post()
    trade = _trade(post)
    forged = [
        post.inbound("Eve <eve@steel.example>", subject=f"Invoice {n}", proof=SPOOFED,
                     headers=("Reply-To: eve@evil.example",))
        for n in range(50)
    ]  # fmt: skip
    assert _found(trade + forged) == _found(trade)


def test_an_automatic_answer_is_no_answer() -> None:
    post = Post()
    mail = [post.inbound("a@evil.example", subject=f"Invoice {n}") for n in range(9)]
    away = ("Auto-Submitted: auto-replied",)
    mail += [
        post.outbound(ANN, "a@evil.example", subject=f"Re: Invoice {n}", headers=away)
        for n in range(9)
    ]
    assert _found(mail) == {}


def test_a_vendor_whose_mail_cannot_be_proven_is_known_by_what_we_answer() -> None:
    post = Post()
    mail = []
    for number in range(4):
        mail.append(post.inbound(VENDOR, subject=f"Invoice {number}", proof=SPOOFED))
        mail.append(post.outbound(ANN, VENDOR, subject=f"Re: Invoice {number}"))
    found = _found(mail)[Topic.VENDOR, "steel.example"]
    assert found.count == 4
    assert "0 messages of it were proven" in found.why


def test_a_platform_that_bills_for_a_vendor_is_named() -> None:
    post = Post()
    mail = _trade(post)
    mail += [
        post.inbound("no-reply@bill.com", subject=f"Invoice {n}",
                     headers=(f"Reply-To: {VENDOR}",))
        for n in range(3)
    ]  # fmt: skip
    vendor = _found(mail)[Topic.VENDOR, "steel.example"]
    assert vendor.details["platforms"] == ("bill.com",)


def test_nobody_bills_for_a_vendor_by_naming_it_where_answers_go() -> None:
    post = Post()
    trade = _trade(post)
    posing = [
        post.inbound("eve@evil.example", subject=f"Invoice {n}", headers=(f"Reply-To: {VENDOR}",))
        for n in range(9)
    ]
    assert _found(trade + posing) == _found(trade)


def test_a_private_address_of_ours_is_no_customer() -> None:
    post = Post()
    mail = [post.outbound("Ann Marsh <ann.marsh@acme.example>", "ann.marsh@gmail.com",
                          subject=f"Invoice {n}") for n in range(9)]  # fmt: skip
    assert _found(mail) == {}


def test_list_mail_makes_no_partner() -> None:
    post = Post()
    listed = ("List-Id: <talk.lists.example>",)
    trade = _trade(post)
    posts = [
        post.inbound("v@steel.example", subject=f"Order {n}", headers=listed) for n in range(50)
    ]
    assert _found(trade + posts) == _found(trade)
