"""The rules as tables: each the operands of its conjunction, functions in the order they are read.

A rule is read in one of three ways. Whether it is true: operands the sieve has not settled, up to
one that is not true. Whether it is undecided, once it is not true: operands up to a false one, or
up to the last that has doubts. What its value is: all operands.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from chaffinch.mql import tree
from chaffinch.mql.compiler.doubts import Doubt, Doubts, is_array
from chaffinch.mql.compiler.expressions import write
from chaffinch.mql.compiler.junctions import best_first
from chaffinch.mql.compiler.node import Node, operands_of
from chaffinch.mql.compiler.writer import Module, Scope, function, is_remembered


def write_rules(module: Module, rules: Sequence[Node], settled: frozenset[Node]) -> None:
    """Write the tables ``TRUE``, ``DOUBTFUL`` and ``OPERANDS``, a row for each rule.

    ``settled`` are the gates that are true of every rule the sieve thinks may be true. A doubtful
    operand stands beside the doubts that it and those after it have, as bits.
    """
    names: dict[int, str] = {}
    doubts = Doubts()
    numbers: dict[Doubt, int] = {}
    asked: dict[Doubt, int] = {}

    def named(node: Node) -> str:
        if node.number not in names:
            names[node.number] = _operand(module, node)
        return names[node.number]

    def from_here_on(nodes: Sequence[Node]) -> Iterator[str]:
        for at, node in enumerate(nodes):
            later = frozenset().union(*(doubts.of(one) for one in nodes[at:]))
            bits = sum(1 << numbers.setdefault(one, len(numbers)) for one in later)
            if bits:
                yield f"({named(node)}, {bits:#x})"

    tables: dict[str, list[str]] = {"TRUE": [], "DOUBTFUL": [], "OPERANDS": []}
    for number, rule in enumerate(rules):
        for doubt in doubts.of(rule):
            asked[doubt] = asked.get(doubt, 0) | 1 << number
        parts = best_first(operands_of(rule), False)
        tables["DOUBTFUL"].append(_row(from_here_on(parts)))
        tables["TRUE"].append(_row(named(one) for one in parts if one not in settled))
        tables["OPERANDS"].append(_row(map(named, parts)))
    module.lines += [f"{name} = {_row(rows)}" for name, rows in tables.items()]
    _write_doubts(module, asked, numbers)


def _row(items: Iterable[str]) -> str:
    return f"({''.join(one + ', ' for one in items)})"


def _operand(module: Module, node: Node) -> str:
    """The name of a function of one operand, which looks first whether it is known."""
    name = function(module, write, node)
    if not is_remembered(node):
        return name
    place = module.place(node.number)
    module.lines.append(
        f"def o{node.number}(V): return t if (t := V[{place}]) is not N else {name}(V)"
    )
    return f"o{node.number}"


def _write_doubts(module: Module, asked: Mapping[Doubt, int], numbers: Mapping[Doubt, int]) -> None:
    """Write ``doubts(V, b)``: of the rules ``b`` those that may be undecided, and why.

    It goes by the answers given so far.
    """
    lines = [" u = d = 0"]
    for doubt, rules in asked.items():
        bits = 1 << numbers[doubt] if doubt in numbers else 0
        test = _doubt_test(module, doubt)
        lines.append(f" if b & {rules:#x}{test}: u |= {rules:#x}; d |= {bits:#x}")
    module.lines += ["def doubts(V, b):", *lines, " return u, d"]


def _doubt_test(module: Module, doubt: Doubt) -> str:
    """Python that says whether a doubt is there, after others."""
    if doubt is None:
        return ""
    if is_array(doubt):
        return f" and {Scope(module, write).expression(doubt)}"
    if isinstance(doubt.expr, tree.ListName):
        value = Scope(module, write).expression(doubt)
    elif is_remembered(doubt):
        value = f"V[{module.place(doubt.number)}]"
    else:
        return ""
    return f" and ((t := {value}) is N or not is_whole(t))"
