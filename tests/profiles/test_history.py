"""What histories say: how often lately, of whom, how usual; nothing where too little is known."""

import msgspec
import pytest

from chaffinch.profiles.around import Around, around
from chaffinch.profiles.halflife import HalfLife
from chaffinch.profiles.keys import keys_of
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Content, Observation, Retraction, Taught, Transport
from chaffinch.profiles.pace import DAY_MS
from chaffinch.profiles.row import Habit

HOUR_MS = 3_600_000
START = 19_000 * DAY_MS
NOW = START + 30 * DAY_MS
LETTER = Observation(
    delivery_id="now",
    at=NOW,
    inbound=True,
    sender="pat@vendor.example",
    domain="vendor.example",
    name="pat doe",
    recipients=("kim@acme.example",),
    recipient_domains=("acme.example",),
    mailboxes=("kim@acme.example",),
    message_id="<m@vendor.example>",
    transport=Transport(program="Writer", signers=("vendor.example s1",), week_hour=9),
    content=Content(language="en"),
)


def at(instant: int, **changes: object) -> Observation:
    changed = {"at": instant, "delivery_id": f"at-{instant}", **changes}
    return msgspec.structs.replace(LETTER, **changed)


def known(*taught: Taught, judged: Observation = LETTER) -> Around:
    """What is remembered around a letter of a tenant with sixty old letters of a stranger."""
    stranger = {"sender": "x@y.example", "domain": "y.example", "name": "x"}
    old = [at(START + step * HOUR_MS, **stranger) for step in range(60)]
    store = MemoryProfileStore()
    store.learn([(number, "acme", one) for number, one in enumerate((*old, *taught), 1)])
    return around(store, "acme", judged, judged.at)


def test_recent_mail_weighs_more_the_shorter_the_half_life() -> None:
    address = known(*(at(NOW - hours * HOUR_MS) for hours in (1, 24, 24 * 7))).sender.address
    assert address is not None
    found = [address.decayed(half_life) or 0.0 for half_life in HalfLife]
    assert found == sorted(found)
    assert found[0] == pytest.approx(0, abs=0.02)
    assert found[1] == pytest.approx(0.5, abs=0.02)
    assert found[2] == pytest.approx(0.5 + 2 ** (-1 / 24) + 2**-7, abs=0.05)
    assert found[-1] == pytest.approx(3, abs=0.1)


def test_counterparts_are_counted_and_known() -> None:
    around_it = known(
        *(at(NOW - n * HOUR_MS, recipients=(f"u{n}@acme.example",)) for n in (1, 2, 3))
    )
    address = around_it.sender.address
    assert address is not None
    assert address.counterparts_count == 3
    assert address.knows("u1@acme.example") is True
    assert address.knows("kim@acme.example") is False


def test_a_habit_is_shrunk_towards_what_is_usual_in_the_organisation() -> None:
    stranger = known().usual(Habit.PROGRAM)
    regular = known(*(at(NOW - n * DAY_MS) for n in range(1, 21)))
    assert stranger is not None
    assert stranger.support == 0
    usual, odd = regular.usual(Habit.PROGRAM), regular.usual(Habit.PROGRAM, "Scribe")
    assert usual is not None
    assert odd is not None
    assert usual.support == 20
    assert usual.value > 0.8 > stranger.value
    assert odd.value < 0.05
    signer = regular.usual(Habit.SIGNER)
    assert signer is not None
    assert signer.value > 0.8


def test_thin_history_says_nothing_of_habits() -> None:
    store = MemoryProfileStore()
    store.learn([(1, "acme", at(NOW - HOUR_MS))])
    assert around(store, "acme", LETTER, NOW).usual(Habit.PROGRAM) is None


def test_hours_of_the_week_are_the_writers_own() -> None:
    address = known(*(at(NOW - n * DAY_MS) for n in range(1, 5))).sender.address
    assert address is not None
    assert address.hour_share(10) == 1
    assert address.hour_share(100) == 0


def test_a_conversation_is_known_by_its_messages_and_by_what_it_quotes() -> None:
    ours = at(
        NOW - DAY_MS,
        inbound=False,
        outbound=True,
        is_proven_ours=True,
        sender="kim@acme.example",
        recipients=("pat@vendor.example",),
        message_id="<k1@acme.example>",
        content=Content(sentences=("aa", "bb")),
    )
    true = at(NOW, answers=("k1@acme.example",), content=Content(quoted=("aa", "bb")))
    false = at(NOW, answers=("k2@acme.example",), content=Content(quoted=("cc", "dd")))
    none = at(NOW)
    found = [known(ours, judged=one).thread for one in (true, false, none)]
    assert [one.answers_ours for one in found] == [True, False, None]
    assert [one.quoted_share for one in found] == [1, 0, None]


def test_a_copy_that_was_learned_does_not_see_itself() -> None:
    store = MemoryProfileStore()
    store.learn([(1, "acme", LETTER)])
    later = msgspec.structs.replace(LETTER, at=NOW + DAY_MS)
    seen = around(store, "acme", later, NOW, learned=[LETTER])
    assert all(row is None or row.is_empty for _, row in seen.rows)
    unlearned = around(MemoryProfileStore(), "acme", later, NOW)
    assert seen.sender.address is not None
    assert seen.sender.address.knows("kim@acme.example") is False
    assert seen.thread == unlearned.thread


def test_of_a_copy_that_differs_what_was_learned_is_taken_away() -> None:
    store = MemoryProfileStore()
    other = at(NOW - DAY_MS, transport=Transport(program="Scribe"))
    store.learn([(1, "acme", other), (2, "acme", LETTER)])
    copy = msgspec.structs.replace(LETTER, at=NOW + 1, transport=Transport(program="Scribe"))
    seen = around(store, "acme", copy, NOW, learned=[LETTER]).sender.address
    alone = known(other, judged=at(NOW)).sender.address
    assert seen is not None
    assert alone is not None
    assert seen.tally(Habit.PROGRAM) == alone.tally(Habit.PROGRAM)


def test_what_was_taken_back_is_unknown_again() -> None:
    once = at(NOW - DAY_MS)
    found = known(once, Retraction(once))
    assert found.sender.address is not None
    assert not found.sender.address.seen.happened
    (mailbox,) = found.histories(keys_of(once).mailboxes)
    assert not mailbox.knows("pat@vendor.example")


def test_a_claim_by_anothers_proof_is_new_though_whom_it_names_is_known() -> None:
    proven = [at(NOW - n * DAY_MS, authenticated=True) for n in range(1, 21)]
    posing = at(NOW, via="bulk.example")
    ours = at(
        NOW - 9 * DAY_MS,
        outbound=True,
        inbound=False,
        is_proven_ours=True,
        sender="kim@acme.example",
        recipients=("pat@vendor.example",),
    )
    honest, claimed = (known(*proven, ours, judged=one).sender.address for one in (at(NOW), posing))
    assert honest is not None
    assert claimed is not None
    assert honest.seen.count == 20
    assert claimed.seen.count == 0
    assert claimed.solicited is True  # that we wrote to the address is so, whoever uses it
    again = known(*proven, at(NOW - DAY_MS, via="bulk.example"), judged=posing).sender.address
    assert again is not None
    assert again.seen.count == 1
