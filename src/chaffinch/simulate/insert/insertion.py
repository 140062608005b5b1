"""Attacks and their twins at their hours in a real history; nothing of the future is known."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Literal, get_args

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Message
from chaffinch.simulate.chance import chance
from chaffinch.simulate.declare import ATTACKS, hold_known
from chaffinch.simulate.insert.ensemble import company_of
from chaffinch.simulate.insert.memory import Memory
from chaffinch.simulate.insert.mould import Mould
from chaffinch.simulate.insert.pour import pour
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.organisation import Company, Contact
from chaffinch.simulate.scenes import attack_case
from chaffinch.simulate.simulated import Direction, Simulated
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.text.texts import PARTITIONS, Partition

Spoof = Literal["blind", "known-domain", "known-sender"]
SPOOFS: tuple[Spoof, ...] = get_args(Spoof)
WARM_SHARE = 0.4  # of the history, before the first case


class InsertPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What is put in: an attack and its twin on the day of each of the ``moments``.

    ``spoof`` is what an attacker has seen of whom they play: nothing (blind), mail of a colleague
    of theirs (known-domain) or mail of their own (known-sender); without it each case draws one.
    Without ``families`` the ones are taken that behaviour tells from honest mail.
    """

    moments: tuple[datetime, ...]
    seed: int = 1
    spoof: Spoof | None = None
    partition: Partition | None = None
    families: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        hold_known(self.families, ATTACKS)

    @property
    def chosen(self) -> list[str]:
        """The families that take turns."""
        return sorted(self.families) or [
            family for family, one in sorted(ATTACKS.items()) if one.aim.get("by_behaviour")
        ]


def insert(history: Iterable[Message], tenant: Tenant, plan: InsertPlan) -> Iterator[Simulated]:
    """The inserted mail in order of arrival; ``history`` must be in order of arrival.

    A case knows the people, threads and header shapes of the days before its own, and no later.

    Raises:
        UsageError: the history shows too little of the organisation.
    """
    memory = Memory(tenant)
    due = _due(plan)
    waiting: list[tuple[datetime, int, Simulated]] = []
    ticket = count()
    for message in history:
        at = message.received_at
        if due and at >= due[0][0]:
            company = company_of(memory)
            while due and at >= due[0][0]:
                day, number = due.pop(0)
                for one in _case(memory, company, plan, (day, number)):
                    heappush(waiting, (one.received_at, next(ticket), one))
        while waiting and waiting[0][0] <= at:
            yield heappop(waiting)[-1]
        memory.add(message)
    while waiting:
        yield heappop(waiting)[-1]


