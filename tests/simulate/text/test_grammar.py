"""The text grammars: choices are expanded, slot values are not, slips are found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.simulate.chance import chance
from chaffinch.simulate.text.grammar import say
from chaffinch.simulate.text.voice import Voice


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


def test_what_an_empty_alternative_leaves_is_not_seen() -> None:
    told = every(
        "[Now|] go [there|] [and wait|] [today|]. [Bye.|]\nNext [line|]\n[Or|] not [x|], y"
    )
    assert "go.\nNext\nnot, y" in told
    for one in told:
        assert not {"  ", " .", " ,", " \n", "\n "} & {one[n : n + 2] for n in range(len(one))}
        assert one == one.strip()


@settings(max_examples=200)
@given(
    words=st.lists(
        st.sampled_from(
            ["please", "the company's", "so-called", "ann@acme.example", "EUR 12,400.50", "DE91",
             "https://acme.example/letter", "mail.acme-works.test,", "(invoice)", "Tuesday."]
        ), min_size=1, max_size=12,
    ),
    seed=st.integers(),
)  # fmt: skip
def test_slips_spare_what_is_pasted(words: list[str], seed: int) -> None:
    typed = Voice(slips=1.0).typed(chance(seed), " ".join(words)).split(" ")
    kept = [one for one in " ".join(words).split(" ") if set(one) & set("@/0123456789")]
    assert [one for one in typed if set(one) & set("@/0123456789")] == kept
    assert typed.count("mail.acme-works.test,") == words.count("mail.acme-works.test,")


def test_an_unfilled_slot_is_refused() -> None:
    with pytest.raises(KeyError):
        say(chance(1), "{name} {other}", name="x")
