"""The language a text is written in, told by its script and its commonest words."""

import re
from functools import cache, lru_cache

from chaffinch.profiles.text import BLANKS

_CHARACTERS = 1_200
_FEWEST = 3  # different common words, or letters of a script
_LATIN = 1.25
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "en": "the and of to is you that this with have for are from your will not was",
    "de": "der die und das ist nicht mit ein eine für sie auf den von zu werden wir bitte",
    "fr": "le les et des est une pour dans vous nous que sur avec pas votre cette être",
    "es": "el los y que una para con por las del su está como más usted este pero",
    "it": "il che di della non per una sono con gli anche questo nella dei più alla",
    "pt": "o os que não uma para com por dos você está mais seu sua das também em",
    "nl": "de het een en van niet dat voor met zijn op wij deze ook naar bij uw",
    "sv": "och att det som en på är för med inte jag vi den till har om ett",
    "da": "og at det er en på af for ikke med til som jeg vi den har et",
    "no": "og det er på av som en ikke med til jeg vi har ble vår fra et",
    "fi": "ja on ei että se hän mutta ovat kun niin myös tämä joka ole voi",
    "pl": "nie się jest na że do od przez oraz dla jak co tak po czy są tego",
    "cs": "se na je že to si jsou pro ale jako které není jsem podle také",
    "tr": "ve bir bu için ile çok daha olarak gibi kadar olan var değil ne",
    "ro": "și este nu pentru cu din care sunt la mai sau fost această dumneavoastră",
    "hu": "és az hogy nem egy ez van meg csak de már is vagy kell lehet",
    "id": "yang dan di ini untuk dengan tidak dari pada adalah akan anda kami",
    "vi": "và của là có không cho được các một với này trong người bạn",
}
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja"),
    (re.compile(r"[\uac00-\ud7af]"), "ko"),
    (re.compile(r"[\u4e00-\u9fff]"), "zh"),
    (re.compile(r"[іїєґ]"), "uk"),
    (re.compile(r"[\u0400-\u04ff]"), "ru"),
    (re.compile(r"[\u0600-\u06ff]"), "ar"),
    (re.compile(r"[\u0590-\u05ff]"), "he"),
    (re.compile(r"[\u0370-\u03ff]"), "el"),
    (re.compile(r"[\u0e00-\u0e7f]"), "th"),
    (re.compile(r"[\u0900-\u097f]"), "hi"),
)


def language(text: str) -> str | None:
    """The code of the language; None where a text is too short or too mixed to tell.

    >>> language("Please find the invoice for your order attached, and pay it this week.")
    'en'
    >>> language("Bitte überweisen Sie den Betrag, wir werden die Ware mit der Post senden.")
    'de'
    >>> language("4711") is None
    True
    """
    return _language(text[:_CHARACTERS])


@lru_cache(maxsize=64)  # signals and profiles ask about the same text
def _language(text: str) -> str | None:
    if _is_foreign(text) and (found := _by_script(text)):
        return found
    counts: dict[str, int] = {}
    common = _languages_of()
    for word in common.keys() & _words(text.lower()):
        for code in common[word]:
            counts[code] = counts.get(code, 0) + 1
    most = max(counts.values(), default=0)
    first = [code for code, count in counts.items() if count == most]
    return first[0] if most >= _FEWEST and len(first) == 1 else None


def _words(text: str) -> set[str]:
    """The runs of letters in a text in lower case."""
    if text.isascii():
        return set(text.encode().translate(BLANKS).decode().split())
    return set(_WORD.findall(text))


def _is_foreign(text: str) -> bool:
    """Whether a good part of a text is not in the letters most of Europe writes with."""
    return not text.isascii() and len(text) > _LATIN * len(text.encode("ascii", "ignore"))


def _by_script(text: str) -> str | None:
    letters = sum(map(str.isalpha, text))
    for letter, code in _SCRIPTS:
        found = len(letter.findall(text))
        is_telling = found * (3 if code not in ("ja", "uk") else 30) > letters
        if is_telling and found >= _FEWEST:
            return code
    return None


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, words in _COMMON.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), code)
    return found
