"""The people of a tenant file: one table each, those whom attackers care about first."""

from collections.abc import Iterator

import msgspec

from chaffinch.core.tenant import Person
from chaffinch.replay.onboard.claims import Claim, Portrait, Topic
from chaffinch.replay.onboard.toml_lines import (
    Block,
    Line,
    because,
    detail,
    details,
    fitting,
    is_sure,
    table,
    unfit,
)
from chaffinch.replay.onboard.toml_text import text

_ROLES = (Topic.IMPERSONATED, Topic.TARGETED, Topic.ASSISTANT)


class _Found(msgspec.Struct):
    """The claims about one person."""

    person: Claim
    roles: dict[Topic, Claim]

    @property
    def rank(self) -> tuple[int, float, str]:
        """Those with a role first, the surest of them first; then who is in force; by address."""
        sureness = max((one.sureness for one in self.roles.values()), default=0.0)
        group = 0 if self.roles else 1 if is_sure(self.person) else 2
        return (group, -sureness, self.person.subject)


def people_blocks(portrait: Portrait) -> Iterator[Block]:
    """A table for each person somebody claims to be there."""
    yield from map(_block, sorted(_found(portrait), key=lambda one: one.rank))


def _found(portrait: Portrait) -> list[_Found]:
    """Each person with their roles; a role of somebody not found otherwise makes a person."""
    by_address: dict[str, _Found] = {}
    people: list[_Found] = []
    for claim in portrait.of(Topic.PERSON):
        found = by_address.get(claim.subject)
        if found is None:
            found = _Found(claim, {})
            people.append(found)
        for address in (claim.subject, *details(claim, "addresses")):
            by_address.setdefault(address, found)
    for topic in _ROLES:
        for claim in portrait.of(topic):
            if claim.subject not in by_address:
                by_address[claim.subject] = _Found(claim, {})
                people.append(by_address[claim.subject])
            by_address[claim.subject].roles.setdefault(topic, claim)
    return people


def _block(found: _Found) -> Block:
    claim = found.person
    title = _title(found)
    lines = [
        Line(f"name = {text(detail(claim, 'name') or claim.subject)}", "as they write it"),
        fitting(
            Person, "addresses", (claim.subject, *details(claim, "addresses")), "theirs, it seems"
        ),
        *([Line(f"title = {text(title)}", "as mail of theirs says")] if title else []),
        *(_role(topic, one) for topic, one in found.roles.items()),
    ]
    return table("people", claim, lines, unfit(Person, (("addresses", claim.subject),)))


def _title(found: _Found) -> str:
    claims = (found.person, *found.roles.values())
    return next(filter(None, (detail(one, "title") for one in claims)), "")


def _role(topic: Topic, claim: Claim) -> Line:
    """The line that says which kind of attention attackers give this person."""
    assists = detail(claim, "assists")
    toml = {
        Topic.IMPERSONATED: "vip = true",
        Topic.TARGETED: "targeted = true",
        Topic.ASSISTANT: f"assistant_of = {text(assists)}",
    }[topic]
    why_not = None if is_sure(claim) else "too unsure"
    if topic is Topic.ASSISTANT:
        wrong = unfit(Person, (("assistant_of", assists),)) if assists else "of whom is not known"
        why_not = wrong or why_not
    return Line(toml, because(claim, why_not), is_out=why_not is not None)
