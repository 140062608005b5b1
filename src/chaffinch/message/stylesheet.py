"""The part of style sheets mail uses: which declarations touch an element's visibility.

Read are tags, classes, ids and combinations of them, alone or inside others; rules for screens
of a certain size, and anything else, are passed over.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

import msgspec

from chaffinch.message.colour import TRANSPARENT, WHITE, alike
from chaffinch.message.declarations import ranked_declarations
from chaffinch.message.style import Style, can_matter, style_of

SHEET_CHARACTERS = 100_000  # of a document
_RULES_COUNT = 2_000
_SELECTORS_COUNT = 50  # of one rule
_ANCESTORS_COUNT = 8  # of one selector

# all these are linear: one class, or one way to go on from each place
_NO_CODE = re.compile(r"/\*(?s:.*?)(?:\*/|\Z)|\"[^\"\n]*(?:\"|\n|\Z)|'[^'\n]*(?:'|\n|\Z)")
_ADDRESS = re.compile(r"\((?<=[uU][rR][lL]\()[^)]*\)?")  # bracket first: one search is native
_GROUP = re.compile(r"@[^{};@]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_ESCAPED = re.compile(r"\\[^0-9a-fA-F\n]")
_STATE = re.compile(r":(?:link|visited|any-link)\b")
_COMPOUND = re.compile(r"([A-Za-z][\w:-]*|\*)?((?:[.#][\w-]+)*)")
BACKGROUNDS = frozenset({"background", "background-color", "background-image"})
_ON_SCREEN = frozenset({"all", "screen", "only screen", "only all", ""})
# a state the pointer brings about, a piece of an element, the wrapper of one webmail
_ELSEWHERE = re.compile(
    r":(?:hover|active|focus|before|after|first-l|:|-)|\.ExternalClass|#outlook|\.yshortcuts"
    r"|#MessageViewBody"
)


Words: TypeAlias = frozenset[str]
"""What selectors may ask of an element: its tag, its classes and its id, as a selector has them."""


class Selector(msgspec.Struct, frozen=True, gc=False):
    """One selector: what it asks of an element, and of those around it."""

    wanted: Words
    around: tuple[tuple[Words, bool], ...]  # from the nearest outwards; True: the parent itself
    rank: tuple[int, int, int]  # ids, classes and tags asked for
    key: str  # the rarest word an element must have to be looked at


class Declared(msgspec.Struct, frozen=True, eq=False, gc=False):
    """What stands between the brackets of a rule, as far as it touches visibility."""

    normal: Mapping[str, str]
    important: Mapping[str, str]
    matters: bool
    may_hide: bool
    paints: bool  # a background


class Rule(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One selector with its declarations; of two as strong the later one wins."""

    selector: Selector
    order: int
    declared: Declared


class Sheet(msgspec.Struct):
    """The rules of a style sheet, by the word of a selector an element must have."""

    rules: dict[str, list[Rule]]
    rules_count: int = 0
    needs_path: bool = False
    has_unread_background: bool = False
    hiding_keys: set[str] = msgspec.field(default_factory=set)  # of rules that may make text vanish
    characters_left: int = SHEET_CHARACTERS

    def copy(self) -> "Sheet":
        """One that may be added to."""
        return Sheet(
            {key: list(rules) for key, rules in self.rules.items()},
            self.rules_count,
            self.needs_path,
            self.has_unread_background,
            set(self.hiding_keys),
            self.characters_left,
        )


EMPTY_SHEET = Sheet({})


@lru_cache(maxsize=128)
def sheet_of(*texts: str) -> Sheet:
    """The style sheets of a document as one, as far as they can change what is seen.

    >>> sheet = sheet_of(".a, p.b { display: none } @media print { p { display: none } }")
    >>> sorted(sheet.rules), sheet.rules_count
    (['.a', '.b'], 2)
    """
    if not texts:
        return EMPTY_SHEET
    sheet = sheet_of(*texts[:-1]).copy()
    text = texts[-1][: sheet.characters_left]
    sheet.characters_left -= len(text)
    if "\\" in text:
        text = _ESCAPED.sub("_", text)
    for selectors, body in _blocks(_bare(text)):
        found = declared(body)
        if found.matters:
            _add(sheet, selectors, found)
        if sheet.rules_count >= _RULES_COUNT:
            sheet.characters_left = 0
            break
    return sheet


def _bare(text: str) -> str:
    """The text without what is no code, and without most groups of rules that do not hold."""
    if "--" in text:
        text = text.replace("<!--", " ").replace("-->", " ")
    if "/*" in text or '"' in text or "'" in text:
        text = _NO_CODE.sub(" ", text)
    if "(" in text:
        text = _ADDRESS.sub("()", text)
    return _GROUP.sub(_held, text) if "@" in text else text


def _held(group: re.Match[str]) -> str:
    """A group of rules, or nothing where they do not hold."""
    return group[0] if _is_for_screens(group[0].partition("{")[0]) else ""


