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

_ORDINARY = Look()


class Effect(msgspec.Struct, gc=False):
    """What begins with every element of one tag and the same attributes."""

    tag: str
    attributes: Attributes
    words: Words | None  # None where nobody asks for them
    matching: tuple[Rule, ...]  # those rules of a style sheet that ask for it
    holding: tuple[Rule, ...]  # those of them that hold where it was last met
    depends_on_place: bool  # some of them hold only inside certain elements
    style: Style
    href: str | None
    mark: Mark | None
    acts: bool  # otherwise it does nothing
    before: Look | None = None  # the look it was last met in
    after: Look = _ORDINARY  # the look inside it there

    def inside(self, look: Look) -> Look:
        """The look inside the element, where it stands in one like this."""
        if self.before is not look:
            self.before = look
            self.after = look.within(self.style, is_box=self.tag in BOXES)
        return self.after

    def hold(self, rules: tuple[Rule, ...], cascade: Cascade) -> None:
        """From here on only these rules hold."""
        if rules != self.holding:
            self.holding = rules
            self.before = None
            self.style = _style_of(self.tag, dict(self.attributes), rules, cascade)


def effect_of(
    tag: str, attributes: Attributes, words: Words | None, cascade: Cascade | None
) -> Effect:
    """The effect of an element; its words must be given where there is a cascade.

    >>> effect_of("p", (("align", "left"),), None, None).acts
    False
    """
    given = dict(attributes)
    rules = cascade.matching(words) if cascade is not None and words is not None else ()
    declared = given.get("style")
    own = style(declared) if declared else PLAIN
    if rules or tag in PREFORMATTED or not PRESENTATIONAL.isdisjoint(given):
        own = _style_of(tag, given, rules, cascade)
    href = None
    if tag in TARGETS or tag[:2] == VECTOR:
        href = target_of(tag, given.get)
    mark = _mark_of(tag, given) if tag in MARKED else None
    depends = bool(rules) and any([rule.selector.around for rule in rules])
    acts = own is not PLAIN or href is not None or mark is not None or depends or tag == "form"
    return Effect(tag, attributes, words, rules, rules, depends, own, href, mark, acts)


def _mark_of(tag: str, given: dict[str, str | None]) -> Mark | None:
    """The mark an element carries."""
    classes, identity, declared = given.get("class"), given.get("id"), given.get("style")
    mark = None
    if classes or identity or tag == "blockquote":
        mark = mark_of(tag, classes, identity, given.get("type"))
    return mark or (rule_mark(tag, declared) if declared and tag == "div" else None)


def _style_of(
    tag: str, given: dict[str, str | None], rules: tuple[Rule, ...], cascade: Cascade | None
) -> Style:
    """The style of an element, with what its old attributes and its tag say where it does not."""
    declared = given.get("style") or ""
    own = style(declared) if cascade is None else cascade.style(rules, declared)
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
