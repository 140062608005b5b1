"""Campaign fingerprints: what stays when the same mail is sent to many with small changes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import islice

from chaffinch.message.model import Link, Mailbox, Value
from chaffinch.message.sketch import keys, similarity, sketch

VERSION = 1
ALIKE_TEXT, ALIKE_SKELETON = 0.5, 0.8
_WORDS_READ, _TAGS_READ, _LINKS_READ = 3_000, 5_000, 200
_TEXT_CHARACTERS, _HTML_CHARACTERS = 60_000, 400_000
_TEXT_SHINGLE, _SKELETON_SHINGLE = 3, 6
_TAG_CHARACTERS = 1_000
_FEWEST_SHINGLES, _FEWEST_TAGS = 12, 30  # what is shorter fits too much
_UNSEEN = dict.fromkeys(
    (0xAD, 0x34F, 0x2060, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F))
)
_WORD = re.compile(  # an address is looked for once in a run of its letters, where the run begins
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]++@[\w.-]+|[\u3040-\u30ff\u3400-\u9fff]|\w+"
)
_MARK = r"(?:[^\w\s\x00-\x7f]|[\uff9e\uff9f])"  # whatever may combine with a letter, and more
_MARKS = re.compile(rf"({_MARK}{{32}}){_MARK}+")  # to put so many in order takes their square
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]*+)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:-]{0,30})\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']*)")
_DIGITS = re.compile(r"\d+")
_PIECES = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[aeiouy]")


class Fingerprint(Value):
    """Sketches of one message's text, page skeleton and link targets.

    Two fingerprints are compared only if their versions are equal.
    """

    version: int = VERSION
    text: bytes = b""
    skeleton: bytes = b""
    url_templates: tuple[str, ...] = ()


def fingerprint(
    text: str, html: str | None, links: Sequence[Link], recipients: Sequence[Mailbox] = ()
) -> Fingerprint:
    """The fingerprint of a message's newest text, its page and its links.

    >>> first = fingerprint("Dear Ada, your invoice 4711 is due. " * 5, None, ())
    >>> first == fingerprint("Dear Ada, your invoice 0815 is due. " * 5, None, ())
    True
    """
    return Fingerprint(
        text=sketch(_text_shingles(text, names_of(recipients))),
        skeleton=sketch(_skeleton_shingles(html or "")),
        url_templates=_templates(links),
    )


def text_similarity(first: Fingerprint, second: Fingerprint) -> float | None:
    """How much of their texts two messages share; None where one has too little text."""
    return similarity(first.text, second.text) if first.version == second.version else None


def skeleton_similarity(first: Fingerprint, second: Fingerprint) -> float | None:
    """How much of their page structure two messages share; None where one has none to speak of."""
    return similarity(first.skeleton, second.skeleton) if first.version == second.version else None


def template_similarity(first: Fingerprint, second: Fingerprint) -> float | None:
    """How many of their link templates two messages share; None where one has no telling link."""
    if first.version != second.version or not (first.url_templates and second.url_templates):
        return None
    one, other = set(first.url_templates), set(second.url_templates)
    return len(one & other) / len(one | other)


def is_same_campaign(first: Fingerprint, second: Fingerprint) -> bool:
    """Whether two messages are variants of one: by their texts, or by their pages and links.

    >>> one = fingerprint("We have sent you a parcel, please pay the customs fee today. " * 2,
    ...                   None, ())
    >>> is_same_campaign(one, one), is_same_campaign(one, fingerprint("See you at noon.", None, ()))
    (True, False)
    """
    text = text_similarity(first, second)
    if text is not None and text >= ALIKE_TEXT:
        return True
    skeleton = skeleton_similarity(first, second)
    return bool(
        skeleton is not None
        and skeleton >= ALIKE_SKELETON
        and (template_similarity(first, second) or 0) >= ALIKE_TEXT
    )


def campaign_keys(one: Fingerprint) -> tuple[str, ...]:
    """Words for an index: messages of one campaign nearly always share one of them."""
    texts = (f"t{one.version}{key}" for key in keys(one.text))
    skeletons = (f"s{one.version}{key}" for key in keys(one.skeleton))
    return (*texts, *skeletons)


def names_of(recipients: Iterable[Mailbox]) -> frozenset[str]:
    """The words that name the recipients, in lower case.

    >>> from chaffinch.message.address import mailboxes
    >>> sorted(names_of(mailboxes("Ada Marsh <a.marsh@acme.example>", 1)))
    ['a.marsh@acme.example', 'acme', 'ada', 'marsh']
    """
    found: set[str] = set()
    for box in recipients:
        written = [box.display_name or ""]
        if box.email:
            found.add(box.email.email)
            written += [box.email.local_part, box.email.domain.sld or ""]
        found.update(word for text in written for word in _WORD.findall(text.casefold()))
        found.update(word for text in written for word in _PIECES.findall(text.casefold()))
    return frozenset(word for word in found if len(word) > 2)


def words(text: str, names: frozenset[str] = frozenset()) -> Iterator[str]:
    """The words of a text; numbers, addresses, links and the recipients' names as placeholders.

    >>> list(words("Dear Ada, pay 12,50 EUR at https://pay.example/x today", frozenset({"ada"})))
    ['dear', '@', 'pay', '0', '0', 'eur', 'at', '/', 'today']
    """
    for count, found in enumerate(_WORD.finditer(_plain(text[:_TEXT_CHARACTERS]))):
        if count >= _WORDS_READ:
            return
        word = found[0]
        if word in names or "@" in word:
            yield "@"
        elif ":/" in word or word.startswith("www."):
            yield "/"
        else:
            yield _DIGITS.sub("0", word)


def _plain(text: str) -> str:
    """A text in compatible letters and lower case, without what nobody sees; not much longer."""
    compatible = unicodedata.normalize("NFKC", _MARKS.sub(r"\1", text))
    return compatible[:_TEXT_CHARACTERS].casefold().translate(_UNSEEN)


def _text_shingles(text: str, names: frozenset[str]) -> Sequence[str]:
    """Every few neighbouring words; none of a text that is too short to tell anything."""
    return _shingles(list(words(text, names)), _TEXT_SHINGLE, _FEWEST_SHINGLES)


def _skeleton_shingles(html: str) -> Sequence[str]:
    """Every few neighbouring tags, each with the names of its attributes."""
    found = islice(_TAG.finditer(html, 0, _HTML_CHARACTERS), _TAGS_READ)
    tags = [_tag(one[1].lower(), one[2][:_TAG_CHARACTERS]) for one in found]
    return _shingles(tags, _SKELETON_SHINGLE, _FEWEST_TAGS)


def _tag(name: str, attributes: str) -> str:
    """An element's name and the names of its attributes, in order."""
    if "=" not in attributes:
        return name
    return " ".join((name, *sorted({each.lower() for each in _ATTRIBUTE.findall(attributes)})))


