"""As-if replay: the past decided with what there is today, profiles made anew along the way.

Entries are taken in the order they were put on record, and lessons in theirs: what the ledger was
taught before an entry is known when that entry is decided, and nothing else. What is learned of a
message is what is observed of it today; of one that is not at hand, what was observed then.

Only what is asked for is decided. What came before it is read and learned, since that makes the
profiles it is decided by; what came after the last of it is not touched.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Ledger
from chaffinch.decision.search import Query, answers
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Mail, consider_each, parsed
from chaffinch.message.ownership import ASSUMED_NAME
from chaffinch.profiles.around import Around, around
from chaffinch.profiles.digests import digests_of
from chaffinch.profiles.observation import (
    Labelling,
    Observation,
    Retraction,
    Taught,
    taken_back,
)
from chaffinch.profiles.observe import observe
from chaffinch.profiles.store import Lesson, ProfileStore
from chaffinch.replay.again import inputs_of
from chaffinch.replay.as_then import How, Replayed, replayed_as, weighed_again
from chaffinch.replay.records import Records

_LESSONS_AT_ONCE = 500


def _nothing() -> None:
    """Nobody counts along."""


class Rehearsal:
    """Profiles that are made anew, in a store of their own."""

    def __init__(self, store: ProfileStore, ledger: Ledger) -> None:
        store.bind(ledger.identity(), ledger.secret())
        self._store = store
        self._count = 0
        self._unlearned: list[Lesson] = []
        self._known: dict[tuple[str, str], list[Observation | Labelling]] = {}

    def around(self, tenant: str, observation: Observation) -> Around | None:
        """What is known before the delivery first arrived, so that no copy sees its own trace."""
        self._learn_all()
        known = self._known.get((tenant, observation.delivery_id), [])
        as_of = min([observation.at, *[one.at for one in known if isinstance(one, Observation)]])
        return around(self._store, tenant, observation, as_of, learned=known)

    def was_taught(self, tenant: str, delivery_id: str) -> bool:
        """Whether a lesson of the delivery was gone over, though it may be taken back again."""
        return (tenant, delivery_id) in self._known

    def teach(self, tenant: str, taught: Taught) -> None:
        """Learn one more lesson; what it takes back or labels is what was learned here."""
        delivery = tenant, taught.delivery_id
        known = self._known.setdefault(delivery, [])
        if isinstance(taught, Retraction):
            for one in reversed(known):
                self._learn(tenant, taken_back(one))
            known.clear()
        elif isinstance(taught, Labelling):
            self._label(tenant, taught, known)
        elif not known:
            self._learn(tenant, taught)
            known.append(taught)

    def _label(self, tenant: str, taught: Labelling, known: list[Observation | Labelling]) -> None:
        observed = next((one for one in known if isinstance(one, Observation)), None)
        if observed is None:
            return
        ours = msgspec.structs.replace(taught, observation=observed)
        self._learn(tenant, ours)
        if taught.times > 0:
            known.append(ours)
        else:
            known[:] = [one for one in known if one != taken_back(ours)]

    def _learn(self, tenant: str, taught: Taught) -> None:
        self._unlearned.append((self._count + len(self._unlearned) + 1, tenant, taught))
        if len(self._unlearned) == _LESSONS_AT_ONCE:
            self._learn_all()

    def _learn_all(self) -> None:
        """Lessons are put into the store together, and before anything is read of it."""
        if not self._unlearned:
            return
        self._store.learn(self._unlearned, after=self._count)
        self._count += len(self._unlearned)
        self._unlearned = []


class AsIf:
    """Decides entries on record anew; ``raw_of`` finds the message of one."""

    def __init__(
        self,
        records: Records,
        rehearsal: Rehearsal,
        bundle: Bundle,
        tenant: Tenant | None,
        raw_of: Callable[[Entry], bytes | None],
    ) -> None:
        self._records = records
        self._ledger = records.ledger
        self._rehearsal = rehearsal
        self._bundle = bundle
        self._tenant = tenant
        self._raw_of = raw_of
        self._lessons = _lessons(records.ledger)
        self._last: tuple[Mail, Sequence[Entry]] | None = None

    def replay(
        self, query: Query, until: int | None = None, passed: Callable[[], None] = _nothing
    ) -> Iterator[Replayed]:
        """Every entry that the query asks for, decided anew by all that came before it.

        What arrived at ``until`` or later is neither decided nor learned. ``passed`` is called
        for each entry that is gone over, decided or only learned.
        """
        awaited = self._asked(query, until)
        for entry in self._records.in_order(query.tenant):
            if not awaited:
                return
            if entry.decision.tenant not in awaited:
                continue  # profiles are an organisation's own
            if until is not None and entry.observation.at >= until:
                continue
            replayed = self._gone_over(entry, until, is_asked=answers(entry, query))
            passed()
            if replayed is not None:
                awaited -= Counter([entry.decision.tenant])
                yield replayed

    def _asked(self, query: Query, until: int | None) -> Counter[str]:
        """How many entries of each organisation are asked for."""
        found = self._records.asked(query)
        return Counter(
            one.decision.tenant for one in found if until is None or one.observation.at < until
        )

    def _gone_over(self, entry: Entry, until: int | None, *, is_asked: bool) -> Replayed | None:
        """The entry decided anew where it is asked for, and learned where it was."""
        teaches = self._is_taught_by(entry)
        if teaches:
            self._catch_up(entry, until)
        replayed, observed = None, entry.observation
        if is_asked:
            replayed, observed = self._decided(entry)
        elif teaches:
            observed = self._observed(entry)
        if teaches:
            self._rehearsal.teach(entry.decision.tenant, observed)
        return replayed

    def _is_taught_by(self, entry: Entry) -> bool:
        """Whether this entry, and no other of its delivery, became a lesson.

        Where the ledger let go of that, or cannot read it, it is the first to come: lessons name
        none.
        """
        delivery = entry.decision.tenant, entry.decision.delivery_id
        if self._rehearsal.was_taught(*delivery):
            return False
        taught = self._records.learned(*delivery)
        return bool(self._ledger.teaches(*delivery)) if taught is None else taught.id == entry.id

    def _catch_up(self, entry: Entry, until: int | None) -> None:
        """Teach what the ledger was taught before this entry's lesson, and pass that by."""
        own = entry.decision.tenant, entry.decision.delivery_id
        for _, tenant, taught in self._lessons:
            if isinstance(taught, Observation):
                if (tenant, taught.delivery_id) == own:
                    return
                if until is not None and taught.at >= until:
                    continue
            self._rehearsal.teach(tenant, taught)

    def _decided(self, entry: Entry) -> tuple[Replayed, Observation]:
        """The entry decided anew, and what is observed of its message."""
        if entry.erased_at is not None:
            gone = Replayed(entry=entry, how=How.ERASED, why="its evidence was erased")
            return gone, entry.observation
        raw, why = self._at_hand(entry)
        if raw is None:
            now = weighed_again(entry, self._bundle, self._tenant)
            return replayed_as(How.WEIGHED, entry, now, why), entry.observation
        made = self._made(entry, raw)
        same = (one.decision for one in made if one.decision.scope == entry.decision.scope)
        return replayed_as(How.DECIDED, entry, next(same, None)), made[0].observation

    def _observed(self, entry: Entry) -> Observation:
        """What is observed of its message today; what was observed then, where it is not here."""
        raw = None if entry.erased_at is not None else self._at_hand(entry)[0]
        if raw is None:
            return entry.observation
        return observe(parsed(self._mail(entry, raw), self._bundle))

    def _at_hand(self, entry: Entry) -> tuple[bytes | None, str]:
        """Its message, or why it cannot be decided anew."""
        why = self._lacking(entry)
        raw = None if why else self._raw_of(entry)
        return raw, why or ("its message is not at hand" if raw is None else "")

    def _made(self, entry: Entry, raw: bytes) -> Sequence[Entry]:
        """The entries of all scopes; those of one delivery stand in a row and are made once."""
        mail = self._mail(entry, raw)
        if self._last is None or self._last[0] != mail:
            self._last = mail, consider_each(mail, self._bundle, self._rehearsal)
        return self._last[1]

    def _mail(self, entry: Entry, raw: bytes) -> Mail:
        digests = digests_of(self._ledger.secret(), entry.decision.tenant)
        mail = inputs_of(entry, raw, self._tenant, digests).mail
        if entry.told.is_kept:
            return mail
        known = entry.decision.tenant != ASSUMED_NAME
        return msgspec.structs.replace(
            mail,
            received_at=entry.decision.received_at,
            tenant=self._tenant if known else None,
        )

    def _lacking(self, entry: Entry) -> str:
        """Why an entry cannot be decided for whom it was; empty where it can."""
        name, own = entry.decision.tenant, self._tenant
        if name == ASSUMED_NAME or (own is not None and own.name == name):
            return ""
        return f"the tenant file of {name} is not given"


def _lessons(ledger: Ledger) -> Iterator[Lesson]:
    mark = 0
    while some := ledger.lessons(mark, _LESSONS_AT_ONCE):
        yield from some
        mark = some[-1][0]
