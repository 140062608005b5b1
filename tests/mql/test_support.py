"""What holds a rule up is what the evaluator needs: taken away, it is true no longer."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.decision.counterfactual.families import holds
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql import tree
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse
from chaffinch.mql.support import GIVEN, Fact, Needs, facts, needs, support
from chaffinch.mql.values import Unknown, unknown

NAMES = ("a.b.c", "a.b.d", "a.b.e", "a.b.f", "a.b.g")
Scalar = bool | int | None
Values = Mapping[str, Scalar]


class Measured(NoCapabilities):
    """Some signals, of which some nobody knows."""

    def __init__(self, values: Values, gone: frozenset[str] = frozenset()) -> None:
        self._values = values
        self._gone = gone

    def signal(self, name: str) -> Scalar | Unknown:
        """The value, or unknown."""
        return unknown(name) if name in self._gone else self._values[name]


VALUES = st.fixed_dictionaries(
    {name: st.sampled_from([True, False, None, 0, 1, 5]) for name in NAMES}
)
SIGNALS = st.sampled_from(NAMES).map(tree.Signal)
CONDITIONS = st.one_of(
    SIGNALS,
    st.builds(tree.Compare, st.sampled_from(["==", "!=", ">", ">="]), SIGNALS, SIGNALS),
    st.builds(
        tree.Compare, st.sampled_from(["==", ">"]), SIGNALS, st.integers(0, 3).map(tree.Literal)
    ),
    st.builds(tree.IsNull, SIGNALS, st.booleans()),
    st.sampled_from([True, False, None]).map(tree.Literal),
)


def _junctions(inner: st.SearchStrategy[tree.Expr]) -> st.SearchStrategy[tree.Expr]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(tree.And, several),
        st.builds(tree.Or, several),
        st.builds(tree.Of, st.integers(0, 4), several),
        st.builds(tree.Not, inner),
    )


EXPRESSIONS = st.recursive(CONDITIONS, _junctions, max_leaves=12)


@given(EXPRESSIONS, VALUES, st.sets(st.sampled_from(NAMES)))
def test_it_holds_just_as_long_as_the_evaluator_says_true(
    expr: tree.Expr, values: Values, gone: set[str]
) -> None:
    found = support(expr, None, Measured(values))
    assert (found is not None) == (evaluate(expr, None, Measured(values)).value is True)
    less = evaluate(expr, None, Measured(values, frozenset(gone))).value is True
    if found is None:
        assert not less, "taking away never makes a rule true"
        return
    bit_of = {one: number for number, one in enumerate(sorted(set(facts(found))))}
    known = sum(1 << bit for one, bit in bit_of.items() if one.name not in gone)
    assert holds(found, bit_of, known) == less


MAIL = parse_mail(b"From: Mia <mia@stone.example>\nSubject: Pay\n\nHi")


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("type.inbound or not type.inbound", set()),
        ("subject.subject == 'Pay' and 1 == 1", {'subject.subject == "Pay"'}),
        ("not (subject.subject == 'Bill' and type.inbound)", {'subject.subject == "Bill"'}),
        (
            "sender.display_name == 'Mia' and signals.a.b.c > 3",
            {'sender.display_name == "Mia"', "a.b.c"},
        ),
        (
            "any(['Pay', 'Bill'], . == subject.subject and signals.a.b.c > 3)",
            {'any(["Pay", "Bill"], . == subject.subject and signals.a.b.c > 3)', "a.b.c"},
        ),
        ("coalesce(signals.a.b.c, 5) == 5", {"a.b.c"}),
    ],
)
def test_facts_are_signals_and_conditions(source: str, names: set[str]) -> None:
    found = support(parse(source), MAIL, Measured({"a.b.c": 5}))
    assert found is not None
    assert {one.name for one in facts(found)} == names
    assert all(one.is_signal == (one.name == "a.b.c") for one in facts(found))


def test_what_is_given_counts_and_is_left_out() -> None:
    one, other = (Fact(name, is_signal=True, value="true") for name in "ab")
    assert needs(2, [GIVEN, one, None]) == one
    assert needs(2, [GIVEN, GIVEN, one]) == GIVEN
    assert needs(3, [GIVEN, one, None]) is None
    assert needs(1, [one, other]) == Needs(1, (one, other))
