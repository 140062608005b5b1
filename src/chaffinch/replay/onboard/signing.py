"""Who signs a text and as what, and whom it names with a title."""

import re
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import re2

from chaffinch.message.word_lists import words_of as signing_words
from chaffinch.replay.onboard.facts import Titled
from chaffinch.replay.words import words_of

LINES_COUNT = 12
NAMED_COUNT = 8
TEXT_CHARACTERS = 20_000
LINE_CHARACTERS = 120
NAME_CHARACTERS = 60
TITLE_WORDS = 8

_NAME_WORD = r"(?:\p{Lu}\.|\p{Lu}[\p{L}'\x{2019}-]+)"
_NAME = rf"{_NAME_WORD}(?: {_NAME_WORD}){{1,3}}"
_WORD = re.compile(r"[^\W\d_][^\W\d_.'\u2019-]*+[.'\u2019-]?", re.UNICODE)
_APART = re.compile(r"\s[-\u2013\u2014/]\s|[|,;\u2022\u00b7\u2013\u2014]|\s{3,}")
_RANKS = {"top": 1.0, "chief": 0.9, "senior": 0.6, "head": 0.35}


class Signed(NamedTuple):
    """The name, the title and the person assisted that a signature gives; each may be empty."""

    signer: str = ""
    title: str = ""
    assists: str = ""


class Title(NamedTuple):
    """What a title says: how far up it is, from 0 to 1, and which kinds of work it names."""

    rank: float
    kinds: frozenset[str]


def signed(signature: str) -> Signed:
    """What a signature says of who signed.

    >>> signed("Best regards,\\nAda Marsh\\nChief Financial Officer | Acme")
    Signed(signer='Ada Marsh', title='Chief Financial Officer', assists='')
    >>> signed("Regards,\\nEve Holt\\nExecutive Assistant to Ada Marsh").assists
    'Ada Marsh'
    """
    lines = [line.strip() for line in islice(signature.split("\n"), LINES_COUNT)]
    lines = [line for line in lines if line and len(line) <= LINE_CHARACTERS]
    signer = next((name for line in lines if (name := _as_name(line) or _before_title(line))), "")
    parts = [part for line in lines for part in _parts(line)]
    titles = [part for part in parts if len(part.split()) <= TITLE_WORDS and _is_title(part)]
    title = max(titles, key=_weight, default="")
    assists = next((m[1] for line in lines if (m := _assisting().search(line))), "")
    return Signed(signer, title, assists)


def foot(text: str, signature: str) -> str:
    """The text from its signature on: a line such as "Accounts Payable" counts as a request there.

    >>> foot("Noted.\\nBest,\\nAda Marsh\\nAccounts Payable", "Best,\\nAda Marsh")
    'Best,\\nAda Marsh\\nAccounts Payable'
    """
    at = text.rfind(signature) if signature else -1
    return text[at:] if at >= 0 else signature


def named(text: str) -> tuple[Titled, ...]:
    """The people a text names with a title, such as "Ada Marsh, President and CEO".

    >>> found = named("We asked Ada Marsh, Chief Risk Officer, to report to Chairman Bob Stone.")
    >>> [(one.name, one.title) for one in found]
    [('Ada Marsh', 'Chief Risk Officer'), ('Bob Stone', 'Chairman')]
    """
    start = text[:TEXT_CHARACTERS]
    found = [Titled(_clean(m[1]), _clean(m[2])) for m in _behind().finditer(start)]
    found += [Titled(_clean(m[2]), _clean(m[1])) for m in _before().finditer(start)]
    return tuple(
        islice(dict.fromkeys(one for one in found if not _is_title(one.name)), NAMED_COUNT)
    )


@lru_cache(maxsize=4096)
def title_of(text: str) -> Title | None:
    """What a title says; who assists somebody stands where that person does not.

    >>> title_of("Senior Vice President").rank, title_of("President & CEO").rank
    (0.6, 1.0)
    >>> sorted(title_of("Head of Human Resources").kinds), title_of("Assistant to the CEO").rank
    (['head', 'people'], 0.0)
    >>> title_of("Gardener") is None
    True
    """
    kinds: dict[str, None] = {}
    rest = text
    while (match := _title_line().search(rest)) is not None:
        kinds[_kinds()[" ".join(match[1].lower().split())]] = None
        rest = rest[match.end(1) :]
    if not kinds:
        return None
    if "assistant" in kinds:
        return Title(0.0, frozenset({"assistant"}))
    return Title(max(_RANKS.get(kind, 0.0) for kind in kinds), frozenset(kinds))


def _weight(title: str) -> tuple[float, int]:
    """Which of several titles counts: assistants are what they say, then the highest."""
    found = title_of(title)
    if found is None:
        return 0.0, 0
    return 2.0 if "assistant" in found.kinds else found.rank, len(found.kinds)


def _parts(line: str) -> list[str]:
    """A line of a signature cut where titles, names and companies are set apart."""
    return [bare for part in _APART.split(line) if (bare := part.strip(" .:"))]


def _as_name(line: str) -> str:
    """A line that is a person's name and nothing else."""
    bare = line.strip(" -_*~,.;:!|\u2013\u2014")
    words = bare.split()
    if not 1 <= len(words) <= 4 or len(bare) > NAME_CHARACTERS or _is_title(bare):
        return ""
    if bare.lower() in _closings():
        return ""
    is_spoken_to = line.rstrip().endswith((",", "!")) and len(words) < 2
    are_names = all(word[0].isupper() and _WORD.match(word) for word in words)
    return bare if are_names and not is_spoken_to else ""


def _before_title(line: str) -> str:
    """The name in a line such as "Ada Marsh, President"."""
    match = _behind().search(line)
    return _clean(match[1]) if match else ""


def _is_title(text: str) -> bool:
    return _title_line().search(text) is not None


def _clean(text: str) -> str:
    return " ".join(text.split())


@lru_cache(maxsize=1)
def _closings() -> frozenset[str]:
    return frozenset(signing_words("signing.txt")["closing"])


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for kind, words in words_of("titles.txt").items():
        for word in words:
            kinds.setdefault(word, kind)
    return kinds


@lru_cache(maxsize=1)
def _titles() -> str:
    """All titles as one pattern, long ones first; white space in them may be any."""
    words = sorted(_kinds(), key=len, reverse=True)
    return "|".join(re2.escape(word).replace(r"\ ", r"\s+") for word in words)


@lru_cache(maxsize=1)
def _title_line() -> "re2._Regexp[str]":
    return re2.compile(rf"(?i)(?:^|[^\p{{L}}])({_titles()})(?:[^\p{{L}}]|$)")


@lru_cache(maxsize=1)
def _behind() -> "re2._Regexp[str]":
    """A name, a comma, and a title."""
    return re2.compile(
        rf"(?:^|[^\p{{L}}])({_NAME}),\s+(?:(?:our|the|your|as|has been named)\s+)?"
        rf"((?i:{_titles()}))(?:[^\p{{L}}]|$)"
    )


@lru_cache(maxsize=1)
def _before() -> "re2._Regexp[str]":
    """A title, and a name right behind it."""
    return re2.compile(rf"(?:^|[^\p{{L}}])((?i:{_titles()}))\s+({_NAME})")


@lru_cache(maxsize=1)
def _assisting() -> "re2._Regexp[str]":
    return re2.compile(
        rf"(?i:assistant to|secretary to|assistentin von|assistent von|assistenz von"
        rf"|assistante de|assistant de|asistente de|assistente di)\s+"
        rf"(?:(?:Mr|Ms|Mrs|Dr|Herrn?|Frau)\.? )?({_NAME})"
    )
