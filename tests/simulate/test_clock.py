"""Clocks with summer time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.simulate.zone import Clock

PLACES = {"Europe/Berlin": Clock(60, "eu"), "Europe/London": Clock(0, "eu"),
          "America/New_York": Clock(-300, "us"), "Asia/Singapore": Clock(480)}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@given(at=st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_clocks_agree_with_the_time_zone_database(place: str, at: datetime) -> None:
    theirs = at.astimezone(ZoneInfo(place)).utcoffset()
    assert theirs is not None
    assert PLACES[place].offset(at) == theirs.total_seconds() / 60
