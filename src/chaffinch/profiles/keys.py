"""Which rows an observation is about: those it may teach, and those it is judged by."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from chaffinch.message.domain import domain
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Kind, key

SMALLEST_CIRCLE = 2
_DIGEST_BYTES = 12


def reading_keys(observation: Observation) -> tuple[Key, ...]:
    """Every key that is read to judge this observation, each once."""
    wanted = dict.fromkeys((key(Kind.TENANT), *identity_keys(observation)))
    for keys in (
        claimed_keys(observation),
        name_keys(observation),
        list_keys(observation),
        pair_keys(observation),
        [back for _, _, back in pairs(observation)],
        host_keys(observation),
        reply_keys(observation),
        transport_keys(observation),
        content_keys(observation),
        mailbox_keys(observation),
        thread_keys(observation),
    ):
        wanted.update(dict.fromkeys(keys))
    return tuple(wanted)


def identity_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the sender's address and organisational domain, as far as they are proven."""
    if observation.identity:
        yield key(Kind.ADDRESS, observation.identity)
    if observation.identity_domain:
        yield key(Kind.DOMAIN, observation.identity_domain)


def claimed_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the address and domain it claims, where another domain's proof came with it."""
    if observation.via is not None:
        if observation.sender:
            yield key(Kind.ADDRESS, observation.sender)
        if observation.domain:
            yield key(Kind.DOMAIN, observation.domain)


def name_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the display name, alone and with its address and reply-to."""
    if not observation.name:
        return
    yield key(Kind.NAME, observation.name)
    if observation.identity:
        yield key(Kind.NAME_ADDRESS, observation.name, observation.identity)
    if observation.reply_to:
        yield key(Kind.REPLY_TO, observation.name, observation.reply_to)


def list_keys(observation: Observation) -> Iterator[Key]:
    """The row of the mailing list it came through."""
    if observation.list_id is not None:
        yield key(Kind.LIST, observation.list_id)


def pairs(observation: Observation) -> Iterator[tuple[str, Key, Key]]:
    """Each recipient with the rows of sender → recipient and recipient → sender."""
    sender, identity = observation.sender, observation.identity
    if sender and identity:
        for recipient in observation.recipients:
            there = key(Kind.PAIR, identity, recipient)
            yield recipient, there, key(Kind.PAIR, recipient, sender)


def pair_keys(observation: Observation) -> Iterator[Key]:
    """The rows of sender → each recipient."""
    if observation.identity:
        for address in observation.recipients:
            yield key(Kind.PAIR, observation.identity, address)


def host_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the hosts its links open."""
    for host in observation.hosts:
        yield key(Kind.HOST, host)


def reply_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the address answers go to: as one, as a sender, and its domain's."""
    if observation.reply_to:
        yield key(Kind.REPLY_ADDRESS, observation.reply_to)
        yield key(Kind.ADDRESS, observation.reply_to)
        yield key(Kind.DOMAIN, organisation_of(observation.reply_to.rpartition("@")[2]))


def transport_keys(observation: Observation) -> Iterator[Key]:
    """The rows of what sent it: signers, SPF's domain, network, account at a platform."""
    transport = observation.transport
    for signer in transport.signers:
        yield key(Kind.SIGNER, signer)
    if transport.envelope_domain:
        yield key(Kind.ENVELOPE, transport.envelope_domain)
    if transport.relay:
        yield key(Kind.RELAY, transport.relay)
    if transport.platform and transport.account:
        yield key(Kind.ACCOUNT, transport.platform, transport.account)


def content_keys(observation: Observation) -> Iterator[Key]:
    """The rows of what it carries: attachments' shapes, campaign, the vendor's ways to be paid."""
    content = observation.content
    for shape in content.shapes:
        yield key(Kind.SHAPE, shape)
    for word in content.campaigns:
        yield key(Kind.CAMPAIGN, word)
    yield from vendor_keys(observation)


def vendor_keys(observation: Observation) -> Iterator[Key]:
    """The row of the vendor it is from: one the tenant named, or a domain that names accounts."""
    if observation.vendor:
        yield key(Kind.VENDOR, "named", observation.vendor)
    elif observation.content.instruments and observation.identity_domain:
        yield key(Kind.VENDOR, "domain", observation.identity_domain)


def mailbox_keys(observation: Observation) -> Iterator[Key]:
    """The rows of our mailboxes it goes to, and of those written to together."""
    for address in observation.mailboxes:
        yield key(Kind.MAILBOX, address)
    yield from circle_keys(observation)


def circle_keys(observation: Observation) -> Iterator[Key]:
    """The row of its recipients together, where there are several."""
    members = sorted(set(observation.recipients))
    if len(members) >= SMALLEST_CIRCLE:
        yield key(Kind.CIRCLE, digest(members))


def message_keys(observation: Observation) -> Iterator[Key]:
    """The row of its Message-ID."""
    if observation.message_id:
        yield key(Kind.MESSAGE, digest([observation.message_id.strip("<>")]))


def thread_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the messages it says it answers, and of the sentences it says it quotes."""
    for message_id in observation.answers:
        yield key(Kind.MESSAGE, digest([message_id]))
    for sentence in observation.content.quoted:
        yield key(Kind.TEXT, sentence)


def sentence_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the sentences it writes."""
    for sentence in observation.content.sentences:
        yield key(Kind.TEXT, sentence)


def organisation_of(host: str) -> str:
    """The organisational domain of a host, which is what domains are remembered by.

    >>> organisation_of("mail.acme.co.uk")
    'acme.co.uk'
    """
    return domain(host).organisational or host


def digest(texts: Sequence[str]) -> str:
    """A short name for texts in their order; 24 hexadecimal digits.

    >>> digest(["ab", "c"]) == digest(["a", "bc"])
    False
    """
    data = blake2b(digest_size=_DIGEST_BYTES)
    for text in texts:
        piece = text.encode("utf-8", "surrogatepass")
        data.update(len(piece).to_bytes(4, "big"))
        data.update(piece)
    return data.hexdigest()
