"""How much of a hostile message is read; what lies beyond becomes a defect, never an exception."""

from typing import Annotated, TypeAlias

import msgspec

Positive: TypeAlias = Annotated[int, msgspec.Meta(gt=0)]
Depth: TypeAlias = Annotated[int, msgspec.Meta(gt=0, le=100)]  # what lies in each other is walked


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Upper bounds for one message, in the unit each name ends in."""

    message_bytes: Positive = 32 * 1024 * 1024
    header_bytes: Positive = 512 * 1024
    header_count: Positive = 2_000
    parts_count: Positive = 500
    depth: Depth = 30
    nesting: Annotated[int, msgspec.Meta(ge=0, le=100)] = 8
    decoded_bytes: Positive = 48 * 1024 * 1024
    text_characters: Positive = 4_000_000
    addresses_count: Positive = 1_000
    links_count: Positive = 2_000
    archive_members_count: Positive = 200_000
    archive_bytes: Positive = 64 * 1024 * 1024 * 1024
    archive_depth: Positive = 3
    archive_ratio: Positive = 1_000


DEFAULT_LIMITS = Limits()
