"""Laying out the source of a rule file touches nothing else of it, byte for byte."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.mql.trees import TREES

from chaffinch.core.errors import RuleError
from chaffinch.detectors.formatting import formatted
from chaffinch.engine.bundle import own_rules_folder
from chaffinch.mql import tree
from chaffinch.mql.grammar import parse
from chaffinch.mql.text import print_source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: N\nsource: |\n  a  and b\nid: i", "name: N\nsource: |\n  a\n  and b\nid: i"),
        ("source: | # why\n     a\n\n\n\nname: N\n", "source: | # why\n     a\n\n\n\nname: N\n"),
        ("source: |-\n  a  ==  1\nname: N", "source: |-\n  a == 1\nname: N"),
        ("source: |2\n     a\n     and b\n", "source: |2\n  a\n  and b\n"),
        ("source: |\n  a  == 1", "source: |\n  a == 1"),
        ("source: a and b # c\nname: N\n", "source: a and b # c\nname: N\n"),
        ("source: a  and b # c\nname: N\n", "source: | # c\n  a\n  and b\nname: N\n"),
        ("source: 'a  and b'", "source: |\n  a\n  and b\n"),
        ('source: "a\n  and  b"\nname: N\n', "source: |\n  a\n  and b\nname: N\n"),
        ("source: >\n  a\n  and  b\n\nname: N\n", "source: |\n  a\n  and b\n\nname: N\n"),
        ("source: true\nname: N\n", "source: true\nname: N\n"),
        ("name: N\n", "name: N\n"),
        ("\ufeffsource: |\r\n  a  == 1\r\nid: é\r\n", "\ufeffsource: |\r\n  a == 1\r\nid: é\r\n"),
    ],
)  # fmt: skip
def test_only_the_source_changes(before: str, after: str) -> None:
    assert formatted(before.encode()).decode() == after
    assert formatted(after.encode()).decode() == after


@pytest.mark.parametrize("data", [b"source: |\n  a and\n", b"source: [\n", b"- a\n"])
def test_what_is_no_rule_is_left_alone_with_an_error(data: bytes) -> None:
    with pytest.raises(RuleError):
        formatted(data)


def test_what_yaml_cannot_hold_as_it_is_stays_as_it_was() -> None:
    with pytest.raises(RuleError, match="stays as it is"):
        formatted(b"source: \"a  ==  '\\x7f'\"\n")


@given(expr=TREES, style=st.sampled_from(["|", ">", "'", '"']))
def test_any_source_in_any_style(expr: tree.Expr, style: str) -> None:
    source = print_source(expr)
    head = yaml.dump({"name": "N # x", "source": source}, default_style=style, width=60)
    data = f"# top\n{head}severity: low # why\n".encode()
    try:
        made = formatted(data)
    except RuleError as error:
        assert error.code == "D010"  # noqa: PT017 - what YAML cannot hold in a block
        return
    before, after = yaml.safe_load(data), yaml.safe_load(made)
    assert parse(after.pop("source")) == parse(before.pop("source")) == expr
    assert after == before
    assert made.endswith(b"severity: low # why\n")
    assert made.startswith(data[: data.index(b"source")])
    assert formatted(made) == made


def test_our_own_rules_are_laid_out() -> None:
    for path in sorted(Path(own_rules_folder()).rglob("*.yml")):
        assert formatted(path.read_bytes()) == path.read_bytes(), path.name
