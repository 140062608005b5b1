"""The names of messages and deliveries."""

from chaffinch.message.identity import content_id, delivery_id
from chaffinch.message.model import Envelope

AUTHOR = ("<1@x>", "jane@acme.example", "9 Aug 2019")


def test_the_content_id_is_of_every_byte() -> None:
    assert content_id(b"a\n") != content_id(b"a\r\n")
    assert len(content_id(b"")) == 32


def test_a_message_id_alone_does_not_name_a_delivery() -> None:
    one = delivery_id("acme", None, AUTHOR, b"hello")
    assert one == delivery_id("acme", None, AUTHOR, b"hello")
    assert one != delivery_id("acme", None, AUTHOR, b"other")
    assert one != delivery_id("other", None, AUTHOR, b"hello")
    assert one != delivery_id("acme", None, ("<1@x>", "eve@evil.example", "9 Aug 2019"), b"hello")


def test_line_endings_are_no_new_delivery() -> None:
    assert delivery_id("a", None, AUTHOR, b"x\r\ny") == delivery_id("a", None, AUTHOR, b"x\ny")


def test_a_provider_id_names_the_delivery_per_mailbox() -> None:
    jane = Envelope(mailbox="Jane@acme.example", provider_id="7")
    assert delivery_id("a", jane, AUTHOR, b"x") == delivery_id("a", jane, (), b"y")
    bob = Envelope(recipients=("bob@acme.example",), provider_id="7")
    assert delivery_id("a", jane, AUTHOR, b"x") != delivery_id("a", bob, AUTHOR, b"x")


def test_pieces_cannot_pose_as_each_other() -> None:
    assert delivery_id("a", None, ("bc", "d"), b"") != delivery_id("a", None, ("b", "cd"), b"")
