"""Nodes → Python functions: which expression becomes a function, which value is remembered.

Every expression is written in place, unless many use it or it is long: then it is a function, and a
closed one that several use is remembered in the run (``V``) once it is known.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chaffinch.mql import tree
from chaffinch.mql.compiler.columns import Columns
from chaffinch.mql.compiler.doubts import is_answer
from chaffinch.mql.compiler.necessary import Column
from chaffinch.mql.compiler.node import Node, is_loop
from chaffinch.mql.compiler.preselect import Wanted
from chaffinch.mql.compiler.steps import VALUES

LONGEST_EXPRESSION = 700
LONGEST_BODY = 6_000
_WORTH_REMEMBERING = 2.5  # what costs less is computed again


@dataclass
class Module:
    """The source being written: constants and functions, and the places in the run."""

    lines: list[str] = field(default_factory=list)
    constants: dict[str, str] = field(default_factory=dict)
    functions: dict[int, str] = field(default_factory=dict)  # by node
    places: dict[object, int] = field(default_factory=dict)  # what is remembered → where in the run
    columns: Columns = field(default_factory=Columns)
    expressions: list[list[Wanted]] = field(default_factory=list)  # of columns, in order
    bodies: Mapping[str, Callable[["Scope", Node], list[str]]] = field(default_factory=dict)
    readers: dict[Column, str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)  # of the message, by public name

    def constant(self, text: str) -> str:
        """The name of a constant that this text makes."""
        return self.constants.setdefault(text, f"K{len(self.constants)}")

    def place(self, key: object) -> int:
        """Where the value of a closed node, or the hits of a column, are remembered."""
        return self.places.setdefault(key, VALUES + len(self.places))

    @property
    def size(self) -> int:
        """How many places a run has."""
        return VALUES + len(self.places)

    def source(self) -> str:
        """The whole module."""
        made = [f"{name} = {text}" for text, name in self.constants.items()]
        return "\n".join([*made, *self.lines, ""])


@dataclass
class Scope:
    """One function being written: the names of the elements in scope, the temporaries."""

    module: Module
    write: Callable[["Scope", Node], str]  # one expression in place
    elements: tuple[str, ...] = ()
    temporaries: int = 0
    hoisted: dict[int, str] | None = None  # what a loop works out once, by node

    def hoist(self, node: Node) -> str | None:
        """The name for a value that does not change inside the loop, where there is a loop."""
        if self.hoisted is None or 1 in node.levels or not node.levels:
            return None
        return self.hoisted.setdefault(node.number, f"h{len(self.hoisted)}")

    def name(self) -> str:
        """A new temporary."""
        self.temporaries += 1
        return f"t{self.temporaries}"

    def element(self, up: int) -> str:
        """The name of an element of a scope."""
        return self.elements[-1 - up]

    def within(self, element: str) -> "Scope":
        """The same function, one scope further in."""
        return _Inner(self, element)

    def loop(self, element: str) -> "Scope":
        """The same function inside its own loop, before which ``begun`` has to stand."""
        inner = _Inner(self, element)
        inner.hoisted = {}
        return inner

    def begun(self) -> list[str]:
        """What stands before a loop: nothing hoisted is known yet."""
        names = list((self.hoisted or {}).values())
        return [f" {' = '.join(names)} = N"] if names else []

    def expression(self, node: Node) -> str:
        """Python for the value of a node."""
        if is_remembered(node):
            place = self.module.place(node.number)
            name = function(self.module, self.write, node)
            got = self.name()
            return f"({got} if ({got} := V[{place}]) is not N else {name}(V))"
        kept = self.hoist(node) if node.work >= _WORTH_REMEMBERING else None
        if kept is not None:
            return f"({kept} if {kept} is not N else ({kept} := {self._written(node)}))"
        return self._written(node)

    def body(self, node: Node) -> str:
        """Python for what a loop asks of each element: in place, so that what is hoisted is known.

        Only its operands are functions where they are long.
        """
        return self.expression(node) if node.is_closed else self._written(node, LONGEST_BODY)

    def _written(self, node: Node, longest: int = LONGEST_EXPRESSION) -> str:
        if is_loop(node):
            return self._called(node)
        written = self.write(self, node)
        if len(written) <= longest or isinstance(node.expr, tree.Literal):
            return written
        return self._called(node)

    def hits(self, column: Column) -> str:
        """Python for the numbers of the predicates whose literals a column has."""
        place = self.module.place(column)
        name = reader(self.module, self.write, column)
        got = self.name()
        return f"({got} if ({got} := V[{place}]) is not N else {name}(V))"

    def _called(self, node: Node) -> str:
        name = function(self.module, self.write, node)
        given = [self.element(up) for up in range(node.reach)]
        return f"{name}({', '.join(['V', *given])})"


class _Inner(Scope):
    """A scope inside another of the same function; temporaries are counted together."""

    def __init__(self, outer: Scope, element: str) -> None:
        super().__init__(outer.module, outer.write, (*outer.elements, element))
        self._outer = outer

    def name(self) -> str:
        return self._outer.name()


def is_remembered(node: Node) -> bool:
    """Whether the value of a node is worth a place in the run."""
    return (
        node.is_closed
        and (node.users > 1 or is_answer(node))
        and node.work >= _WORTH_REMEMBERING
        and not isinstance(node.expr, tree.Options)
    )


def function(module: Module, write: Callable[[Scope, Node], str], node: Node) -> str:
    """The name of the function that gives a node's value, written when first asked for."""
    name = module.functions.get(node.number)
    if name is None:
        name = f"n{node.number}"
        module.functions[node.number] = name
        _write_function(module, write, node, name)
    return name


