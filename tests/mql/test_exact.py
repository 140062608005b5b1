"""An unknown operand leaves a result unknown exactly where one of its values could change it.

Every operator and function is tried with every choice of unknown operands beside every choice of
known ones. What it must give follows from its own results for known operands: where they are all
the same, that result; otherwise an unknown, caused by the operands that make a difference.
"""

import itertools
from collections.abc import Iterator, Sequence

import pytest
from tests.mql.evaluators import Evaluator

from chaffinch.message.model import Value
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.grammar import parse
from chaffinch.mql.tree import Expr
from chaffinch.mql.values import Unknown, unknown

B = (None, True, False)
N = (None, 0, 1, 2)
S = (None, "", "a", "aB", "b")
NEEDLES = S[:1] + S[2:]  # the empty string is found in every other
KEYS = (None, "a", "b")
PLACES = (None, -1, 0, 1)
NS = (None, (), (1,), (1, 2), (None,), (2, 1, 2))
SS = (None, (), ("a",), ("b", "a"), (None, "aB"))
M: Sequence[object] = (None, {}, {"a": ("b",)}, {"b": (), "c": ("a",)})
J: Sequence[object] = (None, True, 1, "a", (), ("a",), {}, {"a": "b"})
Operands = tuple[Sequence[object], ...]

TEMPLATES: list[tuple[str, Operands]] = [
    ("not h0", (B,)),
    ("h0 and h1 and h2", (B, B, B)),
    ("h0 or h1 or h2", (B, B, B)),
    ("0 of (h0, h1)", (B, B)),
    ("1 of (h0, h1, h2)", (B, B, B)),
    ("2 of (h0, h1, h2)", (B, B, B)),
    ("3 of (h0, h1, h2)", (B, B, B)),
    ("2 of (h0, h1, h2, h3)", (B, B, B, B)),
    ("h0 == h1", (S, S)),
    ("h0 == h1", (N, N)),
    ("h0 == h1", (NS, NS)),
    ("h0 == h1", (M, M)),
    ("h0 != h1", (B, B)),
    ("h0 =~ h1", (S, S)),
    ("h0 !~ h1", (S, S)),
    ("[h0, h1] == [h2, 1]", (N, N, N)),
    ("h0 > h1", (N, N)),
    ("h0 >= h1", (S, S)),
    ("h0 < h1", (S, S)),
    ("h0 < h1 <= h2", (N, N, N)),
    ("0 <= h0 < 2", (N,)),
    ("h0 + h1", (N, N)),
    ("h0 - h1", (N, N)),
    ("h0 * h1", (N, N)),
    ("h0 / h1", (N, N)),
    ("h0 % h1", (N, N)),
    ("-h0", (N,)),
    ("h0 is null", (S,)),
    ("h0 is not null", (NS,)),
    ("h0 in (h1, h2)", (S, S, S)),
    ("h0 not in (h1, h2)", (S, S, S)),
    ("h0 in~ (h1, 'AB')", (S, S)),
    ("h0 in h1", (S, SS)),
    ("h0 not in~ h1", (S, SS)),
    ("h0 in [h1, null]", (N, N)),
    ("h0 in (null)", (S,)),
    ("h0 in []", (S,)),
    ("h0 in $few", (S,)),
    ("h0 not in~ $few", (S,)),
    ("h0 in keys(h1)", (S, M)),
    ("h0[h1]", (NS[:4], PLACES)),
    ("h0[0]", (SS,)),
    ("h0[h1]", (M, KEYS)),
    ("h0['a'][h1]", (M, PLACES[:3])),
    ("h0[h1:h2]", (NS, PLACES, PLACES)),
    ("h0[:h1]", (S, PLACES)),
    ("h0.a", (J,)),
    ("h0.a == h1", (J, S)),
    ("any(h0, . > 1)", (NS,)),
    ("all(h0, . > 1)", (NS,)),
    ("filter(h0, . > 1)", (NS,)),
    ("map(h0, . + 1)", (NS,)),
    ("ratio(h0, . > 1)", (NS,)),
    ("sum(h0)", (NS,)),
    ("sum(h0, . * 2)", (NS,)),
    ("distinct(h0)", (NS,)),
    ("distinct(h0, . % 2)", (NS,)),
    ("flatten(h0)", (NS,)),
    ("flatten([h0, h1])", (NS, NS)),
    ("length(h0)", (NS,)),
    ("length(h0)", (S,)),
    ("length(h0)", (M,)),
    ("keys(h0)", (M,)),
    ("values(h0)", (M,)),
    ("any([h0, h1], . > 1)", (N, N)),
    ("all([h0, h1], . > 1)", (N, N)),
    ("any([1, 2], . == h0)", (N,)),
    ("all([1, 2], . >= h0)", (N,)),
    ("any([1, 2], . == 1 and h0 or h1)", (B, B)),
    ("length(filter([1, 2], h0))", (B,)),
    ("filter([1, 2], . == 2 or h0)", (B,)),
    ("length(map([1, 2], h0))", (B,)),
    ("any(map([1, 2], h0), . == h1)", (N, N)),
    ("sum([h0, h1])", (N, N)),
    ("ratio([1, 2], h0)", (B,)),
    ("length(distinct([h0]))", (N,)),
    ("length(distinct([1, 2], . * h0))", (N,)),
    ("[h0, h1][0]", (N, N)),
    ("coalesce(h0, h1, h2)", (S, S, S)),
    ("coalesce(h0, 'x', h1)", (S, S)),
    ("coalesce(h0, h1) == h2", (S, S, S)),
    ("strings.contains(h0, h1, h2)", (NEEDLES, NEEDLES, NEEDLES)),
    ("strings.icontains(h0, 'B', h1)", (S, S)),
    ("strings.like(h0, h1, 'a*')", (S, S)),
    ("strings.starts_with(h0, h1)", (S, S)),
    ("strings.iends_with(h0, h1)", (S, S)),
    ("regex.contains(h0, h1, 'a.')", (S, S)),
    ("regex.imatch(h0, h1)", (S, S)),
    ("regex.count(h0, h1)", (S, S)),
    ("length(regex.extract(h0, h1))", (S, S)),
    ("strings.concat(h0, 'x', h1)", (S, S)),
    ("strings.levenshtein(h0, h1)", (S, S)),
    ("strings.icount(h0, h1)", (S, S)),
    ("strings.replace_confusables(h0)", (S,)),
    ("strings.parse_domain(h0).valid", (S,)),
    ("strings.parse_url(h0, strict=false).path", ((None, "", "x.example/p", "http://x.example"),)),
    ("strings.parse_json(h0)", ((None, "1", "{"),)),
    ("strings.scan_base64(h0)", ((None, "", "aHR0cHM6Ly9ldmlsLmV4YW1wbGU="),)),
    ("hash.sha256(h0)", (S,)),
    ("beta.ip_in(h0, h1)", ((None, "192.0.2.7"), (None, "192.0.2.0/24", "192.0.2.8"))),
]


