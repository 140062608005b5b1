"""What an observation teaches, and nothing more: which rows gain what.

Six rules keep strangers from teaching trust:

- mail that failed authentication teaches only that it failed;
- mail by another domain's proof teaches that claim under that proof, never whom it claims to be;
- mail of a list teaches the list, never its author;
- mail a platform sends for somebody teaches that somebody's account and the platform, no name;
- only mail proven to be written by a person of ours makes its recipients trusted;
- everything else that arrives was seen, which proves presence and no more.

A campaign is text, not somebody: it is counted whoever claims to have sent it.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from chaffinch.profiles.distinct import Distinct, digest_of
from chaffinch.profiles.keys import TENANT, keys_of, organisation_of
from chaffinch.profiles.observation import Labelling, Observation, Retraction, Taught
from chaffinch.profiles.row import EMPTY, Habit, Key, Kind, Row, Strand, key
from chaffinch.profiles.tally import Tally
from chaffinch.profiles.track import Track, first_track
from chaffinch.profiles.week import with_hour

COUNTERPARTS_COUNT = 20  # of one message: a mailing to hundreds is no habit

Names: TypeAlias = dict[Habit, tuple[str, ...]]
Named: TypeAlias = tuple[tuple[Habit, str], ...]  # habits with the names they are counted under


class Contribution(msgspec.Struct, frozen=True, gc=False):
    """What one row gains from one delivery, or loses where ``times`` is -1."""

    key: Key
    strand: Strand | None  # None: a label only
    at: int
    week_hour: int | None = None
    counterparts: tuple[str | None, ...] = ()  # None is nobody
    habits: Named = ()
    label: str | None = None
    times: int = 1


def lesson(taught: Taught) -> tuple[Contribution, ...]:
    """Everything that is taught, each row and track at most once."""
    if isinstance(taught, Retraction):
        return tuple(
            msgspec.structs.replace(given, times=-1) for given in lesson(taught.observation)
        )
    if isinstance(taught, Labelling):
        return tuple(_labels(taught))
    found = {(given.key, given.strand): given for given in _taught(taught)}
    return tuple(found.values())


def apply(row: Row | None, contributions: Sequence[Contribution]) -> Row:
    """The row after it learned the contributions, which are all of its key."""
    learned = EMPTY if row is None else row
    for given in contributions:
        learned = _with(learned, given)
    return learned


def by_row(taught: Iterable[tuple[str, Taught]]) -> dict[tuple[str, Key], list[Contribution]]:
    """The contributions of (tenant, taught) pairs, gathered under the row they belong to."""
    gathered: dict[tuple[str, Key], list[Contribution]] = {}
    for tenant, one in taught:
        for given in lesson(one):
            gathered.setdefault((tenant, given.key), []).append(given)
    return gathered


def _with(row: Row, given: Contribution) -> Row:
    step = _gained if given.times > 0 else _lost
    strand, at = given.strand, given.at
    return Row(
        step(row.seen, at) if strand is Strand.SEEN else row.seen,
        step(row.failed, at) if strand is Strand.FAILED else row.failed,
        step(row.written, at) if strand is Strand.WRITTEN else row.written,
        row.week if given.week_hour is None else with_hour(row.week, given.week_hour, given.times),
        _counterparts(row.counterparts, given) if given.counterparts else row.counterparts,
        _habits(row.habits, given) if given.habits else row.habits,
        _labelled(row.labels, given) if given.label else row.labels,
    )


def _gained(track: Track, at: int) -> Track:
    return track.plus(at) if track.early or track.between else first_track(at)


def _lost(track: Track, at: int) -> Track:
    return track.minus(at)


def _counterparts(known: Distinct | None, given: Contribution) -> Distinct:
    known = known or Distinct()
    for text in given.counterparts:
        if text:
            known = known.plus(digest_of(text), given.times)
    return known


def _habits(habits: dict[str, Tally], given: Contribution) -> dict[str, Tally]:
    changed = dict(habits)
    for habit, name in given.habits:
        changed[habit.value] = changed.get(habit.value, _NOTHING).plus(name, given.times)
    return changed


def _labelled(labels: dict[str, int], given: Contribution) -> dict[str, int]:
    name = given.label or ""
    count = labels.get(name, 0) + given.times
    others = {verdict: n for verdict, n in labels.items() if verdict != name}
    return {**others, name: count} if count > 0 else others


_NOTHING = Tally()
_NOBODY = (None,)


def _taught(observation: Observation) -> Iterator[Contribution]:
    if _has_arrived(observation):
        if observation.authenticated is False:
            yield from _failed(observation)
        else:
            yield from _seen(observation)
        yield from _campaigns(observation)
    if _makes_trust(observation):
        yield from _written(observation)


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


def _failed(observation: Observation) -> Iterator[Contribution]:
    own = keys_of(observation)
    claimed = own.identity if observation.list_id is None else ()
    for row_key in (TENANT, *claimed, *own.lists):
        yield Contribution(row_key, Strand.FAILED, observation.at)


def _seen(observation: Observation) -> Iterator[Contribution]:
    """An arrival that did not fail."""
    own, sender = keys_of(observation), (observation.identity,)
    named = habit_names(observation)
    yield _arrival(observation, TENANT, sender, _of(named, _LOOKS))
    for row_key in (*own.mailboxes, *own.circles, *own.lists):
        yield _arrival(observation, row_key, sender)
    for row_key in own.messages:
        yield _arrival(observation, row_key)
    if observation.list_id is None:
        yield from _seen_identity(observation, named)
        yield from _seen_means(observation, named)


def _seen_identity(observation: Observation, named: Names) -> Iterator[Contribution]:
    """Who wrote; where a platform wrote for somebody, its own address and that account only."""
    own, sender = keys_of(observation), (observation.identity,)
    for row_key in own.identity:
        if row_key.kind is Kind.ADDRESS:
            yield _personal(observation, row_key, named)
        else:
            yield _arrival(observation, row_key, sender, _of(named, _MEANS))
    if observation.transport.platform:
        return
    for row_key in (*own.names, *own.replies[:1]):
        is_both = row_key.kind is Kind.NAME_ADDRESS
        yield _arrival(observation, row_key, () if is_both else sender)
    for _, there, _ in own.pairs:
        yield _arrival(observation, there)


def _personal(observation: Observation, row_key: Key, named: Names) -> Contribution:
    """How somebody writes: to whom, at what hours of the own week, in what ways."""
    at_most, hour = observation.recipients[:COUNTERPARTS_COUNT], observation.transport.week_hour
    return _arrival(observation, row_key, at_most, _of(named, _WAYS), hour)


def _seen_means(observation: Observation, named: Names) -> Iterator[Contribution]:
    """What it was sent with and what it carries, each with the domains that use it."""
    own, users = keys_of(observation), (observation.identity_domain,)
    for row_key in (*own.transport, *own.hosts, *own.shapes):
        yield _arrival(observation, row_key, users)
    if observation.vendor and observation.via is not None:
        return  # whoever poses as a vendor must not teach where its money goes
    for row_key in own.vendors:
        # On platforms people choose where answers go, and so whom they bill for.
        habits = (Habit.PLATFORM,) if observation.transport.platform else _PAYMENT
        yield _arrival(observation, row_key, (observation.identity,), _of(named, habits))


def _campaigns(observation: Observation) -> Iterator[Contribution]:
    for row_key in keys_of(observation).campaigns:
        yield _arrival(observation, row_key, (observation.identity_domain,))


def _written(observation: Observation) -> Iterator[Contribution]:
    """A person of ours wrote: to whom, what, and how that person writes."""
    at, own = observation.at, keys_of(observation)
    addressed = (
        TENANT,
        *[key(Kind.ADDRESS, address) for address in observation.recipients],
        *[key(Kind.DOMAIN, domain) for domain in observation.recipient_domains],
        *[there for _, there, _ in own.pairs],
        *own.circles,
        *own.messages,
        *own.sentences,
    )
    for row_key in addressed:
        yield Contribution(row_key, Strand.WRITTEN, at)
    if observation.sender:
        row_key = key(Kind.MAILBOX, observation.sender)
        given = _personal(observation, row_key, habit_names(observation))
        yield msgspec.structs.replace(given, strand=Strand.WRITTEN)


def _labels(labelling: Labelling) -> Iterator[Contribution]:
    """A label counts for what the delivery taught as an arrival, and for its campaign."""
    for given in lesson(labelling.observation):
        if given.strand is Strand.SEEN and given.key.kind in _LABELLED:
            yield Contribution(
                given.key, None, given.at, label=labelling.verdict, times=labelling.times
            )


_LABELLED = frozenset(
    (Kind.ADDRESS, Kind.DOMAIN, Kind.PAIR, Kind.REPLY_TO, Kind.REPLY_ADDRESS, Kind.LIST, Kind.HOST,
     Kind.ACCOUNT, Kind.CAMPAIGN, Kind.MAILBOX)
)  # fmt: skip
_LOOKS = (Habit.LANGUAGE, Habit.OUTCOME)
_WAYS = (
    Habit.LANGUAGE,
    Habit.PROGRAM,
    Habit.FIELD_ORDER,
    Habit.OUTCOME,
    Habit.SIGNER,
    Habit.RELAY,
    Habit.REPLY_DOMAIN,
)
_MEANS = (Habit.OUTCOME, Habit.SIGNER, Habit.RELAY, Habit.REPLY_DOMAIN)
_PAYMENT = (Habit.INSTRUMENT, Habit.PLATFORM)


def _arrival(
    observation: Observation,
    row_key: Key,
    counterparts: tuple[str | None, ...] = (),
    habits: Named = (),
    week_hour: int | None = None,
) -> Contribution:
    if len(counterparts) > 1:
        counterparts = tuple(dict.fromkeys(counterparts))
    elif counterparts == _NOBODY:
        counterparts = ()
    return Contribution(
        row_key,
        Strand.SEEN,
        observation.at,
        week_hour,
        counterparts,
        habits,
    )


def _of(named: Names, habits: tuple[Habit, ...]) -> Named:
    return tuple([(habit, name) for habit in habits for name in named.get(habit, ())])


def habit_names(observation: Observation) -> Names:
    """What each habit would be counted under, where the observation says so."""
    transport, content = observation.transport, observation.content
    found = {
        Habit.LANGUAGE: content.language,
        Habit.PROGRAM: transport.program,
        Habit.FIELD_ORDER: transport.field_order,
        Habit.OUTCOME: transport.outcome,
        Habit.RELAY: transport.relay,
        Habit.REPLY_DOMAIN: reply_domain(observation),
        Habit.PLATFORM: transport.platform,
    }
    named: Names = {habit: (one,) for habit, one in found.items() if one}
    named[Habit.SIGNER] = transport.signers
    named[Habit.INSTRUMENT] = content.instruments
    return named


def reply_domain(observation: Observation) -> str | None:
    """The organisational domain answers go to, where another address than the sender's is given."""
    if not observation.reply_to:
        return None
    return organisation_of(observation.reply_to.rpartition("@")[2])
