"""Teaching what labels come to: at a time, to the deliveries that were learned."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chaffinch.core.errors import StoreError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import Label, LabelOf, Resolved, resolved
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.search import Query
from chaffinch.engine.memory import Memory


class Teaching(NamedTuple):
    """How many deliveries stand labelled after it, and what it changed.

    ``waiting`` are those whose label is not mature, ``undecided`` those whose labels weigh the
    same on both sides, ``unlearned`` those that never taught anything, or were taken back;
    ``lost`` are labels about entries that are not here, or that nobody can read.
    """

    standing: int
    given: int = 0
    taken_back: int = 0
    waiting: int = 0
    undecided: int = 0
    unlearned: int = 0
    lost: int = 0


def teach(memory: Memory, labels: Iterable[Label], at: int) -> Teaching:
    """Bring what is taught up to what labels, which are all there are, come to at a time.

    Only what has matured is taught. What is taught, and not said any more, is taken back: where a
    label was retracted or another prevails. To do it twice is to do it once; what was cut short
    goes on the next time. A delivery whose entry is not here any more stays as it is labelled.
    """
    said, lost = said_of_deliveries(memory, labels, at)
    mature = {one: verdict for one, what in said.items() if (verdict := _mature(what))}
    before = memory.labelled()
    gone = [one for one in before if one not in mature and _learned(memory, *one)]
    memory.label({**dict.fromkeys(gone), **mature})
    after = memory.labelled()
    return Teaching(
        standing=len(after),
        given=sum(before.get(one) != verdict for one, verdict in after.items()),
        taken_back=sum(after.get(one) != verdict for one, verdict in before.items()),
        waiting=sum(what.verdict is not None and not what.is_mature for what in said.values()),
        undecided=sum(what.verdict is None for what in said.values()),
        unlearned=sum(one not in after for one in mature),
        lost=lost,
    )


def _mature(what: Resolved) -> str | None:
    """The verdict that is taught; an exercise says nothing of whom it pretends to be."""
    is_taught = what.is_mature and what.verdict not in (None, Verdict.SIMULATION)
    return str(what.verdict) if is_taught else None


def said_of_deliveries(
    memory: Memory, labels: Iterable[Label], at: int
) -> tuple[Mapping[Delivery, Resolved], int]:
    """What all labels of each delivery come to, and how many are about nothing that is here."""
    found: dict[Delivery, dict[str, Label]] = {}
    lost = 0
    for label in labels:
        if label.is_known(at):
            about = _about(memory, label)
            lost += about is None
            for delivery in about or ():
                found.setdefault(delivery, {})[label.id] = label
    all_said = ((delivery, resolved(some.values(), at)) for delivery, some in found.items())
    return {delivery: what for delivery, what in all_said if what is not None}, lost


def _about(memory: Memory, label: Label) -> Sequence[Delivery] | None:
    """The deliveries a label is about, but for erased ones; None where its entry is not here."""
    if label.of is LabelOf.CAMPAIGN:
        query = Query(tenant=label.tenant, campaign=label.subject)
        return [one for page in memory.pages(query) for one in _of_tenant(label, page.entries)]
    if label.of is LabelOf.DELIVERY:
        entry = _learned(memory, label.tenant, label.subject)
        if entry is None and not memory.teaches(label.tenant, label.subject):
            return [(label.tenant, label.subject)]  # nothing was learned of it that was taken away
    else:
        entry = readable_entry(memory, label.subject)
    return None if entry is None else _of_tenant(label, [entry])


def _of_tenant(label: Label, entries: Iterable[Entry]) -> list[Delivery]:
    return [
        (label.tenant, one.decision.delivery_id)
        for one in entries
        if one.erased_at is None and one.decision.tenant == label.tenant
    ]


def readable_entry(memory: Memory, entry_id: str) -> Entry | None:
    """The entry, where it is here and can be read: one that cannot must not keep others back."""
    try:
        return memory.find(entry_id)
    except StoreError:
        return None


def _learned(memory: Memory, tenant: str, delivery_id: str) -> Entry | None:
    try:
        return memory.learned(tenant, delivery_id)
    except StoreError:
        return None
