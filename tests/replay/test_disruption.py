"""What benign mail kept back costs: nothing where nothing is kept, and it adds up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.tenant import Person, Tenant
from chaffinch.core.vocabulary import Action, Verdict
from chaffinch.replay.disruption import Held, disruption, held, in_words
from chaffinch.replay.scoreboard import Judged, scoreboard

ACME = Tenant(
    domains=("acme.example",),
    people=(
        Person(name="Ada", addresses=("Ada@acme.example",), vip=True),
        Person(name="Ben", addresses=("ben@acme.example",), targeted=True),
    ),
)
HOUR = 3_600_000
KEPT = st.lists(
    st.builds(
        lambda recipients, more, hours, known: Held(
            recipients=recipients, weight=recipients + more, hours=float(hours), is_known=known
        ),
        st.integers(1, 9),
        st.integers(0, 9),
        st.integers(0, 99),
        st.booleans(),
    ),
    max_size=6,
)


@given(KEPT, KEPT)
def test_it_adds_up_and_roles_only_add(some: list[Held], more: list[Held]) -> None:
    one, other, both = disruption(some), disruption(more), disruption([*some, *more])
    for figure in ("messages", "recipients", "recipient_hours", "role_hours", "hours_known_count"):
        assert getattr(both, figure) == getattr(one, figure) + getattr(other, figure)
    assert both.role_hours >= both.recipient_hours


@pytest.mark.parametrize("action", [Action.DELIVER, Action.NOTIFY, Action.BANNER, Action.FOLDER])
def test_what_reaches_its_readers_costs_nothing(action: Action) -> None:
    assert held(action, ["ada@acme.example"], ACME) is None


def test_roles_count_and_each_recipient_once() -> None:
    recipients = ["ada@acme.example", "BEN@acme.example", "ben@acme.example", "cy@acme.example"]
    found = held(Action.QUARANTINE, recipients, ACME)
    assert found == Held(recipients=3, weight=6, hours=8)
    assert held(Action.HOLD, (), ACME) == Held(recipients=1, weight=1, hours=2)


def test_hours_are_known_where_somebody_said_when() -> None:
    found = held(Action.JUNK, ["cy@acme.example"], arrived=2 * HOUR, released=5 * HOUR)
    assert found == Held(recipients=1, weight=1, hours=3.0, is_known=True)
    before = held(Action.JUNK, ["cy@acme.example"], arrived=5 * HOUR, released=2 * HOUR)
    assert before is not None
    assert before.hours == 0


def test_the_scoreboard_counts_benign_mail_only() -> None:
    kept = held(Action.QUARANTINE, ["ada@acme.example"], ACME)
    board = scoreboard(
        Judged(verdict=Verdict.MALICIOUS, is_attack=attack, family="f", held=kept)
        for attack in (True, False, False)
    )
    assert (board.disruption.messages, board.disruption.role_hours) == (2, 48.0)
    said = "2 benign messages kept from 2 recipients for 16.0 hours, 48.0 by role"
    assert in_words(board.disruption) == f"{said} (all hours assumed)"
