"""As-then replay: a decision on record made again from its inputs, or its findings weighed again.

Where everything is as it was (rules, lists, policy, limits, the tenant's settings) and the message
is at hand, the decision is computed anew, and must come out the same in every part. Where something
was replaced since, or the message is gone, the findings on record are weighed with today's policy
instead, and the replay says so.
"""

from collections.abc import Iterator
from enum import StrEnum

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.decision.decision import Decision
from chaffinch.decision.entry import Entry
from chaffinch.decision.incomplete import weigh_awaiting
from chaffinch.decision.on_record import OnRecord
from chaffinch.detectors.finding import Judgement
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.waiting import awaited
from chaffinch.profiles.digests import Digests
from chaffinch.replay.again import inputs_of, recomputed

# A stopwatch's word, what the inputs themselves are, and a name made of all the rest.
_NOT_COMPARED = ("timings", "sampled", "answers", "kept_rows")


class How(StrEnum):
    """How a decision was made again."""

    RECOMPUTED = "recomputed"
    WEIGHED = "weighed"
    DECIDED = "decided"  # anew, with what there is now
    ERASED = "erased"


class Difference(msgspec.Struct, frozen=True):
    """A part of an entry that is another now, both as JSON has them."""

    what: str
    then: object
    now: object


class Replayed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry made again; ``why`` says what kept its decision from being computed anew."""

    entry: Entry
    how: How
    why: str = ""
    now: Decision | None = None
    differences: tuple[Difference, ...] = ()


class AsThen:
    """Makes decisions again with the rules, lists, policy and tenant at hand."""

    def __init__(self, bundle: Bundle, tenant: Tenant | None) -> None:
        self._bundle = bundle
        self._tenant = tenant

    def replay(self, entry: Entry, raw: bytes | None, digests: Digests) -> Replayed:
        """The entry made again; ``raw`` is its message, where that is at hand."""
        if entry.erased_at is not None:
            return Replayed(entry=entry, how=How.ERASED, why="its evidence was erased")
        why = self._changed(entry) or ("" if raw is not None else "its message is not at hand")
        if raw is None or why:
            now = weighed_again(entry, self._bundle, self._tenant)
            return replayed_as(How.WEIGHED, entry, now, why)
        inputs = inputs_of(entry, raw, self._tenant, digests)
        again = recomputed(inputs, self._bundle, entry.decision.scope)
        if again is None:
            gone = Difference("decision.scope", entry.decision.scope, None)
            return Replayed(entry=entry, how=How.RECOMPUTED, differences=(gone,))
        return Replayed(
            entry=entry,
            how=How.RECOMPUTED,
            now=again.decision,
            differences=tuple(differences(entry, again)),
        )

    def _changed(self, entry: Entry) -> str:
        """What the decision was made with that is not at hand; empty where all is."""
        then, now = entry.decision.versions, self._bundle.versions
        other = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
        if other:
            return f"decided with other versions of {', '.join(other)}"
        if not entry.told.is_kept:
            return "an older version kept nothing of what the caller said"
        own = self._tenant
        if entry.told.tenant and (own is None or own.name != entry.decision.tenant):
            return f"the tenant file of {entry.decision.tenant} is not given"
        if entry.told.tenant and own is not None and own.digest != entry.told.tenant:
            return f"the settings of {own.name} were others"
        return ""


def replayed_as(how: How, entry: Entry, now: Decision | None, why: str = "") -> Replayed:
    """The entry beside another decision on its message; versions are left aside.

    None for ``now``: there is no such scope any more.
    """
    if now is None:
        gone = Difference("scope", entry.decision.scope, None)
        return Replayed(entry=entry, how=how, why=why, differences=(gone,))
    unversioned = msgspec.structs.replace(now, versions=entry.decision.versions)
    found = tuple(_changes("", _plain(entry.decision), _plain(unversioned)))
    return Replayed(entry=entry, how=how, why=why, now=now, differences=found)


def weighed_again(entry: Entry, bundle: Bundle, tenant: Tenant | None) -> Decision:
    """The decision that the findings on record come to with today's policy.

    Allow and deny entries are not asked: that needs the message.
    """
    decision = entry.decision
    judgement = Judgement(decision.findings, decision.undecided)
    own = tenant if tenant and tenant.name == decision.tenant else Tenant(name=decision.tenant)
    is_cut = entry.told.truncated_from is not None
    waits = awaited(judgement.undecided, bundle, own, is_cut=is_cut)
    kept = OnRecord(entry, own)
    opinion = weigh_awaiting(judgement, kept, bundle.policy, (), decision.scope, waits)
    return msgspec.structs.replace(decision, **msgspec.structs.asdict(opinion))


def differences(then: Entry, now: Entry) -> Iterator[Difference]:
    """The parts of an entry that are others now; none where both are equal."""
    kept = {name: getattr(then, name) for name in _NOT_COMPARED}
    now = msgspec.structs.replace(now, **kept)
    if then != now:
        yield from _changes("", _plain(then), _plain(now))


def _plain(value: msgspec.Struct) -> object:
    return msgspec.json.decode(msgspec.json.encode(value))


def _changes(where: str, then: object, now: object) -> Iterator[Difference]:
    if isinstance(then, dict) and isinstance(now, dict):
        for name in sorted({*then, *now}):
            if name != "id" or where not in ("", "decision"):  # the name of all the rest
                path = f"{where}.{name}" if where else name
                yield from _changes(path, then.get(name), now.get(name))
    elif (type(then), then) != (type(now), now):
        yield Difference(where, then, now)
