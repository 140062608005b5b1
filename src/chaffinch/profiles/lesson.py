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

from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.gain import Gain, Gains, Named, digested
from chaffinch.profiles.keys import TENANT, Keys, keys_of, organisation_of
from chaffinch.profiles.observation import Labelling, Observation, Retraction, Taught
from chaffinch.profiles.row import Habit, Key, Kind, Strand, key
from chaffinch.profiles.tally import CHARACTERS

COUNTERPARTS_COUNT = 20  # of one message: a mailing to hundreds is no habit

Names: TypeAlias = dict[str, tuple[str, ...]]  # by code of habit
Lesson: TypeAlias = tuple[tuple[Gain, tuple[Key, ...]], ...]  # each gain with all rows that gain it


def lesson(taught: Taught, digests: Digests = UNKEYED) -> Lesson:
    """Everything that is taught, for each track of a row at most one gain."""
    if isinstance(taught, Retraction):
        return tuple(
            (msgspec.structs.replace(gain, times=-1), keys)
            for gain, keys in lesson(taught.observation, digests)
        )
    if isinstance(taught, Labelling):
        return tuple(_labels(taught))
    return tuple(_taught(taught, digests))


def keys_taught(taught: Taught) -> Iterator[Key]:
    """The keys of all rows it teaches."""
    for _, keys in lesson(taught):
        yield from keys


def by_row(taught: Iterable[Taught], digests: Digests = UNKEYED) -> dict[Key, Gains]:
    """What each row gains; rows that gain the very same share it."""
    gathered: dict[Key, Gains] = {}
    for one in taught:
        for gain, keys in lesson(one, digests):
            gains = (gain,)
            for row_key in keys:
                known = gathered.get(row_key)
                if known is None:
                    gathered[row_key] = gains
                elif known[-1] is not gain:
                    gathered[row_key] = known + gains
    return gathered


_Given: TypeAlias = Iterator[tuple[Gain, tuple[Key, ...]]]


def _taught(observation: Observation, digests: Digests) -> _Given:
    own = keys_of(observation)
    if _has_arrived(observation):
        if observation.authenticated is False:
            yield from _failed(observation, own, digests)
        else:
            yield from _seen(observation, own, digests)
    if _makes_trust(observation):
        yield from _written(observation, own, digests)


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


def _failed(observation: Observation, own: Keys, digests: Digests) -> _Given:
    claimed = own.identity if observation.list_id is None else ()
    yield Gain(_FAILED, observation.at), (TENANT, *claimed, *own.lists)
    users = digested((observation.identity_domain,), digests)
    yield Gain(_SEEN, observation.at, digests, None, users), own.campaigns


def _seen(observation: Observation, own: Keys, digests: Digests) -> _Given:
    """An arrival that did not fail: where it came; whose it is, too, unless a list sent it."""
    at, is_lists = observation.at, observation.list_id is not None
    names = habit_names(observation)
    sender = digested((observation.identity,), digests)
    users = digested((observation.identity_domain,), digests)
    yield Gain(_SEEN, at, digests, None, sender, _of(names, _LOOKS)), (TENANT,)
    of_people, of_both = ((), ()) if is_lists else _person(observation, own)
    received = (*own.mailboxes, *own.circles, *own.lists, *of_people)
    yield Gain(_SEEN, at, digests, None, sender), received
    yield Gain(_SEEN, at, digests), (*own.messages, *of_both)
    means = () if is_lists else (*own.transport, *own.hosts, *own.shapes, *own.payees)
    yield Gain(_SEEN, at, digests, None, users), (*means, *own.campaigns)
    if not is_lists:
        yield from _identity(observation, own, names, digests)
        if own.vendors:
            yield from _vendor(observation, own, names, digests)


def _person(observation: Observation, own: Keys) -> tuple[Sequence[Key], Sequence[Key]]:
    """What names a person, and what names two things together; platforms write as nobody."""
    if observation.transport.platform:
        return (), ()
    there = [there for _, there, _ in own.pairs]
    both = [one for one in own.names if one.kind is _BOTH]
    return [*[one for one in own.names if one.kind is not _BOTH], *own.replies[:1]], [*both, *there]


def _identity(observation: Observation, own: Keys, names: Names, digests: Digests) -> _Given:
    """Who wrote; where a platform wrote for somebody, its own address."""
    for row_key in own.identity:
        if row_key.kind is _ADDRESS:
            yield _personal(observation, _SEEN, names, digests), (row_key,)
        else:
            sender, means = digested((observation.identity,), digests), _of(names, _MEANS)
            yield Gain(_SEEN, observation.at, digests, None, sender, means), (row_key,)