def reader(module: Module, write: Callable[[Scope, Node], str], column: Column) -> str:
    """The name of the function that scans a column, written when first asked for."""
    name = module.readers.get(column)
    if name is not None:
        return name
    name = module.readers[column] = f"c{len(module.readers)}"
    inside, whole = module.columns.tables(column)
    scan = module.constant(f"Scanner({inside!r}, {whole!r}{_preselected(module, column)})")
    scope = Scope(module, write)
    if column.items is None:
        lines = [f" r = {scan}.one({scope.expression(column.text)})"]
    else:
        value = scope.within("y").expression(column.text)
        lines = [
            f" i = {scope.expression(column.items)}",
            f" r = {scan}.many({{{value} for y in i}})",
        ]
        if not column.items.is_certain:
            lines[1] += f" if i.__class__ is tuple else {scan}.absent"
    module.lines += [f"def {name}(V):", *lines, f" V[{module.place(column)}] = r", " return r"]
    return name


def _preselected(module: Module, column: Column) -> str:
    """The argument for the regular expressions looked for in a column, if there are any."""
    wanted = module.columns.expressions(column)
    if not wanted:
        return ""
    module.expressions.append(wanted)
    return f", D[{len(module.expressions) - 1}]"


def _write_function(
    module: Module, write: Callable[[Scope, Node], str], node: Node, name: str
) -> None:
    parameters = [f"x{up}" for up in range(node.reach)]
    scope = Scope(module, write, tuple(reversed(parameters)))
    body = module.bodies[_body_kind(node)](scope, node)
    if is_remembered(node):
        place = module.place(node.number)
        last = body.pop()
        if _has_returns(body):
            inner = f"{name}b"
            module.lines += [f"def {inner}(V):", *body, last]
            body = [f" V[{place}] = r = {inner}(V)", " return r"]
        else:
            body += [f" V[{place}] = r = {last.removeprefix(' return ')}", " return r"]
    module.lines += [f"def {name}({', '.join(['V', *parameters])}):", *body]


def _has_returns(body: list[str]) -> bool:
    return any("return " in line for line in body)


def _body_kind(node: Node) -> str:
    if is_loop(node):
        assert isinstance(node.expr, tree.Call)
        return node.expr.name
    if isinstance(node.expr, tree.And):
        return "and"
    if isinstance(node.expr, tree.Or):
        return "or"
    return "of" if isinstance(node.expr, tree.Of) else "plain"
