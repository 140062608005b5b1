"""One warning: a rule error whose code begins with L."""

from chaffinch.core.errors import RuleError
from chaffinch.mql.tree import Expr


def warning(code: str, text: str, expr: Expr, hint: str = "") -> RuleError:
    """A warning about an expression."""
    return RuleError(code, text, start=expr.start, end=expr.end, hint=hint)
