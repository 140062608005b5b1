"""How much of a hostile message is read; what lies beyond becomes a defect, never an exception."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Upper bounds for one message, in the unit each name ends in."""

    message_bytes: int = 32 * 1024 * 1024
    header_bytes: int = 512 * 1024
    header_count: int = 2_000
    parts_count: int = 500
    depth: int = 30
    decoded_bytes: int = 48 * 1024 * 1024
    text_characters: int = 4_000_000
    addresses_count: int = 1_000
    links_count: int = 2_000
    archive_members_count: int = 200_000
    archive_bytes: int = 64 * 1024 * 1024 * 1024
    archive_depth: int = 3
    archive_ratio: int = 1_000


DEFAULT_LIMITS = Limits()
