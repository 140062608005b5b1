"""Header blocks, well-formed and broken."""

import email

from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.fields import _walked, header_block

LIMITS = Limits()


def read(data: bytes) -> list[tuple[str, str]]:
    return [(field.name, field.value) for field in header_block(data, LIMITS).fields]


def codes(data: bytes) -> list[str]:
    return [defect.code for defect in header_block(data, LIMITS).defects]


def test_order_case_and_duplicates_are_kept() -> None:
    data = b"To: a\r\nTO: b\r\nX-y: c\r\n\r\nbody"
    assert read(data) == [("To", "a"), ("TO", "b"), ("X-y", "c")]
    assert data[header_block(data, LIMITS).body_start :] == b"body"


def test_folded_lines_are_joined_and_raw_keeps_them() -> None:
    field = header_block(b"Subject: one\r\n\ttwo\r\n  three\r\n\r\n", LIMITS).fields[0]
    assert field.value == "one\ttwo  three"
    assert field.raw == b"Subject: one\r\n\ttwo\r\n  three\r\n"


def test_eight_bit_values_are_utf_8_else_latin_1() -> None:
    assert read("A: ü\nB: ".encode() + b"\xfc\n\n") == [("A", "ü"), ("B", "ü")]


def test_few_lines_without_colon_are_stepped_over() -> None:
    data = b"A: 1\nno colon here\nB: 2\nC: 3\n\nbody"
    assert read(data) == [("A", "1"), ("B", "2"), ("C", "3")]
    assert codes(data) == ["header-without-colon"]


def test_a_missing_blank_line_begins_the_body() -> None:
    data = b"A: 1\nHello there,\nthis is a text\nof many lines\nand no header\n"
    block = header_block(data, LIMITS)
    assert [field.name for field in block.fields] == ["A"]
    assert data[block.body_start :].startswith(b"Hello there")
    assert codes(data) == ["missing-header-separator"]


def test_a_delimiter_without_blank_line_begins_the_body() -> None:
    data = b"A: 1\n--b\nContent-Type: text/plain\n\nhi\n"
    assert read(data) == [("A", "1")]


def test_the_limits_of_size_and_count_are_said() -> None:
    many = header_block(b"A: 1\n" * 10 + b"\nx", Limits(header_count=3))
    assert len(many.fields) == 3
    assert [defect.code for defect in many.defects] == ["header-count-limit"]
    long = header_block(b"A: " + b"x" * 1000 + b"\nB: 2\n\n", Limits(header_bytes=100))
    assert len(long.fields[0].value) < 100
    assert [defect.code for defect in long.defects] == ["header-bytes-limit"]


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9-]{0,20}", fullmatch=True)
VALUES = st.from_regex(r"[!-~]([ -~]{0,40}[!-~])?(\n[ \t][!-~]{1,20}){0,2}", fullmatch=True)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=30), st.sampled_from([b"\n", b"\r\n"]))
@settings(max_examples=100, deadline=None)
def test_well_formed_headers_are_those_of_the_standard_library(
    pairs: list[tuple[str, str]], line_end: bytes
) -> None:
    text = "".join(f"{name}: {value}\n" for name, value in pairs) + "\nbody"
    data = text.encode().replace(b"\n", line_end)
    oracle = email.message_from_bytes(data)
    assert [name for name, _ in read(data)] == oracle.keys()
    unfolded = [value.replace("\r", "").replace("\n", "") for value in oracle.values()]
    assert [value.strip() for _, value in read(data)] == [value.strip() for value in unfolded]


LINES = st.lists(
    st.sampled_from(
        [b"A: 1", b"a:2", b"B : 3", b" folded", b"\tfolded", b"", b"no colon", b"X: \xfc", b"--b",
         b"Y: \xc3\xbc", b"From x", b": empty", b"Z:", b"C: x\ry"]
    ),
    max_size=9,
)  # fmt: skip


@given(LINES, st.lists(st.sampled_from([b"\n", b"\r\n"]), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_the_sweep_and_the_walk_read_the_same(lines: list[bytes], ends: list[bytes]) -> None:
    data = (
        b"".join(line + ends[at % len(ends)] for at, line in enumerate(lines)) + ends[0] + b"body"
    )
    both = header_block(data, LIMITS), _walked(data, 0, len(data), len(data), LIMITS)
    one, other = ((b.names, b.values, b.body_start, b.has_bare_return, b.defects) for b in both)
    assert one == other
    assert [field.raw for field in both[0].fields] == [field.raw for field in both[1].fields]
