"""A history as a portrait of its organisation: every finder in turn, each on what was found before.

Own domains come first, then the way mail takes, and only on that ground it is decided whose mail
may teach anything about people and partners.
"""

from collections.abc import Iterable, Iterator

import msgspec

from chaffinch.core.tenant import Person, Tenant
from chaffinch.replay.history import Window, window
from chaffinch.replay.onboard.assistants import assistants
from chaffinch.replay.onboard.claims import Claim, Portrait, Topic
from chaffinch.replay.onboard.correspondence import answered
from chaffinch.replay.onboard.evidence import percent, plural
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.ground import Ground, is_archive
from chaffinch.replay.onboard.letters import Letters
from chaffinch.replay.onboard.mailboxes import shared_mailboxes
from chaffinch.replay.onboard.own_domains import own_domains
from chaffinch.replay.onboard.partners import partners
from chaffinch.replay.onboard.routes import boundaries, forwarding, gateways, receivers
from chaffinch.replay.onboard.senders import bulk_senders, mailing_lists
from chaffinch.replay.onboard.simulations import simulations
from chaffinch.replay.onboard.staff import people, staff
from chaffinch.replay.onboard.vips import Offices, impersonated, targeted

DOMAIN_SURENESS = 0.5  # what a domain needs for its mail to teach
ASSUMED_SURENESS = 0.5  # what a claim needs to be assumed of the organisation
VIPS_COUNT = 20


class Within:
    """The facts of a history that arrived in a window, to be gone through any number of times."""

    def __init__(self, history: Iterable[Facts], stretch: Window) -> None:
        self._history = history
        self._stretch = stretch

    def __iter__(self) -> Iterator[Facts]:
        return (facts for facts in self._history if self._stretch.holds(facts.at))


def portrait_of(
    history: Iterable[Facts], name: str, *, days: int | None = None, until: int | None = None
) -> Portrait:
    """What the last so many days of a history say of the organisation it belongs to.

    ``history`` is gone through several times. ``until`` is the end, in milliseconds since the
    epoch, where the caller knows it.
    """
    stretch = window((facts.at for facts in history), days, until)
    kept = Within(history, stretch)
    domains = own_domains(kept)
    way, ground = _way(kept, domains)
    letters = Letters(kept, ground)
    arrivals = [facts.at for facts in kept]
    return Portrait(
        name=name,
        claims=(*domains, *way, *_who(letters)),
        messages_count=len(arrivals),
        first_at=min(arrivals, default=0),
        last_at=max(arrivals, default=0),
        unread=(*_unsaid(kept, ground), *_set_aside(history, stretch, days)),
    )


def assumed_tenant(portrait: Portrait) -> Tenant:
    """The organisation as the second pass assumes it: what is sure enough, and the surest VIPs."""
    vips = {one.subject for one in portrait.of(Topic.IMPERSONATED)[:VIPS_COUNT]}
    return Tenant(
        name=portrait.name,
        domains=_sure(portrait.of(Topic.OWN_DOMAIN)),
        boundary=_sure(portrait.of(Topic.BOUNDARY)),
        people=tuple(_person(one, vips) for one in portrait.of(Topic.PERSON)),
        assumptions=("the organisation is as its history of mail shows it, unreviewed",),
    )


def _sure(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(one.subject for one in claims if one.sureness >= ASSUMED_SURENESS)


def _person(one: Claim, vips: set[str]) -> Person:
    further = one.details.get("addresses", ())
    others = (further,) if isinstance(further, str) else further
    return Person(
        name=str(one.details.get("name", "") or one.subject),
        addresses=(one.subject, *others),
        title=str(one.details.get("title", "")),
        vip=one.subject in vips,
    )


def _way(history: Iterable[Facts], domains: list[Claim]) -> tuple[list[Claim], Ground]:
    """The claims about the way of mail, and the ground everything else stands on."""
    owned = frozenset(one.subject for one in domains if one.sureness >= DOMAIN_SURENESS)
    ground = Ground(
        domains=owned, receivers=receivers(history, owned), is_archive=is_archive(history)
    )
    found, wider = gateways(history, ground, answered(Letters(history, ground)))
    return [*found, *boundaries(history, wider), *forwarding(history, wider)], wider


def _who(letters: Letters) -> Iterator[Claim]:
    """The claims about those who write."""
    known = staff(letters)
    offices = Offices(letters, known, answered(letters))
    yield from people(known)
    yield from impersonated(offices)
    yield from targeted(offices)
    yield from assistants(letters, known)
    yield from shared_mailboxes(letters)
    yield from partners(letters, known)
    yield from bulk_senders(letters)
    yield from mailing_lists(letters)
    yield from simulations(letters)


def _set_aside(history: Iterable[Facts], stretch: Window, days: int | None) -> Iterator[str]:
    """The messages that lie where no history is, which is a date's fault and not theirs."""
    count = sum(
        facts.at > stretch.end or (days is None and facts.at < stretch.start) for facts in history
    )
    if count:
        yield (
            f"{plural(count, 'message')} with a date far from all others"
            f" {'was' if count == 1 else 'were'} set aside."
        )


class _Gaps(msgspec.Struct):
    """What a history lacks."""

    total: int = 0
    transported: int = 0
    judged: int = 0
    dated: int = 0
    lists: int = 0
    sent: int = 0


def _unsaid(history: Iterable[Facts], ground: Ground) -> Iterator[str]:
    """What the history could not say, in sentences."""
    gaps = _Gaps()
    for facts in history:
        gaps.total += 1
        gaps.transported += bool(facts.lines)
        gaps.judged += bool(facts.results)
        gaps.dated += facts.is_dated_by_author
        gaps.lists += bool(facts.list_id)
        gaps.sent += facts.is_sent
    if not gaps.total:
        yield "No message was read."
        return
    yield from _about_proof(gaps, ground)
    if not ground.domains:
        yield "No domain is surely the organisation's, so nobody could be told to belong to it."
    if gaps.dated:
        yield (
            f"{plural(gaps.dated, 'message')} ({percent(gaps.dated / gaps.total)}) have no arrival"
            " but the date their author wrote."
        )
    if gaps.lists:
        yield f"{plural(gaps.lists, 'message')} came through mailing lists and teach the list only."


def _about_proof(gaps: _Gaps, ground: Ground) -> Iterator[str]:
    if ground.is_archive:
        yield (
            "Hardly any message shows how it travelled: boundary, gateway and forwarding could not"
            " be found, and no author could be proven."
        )
    elif gaps.judged < gaps.transported / 2:
        yield (
            f"{plural(gaps.transported - gaps.judged, 'message')} of {gaps.transported:,} carry no"
            " authentication results; whoever wrote them is unproven."
        )
    if not gaps.sent:
        yield "No folder of sent mail was found: whom we write to is known from copies alone."
