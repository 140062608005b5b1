"""Columns of a set: each text scanned once for all literals of all predicates on it.

A predicate that has a number in its column is false where its number is not among the column's
hits; a text that is null hits them all, since a predicate on it is null.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from chaffinch.mql import tree
from chaffinch.mql.compiler import costs
from chaffinch.mql.compiler.necessary import (
    Atom,
    Clause,
    Column,
    Hit,
    clauses,
    column_of,
    may_be_matched,
    selection,
)
from chaffinch.mql.compiler.node import (
    Node,
    function_of,
    is_folded,
    is_loop,
    is_predicate,
    source_of,
)
from chaffinch.mql.compiler.plan import Plan
from chaffinch.mql.compiler.preselect import Wanted, is_understood
from chaffinch.mql.compiler.wanted import wanted_by

_SKIPS = 2  # so many clauses are tested before a loop
WORTH_PREDICATES = 2  # a text fewer predicates look at is not scanned
_LARGE_SET = 200  # rules; for fewer, compiling regular expressions together takes too long
_WORTH_MATCHING = 8  # so many predicates without a telling literal on one text
_TELLING = 5  # characters of a literal that few texts have
_DEAREST = 40.0  # reading a text may cost so much for each predicate on it


@dataclass
class Columns:
    """The predicates on each column, numbered over all of them."""

    numbers: dict[Hit, int] = field(default_factory=dict)
    hits: dict[Column, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    matched: set[Hit] = field(default_factory=set)  # looked for by regular expression

    def add(self, found: Iterable[Clause]) -> None:
        """Take in the predicates of some clauses."""
        for clause in found:
            for atom in clause:
                if isinstance(atom, Hit) and atom not in self.numbers:
                    self.numbers[atom] = len(self.numbers)
                    self.hits[atom.column].append(atom)

    def settle(self, rules_count: int) -> None:
        """Decide which predicates are looked for by regular expression, by how many there are."""
        for column, hits in self.hits.items():
            vague = [atom for atom in hits if _is_vague(atom) and may_be_matched(column, atom.node)]
            if rules_count >= _LARGE_SET and len(vague) >= _WORTH_MATCHING:
                self.matched.update(filter(_is_understood, vague))
            kept = [atom for atom in hits if atom in self.matched or wanted_by(atom.node)]
            for atom in set(hits) - set(kept):
                del self.numbers[atom]
            self.hits[column] = kept

    def is_scanned(self, column: Column) -> bool:
        """Whether enough predicates look at a text for it to be scanned."""
        count = len(self.hits.get(column, ()))
        return count >= WORTH_PREDICATES and column.text.work <= _DEAREST * count

    def where(self, atom: Hit) -> Column:
        """The column a predicate is looked for in: its literals, or its regular expressions."""
        return replace(atom.column, by_expression=True) if atom in self.matched else atom.column

    def number(self, atom: Hit) -> int | None:
        """The number of a predicate on a scanned column."""
        return self.numbers.get(atom) if self.is_scanned(atom.column) else None

    def is_numbered(self, atom: Atom) -> bool:
        """Whether an atom is a predicate on a column that is scanned for literals."""
        return isinstance(atom, Hit) and atom not in self.matched and self.number(atom) is not None

    def tables(self, column: Column) -> tuple[Mapping[str, tuple[int, ...]], ...]:
        """The numbers of the predicates by literal inside the text, and by whole text."""
        inside: dict[str, list[int]] = defaultdict(list)
        whole: dict[str, list[int]] = defaultdict(list)
        for atom in self.hits.get(column, ()):
            wanted = wanted_by(atom.node)
            if wanted is None or atom in self.matched or column.by_expression:
                continue
            for literal in wanted.inside:
                inside[literal].append(self.numbers[atom])
            for literal in wanted.whole:
                whole[literal].append(self.numbers[atom])
        return tuple(
            {literal: tuple(numbers) for literal, numbers in sorted(table.items())}
            for table in (inside, whole)
        )

    def expressions(self, column: Column) -> list[Wanted]:
        """The regular expressions that are looked for in a column."""
        if not column.by_expression:
            return []
        found: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for atom in self.hits[replace(column, by_expression=False)]:
            if atom in self.matched:
                for source, folded in _sources(atom):
                    found[source, folded].append(self.numbers[atom])
        return [
            Wanted(source, folded, tuple(numbers))
            for (source, folded), numbers in sorted(found.items())
        ]

    def of_predicate(self, node: Node) -> Hit | None:
        """The hit a predicate on one text of the message needs, where that text is scanned."""
        column = column_of(node.inputs[0], ()) if node.is_closed and node.inputs else None
        hit = None if column is None else Hit(column, node)
        return hit if hit is not None and self.number(hit) is not None else None

    def of_search(self, node: Node) -> Hit | None:
        """The hit a search in a page needs, where the source of the page is scanned."""
        hit = selection(node)
        return hit if hit is not None and self.number(hit) is not None else None


def _is_vague(atom: Hit) -> bool:
    """Whether a predicate has no literal, or one that many texts have."""
    wanted = wanted_by(atom.node)
    return wanted is None or min(map(len, wanted.inside), default=_TELLING) < _TELLING


def _is_understood(atom: Hit) -> bool:
    return all(is_understood(*one) for one in _sources(atom))


def _sources(atom: Hit) -> Iterator[tuple[str, bool]]:
    folded = is_folded(function_of(atom.node))
    for one in atom.node.inputs[1:]:
        yield str(one.literal), folded


def columns_of(plan: Plan) -> Columns:
    """The columns of a plan: of what rules need, of what loops need, of every predicate."""
    found = Columns()
    for rule in plan.rules:
        found.add(clauses(rule))
    for node in plan.nodes:
        if is_predicate(node):
            column = column_of(node.inputs[0], ()) if node.is_closed else None
            if column is not None and (wanted_by(node) or may_be_matched(column, node)):
                found.add([frozenset({Hit(column, node)})])
        elif (hit := selection(node)) is not None:
            found.add([frozenset({hit})])
        elif is_loop(node):
            found.add(clauses(node.inputs[1], (source_of(node.inputs[0]),)))
    found.settle(len(plan.rules))
    return found


def priced(plan: Plan, columns: Columns) -> None:
    """Let every node cost what it is expected to, now that the columns are known."""
    for node in plan.nodes:
        if is_predicate(node) and columns.of_predicate(node) is not None:
            node.cost = costs.SCANNED
        elif is_loop(node) and skips(node, columns):
            node.cost = costs.SKIPPED + node.inputs[0].cost
        else:
            node.cost = costs.of(node.expr, node.inputs)


def skips(loop: Node, columns: Columns) -> list[Clause]:
    """What can be tested before a loop: clauses of its expression on scanned columns."""
    if not isinstance(loop.expr, tree.Call) or loop.expr.name not in ("any", "filter"):
        return []
    found = clauses(loop.inputs[1], (source_of(loop.inputs[0]),))
    return [clause for clause in found if all(map(columns.is_numbered, clause))][:_SKIPS]
