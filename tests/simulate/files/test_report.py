"""Reports and visiting cards, read by the standard library and by their own rules."""

import gzip
import json
from email import message_from_string
from email.utils import parsedate_to_datetime
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulate.files.samples import MADE, PERIOD, SOURCES, Somebody

from chaffinch.simulate.files.report import (
    aggregate,
    delivery_status,
    gzipped,
    tls_report,
    zipped,
)
from chaffinch.simulate.files.vcard import vcard

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), min_size=1)


def test_an_aggregate_counts_the_sources_of_a_day() -> None:
    root = ElementTree.fromstring(aggregate(PERIOD, SOURCES))
    counts = {
        row.findtext(".//source_ip"): (
            int(row.findtext(".//count") or 0),
            row.findtext(".//policy_evaluated/disposition"),
            row.findtext(".//auth_results/spf/result"),
        )
        for row in root.iter("record")
    }
    assert counts == {
        "192.0.2.7": (41, "none", "pass"),
        "198.51.100.9": (2, "reject", "softfail"),
    }
    begins, ends = (int(root.findtext(f".//{name}") or 0) for name in ("begin", "end"))
    assert ends - begins == 86_399
    assert root.findtext(".//policy_published/domain") == "acme.example"


def test_a_report_is_packed_under_its_name() -> None:
    report = aggregate(PERIOD, SOURCES)
    stem = f"mail.example!acme.example!{PERIOD.first}!{PERIOD.last}"
    with ZipFile(BytesIO(zipped(PERIOD, report))) as opened:
        assert opened.namelist() == [f"{stem}.xml"]
        assert opened.read(f"{stem}.xml") == report
    packed = gzipped(PERIOD, report)
    assert gzip.decompress(packed) == report
    assert packed[10 : packed.index(b"\0", 10)].decode() == f"{stem}.xml"


@pytest.mark.parametrize("failed", [0, 3])
def test_a_tls_report_says_what_failed(failed: int) -> None:
    report = json.loads(tls_report(PERIOD, 200, failed))
    (policy,) = report["policies"]
    assert policy["summary"]["total-successful-session-count"] == 200
    assert sum(d["failed-session-count"] for d in policy["failure-details"]) == failed
    assert report["date-range"]["start-datetime"] == "2025-03-04T00:00:00Z"
    assert report["date-range"]["end-datetime"] == "2025-03-04T23:59:59Z"


@pytest.mark.parametrize(("status", "action"), [("5.1.1", "failed"), ("4.4.7", "delayed")])
def test_a_notice_says_for_whom_and_why(status: str, action: str) -> None:
    text = delivery_status("mx.acme.example", "bo@acme.example", MADE, status)
    part = message_from_string(f"Content-Type: message/delivery-status\r\n\r\n{text}")
    about, recipient = list(part.walk())[1:]
    assert about["Reporting-MTA"] == "dns; mx.acme.example"
    assert parsedate_to_datetime(about["Arrival-Date"]) == MADE
    assert recipient["Final-Recipient"] == "rfc822; bo@acme.example"
    assert (recipient["Action"], recipient["Status"]) == (action, status)


def fields(card: str) -> dict[str, str]:
    lines = card.replace("\r\n ", "").split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCARD", ["END:VCARD", ""])
    return dict(line.split(":", 1) for line in lines[1:-2])


@given(TEXTS, TEXTS)
def test_a_card_says_what_it_was_given(name: str, company: str) -> None:
    card = vcard(Somebody(name, "ada@acme.example"), company=company)
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    found = fields(card)
    assert set(found) == {"VERSION", "N", "FN", "ORG", "EMAIL;TYPE=INTERNET"}
    assert unescaped(found["FN"]) == name
    assert unescaped(found["ORG"]) == company


def unescaped(text: str) -> str:
    letters = iter(text)
    return "".join(next(letters) if letter == "\\" else letter for letter in letters)
