"""The typed row of all signals: its version, and null apart from unknown."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.message.parse import parse
from chaffinch.mql.values import Unknown
from chaffinch.signals.declare import catalogue
from chaffinch.signals.evidence import Evidence
from chaffinch.signals.names import Locked, locked
from chaffinch.signals.vector import GONE, NOT_ASKED, schema_of, vector, vector_schema

NAMES = st.builds(
    Locked,
    st.from_regex(r"[a-z]{1,3}\.[a-z]{1,3}\.[a-z]{1,3}", fullmatch=True),
    st.sampled_from(["bool", "int", "float", "str"]),
    st.sampled_from(["", "gone: it never varied"]),
)
LOCKS = st.lists(NAMES, max_size=12, unique_by=lambda one: one.name)


@given(LOCKS, NAMES)
def test_the_version_changes_when_a_name_is_added(lock: list[Locked], new: Locked) -> None:
    is_new = new.name not in {one.name for one in lock}
    grown = schema_of([*lock, new]) if is_new else schema_of(lock)
    assert (grown.version != schema_of(lock).version) == is_new


@given(LOCKS, st.randoms(use_true_random=False))
def test_nothing_else_changes_it(lock: list[Locked], chance: object) -> None:
    gone = [Locked(one.name, one.kind, "gone: odd") for one in reversed(lock)]
    assert schema_of(gone) == schema_of(lock)


@given(LOCKS.filter(bool))
def test_a_name_of_another_type_changes_it(lock: list[Locked]) -> None:
    first = lock[0]
    other = Locked(first.name, "int" if first.kind != "int" else "str")
    assert schema_of([other, *lock[1:]]).version != schema_of(lock).version


def test_every_name_ever_given_out_is_a_column_with_its_type() -> None:
    assert {one.name: one.kind for one in vector_schema().columns} == {
        name: one.kind for name, one in locked().items()
    }


def test_null_and_unknown_stay_apart(letter: Callable[..., bytes], acme: Tenant) -> None:
    measured = Evidence(parse(letter(), tenant=acme), None, Lists({})).measure_all()
    found = vector(measured)
    by_name = dict(zip((one.name for one in vector_schema().columns), found.values, strict=True))
    for name, value in measured.items():
        if isinstance(value, Unknown):
            assert found.unmeasured[name] == tuple(sorted(value.causes))
            assert by_name[name] is None
        else:
            assert name not in found.unmeasured
            assert by_name[name] == value
    assert by_name["message.text.language"] is None or "message.text.language" in measured
    assert any(value is None for value in measured.values())


def test_what_nobody_asked_for_is_not_measured() -> None:
    found = vector({})
    assert set(found.unmeasured) == set(locked())
    for name, causes in found.unmeasured.items():
        assert causes == ((NOT_ASKED,) if name in catalogue() else (GONE,))
