"""What only the service that stored a message could say of it; unknown from bytes alone."""

from chaffinch.message.model import Value


class External(Value):
    """What a mail provider knows of the message beside its bytes; only a provider can say it."""

    spam: bool | None = None
    spam_folder: bool | None = None
    created_at: str | None = None
    route_type: str | None = None


class Meta(Value):
    """What a service that stores messages keeps about them."""

    id: str | None = None
    created_at: str | None = None
