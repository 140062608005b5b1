"""What an element does to the page by its tag and attributes, found out once for all alike."""

import msgspec

from chaffinch.message.html_links import TARGETS, VECTOR, target_of
from chaffinch.message.inner_text import PREFORMATTED
from chaffinch.message.listener import Attributes
from chaffinch.message.quote_marks import MARKED, Mark, mark_of, rule_mark
from chaffinch.message.style import (
    BOXES,
    PLAIN,
    PREFORMATTED_STYLE,
    PRESENTATIONAL,
    Look,
    Style,
    attribute_style,
    style,
)
from chaffinch.message.stylesheet import Cascade, Rule, Words, words_of

_MARKING = frozenset({"class", "id", "type", "style"})


class Effect(msgspec.Struct):
    """What begins with every element of one tag and the same attributes."""

    tag: str
    attributes: Attributes
    words: Words | None  # None where nobody asks for them
    matching: tuple[Rule, ...]  # those rules of a style sheet that ask for it
    style: Style
    href: str | None
    mark: Mark | None
    holding: tuple[Rule, ...]  # those of them that hold where it was last met
    depends_on_place: bool = False  # some of the rules hold only inside certain elements
    acts: bool = False  # otherwise it does nothing
    before: Look | None = None  # the look it was last met in, and what it made of that
    after: Look | None = None

    def inside(self, look: Look) -> Look:
        """The look inside the element, where it stands in one like this."""
        if self.before is look and self.after is not None:
            return self.after
        self.before = look
        self.after = look.within(self.style, is_box=self.tag in BOXES)
        return self.after

    def hold(self, rules: tuple[Rule, ...], cascade: Cascade) -> None:
        """From here on only these rules hold."""
        if rules != self.holding:
            self.holding = rules
            self.before = None
            given = dict(self.attributes)
            own = cascade.style(rules, given.get("style") or "")
            self.style = _style_of(self.tag, given, own)


def effect_of(
    tag: str, attributes: Attributes, words: Words | None, cascade: Cascade | None
) -> Effect:
    """The effect of an element; its words must be given where there is a cascade.

    >>> effect_of("p", (("align", "left"),), None, None).acts
    False
    """
    given = dict(attributes)
    declared = given.get("style") or ""
    href, mark, rules = None, None, ()
    if cascade is not None and words is not None:
        rules = cascade.matching(words)
        own = cascade.style(rules, declared)
    else:
        own = style(declared) if declared else PLAIN
    if tag in TARGETS or tag.startswith(VECTOR):
        href = target_of(tag, given.get)
    if tag in MARKED and not _MARKING.isdisjoint(given):
        mark = mark_of(tag, given.get("class"), given.get("id"), given.get("type"))
        mark = mark or rule_mark(tag, declared)
    effect = Effect(tag, attributes, words, rules, _style_of(tag, given, own), href, mark, rules)
    effect.depends_on_place = any([rule.selector.around for rule in rules])
    effect.acts = (
        effect.style is not PLAIN
        or href is not None
        or mark is not None
        or effect.depends_on_place
        or tag == "form"
    )
    return effect


def _style_of(tag: str, given: dict[str, str | None], own: Style) -> Style:
    """The style of an element, with what its old attributes and its tag say where it does not."""
    if not PRESENTATIONAL.isdisjoint(given):
        own = own.over(attribute_style(tag, given, is_displayed=own.is_displayed))
    return own.over(PREFORMATTED_STYLE) if tag in PREFORMATTED else own


def all_words(tag: str, attributes: Attributes) -> Words:
    """The words by which selectors may ask for an element."""
    classes = identity = None
    for name, value in attributes:
        if name == "class":
            classes = value
        elif name == "id":
            identity = value
    return words_of(tag, classes, identity)
