"""The claims of a portrait as tables of the report, each traceable to its messages."""

from collections.abc import Iterator
from datetime import UTC, datetime

from chaffinch.core.counted import counted
from chaffinch.replay.onboard.claims import Claim, Mention, Portrait, Topic
from chaffinch.replay.onboard.markup import Html, join, tag
from chaffinch.replay.onboard.toml_lines import is_sure, percent

SHOWN = 40  # rows of a topic that are open at once
MOST = 600  # rows of a topic at all: a page has to open; the rest stands in the file of claims

TITLES = {
    Topic.OWN_DOMAIN: "Domains that are yours",
    Topic.PERSON: "People",
    Topic.IMPERSONATED: "Whom attackers may pose as",
    Topic.TARGETED: "Whom attackers may write to",
    Topic.ASSISTANT: "Assistants",
    Topic.SHARED_MAILBOX: "Shared mailboxes",
    Topic.VENDOR: "Vendors",
    Topic.CUSTOMER: "Customers",
    Topic.BULK_SENDER: "Senders of bulk mail",
    Topic.LIST: "Mailing lists",
    Topic.FORWARDING: "Forwarding",
    Topic.GATEWAY: "Gateways before your boundary",
    Topic.BOUNDARY: "Your boundary",
    Topic.SIMULATION: "Phishing simulations",
}


def claim_tables(portrait: Portrait, file: str) -> Iterator[Html]:
    """A table for each topic something was found about; ``file`` holds every claim."""
    for topic, title in TITLES.items():
        claims = portrait.of(topic)
        if claims:
            yield tag("h3", f"{title} ({len(claims):,})")
            yield _table(claims[:SHOWN])
            if claims[SHOWN:]:
                more = tag("summary", f"{len(claims[SHOWN:MOST]):,} more")
                yield tag("details", more, _table(claims[SHOWN:MOST]))
            if claims[MOST:]:
                yield tag("p", f"{len(claims[MOST:]):,} more stand in ", tag("code", file), ".")


def moment(at: int) -> str:
    """A moment as people read it, in UTC.

    >>> moment(86_399_999)
    '1970-01-01 23:59'
    """
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M}"


def _table(claims: tuple[Claim, ...]) -> Html:
    head = tag("tr", (tag("th", one) for one in ("what", "sure", "messages", "why", "for example")))
    rows = tag("tbody", map(_row, claims))
    return tag("div", tag("table", tag("thead", head), rows), class_="scroll")


def _row(claim: Claim) -> Html:
    return tag(
        "tr",
        tag("td", claim.subject, class_="subject"),
        tag("td", tag("meter", percent(claim.sureness), min=0, max=1, value=claim.sureness),
            " ", percent(claim.sureness), class_="number"),
        tag("td", f"{claim.count:,}", class_="number"),
        tag("td", claim.why, _details(claim)),
        tag("td", _mentions(claim.mentions)),
        class_=None if is_sure(claim) else "off",
    )  # fmt: skip


def _details(claim: Claim) -> Html:
    given = (
        f"{key.replace('_', ' ')}: {value if isinstance(value, str) else ', '.join(value)}"
        for key, value in sorted(claim.details.items())
        if value
    )
    return join((tag("br"), tag("span", one, class_="note")) for one in given)


def _mentions(mentions: tuple[Mention, ...]) -> Html:
    if not mentions:
        return tag("span", "none kept")
    many = counted(len(mentions), "message")
    items = (
        tag("li", moment(one.at), " · ", one.place, tag("br"), tag("code", one.message_id))
        for one in mentions
    )
    return tag("details", tag("summary", many), tag("ul", items))
