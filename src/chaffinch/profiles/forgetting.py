"""Forgetting an address or a domain: in the rows, and in the lessons they could be rebuilt from.

A row goes where its key names the forgotten; of other rows goes what counts it by name. What is
kept under digests of several things together (texts, circles of recipients, Message-IDs) names
nobody and stays.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.message.domain import domain as domain_of
from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.distinct import Distinct
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Kind, Row
from chaffinch.profiles.tally import Tally

_PARTS = re.compile(r"[\x00\x01 ]")
_NAMING = re.compile(r"[^\s@/:]{1,253}")
_KEPT_FIELDS = frozenset(("delivery_id", "schema"))


class Forgotten(msgspec.Struct, frozen=True):
    """An address, or a domain with every address and host below it, in lower case.

    >>> Forgotten("kim@stone.example").covers("kim@stone.example")
    True
    >>> [Forgotten("stone.example").covers(f"{one}stone.example") for one in ("a@", "b.", "mill")]
    [True, True, False]
    """

    name: str

    def covers(self, text: str) -> bool:
        """Whether a text is the forgotten, or lies below it."""
        if text == self.name:
            return True
        return "@" not in self.name and text.endswith((f"@{self.name}", f".{self.name}"))

    def is_named(self, text: str) -> bool:
        """Whether any part of a key's or habit's text is covered."""
        return any(map(self.covers, _PARTS.split(text)))


def forgotten(text: str) -> Forgotten:
    """The address or domain a person asks to forget.

    Raises:
        UsageError: it is neither, or what domains of all the world lie below.
    """
    name = text.strip().lower()
    local, at, domain = name.rpartition("@")
    if not _NAMING.fullmatch(domain) or (bool(at) != bool(local)) or any(map(str.isspace, local)):
        raise UsageError(f"{text!r} is neither an address nor a domain")
    if not at and domain_of(f"x.{name}").root_domain == f"x.{name}":
        raise UsageError(f"below {name} lie the domains of many; name one of them, or an address")
    return Forgotten(name)


class Names(msgspec.Struct, frozen=True):
    """What a tenant's rows say of the forgotten: texts that name it, display names only it uses."""

    counted: frozenset[int]  # as digests
    display_names: frozenset[str]
    digests: Digests


def names_in(
    keys: Iterable[Key],
    gone: Forgotten,
    known: Iterable[str] = (),
    digests: Digests = UNKEYED,
) -> Names:
    """Everything by which rows with these keys name the forgotten; ``known`` are texts that do."""
    texts, own, others = {gone.name, *known}, set[str](), set[str]()
    for key in keys:
        texts.update(_naming(key.text, gone))
        if key.kind is Kind.NAME_ADDRESS:
            name, _, address = key.text.partition("\x00")
            (own if gone.is_named(address) else others).add(name)
    return Names(frozenset(map(digests.of, texts)), frozenset(own - others), digests)


def texts_in(observation: Observation, gone: Forgotten) -> Iterator[str]:
    """The texts of an observation that name the forgotten."""
    names = (observation.sender, observation.domain, observation.identity, observation.reply_to)
    for text in (*names, observation.identity_domain, *observation.recipients, *observation.hosts):
        if text is not None:
            yield from _naming(text, gone)


def _naming(text: str, gone: Forgotten) -> Iterator[str]:
    if gone.is_named(text):
        yield text
        yield from filter(gone.covers, _PARTS.split(text))


def forget_in_row(key: Key, row: Row, gone: Forgotten, names: Names) -> Row | None:
    """The row without the forgotten; None where the row is about it."""
    if gone.is_named(key.text) or (key.kind is Kind.NAME and key.text in names.display_names):
        return None
    row.check(names.digests)
    known = row.counterparts
    counterparts = None if known is None else _without_digests(known, names)
    habits = _without_names(row.habits, gone, names.digests)
    if counterparts == known and habits == row.habits:
        return row
    left = msgspec.structs.replace(row, counterparts=counterparts, habits=habits)
    return left if left.has_digests else msgspec.structs.replace(left, mark=0)


def forget_in_lesson(observation: Observation, gone: Forgotten) -> Observation:
    """The observation without the forgotten: a delivery that came, of which less is known.

    Where the list, the platform or the proof it came by is forgotten, so is its sender, who would
    seem to have written without them.
    """
    changed = {
        name: new
        for name, old in msgspec.structs.asdict(observation).items()
        if name not in _KEPT_FIELDS and (new := _without(old, gone)) != old
    }
    if not changed:
        return observation
    by = (observation.list_id, observation.via, observation.transport.platform)
    if any(one is not None and gone.is_named(one) for one in by):
        changed |= {"sender": None, "domain": None, "reply_to": None, "via": None}
    if "sender" in changed or "name" in changed:
        changed["name"] = ""
    return msgspec.structs.replace(observation, **changed)


def _without(value: object, gone: Forgotten) -> object:
    """A field's value without the texts that name the forgotten."""
    if isinstance(value, str):
        return None if gone.is_named(value) else value
    if isinstance(value, tuple):
        return tuple(one for one in value if not (isinstance(one, str) and gone.is_named(one)))
    if isinstance(value, msgspec.Struct):
        fields = {name: _without(one, gone) for name, one in msgspec.structs.asdict(value).items()}
        return msgspec.structs.replace(value, **fields)
    return value


def _without_digests(counterparts: Distinct, names: Names) -> Distinct | None:
    left = counterparts
    for digest, count in counterparts.pairs():
        if digest in names.counted:
            left = left.plus(digest, -count)
    return left if left.counted or left.bound else None


def _without_names(
    habits: Mapping[str, Tally], gone: Forgotten, digests: Digests
) -> dict[str, Tally]:
    left: dict[str, Tally] = {}
    for habit, tally in habits.items():
        for name, count in tally.counts.items():
            if gone.is_named(name):
                tally = tally.plus(name, digests, -count)  # noqa: PLW2901 - what is left of it
        if tally.counts or tally.bound:
            left[habit] = tally
    return left
