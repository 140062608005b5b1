"""Values written in the manner of the host's."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.message.parse import parse
from chaffinch.simulate.insert.mould import mould_of
from chaffinch.simulate.insert.styles import alike, dated

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MANNERS = (
    "Mon, 7 Feb 2000 01:02:03 -0800 (PST)",
    "07 Feb 2000 01:02:03 +0000",
    "Mon, 07 Feb 2000 01:02:03 +0530",
    "nobody's date",
)


@pytest.mark.parametrize("like", MANNERS)
@given(at=MOMENTS)
def test_a_date_in_any_manner_is_the_same_moment(like: str, at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert parsedate_to_datetime(dated(at, like)) == at


def kind(letter: str) -> str:
    """What of a letter a likeness keeps: its class if it is a plain one, else the letter."""
    if not (letter.isascii() and letter.isalnum()):
        return letter
    return "digit" if letter.isdigit() else "upper" if letter.isupper() else "lower"


@given(text=st.text() | st.from_regex(r"[A-Za-z0-9.<>@-]*", fullmatch=True), seed=st.integers())
def test_a_likeness_has_the_same_shape(text: str, seed: int) -> None:
    assert list(map(kind, alike(Random(seed), text))) == list(map(kind, text))


@given(st.binary(max_size=400))
def test_any_bytes_have_a_shape_or_none(raw: bytes) -> None:
    message = parse(b"From: ann@acme.example\n" + raw)
    mould = mould_of(message)
    assert mould is None or mould.leaves
