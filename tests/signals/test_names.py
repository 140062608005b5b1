"""Names of signals: none that was given out goes without a word of where to."""

import pytest

from chaffinch.core.errors import UsageError
from chaffinch.signals.declare import catalogue
from chaffinch.signals.names import Locked, broken, grown, locked, named, read_lock

REAL = "sender.identity.is_free_provider"
OTHER = "sender.history.is_first_contact"


def test_no_name_is_gone_or_changed_without_a_note() -> None:
    assert list(broken(locked(), catalogue())) == []


def test_every_signal_is_locked() -> None:
    assert set(catalogue()) <= set(locked()), "run 'make docs'"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sender.identity.is_odd bool", "no such signal any more"),
        ("sender.identity.is_odd bool because", "no such signal any more"),
        ("sender.identity.is_odd bool moved to sender.identity.is_even", "which is no signal"),
        (f"{REAL} bool gone: nobody wants it", "it is a signal"),
        (f"{REAL} int", "was int, is bool"),
    ],
)
def test_what_breaks_the_promise_is_named(line: str, said: str) -> None:
    (found,) = broken(read_lock(line), catalogue())
    assert said in found
    assert found.startswith(line.split(maxsplit=1)[0])


@pytest.mark.parametrize("note", [f"moved to {REAL}", "gone: it never varied"])
def test_a_note_keeps_the_promise(note: str) -> None:
    lock = read_lock(f"sender.identity.is_odd bool {note}")
    assert list(broken(lock, catalogue())) == []


def test_a_lock_grows_and_forgets_nothing() -> None:
    old = "sender.identity.is_odd bool gone: it never varied"
    again = read_lock(grown(read_lock(old), {REAL: catalogue()[REAL]}))
    assert again == {**read_lock(old), REAL: Locked(REAL, "bool")}
    assert grown(again, {REAL: catalogue()[REAL]}) == grown(again, {})


def test_a_signal_is_found_by_its_name_as_rules_write_it_too() -> None:
    assert named(f"signals.{REAL}") is named(REAL) is catalogue()[REAL]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("is_free_provider", f"did you mean `{REAL}`?"),
        ("sender.histroy.is_first_contact", f"did you mean `{OTHER}`?"),
        ("zzz", "`chaffinch signals list` names them all"),
        ("", "`chaffinch signals list` names them all"),
    ],
)
def test_of_an_unknown_name_the_nearest_is_told(name: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        named(name)
    assert str(raised.value) == f"no signal `{name}`; {said}"
