"""Bytes as they lie in a message under a transfer encoding, decoded when somebody asks for them."""

import msgspec

from chaffinch.core.defect import Defect
from chaffinch.core.lazy import lazy
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message import transfer


class Content(msgspec.Struct, frozen=True, dict=True):
    """A stretch of a message's bytes and how it is encoded; nothing is copied before it is read."""

    source: bytes = b""
    start: int = 0
    end: int = 0
    encoding: str = "7bit"
    limits: Limits = DEFAULT_LIMITS

    @property
    def body(self) -> bytes:
        """The bytes as they came, still encoded.

        >>> Content(b"xQUJDx", 1, 5, "base64").body, Content(b"xQUJDx", 1, 5, "base64").payload
        (b'QUJD', b'ABC')
        """
        return self.source[self.start : self.end]

    @lazy
    def payload(self) -> bytes:
        """The transfer-decoded bytes, bounded."""
        return self._decoded[0]

    @property
    def decoded_size(self) -> int:
        """How many bytes there are once decoded; counts without decoding where it can.

        >>> Content(b"hello", 0, 5).decoded_size
        5
        """
        if "_decoded" not in self.__dict__ and transfer.is_identity(self.encoding):
            return min(self.end - self.start, self.limits.decoded_bytes)
        return len(self.payload)

    def head(self, count: int) -> bytes:
        """At least the first ``count`` decoded bytes, or all of them where there are fewer.

        >>> Content(b"QUJD" * 1000, 0, 4000, "base64").head(3)[:3]
        b'ABC'
        """
        needed = transfer.encoded_size(count, self.encoding)
        if "_decoded" in self.__dict__ or needed >= self.end - self.start:
            return self.payload
        start = transfer.decode(self.source[self.start : self.start + needed], self.encoding)[0]
        limit = self.limits.decoded_bytes
        return start[:limit] if len(start) >= min(count, limit) else self.payload[:count]

    @lazy
    def _decoded(self) -> tuple[bytes, tuple[Defect, ...]]:
        data, defects = transfer.decode(self.body, self.encoding)
        if len(data) <= self.limits.decoded_bytes:
            return data, defects
        limit = Defect("decoded-bytes-limit", str(self.limits.decoded_bytes))
        return data[: self.limits.decoded_bytes], (*defects, limit)


NOTHING = Content()
