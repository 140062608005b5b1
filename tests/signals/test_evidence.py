"""Evidence: lazy, measured once, unknown where it has to be, and total on real mail."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists, shipped
from chaffinch.message.parse import parse
from chaffinch.mql.values import Unknown
from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observe import observe
from chaffinch.signals.aggregates import aggregated
from chaffinch.signals.declare import catalogue
from chaffinch.signals.evidence import NO_HISTORY, THIN_HISTORY, Evidence

KINDS = {"bool": bool, "int": int, "float": float, "str": str}
SCALARS = st.lists(st.sampled_from([True, False, None]), max_size=6)


def test_a_value_is_measured_once(letter: Callable[..., bytes], acme: Tenant) -> None:
    evidence = Evidence(parse(letter(), tenant=acme), None, shipped())
    assert evidence.measured() == {}
    assert evidence["message.request.is_urgent"] is False
    assert evidence.measured() == {"message.request.is_urgent": False}
    assert evidence.measure_again(catalogue()["message.request.is_urgent"]) is False
    with pytest.raises(KeyError):
        evidence["message.request.is_purple"]


def test_history_is_unknown_without_a_store_and_while_thin(
    letter: Callable[..., bytes], acme: Tenant
) -> None:
    message = parse(letter(), tenant=acme)
    assert Evidence(message, None, shipped())["sender.history.is_first_contact"] == NO_HISTORY
    known = around(MemoryProfileStore(), "acme", observe(message), 0)
    assert Evidence(message, known, shipped())["sender.history.is_first_contact"] == THIN_HISTORY


def test_a_missing_list_is_unknown_not_false(letter: Callable[..., bytes], acme: Tenant) -> None:
    letter_with_link = letter(body="https://stone.example/a")
    evidence = Evidence(parse(letter_with_link, tenant=acme), None, Lists({}))
    lacking = Unknown(frozenset({"$free_email_providers"}))
    assert evidence["sender.identity.is_free_provider"] == lacking
    assert evidence["link.host.is_shortener"] == Unknown(frozenset({"$url_shorteners"}))
    assert evidence.measure_all()["link.host.is_shortener"] == evidence["link.host.is_shortener"]


@given(SCALARS)
def test_any_and_count_agree_with_plain_loops(values: list[bool | None]) -> None:
    found = aggregated("any", list(values))
    assert (found is True) == any(one is True for one in values)
    assert (found is None) == (None in values and True not in values)
    assert aggregated("count", list(values)) == sum(one is True for one in values)


@given(st.binary(max_size=600))
def test_every_signal_takes_any_bytes(raw: bytes) -> None:
    everything = Evidence(parse(raw), None, shipped()).measure_all()
    assert set(everything) == set(catalogue())
    for name, value in everything.items():
        assert catalogue()[name].missing or not (value is None or isinstance(value, Unknown)), name


def check_types(evidence: Evidence) -> None:
    for name, value in evidence.measure_all().items():
        kind = KINDS[catalogue()[name].kind]
        assert value is None or isinstance(value, (kind, Unknown)), name
        assert kind is bool or not isinstance(value, bool), name


def test_values_have_their_declared_types_on_real_mail(corpora: Path) -> None:
    chance = random.Random(2)
    for corpus in ("phishing_pot", "list-openbmc", "torture"):
        paths = sorted(path for path in (corpora / corpus).rglob("*") if path.is_file())
        for path in chance.sample(paths, 60):
            check_types(Evidence(parse(path.read_bytes()), None, shipped()))


def test_one_element_decides_for_the_message(letter: Callable[..., bytes], acme: Tenant) -> None:
    raw = letter(body="http://192.0.2.7/login and https://stone.example/a")
    assert Evidence(parse(raw, tenant=acme), None, shipped())["link.host.is_ip"] is True
    raw = letter(body="https://stone.example/a")
    assert Evidence(parse(raw, tenant=acme), None, shipped())["link.host.is_ip"] is False
