"""Received headers as servers write them."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.model import Clause
from chaffinch.message.received import (
    _usual,
    _whatever,
    canonical_ip,
    ips_in,
    named,
    received,
)


def test_the_clauses_of_a_microsoft_line() -> None:
    found = received(
        "from mail.evil.example (198.51.100.7) by EX1.mail.protection.outlook.com (10.1.2.3)"
        " with Microsoft SMTP Server id 15.20.1.2 via Frontend Transport;"
        " Fri, 25 Nov 2022 20:16:46 +0000"
    )
    assert found.source == Clause(raw="mail.evil.example (198.51.100.7)")
    assert found.server_names.first == "ex1.mail.protection.outlook.com"
    assert found.protocol == Clause(raw="Microsoft SMTP Server")
    assert found.id == Clause(raw="15.20.1.2")
    assert found.link == Clause(raw="Frontend Transport")
    assert found.time is not None
    assert found.time.isoformat() == "2022-11-25T20:16:46+00:00"


def test_words_in_comments_are_no_clauses() -> None:
    found = received("from a.example (using with by for id; x) by b.example (from here); 9")
    assert found.source == Clause(raw="a.example (using with by for id; x)")
    assert found.server == Clause(raw="b.example (from here)")


def test_a_comment_that_never_closes_hides_nothing() -> None:
    found = received("from a.example (oops by b.example with SMTP")
    assert found.server_names.first == "b.example"


def test_text_before_the_first_clause_is_kept() -> None:
    found = received("(qmail 7 invoked by uid 9); 9 Aug 2019 11:01:44 -0000")
    assert found.additional == Clause(raw="(qmail 7 invoked by uid 9)")
    assert found.source is None


@pytest.mark.parametrize(
    ("text", "ips"),
    [
        ("[192.0.2.1] (IPv6:2001:DB8::1)", ("192.0.2.1", "2001:db8::1")),
        ("id 15.20.5857.20 at 20:16:46", ()),
        ("mail-1.2.3.4.example", ()),
        ("by 2002:a05:6512::1", ("2002:a05:6512::1",)),
    ],
)
def test_addresses_are_found(text: str, ips: tuple[str, ...]) -> None:
    assert ips_in(text) == ips


def test_what_is_no_address_has_no_canonical_form() -> None:
    assert canonical_ip("1.2.3.256") is None
    assert canonical_ip("[IPv6:::1]") == "::1"


@given(st.text(alphabet="from by(); ab.1:[]", max_size=120))
@settings(max_examples=200, deadline=None)
def test_any_line_is_taken_apart(text: str) -> None:
    found = received(text)
    for clause in (found.source, found.server, found.additional):
        assert clause is None or clause.raw
        named(clause)


_NOTES = (
    "", " ([192.0.2.1])", " (192.0.2.1)", " (2001:db8::1)", " ([IPv6:2001:DB8::1])", " (256.1.1.1)",
    " (b.example. [198.51.100.7])", " (HELO by c.example)", " ((x) y)", " (1:2:3:4:5::6:7:8)",
    "  (two  spaces)", "\t(tab)", " (1.2.3.4", " [192.0.2.1]", " (é)", " (fe80::1%10)", " ()",
)  # fmt: skip
_HOSTS = (
    "a.example",
    "MX1.b-c.Example",
    "x",
    "1.2",
    "a..b",
    "a.example.",
    "_s.a1.example",
    "a." * 130,
)
_KEYS = st.sampled_from(
    ["from ", "by ", "From ", " by ", "\tby ", " with ", " id ", "  for ", " from "]
)
_CLAUSE = st.tuples(_KEYS, st.sampled_from(_HOSTS), st.sampled_from(_NOTES)).map("".join)
_USUAL_LINE = st.builds(
    "from {}{} by {}{} with {}".format,
    st.sampled_from(_HOSTS), st.sampled_from(_NOTES),
    st.sampled_from(_HOSTS), st.sampled_from(_NOTES), st.sampled_from(["SMTP", "(", "from x", ""]),
)  # fmt: skip


@given(st.one_of(_USUAL_LINE, st.lists(_CLAUSE, max_size=4).map("".join)))
@settings(max_examples=800, deadline=None)
def test_a_line_read_in_one_sweep_is_as_if_read_the_long_way(text: str) -> None:
    assert (_usual(text, "") or _whatever(text, "")) == _whatever(text, "")


@pytest.mark.parametrize(
    "piece", ["from ", "(", "by a ", ":", "1.", "a.", "from a.b (1:2", "by a.b (1.1."]
)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    started = time.process_time()
    found = received(piece * 100_000)
    assert found.source_names is not None
    assert time.process_time() - started < 1
