"""Bank accounts in a text, kept as marks that tell two apart and give none away."""

from hashlib import blake2b
from itertools import islice

import re2

MARKS_COUNT = 4
TEXT_CHARACTERS = 50_000

_IBAN = re2.compile(r"(?:^|[^A-Za-z0-9])([A-Z]{2}[0-9]{2}(?:[ \x{A0}]?[A-Z0-9]){11,30})")


def account_marks(text: str) -> tuple[str, ...]:
    """A mark of each valid IBAN: its country and 24 bits, far too few to try numbers against.

    >>> account_marks("Pay to DE89 3704 0044 0532 0130 00, please.")
    ('DE-03b314',)
    >>> account_marks("Order DE12 3456 7890 1234 5678 90")
    ()
    """
    if "IBAN" not in text and not any(letter.isdigit() for letter in text[:TEXT_CHARACTERS]):
        return ()
    found = (iban for match in _IBAN.finditer(text[:TEXT_CHARACTERS]) if (iban := _iban(match[1])))
    return tuple(islice(dict.fromkeys(map(_mark, found)), MARKS_COUNT))


def _iban(written: str) -> str:
    """The longest valid account number a run of groups begins with, or nothing."""
    bare = "".join(written.split())
    return next((bare[:end] for end in range(len(bare), 14, -1) if _is_valid(bare[:end])), "")


def _is_valid(iban: str) -> bool:
    digits = "".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])
    return int(digits) % 97 == 1


def _mark(iban: str) -> str:
    return f"{iban[:2]}-{blake2b(iban.encode(), digest_size=3).hexdigest()}"
