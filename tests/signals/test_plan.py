"""Signals written out as code say what their declarations say, one function at a time."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists, shipped
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import Around, around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observe import observe
from chaffinch.signals.aggregates import Measured, aggregated
from chaffinch.signals.declare import Signal, catalogue
from chaffinch.signals.evidence import Evidence
from chaffinch.signals.supplies import ELEMENTS, SUPPLIES, MissingListError, Supplies
from chaffinch.simulate import company, week

FEW = Lists({name: shipped().by_name[name] for name in ("brand_domains", "suspicious_tlds")})
SIMULATED_FROM = datetime(2026, 6, 2, tzinfo=UTC)


def plainly(one: Signal, supplies: Supplies) -> Measured:
    """A signal from its declaration, every element asked."""
    if one.needs_history and supplies.history_lacks is not None:
        return supplies.history_lacks
    if one.element is None:
        return asked(one, supplies, None)
    elements = {
        "link": supplies.links,
        "recipient": supplies.recipients,
        "attachment": supplies.attachments,
        "pair": supplies.pairs,
        "host": supplies.hosts,
    }[one.element]
    return aggregated(one.aggregate or "any", [asked(one, supplies, each) for each in elements])


def asked(one: Signal, supplies: Supplies, element: object) -> Measured:
    given = (
        element if kind in ELEMENTS else getattr(supplies, SUPPLIES[kind]) for kind in one.inputs
    )
    try:
        return one.function(*given)
    except MissingListError as missing:
        return Unknown(frozenset(missing.args))


def check(message: Message, known: Around | None, lists: Lists) -> None:
    said = {
        name: plainly(one, Supplies(message, known, lists)) for name, one in catalogue().items()
    }
    assert list(Evidence(message, known, lists).measure_all().items()) == list(said.items())
    one_by_one = Evidence(message, known, lists)
    assert {name: one_by_one[name] for name in sorted(catalogue(), reverse=True)} == said


@cache
def simulated() -> tuple[tuple[Message, Around], ...]:
    """A week of mail, each message with what the earlier ones taught."""
    return tuple(learning())


def learning() -> Iterator[tuple[Message, Around]]:
    store = MemoryProfileStore()
    mail = week(company(3), start=SIMULATED_FROM, seed=3)
    for number, one in enumerate(mail):
        message = parse(one.raw, received_at=one.received_at, recipients=one.recipients)
        observation = observe(message)
        yield message, around(store, message.tenant.name, observation, observation.at)
        store.learn([(number + 1, message.tenant.name, observation)], after=number)


@pytest.mark.parametrize("lists", [shipped(), FEW], ids=["all lists", "few lists"])
def test_the_plan_says_what_declarations_say_of_simulated_mail(lists: Lists) -> None:
    mail = simulated()
    assert any(known.tenant.is_mature for _, known in mail)
    for message, known in mail[:: max(1, len(mail) // 80)]:
        check(message, known, lists)


@given(st.binary(max_size=800), st.sampled_from([shipped(), FEW, Lists({})]))
def test_the_plan_says_what_declarations_say_of_any_bytes(raw: bytes, lists: Lists) -> None:
    check(parse(raw), None, lists)


@given(
    st.lists(
        st.sampled_from(
            [
                "https://a.example/x",
                "http://192.0.2.1:81/",
                "mailto:a@gmail.com",
                "https://bit.ly/a",
            ]
        ),
        max_size=5,
    ),
    st.sampled_from([shipped(), FEW, Lists({})]),
)
def test_links_together_are_what_their_aggregates_say(links: list[str], lists: Lists) -> None:
    page = "".join(f'<a href="{one}">x</a>' for one in links)
    check(parse(f"Content-Type: text/html\n\n{page}".encode()), None, lists)


def test_a_list_that_is_missing_leaves_what_others_decide(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    raw = letter(body="https://stone.example/a")
    evidence = Evidence(parse(raw, tenant=acme), None, Lists({}))
    assert evidence["link.shape.writes_to_another_address"] is False
    raw = letter(body="mailto:ann@gmail.com https://stone.example/a")
    evidence = Evidence(parse(raw, tenant=acme), None, Lists({}))
    assert evidence["link.host.is_shortener"] == Unknown(frozenset({"$url_shorteners"}))
