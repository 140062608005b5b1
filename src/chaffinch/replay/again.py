"""One decision made again from what its entry was made of, and the message it is about.

Findings and score on record are not read: everything is computed from the bytes, the caller's hints
and the profile rows, with the rules, lists and policy at hand.
"""

from datetime import datetime

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.decision.entry import Entry, Told
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Mail, consider_each, measured
from chaffinch.profiles.around import Around, around_from_rows
from chaffinch.profiles.digests import UNKEYED, Digests
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.rowformat import Rows
from chaffinch.signals.evidence import Evidence


class Inputs(msgspec.Struct, frozen=True, kw_only=True):
    """All a decision was made of, but for rules, lists and policy, and nothing of what it was.

    ``clock`` is the arrival by the caller's clock; ``rows`` are profile rows as read (none where
    nothing was remembered), under the ledger's ``digests``; ``tenant`` is whom the caller named.
    """

    raw: bytes
    told: Told = Told()
    clock: datetime | None = None
    rows: Rows = ()
    as_of: int | None = None
    tenant: Tenant | None = None
    digests: Digests = UNKEYED
    answers: tuple[str, ...] = ()
    supersedes: str = ""

    def around(self, _: str, observation: Observation) -> Around | None:
        """What was known, from the rows that were read then."""
        if not self.rows:
            return None
        as_of = observation.at if self.as_of is None else self.as_of
        return around_from_rows(self.rows, observation, as_of, self.digests)

    @property
    def mail(self) -> Mail:
        """The message as it reached us."""
        told = self.told
        return Mail(
            raw=self.raw,
            received_at=self.clock,
            recipients=told.recipients,
            tenant=self.tenant,
            envelope=told.envelope,
            mbox_date=told.mbox_date,
            truncated_from=told.truncated_from,
            answers=self.answers,
            supersedes=self.supersedes,
        )


def inputs_of(entry: Entry, raw: bytes, tenant: Tenant | None, digests: Digests) -> Inputs:
    """What an entry was decided from; ``tenant`` counts where the caller named one then."""
    told = entry.told
    return Inputs(
        raw=raw,
        told=told,
        clock=entry.decision.received_at if told.has_clock else None,
        rows=entry.rows,
        as_of=entry.as_of,
        tenant=tenant if told.tenant or not told.is_kept else None,
        digests=digests,
        answers=entry.answers,
        supersedes=entry.supersedes,
    )


def recomputed(inputs: Inputs, bundle: Bundle, scope: str) -> Entry | None:
    """The entry of a scope that is made of the inputs now; None where there is no such scope."""
    made = consider_each(inputs.mail, bundle, inputs)
    return next((one for one in made if one.decision.scope == scope), None)


def evidence_again(inputs: Inputs, bundle: Bundle) -> Evidence:
    """The evidence of the inputs, of which every signal can be asked for."""
    return measured(inputs.mail, bundle, inputs)[0]
