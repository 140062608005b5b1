"""The part of style sheets mail uses: which declarations touch an element's visibility.

Read are tags, classes, ids and combinations of them, alone or inside others; rules for screens
of a certain size, and anything else, are passed over.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import msgspec

from chaffinch.message.colour import TRANSPARENT, WHITE, alike
from chaffinch.message.listener import Attributes
from chaffinch.message.style import PLAIN, Style, can_matter, ranked_declarations, style, style_of

SHEET_CHARACTERS = 100_000  # of a document
_RULES_COUNT = 2_000
_SELECTORS_COUNT = 50  # of one rule
_ANCESTORS_COUNT = 8  # of one selector
_TRIALS_COUNT = 200_000  # of a document
_PATH_LENGTH = 100  # how far outwards an ancestor is looked for

# all these are linear: one class, or one way to go on from each place
_NO_CODE = re.compile(r"/\*(?s:.*?)(?:\*/|\Z)|\"[^\"\n]*(?:\"|\n|\Z)|'[^'\n]*(?:'|\n|\Z)|<!--|-->")
_ADDRESS = re.compile(r"(?i)url\([^)]*\)?")
_ESCAPED = re.compile(r"\\[^0-9a-fA-F\n]")
_STATE = re.compile(r":(?:link|visited|any-link)\b")
_COMPOUND = re.compile(r"([A-Za-z][\w:-]*|\*)?((?:[.#][\w-]+)*)")
_ON_SCREEN = frozenset({"all", "screen", "only screen", "only all", ""})
# a state the pointer brings about, a piece of an element, the wrapper of one webmail
_ELSEWHERE = re.compile(
    r":(?:hover|active|focus|before|after|first-l|:|-)|\.ExternalClass|#outlook|\.yshortcuts"
    r"|#MessageViewBody"
)


class Element(msgspec.Struct, frozen=True):
    """What selectors ask of an element."""

    tag: str
    identity: str
    classes: frozenset[str]

    def is_in(self, other: "Element") -> bool:
        """Whether the other has everything this one asks for."""
        return (
            (not self.tag or self.tag == other.tag)
            and (not self.identity or self.identity == other.identity)
            and self.classes <= other.classes
        )


class Selector(msgspec.Struct, frozen=True):
    """One selector: what it asks of an element, and of those around it."""

    wanted: Element
    around: tuple[tuple[Element, bool], ...]  # from the nearest outwards; True: the parent itself
    rank: tuple[int, int, int]  # ids, classes and tags asked for
    key: str  # the rarest word an element must have to be looked at
    text: str


class Rule(msgspec.Struct, frozen=True, eq=False):
    """One selector with its declarations; of two as strong the later one wins."""

    selector: Selector
    order: int
    normal: Mapping[str, str]
    important: Mapping[str, str]


_Matched: TypeAlias = tuple[Element, tuple[Rule, ...]]


class Sheet(msgspec.Struct):
    """The rules of a style sheet, by the word of a selector an element must have."""

    rules: dict[str, list[Rule]]
    rules_count: int = 0
    needs_path: bool = False
    has_unread_background: bool = False
    hiding_keys: frozenset[str] = frozenset()  # of rules that may make text vanish


EMPTY_SHEET = Sheet({})


@lru_cache(maxsize=128)
def sheet_of(text: str) -> Sheet:
    """A style sheet, as far as it can change what is seen.

    >>> sheet = sheet_of(".a, p.b { display: none } @media print { p { display: none } }")
    >>> sorted(sheet.rules), sheet.rules_count
    (['.a', '.b'], 2)
    """
    sheet = Sheet({})
    if "\\" in text:
        text = _ESCAPED.sub("_", text)
    text = text[:SHEET_CHARACTERS]
    if "/*" in text or '"' in text or "'" in text or "<!--" in text:
        text = _NO_CODE.sub(" ", text)
    if "(" in text:
        text = _ADDRESS.sub("url()", text)
    for selectors, body in _blocks(text):
        normal, important = ranked_declarations(body)
        if (normal or important) and can_matter({**normal, **important}):
            _add(sheet, selectors, normal, important)
        if sheet.rules_count >= _RULES_COUNT:
            break
    sheet.hiding_keys = frozenset(
        [key for key, rules in sheet.rules.items() if any(_may_hide(rule) for rule in rules)]
    )
    return sheet


def _may_hide(rule: Rule) -> bool:
    """Whether a rule hides text, or changes what it can be told from: other rules may show it."""
    look = style_of({**rule.normal, **rule.important})
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
    kept = [True]  # for every open bracket, whether rules inside count
    for piece in text.split("}"):
        *openings, inside = piece.split("{")
        for index, opening in enumerate(openings):
            prelude = opening.rpartition(";")[2].strip() if ";" in opening else opening.strip()
            is_group = prelude[:1] == "@"
            if kept[-1] and not is_group:
                body = inside if index == len(openings) - 1 else openings[index + 1]
                found.append((prelude, body))
            kept.append(kept[-1] and is_group and _is_for_screens(prelude))
        if len(kept) > 1:
            kept.pop()
    return found


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


def _add(sheet: Sheet, selectors: str, normal: dict[str, str], important: dict[str, str]) -> None:
    """Adds a rule under each of its selectors."""
    for text in selectors.split(",", _SELECTORS_COUNT)[:_SELECTORS_COUNT]:
        if (":" in text or "." in text or "#" in text) and _ELSEWHERE.search(text):
            continue
        selector = _selector(text)
        if selector is None:
            paints = any(name.startswith("background") for name in (*normal, *important))
            sheet.has_unread_background = sheet.has_unread_background or paints
            continue
        rule = Rule(selector, sheet.rules_count, normal, important)
        sheet.rules.setdefault(selector.key, []).append(rule)
        sheet.rules_count += 1
        if selector.around:
            sheet.needs_path = True


@lru_cache(maxsize=4_096)
def _selector(text: str) -> Selector | None:
    """A selector as read; None where it asks for more than we read.

    >>> _selector("table > td b.c").key, _selector("table > td b.c").rank
    ('.c', (0, 1, 3))
    >>> _selector("td[width]") is None
    True
    """
    if ":" in text:
        text = _STATE.sub("", text)
    found: list[tuple[Element, bool]] = []
    is_parent = False
    for word in reversed(text.replace(">", " > ").split()):
        if word == ">":
            is_parent = True
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None or not match[0]:
            return None
        found.append((_element(match[1] or "", match[2]), is_parent))
        is_parent = False
    if not found or is_parent or len(found) > _ANCESTORS_COUNT:
        return None
    wanted = found[0][0]
    key = min((f".{name}" for name in wanted.classes), default=wanted.tag or "*")
    return Selector(
        wanted,
        tuple(found[1:]),
        (
            len([1 for element, _ in found if element.identity]),
            sum([len(element.classes) for element, _ in found]),
            len([1 for element, _ in found if element.tag]),
        ),
        f"#{wanted.identity}" if wanted.identity else key,
        text.strip(),
    )


def _element(tag: str, rest: str) -> Element:
    """A compound selector as what it asks for."""
    if not rest:
        return Element("" if tag == "*" else tag.lower(), "", frozenset())
    names = rest.replace("#", ".#").split(".")
    return Element(
        tag="" if tag == "*" else tag.lower(),
        identity=next((name[1:] for name in names if name[:1] == "#"), ""),
        classes=frozenset([name for name in names if name and name[0] != "#"]),
    )


def _element_of(tag: str, given: Mapping[str, str | None]) -> Element:
    """An open element as selectors see it."""
    return Element(tag, given.get("id") or "", frozenset((given.get("class") or "").split()))


_NO_NAMES: frozenset[str] = frozenset()
_NOTHING: _Matched = (Element("", "", _NO_NAMES), ())


class Cascade:
    """A style sheet at work on one document: what it makes of each element."""

    def __init__(self, sheet: Sheet, around: Sequence[tuple[str, Attributes]]) -> None:
        self.is_exhausted = False
        self.needs_path = sheet.needs_path
        self._rules_by_key = sheet.rules
        self._concerns_all = sheet.needs_path or "*" in sheet.rules
        self._classes = frozenset([key[1:] for key in sheet.rules if key[0] == "."])
        self._trials_left = _TRIALS_COUNT
        self._path = [_element_of(tag, dict(attributes)) for tag, attributes in around]
        self._matching: dict[tuple[str, str | None, str | None], _Matched] = {}
        self._styles: dict[tuple[object, ...], Style] = {}

    def concerns(self, tag: str) -> bool:
        """Whether an element without attributes must be told of."""
        return self._concerns_all or tag in self._rules_by_key

    def style(self, tag: str, given: Mapping[str, str | None]) -> Style:
        """The style of an element that begins here, its own declarations included."""
        key = tag, given.get("class"), given.get("id")
        matched = self._matching.get(key)
        if matched is None:
            matched = self._matching[key] = self._by_themselves(*key)
        element, rules = matched
        if self.needs_path:
            if rules and self.is_exhausted:
                rules = ()
            elif rules:
                rules = tuple(
                    [
                        rule
                        for rule in rules
                        if not rule.selector.around or self._is_inside(rule.selector.around)
                    ]
                )
            self._path.append(element)
        declared = given.get("style")
        if not rules:
            return style(declared) if declared else PLAIN
        known = rules, declared
        found = self._styles.get(known)
        if found is None:
            found = self._styles[known] = cascaded(rules, declared or "")
        return found

    def leave(self) -> None:
        """The innermost element ends."""
        self._path.pop()

    def _by_themselves(self, tag: str, class_: str | None, identity: str | None) -> _Matched:
        """An element and the rules whose last part asks for such a one, the weakest first."""
        rules = self._rules_by_key
        classes = frozenset(class_.split()) if class_ else _NO_NAMES
        candidates = [*rules.get("*", ()), *rules.get(tag, ())]
        if identity is not None:
            candidates += rules.get(f"#{identity}", ())
        for name in self._classes & classes:
            candidates += rules[f".{name}"]
        if not candidates and not self.needs_path:
            return _NOTHING
        element = Element(tag, identity or "", classes)
        self._spend(len(candidates))
        if self.is_exhausted or not candidates:
            return element, ()
        found = [rule for rule in candidates if rule.selector.wanted.is_in(element)]
        return element, tuple(sorted(found, key=strength))

    def _is_inside(self, around: Sequence[tuple[Element, bool]]) -> bool:
        """Whether the open elements are those a selector asks for around an element."""
        path = self._path[-_PATH_LENGTH:]
        self._spend(len(path))
        if self.is_exhausted:
            return False
        place = len(path)
        for wanted, is_parent in around:
            place -= 1
            while place >= 0 and not wanted.is_in(path[place]):
                if is_parent:
                    return False
                place -= 1
            if place < 0:
                return False
        return True

    def _spend(self, trials: int) -> None:
        """Counts work; a sheet made to be slow is laid aside."""
        self._trials_left -= trials
        self.is_exhausted = self.is_exhausted or self._trials_left < 0


def strength(rule: Rule) -> tuple[tuple[int, int, int], int]:
    """Which of two rules wins: the one that asks for more, then the later one."""
    return rule.selector.rank, rule.order


def cascaded(rules: Sequence[Rule], declared: str) -> Style:
    """What rules, the weakest first, and an element's own declarations come to."""
    own, own_important = ranked_declarations(declared)
    given: dict[str, str] = {}
    for rule in rules:
        given.update(rule.normal)
    given.update(own)
    for rule in rules:
        given.update(rule.important)
    given.update(own_important)
    return style_of(given)
