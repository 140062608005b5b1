"""What a tenant wants of each rule: switched off, or of another severity."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Protocol

from chaffinch.core.tenant import RuleChoice
from chaffinch.core.vocabulary import Severity
from chaffinch.detectors.document import RuleDocument

_MILDEST_FIRST = tuple(Severity)


class Chosen(Protocol):
    """A rule as choices see it."""

    @property
    def name(self) -> str:
        """What the rule is called."""

    @property
    def origin(self) -> str:
        """Whose it is: a feed, a folder, or ours."""

    @property
    def document(self) -> RuleDocument:
        """What stands in its file."""


class Choices:
    """The choices of one tenant, applied to rules.

    Of several that fit a rule the one that names it most narrowly counts: an id before a name, a
    name before a pattern, a longer pattern before a shorter, then a tag, then a feed. Of equally
    narrow ones it is the strictest: what is on, and the gravest severity.
    """

    def __init__(self, choices: tuple[RuleChoice, ...]) -> None:
        self._switches = sorted(
            (one for one in choices if one.enabled is not None),
            key=lambda one: (_narrowness(one), one.enabled),
        )
        self._severities = sorted(
            (one for one in choices if one.severity is not None),
            key=lambda one: (_narrowness(one), one.severity and _MILDEST_FIRST.index(one.severity)),
        )

    def severity_of(self, rule: Chosen) -> Severity | None:
        """The severity a rule has for the tenant, or None where it is switched off.

        >>> from chaffinch.detectors.rules import Rule
        >>> from chaffinch.mql.grammar import parse
        >>> document = RuleDocument(name="N", source="true", path="a/b.yml", tags=("noisy",))
        >>> rule = Rule(name="a/b", document=document, expr=parse("true"), origin="feed")
        >>> Choices((RuleChoice(tag="noisy", severity=Severity.LOW),)).severity_of(rule)
        <Severity.LOW: 'low'>
        >>> Choices((RuleChoice(name="a/*", enabled=False),)).severity_of(rule) is None
        True
        """
        switch = next((one for one in reversed(self._switches) if fits(one, rule)), None)
        if switch is not None and not switch.enabled:
            return None
        chosen = next((one for one in reversed(self._severities) if fits(one, rule)), None)
        return (chosen and chosen.severity) or rule.document.severity


def _narrowness(choice: RuleChoice) -> tuple[bool, bool, int, bool, bool]:
    """How narrowly a choice names rules; more is narrower."""
    literal = len(choice.name) - choice.name.count("*") - choice.name.count("?")
    is_whole = bool(choice.name) and literal == len(choice.name)
    return bool(choice.id), is_whole, literal, bool(choice.tag), bool(choice.feed)


@lru_cache(maxsize=256)
def choices_of(choices: tuple[RuleChoice, ...]) -> Choices:
    """The choices of a tenant, the same object for the same choices."""
    return Choices(choices)


def fits(choice: RuleChoice, rule: Chosen) -> bool:
    """Whether a rule fits every selector of a choice."""
    return (
        (not choice.id or choice.id == rule.document.id)
        and (not choice.name or fnmatchcase(rule.name, choice.name))
        and (not choice.feed or choice.feed == rule.origin)
        and (not choice.tag or choice.tag in rule.document.tags)
    )


def without_rules(choices: Iterable[RuleChoice], rules: Iterable[Chosen]) -> Iterator[int]:
    """The numbers of the choices that fit no rule: most likely slips."""
    known = tuple(rules)
    for index, choice in enumerate(choices):
        if not any(fits(choice, rule) for rule in known):
            yield index
