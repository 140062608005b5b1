"""The way mail takes to us: our receivers, an upstream gateway, the boundary, and detours.

What is found is verified against every message that came from outside: the boundary must stand
where it should, and where it does not, the message is named.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator

import msgspec

from chaffinch.message.boundary import receiver_name
from chaffinch.message.domain import organisation
from chaffinch.message.received import is_public_ip
from chaffinch.replay.history import DAY_MS
from chaffinch.replay.onboard.claims import MENTIONS_COUNT, Claim, Topic
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, percent, plural
from chaffinch.replay.onboard.facts import Facts, Line
from chaffinch.replay.onboard.ground import Ground, Standing, is_nameless, organisation_of

RECEIVER_SHARE = 0.1  # of the topmost lines: who writes fewer is no receiver of ours
GATEWAY_SHARE = 0.5  # of the organisations that write here: whose mail one stranger hands over
GATEWAY_ORGANISATIONS = 5
GATEWAYS_COUNT = 2
UNKNOWN_VOTERS = 0.4  # of the sureness, where nobody is known who may say so
HOSTS_COUNT = 4  # of one parent; more are named by it
BOUNDARIES_COUNT = 12
BOUNDARY_SHARE = 0.005
DETOURS_COUNT = 2  # messages, and organisations they are from


def receivers(history: Iterable[Facts], domains: frozenset[str]) -> frozenset[str]:
    """Who writes the topmost lines of the mail found here, those without a name passed over."""
    topmost: Counter[str] = Counter()
    for facts in history:
        line = next((one for one in facts.lines if not is_nameless(one)), None)
        name = receiver_name(line.by) if line else None
        if name is not None:
            topmost[name] += 1
    fewest = RECEIVER_SHARE * topmost.total()
    return frozenset(name for name, count in topmost.items() if count >= fewest or name in domains)


class _Handover:
    """Whose mail one stranger handed over to us, and whether it got that from strangers itself."""

    __slots__ = ("addresses", "beyond", "tally")

    def __init__(self) -> None:
        self.beyond: Counter[str] = Counter()  # messages the stranger had from an organisation
        self.addresses: set[str] = set()
        self.tally = Tally()


def gateways(
    history: Iterable[Facts], ground: Ground, answered: Container[str]
) -> tuple[list[Claim], Ground]:
    """The services mail passes before it reaches us, and the ground with them on our side.

    Only organisations we wrote to have a say, so that nobody becomes our gateway by writing a lot
    under many names. Where too few are known, those have that wrote on several days; names are
    cheap, so what they say is a question to a person, and nothing is built on it.
    """
    found: list[Claim] = []
    writers = _writers(history, ground)
    voters = frozenset(name for name in writers if name in answered)
    is_sure = len(voters) >= GATEWAY_ORGANISATIONS
    if not is_sure:
        voters = frozenset(name for name, days in writers.items() if len(days) > 1)
    for _ in range(GATEWAYS_COUNT if is_sure else 1):
        name, handover, total = _common_handover(history, ground, voters)
        if handover is None:
            break
        passing = len(handover.beyond)
        why = (
            f"Most mail of {plural(passing, 'organisation')} of {total:,}"
            f" ({percent(passing / total)}) was handed to it from outside before it reached us, in"
            f" {plural(handover.tally.count, 'message')}."
        )
        addresses = tuple(sorted(handover.addresses)[:BOUNDARIES_COUNT])
        point = Point(
            topic=Topic.GATEWAY, subject=name,
            sureness=lower_bound(passing, total) * (1.0 if is_sure else UNKNOWN_VOTERS),
            why=why if is_sure else f"{why} Hardly any of them is known to be written to.",
            details={"addresses": addresses},
        )  # fmt: skip
        found.append(claim(point, handover.tally))
        if not is_sure:
            break
        ground = msgspec.structs.replace(
            ground,
            receivers=ground.receivers | {name},
            gateways=frozenset({name}),  # mail passes the outermost first
            addresses=ground.addresses | handover.addresses,
        )
    return found, ground


def _writers(history: Iterable[Facts], ground: Ground) -> dict[str, set[int]]:
    """The organisations that write here, as they say, and the days on which they do."""
    days: dict[str, set[int]] = defaultdict(set)
    for facts in history:
        author = organisation_of(facts.author.address) if facts.author else ""
        if author and author not in ground.domains:
            days[author].add(facts.at // DAY_MS)
    return days


def _common_handover(
    history: Iterable[Facts], ground: Ground, voters: frozenset[str]
) -> tuple[str, _Handover | None, int]:
    """The stranger that hands over most correspondents' mail, which itself came from them."""
    handovers: dict[str, _Handover] = defaultdict(_Handover)
    messages: Counter[str] = Counter()  # by organisation
    for facts in history:
        level = ground.crossing(facts)
        author = organisation_of(facts.author.address) if facts.author else ""
        if level is None or level < 0 or author not in voters or facts.list_id:
            continue  # what a list hands over is the list's
        if facts.lines[level].has_login:
            continue
        messages[author] += 1
        _count_handover(facts, level, author, handovers)
    for one in handovers.values():
        few = [name for name, count in one.beyond.items() if count < messages[name] / 2]
        for name in few:  # now and then by a detour is no gateway's doing
            del one.beyond[name]
    name = max(handovers, key=lambda key: (len(handovers[key].beyond), key), default="")
    fewest = max(GATEWAY_ORGANISATIONS, GATEWAY_SHARE * len(messages))
    if not name or len(handovers[name].beyond) < fewest:
        return "", None, len(messages)
    return name, handovers[name], len(messages)