@lru_cache(maxsize=4_096)
def declared(body: str) -> Declared:
    """The declarations of a rule.

    >>> declared("color: red").may_hide, declared("color: white").may_hide
    (False, True)
    """
    normal, important = ranked_declarations(body)
    given = {**normal, **important} if important else normal
    matters = bool(given) and can_matter(given)
    return Declared(
        normal,
        important,
        matters,
        matters and _may_hide(style_of(given)),
        not BACKGROUNDS.isdisjoint(given),
    )


def _may_hide(look: Style) -> bool:
    """Whether a rule hides text, or changes what it can be told from: other rules may show it."""
    return (
        look.hides
        or look.folds
        or bool(look.is_tiny or look.is_invisible or look.is_preformatted)
        or (look.background is not None and not alike(look.background, WHITE))
        or (look.colour is not None and (look.colour == TRANSPARENT or alike(look.colour, WHITE)))
    )


def _blocks(text: str) -> list[tuple[str, str]]:
    """Selectors and declarations of every rule that holds on an ordinary screen."""
    found: list[tuple[str, str]] = []
    skipped = 0  # open brackets, from one on inside which nothing counts
    for piece in text.split("}"):
        if skipped:
            skipped += piece.count("{") - 1
            continue
        prelude, bracket, rest = piece.partition("{")
        while bracket and _is_group(prelude):
            prelude, bracket, rest = rest.partition("{")
        if not bracket:
            continue
        skipped = rest.count("{")
        prelude = prelude.rpartition(";")[2].strip() if ";" in prelude else prelude.strip()
        if prelude[:1] != "@":
            found.append((prelude, rest.partition("{")[0] if skipped else rest))
    return found


def _is_group(prelude: str) -> bool:
    """Whether the rules inside hold as if they stood by themselves."""
    return "@" in prelude and _is_for_screens(prelude.rpartition(";")[2].strip())


def _is_for_screens(rule: str) -> bool:
    """Whether an at-rule holds on every screen.

    >>> _is_for_screens("@media screen"), _is_for_screens("@media (max-width: 600px)")
    (True, False)
    """
    name, _, queries = rule.lower().partition(" ")
    return name == "@media" and any(
        " ".join(query.split()) in _ON_SCREEN for query in queries.split(",")
    )


def is_for_screens(media: str | None) -> bool:
    """Whether a style element with this ``media`` attribute holds on every screen."""
    return not media or _is_for_screens(f"@media {media}")


def _add(sheet: Sheet, selectors: str, found: Declared) -> None:
    """Adds a rule under each of its selectors."""
    for text in selectors.split(",", _SELECTORS_COUNT)[:_SELECTORS_COUNT]:
        selector = _selector(text.strip())
        if selector is _NOWHERE:
            continue
        if selector is None:
            sheet.has_unread_background = sheet.has_unread_background or found.paints
            continue
        sheet.rules.setdefault(selector.key, []).append(Rule(selector, sheet.rules_count, found))
        sheet.rules_count += 1
        if found.may_hide:
            sheet.hiding_keys.add(selector.key)
        if selector.around:
            sheet.needs_path = True


_NOWHERE = Selector(frozenset(), (), (0, 0, 0), "")


@lru_cache(maxsize=4_096)
def _selector(text: str) -> Selector | None:
    """A selector as read; None where it asks for more than we read, _NOWHERE if nothing is it.

    >>> _selector("table > td b.c").key, _selector("table > td b.c").rank
    ('.c', (0, 1, 3))
    >>> _selector("td[width]") is None
    True
    """
    if _ELSEWHERE.search(text):
        return _NOWHERE
    if ":" in text:
        text = _STATE.sub("", text)
    found: list[tuple[Words, bool]] = []
    is_parent = False
    for word in reversed(text.replace(">", " > ").split()):
        if word == ">":
            is_parent = True
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None or not match[0]:
            return None
        found.append((_asked(match[1] or "*", match[2]), is_parent))
        is_parent = False
    if not found or is_parent or len(found) > _ANCESTORS_COUNT:
        return None
    asked = [word for words, _ in found for word in words]
    ids = len([word for word in asked if word[0] == "#"])
    classes = len([word for word in asked if word[0] == "."])
    # "#" sorts before ".", and that before the letters of tags
    return Selector(
        found[0][0],
        tuple(found[1:]),
        (ids, classes, len(asked) - ids - classes),
        min(found[0][0], default="*"),
    )


def _asked(tag: str, rest: str) -> Words:
    """The words of a compound selector."""
    words = [word for word in rest.replace("#", " #").replace(".", " .").split()]
    if tag != "*":
        words.append(tag.lower())
    return frozenset(words)


@lru_cache(maxsize=4_096)
def words_of(tag: str, classes: str | None, identity: str | None) -> Words:
    """The words by which selectors may ask for an element.

    >>> sorted(words_of("p", "a b", "i"))
    ['#i', '.a', '.b', 'p']
    """
    if not classes:
        return frozenset((tag, f"#{identity}")) if identity else frozenset((tag,))
    words = [tag, *[f".{name}" for name in classes.split()]]
    if identity:
        words.append(f"#{identity}")
    return frozenset(words)
