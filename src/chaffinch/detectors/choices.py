"""What a tenant wants of each rule: switched off, or of another severity."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Protocol

from chaffinch.core.tenant import RuleChoice
from chaffinch.core.vocabulary import Severity
from chaffinch.detectors.document import RuleDocument


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
    """The choices of one tenant, applied to rules."""

    def __init__(self, choices: tuple[RuleChoice, ...]) -> None:
        self._choices = choices

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
        is_enabled, severity = True, rule.document.severity
        for choice in self._choices:
            if fits(choice, rule):
                is_enabled = is_enabled if choice.enabled is None else choice.enabled
                severity = choice.severity or severity
        return severity if is_enabled else None


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
