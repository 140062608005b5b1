"""Vendors and customers: told by the papers of trade, and only where our people write to them.

An invoice proves nothing of its sender, however often it comes. What counts is mail of a proven
author whom we write to, and what our own people write: they answer a vendor's invoice, and send
one to a customer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from chaffinch.lists.reference import shipped
from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.correspondence import MOST_RECIPIENTS
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, plural, ranked
from chaffinch.replay.onboard.ground import organisation_of
from chaffinch.replay.onboard.letters import Letter, Letters
from chaffinch.replay.onboard.own_domains import is_shared
from chaffinch.replay.onboard.staff import Staff

FEWEST_PAPERS = 2
FEWEST_DAYS = 3  # of writing to a partner that sent no papers
PLAIN = 0.4  # how sure it is of such a partner that it is a customer
ADDRESSES_COUNT = 12
ACCOUNTS_COUNT = 6
TO_US = frozenset(("bill", "offer"))  # what vendors send; customers send orders


class Partner:
    """What passed between us and one organisation, or one address at a provider."""

    __slots__ = (
        "accounts",
        "addresses",
        "answered",
        "begun",
        "buying",
        "platforms",
        "proven",
        "reply_to",
        "selling",
    )

    def __init__(self) -> None:
        self.answered = Tally()  # what our people wrote to it
        self.proven = Tally()  # what it wrote, proven
        self.begun = 0  # threads it began
        self.selling = Tally()  # papers of a vendor
        self.buying = Tally()  # papers of a customer
        self.addresses: Counter[str] = Counter()
        self.reply_to: set[str] = set()
        self.platforms: set[str] = set()
        self.accounts: Counter[str] = Counter()


def partners(letters: Letters, known: Staff) -> list[Claim]:
    """A claim for each vendor and each customer; our people's private addresses are neither."""
    found: dict[str, Partner] = defaultdict(Partner)
    for letter in letters:
        if letter.is_ours:
            _count_own(letter, letters, found)
    for letter in letters:
        if not letter.is_ours and _may_teach(letter, letters):
            _count_theirs(letter, found)
    return ranked(
        one
        for name, partner in found.items()
        if partner.answered.count and not known.may_own(name)
        for one in _claims(name, partner)
    )


def entity(address: str) -> str:
    """What a partner is known by: its domain, or the address where anybody may have one.

    >>> entity("ada@mail.acme.example"), entity("ada@gmail.com")
    ('acme.example', 'ada@gmail.com')
    """
    organisation = organisation_of(address)
    return address if is_shared(organisation) else organisation


def _may_teach(letter: Letter, letters: Letters) -> bool:
    facts = letter.facts
    if facts.list_id or facts.is_automatic or letters.ground.owns(letter.author.address):
        return False
    return letters.may_teach(letter)


def _count_own(letter: Letter, letters: Letters, found: dict[str, Partner]) -> None:
    facts = letter.facts
    if not letter.is_personal or len(facts.recipients) > MOST_RECIPIENTS:
        return
    boxes = [box for box in facts.recipients if not letters.ground.owns(box.address)]
    for name in dict.fromkeys(entity(box.address) for box in boxes):
        if not name:
            continue
        one = found[name]
        one.answered.add(facts)
        if facts.trade:
            is_answer, is_bill = facts.is_reply or facts.is_forward, bool(TO_US & set(facts.trade))
            (one.selling if is_answer == is_bill else one.buying).add(facts)
    for box in boxes:
        if entity(box.address):
            found[entity(box.address)].addresses[box.address] += 1


def _count_theirs(letter: Letter, found: Mapping[str, Partner]) -> None:
    facts, author = letter.facts, letter.author
    _count_platform(letter, found)
    one = found.get(entity(author.address))
    if one is None:
        return
    one.proven.add(facts)
    one.addresses[author.address] += 1
    one.begun += not facts.is_reply
    one.accounts.update(facts.accounts)
    one.reply_to.update(facts.reply_to)
    papers = set(facts.trade)
    if papers and not facts.is_reply:
        (one.selling if papers & TO_US else one.buying).add(facts)


def _count_platform(letter: Letter, found: Mapping[str, Partner]) -> None:
    """A proven bill of a known platform whose answers go to the partner: it bills for it.

    Anybody may send a bill whose answers go to somebody else, and would become who bills for it.
    """
    if "bill" not in letter.facts.trade or letter.organisation not in _platforms():
        return
    for address in letter.facts.reply_to:
        one = found.get(entity(address))
        if one is not None and entity(address) != entity(letter.author.address):
            one.platforms.add(letter.organisation)
            one.selling.add(letter.facts)


@lru_cache(maxsize=1)
def _platforms() -> frozenset[str]:
    return shipped().get("platforms_sending_for_others") or frozenset()


def _claims(name: str, one: Partner) -> Iterator[Claim]:
    selling, buying = one.selling.count, one.buying.count
    days = len(one.answered.days)
    answered = lower_bound(days, days)
    if selling >= FEWEST_PAPERS and selling > buying:
        sureness = min(lower_bound(selling, selling + buying), answered)
        why = f"{plural(selling, 'paper')} of a vendor passed (invoices, offers, our orders)"
        yield _claim(Topic.VENDOR, name, one, (sureness, why))
    elif buying >= FEWEST_PAPERS:
        sureness = min(lower_bound(buying, selling + buying), answered)
        why = f"{plural(buying, 'paper')} of a customer passed (their orders, our invoices)"
        yield _claim(Topic.CUSTOMER, name, one, (sureness, why))
    elif days >= FEWEST_DAYS and one.begun >= FEWEST_DAYS and one.proven.count:
        why = f"it began {plural(one.begun, 'thread')}, and no papers of trade were seen"
        yield _claim(Topic.CUSTOMER, name, one, (PLAIN * answered, why))


def _claim(topic: Topic, name: str, one: Partner, said: tuple[float, str]) -> Claim:
    sureness, reason = said
    why = (
        f"Our people wrote to it {plural(one.answered.count, 'time')} on"
        f" {plural(len(one.answered.days), 'day')}; {plural(one.proven.count, 'message')} of it"
        f" {'was' if one.proven.count == 1 else 'were'} proven; {reason}."
    )
    addresses = [address for address, _ in one.addresses.most_common(ADDRESSES_COUNT)]
    details: dict[str, str | tuple[str, ...]] = {
        "domains": () if "@" in name else (name,),
        "addresses": tuple(sorted(addresses)),
        "platforms": tuple(sorted(one.platforms - {""})),
        "reply_to": tuple(sorted(one.reply_to))[:ADDRESSES_COUNT],
        "accounts": tuple(sorted(one.accounts))[:ACCOUNTS_COUNT],
    }
    papers = one.selling if topic is Topic.VENDOR else one.buying
    tally = papers if papers.count else one.answered
    return claim(
        Point(topic=topic, subject=name, sureness=sureness, why=why, details=details), tally
    )
