"""What the simulator hands out: one message as it arrived, and the truth about it."""

from datetime import datetime
from typing import Literal

import msgspec

from chaffinch.simulate.truth import Label, Truth

Direction = Literal["inbound", "internal", "outbound"]


class Simulated(msgspec.Struct, frozen=True, kw_only=True):
    """One message as our boundary delivered it; ``received_at`` is in UTC."""

    raw: bytes
    received_at: datetime
    recipients: tuple[str, ...]
    message_id: str
    direction: Direction
    truth: Truth

    @property
    def label(self) -> Label:
        """Attack or benign."""
        return self.truth.label

    @property
    def family(self) -> str:
        """The habit, attack, twin or look-alike this message is an instance of."""
        return self.truth.family

    @property
    def twin_of(self) -> str | None:
        """The ``message_id`` of the attack it resembles."""
        return self.truth.twin_of
