"""The compact facts one delivery teaches: kept in the ledger, so that profiles can be rebuilt."""

from typing import TypeAlias

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.formats import Json, Upgrades, decoded

OBSERVATION_SCHEMA = 3
RECIPIENTS_COUNT = 100
HOSTS_COUNT = 50
_VIA = "\x01"  # stands in no address


def _second(old: Json) -> Json:
    """Version 2 observes more; what version 1 did not look at stays unknown."""
    return old


def _third(old: Json) -> Json:
    """Version 3 observes manners and boundaries; what version 2 did not look at stays unknown."""
    return old


# Entries hold observations: a step is one there, too.
OBSERVATION_UPGRADES: Upgrades = {1: _second, 2: _third}


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a message carries, as far as it is remembered; digests are hexadecimal."""

    shapes: tuple[str, ...] = ()  # of attachments, each once
    language: str | None = None
    campaigns: tuple[str, ...] = ()  # words under which variants of one campaign meet
    sentences: tuple[str, ...] = ()  # digests of sentences the author wrote
    quoted: tuple[str, ...] = ()  # digests of sentences said to be quoted from earlier mail
    instruments: tuple[str, ...] = ()  # digests of accounts money is to go to
    greeting: str | None = None  # the form of the first line, names left out
    sign_off: str | None = None  # the form of what stands above the author's name
    length: str | None = None  # of the author's own text, roughly


class Transport(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a message came, as far as it is believed and remembered."""

    signers: tuple[str, ...] = ()  # "domain selector" of DKIM signatures that passed
    envelope_domain: str | None = None  # organisational, where SPF passed for it
    relay: str | None = None  # the network of the last external hop
    outcome: str | None = None  # what authentication said, such as "dmarc=pass"
    program: str | None = None  # the mail program, by what it calls itself
    field_order: str | None = None  # the mail program, by its header fields
    boundary: str | None = None  # the mail program, by how it writes boundaries
    week_hour: int | None = None  # hours since Monday began where the author is
    platform: str | None = None  # the platform that sent it for somebody
    account: str | None = None  # that somebody's account there


class Observation(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What one delivery teaches; addresses and hosts in lower case, an unknown value is None.

    ``authenticated`` is None where nobody trusted judged, or judged and found nothing that speaks
    for the author's domain; then ``via`` is the domain it found, or empty. ``is_proven_ours`` says
    that our side wrote it and that this is not merely claimed; ``is_automatic`` that no person did.
    """

    delivery_id: str
    at: int  # arrival, milliseconds since the epoch
    schema: int = OBSERVATION_SCHEMA
    message_id: str | None = None
    answers: tuple[str, ...] = ()  # Message-IDs it says it answers
    inbound: bool = False
    internal: bool = False
    outbound: bool = False
    sender: str | None = None
    domain: str | None = None  # the sender's organisational domain
    name: str = ""  # the sender's display name, normalised
    reply_to: str | None = None
    recipients: tuple[str, ...] = ()
    recipient_domains: tuple[str, ...] = ()  # organisational, each once
    mailboxes: tuple[str, ...] = ()  # those of the recipients that are ours
    list_id: str | None = None
    authenticated: bool | None = None
    via: str | None = None  # judged, and neither proven nor failed: the domain that is proven
    vendor: str | None = None  # whose bills it may bring, where the tenant or the text says so
    shares_domain: bool = False  # strangers have addresses at the sender's domain, too
    is_proven_ours: bool = False
    is_automatic: bool = False
    hosts: tuple[str, ...] = ()  # of links, each once
    transport: Transport = Transport()
    content: Content = Content()

    @property
    def identity(self) -> str | None:
        """Whom it is remembered under: its sender; by another domain's proof, that one's claim.

        >>> Observation(delivery_id="d", at=0, sender="a@b.example", via="c.example").identity
        'a@b.example\\x01c.example'
        """
        if self.sender is None or self.via is None:
            return self.sender
        return f"{self.sender}{_VIA}{self.via}"

    @property
    def identity_domain(self) -> str | None:
        """The organisational domain of its identity."""
        if self.domain is None or self.via is None:
            return self.domain
        return f"{self.domain}{_VIA}{self.via}"

    def __post_init__(self) -> None:
        if len(self.recipients) > RECIPIENTS_COUNT or len(self.hosts) > HOSTS_COUNT:
            raise StoreError(f"observation {self.delivery_id} exceeds its bounds")


class Retraction(msgspec.Struct, frozen=True):
    """Takes back what a delivery taught."""

    observation: Observation

    @property
    def delivery_id(self) -> str:
        """The delivery whose lesson is taken back."""
        return self.observation.delivery_id


class Labelling(msgspec.Struct, frozen=True):
    """What somebody who knows said of a delivery; ``times`` is -1 where it is taken back."""

    observation: Observation
    verdict: str
    times: int = 1

    @property
    def delivery_id(self) -> str:
        """The delivery that is labelled."""
        return self.observation.delivery_id


Taught: TypeAlias = Observation | Retraction | Labelling


def taken_back(taught: Observation | Labelling) -> Retraction | Labelling:
    """What takes back what was taught."""
    if isinstance(taught, Observation):
        return Retraction(taught)
    return msgspec.structs.replace(taught, times=-taught.times)


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Observation)


def encode_observation(observation: Observation) -> bytes:
    """The observation as JSON; its schema is always written.

    >>> encode_observation(Observation(delivery_id="d1", at=5))[:41]
    b'{"delivery_id":"d1","at":5,"schema":3,"me'
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
