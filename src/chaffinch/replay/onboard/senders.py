"""Who sends to many: bulk senders that were proven, and mailing lists.

A list is known by its identity, and its mail teaches nothing of those who write there.
"""

from collections import defaultdict

from chaffinch.message.domain import organisation
from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, plural, ranked
from chaffinch.replay.onboard.ground import Standing
from chaffinch.replay.onboard.letters import Letter, Letters

FEWEST_BULK = 5
BULK_SHARE = 0.8  # of what a sender writes
FEWEST_POSTS = 3
HOSTS_COUNT = 5


class _Sender:
    def __init__(self) -> None:
        self.bulk = Tally()
        self.other = 0
        self.proven = 0
        self.readers: set[str] = set()
        self.platforms: set[str] = set()


def bulk_senders(letters: Letters) -> list[Claim]:
    """Organisations that mostly send bulk mail, and whom nobody here writes to."""
    found: dict[str, _Sender] = defaultdict(_Sender)
    for letter in letters:
        is_outside = letter.organisation not in letters.ground.domains | {""}
        if is_outside and not _is_discussion(letter):
            _count(letter, found[letter.organisation])
    return ranked(c for name, one in found.items() if (c := _bulk(name, one)) is not None)


def _is_discussion(letter: Letter) -> bool:
    """A post to a mailing list, and not the one sender's own newsletter."""
    host = letter.facts.list_host
    if not letter.facts.list_id:
        return False
    return organisation(host or letter.facts.list_id) != letter.organisation


def _count(letter: Letter, one: _Sender) -> None:
    facts = letter.facts
    if not facts.is_bulk:
        one.other += 1
        return
    one.bulk.add(facts)
    one.proven += letter.standing is Standing.PROVEN
    one.readers.update(box.address for box in facts.recipients)
    if facts.return_path:
        one.platforms.add(organisation(facts.return_path.rpartition("@")[2]) or "")


def _bulk(name: str, one: _Sender) -> Claim | None:
    count = one.bulk.count
    if count < FEWEST_BULK or count < BULK_SHARE * (count + one.other) or not one.proven:
        return None
    why = (
        f"{plural(count, 'message')} with the marks of bulk mail to"
        f" {plural(len(one.readers), 'address')}, {one.proven:,} of them proven."
    )
    point = Point(
        topic=Topic.BULK_SENDER, subject=name, sureness=lower_bound(one.proven, count + one.other),
        why=why, details={"platforms": tuple(sorted(one.platforms - {"", name}))[:HOSTS_COUNT]},
    )  # fmt: skip
    return claim(point, one.bulk)


class _List:
    def __init__(self) -> None:
        self.posts = Tally()
        self.authors: set[str] = set()
        self.hosts: set[str] = set()


def mailing_lists(letters: Letters) -> list[Claim]:
    """The lists whose posts were found, by their identity."""
    found: dict[str, _List] = defaultdict(_List)
    for letter in letters:
        facts = letter.facts
        if facts.list_id:
            one = found[facts.list_id]
            one.posts.add(facts)
            one.authors.add(letter.author.address)
            if facts.list_host:
                one.hosts.add(facts.list_host)
    return ranked(
        _list(name, one)
        for name, one in found.items()
        if one.posts.count >= FEWEST_POSTS and len(one.authors) > 1
    )


def _list(name: str, one: _List) -> Claim:
    why = (
        f"{plural(one.posts.count, 'post')} of {plural(len(one.authors), 'author')} carry this"
        " identity."
    )
    point = Point(
        topic=Topic.LIST, subject=name,
        sureness=lower_bound(one.posts.count, one.posts.count), why=why,
        details={"domains": tuple(sorted(one.hosts))[:HOSTS_COUNT]},
    )  # fmt: skip
    return claim(point, one.posts)
