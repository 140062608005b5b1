"""The report: one page that is whole by itself, and that no text of a message breaks out of."""

import base64
import hashlib
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # ships no types
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.replay.onboard.portraits import PORTRAITS, TEXTS, acme, claim

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.policy_data import Policy
from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import find
from chaffinch.replay.onboard.claim_tables import MOST
from chaffinch.replay.onboard.claims import Claim, Mention, Portrait, Topic
from chaffinch.replay.onboard.diary import Diary, Flagged
from chaffinch.replay.onboard.html_report import Findings, html_report
from chaffinch.replay.onboard.markup import visible
from chaffinch.replay.onboard.rehearsal import rehearse
from chaffinch.replay.onboard.thresholds import Budget, propose

NS = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
HTML = """html head meta title style body h1 h2 h3 p nav a div b span figure table thead tbody tr
    th td ul li details summary code meter br"""
DRAWN = "svg g rect line path text title"
ELEMENTS = {*HTML.split(), *(f"svg:{one}" for one in DRAWN.split())}
FLAGGED = st.builds(
    Flagged,
    log_odds=st.integers(0, 9_000),
    id=TEXTS,
    verdict=st.sampled_from((Verdict.MALICIOUS, Verdict.SPAM)),
    at=st.integers(0, 2**41),
    place=TEXTS,
    message_id=TEXTS,
    sender=TEXTS,
    subject=TEXTS,
    reasons=st.lists(TEXTS, max_size=2, unique=True).map(tuple),
)


def tree(page: str) -> Element:
    parsed = html5lib.parse(page)
    assert isinstance(parsed, Element)
    return parsed


def name_of(element: Element) -> str:
    return element.tag.replace(NS, "").replace(SVG, "svg:")


def skeleton(element: Element) -> list[object]:
    """The elements and what they are, without any text."""
    attributes = {key: element.get(key) for key in ("class", "href", "id") if element.get(key)}
    return [name_of(element), attributes, [skeleton(one) for one in element]]


def page_of(portrait: Portrait, flagged: list[Flagged], failures: list[str]) -> str:
    diary = Diary()
    diary.flagged = flagged
    diary.failures = failures
    proposals = propose([-4_000, 100], Policy(), Budget())
    return html_report(
        Findings(
            portrait=portrait, diary=diary, proposals=proposals, tenant_file="t", claims_file="c"
        )
    )


def tame(text: str) -> str:
    return "x" if text else ""


def tamed(portrait: Portrait) -> Portrait:
    """The same portrait with nothing in its texts that could harm."""

    def plain(one: Claim) -> Claim:
        mentions = tuple(
            Mention(place=tame(m.place), message_id=tame(m.message_id), at=m.at)
            for m in one.mentions
        )
        details = {
            key: tame(value) if isinstance(value, str) else tuple(map(tame, value))
            for key, value in one.details.items()
        }
        return msgspec.structs.replace(
            one, subject="x", why="x", mentions=mentions, details=details
        )

    return msgspec.structs.replace(
        portrait,
        name="x",
        claims=tuple(map(plain, portrait.claims)),
        unread=tuple("x" for _ in portrait.unread),
    )


@settings(max_examples=12)  # a page takes a while to parse
@given(PORTRAITS, st.lists(FLAGGED, max_size=3), st.lists(TEXTS, max_size=2))
def test_no_text_changes_the_structure_of_the_page(
    portrait: Portrait, flagged: list[Flagged], failures: list[str]
) -> None:
    page = page_of(portrait, flagged, failures)
    calm = [
        msgspec.structs.replace(
            one, place="x", message_id="x", sender="x", subject="x", reasons=("x",)
        )
        for one in flagged
    ]
    # A flagged message's own id orders messages of one score, so it stays.
    plain = page_of(tamed(portrait), calm, ["x" for _ in failures])
    assert skeleton(tree(page)) == skeleton(tree(plain))
    page.encode()  # no half character is left
    shown = "".join(tree(page).itertext())
    for one in portrait.claims:
        assert visible(one.subject) in shown


