"""Signals of what is remembered: total, typed, silent of strangers, blind to the message itself."""

import math
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Content, Observation, Transport
from chaffinch.profiles.pace import DAY_MS
from chaffinch.signals import trial
from chaffinch.signals.declare import Signal, catalogue
from chaffinch.signals.recalled import Recalled, recalled

KINDS: dict[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "str": (str,),
}
OF_MEMORY = [one for one in catalogue().values() if one.inputs == (Recalled,)]
ADDRESSES = st.sampled_from(["pat@stone.example", "kim@acme.example", "x@rented.test", "ü@ö.test"])
TEXTS = st.sampled_from(["s", "Writer", "dmarc=pass", "", "\x00", "stone.example s1", "ä" * 200])
transports = st.builds(
    Transport,
    signers=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    envelope_domain=st.none() | TEXTS,
    relay=st.none() | TEXTS,
    outcome=st.none() | TEXTS,
    program=st.none() | TEXTS,
    boundary=st.none() | TEXTS,
    week_hour=st.none() | st.integers(0, 167),
    platform=st.sampled_from([None, None, "signing.example"]),
    account=st.none() | TEXTS,
)
contents = st.builds(
    Content,
    shapes=st.lists(TEXTS, max_size=3, unique=True).map(tuple),
    language=st.none() | TEXTS,
    campaigns=st.sampled_from([(), ("t0000000a",), ("t1", "t0000000b")]),
    quoted=st.sampled_from([(), ("5e01",), ("ff", "5e02")]),
    instruments=st.sampled_from([(), ("ab12",), ("cd34", "ab12")]),
    greeting=st.none() | TEXTS,
)
observations = st.builds(
    Observation,
    delivery_id=st.just("d"),
    at=st.integers(trial.START, trial.NOW + 400 * DAY_MS),
    sender=st.none() | ADDRESSES,
    domain=st.sampled_from([None, "stone.example", "rented.test"]),
    name=st.sampled_from(["", "pat doe", "xen"]),
    reply_to=st.none() | ADDRESSES,
    recipients=st.lists(ADDRESSES, max_size=4, unique=True).map(tuple),
    mailboxes=st.sampled_from([(), ("kim@acme.example",), ("new@acme.example",)]),
    answers=st.sampled_from([(), ("kim@acme.example",), ("never@b.example",)]),
    list_id=st.sampled_from([None, None, "l.example"]),
    authenticated=st.sampled_from([True, False, None]),
    via=st.sampled_from([None, None, "bulk.example"]),
    is_proven_ours=st.booleans(),
    transport=transports,
    content=contents,
)


@settings(max_examples=150)
@given(observations)
def test_every_signal_of_memory_takes_any_observation(observation: Observation) -> None:
    found = trial.remembered(observation)
    for one in OF_MEMORY:
        value = one.function(found)
        assert value is None or isinstance(value, KINDS[one.kind]), one.name
        if isinstance(value, int | float):
            assert math.isfinite(value), one.name
            assert value >= 0, one.name


@pytest.mark.parametrize(
    "one", [one for one in OF_MEMORY if ".habit." in one.name], ids=lambda one: one.name
)
def test_strangers_break_no_habits(one: Signal) -> None:
    assert one.function(trial.stranger()) is None


def _told(found: Recalled) -> dict[str, object]:
    return {one.name: one.function(found) for one in OF_MEMORY}


@pytest.mark.parametrize("letter", [trial.usual, trial.unusual, trial.stranger])
def test_a_message_does_not_know_itself(letter: Callable[..., Recalled]) -> None:
    store = MemoryProfileStore()
    before = letter().observation
    first = msgspec.structs.replace(trial.LETTER, at=before.at - DAY_MS, delivery_id="first")
    store.learn([(1, "acme", first)])
    unlearned = _told(recalled(around(store, "acme", before, before.at)))
    store.learn([(2, "acme", before)])
    learned = around(store, "acme", before, before.at, learned=[before])
    assert _told(recalled(learned)) == unlearned
