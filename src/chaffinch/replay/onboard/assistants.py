"""Who acts for whom: they write in another's name, sign as assistants, or are copied with them."""

from collections import Counter, defaultdict

from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, plural, ranked
from chaffinch.replay.onboard.letters import Letter, Letters
from chaffinch.replay.onboard.staff import Person, Staff

FEWEST_SIGNED = 2
FEWEST_COPIES = 10
FEWEST_WRITERS = 4
COPIED_SHARE = 0.4  # of what is written to somebody: the assistant is on copy


class Bond:
    """What binds one who may be an assistant to another person."""

    __slots__ = ("behalf", "copied", "signed", "writers")

    def __init__(self) -> None:
        self.behalf = Tally()  # wrote in the other's name
        self.signed = Tally()  # signed as the other's assistant
        self.copied = Tally()  # was on copy when others wrote to that person
        self.writers: set[str] = set()


class _Bonds:
    def __init__(self, letters: Letters, known: Staff) -> None:
        self.staff = known
        self.found: dict[tuple[str, str], Bond] = defaultdict(Bond)  # assistant, assisted
        self.read: Counter[str] = Counter()  # letters others wrote to a person
        self.copies: Counter[str] = Counter()  # letters on which a person was on copy
        for letter in letters:
            if letter.is_ours and letter.is_personal:
                self._count(letter)

    def _count(self, letter: Letter) -> None:
        facts = letter.facts
        writer = self.staff.by_address.get(letter.author.address)
        sender = self.staff.by_address.get(facts.sender) if facts.sender else None
        if writer is not None and sender is not None and sender is not writer:
            self.found[sender.address, writer.address].behalf.add(facts)
        assisted = self.staff.called(facts.assists) if facts.assists else None
        if writer is not None and assisted is not None and assisted is not writer:
            self.found[writer.address, assisted.address].signed.add(facts)
        if writer is not None and len(facts.to) <= 2 and len(facts.cc) <= 3:
            self._count_copies(letter, writer)

    def _count_copies(self, letter: Letter, writer: Person) -> None:
        facts = letter.facts
        copied = {self.staff.by_address.get(box.address) for box in facts.cc} - {None, writer}
        for helper in copied:
            self.copies[helper.address if helper else ""] += 1
        for box in facts.to:
            reader = self.staff.by_address.get(box.address)
            if reader is None or reader is writer:
                continue
            self.read[reader.address] += 1
            for helper in copied - {reader}:
                bond = self.found[helper.address if helper else "", reader.address]
                bond.copied.add(facts)
                bond.writers.add(writer.address)


def assistants(letters: Letters, known: Staff) -> list[Claim]:
    """A claim for each pair of an assistant and the person assisted."""
    bonds = _Bonds(letters, known)
    found = (_claim(pair, bond, bonds) for pair, bond in bonds.found.items())
    return ranked(one for one in found if one is not None)


def assistants_of(letters: Letters, known: Staff) -> dict[str, list[str]]:
    """Address → who assists there, the surest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in assistants(letters, known):
        found[str(one.details["assists"])].append(one.subject)
    return dict(found)


def _claim(pair: tuple[str, str], bond: Bond, bonds: _Bonds) -> Claim | None:
    helper, assisted = pair
    reasons = []
    if bond.signed.count >= FEWEST_SIGNED:
        reasons.append((lower_bound(bond.signed.count, bond.signed.count),
                        f"signed {plural(bond.signed.count, 'message')} as assistant",
                        bond.signed))  # fmt: skip
    if bond.behalf.count >= FEWEST_SIGNED:
        reasons.append((lower_bound(bond.behalf.count, bond.behalf.count),
                        f"wrote {plural(bond.behalf.count, 'message')} in the other's name",
                        bond.behalf))  # fmt: skip
    copied, read = bond.copied.count, bonds.read[assisted]
    together = copied / bonds.copies[helper] if bonds.copies[helper] else 0.0
    if (
        copied >= FEWEST_COPIES
        and len(bond.writers) >= FEWEST_WRITERS
        and copied >= COPIED_SHARE * read
        and together >= COPIED_SHARE
    ):
        reasons.append((lower_bound(copied, read),
                        f"was on copy of {copied:,} of {plural(read, 'letter')} to that person",
                        bond.copied))  # fmt: skip
    if not reasons:
        return None
    sureness, _, tally = max(reasons, key=lambda reason: reason[0])
    why = "; ".join(text for _, text, _ in sorted(reasons, key=lambda reason: -reason[0]))
    point = Point(
        topic=Topic.ASSISTANT, subject=helper, sureness=sureness,
        why=f"{why[:1].upper()}{why[1:]}.", details={"assists": assisted},
    )  # fmt: skip
    return claim(point, tally)
