"""The compact facts one delivery teaches: kept in the ledger, so that profiles can be rebuilt."""

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import Upgrades, decoded

OBSERVATION_SCHEMA = 1
RECIPIENTS_COUNT = 100
HOSTS_COUNT = 50
OBSERVATION_UPGRADES: Upgrades = {}  # entries hold observations: a step here is one there, too


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """What one delivery teaches; addresses and hosts in lower case, an unknown value is None.

    ``authenticated`` is None where nobody trusted judged. ``is_proven_ours`` says that our side
    wrote it and that this is not merely claimed; ``is_automatic`` that no person did.
    """

    delivery_id: str
    at: int  # arrival, milliseconds since the epoch
    schema: int = OBSERVATION_SCHEMA
    message_id: str | None = None
    inbound: bool = False
    internal: bool = False
    outbound: bool = False
    sender: str | None = None
    domain: str | None = None  # the sender's organisational domain
    name: str = ""  # the sender's display name, normalised
    reply_to: str | None = None
    recipients: tuple[str, ...] = ()
    recipient_domains: tuple[str, ...] = ()  # organisational, each once
    list_id: str | None = None
    authenticated: bool | None = None
    is_proven_ours: bool = False
    is_automatic: bool = False
    hosts: tuple[str, ...] = ()  # of links, each once

    def __post_init__(self) -> None:
        if len(self.recipients) > RECIPIENTS_COUNT or len(self.hosts) > HOSTS_COUNT:
            raise StoreError(f"observation {self.delivery_id} exceeds its bounds")


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Observation)


def encode_observation(observation: Observation) -> bytes:
    """The observation as JSON; its schema is always written.

    >>> encode_observation(Observation(delivery_id="d1", at=5))[:41]
    b'{"delivery_id":"d1","at":5,"schema":1,"me'
    """
    return _encoder.encode(observation)


def decode_observation(data: bytes) -> Observation:
    """The observation this JSON holds.

    >>> decode_observation(b'{"delivery_id": "d1", "at": 5}').at
    5
    """
    return decoded(
        data,
        _decoder,
        what="an observation",
        current=OBSERVATION_SCHEMA,
        upgrades=OBSERVATION_UPGRADES,
    )
