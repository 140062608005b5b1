"""The text grammars: choices are expanded, slot values are not, slips are found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.simulate.chance import chance
from chaffinch.simulate.text.grammar import say


def every(template: str, **slots: object) -> set[str]:
    return {say(chance(seed), template, **slots) for seed in range(200)}


def test_choices_nest_and_all_their_forms_are_said() -> None:
    assert every("[a|b[c|d|]]!") == {"a!", "bc!", "bd!", "b!"}


@settings(max_examples=100)
@given(value=st.text(), seed=st.integers())
def test_a_slot_value_stands_as_it_is(value: str, seed: int) -> None:
    assert say(chance(seed), "[x|x] {value}", value=value) == f"x {value}"


@pytest.mark.parametrize("template", ["[a|b", "a]b[", "[a|[b]", "a]"])
def test_an_unbalanced_template_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"unbalanced|not closed"):
        say(chance(1), template)


def test_an_unfilled_slot_is_refused() -> None:
    with pytest.raises(KeyError):
        say(chance(1), "{name} {other}", name="x")
