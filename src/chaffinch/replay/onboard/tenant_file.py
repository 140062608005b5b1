"""Portrait → tenant file: every line says why it stands there and how sure that is.

What is too unsure, or what a tenant file cannot hold, stands there as a comment with its reason.
The order depends on nothing but the portrait.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Customer, DomainAlias, Forwarding, Simulation, Vendor
from chaffinch.engine.tenants import TENANT_SCHEMA, TenantFile, fault
from chaffinch.replay.onboard.claims import Claim, Portrait, Topic
from chaffinch.replay.onboard.people_tables import people_blocks
from chaffinch.replay.onboard.toml_lines import (
    Block,
    Line,
    detail,
    details,
    fitting,
    is_sure,
    lines_of,
    list_block,
    percent,
    table,
    unfit,
)
from chaffinch.replay.onboard.toml_text import text

_LISTS = (  # key of the file, topic, what it holds
    ("boundary", Topic.BOUNDARY, "the servers that accept your mail from outside"),
    ("gateways", Topic.GATEWAY, "servers of others between the world and your boundary"),
    ("shared_mailboxes", Topic.SHARED_MAILBOX, "addresses several people read"),
    ("bulk_senders", Topic.BULK_SENDER, "who writes to many of you at once"),
    ("mailing_lists", Topic.LIST, "lists your people read"),
)


def tenant_toml(portrait: Portrait, proposals: Block = ()) -> str:
    """The tenant file of a portrait; ``proposals`` are the lines of its last table.

    Raises:
        UsageError: no domain of the organisation was found.
    """
    blocks = (
        _head(portrait),
        _beginning(portrait),
        *(list_block(key, portrait.of(topic), what) for key, topic, what in _LISTS),
        *_aliases(portrait),
        *people_blocks(portrait),
        *(_partner("vendors", Vendor, one) for one in portrait.of(Topic.VENDOR)),
        *(_partner("customers", Customer, one) for one in portrait.of(Topic.CUSTOMER)),
        *map(_forwarding, portrait.of(Topic.FORWARDING)),
        *(_simulation(one, portrait.last_at) for one in portrait.of(Topic.SIMULATION)),
        proposals,
    )
    return "\n\n".join("\n".join(lines_of(block)) for block in blocks if block) + "\n"


def _head(portrait: Portrait) -> Block:
    said = (
        f"Found in {portrait.messages_count:,} messages from {_day(portrait.first_at)} to "
        f"{_day(portrait.last_at)}. A person should read this file before it is relied on.",
        "Each line says why it is here and how sure that is. What begins with # is not in force; "
        "take that # away where the line is right.",
        *(_summary(topic, portrait.of(topic)) for topic in Topic if portrait.of(topic)),
        *portrait.unread,
    )
    return tuple(Line("", one) for one in said)


def _summary(topic: Topic, claims: tuple[Claim, ...]) -> str:
    return f"{topic}: {len(claims):,} found, {sum(map(is_sure, claims)):,} in force"


def _beginning(portrait: Portrait) -> Block:
    domains = _with_one_sure(portrait.of(Topic.OWN_DOMAIN))
    return (
        Line(f"schema = {TENANT_SCHEMA}", "version of this format"),
        Line(f"name = {text(portrait.name)}", "as you called it"),
        *list_block("domains", domains, "yours; what lies below them is yours, too"),
    )


def _with_one_sure(found: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The claims about domains; a file needs one, so the likeliest is in force however unsure."""
    usable = [one for one in found if fault(TenantFile, "domains", one.subject) is None]
    if not usable:
        raise UsageError("no domain of the organisation could be found in this history")
    if any(map(is_sure, usable)):
        return found
    likely = max(usable, key=lambda one: one.sureness)
    share = percent(likely.sureness)
    why = f"only {share} sure, but no other is surer; check it first: {likely.why}"
    forced = msgspec.structs.replace(likely, sureness=1.0, why=why)
    return tuple(forced if one is likely else one for one in found)


def _aliases(portrait: Portrait) -> Iterator[Block]:
    claims = portrait.of(Topic.OWN_DOMAIN)
    ours = {one.subject for one in claims if is_sure(one)}
    for claim in claims:
        other = detail(claim, "alias_of")
        if not other:
            continue
        why_not = unfit(DomainAlias, (("domain", claim.subject), ("of", other)))
        if not {claim.subject, other} <= ours:
            why_not = why_not or "one of the two is not surely yours"
        lines = (
            Line(f"domain = {text(claim.subject)}", "another name …"),
            Line(f"of = {text(other)}", "… of this one"),
        )
        yield table("domain_aliases", claim, lines, why_not)


def _partner(key: str, kind: type[Vendor] | type[Customer], claim: Claim) -> Block:
    name = detail(claim, "name") or claim.subject
    said = "as they call themselves" if name != claim.subject else "no name was found"
    lines = [Line(f"name = {text(name)}", said)]
    for field, meaning in (
        ("domains", "where their mail comes from"),
        ("addresses", "who writes for them"),
        ("platforms", "services that bill for them"),
    ):
        given = details(claim, field) or (_own_domain(kind, claim) if field == "domains" else ())
        if given and field in kind.__struct_fields__:
            lines.append(fitting(kind, field, given, meaning))
    return table(key, claim, lines)


def _own_domain(kind: type[Vendor] | type[Customer], claim: Claim) -> tuple[str, ...]:
    return (claim.subject,) if fault(kind, "domains", claim.subject) is None else ()


def _forwarding(claim: Claim) -> Block:
    address = detail(claim, "address")
    why_not = unfit(Forwarding, (("mailbox", claim.subject), ("address", address)))
    lines = (
        Line(f"mailbox = {text(claim.subject)}", "where the mail ends"),
        Line(f"address = {text(address)}", "what it was written to"),
        fitting(Forwarding, "through", details(claim, "through"), "the servers on the way"),
    )
    return table("forwarding", claim, lines, why_not)


def _simulation(claim: Claim, last_at: int) -> Block:
    day = _day(last_at)
    lines = (
        Line(f"name = {text(claim.subject)}", "how you call the exercise"),
        fitting(Simulation, "networks", details(claim, "networks"), "where its mail comes from"),
        fitting(Simulation, "dkim", details(claim, "dkim"), "what signs it"),
        Line(f"begins = {day}T00:00:00Z", "an example: write when it begins"),
        Line(f"ends = {day}T23:59:59Z", "an example: write when it ends"),
    )
    return table("simulations", claim, lines, "only you know whether and when it was ordered")


def _day(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d}"
