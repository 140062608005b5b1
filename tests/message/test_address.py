"""Address headers as people and attackers write them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.address import _read_closely, email, mailboxes


def read(value: str) -> list[tuple[str | None, str | None]]:
    return [
        (box.display_name, box.email.email if box.email else None) for box in mailboxes(value, 50)
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Jane <Jane@ACME.example>", [("Jane", "jane@acme.example")]),
        ('"Doe, J" <j@a.example>, b@a.example', [("Doe, J", "j@a.example"), (None, "b@a.example")]),
        ('"ceo@acme.example" <eve@evil.example>', [("ceo@acme.example", "eve@evil.example")]),
        ("ceo@acme.example <eve@evil.example>", [("ceo@acme.example", "eve@evil.example")]),
        ("=?utf-8?Q?J=C3=B6rg?= <j@acme.example>", [("Jörg", "j@acme.example")]),
        ("=?utf-8?Q?Doe=2C_Jane?= <j@acme.example>", [("Doe, Jane", "j@acme.example")]),
        ("Jane j@acme.example", [("Jane", "j@acme.example")]),
        ("j@acme.example (Jane (sales))", [("Jane (sales)", "j@acme.example")]),
        ("Jane (<j@acme.example>)", [("Jane", "j@acme.example")]),
        ("Team: a@a.example, b@a.example;", [(None, "a@a.example"), (None, "b@a.example")]),
        ("Team: a@a.example; c@a.example", [(None, "a@a.example"), (None, "c@a.example")]),
        ("undisclosed-recipients:;", [("undisclosed-recipients", None)]),
        ("Undisclosed recipients: ;", [("Undisclosed recipients", None)]),
        ("<j@acme.example", [(None, "j@acme.example")]),
        ('"Jane <j@acme.example>', [("Jane", "j@acme.example")]),
        ("<a@acme.example> <b@acme.example>", [(None, "a@acme.example"), (None, "b@acme.example")]),
        ('"Jane" <>', [("Jane", None)]),
        ("a@b@acme.example", [(None, "a@b@acme.example")]),
        ("[mailto:j@acme.example]", [(None, "j@acme.example")]),
        ("j@[192.0.2.1]", [(None, "j@192.0.2.1")]),
        ("a@acme.example; b@acme.example", [(None, "a@acme.example"), (None, "b@acme.example")]),
        ('"O\\"Neil" <o@acme.example>', [('O"Neil', "o@acme.example")]),
        ("<>", []),
        (" , ;", []),
    ],
)  # fmt: skip
def test_mailboxes_are_read(value: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert read(value) == expected


def test_the_limit_is_kept() -> None:
    assert len(mailboxes("a@acme.example, " * 100, 7)) == 7


def test_an_address_is_split_at_its_last_at() -> None:
    found = email("first@second@acme.example")
    assert found is not None
    assert (found.local_part, found.domain.domain) == ("first@second", "acme.example")


@pytest.mark.parametrize(
    "text", ["", "@", "a@", "@acme.example", "nobody", "x" * 2000 + "@acme.example"]
)
def test_what_is_no_address_is_none(text: str) -> None:
    assert email(text) is None


@given(st.text(alphabet='ab@.<>"(),;:\\ =?[]é', max_size=80), st.integers(1, 5))
@settings(max_examples=200, deadline=None)
def test_any_header_is_read_within_the_limit(value: str, limit: int) -> None:
    found = mailboxes(value, limit)
    assert len(found) <= limit
    assert all(box.display_name or box.email for box in found)


@pytest.mark.parametrize("piece", ["(", '"', "<", "a@b ", "[:", '\\"', "a:", ")(", "<a@"])
def test_hostile_headers_take_linear_time(piece: str) -> None:
    started = time.process_time()
    mailboxes(piece * 100_000, 1000)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("piece", ["10:00 a@b ", "<a> x:", '"a@b" c:'])
def test_endless_colons_are_read_in_linear_time(piece: str) -> None:
    started = time.process_time()
    mailboxes(piece * (200_000 // len(piece)), 1_000)
    assert time.process_time() - started < 4


def test_a_prefix_before_an_address_is_no_group() -> None:
    assert read(" mailto: jane@acme.example") == [(None, "jane@acme.example")]
    assert read("Team: jane@acme.example;") == [(None, "jane@acme.example")]


SHAPES = st.lists(
    st.sampled_from(
        ["Jane Doe", '"Doe, Jane"', " ", ",", "<", ">", "jane@acme.example", "a@b", "@", ";", ":",
         "(Bob)", "=?utf-8?Q?J=C3=B6rg?=", "<eve@evil.example>", "O'Neil", "A@B.Example.",
         '"Roe, Jim" <jim@acme.example>', '"Bob (it)"', '"', "\\", "\t", "'", " ,_",
         "<a@b.example >", "x@y@z.example", "\U0001f911"]
    ),
    max_size=8,
).map("".join)  # fmt: skip


@given(SHAPES, st.integers(1, 4))
@settings(max_examples=500, deadline=None)
def test_the_usual_shapes_are_read_as_closely_as_the_others(value: str, limit: int) -> None:
    assert mailboxes(value, limit) == _read_closely(value, limit)
