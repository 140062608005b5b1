"""Which rows an observation is about: those it may teach, and those it is judged by."""

from collections.abc import Sequence
from hashlib import blake2b

from chaffinch.core.lazy import lazy
from chaffinch.message.domain import domain
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Kind, key

SMALLEST_CIRCLE = 2
TENANT = key(Kind.TENANT)
_DIGEST_BYTES = 12


def keys_of(observation: Observation) -> "Keys":
    """The keys of an observation; made once, however often they are asked for."""
    made = observation.__dict__.get("keys")
    if made is None:
        made = observation.__dict__["keys"] = Keys(observation)
    return made


def reading_keys(observation: Observation) -> tuple[Key, ...]:
    """Every key that is read to judge this observation, each once."""
    return keys_of(observation).reading


class Keys:
    """The keys of one observation, by what they name; most are made at once."""

    def __init__(self, of: Observation) -> None:
        self._of = of
        content = of.content
        # The sender's address and organisational domain, as far as they are proven.
        self.identity = _identity(of.identity, of.identity_domain)
        # The address and domain it claims, where another domain's proof came with it.
        self.claimed = () if of.via is None else _identity(of.sender, of.domain)
        self.names = _names(of)
        # The mailing list it came through.
        self.lists = () if of.list_id is None else (key(Kind.LIST, of.list_id),)
        self.pairs = _pairs(of)
        self.hosts = _each(Kind.HOST, of.hosts)  # which its links open
        self.replies = _replies(of.reply_to)
        self.transport = _transport(of)
        self.shapes = _each(Kind.SHAPE, content.shapes)
        self.campaigns = _each(Kind.CAMPAIGN, content.campaigns)
        self.payees = _each(Kind.PAYEE, content.instruments)
        self.vendors = _vendors(of)
        self.mailboxes = _each(Kind.MAILBOX, of.mailboxes)
        self.circles = _circles(of.recipients)
        # The messages it says it answers, and the sentences it says it quotes.
        self.answered = _each(Kind.MESSAGE, [digest([one]) for one in of.answers])
        self.quoted = _each(Kind.TEXT, content.quoted)

    @lazy
    def reading(self) -> tuple[Key, ...]:
        """Every key that is read to judge it, each once."""
        there = [there for _, there, _ in self.pairs]
        back = [back for _, _, back in self.pairs]
        wanted = (
            TENANT, *self.identity, *self.claimed, *self.names, *self.lists, *there, *back,
            *self.hosts, *self.replies, *self.transport, *self.shapes, *self.campaigns,
            *self.payees, *self.vendors, *self.mailboxes, *self.circles,
            *self.answered, *self.quoted,
        )  # fmt: skip
        return tuple(dict.fromkeys(wanted))

    @lazy
    def messages(self) -> tuple[Key, ...]:
        """Its Message-ID."""
        named = self._of.message_id
        return (key(Kind.MESSAGE, digest([named.strip("<>")])),) if named else ()

    @lazy
    def sentences(self) -> tuple[Key, ...]:
        """The sentences it writes."""
        return _each(Kind.TEXT, self._of.content.sentences)


def _identity(address: str | None, domain_: str | None) -> tuple[Key, ...]:
    if not address:
        return (key(Kind.DOMAIN, domain_),) if domain_ else ()
    own = key(Kind.ADDRESS, address)
    return (own, key(Kind.DOMAIN, domain_)) if domain_ else (own,)


def _names(of: Observation) -> tuple[Key, ...]:
    """The display name, alone and with its address and reply-to."""
    name, identity, reply_to = of.name, of.identity, of.reply_to
    if not name:
        return ()
    found = [key(Kind.NAME, name)]
    if identity:
        found.append(key(Kind.NAME_ADDRESS, name, identity))
    if reply_to:
        found.append(key(Kind.REPLY_TO, name, reply_to))
    return tuple(found)


def _pairs(of: Observation) -> tuple[tuple[str, Key, Key], ...]:
    """Each recipient with sender → recipient and recipient → sender."""
    sender, identity, pair = of.sender, of.identity, Kind.PAIR
    if not sender or not identity:
        return ()
    return tuple([(one, key(pair, identity, one), key(pair, one, sender)) for one in of.recipients])


def _replies(reply_to: str | None) -> tuple[Key, ...]:
    """The address answers go to: as one, as a sender, and its domain."""
    if not reply_to:
        return ()
    organisation = organisation_of(reply_to.rpartition("@")[2])
    return (
        key(Kind.REPLY_ADDRESS, reply_to),
        key(Kind.ADDRESS, reply_to),
        key(Kind.DOMAIN, organisation),
    )


def _transport(of: Observation) -> tuple[Key, ...]:
    """What sent it: signers, SPF's domain, network, account at a platform."""
    transport = of.transport
    found = [*_each(Kind.SIGNER, transport.signers)]
    if transport.envelope_domain:
        found.append(key(Kind.ENVELOPE, transport.envelope_domain))
    if transport.relay:
        found.append(key(Kind.RELAY, transport.relay))
    if transport.platform and transport.account and of.via is None:
        found.append(key(Kind.ACCOUNT, transport.platform, transport.account))
    return tuple(found)


def _vendors(of: Observation) -> tuple[Key, ...]:
    """The vendor it is from: one the tenant named, or whoever names accounts.

    That is the sender's domain; its address where strangers share the domain.
    """
    if of.vendor:
        return (key(Kind.VENDOR, "named", of.vendor),)
    if not of.content.instruments or of.transport.platform:
        return ()
    if of.shares_domain:
        return (key(Kind.VENDOR, "address", of.identity),) if of.identity else ()
    return (key(Kind.VENDOR, "domain", of.identity_domain),) if of.identity_domain else ()


def _circles(recipients: Sequence[str]) -> tuple[Key, ...]:
    """Its recipients together, where there are several."""
    members = sorted(set(recipients))
    return (key(Kind.CIRCLE, digest(members)),) if len(members) >= SMALLEST_CIRCLE else ()


def _each(kind: Kind, texts: Sequence[str]) -> tuple[Key, ...]:
    if any(["\x00" in text for text in texts]):
        return tuple([key(kind, text) for text in texts])
    return tuple([Key(kind, text) for text in texts])


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
    pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
    data = b"".join([len(piece).to_bytes(4, "big") + piece for piece in pieces])
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()
