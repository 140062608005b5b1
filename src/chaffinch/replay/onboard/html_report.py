"""The report of an onboarding: one page of HTML that asks nothing of any network.

It holds no script, and a policy that forbids whatever it does not hold itself. Texts of mail are
escaped where they enter. The same portrait and diary give the same bytes.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from chaffinch.core.vocabulary import FLAGGED, Verdict
from chaffinch.replay.onboard import figures
from chaffinch.replay.onboard.claim_tables import claim_tables, moment
from chaffinch.replay.onboard.claims import Portrait, Topic
from chaffinch.replay.onboard.diary import DAY_MS, Acquaintance, Diary, Flagged
from chaffinch.replay.onboard.markup import Html, join, tag
from chaffinch.replay.onboard.report_style import STYLE
from chaffinch.replay.onboard.thresholds import CAVEAT, Proposal, said

SECTIONS = {
    "mail": "Mail",
    "strangers": "Strangers",
    "graph": "Graph",
    "sureness": "Sureness",
    "flagged": "What would be flagged",
    "claims": "Claims",
    "unknown": "What could not be found",
}


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What a report is made of, and how the files are called that it speaks of."""

    portrait: Portrait
    diary: Diary
    proposals: tuple[Proposal, ...]
    tenant_file: str
    claims_file: str


def html_report(findings: Findings) -> str:
    """The report as one file."""
    portrait, diary = findings.portrait, findings.diary
    body = (
        _head(findings),
        _tiles(portrait, diary),
        _section("mail", "How much mail comes and goes, day by day.",
                 figures.mail_per_day(diary)),
        tag("p", "The hours of the week, where the author is."),
        tag("figure", figures.hours_of_week(diary)),
        _section("strangers", STRANGERS, figures.acquaintance(diary)),
        _section("graph", GRAPH, figures.graph_sizes(diary)),
        _section("sureness", SURENESS, figures.sureness(portrait)),
        _flagged(findings),
        _heading("claims", CLAIMS),
        *claim_tables(portrait, findings.claims_file),
        _unknown(portrait, diary),
    )  # fmt: skip
    head = (
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy()),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{portrait.name}: what its mail says"),
        Html(f"<style>{STYLE}</style>"),
    )
    page = tag("html", tag("head", head), tag("body", body), lang="en")
    return f"<!DOCTYPE html>\n{page}\n".replace("</tr>", "</tr>\n").replace("</svg>", "</svg>\n")


STRANGERS = (
    "Mail from outside, by how well its sender was known when it came: a stranger never wrote "
    "before in this history, familiar is who had written at least ten times. At the beginning "
    "everybody is a stranger; what stays once history has grown is who really is one."
)
GRAPH = (
    "How many addresses, organisations, and pairs of one who writes and one who reads have been "
    "seen. Curves that flatten say that the history is long enough to know most of whom matters."
)
SURENESS = (
    "Each claim has a sureness: how much of the evidence that could speak to it speaks for it, "
    "less where there is little. Left of the mark it stands in the tenant file as a comment; the "
    "mark is lower where a wrong claim would trust nobody."
)
CLAIMS = (
    "Every claim with its reason, and some of the messages it rests on by their place and "
    "Message-ID. Paler rows are not in force in the tenant file."
)


def _policy() -> str:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _head(findings: Findings) -> Html:
    portrait, drawn = findings.portrait, figures.calendar(findings.diary)
    first, last = (moment(day * DAY_MS)[:10] for day in (drawn.first, drawn.last))
    links = (tag("a", title, href=f"#{name}") for name, title in SECTIONS.items())
    lead = (
        f"{portrait.messages_count:,} messages of {drawn.days:,} days, {first} to {last}"
        f"{_strays(findings.diary, drawn)}, read without a human. What was found stands in ",
        tag("code", findings.tenant_file),
        ", to be read by one.",
    )
    title = tag("h1", f"What the mail of {portrait.name} says")
    return join((title, tag("p", lead, class_="lead"), tag("nav", links)))


def _strays(diary: Diary, drawn: figures.Calendar) -> str:
    """How many messages no picture over time shows."""
    outside = sum(
        one.ways.total() for day, one in diary.days.items() if not drawn.first <= day <= drawn.last
    )
    return f" ({outside:,} bear dates far from these and are not drawn)" if outside else ""