def _count_handover(facts: Facts, level: int, author: str, handovers: dict[str, _Handover]) -> None:
    line = facts.lines[level]
    name = receiver_name(line.looked_up or line.claimed)
    if name is None or name == author or level + 1 >= len(facts.lines):
        return
    if receiver_name(facts.lines[level + 1].by) != name:
        return
    one = handovers[name]
    if _came_from_beyond(facts.lines[level + 1 :], name):
        one.beyond[author] += 1
        one.tally.add(facts)
        if line.ip:
            one.addresses.add(line.ip)


def _came_from_beyond(lines: Iterable[Line], name: str) -> bool:
    """Whether the stranger's own lines end with one by which it took the message from others.

    A provider that sends for its customers got theirs with a password, or from itself.
    """
    for line in lines:
        if receiver_name(line.by) != name:
            return False
        giver = receiver_name(line.looked_up or line.claimed)
        is_public = bool(line.ip) and is_public_ip(line.ip)
        if is_public and giver != name:
            return not line.has_login
    return False


class _Crossings:
    """Where messages from outside crossed to our side."""

    def __init__(self) -> None:
        self.hosts: dict[str, Tally] = defaultdict(Tally)
        self.inbound = 0
        self.around: list[Facts] = []  # came in from outside, and our side did not write on top
        self.around_count = 0


def boundaries(history: Iterable[Facts], ground: Ground) -> list[Claim]:
    """The hosts that take mail from outside, checked against every message that came so."""
    crossings = _Crossings()
    for facts in history:
        _count_crossing(facts, ground, crossings)
    kept = _by_parent(crossings.hosts)
    fewest = BOUNDARY_SHARE * crossings.inbound
    claims = [
        _boundary(host, tally, crossings)
        for host, tally in sorted(kept.items(), key=lambda item: (-item[1].count, item[0]))
        if tally.count >= fewest and "." in host
    ]
    return claims[:BOUNDARIES_COUNT]


def _count_crossing(facts: Facts, ground: Ground, crossings: _Crossings) -> None:
    if not facts.lines or (facts.author and ground.owns(facts.author.address)):
        return
    level = ground.crossing(facts)
    if level is None:
        return
    crossings.inbound += 1
    if level >= 0 and _is_where_it_should_be(facts, level, ground):
        crossings.hosts[facts.lines[level].by].add(facts)
        return
    crossings.around_count += 1
    if len(crossings.around) < MENTIONS_COUNT:
        crossings.around.append(facts)


