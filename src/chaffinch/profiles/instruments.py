"""Where money is to go: bank accounts and wallets named in a text, as digests."""

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b, sha256

import re2

INSTRUMENTS_COUNT = 8
CHARACTERS = 20_000  # of a text, and of the papers that come with it
_PAPER_BYTES = 60_000
_KEY = b"chaffinch instrument"  # keeps these digests apart from others; it is no secret

_MAY_NAME = re2.compile(
    rb"\b(?:[A-Z]{2}[0-9]{2}(?:[ -]|[^\x00-\x7f]{1,2})?[A-Z0-9]|(?:bc1|[13])[0-9A-Za-z]{25}"
    rb"|0x[0-9a-fA-F]{40}|(?i:aba|routing|rtn|ach|sort\s?code)\b)"
)  # one quick look at what most texts hold nothing of
_DIGIT = re.compile("[0-9]")
_LITERAL = re2.compile(rb"\(([^()\\]{6,200})\)\s?Tj")  # what a PDF's page shows
_IBAN = re.compile(r"\b(?=([A-Z]{2}[0-9]{2}(?:[ \xa0-]?[A-Z0-9]){11,29}))")
_BITCOIN = re.compile(r"\b(bc1[02-9ac-hj-np-z]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34})\b")
_BASE_58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ETHER = re.compile(r"\b(0x[0-9a-fA-F]{40})\b")
_ROUTING = re.compile(
    r"\b(?:aba|routing|rtn|ach)\b[^0-9\n]{0,30}([0-9]{9})\b(?:[^0-9]{1,60}([0-9]{6,17})\b)?"
)
_SORT_CODE = re.compile(
    r"\bsort\s?code\b[^0-9\n]{0,20}([0-9]{2}[- ]?[0-9]{2}[- ]?[0-9]{2})\b"
    r"(?:[^0-9]{1,60}([0-9]{8})\b)?"
)
_LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FI FK FO GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HN HU LB NI PL SV", 29: "BR EG PS QA UA",
    30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
_GAPS = dict.fromkeys(map(ord, " \xa0-"))
_LENGTH_OF = {country: length for length, names in _LENGTHS.items() for country in names.split()}


def instruments(text: str) -> tuple[str, ...]:
    """Digests of the accounts a text names; their numbers are never kept.

    >>> one = instruments("Please pay to IBAN GB82 WEST 1234 5698 7654 32 today")
    >>> one == instruments("gb: GB82WEST12345698765432"), len(one[0])
    (True, 24)
    >>> instruments("GB82 WEST 1234 5698 7654 33")  # its check digits are wrong
    ()
    """
    return tuple(map(_digest, accounts(text)))


@lru_cache(maxsize=64)  # signals and profiles ask about the same text
def accounts(text: str) -> tuple[str, ...]:
    """The accounts a text names, each with its kind; for those who keep nothing of them.

    >>> accounts("GB82 WEST 1234 5698 7654 32 and again GB82WEST12345698765432")
    ('iban GB82WEST12345698765432',)
    """
    text = text[: 2 * CHARACTERS]
    if _DIGIT.search(text) is None:
        return ()
    if not _MAY_NAME.search(text.encode("utf-8", "replace")):
        return ()
    return tuple(dict.fromkeys(named(text)))[:INSTRUMENTS_COUNT]


def named(text: str) -> Iterator[str]:
    """The same, one after the other and as often as they stand there."""
    yield from (f"iban {number}" for number in ibans(text))
    for match in _BITCOIN.finditer(text):
        if match[1].startswith("bc1") or _is_of_base_58(match[1]):
            yield f"bitcoin {match[1]}"
    yield from (f"ether {match[1]}" for match in _ETHER.finditer(text))
    small = text.lower()
    if any(word in small for word in ("aba", "routing", "rtn", "ach")):
        yield from _american(small)
    if "sort" in small:
        for match in _SORT_CODE.finditer(small):
            yield f"sort code {_compact(match[1])} {match[2] or ''}"


def plain_words(paper: bytes) -> str:
    """What the pages of a PDF show, as far as they are neither packed nor set letter by letter.

    >>> plain_words(b"%PDF-1.4 BT (Payable to) Tj (DE89370400440532013000) Tj ET")
    'Payable to\\nDE89370400440532013000'
    """
    start = paper[:_PAPER_BYTES]
    if b")Tj" not in start and b") Tj" not in start:
        return ""
    shown = b"\n".join(_LITERAL.findall(start))
    return shown[:CHARACTERS].decode("latin-1")


def _american(small: str) -> Iterator[str]:
    """Routing numbers with the account number that follows."""
    for match in _ROUTING.finditer(small):
        if _is_routing_number(match[1]):
            yield f"aba {match[1]} {match[2] or ''}"


def ibans(text: str) -> Iterator[str]:
    """The account numbers in a text that are as long as their country's and check out.

    >>> list(ibans("to CH93 0076 2011 6238 5295 7 PLEASE"))
    ['CH9300762011623852957']
    """
    for match in _IBAN.finditer(text):
        length = _LENGTH_OF.get(match[1][:2])
        number = _compact(match[1])[:length]
        if len(number) == length and _checks_out(number):
            yield number


def _checks_out(number: str) -> bool:
    digits = "".join(str(int(letter, 36)) for letter in number[4:] + number[:4])
    return int(digits) % 97 == 1


def _is_of_base_58(wallet: str) -> bool:
    """Whether an older Bitcoin address checks out; codes in links and sums of files look alike.

    >>> _is_of_base_58("1BoatSLRHtKNngkdXEeobR76b53LETtpyT")
    True
    >>> _is_of_base_58("1BoatSLRHtKNngkdXEeobR76b53LETtpyU"), _is_of_base_58("3" * 35)
    (False, False)
    """
    number = 0
    for letter in wallet:
        number = 58 * number + _BASE_58.index(letter)
    if number >= 1 << 200:
        return False
    written = number.to_bytes(25, "big")
    return sha256(sha256(written[:-4]).digest()).digest()[:4] == written[-4:]


def _is_routing_number(number: str) -> bool:
    weights = (3, 7, 1) * 3
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 10 == 0


def _compact(text: str) -> str:
    return text.translate(_GAPS)


def _digest(named: str) -> str:
    return blake2b(named.encode(), digest_size=12, key=_KEY).hexdigest()
