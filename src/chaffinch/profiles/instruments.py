"""Where money is to go: bank accounts and wallets named in a text, as digests."""

import re
from collections.abc import Iterator
from hashlib import blake2b

INSTRUMENTS_COUNT = 8
_CHARACTERS = 60_000
_KEY = b"chaffinch instrument"  # keeps these digests apart from others; it is no secret

_LONG_NUMBER = re.compile(r"[0-9](?:[ -]?[0-9]){5}|[0-9][a-zA-Z0-9]{20}|[bB][cC]1|0x")
_IBAN = re.compile(r"\b([A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{2,4}){3,8})\b")
_BITCOIN = re.compile(r"\b(bc1[02-9ac-hj-np-z]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b")
_ETHER = re.compile(r"\b(0x[0-9a-fA-F]{40})\b")
_ROUTING = re.compile(
    r"\b(?:aba|routing|rtn|ach)\b[^0-9\n]{0,30}([0-9]{9})\b(?:[^0-9]{1,60}([0-9]{6,17})\b)?"
)
_SORT_CODE = re.compile(
    r"\bsort\s?code\b[^0-9\n]{0,20}([0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2})\b"
    r"(?:[^0-9]{1,60}([0-9]{8})\b)?"
)
_SHORTEST_IBAN, _LONGEST_IBAN = 15, 34


def instruments(text: str) -> tuple[str, ...]:
    """Digests of the accounts a text names; their numbers are never kept.

    >>> one = instruments("Please pay to IBAN GB82 WEST 1234 5698 7654 32 today")
    >>> one == instruments("gb: GB82WEST12345698765432"), len(one[0])
    (True, 24)
    >>> instruments("GB82 WEST 1234 5698 7654 33")  # its check digits are wrong
    ()
    """
    found = dict.fromkeys(_named(text[:_CHARACTERS]))
    return tuple([_digest(one) for one in found][:INSTRUMENTS_COUNT])


def _named(text: str) -> Iterator[str]:
    if not _LONG_NUMBER.search(text):
        return
    for match in _IBAN.finditer(text):
        if iban := _longest_valid(_compact(match[1])):
            yield f"iban {iban}"
    for pattern, kind in ((_BITCOIN, "bitcoin"), (_ETHER, "ether")):
        yield from (f"{kind} {match[1]}" for match in pattern.finditer(text))
    small = text.lower()
    if any(word in small for word in ("aba", "routing", "rtn", "ach")):
        yield from _american(small)
    if "sort" in small:
        for match in _SORT_CODE.finditer(small):
            yield f"sort code {_compact(match[1])} {match[2] or ''}"


def _american(small: str) -> Iterator[str]:
    """Routing numbers with the account number that follows."""
    for match in _ROUTING.finditer(small):
        if _is_routing_number(match[1]):
            yield f"aba {match[1]} {match[2] or ''}"


def _longest_valid(number: str) -> str | None:
    """The longest beginning that is an IBAN: words in capitals may follow one."""
    for length in range(min(len(number), _LONGEST_IBAN), _SHORTEST_IBAN - 1, -1):
        if _is_iban(number[:length]):
            return number[:length]
    return None


def _is_iban(number: str) -> bool:
    digits = "".join(str(int(letter, 36)) for letter in number[4:] + number[:4])
    return int(digits) % 97 == 1


def _is_routing_number(number: str) -> bool:
    weights = (3, 7, 1) * 3
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 10 == 0


def _compact(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _digest(named: str) -> str:
    return blake2b(named.encode(), digest_size=12, key=_KEY).hexdigest()