def moments_among(
    arrivals: Sequence[datetime], cases: int, warm: float = WARM_SHARE
) -> tuple[datetime, ...]:
    """Moments for so many cases, as dense as the arrivals are, after the first ``warm`` of them.

    Raises:
        UsageError: there are no arrivals to stand among.

    >>> from datetime import UTC
    >>> [one.day for one in moments_among([datetime(2024, 5, n, tzinfo=UTC) for n in (1, 2, 3)], 2)]
    [2, 3]
    """
    ordered = sorted(arrivals)
    if not ordered:
        raise UsageError("the history is empty; name files, folders or archives with mail")
    first = int(len(ordered) * warm)
    left = len(ordered) - first
    return tuple(ordered[first + number * left // cases] for number in range(cases))


def _due(plan: InsertPlan) -> list[tuple[datetime, int]]:
    """Midnight of each case's day, with its number."""
    return sorted(
        (at.replace(hour=0, minute=0, second=0, microsecond=0), number)
        for number, at in enumerate(plan.moments)
    )


def _case(
    memory: Memory, company: Company, plan: InsertPlan, when: tuple[datetime, int]
) -> Iterator[Simulated]:
    (day, number), families = when, plan.chosen
    family = families[number % len(families)]
    rng = chance("insert", plan.seed, family, number)
    stage = Stage(
        company=company,
        rng=rng,
        day=day,
        turn=rng.randrange(len(company.people)),
        past=memory.past,
        partition=plan.partition or PARTITIONS[rng.randrange(len(PARTITIONS))],
    )
    spoof: Spoof = plan.spoof if plan.spoof else rng.choice(SPOOFS)
    letters = list(attack_case(ATTACKS[family], stage, f"{family}-{number}"))
    ids: dict[str, str] = {}
    for letter in letters:
        yield _inserted(memory, company, letter, spoof, ids, rng)


def _inserted(
    memory: Memory, company: Company, letter: Letter, spoof: Spoof, ids: dict[str, str], rng: Random
) -> Simulated:
    """The letter in the host's shape; ``ids`` follows Message-IDs that the shape changed."""
    references = tuple(ids.get(one, one) for one in letter.references)
    letter = msgspec.structs.replace(letter, references=references)
    if not letter.to:  # a thread among others, whose readers the archive did not keep
        reader = rng.choice(company.people)
        contact = Contact(name=reader.name, address=reader.address)
        letter = msgspec.structs.replace(letter, to=(contact,))
    letter = _as_archived(memory, letter)
    is_attack = letter.truth.label == "attack"
    mould = _mould(memory, letter, spoof if is_attack else "known-sender", rng)
    readers = _readers(memory, letter)
    raw, message_id = pour(letter, mould, readers, rng)
    ids[letter.message_id] = message_id
    twin_of = letter.truth.twin_of
    truth = msgspec.structs.replace(
        letter.located,
        twin_of=ids.get(twin_of, twin_of) if twin_of else None,
        spoof=spoof if is_attack else "",
    )
    return Simulated(
        raw=raw,
        received_at=letter.received_at if mould.value("received") else letter.at,
        recipients=readers,
        message_id=message_id,
        direction=_direction(memory, letter),
        truth=truth,
    )


def _as_archived(memory: Memory, letter: Letter) -> Letter:
    """Archives that keep no attachments, or no Reply-To, keep none of inserted mail either."""
    if not memory.keeps_files:
        letter = msgspec.structs.replace(letter, files=(), inline=())
    return letter if memory.keeps_reply_to else msgspec.structs.replace(letter, reply_to=None)


def _readers(memory: Memory, letter: Letter) -> tuple[str, ...]:
    if letter.delivered_to:
        return letter.delivered_to
    addresses = tuple(dict.fromkeys(one.address for one in letter.everybody))
    return tuple(one for one in addresses if memory.owns(one)) or addresses


def _direction(memory: Memory, letter: Letter) -> Direction:
    if not letter.author.route.is_ours:
        return "inbound"
    is_within = all(memory.owns(one.address) for one in letter.everybody)
    return "internal" if is_within else "outbound"


def _mould(memory: Memory, letter: Letter, spoof: Spoof, rng: Random) -> Mould:
    """A shape the author could have: their own, a neighbour's, or anybody's.

    Who plays somebody from outside copies what that person's program writes; what servers write
    on the way is that of mail from outside. Above mail of a true address stand its own servers.
    """
    is_ours, author = letter.author.route.is_ours, letter.author.contact.address
    shape = _shape(memory, letter, spoof, _played(memory, letter), rng)
    own = list(memory.shapes_of(author))
    if own and memory.owns(author) == is_ours:
        return shape.carried_like(own[-1])
    if memory.owns(shape.sender) == is_ours:
        return shape
    side = [one for one in memory.shapes if memory.owns(one.sender) == is_ours]
    return shape.carried_like(rng.choice(side)) if side else shape


def _shape(memory: Memory, letter: Letter, spoof: Spoof, played: str, rng: Random) -> Mould:
    """A letter to one reader hides who that is as often as the host's mail does."""
    pools: list[list[Mould]] = []
    if spoof == "known-sender":
        pools.append(list(memory.shapes_of(played)))
    if spoof in {"known-sender", "known-domain"}:
        pools.append(list(memory.shapes_at(played.rpartition("@")[2])))
    pools.append(list(memory.shapes))
    if not pools[-1]:
        raise UsageError("no message of the history holds plain text, so no shape can be copied")
    model = rng.choice(pools[-1])
    hides = not model.has_to and len(letter.to) == 1 and not letter.cc
    wanted = (bool(letter.cc), not hides, bool(letter.references))
    for length in (3, 2, 1):
        for pool in pools:
            if fitting := [one for one in pool if _traits(one)[:length] == wanted[:length]]:
                return rng.choice(fitting)
    return model


def _traits(mould: Mould) -> tuple[bool, bool, bool]:
    return (mould.has_cc, mould.has_to, mould.is_reply)


def _played(memory: Memory, letter: Letter) -> str:
    """The address of whom the author is, or plays: who goes by the name here."""
    own, name = letter.author.contact.address, letter.author.contact.name
    if letter.truth.label != "attack" or own in memory.written:
        return own
    return memory.addresses.get(name, own)
