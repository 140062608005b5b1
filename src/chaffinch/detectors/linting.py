"""Warnings about a rule document: what its source hardly means, and what nobody answers here."""

from collections.abc import Iterator

from chaffinch.core.errors import RuleError
from chaffinch.detectors.document import RuleDocument
from chaffinch.detectors.installation import Installation
from chaffinch.detectors.loading import Lint, schema_of, signal_types
from chaffinch.mql.check import shapes
from chaffinch.mql.lint.needs import first_use, needs
from chaffinch.mql.lint.reach import can_fire
from chaffinch.mql.lint.warning import warning
from chaffinch.mql.lint.warnings import all_warnings
from chaffinch.mql.tree import Expr

FIRES_ON_MAIL = ("rule", "dlp")


def linter(here: Installation) -> Lint:
    """What warns about documents on this installation."""

    def lint(document: RuleDocument, expr: Expr) -> Iterator[RuleError]:
        found = shapes(expr, schema_of(document), signal_types())
        yield from all_warnings(expr, found, is_rule=document.type in FIRES_ON_MAIL)
        yield from _lacking(expr, here)

    return lint


def _lacking(expr: Expr, here: Installation) -> Iterator[RuleError]:
    lacking = here.lacks(needs(expr))
    if lacking:
        still = "it can still fire" if can_fire(expr, lacking) else "it can never fire here"
        said = f"nobody here answers {', '.join(sorted(lacking))}"
        yield warning("L107", said, first_use(expr, lacking), f"undecided without; {still}")
