"""Style sheets at work on a document: what they make of each element."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from chaffinch.message.declarations import ranked_declarations
from chaffinch.message.style import PLAIN, Style, style, style_of
from chaffinch.message.stylesheet import Rule, Sheet, Words

_SELECTED_COUNT = 100  # words worth asking the parser for
_TRIALS_COUNT = 200_000  # of a document
PATH_LENGTH = 100  # how far outwards an ancestor is looked for
_NONE: Mapping[str, str] = {}


def selector_of(keys: Iterable[str]) -> str | None:
    """What asks for all elements with one of these words; None where that is too much to ask.

    >>> selector_of(["td", ".a", "#b"])
    'td,[class~="a"],[id="b"]'
    """
    asked: list[str] = []
    for key in keys:
        if key[0] == ".":
            asked.append(f'[class~="{key[1:]}"]')
        elif key[0] == "#":
            asked.append(f'[id="{key[1:]}"]')
        elif key.isascii() and key.isalnum():
            asked.append(key)
        else:
            return None
    return ",".join(asked) if len(asked) <= _SELECTED_COUNT else None


class Cascade:
    """A style sheet at work on one document: what it makes of each element."""

    def __init__(self, sheet: Sheet) -> None:
        self._rules = sheet.rules
        self._keys = frozenset(sheet.rules)
        self._trials_left = _TRIALS_COUNT
        self._matching: dict[Words, tuple[Rule, ...]] = {}
        self._styles: dict[tuple[object, ...], Style] = {}

    def matching(self, words: Words) -> tuple[Rule, ...]:
        """The rules whose last part asks for such an element, the weakest first."""
        if self.is_tired:
            return ()
        known = self._matching.get(words)
        if known is None:
            known = self._matching[words] = self._found(words)
        return known

    def _found(self, words: Words) -> tuple[Rule, ...]:
        """The same, looked for."""
        rules = self._rules
        candidates = list(rules.get("*", ()))
        for word in self._keys & words:
            candidates += rules[word]
        self._trials_left -= len(candidates)
        found = [rule for rule in candidates if rule.selector.wanted <= words]
        found.sort(key=strength)
        return tuple(found)

    @property
    def is_tired(self) -> bool:
        """Whether it was asked so often that it answers no more."""
        return self._trials_left < 0

    def style(self, rules: tuple[Rule, ...], own: str) -> Style:
        """What rules, the weakest first, and an element's own declarations come to."""
        if not rules:
            return style(own) if own else PLAIN
        known = rules, own
        found = self._styles.get(known)
        if found is None:
            found = self._styles[known] = cascaded(rules, own)
        return found

    def holding(
        self, rules: tuple[Rule, ...], path: Callable[[], Sequence[Words]]
    ) -> tuple[Rule, ...]:
        """Those of the rules that hold inside the open elements, the outermost first."""
        around = path()
        return tuple(
            [
                rule
                for rule in rules
                if not rule.selector.around or self._is_inside(rule.selector.around, around)
            ]
        )

    def _is_inside(self, around: Sequence[tuple[Words, bool]], path: Sequence[Words]) -> bool:
        """Whether the open elements are those a selector asks for around an element."""
        place = len(path)
        end = max(0, place - PATH_LENGTH)
        self._trials_left -= place - end
        if self._trials_left < 0:
            return False
        for wanted, is_parent in around:
            place -= 1
            while place >= end and not wanted <= path[place]:
                if is_parent:
                    return False
                place -= 1
            if place < end:
                return False
        return True


def strength(rule: Rule) -> tuple[tuple[int, int, int], int]:
    """Which of two rules wins: the one that asks for more, then the later one."""
    return rule.selector.rank, rule.order


def cascaded(rules: Sequence[Rule], own: str) -> Style:
    """What rules, the weakest first, and an element's own declarations come to."""
    normal, important = ranked_declarations(own) if own else (_NONE, _NONE)
    given: dict[str, str] = {}
    for rule in rules:
        given.update(rule.declared.normal)
    given.update(normal)
    for rule in rules:
        given.update(rule.declared.important)
    given.update(important)
    return style_of(given)
