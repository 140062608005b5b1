"""Scopes, lists, signals, budgets and traces of the evaluator; real messages in the end."""

from collections.abc import Callable

import msgspec
import pytest

from chaffinch.core.errors import RuleError
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse
from chaffinch.mql.outcome import Match
from chaffinch.mql.results import Dom, LinkAnalysis, SenderProfile, Vip
from chaffinch.mql.values import Unknown, unknown

MAIL = b"""From: Eve Example <eve@evil.example>
To: jane@acme.example
Subject: Re: Invoice 4711
Content-Type: text/html

<p>Please <a href="https://login.evil.example/pay">pay now</a></p>
"""


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("any(links, any(['x', 'evil.example'], .. .href_url.domain.root_domain == .))", True),
        ("any(links, any(['evil.example'], ..href_url.domain.root_domain == .))", True),
        ("any(links, any(['a'], any([1], ...href_url.scheme == 'https')))", True),
        ("any(links, subject == 'Urgent: Invoice 4711')", True),
        ("any(['k'], links[0].href_url.query_params_decoded[.][0] == 'v')", True),
        ("any(links, any(['k'], ..href_url.query_params_decoded[.][1] == 'w'))", True),
        ("from == 'eve'", True),
        ("count == 3 and 2 < count <= 3", True),
        ("signals.sender.is_new", True),
        ("signals.links_count + 1", 3),
        ("sender.display_name in $people", True),
        ("'EVE EXAMPLE' in~ $people", True),
        ("'EVE EXAMPLE' in $people", False),
        ("any($people, . == 'Eve Example')", True),
        ("any($org_vips, .display_name =~ sender.display_name)", True),
        ("'x' not in $people", True),
        ("5 in $people", None),
        ("profile.by_sender().prevalence in ('new', 'outlier')", True),
        ("profile.by_sender().days_known is null", True),
    ],
)
def test_meaning(value_of: Callable[..., object], source: str, expected: object) -> None:
    found = value_of(
        source,
        signals={"sender.is_new": True, "links_count": 2},
        lists={
            "people": frozenset({"Eve Example", "Jane Doe"}),
            "org_vips": (Vip(display_name="EVE example", email="eve@acme.example"),),
        },
        calls={"profile.by_sender": SenderProfile(prevalence="new")},
    )
    assert found is expected or found == expected


@pytest.mark.parametrize(
    ("source", "code"),
    [("nope(1)", "M301"), ("any([1])", "M302"), ("length([1], k=2)", "M303")],
)
def test_an_unchecked_rule_raises_a_rule_error(
    value_of: Callable[..., object], source: str, code: str
) -> None:
    with pytest.raises(RuleError) as caught:
        value_of(source)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "source",
    [
        "profile.by_sender().solicited",
        "html.xpath(ml.link_analysis(links[0]).final_dom, '//a').nodes[0].raw == 'x'",
        "file.parse_text(file.message_screenshot()).text is null",
        "length(file.parse_html(file.message_screenshot()).links) == 0",
    ],
)
def test_an_answer_may_know_some_of_it(value_of: Callable[..., object], source: str) -> None:
    lost = unknown("feed")
    answers = {
        "profile.by_sender": SenderProfile(prevalence="new", solicited=lost),
        "ml.link_analysis": LinkAnalysis(final_dom=Dom(raw=lost, display_text="x")),
        "file.message_screenshot": Dom(raw=lost),
    }
    assert value_of(source, calls=answers) == {"feed"}
    assert value_of("profile.by_sender().prevalence == 'new'", calls=answers) is True


class Huge(NoCapabilities):
    """A list with 200,000 entries."""

    def reference_list(self, name: str) -> tuple[object, ...]:
        return tuple(range(200_000))


@pytest.mark.parametrize(
    "source",
    [
        "any($huge, . == -1)",
        "all($huge, . > -1)",
        "length(filter($huge, true)) > 5",
        "length(map($huge, .)) > 5",
        "length(distinct($huge)) > 5",
        "length(flatten([$huge])) > 5",
        "sum($huge) > 5",
        "ratio($huge, true) > 0.5",
        "-1 in $huge",
        "not any($huge, any($huge, . + .. == -1))",
        "false or any($huge, . == -1) or true",
    ],
)
def test_a_huge_array_ends_in_the_step_budget(source: str) -> None:
    outcome = evaluate(parse(source), None, Huge())
    assert outcome.value == unknown("step budget")
    assert outcome.missing == {"step budget"}


