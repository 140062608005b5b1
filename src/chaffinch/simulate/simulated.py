"""What the simulator hands out: one message as it arrived, and the truth about it."""

from datetime import datetime
from typing import Literal

import msgspec

Label = Literal["benign", "attack"]
Direction = Literal["inbound", "internal", "outbound"]


class Simulated(msgspec.Struct, frozen=True, kw_only=True):
    """One message with its label; ``twin_of`` is the ``message_id`` of the attack it resembles."""

    raw: bytes
    received_at: datetime
    recipients: tuple[str, ...]
    label: Label
    family: str
    message_id: str
    twin_of: str | None = None
    direction: Direction
