"""What onboarding says about an organisation: claims, each with its reason and its messages.

``details`` a tenant file is made of, each of which may be missing:

| topic | details |
|---|---|
| own domain | ``alias_of``: the domain it is another name of |
| person | ``name``, ``title``, ``addresses``: further ones that are theirs |
| VIP (either) | ``title`` |
| assistant | ``assists``: the address of whom they assist |
| vendor, customer | ``name``, ``domains``, ``addresses``, ``platforms``: who bills for them |
| forwarding route | ``address``: written to; ``through``: hosts (its subject is the mailbox) |
| phishing simulation | ``networks`` and ``dkim`` |
| upstream gateway | ``addresses``: those it hands mail over from |

and further ones to check a claim by: ``exceptions`` of a boundary (places of messages that came
around it), ``reply_to`` and ``accounts`` of partners (marks of bank accounts, never numbers),
``platforms`` of bulk senders, ``domains`` of lists, ``signers`` of shared mailboxes.
"""

from enum import StrEnum

import msgspec


class Topic(StrEnum):
    """What a claim is about; its subject is an address, a domain, a host or a list identity."""

    OWN_DOMAIN = "own domain"
    PERSON = "person"
    IMPERSONATED = "VIP attackers pose as"
    TARGETED = "VIP attackers write to"
    ASSISTANT = "assistant"
    SHARED_MAILBOX = "shared mailbox"
    VENDOR = "vendor"
    CUSTOMER = "customer"
    BULK_SENDER = "bulk sender"
    LIST = "mailing list"
    FORWARDING = "forwarding route"
    GATEWAY = "upstream gateway"
    BOUNDARY = "boundary"
    SIMULATION = "phishing simulation"


class Mention(msgspec.Struct, frozen=True):
    """A message a claim rests on: where it lies, and what it calls itself."""

    place: str  # the path a source gives, with the position inside an mbox or archive
    message_id: str
    at: int  # arrival, milliseconds since the epoch


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found without a human, so that a human can check it.

    ``sureness`` is a share from 0 to 1: how much of the evidence that could speak to it speaks for
    it, discounted where there is little. ``details`` are further facts by name.
    """

    topic: Topic
    subject: str
    sureness: float
    why: str  # one sentence with its numbers
    count: int  # messages that speak for it
    mentions: tuple[Mention, ...] = ()  # some of them, at most MENTIONS_COUNT
    details: dict[str, str | tuple[str, ...]] = {}


MENTIONS_COUNT = 5


class Portrait(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation as its mail shows it: the claims, most certain first within each topic."""

    name: str
    claims: tuple[Claim, ...]
    messages_count: int
    first_at: int  # arrival of the first message, milliseconds since the epoch
    last_at: int
    unread: tuple[str, ...] = ()  # what could not be read or said, in sentences

    def of(self, topic: Topic) -> tuple[Claim, ...]:
        """The claims about one topic."""
        return tuple(claim for claim in self.claims if claim.topic is topic)

    def gaps(self) -> tuple[str, ...]:
        """What is not known, in sentences: topics without a claim in one, then all else."""
        empty = [topic for topic in Topic if not self.of(topic)]
        missing = (f"Nothing was found of: {', '.join(empty)}.",) if empty else ()
        return (*missing, *self.unread)
