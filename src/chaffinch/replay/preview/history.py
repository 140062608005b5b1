"""What an entry would have changed of the decisions on record."""

from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from chaffinch.core.vocabulary import FLAGGED, Verdict
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.allow.hindsight import is_for, tells, verdict_with
from chaffinch.decision.entry import Entry
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.search import Query
from chaffinch.message.domain import domain

LISTED_MOST = 500


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A decision that would have been another."""

    id: str
    received_at: datetime
    sender: str
    subject: str
    was: Verdict
    then: Verdict


class InHistory(msgspec.Struct, frozen=True, kw_only=True):
    """How many decisions on record the entry is for, and what it would have changed of them.

    ``released`` were flagged and would not have been, ``denied`` would have been malicious and were
    not, ``softened`` would still have been flagged, but less. ``is_told`` is false where the record
    cannot tell, ``why_not`` says why.
    """

    is_told: bool
    why_not: str = ""
    meant: int = 0
    released: int = 0
    softened: int = 0
    denied: int = 0
    changed: tuple[Changed, ...] = ()


def in_history(
    entry: AllowEntry, records: Iterable[Entry], policy_in: Callable[[str], Policy]
) -> InHistory:
    """What the entry would have changed, had it been in force all the time.

    ``policy_in`` says which policy is in force in a scope.
    """
    if not tells(entry):
        return InHistory(is_told=False, why_not="entries keep no digests of files")
    meant = 0
    changed: list[Changed] = []
    for one in records:
        if not is_for(entry, one):
            continue
        meant += 1
        was, then = one.decision.verdict, verdict_with(entry, one, policy_in(one.decision.scope))
        if then is not was:
            changed.append(_changed(one, then))
    released = sum(one.was in FLAGGED and one.then not in FLAGGED for one in changed)
    denied = len(changed) if entry.effect == "deny" else 0
    return InHistory(
        is_told=True,
        meant=meant,
        released=released,
        softened=len(changed) - released - denied,
        denied=denied,
        changed=tuple(changed[:LISTED_MOST]),
    )


def asked_of(entry: AllowEntry, tenant: str) -> Query:
    """A question to the ledger that everything the entry is for answers."""
    who = entry.sender or (
        entry.value if entry.kind in (EntryKind.ADDRESS, EntryKind.DOMAIN) else ""
    )
    return Query(
        tenant=tenant,
        sender=who if "@" in who else domain(who).organisational or who or None,
        detector=entry.value if entry.kind is EntryKind.RULE else None,
        campaign=entry.value if entry.kind is EntryKind.CAMPAIGN else None,
    )


def _changed(one: Entry, then: Verdict) -> Changed:
    return Changed(
        id=one.id,
        received_at=one.decision.received_at,
        sender=one.about.sender,
        subject=one.about.subject,
        was=one.decision.verdict,
        then=then,
    )