@settings(max_examples=12)
@given(PORTRAITS)
def test_the_page_holds_nothing_that_runs_or_fetches(portrait: Portrait) -> None:
    for element in tree(page_of(portrait, [], [])).iter():
        assert name_of(element) in ELEMENTS
        for key, value in element.attrib.items():
            assert not key.startswith("on")
            assert key not in (
                "style",
                "src",
                "srcset",
                "action",
                "{http://www.w3.org/1999/xlink}href",
            )
            assert key != "href" or value.startswith("#")
            assert "url(" not in value


@pytest.fixture(scope="session")
def diary(simulated: Path, tmp_path_factory: pytest.TempPathFactory) -> Diary:
    tenant = read_tenant(simulated / "tenant.toml")
    with Engine.open(tmp_path_factory.mktemp("state"), tenant=tenant) as engine:
        return rehearse(engine, find([simulated / "mail"]))


def findings(diary: Diary) -> Findings:
    first, last = min(diary.days), max(diary.days)
    portrait = msgspec.structs.replace(
        acme(claim(Topic.PERSON, "ann@acme.example"), claim(Topic.VENDOR, "stone.example", 0.2)),
        first_at=first * 86_400_000,
        last_at=last * 86_400_000,
        unread=("No gateway can be told in an archive.",),
    )
    proposals = propose(diary.scores, Policy(), Budget())
    return Findings(
        portrait=portrait, diary=diary, proposals=proposals, tenant_file="t", claims_file="c"
    )


def test_the_page_tells_the_whole_story(diary: Diary) -> None:
    page = tree(html_report(findings(diary)))
    headings = [one.text for one in page.iter() if name_of(one) in ("h1", "h2", "h3")]
    assert headings == [
        "What the mail of acme says", "Mail", "comes from outside", "is written here", "Strangers",
        "Graph", "Sureness", "What would be flagged", "Thresholds", "What flagged it",
        "The gravest messages", "Claims", "Domains that are yours (1)", "People (1)",
        "Vendors (1)", "What could not be found",
    ]  # fmt: skip
    charts = [one for one in page.iter(f"{SVG}svg") if one.get("class") == "chart"]
    assert len(charts) == 10
    assert all(one.get("role") == "img" and one.get("aria-label") for one in charts)
    columns = sum(1 for one in charts[0].iter(f"{SVG}g"))
    assert columns == len(diary.days)
    text = " ".join(page.itertext())
    assert "No gateway can be told in an archive." in text
    assert "mail/1.eml" in text
    assert "<1@acme.example>" in text
    assert all(one.id in text and one.place in text for one in diary.gravest())
    targets = {one.get("id") for one in page.iter()}
    links = [str(one.get("href")) for one in page.iter(f"{NS}a")]
    assert links
    assert all(one[1:] in targets for one in links)


def test_the_policy_allows_this_style_sheet_and_nothing_else(diary: Diary) -> None:
    page = html_report(findings(diary))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src &#x27;none&#x27;; style-src &#x27;sha256-{digest}&#x27;" in page
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_the_bytes_do_not_depend_on_the_process(diary: Diary, tmp_path: Path) -> None:
    (tmp_path / "findings").write_bytes(pickle.dumps(findings(diary)))
    code = (
        "import pickle, sys; from chaffinch.replay.onboard.html_report import html_report\n"
        "sys.stdout.write(html_report(pickle.load(open(sys.argv[1], 'rb'))))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "findings")],
            capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert made[0] == made[1] == html_report(findings(diary)).encode()


def test_a_topic_of_thousands_leads_to_the_file_of_claims() -> None:
    many = [claim(Topic.PERSON, f"p{n}@acme.example") for n in range(MOST + 3)]
    page = tree(page_of(acme(*many), [], []))
    text = "".join(page.itertext())
    assert f"People ({MOST + 3})" in text
    assert f"p{MOST - 1}@acme.example" in text
    assert f"p{MOST}@acme.example" not in text
    assert "3 more stand in c." in text


def test_an_empty_history_makes_a_page() -> None:
    empty = Portrait(name="acme", claims=(), messages_count=0, first_at=0, last_at=0)
    assert f"Nothing was found of: {', '.join(Topic)}." in page_of(empty, [], [])
    everything = acme(*(claim(topic, "x.example") for topic in Topic))
    assert "Nothing was found of" not in page_of(everything, [], [])
    vendor = acme(*(claim(topic, "x.example") for topic in Topic if topic is not Topic.VENDOR))
    assert "Nothing was found of: vendor." in page_of(vendor, [], [])
