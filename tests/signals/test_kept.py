"""Values that are kept by sender or by wording: the same as those measured anew."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.tenant import Person, Tenant
from chaffinch.lists.reference import Lists, shipped
from chaffinch.message.parse import parse
from chaffinch.signals import kept
from chaffinch.signals.declare import Signal, catalogue
from chaffinch.signals.evidence import Evidence
from chaffinch.signals.kept import kept_by

TENANTS = (
    Tenant(name="Acme Tools", domains=("acmetools.example",)),
    Tenant(
        name="Stone",
        domains=("stone.example",),
        people=(Person(name="Kim Lee", addresses=("kim@stone.example",), vip=True),),
    ),
    Tenant(name="nobody"),
)
SENDERS = (
    "Kim Lee <kim@stone.example>",
    "Kim Lee <kim.lee@gmail.com>",
    "Acme Tools IT <a@acmetoo1s.example>",
    "PayPal <paypal@rented.test>",
    "x",
    "",
)
TEXTS = ("hi", "please buy gift cards", "wire 400 EUR today, keep it secret", "Zahlung 3 Euro")
LISTS = (shipped(), Lists({}))


def kinds() -> Iterator[Signal]:
    return (one for one in catalogue().values() if kept_by(one))


def test_both_kinds_are_kept() -> None:
    assert {kept_by(one) for one in kinds()} == {"sender", "wording"}


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(*map(st.sampled_from, (SENDERS, TEXTS, TENANTS, LISTS))), min_size=1, max_size=12
    )
)
def test_what_is_kept_is_what_each_message_says_alone(
    mails: list[tuple[str, str, Tenant, Lists]],
) -> None:
    for sender, text, tenant, lists in mails:
        raw = f"From: {sender}\nSubject: {text}\n\n{text}".encode()
        message = parse(raw, tenant=tenant)
        together = Evidence(message, None, lists).measure_all()
        alone = Evidence(message, None, lists)
        for one in kinds():
            assert together[one.name] == alone[one.name], one.name


def test_it_forgets_before_it_grows_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 3)
    tenant = Tenant(name="small", domains=("small.example",))
    for number in range(10):
        message = parse(f"From: a{number}@b.example\n\nhi".encode(), tenant=tenant)
        assert (
            Evidence(message, None, shipped()).measure_all()["sender.identity.is_missing"] is False
        )
        mine = [
            known
            for name, known in message.tenant.__dict__.items()
            if name.startswith(kept.__name__)
        ]
        assert all(len(known) <= 3 for known in mine)
        assert mine
