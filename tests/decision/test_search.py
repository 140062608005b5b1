"""What an entry is found by, beyond what stands in the message."""

import msgspec
import pytest
from tests.stores.ledgers import entry

from chaffinch.decision.entry import Told
from chaffinch.decision.search import Query, answers
from chaffinch.message.model import Envelope

KIM = "Kim@Acme.example"


@pytest.mark.parametrize(
    "told",
    [
        Told(recipients=(KIM,)),
        Told(envelope=Envelope(recipients=(KIM,))),
        Told(envelope=Envelope(mailbox=KIM)),
    ],
)
def test_whom_the_caller_named_is_found_as_recipient(told: Told) -> None:
    """The header need not name who got it in blind copy."""
    plain = entry(1)
    found = msgspec.structs.replace(plain, told=told)
    for query in (Query(recipient=KIM), Query(recipient="acme.example"), Query(about=KIM)):
        assert answers(found, query)
    assert not answers(plain, Query(recipient=KIM))


def test_who_sent_by_the_envelope_has_part_in_it() -> None:
    told = Told(envelope=Envelope(mail_from=KIM))
    assert answers(msgspec.structs.replace(entry(1), told=told), Query(about=KIM))
