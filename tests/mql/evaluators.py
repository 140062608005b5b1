"""The evaluators of the language: every table of cells holds for each of them."""

from collections.abc import Callable, Mapping

from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.tree import Expr

Evaluator = Callable[[Expr, object, Capabilities], object]


def reference(expr: Expr, message: object, capabilities: Capabilities) -> object:
    """The value the executable definition gives."""
    return evaluate(expr, message, capabilities).value


EVALUATORS: Mapping[str, Evaluator] = {"reference": reference}
