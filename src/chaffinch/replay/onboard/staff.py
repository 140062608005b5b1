"""The people of the organisation, and which addresses are of the same person.

A person is somebody who wrote from inside, or whom several colleagues write to. What a stranger
writes under an address of ours makes nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from chaffinch.profiles.names import normalise_name
from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, plural, ranked
from chaffinch.replay.onboard.facts import Box
from chaffinch.replay.onboard.letters import Letter, Letters
from chaffinch.replay.onboard.signing import title_of
from chaffinch.replay.words import words_of

FEWEST_COLLEAGUES = 2  # who must have written to somebody that never writes
FEWEST_NAME_WORDS = 2
SHORTEST_FORM = 3  # letters two first names must begin with alike
TITLES_COUNT = 2  # messages that must say a title


class Person:
    """What is known of one address of ours, and later of one person."""

    __slots__ = ("addresses", "assists", "colleagues", "names", "received", "titles", "wrote")

    def __init__(self, address: str) -> None:
        self.addresses: dict[str, int] = {address: 0}  # and how often each was used
        self.names: Counter[str] = Counter()
        self.titles: Counter[str] = Counter()  # of the own signature
        self.assists: Counter[str] = Counter()  # names of those it signs for
        self.colleagues: set[str] = set()  # addresses of ours that wrote to it
        self.wrote = Tally()
        self.received = Tally()

    @property
    def address(self) -> str:
        """The address used most."""
        return max(self.addresses, key=lambda one: (self.addresses[one], one))

    @property
    def name(self) -> str:
        """The name used most; of equal ones the longest."""
        return max(self.names, key=lambda one: (self.names[one], len(one), one), default="")

    @property
    def title(self) -> str:
        """The title signed with most, where it was more than once."""
        if not self.titles:
            return ""
        title, count = max(self.titles.items(), key=lambda item: (item[1], item[0]))
        return title if count >= TITLES_COUNT or self.wrote.count < 2 * TITLES_COUNT else ""

    @property
    def is_role(self) -> bool:
        """Whether the address is of a task and not of a person."""
        return any(role_of(one) for one in self.addresses)

    def join(self, other: "Person") -> None:
        """Take in what is known of another address of the same person."""
        for address, count in other.addresses.items():
            self.addresses[address] = self.addresses.get(address, 0) + count
        self.names += other.names
        self.titles += other.titles
        self.assists += other.assists
        self.colleagues |= other.colleagues
        self.wrote.join(other.wrote)
        self.received.join(other.received)


class Staff:
    """The people of the organisation, by each of their addresses and by name."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = list(people)
        self.by_address: Mapping[str, Person] = {
            address: person for person in self.people for address in person.addresses
        }
        self._locals = {one.rpartition("@")[0] for one in self.by_address if not role_of(one)}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        self._by_last: dict[str, list[tuple[str, Person]]] = defaultdict(list)
        for person in self.people:
            keys = {name_key(name) for name in person.names} | {name_in(person.address)}
            for key in keys - {""}:
                first, last = key.split()
                self._by_name[key].append(person)
                self._by_last[last].append((first, person))

    def may_own(self, address: str) -> bool:
        """Whether an address outside spells the name of somebody here: a private one, maybe."""
        local = address.rpartition("@")[0]
        return bool(local) and (local in self._locals or self.called(_spelled(address)) is not None)

    def called(self, name: str) -> Person | None:
        """The person of a name, where only one has it; "Bob" may be a Robert."""
        key = name_key(name)
        if not key:
            return None
        found = self._by_name.get(key, [])
        if not found:
            first, last = key.split()
            kin = [p for other, p in self._by_last.get(last, ()) if is_same_first(first, other)]
            found = list({id(person): person for person in kin}.values())
        return found[0] if len(found) == 1 else None


def staff(letters: Letters) -> Staff:
    """Everybody of ours that wrote, or that several colleagues write to."""
    found: dict[str, Person] = {}
    for letter in letters:
        if letter.is_ours and not letter.facts.is_automatic:
            _count(letter, letters, found)
    return Staff(_joined(one for one in found.values() if _is_somebody(one)))


def people(known: Staff) -> list[Claim]:
    """A claim for each person."""
    return ranked(_claim(one) for one in known.people if not one.is_role)