def _tiles(portrait: Portrait, diary: Diary) -> Html:
    flagged = sum(day.verdicts[one] for day in diary.days.values() for one in FLAGGED)
    received = len(diary.scores)
    tiles = (
        (f"{received:,}", "messages received"),
        (f"{len(portrait.of(Topic.OWN_DOMAIN)):,}", "domains of yours"),
        (f"{len(portrait.of(Topic.PERSON)):,}", "people"),
        (f"{len(portrait.of(Topic.IMPERSONATED)):,}", "whom attackers may pose as"),
        (f"{len(portrait.of(Topic.TARGETED)):,}", "whom attackers may write to"),
        (f"{len(portrait.of(Topic.VENDOR)):,}", "vendors"),
        (_strangers(diary), "of outside mail from strangers, at the end"),
        (f"{flagged / received:.2%}" if received else "0", "of received mail would be flagged"),
    )
    return tag("div", (tag("div", tag("b", n), tag("span", what), class_="tile")
                       for n, what in tiles), class_="tiles")  # fmt: skip


def _strangers(diary: Diary) -> str:
    """The share of strangers in the last 28 days."""
    last = figures.calendar(diary).last
    counts = [
        diary.days[day].acquaintances for day in range(last - 27, last + 1) if day in diary.days
    ]
    total = sum(one.total() for one in counts)
    return f"{sum(one[Acquaintance.STRANGER] for one in counts) / total:.0%}" if total else "none"


def _heading(name: str, text: str) -> Html:
    return join((tag("h2", SECTIONS[name], id=name), tag("p", text)))


def _section(name: str, text: str, figure: Html) -> Html:
    return join((_heading(name, text), tag("figure", figure)))


def _flagged(findings: Findings) -> Html:
    diary, proposals = findings.diary, findings.proposals
    count = sum(day.verdicts[one] for day in diary.days.values() for one in FLAGGED)
    return join((
        _heading("flagged", f"The present policy would have flagged {count:,} of "
                 f"{len(diary.scores):,} received messages. Take care: {CAVEAT}."),
        tag("figure", figures.flagged_per_day(diary)),
        tag("h3", "Thresholds"),
        tag("p", "The share of received mail at or above each score, in the later half of the "
            "history: where a threshold cuts the staircase, so much is flagged."),
        tag("figure", figures.scores(diary, proposals)),
        tag("ul", (tag("li", tag("code", one.key), f" {said(one)}.") for one in proposals)),
        tag("h3", "What flagged it"),
        _table(("rule", "flagged messages"), _detectors(diary), "narrow"),
        tag("h3", "The gravest messages"),
        _table(("when", "verdict", "score", "from and subject", "why", "where"),
               map(_message, diary.gravest())),
    ))  # fmt: skip


def _detectors(diary: Diary) -> Iterator[Html]:
    for name, count in sorted(diary.detectors.items(), key=lambda one: (-one[1], one[0])):
        yield join((tag("td", tag("code", name)), tag("td", f"{count:,}", class_="number")))


def _message(one: Flagged) -> Html:
    return join((
        tag("td", moment(one.at), class_="short"),
        tag("td", _verdict(one.verdict), class_="short"),
        tag("td", f"{one.log_odds:+,}", class_="number"),
        tag("td", one.sender, tag("br"), one.subject, class_="who"),
        tag("td", "; ".join(dict.fromkeys(one.reasons))),
        tag("td", tag("details", tag("summary", "message"), tag("ul", tag("li",
            one.place, tag("br"), tag("code", one.message_id), tag("br"), "entry ",
            tag("code", one.id))))),
    ))  # fmt: skip


def _verdict(verdict: Verdict) -> Html:
    swatch = tag("svg", tag("rect", width=10, height=10, rx=2, class_=str(verdict)),
                 viewBox="0 0 10 10", class_="swatch")  # fmt: skip
    return join((swatch, str(verdict)))


def _table(columns: Sequence[str], rows: Iterable[Html], style: str = "scroll") -> Html:
    head = tag("tr", (tag("th", one) for one in columns))
    table = tag("table", tag("thead", head), tag("tbody", (tag("tr", row) for row in rows)))
    return tag("div", table, class_=style)


def _unknown(portrait: Portrait, diary: Diary) -> Html:
    said = (*portrait.gaps(), *diary.failures)
    lines = tag("ul", (tag("li", one) for one in said)) if said else tag("p", "Nothing.")
    return join((tag("h2", SECTIONS["unknown"], id="unknown"), lines))
