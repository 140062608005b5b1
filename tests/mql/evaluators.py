"""The evaluators of the language: every table of cells holds for each of them."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.compiler.program import Program, compiled
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.schema import Schema
from chaffinch.mql.tree import Expr

Evaluator = Callable[[Expr, object, Capabilities], object]


def reference(expr: Expr, message: object, capabilities: Capabilities) -> object:
    """The value the executable definition gives."""
    return evaluate(expr, message, capabilities).value


def generated(expr: Expr, message: object, capabilities: Capabilities) -> object:
    """The value the compiled set gives; where it is skipped, it must not have mattered."""
    root: type = type(message)
    program = _program(expr, root)
    value = program.value(0, program.run(message, capabilities))
    matters = [one for _, one in program.outcomes(message, capabilities)]
    assert matters == ([value] if _matters(value) else [])
    return value


def _matters(value: object) -> bool:
    """Whether a rule of this value is true or undecided."""
    return value is True or type(value).__name__ == "Unknown"


@lru_cache(maxsize=512)
def _program(expr: Expr, root: type) -> Program:
    return compiled([expr], Schema(root), {})


EVALUATORS: Mapping[str, Evaluator] = {"reference": reference, "compiled": generated}