def _shingles(items: Sequence[str], size: int, fewest: int) -> Sequence[str]:
    count = len(items) - size + 1
    if count < fewest:
        return ()
    return [" ".join(items[at : at + size]) for at in range(count)]


def _templates(links: Sequence[Link]) -> tuple[str, ...]:
    """The telling templates of the links, as short hashes in order."""
    found = {url_template(link) for link in links[:_LINKS_READ]}
    return tuple(
        sorted(
            blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            for one in found
            if one
        )
    )


def url_template(link: Link) -> str:
    """The shape of a link's target without host, numbers and tokens; empty where it tells nothing.

    >>> from chaffinch.message.url import url
    >>> url_template(Link(href_url=url("https://a.example/wp/x9f3a8b21/pay.php?id=7&t=ada")))
    '/wp/*/pay.php?id=0&t=a'
    """
    target = link.href_url
    if target.scheme not in ("http", "https"):
        return ""
    path = "/".join(_masked(segment) for segment in (target.path or "").split("/")[:12])
    values = (
        f"{_DIGITS.sub('0', name[:40])}={_kind(value[0] if value else '')}"
        for name, value in sorted(target.query_params_decoded.items())[:20]
    )
    query = "&".join(values)
    template = f"{path}?{query}" if query else path
    return template if len(template) > 3 and template.strip("/*0") else ""


def _masked(segment: str) -> str:
    """One part of a path; what looks made by chance or by counting becomes a placeholder."""
    if _is_token(segment):
        return "*"
    return _DIGITS.sub("0", segment[:60])


def _is_token(segment: str) -> bool:
    """Whether a word looks like an identifier nobody chose."""
    letters = segment.lower()
    if len(segment) < 6 or "." in segment[-5:]:
        return False
    digits = sum(map(str.isdigit, letters))
    vowels = len(_VOWEL.findall(letters))
    is_mixed = digits >= 2 and digits * 8 >= len(segment)
    changes_case = not segment.islower() and not segment.istitle() and not segment.isupper()
    return (
        len(segment) > 40
        or is_mixed
        or vowels * 6 < len(segment)
        or (changes_case and len(segment) > 12)
    )


def _kind(value: str) -> str:
    """What sort of value a parameter has."""
    if not value:
        return ""
    if value.isdigit():
        return "0"
    if "@" in value:
        return "@"
    return "*" if _is_token(value) or len(value) > 30 else "a"
