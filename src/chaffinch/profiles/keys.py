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
    """The keys of one observation, by what they name."""

    def __init__(self, observation: Observation) -> None:
        self._of = observation

    @lazy
    def reading(self) -> tuple[Key, ...]:
        """Every key that is read to judge it, each once."""
        wanted = (
            TENANT, *self.identity, *self.claimed, *self.names, *self.lists,
            *[there for _, there, _ in self.pairs], *[back for _, _, back in self.pairs],
            *self.hosts, *self.replies, *self.transport, *self.shapes, *self.campaigns,
            *self.vendors, *self.mailboxes, *self.circles, *self.answered, *self.quoted,
        )  # fmt: skip
        return tuple(dict.fromkeys(wanted))

    @lazy
    def identity(self) -> tuple[Key, ...]:
        """The sender's address and organisational domain, as far as they are proven."""
        address, domain_ = self._of.identity, self._of.identity_domain
        found = [key(Kind.ADDRESS, address)] if address else []
        if domain_:
            found.append(key(Kind.DOMAIN, domain_))
        return tuple(found)

    @lazy
    def claimed(self) -> tuple[Key, ...]:
        """The address and domain it claims, where another domain's proof came with it."""
        if self._of.via is None:
            return ()
        named = ((Kind.ADDRESS, self._of.sender), (Kind.DOMAIN, self._of.domain))
        return tuple([key(kind, text) for kind, text in named if text])

    @lazy
    def names(self) -> tuple[Key, ...]:
        """The display name, alone and with its address and reply-to."""
        name, identity, reply_to = self._of.name, self._of.identity, self._of.reply_to
        if not name:
            return ()
        found = [key(Kind.NAME, name)]
        if identity:
            found.append(key(Kind.NAME_ADDRESS, name, identity))
        if reply_to:
            found.append(key(Kind.REPLY_TO, name, reply_to))
        return tuple(found)

    @lazy
    def lists(self) -> tuple[Key, ...]:
        """The mailing list it came through."""
        return () if self._of.list_id is None else (key(Kind.LIST, self._of.list_id),)

    @lazy
    def pairs(self) -> tuple[tuple[str, Key, Key], ...]:
        """Each recipient with sender → recipient and recipient → sender."""
        sender, identity = self._of.sender, self._of.identity
        if not sender or not identity:
            return ()
        return tuple(
            [
                (one, key(Kind.PAIR, identity, one), key(Kind.PAIR, one, sender))
                for one in self._of.recipients
            ]
        )

    @lazy
    def hosts(self) -> tuple[Key, ...]:
        """The hosts its links open."""
        return tuple([key(Kind.HOST, host) for host in self._of.hosts])

    @lazy
    def replies(self) -> tuple[Key, ...]:
        """The address answers go to: as one, as a sender, and its domain."""
        reply_to = self._of.reply_to
        if not reply_to:
            return ()
        organisation = organisation_of(reply_to.rpartition("@")[2])
        return (
            key(Kind.REPLY_ADDRESS, reply_to),
            key(Kind.ADDRESS, reply_to),
            key(Kind.DOMAIN, organisation),
        )

    @lazy
    def transport(self) -> tuple[Key, ...]:
        """What sent it: signers, SPF's domain, network, account at a platform."""
        transport = self._of.transport
        found = [key(Kind.SIGNER, signer) for signer in transport.signers]
        if transport.envelope_domain:
            found.append(key(Kind.ENVELOPE, transport.envelope_domain))
        if transport.relay:
            found.append(key(Kind.RELAY, transport.relay))
        if transport.platform and transport.account and self._of.via is None:
            found.append(key(Kind.ACCOUNT, transport.platform, transport.account))
        return tuple(found)

    @lazy
    def shapes(self) -> tuple[Key, ...]:
        """What its attachments are."""
        return tuple([key(Kind.SHAPE, shape) for shape in self._of.content.shapes])

    @lazy
    def campaigns(self) -> tuple[Key, ...]:
        """The words under which variants of it meet."""
        return tuple([key(Kind.CAMPAIGN, word) for word in self._of.content.campaigns])

    @lazy
    def vendors(self) -> tuple[Key, ...]:
        """The vendor it is from: one the tenant named, or whoever names accounts.

        That is the sender's domain; its address where strangers share the domain.
        """
        of = self._of
        if of.vendor:
            return (key(Kind.VENDOR, "named", of.vendor),)
        if not of.content.instruments or of.transport.platform:
            return ()
        if of.shares_domain:
            return (key(Kind.VENDOR, "address", of.identity),) if of.identity else ()
        return (key(Kind.VENDOR, "domain", of.identity_domain),) if of.identity_domain else ()

    @lazy
    def mailboxes(self) -> tuple[Key, ...]:
        """Our mailboxes it goes to."""
        return tuple([key(Kind.MAILBOX, address) for address in self._of.mailboxes])

    @lazy
    def circles(self) -> tuple[Key, ...]:
        """Its recipients together, where there are several."""
        members = sorted(set(self._of.recipients))
        return (key(Kind.CIRCLE, digest(members)),) if len(members) >= SMALLEST_CIRCLE else ()

    @lazy
    def messages(self) -> tuple[Key, ...]:
        """Its Message-ID."""
        named = self._of.message_id
        return (key(Kind.MESSAGE, digest([named.strip("<>")])),) if named else ()

    @lazy
    def answered(self) -> tuple[Key, ...]:
        """The messages it says it answers."""
        return tuple([key(Kind.MESSAGE, digest([one])) for one in self._of.answers])

    @lazy
    def quoted(self) -> tuple[Key, ...]:
        """The sentences it says it quotes."""
        return tuple([key(Kind.TEXT, sentence) for sentence in self._of.content.quoted])

    @lazy
    def sentences(self) -> tuple[Key, ...]:
        """The sentences it writes."""
        return tuple([key(Kind.TEXT, sentence) for sentence in self._of.content.sentences])


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
