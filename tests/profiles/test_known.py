"""Whom history knows: as far as its rows were read, strictly before the message."""

import msgspec
import pytest
from tests.profiles.test_around import LETTER, NOW, REPLY, START, at, mature, store_of

from chaffinch.profiles.around import around
from chaffinch.profiles.known import KNOWN_LISTS, is_known
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation

PAY = msgspec.structs.replace(
    LETTER, sender="pay@other.example", domain="other.example", reply_to=None
)


def known(
    store: MemoryProfileStore, name: str, text: str, letter: Observation = LETTER
) -> bool | None:
    return is_known(around(store, "acme", letter, letter.at), KNOWN_LISTS[name], text)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("sender_emails", "pat@vendor.example", True),
        ("sender_emails", "Pat@vendor.example", False),
        ("sender_emails", "pay@other.example", False),
        ("sender_emails", "kim@acme.example", None),
        ("sender_domains", "vendor.example", True),
        ("sender_domains", "mail.vendor.example", True),
        ("sender_domains", "other.example", False),
        ("sender_domains", "third.example", None),
        ("recipient_emails", "pat@vendor.example", True),
        ("recipient_emails", "pay@other.example", False),
        ("recipient_domains", "vendor.example", True),
        ("recipient_domains", "other.example", False),
        ("recipient_domains", "", None),
    ],
)
def test_what_was_learned_before_is_known(name: str, text: str, expected: bool | None) -> None:
    assert known(mature(at(LETTER, START), REPLY), name, text) is expected


def test_the_reply_to_is_read_too() -> None:
    store = mature(at(PAY, START))
    assert known(store, "sender_emails", "pay@other.example") is True
    assert known(store, "sender_domains", "other.example") is True
    assert known(store, "recipient_emails", "pay@other.example") is False


def test_a_message_does_not_know_itself_nor_what_came_later() -> None:
    for store in (store_of(LETTER), store_of(at(LETTER, NOW + 1))):
        assert known(store, "sender_emails", "pat@vendor.example") is False


def test_mail_that_failed_authentication_makes_nobody_known() -> None:
    forged = msgspec.structs.replace(at(LETTER, START), authenticated=False)
    assert known(mature(forged), "sender_emails", "pat@vendor.example") is False
    assert known(mature(forged), "sender_domains", "vendor.example") is False


def test_who_is_claimed_by_anothers_proof_is_not_known_for_it() -> None:
    proven = msgspec.structs.replace(at(LETTER, START), authenticated=True)
    posing = msgspec.structs.replace(LETTER, via="bulk.example")
    before = msgspec.structs.replace(at(posing, START + 1), reply_to=None)
    for name, text in (
        ("sender_emails", "pat@vendor.example"),
        ("sender_domains", "vendor.example"),
    ):
        assert known(mature(proven), name, text, posing) is False
        assert known(mature(proven), name, text, LETTER) is True
        assert known(mature(before), name, text, posing) is True
        assert known(mature(before), name, text, LETTER) is False
    assert known(mature(proven, REPLY), "recipient_emails", "pat@vendor.example", posing) is True
