"""Invented histories for the examples of signals: a vendor known for weeks, and what it sends."""

from functools import cache

import msgspec

from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Content, Observation, Transport
from chaffinch.profiles.pace import DAY_MS
from chaffinch.signals.recalled import Recalled, recalled

HOUR_MS = DAY_MS // 24
START, MESSAGES_COUNT = 20_000 * DAY_MS, 60
NOW = START + MESSAGES_COUNT * DAY_MS
_US, _THEM, _OUR_DOMAIN = "kim@acme.example", "pat@stone.example", "acme.example"

LETTER = Observation(
    delivery_id="",
    at=NOW,
    inbound=True,
    message_id="<stone@stone.example>",
    sender=_THEM,
    domain="stone.example",
    name="pat doe",
    reply_to="desk@stone.example",
    recipients=(_US,),
    recipient_domains=(_OUR_DOMAIN,),
    mailboxes=(_US,),
    authenticated=True,
    hosts=("www.stone.example",),
    transport=Transport(
        signers=("stone.example s1",),
        envelope_domain="stone.example",
        relay="192.0.2.0/24",
        outcome="dmarc=pass",
        program="Writer",
        field_order="from to subject",
        boundary="----=_Aa9",
        week_hour=9,
    ),
    content=Content(
        shapes=("pdf pdf 1",),
        language="en",
        campaigns=("t0000000a", "t0000000b", "p0000000a"),
        instruments=("ab12",),
        greeting="0dea5000,",
        sign_off="c1050000,",
        length="2",
    ),
)
ANSWER = Observation(
    delivery_id="",
    at=NOW,
    outbound=True,
    message_id="<kim@acme.example>",
    sender=_US,
    domain=_OUR_DOMAIN,
    name="kim roe",
    recipients=(_THEM,),
    recipient_domains=("stone.example",),
    is_proven_ours=True,
    transport=Transport(program="Postbox", relay="198.51.100.0/24"),
    content=Content(sentences=("5e01", "5e02"), language="en"),
)
NOTE = msgspec.structs.replace(
    ANSWER,
    outbound=False,
    internal=True,
    message_id="<note@acme.example>",
    recipients=("lee@acme.example",),
    recipient_domains=(_OUR_DOMAIN,),
    mailboxes=("lee@acme.example",),
    authenticated=True,
    transport=Transport(program="Postbox"),
)
OTHER_WAYS = Transport(
    signers=("rented.test k9",),
    envelope_domain="rented.test",
    relay="203.0.113.0/24",
    outcome="spf=pass",
    program="Sender",
    field_order="subject from to",
    boundary="==9==",
    week_hour=100,
)
OTHER_WORDS = Content(
    shapes=("zip zip 2",),
    language="de",
    campaigns=("t0000000c",),
    instruments=("cd34",),
    greeting="-",
    sign_off="-",
    length="0",
)


@cache
def _known() -> MemoryProfileStore:
    """Sixty days: a letter of the vendor each day, every fourth an answer and a note of ours."""
    store = MemoryProfileStore()
    for day in range(MESSAGES_COUNT):
        lesson = [but(LETTER, at=START + day * DAY_MS, delivery_id=f"in{day}")]
        if day % 4 == 0:
            sent = START + day * DAY_MS + HOUR_MS
            lesson.append(but(ANSWER, at=sent, delivery_id=f"out{day}"))
            lesson.append(but(NOTE, at=sent, delivery_id=f"within{day}"))
        store.learn([(3 * day + n + 1, "acme", one) for n, one in enumerate(lesson)])
    return store


def but(observation: Observation, **changes: object) -> Observation:
    """The same observation with other fields."""
    return msgspec.structs.replace(observation, **changes)


def remembered(observation: Observation) -> Recalled:
    """What is remembered around a message."""
    return recalled(around(_known(), "acme", observation, observation.at))


def usual(**changes: object) -> Recalled:
    """Around a letter as the vendor has always written."""
    return remembered(but(LETTER, **changes))


def unusual(**changes: object) -> Recalled:
    """Around a letter of the vendor's address that is like none before."""
    return remembered(
        but(
            LETTER,
            reply_to="pat@rented.test",
            transport=OTHER_WAYS,
            content=OTHER_WORDS,
            hosts=("files.rented.test",),
            **changes,
        )
    )


def stranger(**changes: object) -> Recalled:
    """Around a letter by somebody nobody here knows."""
    return unusual(**{"sender": "x@rented.test", "domain": "rented.test", "name": "xen"} | changes)


def ours(**changes: object) -> Recalled:
    """Around a note to a colleague as our person writes them."""
    return remembered(but(NOTE, **changes))