def _is_where_it_should_be(facts: Facts, level: int, ground: Ground) -> bool:
    """With a gateway found, mail is expected to cross there and not behind it."""
    if not ground.addresses:
        return True
    return receiver_name(facts.lines[level].by) in ground.gateways


def _by_parent(hosts: dict[str, Tally]) -> dict[str, Tally]:
    """The hosts, those of one parent under its name where they are many."""
    children: dict[str, list[str]] = defaultdict(list)
    for host in hosts:
        children[_parent(host)].append(host)
    found: dict[str, Tally] = {}
    for parent, names in children.items():
        if len(names) < HOSTS_COUNT:
            found.update({name: hosts[name] for name in names})
        else:
            found[parent] = _sum(hosts[name] for name in names)
    return found


def _parent(host: str) -> str:
    """The domain a host lies in, never more than one organisation's."""
    above = host.partition(".")[2]
    return above if above and organisation(above) == organisation(host) else host


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total.join(one)
    return total


def _boundary(host: str, tally: Tally, crossings: _Crossings) -> Claim:
    standing = crossings.inbound - crossings.around_count
    why = (
        f"{plural(tally.count, 'message')} of {crossings.inbound:,} from outside"
        f" ({percent(tally.count / crossings.inbound)}) crossed to our side here; in"
        f" {plural(crossings.around_count, 'message')} no boundary stands where it should."
    )
    return claim(
        Point(
            topic=Topic.BOUNDARY,
            subject=host,
            sureness=lower_bound(standing, crossings.inbound),
            why=why,
            details={"exceptions": tuple(one.held.place for one in crossings.around)},
        ),
        tally,
    )


def forwarding(history: Iterable[Facts], ground: Ground) -> list[Claim]:
    """Addresses elsewhere whose mail is sent on to a mailbox here, proven mail alone counting."""
    routes: dict[tuple[str, str], _Detour] = defaultdict(_Detour)
    for facts in history:
        for mailbox, address, host in _detours(facts, ground):
            one = routes[mailbox, address]
            one.tally.add(facts)
            one.hosts.add(host)
            one.organisations.add(organisation_of(facts.author.address) if facts.author else "")
    return [
        _detour(mailbox, address, one)
        for (mailbox, address), one in sorted(routes.items())
        if one.tally.count >= DETOURS_COUNT and len(one.organisations) >= DETOURS_COUNT
    ]


class _Detour:
    __slots__ = ("hosts", "organisations", "tally")

    def __init__(self) -> None:
        self.tally = Tally()
        self.hosts: set[str] = set()
        self.organisations: set[str] = set()


def _detours(facts: Facts, ground: Ground) -> Iterator[tuple[str, str, str]]:
    """Mailbox here, address written to, and the host that sent it on."""
    level = ground.crossing(facts)
    if level is None or level < 0 or facts.list_id or ground.standing(facts) is not Standing.PROVEN:
        return
    line = facts.lines[level]
    host = line.looked_up or line.claimed
    forwarder = organisation(host)
    author = organisation_of(facts.author.address) if facts.author else ""
    mailboxes = [n.address for n in facts.noted if n.level <= level and ground.owns(n.address)]
    if forwarder is None or forwarder == author or not mailboxes:
        return
    deeper = {one.mailbox for one in facts.lines[level + 1 :] if one.mailbox}
    noted = {note.address for note in facts.noted if note.level > level}
    for address in sorted({box.address for box in facts.recipients} | deeper | noted):
        if organisation_of(address) == forwarder:
            yield mailboxes[0], address, host


def _detour(mailbox: str, address: str, one: _Detour) -> Claim:
    why = (
        f"{plural(one.tally.count, 'message')} of {plural(len(one.organisations), 'organisation')}"
        f" to {address} came on to {mailbox}."
    )
    return claim(
        Point(
            topic=Topic.FORWARDING,
            subject=mailbox,
            sureness=lower_bound(one.tally.count, one.tally.count),
            why=why,
            details={"address": address, "through": tuple(sorted(one.hosts)[:HOSTS_COUNT])},
        ),
        one.tally,
    )
