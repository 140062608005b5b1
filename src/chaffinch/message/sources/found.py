"""What is found in an input, and the note that lets another process fetch it later."""

from datetime import datetime
from enum import StrEnum

from chaffinch.message.model import Value


class Codec(StrEnum):
    """How the bytes of a step are packed."""

    NONE = "none"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    DEFLATE = "deflate"


class Form(StrEnum):
    """What has to be done to the bytes at the end of the steps to have a message."""

    PLAIN = "plain"
    MBOX = "mbox"
    EMLX = "emlx"
    OUTLOOK = "outlook"


class Step(Value):
    """One way inwards: the section at ``offset``, unpacked when a codec is named."""

    offset: int = 0
    length: int | None = None  # to the end
    codec: Codec = Codec.NONE


class Locator(Value):
    """Where one message lies: a file and the steps into it; or why nothing can be read there."""

    path: str
    file: str = ""
    steps: tuple[Step, ...] = ()
    form: Form = Form.PLAIN
    mbox_date: datetime | None = None
    error: str | None = None


class Found(Value):
    """One raw message, or the reason there is none; exactly one of ``raw`` and ``error`` is set."""

    path: str
    raw: bytes | None = None
    error: str | None = None
    mbox_date: datetime | None = None
    received_at: datetime | None = None
    truncated_from: int | None = None
