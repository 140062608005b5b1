"""Own domains: where mail is delivered and written from, whatever strangers write."""

from collections.abc import Iterable

from tests.replay.onboard.post import SPOOFED, Post

from chaffinch.replay.history import Side
from chaffinch.replay.onboard.claims import Claim
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.own_domains import is_from_inside, own_domains

CORRESPONDENTS = [f"someone@firm{number}.example" for number in range(12)]


def _everyday(post: Post) -> list[Facts]:
    people = ("ann@acme.example", "bob@acme.example")
    mail = [post.inbound(one, people[n % 2]) for n, one in enumerate(CORRESPONDENTS)]
    return mail + [post.outbound(people[n % 2], one) for n, one in enumerate(CORRESPONDENTS)]


def _found(history: Iterable[Facts]) -> dict[str, Claim]:
    return {one.subject: one for one in own_domains(list(history))}


def test_the_domain_everybody_writes_to_is_ours() -> None:
    found = _found(_everyday(Post()))
    assert list(found) == ["acme.example"]
    assert found["acme.example"].sureness > 0.7
    assert "12 organisations" in found["acme.example"].why


def test_a_second_domain_mail_is_delivered_to_is_an_alias() -> None:
    post = Post()
    mail = [post.inbound(one, "ann@acme.test") for one in CORRESPONDENTS[:5]]
    found = _found(_everyday(post) + mail)
    assert found["acme.test"].details == {"alias_of": "acme.example"}
    assert 0 < found["acme.test"].sureness <= found["acme.example"].sureness


def test_a_domain_that_only_stands_in_to_is_not_ours() -> None:
    post = Post()
    flood = [
        post.inbound(f"x@evil{n}.example", "list@elsewhere.example", mailbox="ann@acme.example")
        for n in range(200)
    ]
    assert list(_found(_everyday(post) + flood)) == ["acme.example"]


def test_copies_in_several_mailboxes_are_one_message() -> None:
    post = Post()
    history = _everyday(post)
    copies = [one for one in history for _ in range(3)]
    once, thrice = _found(history)["acme.example"], _found(copies)["acme.example"]
    assert (once.count, once.sureness) == (thrice.count, thrice.sureness)
    assert once.why == thrice.why


def test_spoofed_mail_does_not_make_a_domain_ours() -> None:
    post = Post()
    flood = [post.inbound("boss@lookalike.example", proof=SPOOFED) for _ in range(200)]
    assert list(_found(_everyday(post) + flood)) == ["acme.example"]


def test_a_history_without_our_own_mail_is_unsure() -> None:
    post = Post()
    inbound = [post.inbound(one, f"p{n % 3}@acme.example") for n, one in enumerate(CORRESPONDENTS)]
    assert _found(inbound)["acme.example"].sureness < 0.3


def test_list_mail_teaches_no_domain() -> None:
    post = Post()
    listed = ("List-Id: <talk.lists.example>",)
    posts = [post.inbound(one, "talk@lists.example", headers=listed) for one in CORRESPONDENTS]
    assert _found(posts) == {}


def test_an_archive_without_transport_is_told_by_its_sent_folders() -> None:
    post = Post()
    sent = [post.mail("ann@acme.example", one, side=Side.OUT) for one in CORRESPONDENTS]
    taken = [post.mail(one, "ann@acme.example, bob@acme.example") for one in CORRESPONDENTS]
    found = _found(sent + taken)
    assert list(found) == ["acme.example"]
    assert found["acme.example"].sureness > 0.6


def test_a_free_mail_provider_is_hardly_anybodys_own() -> None:
    post = Post()
    mail = [post.inbound(one, "ann.marsh@gmail.com") for one in CORRESPONDENTS]
    assert all(one.sureness < 0.1 for one in _found(mail).values())


def test_nothing_comes_of_nothing() -> None:
    assert own_domains([]) == []


def test_notes_in_mail_nobody_transported_are_its_authors() -> None:
    post = Post()
    sent = [post.mail("ann@acme.example", one, side=Side.OUT) for one in CORRESPONDENTS]
    noted = ("Delivered-To: x@evil.example",)
    taken = [post.mail(one, "ann@acme.example", headers=noted) for one in CORRESPONDENTS]
    assert list(_found(sent + taken)) == ["acme.example"]


def test_mail_that_stayed_with_a_receiver_of_known_edges_was_written_inside() -> None:
    post = Post()
    inner = (
        "Received: from AM0PR04MB1.eurprd04.prod.outlook.com (2603:10a6:208:1::1) by"
        " VI1PR04MB2.eurprd04.prod.outlook.com with HTTPS"
    )
    edge = (
        "Received: from mail.firm0.example (198.51.100.7) by"
        " DB5EUR03FT1.mail.protection.outlook.com (10.1.1.1) with SMTP"
    )
    stayed = post.mail("ann@acme.example", "bob@acme.example", top=[inner])
    came = post.mail("ann@acme.example", "bob@acme.example", top=[inner, edge])
    assert (is_from_inside(stayed), is_from_inside(came)) == (True, False)
