"""What an observation teaches, and nothing more: which tracks of which rows gain an instant.

Four rules keep strangers from teaching trust:

- mail that failed authentication teaches only that it failed;
- mail of a list teaches the list, never its author;
- only mail proven to be written by a person of ours makes its recipients trusted;
- everything else that arrives was seen, which proves presence and no more.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from chaffinch.profiles.observation import Observation
from chaffinch.profiles.row import Key, Kind, Row, Strand, key
from chaffinch.profiles.track import track_of


class Contribution(msgspec.Struct, frozen=True, array_like=True):
    """One instant that one track of one row gains."""

    key: Key
    strand: Strand
    at: int


def lesson(observation: Observation) -> tuple[Contribution, ...]:
    """Everything the observation teaches, each row and track at most once."""
    taught = dict.fromkeys(_taught(observation))
    return tuple(Contribution(row_key, strand, observation.at) for row_key, strand in taught)


def apply(row: Row | None, contributions: Sequence[Contribution]) -> Row:
    """The row after it learned the contributions, which are all of its key."""
    gained: dict[Strand, list[int]] = {}
    for given in contributions:
        gained.setdefault(given.strand, []).append(given.at)
    learned = Row(**{strand.value: track_of(instants) for strand, instants in gained.items()})
    return learned if row is None else row.merge(learned)


def _taught(observation: Observation) -> Iterator[tuple[Key, Strand]]:
    if _has_arrived(observation):
        strand = Strand.FAILED if observation.authenticated is False else Strand.SEEN
        for row_key in _arrival_keys(observation, strand):
            yield row_key, strand
    if _makes_trust(observation):
        for row_key in _written_keys(observation):
            yield row_key, Strand.WRITTEN


def _has_arrived(observation: Observation) -> bool:
    return observation.inbound or observation.internal or not observation.outbound


def _makes_trust(observation: Observation) -> bool:
    return (
        observation.is_proven_ours
        and (observation.outbound or (observation.internal and observation.authenticated is True))
        and observation.authenticated is not False
        and not observation.is_automatic
        and observation.list_id is None
    )


def _arrival_keys(observation: Observation, strand: Strand) -> Iterator[Key]:
    yield key(Kind.TENANT)
    if observation.list_id is not None:
        yield key(Kind.LIST, observation.list_id)
    elif strand is Strand.FAILED:
        yield from identity_keys(observation)
    else:
        yield from identity_keys(observation)
        yield from name_keys(observation)
        yield from pair_keys(observation)
        yield from host_keys(observation)


def _written_keys(observation: Observation) -> Iterator[Key]:
    yield key(Kind.TENANT)
    for address in observation.recipients:
        yield key(Kind.ADDRESS, address)
    for domain in observation.recipient_domains:
        yield key(Kind.DOMAIN, domain)
    yield from pair_keys(observation)


def identity_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the sender's address and organisational domain."""
    if observation.sender:
        yield key(Kind.ADDRESS, observation.sender)
    if observation.domain:
        yield key(Kind.DOMAIN, observation.domain)


def name_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the display name, alone and with its address and reply-to."""
    if not observation.name:
        return
    yield key(Kind.NAME, observation.name)
    if observation.sender:
        yield key(Kind.NAME_ADDRESS, observation.name, observation.sender)
    if observation.reply_to:
        yield key(Kind.REPLY_TO, observation.name, observation.reply_to)


def pair_keys(observation: Observation) -> Iterator[Key]:
    """The rows of sender → each recipient."""
    if observation.sender:
        for address in observation.recipients:
            yield key(Kind.PAIR, observation.sender, address)


def host_keys(observation: Observation) -> Iterator[Key]:
    """The rows of the hosts its links open."""
    for host in observation.hosts:
        yield key(Kind.HOST, host)


def by_row(
    observations: Iterable[tuple[str, Observation]],
) -> dict[tuple[str, Key], list[Contribution]]:
    """The contributions of (tenant, observation) pairs, gathered under the row they belong to."""
    gathered: dict[tuple[str, Key], list[Contribution]] = {}
    for tenant, observation in observations:
        for given in lesson(observation):
            gathered.setdefault((tenant, given.key), []).append(given)
    return gathered