class Holes(Value, frozen=True):
    """A message that is nothing but operands."""

    h0: object = None
    h1: object = None
    h2: object = None
    h3: object = None


class Few(NoCapabilities):
    """One short list."""

    def reference_list(self, name: str) -> frozenset[str]:
        return frozenset({"a", "ab"})


UNSEEN = object()


def _choices(operands: Operands) -> Iterator[tuple[object, ...]]:
    """Every choice of known and unknown operands with at least one unknown."""
    for choice in itertools.product(*((UNSEEN, *values) for values in operands)):
        if UNSEEN in choice:
            yield choice


class _Table:
    """What a template gives for every choice of known operands."""

    def __init__(self, evaluator: Evaluator, expr: Expr, operands: Operands) -> None:
        self.operands = operands
        self.results = {
            numbers: evaluator(expr, _message(self.values(numbers)), Few())
            for numbers in itertools.product(*(range(len(values)) for values in operands))
        }

    def values(self, numbers: tuple[int, ...]) -> tuple[object, ...]:
        """The operands with these numbers."""
        return tuple(values[number] for values, number in zip(self.operands, numbers, strict=True))

    def expected(self, choice: tuple[object, ...]) -> object:
        """What must come out where some operands are unseen."""
        places = [place for place, value in enumerate(choice) if value is UNSEEN]
        options = [
            range(len(values)) if chosen is UNSEEN else (_number(values, chosen),)
            for values, chosen in zip(self.operands, choice, strict=True)
        ]
        completions = list(itertools.product(*options))
        telling = {place for place in places if self.tells(place, completions)}
        return telling or self.results[completions[0]]

    def tells(self, place: int, completions: list[tuple[int, ...]]) -> bool:
        """Whether another value in this place alone ever changes the result."""
        groups: dict[tuple[int, ...], list[object]] = {}
        for numbers in completions:
            rest = numbers[:place] + numbers[place + 1 :]
            groups.setdefault(rest, []).append(self.results[numbers])
        return any(not _same(found[0], other) for found in groups.values() for other in found)


def _number(values: Sequence[object], chosen: object) -> int:
    return next(number for number, value in enumerate(values) if value is chosen)


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _message(values: tuple[object, ...]) -> Holes:
    return Holes(**{f"h{number}": value for number, value in enumerate(values)})


@pytest.mark.parametrize(("source", "operands"), TEMPLATES, ids=[text for text, _ in TEMPLATES])
def test_unknown_exactly_where_a_value_could_change_it(
    evaluator: Evaluator, source: str, operands: Operands
) -> None:
    expr = parse(source)
    table = _Table(evaluator, expr, operands)
    for choice in _choices(operands):
        given = [
            unknown(f"h{place}") if value is UNSEEN else value for place, value in enumerate(choice)
        ]
        found = evaluator(expr, _message(tuple(given)), Few())
        seen = {int(cause[1:]) for cause in found.causes} if isinstance(found, Unknown) else found
        assert _same(seen, table.expected(choice)), (source, given)
