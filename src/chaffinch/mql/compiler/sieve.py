"""Which rules can matter to a message: gates that many rules share, then texts scanned once each.

The sieve is generated code over sets of rules written as integers, a bit a rule. It keeps two sets.
``a``: the rules that may be true; a rule leaves it where one of its clauses does not hold or a part
it needs is null. ``f``: the rules that may not be called false; a rule leaves it only where one of
its clauses certainly fails (``necessary.py``). Those in ``f`` alone matter as far as they may be
undecided.

Clauses on texts stand in slots: bit ``rule + slot * rules`` is set in ``h`` when one of the atoms
of the clause holds, in ``n`` when one is null or unknown.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from chaffinch.mql.compiler.columns import Columns
from chaffinch.mql.compiler.expressions import write
from chaffinch.mql.compiler.necessary import (
    Atom,
    Clause,
    Column,
    Gate,
    Hit,
    Unsettled,
    clauses,
    weight,
)
from chaffinch.mql.compiler.node import Node, operands_of
from chaffinch.mql.compiler.presence import Presence
from chaffinch.mql.compiler.writer import Module, Scope
from chaffinch.mql.shapes import Kind

SLOTS = 4
_SHARED_BY = 3  # a gate fewer rules ask for is left to the rules
_DEAREST = 6.0  # a gate may cost so much for each rule that asks for it
_ASKED_BY = 3  # a text fewer rules ask something of is left to the rules
_DEAREST_PART = 40.0  # a part that costs more to have, such as an answer, is left to the rules
_SIDE_COST = 14.0  # of a gate that is one of several atoms
_LATE = 100.0  # an array that costs so much to have is asked for last
_WORTH_ASKING = 6  # rules that are left and want an answer
_WORTH_MATCHING = 6  # rules that are left and want the regular expressions of a text
_CHEAP = 16.0  # a gate this cheap is evaluated without asking whether anybody still needs it


@dataclass
class Sieve:
    """What the rules of a set ask for."""

    count: int
    columns: Columns
    gates: dict[Node, int] = field(default_factory=lambda: defaultdict(int))
    parts: dict[Node, int] = field(default_factory=lambda: defaultdict(int))
    slotted_gates: dict[Node, int] = field(default_factory=lambda: defaultdict(int))
    hits: dict[Column, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    asked: int = 0  # the slot bits of all clauses
    unsettled: int = 0  # those that may fail of a rule that is not false
    never: int = 0  # the rules that say false themselves
    asks: frozenset[Column] | None = None  # the columns that are scanned for the sieve
    presence: Presence = field(default_factory=Presence)

    def asked_often(self) -> frozenset[Column]:
        """The columns that enough rules ask something of."""
        return frozenset(
            column for column, table in self.hits.items() if self._askers(table) >= _ASKED_BY
        )

    def _askers(self, table: Mapping[int, int]) -> int:
        return self.rules_of(_union(table.values())).bit_count()

    def add(self, rule: int, node: Node) -> None:
        """Take in what one rule asks for."""
        if any(one.literal is False for one in operands_of(node)):
            self.never |= 1 << rule
        for part in self.presence.for_true(node):
            self.parts[part] |= 1 << rule
        slot = 0
        for clause in clauses(node):
            only = next(iter(clause)) if len(clause) == 1 else None
            if isinstance(only, Gate):
                self.gates[only.node] |= 1 << rule
            elif slot < SLOTS and weight(clause) < 1.0 and self._is_tested(clause):
                self._put(clause, 1 << (rule + slot * self.count))
                slot += 1

    def _is_tested(self, clause: Clause) -> bool:
        return all(map(self._atom_is_tested, clause))

    def _atom_is_tested(self, atom: Atom) -> bool:
        if isinstance(atom, Hit):
            is_asked = self.asks is None or self.columns.where(atom) in self.asks
            return is_asked and self.columns.number(atom) is not None
        return isinstance(atom, Unsettled) or atom.node.cost <= _SIDE_COST

    def _put(self, clause: Clause, bit: int) -> None:
        self.asked |= bit
        for atom in clause:
            if isinstance(atom, Gate):
                self.slotted_gates[atom.node] |= bit
                continue
            if isinstance(atom, Unsettled):
                self.unsettled |= bit
                continue
            number = self.columns.numbers[atom]
            table = self.hits[self.columns.where(atom)]
            table[number] = table.get(number, 0) | bit

    def rules_of(self, bits: int) -> int:
        """The rules whose slots have a bit."""
        full = (1 << self.count) - 1
        found = 0
        for slot in range(SLOTS):
            found |= (bits >> slot * self.count) & full
        return found

    @property
    def late(self) -> dict[Column, int]:
        """The slot bits of columns that hold answers with a price."""
        return {
            column: _union(table.values())
            for column, table in self.hits.items()
            if _is_late(column)
        }

    def shared_gates(self) -> list[tuple[Node, int]]:
        """The gates that are evaluated for the sieve, with their rules, the best first."""
        shared = [(node, rules) for node, rules in self.gates.items() if _is_shared(node, rules)]
        return sorted(shared, key=lambda pair: _gate_order(*pair))


def _union(bits_of: Iterable[int]) -> int:
    bits = 0
    for one in bits_of:
        bits |= one
    return bits


def sieve(rules: Sequence[Node], columns: Columns) -> Sieve:
    """What the rules ask for, together, of texts that enough of them ask something of."""
    everything = Sieve(len(rules), columns)
    for number, node in enumerate(rules):
        everything.add(number, node)
    found = Sieve(len(rules), columns, asks=everything.asked_often(), presence=everything.presence)
    for number, node in enumerate(rules):
        found.add(number, node)
    return found


def write_sieve(module: Module, found: Sieve) -> None:
    """Write the function ``sieve(V)``: the rules that can be true, those that are not false."""
    scope = Scope(module, write)
    count, full = found.count, (1 << found.count * SLOTS) - 1
    side, late = _union(found.slotted_gates.values()), _union(found.late.values())
    module.lines += [
        "def sieve(V):",
        f" a = f = {((1 << count) - 1) & ~found.never:#x}",
        *_part_lines(scope, found),
        *_gate_lines(scope, found),
        f" h = {full & ~found.asked:#x}",
        f" n = {found.unsettled:#x}",
        *_column_lines(scope, found),
        f" c = h | {side | late:#x}",
        f" c = a & c{_shifted('c', count)}",
        *_side_lines(scope, found),
        f" c = h | {late:#x}",
        f" c = a & c{_shifted('c', count)}",
        *_late_lines(scope, found),
        " n |= h",
        f" a &= h{_shifted('h', count)}",
        f" return a, f & ~a & n{_shifted('n', count)}",
    ]


def _shifted(name: str, count: int) -> str:
    return "".join(f" & ({name} >> {count * slot})" for slot in range(1, SLOTS))


def _part_lines(scope: Scope, found: Sieve) -> Iterator[str]:
    full = (1 << found.count) - 1
    for node, rules in sorted(found.parts.items(), key=lambda pair: pair[0].number):
        if rules.bit_count() >= _SHARED_BY and node.work <= _DEAREST_PART:
            yield f" if {scope.expression(node)} is None: a &= {full & ~rules:#x}"


def _gate_lines(scope: Scope, found: Sieve) -> Iterator[str]:
    for node, rules in found.shared_gates():
        others = ~rules & ((1 << found.count) - 1)
        indent = " "
        if node.cost > _CHEAP:
            yield f" if a & {rules:#x}:"
            indent = "  "
        if node.shape.kind is not Kind.BOOL or node.is_certain:
            yield f"{indent}if not {scope.expression(node)}:"
            yield f"{indent} a &= {others:#x}; f &= {others:#x}"
        else:
            yield f"{indent}t = {scope.expression(node)}"
            yield f"{indent}if t is not True:"
            yield f"{indent} a &= {others:#x}"
            yield f"{indent} if t is False: f &= {others:#x}"


def _is_shared(node: Node, rules: int) -> bool:
    count = rules.bit_count()
    return count >= _SHARED_BY and node.cost <= _DEAREST * count


def _gate_order(node: Node, rules: int) -> tuple[float, int]:
    return (node.cost / rules.bit_count(), node.number)


def _column_lines(scope: Scope, found: Sieve) -> Iterator[str]:
    early = [pair for pair in found.hits.items() if not _is_late(pair[0])]
    for column, table in sorted(early, key=lambda pair: _column_order(*pair)):
        asked = _union(table.values())
        yield f" if a & {found.rules_of(asked):#x}:"
        yield from _hit_lines(scope, column, table)
        yield f" else: n |= {asked:#x}"


def _late_lines(scope: Scope, found: Sieve) -> Iterator[str]:
    """Answers of a model, and regular expressions: where enough rules are left that want them."""
    for column, table in found.hits.items():
        if _is_late(column):
            asked = _union(table.values())
            wanting = f"(c & {found.rules_of(asked):#x}).bit_count()"
            least = _WORTH_MATCHING if column.by_expression else _WORTH_ASKING
            yield f" if {wanting} >= {least}:"
            yield from _hit_lines(scope, column, table)
            yield f" else: h |= {asked:#x}"


def _hit_lines(scope: Scope, column: Column, table: Mapping[int, int]) -> Iterator[str]:
    made = ", ".join(f"{number}: {bits:#x}" for number, bits in sorted(table.items()))
    masks = scope.module.constant(f"{{{made}}}.get")
    yield f"  t = {scope.hits(column)}"
    yield "  if t.__class__ is Perhaps:"
    yield f"   n |= {_union(table.values()):#x}"
    yield "   t = t.surely"
    yield f"  for k in t: h |= {masks}(k, 0)"


def _is_late(column: Column) -> bool:
    """Whether a column is scanned only where some rules are left that want it."""
    return column.by_expression or (column.items is not None and column.items.work > _LATE)


def _column_order(column: Column, table: Mapping[int, int]) -> tuple[float, int]:
    return (column.text.cost / len(table), column.text.number)


def _side_lines(scope: Scope, found: Sieve) -> Iterator[str]:
    """Gates that are one of several atoms of a clause: tested last, where it still matters."""
    for node, bits in found.slotted_gates.items():
        yield f" if c & {found.rules_of(bits):#x}:"
        if node.shape.kind is not Kind.BOOL or node.is_certain:
            yield f"  if {scope.expression(node)}: h |= {bits:#x}"
        else:
            yield f"  t = {scope.expression(node)}"
            yield f"  if t is True: h |= {bits:#x}"
            yield f"  elif t is not False: n |= {bits:#x}"
        yield f" else: n |= {bits:#x}"
