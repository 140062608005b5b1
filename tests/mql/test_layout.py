"""The canonical layout: nothing but blanks changes, and laying out twice changes nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mql.trees import TREES

from chaffinch.mql import tree
from chaffinch.mql.grammar import parse
from chaffinch.mql.layout import WIDTH, layout
from chaffinch.mql.text import print_source
from chaffinch.mql.tokens import tokens

GOLDEN = Path(__file__).parent / "golden"


def comments(source: str) -> list[str]:
    """All comments of a source in their order."""
    found, end = [], 0
    for token in tokens(source):
        gap = source[end : token.start]
        found += [line.strip() for line in gap.split("\n") if line.strip()]
        end = token.end
    return found


def test_a_long_rule_is_laid_out_as_its_golden_file_says() -> None:
    source = (GOLDEN / "layout.in").read_text()
    laid_out = (GOLDEN / "layout.out").read_text().rstrip("\n")
    assert layout(source) == laid_out
    assert layout(laid_out) == laid_out
    assert parse(source) == parse(laid_out)
    assert comments(source) == comments(laid_out)


@pytest.mark.parametrize(
    ("source", "laid_out"),
    [
        ("a and b", "a\nand b"),
        ("a or b and c or d", "a\nor b and c\nor d"),
        ("(a or b)", "(a or b)"),
        ("a  ==  -1", "a == -1"),
        ("a - -1", "a - -1"),
        ("any ( a , . == .b [ 0 ] . c , )", "any(a, . == .b[0].c)"),
        ("( $a ) . b in [ 1 , 2 , ]", "($a).b in [1, 2]"),
        ("$a .b", "$a .b"),
        ("f(x, key = 'v')[ 1 : 2 ]", "f(x, key='v')[1:2]"),
        ("2  of (a,b,)", "2 of (a, b)"),
        ("a // one\n// two\n\n\n// three\nand b", "a // one\n// two\n\n// three\nand b"),
        ("// first\na\n// last\n", "// first\na\n// last"),
        ("a\nand (\n\n// why\nb or c\n\n)", "a\nand (\n  // why\n  b\n  or c\n)"),
        ("f('a', // x\n'b' // y\n, // z\n)", "f('a', // x\n  'b' // y\n  // z\n)"),
        ("a == // why\nb and c", "a == // why\n  b\nand c"),
        ("a in (1, // one\n2)", "a in (\n  1, // one\n  2\n)"),
        ("..x == ...\nand . .y", "..x == ...\nand . .y"),
    ],
)
def test_layouts(source: str, laid_out: str) -> None:
    assert layout(source) == laid_out
    assert layout(laid_out) == laid_out


def test_what_does_not_fit_is_broken_and_what_fits_is_not() -> None:
    source = " or ".join(f"strings.icontains(subject.subject, 'word {n}')" for n in range(4))
    assert max(map(len, layout(f"a and ({source})").splitlines())) <= WIDTH
    assert layout(f"a and ({source})").count("\n") == 6
    assert layout("a and b", break_top=False) == "a and b"


@given(expr=TREES)
def test_any_tree_stays_the_same(expr: tree.Expr) -> None:
    laid_out = layout(print_source(expr))
    assert parse(laid_out) == expr
    assert layout(laid_out) == laid_out


GAPS = st.sampled_from(["", " ", "\n", "\n\n\n", " // a\n", "\n// b\n", " // c\n\n  // d\n\n"])


@given(expr=TREES, data=st.data())
def test_comments_and_meaning_stay_wherever_the_comments_are(
    expr: tree.Expr, data: st.DataObject
) -> None:
    source = ""
    printed, end = print_source(expr), 0
    for token in tokens(printed):
        source += printed[end : token.start] + data.draw(GAPS) + token.text
        end = token.end
    if tokens(source) and [one.text for one in tokens(source)] == [
        one.text for one in tokens(printed)
    ]:
        laid_out = layout(source)
        assert parse(laid_out) == expr
        assert sorted(comments(laid_out)) == sorted(comments(source))
        assert layout(laid_out) == laid_out
