"""Signals of one link, attachment or recipient: by short names in rules, as the whole is made."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signals.test_plan import FEW, simulated

from chaffinch.core.tenant import Tenant
from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.detectors.loading import MESSAGE, signal_types
from chaffinch.lists.reference import Lists, shipped
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, Link, Recipient
from chaffinch.message.parse import parse
from chaffinch.mql.check import check
from chaffinch.mql.compiler.program import compiled
from chaffinch.mql.evaluate import evaluate
from chaffinch.mql.grammar import parse as parse_rule
from chaffinch.mql.text import print_source
from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import aggregated
from chaffinch.signals.declare import catalogue
from chaffinch.signals.elements import NOT_READ, element_signals, short_name
from chaffinch.signals.evidence import NO_HISTORY, Evidence

WHERE = {
    Link: "body.links",
    Attachment: "attachments",
    Recipient: "recipients.to",
}
RULES = tuple(
    f"{how}({where}, .signals.{name} == .signals.{name})"
    for kind, where in WHERE.items()
    for name in element_signals()[kind]
    for how in ("any", "all")
)


def meaning(source: str, evidence: Evidence) -> object:
    return evaluate(parse_rule(source), evidence.message, EvidenceCapabilities(evidence)).value


def said(sources: Sequence[str], evidence: Evidence) -> dict[str, object]:
    """What compiled rules say; one that is false or null is not there."""
    exprs = [parse_rule(one) for one in sources]
    program = compiled(exprs, MESSAGE, signal_types())
    outcomes = program.outcomes(evidence.message, EvidenceCapabilities(evidence))
    return {sources[number]: value for number, value in outcomes}


def test_names_are_those_of_the_catalogue_without_the_level() -> None:
    names = {one.name for of in element_signals().values() for one in of.values()}
    assert names == {one.name for one in catalogue().values() if one.element is not None}


@pytest.mark.parametrize("source", RULES)
def test_every_one_can_be_asked_in_a_loop(source: str) -> None:
    expr = parse_rule(source)
    assert [one.message for one in check(expr, MESSAGE, signal_types()) if not one.is_warning] == []
    assert parse_rule(print_source(expr)) == expr


@pytest.mark.parametrize(
    ("source", "message", "hint"),
    [
        ("any(body.links, .signals.host.is_pi)", "unknown signal", "did you mean `host.is_ip`?"),
        (
            "any(body.links, .signals.link.host.is_ip)",
            "unknown signal",
            "did you mean `host.is_ip`",
        ),
        (
            "any(body.links, .signals.shape.links_count > 1)",
            "unknown signal",
            "signals of the",
        ),
        ("any(recipients.to, .signals.host.is_ip)", "unknown signal", "signals of the"),
        (
            "sender.signals.host.is_ip",
            "nothing is measured of Sender",
            "signals of the",
        ),
        ("any(body.links, .signals)", "unknown field", ""),
    ],
)
def test_what_is_not_measured_is_refused(source: str, message: str, hint: str) -> None:
    (error, *_) = check(parse_rule(source), MESSAGE, signal_types())
    assert error.message == message
    assert hint in error.hint


def test_inside_a_loop_the_element_speaks_for_itself(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    raw = letter(body="http://192.0.2.7/login and https://stone.example/a/b/c")
    evidence = Evidence(parse(raw, tenant=acme), None, shipped())
    is_one = "any(body.links, .signals.host.is_ip and .signals.path.path_depth_count > 2)"
    assert meaning("signals.link.host.is_ip", evidence) is True
    assert meaning("signals.link.path.path_depth_count > 2", evidence) is True
    assert meaning(is_one, evidence) is False
    both = [is_one, is_one.replace("> 2", "== 1")]
    assert said(both, evidence) == {both[1]: True}


def test_the_finding_names_the_signal(letter: Callable[..., bytes], acme: Tenant) -> None:
    evidence = Evidence(parse(letter(body="http://192.0.2.7/"), tenant=acme), None, shipped())
    capabilities = EvidenceCapabilities(evidence)
    evaluate(parse_rule("any(body.links, .signals.host.is_ip)"), evidence.message, capabilities)
    assert capabilities.signals_read == {"link.host.is_ip"}


def test_what_is_lacking_is_unknown_unless_another_decides(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    raw = letter(body="http://192.0.2.7/ and https://stone.example/a")
    evidence = Evidence(parse(raw, tenant=acme), None, Lists({}))
    unknown = "any(body.links, .signals.host.is_shortener)"
    new = "any(body.links, .signals.history.host_is_new)"
    sure = "any(body.links, .signals.host.is_shortener or .signals.host.is_ip)"
    assert meaning(unknown, evidence) == Unknown(frozenset({"$url_shorteners"}))
    assert meaning(new, evidence) == NO_HISTORY
    assert meaning(sure, evidence) is True
    assert said([unknown, new, sure], evidence) == {
        unknown: Unknown(frozenset({"$url_shorteners"})),
        new: NO_HISTORY,
        sure: True,
    }


@pytest.mark.parametrize("lists", [shipped(), FEW], ids=["all lists", "few lists"])
def test_elements_together_are_the_message(lists: Lists) -> None:
    for message, known in simulated()[-40:]:
        evidence = Evidence(message, known, lists)
        for one in catalogue().values():
            if one.element is None:
                continue
            values = [
                evidence.of_element(each, short_name(one.name)) for each in of(message, one.element)
            ]
            if NOT_READ in values or one.element in ("host", "pair"):
                continue  # remembered once per host and address, however many links lead there
            assert aggregated(one.aggregate or "any", values) == evidence[one.name], one.name


def test_what_is_remembered_of_a_host_is_told_of_each_link_to_it() -> None:
    told = 0
    for message, known in simulated()[-60:]:
        evidence = Evidence(message, known, shipped())
        for link in message.body.links:
            told += evidence.of_element(link, "history.host_is_new") is False
        for one in message.recipients.all_:
            said = evidence.of_element(one, "history.is_first_contact")
            assert said in (True, False, None, NOT_READ)
    assert told


def of(message: Message, element: str) -> Sequence[object]:
    if element == "link":
        return message.body.links
    return message.attachments if element == "attachment" else message.recipients.all_


@given(st.data())
def test_both_evaluators_agree(data: st.DataObject) -> None:
    message, known = data.draw(st.sampled_from(simulated()[-60:]))
    lists = data.draw(st.sampled_from([shipped(), FEW]))
    sources = data.draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=4, unique=True))
    joined = [*sources, " or ".join(sources), " and ".join(sources)]
    program = said(joined, Evidence(message, known, lists))
    for source in joined:
        value = meaning(source, Evidence(message, known, lists))
        decided = value if value is True or isinstance(value, Unknown) else None
        assert program.get(source) == decided, source
