"""Account numbers that look right and belong to nobody."""

from random import Random


def iban(rng: Random) -> str:
    """An account number of the right shape; its bank code belongs to nobody."""
    digits = f"00000000{rng.randrange(10**10):010d}"
    check = 98 - int(f"{digits}131400") % 97
    return f"DE{check:02d} {digits[:4]} {digits[4:8]} {digits[8:12]} {digits[12:16]} {digits[16:]}"
