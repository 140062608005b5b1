"""Which domains are the organisation's own, before anything else is known of it.

A domain is ours because mail is delivered to it here, whoever wrote it, and because our people
write from it. What a stranger writes into From or To is neither.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from chaffinch.lists.reference import shipped
from chaffinch.message.boundary import is_behind_edges, receiver_name
from chaffinch.message.received import is_public_ip
from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.evidence import (
    Point,
    Tally,
    claim,
    lower_bound,
    percent,
    plural,
    ranked,
)
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.ground import organisation_of

FEWEST_WRITTEN = 3
FEWEST_CORRESPONDENTS = 3
UNSURE = 0.1
ALIAS_SHARE = 0.005  # of what the first domain has
UNWRITTEN, UNSENT, LONELY, SHARED = 0.25, 0.5, 0.3, 0.1  # what a missing witness takes


class _Seen:
    """What is known of one domain."""

    __slots__ = ("correspondents", "delivered", "named", "outside", "receivers", "sent", "writers")

    def __init__(self) -> None:
        self.correspondents: set[str] = set()  # organisations whose mail was delivered to it
        self.receivers: set[str] = set()  # its addresses that mail was delivered to
        self.writers: set[str] = set()  # its addresses that wrote from inside
        self.delivered = Tally()
        self.sent = Tally()  # written from inside, or lying in a folder of sent mail
        self.named = Tally()  # written from nobody knows where, in mail that was never transported
        self.outside = Tally()  # came from outside, as anybody else's does


class _Census:
    """One count over a history."""

    def __init__(self, history: Iterable[Facts]) -> None:
        self.seen: dict[str, _Seen] = {}
        self.authors: set[str] = set()
        self.messages_count = 0
        self.notes_count = 0
        self._copies: set[int] = set()
        for facts in history:
            if not facts.list_id:
                self._count(facts)

    def _count(self, facts: Facts) -> None:
        self.messages_count += 1
        author = organisation_of(facts.author.address) if facts.author else ""
        delivered = list(delivered_to(facts))
        self.notes_count += bool(delivered)
        self._count_author(facts, author)
        addresses = delivered or [box.address for box in facts.recipients]
        if author:
            self.authors.add(author)
        for domain in dict.fromkeys(map(organisation_of, addresses)):
            if domain and domain != author:
                one = self._of(domain)
                one.delivered.add(facts)
                one.correspondents.add(author)
        for address in addresses:
            if organisation_of(address):
                self._of(organisation_of(address)).receivers.add(address)

    def _count_author(self, facts: Facts, author: str) -> None:
        if not author or facts.author is None:
            return
        one = self._of(author)
        is_inside = is_from_inside(facts)
        if is_inside:
            one.writers.add(facts.author.address)
        way = one.sent if is_inside else one.outside if facts.has_transport else one.named
        if not self._is_copy(facts, facts.author.address, is_inside):
            way.add(facts)

    def _is_copy(self, facts: Facts, author: str, is_inside: bool) -> bool:
        """Whether another copy was counted; one that came another way is another message."""
        if not facts.message_id:
            return False
        key = hash((facts.message_id, author, is_inside, facts.has_transport))
        counted = key in self._copies
        self._copies.add(key)
        return counted

    def _of(self, domain: str) -> _Seen:
        return self.seen.setdefault(domain, _Seen())


def own_domains(history: Iterable[Facts]) -> list[Claim]:
    """The domains of an organisation: the one all its correspondents write to, and its aliases."""
    census = _Census(history)
    first = max(_candidates(census), key=lambda name: _weight(census, name), default=None)
    if first is None:
        return []
    main = _main(census, first)
    if main is None or main.sureness < UNSURE:
        return [main] if main else []  # aliases of what hardly is anybody's say nothing
    return [main, *ranked(_aliases(census, first, main.sureness))]


def delivered_to(facts: Facts) -> Iterator[str]:
    """The addresses our own side noted on top, and the owner of the mailbox."""
    found = [note.address for note in facts.noted if note.level == 0 and facts.lines]
    if not found and facts.lines and facts.lines[0].mailbox:
        found = [facts.lines[0].mailbox]
    if not found and facts.held.mailbox and "@" in facts.held.mailbox and not facts.is_sent:
        found = [facts.held.mailbox]
    yield from dict.fromkeys(found)


def is_from_inside(facts: Facts) -> bool:
    """Whether it was written where only our people write: a sent folder, or with a password.

    The lines are read from the top, as far as they are our own: a public address without a
    password is where a stranger handed the message over.
    """
    if facts.is_sent and not facts.has_transport:
        return True
    for line in facts.lines:
        if is_behind_edges(line.by) and receiver_name(line.claimed) == receiver_name(line.by):
            continue
        if line.ip and is_public_ip(line.ip):
            return line.has_login
        if line.claimed and not line.ip:
            return False
    return bool(facts.lines) and facts.lines[-1].has_source


def _candidates(census: _Census) -> list[str]:
    """Domains somebody wrote from, inside, where there are any; else all mail was delivered to."""
    written = [n for n, one in census.seen.items() if one.sent.count >= FEWEST_WRITTEN]
    return written or [name for name, one in census.seen.items() if one.delivered.count]


def _weight(census: _Census, name: str) -> tuple[float, int, str]:
    one = census.seen[name]
    factor = SHARED if is_shared(name) else 1.0
    return factor * len(one.correspondents), one.sent.count, name


def _main(census: _Census, name: str) -> Claim | None:
    one = census.seen[name]
    others = len(census.authors - {name})
    share = len(one.correspondents) / others if others else 0.0
    sureness = lower_bound(len(one.correspondents), others)
    notes = "delivered" if census.notes_count else "addressed"
    why = [
        f"{percent(share)} of the {plural(others, 'organisation')} that write here have mail"
        f" {notes} to {plural(len(one.receivers), 'address')} of it"
    ]
    if one.sent.count:
        why.append(
            f"{plural(len(one.writers), 'address')} of it wrote {plural(one.sent.count, 'message')}"
            " from inside"
        )
    elif one.named.count:
        sureness *= UNSENT
        why.append(f"it wrote {plural(one.named.count, 'message')} whose way nobody recorded")
    else:
        sureness *= UNWRITTEN
        why.append("nothing was seen that it wrote itself")
    if len(one.receivers) < 2:
        sureness *= LONELY
    if is_shared(name):
        sureness *= SHARED
        why.append("anybody can have an address there")
    tally = one.sent if one.sent.count else one.delivered
    if not tally.count:
        return None
    return claim(
        Point(topic=Topic.OWN_DOMAIN, subject=name, sureness=sureness, why="; ".join(why) + "."),
        tally,
    )


def _aliases(census: _Census, first: str, most: float) -> Iterator[Claim]:
    """Further domains our people write from, or mail from several organisations is delivered to.

    None is surer than the domain it is another name of.
    """
    main = census.seen[first]
    for name, one in census.seen.items():
        if name == first or is_shared(name):
            continue
        is_written = one.sent.count >= max(FEWEST_WRITTEN, ALIAS_SHARE * main.sent.count)
        is_written = is_written and len(one.writers) >= 2
        fewest = max(FEWEST_CORRESPONDENTS, ALIAS_SHARE * len(main.correspondents))
        is_delivered = census.notes_count > 0 and len(one.correspondents) >= fewest
        if is_written or is_delivered:
            found = _alias(name, one, first, is_delivered=is_delivered)
            yield msgspec.structs.replace(found, sureness=min(found.sureness, most))


def _alias(name: str, one: _Seen, first: str, *, is_delivered: bool) -> Claim:
    speaking = one.sent.count + (one.delivered.count if is_delivered else 0)
    why = (
        f"{plural(len(one.writers), 'address')} of it wrote {plural(one.sent.count, 'message')}"
        f" from inside, mail of {plural(len(one.correspondents), 'organisation')} was delivered to"
        f" it, and {plural(one.outside.count, 'message')} of it came from outside."
    )
    return claim(
        Point(
            topic=Topic.OWN_DOMAIN,
            subject=name,
            sureness=lower_bound(speaking, speaking + one.outside.count),
            why=why,
            details={"alias_of": first},
        ),
        one.delivered if is_delivered else one.sent,
    )


def is_shared(name: str) -> bool:
    """Whether anybody can have an address at a domain."""
    return name in _shared()


@lru_cache(maxsize=1)
def _shared() -> frozenset[str]:
    lists = shipped()
    found = (lists.get(name) for name in ("free_email_providers", "disposable_email_providers"))
    return frozenset(name for entries in found if entries for name in entries)
