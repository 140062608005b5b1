"""All warnings about one expression; each family of them is a file of this room."""

from collections.abc import Mapping

from chaffinch.core.errors import RuleError
from chaffinch.mql.lint.clauses import clause_warnings
from chaffinch.mql.lint.comparisons import comparison_warnings
from chaffinch.mql.lint.needles import needle_warnings
from chaffinch.mql.lint.reach import never_true
from chaffinch.mql.shapes import Shape
from chaffinch.mql.tree import Expr, walk


def all_warnings(
    expr: Expr, shapes: Mapping[int, Shape], *, is_rule: bool = True
) -> list[RuleError]:
    """What an expression that passed the checker hardly means, in source order.

    ``shapes`` are those the checker found; a rule, unlike a query, is meant to be true of some mail
    and not of all.
    """
    found: list[RuleError] = []
    for node, _ in walk(expr):
        found += needle_warnings(node)
        found += comparison_warnings(node, shapes)
    found += clause_warnings(expr, is_rule=is_rule)
    if is_rule and not found:
        found += never_true(expr)
    return sorted(found, key=lambda one: (one.start, one.code))