def role_of(address: str) -> str:
    """The kind of task an address is of, or nothing.

    >>> role_of("accounts.payable@acme.example"), role_of("ada@acme.example")
    ('money', '')
    """
    return _roles().get(address.rpartition("@")[0].lower(), "")


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A name made comparable: middle initials left out; empty where it is one word.

    >>> name_key("Marsh, Ada J."), name_key("Ada Marsh"), name_key("Ada")
    ('ada marsh', 'ada marsh', '')
    """
    words = [word for word in normalise_name(name).split() if len(word) > 1]
    return " ".join((words[0], words[-1])) if len(words) >= FEWEST_NAME_WORDS else ""


def is_same_first(one: str, other: str) -> bool:
    """Whether two first names may be of one person.

    >>> is_same_first("bob", "robert"), is_same_first("greg", "gregory")
    (True, True)
    >>> is_same_first("ann", "bob"), is_same_first("jo", "john")
    (False, False)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) >= SHORTEST_FORM and long.startswith(short):
        return True
    return bool(_nicknames().get(one, frozenset()) & _nicknames().get(other, frozenset()))


def _count(letter: Letter, letters: Letters, found: dict[str, Person]) -> None:
    facts, author = letter.facts, letter.author
    writer = found.setdefault(author.address, Person(author.address))
    writer.wrote.add(facts)
    writer.addresses[author.address] += 1
    if author.name:
        writer.names[author.name] += 1
    if letter.is_personal:
        _count_signature(writer, letter)
    for box in facts.recipients:
        if letters.ground.owns(box.address) and box.address != author.address:
            _count_reader(found, box, letter)


def _count_signature(writer: Person, letter: Letter) -> None:
    """A title counts for whoever's name stands above it in the signature."""
    facts = letter.facts
    is_own = bool(facts.signer) and _may_be(facts.signer, letter.author)
    if facts.title and is_own:
        writer.titles[facts.title] += 1
    if facts.assists and is_own:
        writer.assists[facts.assists] += 1


def _may_be(signer: str, author: Box) -> bool:
    """Whether the author may sign so: a word of the name or of the address is in the signature."""
    local = author.address.rpartition("@")[0]
    written = set(normalise_name(author.name).split()) | set(normalise_name(local).split())
    return any(
        is_same_first(one, word) or one == word
        for one in normalise_name(signer).split()
        for word in written
    )


def _count_reader(found: dict[str, Person], box: Box, letter: Letter) -> None:
    reader = found.setdefault(box.address, Person(box.address))
    reader.received.add(letter.facts)
    reader.addresses[box.address] += 1
    reader.colleagues.add(letter.author.address)
    if box.name and "@" not in box.name:
        reader.names[box.name] += 1


def _is_somebody(one: Person) -> bool:
    return bool(one.wrote.count) or len(one.colleagues) >= FEWEST_COLLEAGUES


def _joined(found: Iterable[Person]) -> list[Person]:
    """One person for all addresses under one full name."""
    by_name: dict[str, Person] = {}
    people = []
    for one in sorted(found, key=lambda person: (-person.wrote.count, person.address)):
        key = "" if one.is_role else (name_key(one.name) or name_in(one.address))
        if key and key in by_name:
            by_name[key].join(one)
            continue
        if key:
            by_name[key] = one
        people.append(one)
    return people


def name_in(address: str) -> str:
    """The name an address spells out, made comparable.

    >>> name_in("ada.marsh@acme.example"), name_in("ada@acme.example")
    ('ada marsh', '')
    """
    return name_key(_spelled(address))


def _spelled(address: str) -> str:
    """The words an address such as ``ada.marsh@…`` spells out."""
    return address.rpartition("@")[0].replace(".", " ").replace("_", " ")


def _claim(one: Person) -> Claim:
    wrote, count = one.wrote, len(one.colleagues)
    why = f"Wrote {plural(wrote.count, 'message')} on {plural(len(wrote.days), 'day')}"
    why += f"; {plural(count, 'colleague')} wrote to this address."
    speaking = len(wrote.days) + count if wrote.count else count / 2
    title = one.title
    details: dict[str, str | tuple[str, ...]] = {
        "name": one.name,
        "title": title if title and title_of(title) else "",
        "addresses": tuple(sorted(set(one.addresses) - {one.address})),
    }
    point = Point(
        topic=Topic.PERSON, subject=one.address, sureness=lower_bound(speaking, speaking),
        why=why, details=details,
    )  # fmt: skip
    return claim(point, wrote if wrote.count else one.received)


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    return {word: kind for kind, words in words_of("roles.txt").items() for word in words}


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, frozenset[str]]:
    """First name → the full names it may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for full, words in words_of("nicknames.txt").items():
        for word in (full, *words):
            found[word].add(full)
    return {name: frozenset(full) for name, full in found.items()}
