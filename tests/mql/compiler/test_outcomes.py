"""What the set leaves unread: rules a null part stops, rules without doubts, loops written out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from tests.mql.conftest import Answers

from chaffinch.detectors.loading import MESSAGE
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.compiler.doubts import OPEN, Doubts, is_whole
from chaffinch.mql.compiler.necessary import Hit, clauses
from chaffinch.mql.compiler.node import Node
from chaffinch.mql.compiler.plan import planned
from chaffinch.mql.compiler.presence import Presence
from chaffinch.mql.compiler.program import compiled
from chaffinch.mql.compiler.wanted import wanted_by
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse
from chaffinch.mql.results import LanguageOpinion, Opinion, Whois
from chaffinch.mql.text import print_source
from chaffinch.mql.values import Unknown, fold, unknown

MAIL = parse_mail(b"From: Ada <ada@evil.example>\nTo: b@acme.example\nSubject: Hello\n\nthe text")
NLU = "ml.nlu_classifier(body.current_thread.text)"


def rule(source: str) -> Node:
    """The node of one rule."""
    return planned([parse(source)], MESSAGE, {}).rules[0]


def named(nodes: frozenset[Node | None]) -> set[str]:
    """Nodes as they are written."""
    return {
        "open" if one is OPEN else print_source(one.expr) for one in nodes if one is OPEN or one
    }


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("regex.icontains(body.html.raw, 'a')", {"body.html"}),
        ("not strings.icontains(sender.display_name, 'a')", {"sender.display_name"}),
        ("sender.display_name is not null", {"sender.display_name"}),
        ("sender.display_name is null", set()),
        ("body.html is null or strings.icontains(body.html.raw, 'a')", set()),
        (
            "strings.icontains(body.html.raw, 'a') or length(body.html.links) > 1",
            {"body.html"},
        ),
        ("any(body.links, strings.icontains(body.html.raw, 'a'))", {"body.html"}),
        ("all(body.html.links, strings.icontains(body.html.raw, 'a'))", set()),
        ("not any(body.html.links, .visible)", {"body.html"}),
        ("length(filter(body.links, sender.display_name == .display_text)) > 0",
         {"sender.display_name"}),
        ("length(filter(body.links, sender.display_name == .display_text)) < 9", set()),
        ("coalesce(strings.icontains(body.html.raw, 'a'), false)", set()),
    ],
)  # fmt: skip
def test_the_parts_a_rule_needs(source: str, parts: set[str]) -> None:
    assert named(frozenset(Presence().for_true(rule(source)))) == parts


@pytest.mark.parametrize(
    ("source", "doubts"),
    [
        ("type.inbound", set()),
        ("sender.email.domain.root_domain in $few", {"$few"}),
        (f"any({NLU}.intents, .name == 'bec' and .confidence == 'high')", {NLU}),
        ("any(body.links, ml.link_analysis(.).credphish.disposition == 'phishing')",
         {"body.links"}),
        ("any(map([1], $few), any(., . == 'a'))", {"$few"}),
        ("ml.link_analysis(body.links[0]).credphish.disposition == 'phishing'",
         {"ml.link_analysis(body.links[0])"}),
        ("any($few, any(file.explode(attachments[0]), .file_name == ..))",
         {"$few", "file.explode(attachments[0])"}),
    ],
)  # fmt: skip
def test_the_doubts_of_a_rule(source: str, doubts: set[str]) -> None:
    assert named(Doubts().of(rule(source))) == doubts


def test_an_answer_with_an_unknown_part_is_not_whole() -> None:
    known = LanguageOpinion(intents=(Opinion(name="bec", confidence="high"),))
    open_ = LanguageOpinion(intents=(Opinion(name="bec", confidence=unknown("sure")),))
    assert [is_whole(one) for one in (known, open_, unknown("x"), None)] == [
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("confidence", ["high", "low", unknown("sure"), None])
@pytest.mark.parametrize("text", ["body.html.raw", "body.current_thread.text"])
def test_a_rule_that_is_not_true_is_undecided_exactly_where_the_reference_says_so(
    confidence: str | Unknown | None, text: str
) -> None:
    opinion = f"any({NLU}.intents, .name == 'bec' and .confidence == 'high')"
    literal = f"strings.icontains({text}, 'text')"
    sources = [
        f"{literal} and {opinion} and subject.subject == 'Hello'",
        f"{literal} and {opinion} and subject.subject == 'Bye'",
        f"{literal} and {opinion} and length(body.links) == 0",
        f"{opinion} and {literal}",
        f"not {opinion} and {literal}",
        f"{literal} or {opinion}",
    ]
    exprs = [parse(one) for one in sources]
    answer = LanguageOpinion(intents=(Opinion(name="bec", confidence=confidence),))
    answers = Answers(calls={"ml.nlu_classifier": answer})
    expected = [
        (number, value)
        for number, expr in enumerate(exprs)
        if (value := evaluate(expr, MAIL, answers).value) is True or isinstance(value, Unknown)
    ]
    assert compiled(exprs, MESSAGE, {}).outcomes(MAIL, answers) == expected


@pytest.mark.parametrize(
    ("loop", "written_out"),
    [
        ("any([subject.subject, sender.display_name], . == 'a')",
         "subject.subject == 'a' or sender.display_name == 'a'"),
        ("any([subject.subject, subject.base], any(recipients.to, .display_name == ..))",
         "any(recipients.to, .display_name == subject.subject)"
         " or any(recipients.to, .display_name == subject.base)"),
    ],
)  # fmt: skip
def test_a_loop_over_a_few_texts_is_the_same_node_as_what_it_comes_to(
    loop: str, written_out: str
) -> None:
    first, second = planned([parse(loop), parse(written_out)], MESSAGE, {}).rules
    assert first is second


@given(
    st.text("dropbx ", min_size=4, max_size=12), st.text("dropbx ", max_size=14), st.integers(0, 3)
)
def test_a_text_near_a_literal_has_one_of_its_pieces(literal: str, text: str, most: int) -> None:
    source = f"strings.ilevenshtein(subject.subject, '{literal}') <= {most}"
    wanted = wanted_by(rule(source))
    if wanted is not None and Levenshtein.distance(fold(text), fold(literal)) <= most:
        assert any(piece in fold(text) for piece in wanted.inside)


def test_a_rule_that_says_false_is_never_read() -> None:
    exprs = [parse("false and any($few, true)"), parse("any($few, true) or false")]
    found = compiled(exprs, MESSAGE, {}).outcomes(MAIL, NoCapabilities())
    assert found == [(1, unknown("$few"))]


def test_a_sum_of_counts_asks_for_one_of_them() -> None:
    both = rule("regex.icount(subject.subject, 'abcd') + regex.icount(subject.base, 'efgh') >= 3")
    (clause,) = clauses(both)
    assert all(isinstance(atom, Hit) for atom in clause)
    assert len(clause) == 2
    others = clauses(rule("regex.icount(subject.subject, 'abcd') + 3 >= 3"))
    assert not any(isinstance(atom, Hit) for found in others for atom in found)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [(r"[\x{200E}\x{2066}]{3}", True), (r"[a-z]{3}", False), (r"[\x{2019}\x{2014}]", False)],
)
def test_one_character_tells_something_where_it_is_of_another_script(
    pattern: str, literals: bool
) -> None:
    found = wanted_by(rule(f"regex.contains(subject.subject, '{pattern}')"))
    assert (found is not None) is literals


@pytest.mark.parametrize(("reply_to", "is_found"), [("Reply-To: c@d.example\n", True), ("", False)])
def test_an_array_with_elements_may_be_one_of_several_things_a_rule_asks_for(
    reply_to: str, is_found: bool
) -> None:
    mail = f"From: Ada <ada@evil.example>\n{reply_to}To: b@acme.example\n\nx"
    message = parse_mail(mail.encode())
    expr = parse(
        "any(headers.reply_to, network.whois(.email.domain).days_old <= 30)"
        " or network.whois(sender.email.domain).days_old < 30 and subject.is_reply"
    )
    answers = Answers(calls={"network.whois": Whois(found=True, days_old=3)})
    value = evaluate(expr, message, answers).value
    assert value is is_found
    found = compiled([expr], MESSAGE, {}).outcomes(message, answers)
    assert found == ([(0, True)] if is_found else [])
