"""Whom attackers pose as, and whom they write to.

Posed as are those whose word moves others: what their titles say, in their own signatures and in
what colleagues write about them, and where they stand in the graph of internal mail. Written to
are those who can pay, change records or let somebody in. Only mail of our own people teaches.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping

from chaffinch.replay.onboard.assistants import assistants_of
from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, plural, ranked
from chaffinch.replay.onboard.letters import Letter, Letters
from chaffinch.replay.onboard.signing import title_of
from chaffinch.replay.onboard.staff import Person, Staff, role_of

DIRECT_RECIPIENTS = 5  # a letter to more is no letter to somebody
WIDE_RECIPIENTS = 50  # a letter to so many is an announcement
IMPERSONATED_COUNT = 60
TARGETED_COUNT = 60
FEWEST_COLLEAGUES = 3
FEWEST_BILLS = 3
LEAST_SURENESS = 0.1
BILLED_SHARE = 1 / 3  # of what the one most billed gets: who gets less is on copy now and then
ROLE, BILLED = 0.4, 0.5  # what a task, said once, and invoices make sure of
HELPER = 0.5  # what remains for those who stand high because they act for somebody
PAGES = 20  # rounds of the walk over the graph
STAY = 0.85
TARGETS = frozenset(("money", "people", "help"))
TITLE, NAMED, GRAPH, WIDE, ASSISTED = 0.3, 0.2, 0.35, 0.05, 0.1  # what each kind may add at most


class Office:
    """What others say of a person, and where the person stands among them."""

    __slots__ = (
        "assisted",
        "bills",
        "is_helper",
        "named",
        "namers",
        "rank",
        "readers",
        "wide",
        "writers",
    )

    def __init__(self) -> None:
        self.writers: Counter[str] = Counter()  # colleagues who wrote directly, how often
        self.readers: Counter[str] = Counter()
        self.named: Counter[str] = Counter()  # titles colleagues gave this person
        self.namers: set[str] = set()
        self.wide = 0  # announcements
        self.bills = Tally()  # invoices from outside
        self.assisted: tuple[str, ...] = ()
        self.is_helper = False
        self.rank = 0.0  # where it stands in the graph, as a share of those standing lower


class Offices:
    """The offices of all people, by the address each uses most."""

    def __init__(self, letters: Letters, known: Staff, answered: Container[str]) -> None:
        self.staff = known
        self.most_bills = 0
        self.by_address: dict[str, Office] = defaultdict(Office)
        for letter in letters:
            if letter.is_ours:
                self._count_own(letter)
            elif letter.organisation in answered and letters.may_teach(letter):
                self._count_bill(letter)
        for address, helpers in assistants_of(letters, known).items():
            self.by_address[address].assisted = tuple(helpers)
            for helper in helpers:
                self.by_address[helper].is_helper = True
        _rank(self.by_address)

    def _count_own(self, letter: Letter) -> None:
        writer = self.staff.by_address.get(letter.author.address)
        if writer is None:
            return
        facts = letter.facts
        for titled in facts.named:
            person = self.staff.called(titled.name)
            if person is not None and person is not writer:
                office = self.by_address[person.address]
                office.named[titled.title.lower()] += 1
                office.namers.add(writer.address)
        if not letter.is_personal or role_of(writer.address):
            return
        self.by_address[writer.address].wide += facts.recipients_count >= WIDE_RECIPIENTS
        if facts.recipients_count <= DIRECT_RECIPIENTS:
            self._count_direct(letter, writer)

    def _count_direct(self, letter: Letter, writer: Person) -> None:
        for box in letter.facts.to:
            reader = self.staff.by_address.get(box.address)
            if reader is not None and reader is not writer:
                self.by_address[reader.address].writers[writer.address] += 1
                self.by_address[writer.address].readers[reader.address] += 1

    def _count_bill(self, letter: Letter) -> None:
        if "bill" not in letter.facts.trade:
            return
        for box in letter.facts.recipients:
            reader = self.staff.by_address.get(box.address)
            if reader is not None:
                office = self.by_address[reader.address]
                office.bills.add(letter.facts)
                self.most_bills = max(self.most_bills, office.bills.count)


def impersonated(offices: Offices) -> list[Claim]:
    """The people attackers would pose as, the likeliest first."""
    found = [
        _impersonated(person, offices.by_address[person.address])
        for person in offices.staff.people
        if not person.is_role and person.address in offices.by_address
    ]
    sure = (one for one in found if one is not None and one.sureness >= LEAST_SURENESS)
    return ranked(sure)[:IMPERSONATED_COUNT]


def _impersonated(person: Person, office: Office) -> Claim | None:
    own = title_of(person.title)
    has_title = bool(office.namers) or (own is not None and own.rank > 0)
    if len(office.writers) < FEWEST_COLLEAGUES and not has_title:
        return None
    title, said = _title_said(office)
    reasons = [
        (TITLE * (own.rank if own else 0.0), _signs(person)),
        (NAMED * said, f'called "{title}" by {plural(len(office.namers), "colleague")}'),
        (
            GRAPH * office.rank**4,
            f"written to directly by {plural(len(office.writers), 'colleague')},"
            f" writes to {len(office.readers):,}",
        ),
        (WIDE * min(office.wide / 3, 1.0), f"sent {plural(office.wide, 'announcement')}"),
        (ASSISTED * bool(office.assisted), f"assisted by {', '.join(office.assisted[:3])}"),
    ]
    counted = [(weight, why) for weight, why in reasons if weight > 0.005]
    sureness = sum(weight for weight, _ in counted)
    if office.is_helper or (own is not None and "assistant" in own.kinds):
        sureness *= HELPER
    why = "; ".join(why for _, why in sorted(counted, reverse=True))
    point = Point(
        topic=Topic.IMPERSONATED, subject=person.address, sureness=sureness,
        why=f"{why[:1].upper()}{why[1:]}.",
        details={"name": person.name, "title": person.title or title},
    )  # fmt: skip
    return claim(point, person.wrote if person.wrote.count else person.received)


def _signs(person: Person) -> str:
    return f'signs as "{person.title}" ({plural(person.titles[person.title], "time")})'


def _title_said(office: Office) -> tuple[str, float]:
    """The highest title colleagues gave, and its rank, less where few gave it."""
    best, rank = "", 0.0
    for title, count in office.named.items():
        found = title_of(title)
        weight = (found.rank if found else 0.0) * min(1.0, 0.5 + count / 6)
        if weight > rank:
            best, rank = title, weight
    return best, rank * min(1.0, 0.4 + len(office.namers) / 5)


def targeted(offices: Offices) -> list[Claim]:
    """The people and addresses that can pay, change records or let somebody in."""
    found = [
        _targeted(person, offices.by_address.get(person.address, Office()), offices.most_bills)
        for person in offices.staff.people
    ]
    return ranked(one for one in found if one is not None)[:TARGETED_COUNT]


def _targeted(person: Person, office: Office, most_bills: int) -> Claim | None:
    role = next((kind for one in person.addresses if (kind := role_of(one)) in TARGETS), "")
    title = title_of(person.title)
    bills = office.bills
    reasons = []
    if role:
        count = person.wrote.count + person.received.count
        said = f"its address is one for {_TASKS[role]} ({plural(count, 'message')} of ours)"
        reasons.append((ROLE * (1 + lower_bound(count, count)), said))
    if title is not None and title.kinds & TARGETS:
        count = person.titles[person.title]
        reasons.append((ROLE * (1 + lower_bound(count, count)), _signs(person)))
    is_billed = bills.count >= max(FEWEST_BILLS, BILLED_SHARE * most_bills)
    if is_billed:
        reasons.append(
            (BILLED * lower_bound(bills.count, bills.count),
             f"got {plural(bills.count, 'invoice')} from outside")
        )  # fmt: skip
    if not reasons:
        return None
    left = math.prod(1 - weight for weight, _ in reasons)
    tally = bills if is_billed else person.wrote if person.wrote.count else person.received
    why = "; ".join(why for _, why in sorted(reasons, reverse=True))
    point = Point(
        topic=Topic.TARGETED, subject=person.address, sureness=1 - left,
        why=f"{why[:1].upper()}{why[1:]}.",
        details={"name": person.name, "title": person.title},
    )  # fmt: skip
    return claim(point, tally)


_TASKS = {"money": "payments", "people": "staff records", "help": "technical help"}


def _rank(offices: Mapping[str, Office]) -> None:
    """Where everybody stands: a walk from writer to reader, and how many write directly."""
    scores = _walk(offices)
    standing = {
        address: scores.get(address, 0.0) * math.log1p(len(office.writers))
        for address, office in offices.items()
    }
    order = sorted(standing, key=lambda address: (standing[address], address))
    for place, address in enumerate(order):
        offices[address].rank = (place + 1) / len(order) if standing[address] else 0.0


def _walk(offices: Mapping[str, Office]) -> dict[str, float]:
    """The share of time somebody spends at each person who goes from writer to reader."""
    names = list(offices)
    if not names:
        return {}
    share = 1 / len(names)
    scores = dict.fromkeys(names, share)
    for _ in range(PAGES):
        following = dict.fromkeys(names, (1 - STAY) * share)
        for name, reader, part in _steps(offices):
            following[reader] += STAY * scores[name] * part
        lost = 1 - sum(following.values())
        scores = {name: score + lost * share for name, score in following.items()}
    return scores


def _steps(offices: Mapping[str, Office]) -> Iterator[tuple[str, str, float]]:
    """Each writer, reader, and the share of the writer's letters; many letters count little."""
    for name, office in offices.items():
        weights = {reader: math.sqrt(count) for reader, count in office.readers.items()}
        total = sum(weights.values())
        yield from ((name, reader, weight / total) for reader, weight in weights.items())