def _vendor(observation: Observation, own: Keys, names: Names, digests: Digests) -> _Given:
    if observation.vendor and observation.via is not None:
        return  # whoever poses as a vendor must not teach where its money goes
    # On platforms people choose where answers go, and so whom they bill for.
    habits = (_PLATFORM,) if observation.transport.platform else _PAYMENT
    sender = digested((observation.identity,), digests)
    yield Gain(_SEEN, observation.at, digests, None, sender, _of(names, habits)), own.vendors


def _personal(observation: Observation, strand: Strand, names: Names, digests: Digests) -> Gain:
    """How somebody writes: to whom, at what hours of the own week, in what ways."""
    met = digested(observation.recipients[:COUNTERPARTS_COUNT], digests)
    hour = observation.transport.week_hour
    return Gain(strand, observation.at, digests, hour, met, _of(names, _WAYS))


def _written(observation: Observation, own: Keys, digests: Digests) -> _Given:
    """A person of ours wrote: to whom, what, and how that person writes."""
    yield (
        Gain(_WRITTEN, observation.at, digests),
        (
            TENANT,
            *[key(Kind.ADDRESS, address) for address in observation.recipients],
            *[key(Kind.DOMAIN, domain) for domain in observation.recipient_domains],
            *[there for _, there, _ in own.pairs],
            *own.circles,
            *own.messages,
            *own.sentences,
        ),
    )
    if observation.sender:
        gain = _personal(observation, _WRITTEN, habit_names(observation), digests)
        yield gain, (key(Kind.MAILBOX, observation.sender),)


def _labels(labelling: Labelling) -> _Given:
    """A label counts for what the delivery taught as an arrival, and for its campaign."""
    at, verdict = labelling.observation.at, labelling.verdict
    for gain, keys in lesson(labelling.observation):
        labelled = tuple([one for one in keys if one.kind in _LABELLED])
        if gain.strand is _SEEN and labelled:
            yield Gain(None, at, label=verdict, times=labelling.times), labelled


_SEEN, _FAILED, _WRITTEN = Strand.SEEN, Strand.FAILED, Strand.WRITTEN
_ADDRESS, _BOTH = Kind.ADDRESS, Kind.NAME_ADDRESS
_LABELLED = frozenset(
    (Kind.ADDRESS, Kind.DOMAIN, Kind.PAIR, Kind.REPLY_TO, Kind.REPLY_ADDRESS, Kind.LIST, Kind.HOST,
     Kind.ACCOUNT, Kind.CAMPAIGN, Kind.MAILBOX)
)  # fmt: skip
(_LANGUAGE, _PROGRAM, _FIELD_ORDER, _OUTCOME, _SIGNER, _RELAY, _REPLY_DOMAIN, _PLATFORM,
 _INSTRUMENT, _GREETING, _SIGN_OFF, _LENGTH, _BOUNDARY) = (
    habit.value for habit in Habit
)  # fmt: skip
_LOOKS = (_LANGUAGE, _OUTCOME)
_WAYS = (
    _LANGUAGE, _PROGRAM, _FIELD_ORDER, _OUTCOME, _SIGNER, _RELAY, _REPLY_DOMAIN, _GREETING,
    _SIGN_OFF, _LENGTH, _BOUNDARY,
)  # fmt: skip
_MEANS = (_OUTCOME, _SIGNER, _RELAY, _REPLY_DOMAIN)
_PAYMENT = (_INSTRUMENT, _PLATFORM)


def _of(names: Names, habits: tuple[str, ...]) -> Named:
    return tuple(
        [(habit, name[:CHARACTERS]) for habit in habits if habit in names for name in names[habit]]
    )


def habit_names(observation: Observation) -> Names:
    """What each habit would be counted under, where the observation says so."""
    transport, content = observation.transport, observation.content
    found = {
        _LANGUAGE: content.language,
        _PROGRAM: transport.program,
        _FIELD_ORDER: transport.field_order,
        _OUTCOME: transport.outcome,
        _RELAY: transport.relay,
        _REPLY_DOMAIN: reply_domain(observation),
        _PLATFORM: transport.platform,
        _GREETING: content.greeting,
        _SIGN_OFF: content.sign_off,
        _LENGTH: content.length,
        _BOUNDARY: transport.boundary,
    }
    named: Names = {habit: (one,) for habit, one in found.items() if one}
    named[_SIGNER] = transport.signers
    named[_INSTRUMENT] = content.instruments
    return named


def reply_domain(observation: Observation) -> str | None:
    """The organisational domain answers go to, where another address than the sender's is given."""
    if not observation.reply_to:
        return None
    return organisation_of(observation.reply_to.rpartition("@")[2])
