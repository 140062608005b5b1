"""On which days something happened: a bounded calendar that forgets the far past, not the order."""

import msgspec

DAY_MS = 86_400_000
REMEMBERED_DAYS = 730
_ALL = (1 << REMEMBERED_DAYS) - 1


def day_of(at: int) -> int:
    """The UTC day of an instant in milliseconds, counted since the epoch.

    >>> day_of(0), day_of(86_400_000), day_of(-1)
    (0, 1, -1)
    """
    return at // DAY_MS


class Days(msgspec.Struct, frozen=True, array_like=True):
    """The active days of the two years up to ``last``; bit *i* of ``bits`` is day ``last - i``."""

    last: int = 0
    bits: bytes = b""

    def merge(self, other: "Days") -> "Days":
        """The days active in either.

        >>> days_from((3, 1)).merge(days_from((7,))).list()
        (1, 3, 7)
        """
        if not other.bits:
            return self
        if not self.bits:
            return other
        newer, older = (self, other) if self.last >= other.last else (other, self)
        gap = newer.last - older.last
        if gap >= REMEMBERED_DAYS:
            return newer
        return _days(newer.last, _number(newer.bits) | (_number(older.bits) << gap))

    def count(self, start: int, end: int) -> int:
        """How many remembered active days lie in ``start <= day < end``.

        >>> days_from((1, 3, 7)).count(1, 7)
        2
        """
        number = _number(self.bits)
        low = max(0, self.last - end + 1)
        high = min(REMEMBERED_DAYS, self.last - start + 1)
        if high <= low:
            return 0
        return ((number >> low) & ((1 << (high - low)) - 1)).bit_count()

    def list(self) -> tuple[int, ...]:
        """The remembered active days, oldest first."""
        number = _number(self.bits)
        return tuple(
            self.last - shift
            for shift in range(number.bit_length() - 1, -1, -1)
            if number >> shift & 1
        )

    @property
    def horizon(self) -> int:
        """The oldest day that can be remembered."""
        return self.last - REMEMBERED_DAYS + 1


def days_from(days: tuple[int, ...]) -> Days:
    """The calendar in which exactly these days are active (those too far back are forgotten).

    >>> days_from((5, 5, 5 - 729, 5 - 730)).list()
    (-724, 5)
    """
    if not days:
        return Days()
    last = max(days)
    number = 0
    for day in days:
        if last - day < REMEMBERED_DAYS:
            number |= 1 << (last - day)
    return _days(last, number)


def _days(last: int, number: int) -> Days:
    number &= _ALL
    return Days(last, number.to_bytes((number.bit_length() + 7) // 8, "little"))


def _number(bits: bytes) -> int:
    return int.from_bytes(bits, "little")
