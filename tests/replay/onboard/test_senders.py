"""Bulk senders, lists, shared mailboxes and phishing simulations."""

from tests.replay.onboard.post import SPOOFED, Post, on_ground

from chaffinch.replay.onboard.mailboxes import shared_mailboxes
from chaffinch.replay.onboard.senders import bulk_senders, mailing_lists
from chaffinch.replay.onboard.simulations import simulations

BULK = ("List-Unsubscribe: <https://news.example/u>", "Precedence: bulk")
LIST = ("List-Id: Talk <talk.lists.example>", "List-Post: <mailto:talk@lists.example>")
TRAINING = ("X-PHISHTEST: 1",)


def test_proven_bulk_mail_tells_a_bulk_sender() -> None:
    post = Post()
    mail = [post.inbound("editors@news.example", f"p{n}@acme.example", headers=BULK)
            for n in range(20)]  # fmt: skip
    (found,) = bulk_senders(on_ground(mail))
    assert (found.subject, found.count) == ("news.example", 20)
    forged = [post.inbound("editors@bank.example", headers=BULK, proof=SPOOFED) for _ in range(20)]
    assert [one.subject for one in bulk_senders(on_ground(mail + forged))] == ["news.example"]


def test_somebody_who_mostly_writes_letters_is_no_bulk_sender() -> None:
    post = Post()
    mail = [post.inbound("a@firm.example", headers=BULK if n % 3 else ()) for n in range(30)]
    assert bulk_senders(on_ground(mail)) == []


def test_a_list_is_known_by_its_identity() -> None:
    post = Post()
    mail = [post.inbound(f"a{n % 3}@firm{n % 3}.example", "talk@lists.example", headers=LIST)
            for n in range(9)]  # fmt: skip
    (found,) = mailing_lists(on_ground(mail))
    assert (found.subject, found.count) == ("talk.lists.example", 9)
    assert found.details["domains"] == ("lists.example",)
    assert bulk_senders(on_ground(mail)) == []


def test_a_mailbox_several_people_sign_in_is_shared() -> None:
    post = Post()
    names = ("Ann Marsh", "Bob Stone", "Cid Lake")
    mail = [
        post.outbound("Desk <desk@acme.example>", "x@firm.example",
                      body=f"Hi.\n\nBest,\n{names[n % 3]}")
        for n in range(12)
    ]  # fmt: skip
    (found,) = shared_mailboxes(on_ground(mail))
    assert found.subject == "desk@acme.example"
    assert "3 names sign" in found.why
    assert found.details["signers"] == ("ann marsh", "bob stone", "cid lake")


def test_a_person_in_whose_mail_others_sign_shares_nothing() -> None:
    post = Post()
    names = ("Ann Marsh", "Bob Stone", "Cid Lake")
    mail = [
        post.outbound("Ann Marsh <ann.marsh@acme.example>", "x@firm.example",
                      body=f"Hi.\n\nBest,\n{names[n % 3]}")
        for n in range(12)
    ]  # fmt: skip
    assert shared_mailboxes(on_ground(mail)) == []


def test_an_address_of_a_task_is_shared_and_a_forged_one_is_not() -> None:
    post = Post()
    mail = [post.outbound("support@acme.example", "x@firm.example") for _ in range(3)]
    mail += [post.inbound("info@acme.example", proof=SPOOFED) for _ in range(3)]
    assert [one.subject for one in shared_mailboxes(on_ground(mail))] == ["support@acme.example"]


def test_a_known_service_that_reaches_many_sends_simulations() -> None:
    post = Post()
    proof = "spf=pass smtp.mailfrom=psm.knowbe4.com; dkim=pass header.d=psm.knowbe4.com"
    mail = [
        post.inbound("it@parcel.example", f"p{n}@acme.example", headers=TRAINING, proof=proof,
                     relay="psm.knowbe4.com (psm.knowbe4.com [203.0.113.5])")
        for n in range(20)
    ]  # fmt: skip
    (found,) = simulations(on_ground(mail))
    assert found.subject == "knowbe4.com"
    assert found.details == {"networks": ("203.0.113.5",), "dkim": ("psm.knowbe4.com",)}
    assert found.sureness > 0.7
    assert "nothing is trusted" in found.why


def test_a_header_anybody_can_write_makes_a_weak_claim() -> None:
    post = Post()
    proven = [post.inbound("it@evil.example", f"p{n}@acme.example", headers=TRAINING)
              for n in range(99)]  # fmt: skip
    assert all(one.sureness <= 0.3 for one in simulations(on_ground(proven)))
    forged = [post.inbound("it@knowbe4.com", f"p{n}@acme.example", headers=TRAINING, proof=SPOOFED,
                           relay="psm.knowbe4.com (vm.evil.example [203.0.113.6])")
              for n in range(99)]  # fmt: skip
    assert all(one.sureness == 0 for one in simulations(on_ground(forged)))


def test_one_reader_is_no_campaign() -> None:
    post = Post()
    mail = [post.inbound("it@evil.example", headers=TRAINING) for _ in range(99)]
    assert simulations(on_ground(mail)) == []
