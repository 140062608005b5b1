"""Which rules can matter to a message: gates that many rules share, then texts scanned once each.

The sieve is generated code over sets of rules written as integers, a bit a rule. A rule keeps its
bit unless one of its clauses certainly fails (``necessary.py``). Clauses on texts stand in slots:
bit ``rule + slot * rules`` is set when one of the clause's atoms holds.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chaffinch.mql.compiler.columns import Columns
from chaffinch.mql.compiler.expressions import write
from chaffinch.mql.compiler.necessary import Clause, Column, Gate, clauses, weight
from chaffinch.mql.compiler.node import Node
from chaffinch.mql.compiler.writer import Module, Scope
from chaffinch.mql.shapes import Kind

SLOTS = 4
_SHARED_BY = 3  # a gate fewer rules ask for is left to the rules
_DEAREST = 6.0  # a gate may cost so much for each rule that asks for it
_ASKED_BY = 3  # a text fewer rules ask something of is left to the rules
_SIDE_COST = 14.0  # of a gate that is one of several atoms
_CHEAP = 16.0  # a gate this cheap is evaluated without asking whether anybody still needs it


@dataclass
class Sieve:
    """What the rules of a set ask for."""

    count: int
    columns: Columns
    gates: dict[Node, int] = field(default_factory=lambda: defaultdict(int))
    slotted_gates: dict[Node, int] = field(default_factory=lambda: defaultdict(int))
    hits: dict[Column, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    asked: int = 0  # the slot bits of all clauses
    may_be_undecided: int = 0
    asks: frozenset[Column] | None = None  # the columns that are scanned for the sieve

    def asked_often(self) -> frozenset[Column]:
        """The columns that enough rules ask something of."""
        return frozenset(
            column for column, table in self.hits.items() if self._askers(table) >= _ASKED_BY
        )

    def _askers(self, table: Mapping[int, int]) -> int:
        bits = 0
        for one in table.values():
            bits |= one
        return self.rules_of(bits).bit_count()

    def add(self, rule: int, node: Node) -> None:
        """Take in what one rule asks for."""
        if node.absence.unknown:
            self.may_be_undecided |= 1 << rule
        slot = 0
        for clause in clauses(node):
            only = next(iter(clause)) if len(clause) == 1 else None
            if isinstance(only, Gate):
                self.gates[only.node] |= 1 << rule
            elif slot < SLOTS and weight(clause) < 1.0 and self._is_tested(clause):
                self._put(clause, 1 << (rule + slot * self.count))
                slot += 1

    def _is_tested(self, clause: Clause) -> bool:
        return all(
            atom.node.cost <= _SIDE_COST
            if isinstance(atom, Gate)
            else self.columns.number(atom) is not None
            and (self.asks is None or atom.column in self.asks)
            for atom in clause
        )

    def _put(self, clause: Clause, bit: int) -> None:
        self.asked |= bit
        for atom in clause:
            if isinstance(atom, Gate):
                self.slotted_gates[atom.node] |= bit
                continue
            number = self.columns.numbers[atom]
            table = self.hits[atom.column]
            table[number] = table.get(number, 0) | bit

    def rules_of(self, bits: int) -> int:
        """The rules whose slots have a bit."""
        full = (1 << self.count) - 1
        found = 0
        for slot in range(SLOTS):
            found |= (bits >> slot * self.count) & full
        return found


def sieve(rules: Sequence[Node], columns: Columns) -> Sieve:
    """What the rules ask for, together, of texts that enough of them ask something of."""
    everything = Sieve(len(rules), columns)
    for number, node in enumerate(rules):
        everything.add(number, node)
    found = Sieve(len(rules), columns, asks=everything.asked_often())
    for number, node in enumerate(rules):
        found.add(number, node)
    return found


def write_sieve(module: Module, found: Sieve) -> None:
    """Write the function ``sieve(V)``: the rules that can matter, as bits."""
    scope = Scope(module, write)
    lines = [f" a = {(1 << found.count) - 1:#x}"]
    for line in _gate_lines(scope, found):
        lines.append(line)
    full = (1 << found.count * SLOTS) - 1
    lines.append(f" h = {full & ~found.asked:#x}")
    for line in _column_lines(scope, found):
        lines.append(line)
    shifted = "".join(f" & (h >> {found.count * slot})" for slot in range(1, SLOTS))
    lines.append(f" return a & h{shifted}")
    module.lines += ["def sieve(V):", *lines]


def _gate_lines(scope: Scope, found: Sieve) -> Iterator[str]:
    shared = [(node, rules) for node, rules in found.gates.items() if _is_shared(node, rules)]
    for node, rules in sorted(shared, key=lambda pair: _gate_order(*pair)):
        others = ~rules & ((1 << found.count) - 1)
        closed = others | (rules & found.may_be_undecided)
        indent = " "
        if node.cost > _CHEAP:
            yield f" if a & {rules:#x}:"
            indent = "  "
        if node.shape.kind is not Kind.BOOL or node.is_certain:
            yield f"{indent}if not {scope.expression(node)}: a &= {others:#x}"
        else:
            yield f"{indent}t = {scope.expression(node)}"
            yield f"{indent}if t is False: a &= {others:#x}"
            if node.absence.null and closed != (1 << found.count) - 1:
                yield f"{indent}elif t is None: a &= {closed:#x}"


def _is_shared(node: Node, rules: int) -> bool:
    count = rules.bit_count()
    return count >= _SHARED_BY and node.cost <= _DEAREST * count


def _gate_order(node: Node, rules: int) -> tuple[float, int]:
    return (node.cost / rules.bit_count(), node.number)


def _column_lines(scope: Scope, found: Sieve) -> Iterator[str]:
    for node, bits in found.slotted_gates.items():
        yield f" if {scope.expression(node)} is not False: h |= {bits:#x}"
    for column, table in sorted(found.hits.items(), key=lambda pair: _column_order(*pair)):
        asked = 0
        for bits in table.values():
            asked |= bits
        made = ", ".join(f"{number}: {bits:#x}" for number, bits in sorted(table.items()))
        masks = scope.module.constant(f"{{{made}}}.get")
        yield f" if a & {found.rules_of(asked):#x}:"
        yield f"  for k in {scope.hits(column)}: h |= {masks}(k, 0)"


def _column_order(column: Column, table: Mapping[int, int]) -> tuple[float, int]:
    return (column.text.cost / len(table), column.text.number)
