"""Dates as mail writes them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.dates import written_date


@pytest.mark.parametrize(
    ("text", "time", "offset"),
    [
        ("Fri, 9 Aug 2019 11:01:44 -0700", "2019-08-09T18:01:44+00:00", "-7"),
        ("Fri,  9 Aug 2019 20:03:22 +0200 (CEST)", "2019-08-09T18:03:22+00:00", "+2"),
        ("9 Aug 2019 11:01:44 +0530", "2019-08-09T05:31:44+00:00", "+5:30"),
        ("Fri, 9 Aug 19 11:01 GMT", "2019-08-09T11:01:00+00:00", "+0"),
        ("9 Aug 2019 11:01:44", "2019-08-09T11:01:44+00:00", None),
        ("Fri, 09 Aug 2019 11:01:44.123 -0700", "2019-08-09T18:01:44+00:00", "-7"),
    ],
)
def test_dates_are_read_into_utc(text: str, time: str, offset: str | None) -> None:
    found = written_date(text)
    assert found is not None
    assert (found.time.isoformat(), found.offset) == (time, offset)


@pytest.mark.parametrize(
    "text", ["", "yesterday", "Fri, 32 Aug 2019 11:01:44 +0000", "1 Jan 0000 00:00:00 +0000", "9"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert written_date(text) is None


@given(st.text(alphabet="0123456789 :+-,JanFebGMT.()", max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_date_in_utc_or_none(text: str) -> None:
    found = written_date(text)
    assert found is None or found.time.utcoffset() is not None
