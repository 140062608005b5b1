"""Expression trees of every kind, as Hypothesis grows them."""

from hypothesis import strategies as st

from chaffinch.mql import tree
from chaffinch.mql.tokens import KEYWORDS

NAMES = st.from_regex(r"[a-z_][a-z0-9_]{0,5}", fullmatch=True).filter(
    lambda name: name not in KEYWORDS
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
FLOATS = st.floats(min_value=0, allow_nan=False, allow_infinity=False)
ATOMS = st.one_of(
    st.builds(
        tree.Literal,
        st.one_of(st.none(), st.booleans(), st.integers(0, 2**63 - 1), FLOATS, TEXTS),
    ),
    st.builds(tree.ListName, NAMES),
    st.builds(tree.Root, NAMES),
    st.builds(tree.Element, st.integers(0, 3)),
)


def _grown(inner: st.SearchStrategy[tree.Expr]) -> st.SearchStrategy[tree.Expr]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    pairs = st.lists(inner, min_size=2, max_size=3).map(tuple)
    words = st.dictionaries(NAMES, inner, max_size=2).map(lambda found: tuple(found.items()))
    dotted = st.lists(NAMES, min_size=1, max_size=3).map(".".join)
    options = st.one_of(st.builds(tree.Options, several), st.builds(tree.ListName, NAMES))
    ranges = pairs.flatmap(
        lambda terms: st.builds(
            tree.Range,
            st.just(terms),
            st.tuples(*[st.sampled_from(["<", "<="])] * (len(terms) - 1)),
        )
    )
    return st.one_of(
        st.builds(tree.Array, several),
        st.builds(tree.Field, inner, NAMES),
        st.builds(tree.Index, inner, inner),
        st.builds(tree.Slice, inner, st.none() | inner, st.none() | inner),
        st.builds(tree.Call, dotted, several, words),
        st.builds(tree.Negative, inner),
        st.builds(tree.Arithmetic, st.sampled_from("+-*/%"), inner, inner),
        st.builds(tree.Compare, st.sampled_from(["==", "!=", "=~", "!~", ">", ">="]), inner, inner),
        ranges,
        st.builds(tree.IsNull, inner, st.booleans()),
        st.builds(tree.In, inner, options, st.booleans(), st.booleans()),
        st.builds(tree.Not, inner),
        st.builds(tree.And, pairs),
        st.builds(tree.Or, pairs),
        st.builds(tree.Of, st.integers(1, 9), several),
    )


TREES = st.recursive(ATOMS, _grown, max_leaves=12)