def test_the_same_work_costs_the_same_steps(sample: object) -> None:
    expr = parse("any(links, strings.icontains(.href_url.url, 'evil', 'x'))")
    spent = {evaluate(expr, sample, NoCapabilities()).steps for _ in range(3)}
    assert len(spent) == 1
    assert evaluate(expr, sample, NoCapabilities(), steps=spent.pop()).fired


def test_a_trace_names_the_fields_a_true_rule_rests_on(sample: object) -> None:
    source = """
        any(links, strings.icontains(.href_url.domain.domain, 'LOGIN'))
        and (regex.contains(subject, 'nothing') or regex.icontains(subject, 'invoice \\d+'))
        and not strings.contains(body, 'Please', 'absent')
    """
    expr = parse(source.replace("'Please', ", ""))
    outcome = evaluate(expr, sample, NoCapabilities(), trace=True)
    assert outcome.fired
    assert outcome.matches == (
        Match("links[0].href_url.domain.domain", 0, 5, "login"),
        Match("subject", 8, 20, "Invoice 4711"),
    )
    assert evaluate(parse(source), sample, NoCapabilities(), trace=True).matches == ()


def test_a_trace_leaves_out_branches_that_were_not_true(sample: object) -> None:
    source = "(strings.contains(subject, 'Urgent') and false) or strings.contains(body, 'pay')"
    outcome = evaluate(parse(source), sample, NoCapabilities(), trace=True)
    assert [match.path for match in outcome.matches] == ["body"]


def test_a_trace_holds_at_most_120_characters_of_a_match() -> None:
    expr = parse("regex.contains(strings.concat('x', '" + "y" * 500 + "'), 'x.*')")
    (match,) = evaluate(expr, None, NoCapabilities(), trace=True).matches
    assert (match.start, match.end, len(match.text)) == (0, 501, 120)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("type.inbound and sender.email.domain.root_domain == 'evil.example'", True),
        ("subject.is_reply and length(headers.references) == 0", True),
        ("headers.in_reply_to is null", True),
        ("any(body.links, .href_url.domain.sld == 'evil' and .display_text == 'pay now')", True),
        ("strings.icontains(body.current_thread.text, 'please pay')", True),
        ("length(attachments) == 0 and all(attachments, .file_type == 'pdf')", True),
        ("headers.auth_summary.dmarc.pass", None),
        ("not coalesce(headers.auth_summary.dmarc.pass, false)", True),
        ("any(html.xpath(body.html, '//a/@href').nodes, strings.icontains(.raw, '/pay'))", True),
    ],
)
def test_a_real_message_answers(source: str, expected: object) -> None:
    assert evaluate(parse(source), parse_mail(MAIL), NoCapabilities()).value is expected


def test_an_attached_message_is_a_message_of_its_own() -> None:
    outer = (
        b"From: jane@acme.example\nSubject: FYI\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: application/octet-stream; name=mail.eml\n"
        b"Content-Disposition: attachment; filename=mail.eml\n\n" + MAIL + b"--b--\n"
    )
    source = """any(attachments, any(file.parse_eml(.).body.links,
        .href_url.domain.root_domain == 'evil.example'
        and sender.email.domain.domain == 'acme.example'
        and strings.contains(file.parse_text(..).text, 'Invoice')))"""
    assert evaluate(parse(source), parse_mail(outer), NoCapabilities()).fired


def test_nobody_there_is_undecided_and_says_who() -> None:
    outcome = evaluate(
        parse("sender.email.email in $recipient_emails and ml.attack_score().score > 1"),
        parse_mail(MAIL),
        NoCapabilities(),
    )
    assert isinstance(outcome.value, Unknown)
    assert outcome.missing == {"$recipient_emails", "ml.attack_score"}
    assert not outcome.fired


@pytest.mark.parametrize(
    "source",
    [
        "length(strings.concat(" + ", ".join(["body"] * 1_000) + ")) > 0",
        "any([" + ", ".join(["1"] * 3_000) + "], body !~ body)",
        "any([" + ", ".join(["1"] * 3_000) + "], length(body[1:]) == 0)",
    ],
)
def test_long_texts_are_paid_for(source: str, sample: msgspec.Struct) -> None:
    long = msgspec.structs.replace(sample, body="é" * 300_000)
    assert evaluate(parse(source), long, NoCapabilities()).missing == {"step budget"}
