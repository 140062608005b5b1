"""The two names of a message: of its bytes, and of its delivery."""

from hashlib import blake2b

from chaffinch.message.model import Envelope


def content_id(raw: bytes) -> str:
    """The digest of the raw bytes, as 32 hexadecimal digits.

    >>> len(content_id(b"x")), content_id(b"x") == content_id(b"y")
    (32, False)
    """
    return blake2b(raw, digest_size=16).hexdigest()


def delivery_id(
    tenant: str, envelope: Envelope | None, author_fields: tuple[str, ...], body: bytes
) -> str:
    """The digest that names one delivery.

    With a provider's id: tenant, mailbox (or envelope recipient) and that id. Else tenant and
    ``author_fields`` (Message-ID, From, Date) and body: a Message-ID alone is the attacker's text.

    >>> one = delivery_id("acme", Envelope(mailbox="jane@acme.example", provider_id="7"), (), b"")
    >>> other = delivery_id("acme", Envelope(mailbox="bob@acme.example", provider_id="7"), (), b"")
    >>> one == other
    False
    """
    if envelope is not None and envelope.provider_id:
        owner = envelope.mailbox or next(iter(envelope.recipients), "")
        return _digest(b"provider", tenant, owner.lower(), envelope.provider_id)
    text = body.replace(b"\r\n", b"\n")
    return _digest(blake2b(text, digest_size=16).digest(), tenant, *author_fields)


def _digest(seed: bytes, *pieces: str) -> str:
    """One digest of several texts, each with its length, so that none can pose as two."""
    digest = blake2b(seed, digest_size=16)
    for piece in pieces:
        data = piece.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
