"""Who is believed about the time of arrival."""

from datetime import UTC, datetime, timedelta, timezone

from chaffinch.core.limits import Limits
from chaffinch.message.arrival import EPOCH, arrival
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers

RECEIVED = (
    b"Received: from x.example ([198.51.100.7]) by mx.acme.example; 9 Aug 2019 11:00:00 +0000\n"
)
FORGED = b"Received: by evil.example; 9 Aug 2001 11:00:00 +0000\n"
DATE = b"Date: 8 Aug 2019 10:00:00 +0200\n"
MBOX = datetime(2019, 8, 10, tzinfo=UTC)


def headers(data: bytes) -> Headers:
    return Headers(block=header_block(data + b"\n", Limits()))


def test_the_callers_clock_counts_first_and_is_no_assumption() -> None:
    clock = datetime(2020, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    found = arrival(clock, headers(RECEIVED + DATE), MBOX)
    assert (found.time, found.assumption) == (datetime(2020, 1, 1, tzinfo=UTC), None)
    assert found.time.utcoffset() == timedelta(0)
    assert arrival(datetime(2020, 1, 1), headers(b""), None).time == found.time  # noqa: DTZ001 - a caller without zone


def test_then_our_boundary_then_mbox_then_the_author() -> None:
    ours = arrival(None, headers(RECEIVED + FORGED + DATE), MBOX)
    assert ours.time == datetime(2019, 8, 9, 11, tzinfo=UTC)
    assert "Received" in (ours.assumption or "")
    assert arrival(None, headers(DATE), MBOX).time == MBOX
    author = arrival(None, headers(DATE), None)
    assert author.time == datetime(2019, 8, 8, 8, tzinfo=UTC)
    assert "Date" in (author.assumption or "")


def test_an_impossible_date_is_a_defect_and_the_epoch_stands_in() -> None:
    found = arrival(None, headers(b"Date: 1 Jan 2190 00:00:00 +0000\n"), None)
    assert found.time == EPOCH
    assert [defect.code for defect in found.defects] == ["date-out-of-range", "no-arrival-time"]
