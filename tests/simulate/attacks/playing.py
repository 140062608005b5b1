"""Cases played on many stages: several companies, languages and both partitions of the texts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.simulate import Company, CompanyBrief, cast
from chaffinch.simulate.chance import chance
from chaffinch.simulate.declare import ATTACKS
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.post import deliver
from chaffinch.simulate.scenes import attack_case
from chaffinch.simulate.stage import Stage
from chaffinch.simulate.text.texts import PARTITIONS, Partition

WEDNESDAY = datetime(2026, 3, 4, tzinfo=UTC)
SPOKEN: tuple[dict[str, float], ...] = (
    {},
    {"de": 1.0},
    {"fr": 1.0},
    {"es": 1.0},
    {"en": 0.5, "de": 0.3, "es": 0.2},
)


class Played(msgspec.Struct, frozen=True):
    """One letter, and the message it became at the company's boundary."""

    letter: Letter
    raw: bytes
    message: Message
    company: Company

    @property
    def is_attack(self) -> bool:
        """The letter belongs to the attack and not to the twin."""
        return self.letter.truth.label == "attack"


@lru_cache
def house(number: int) -> Company:
    """One of five companies; the last one is bare, as one read from real history may be."""
    company = cast(CompanyBrief(size=12, languages=SPOKEN[number]), number)
    if number < 4:
        return company
    people = tuple(msgspec.structs.replace(one, title="", team="") for one in company.people)
    return msgspec.structs.replace(
        company,
        people=people,
        shared=(),
        vendors=company.vendors[:1],
        customers=company.customers[:1],
        tools=company.tools[2:3],
        newsletters=(),
        lists=(),
    )


def stage(seed: int, partition: Partition | None = None) -> Stage:
    """A stage at one of the companies."""
    return Stage(
        company=house(seed % 5),
        rng=chance("stage", seed),
        day=WEDNESDAY,
        turn=seed,
        partition=partition or PARTITIONS[seed // 5 % 2],
    )


@lru_cache(maxsize=4096)
def case(family: str, seed: int) -> tuple[Played, ...]:
    """The case of the family on the seed's stage, attack first."""
    company = house(seed % 5)
    letters = attack_case(ATTACKS[family], stage(seed), "case")
    return tuple(
        Played(one, raw := deliver(one, company).raw, parse(raw), company) for one in letters
    )


def mains(family: str, seeds: range = range(40)) -> Iterator[tuple[Played, Played]]:
    """The main letters of attack and twin, case by case."""
    for seed in seeds:
        bad, twin = (one for one in case(family, seed) if one.letter.truth.role == "main")
        yield bad, twin
