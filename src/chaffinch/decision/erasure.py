"""What is left of an entry when somebody's data is erased: the figures, and that it happened."""

import hashlib

import msgspec

from chaffinch.decision.decision import Part
from chaffinch.decision.entry import Digest, Entry, Told
from chaffinch.decision.scopes import MAILBOX
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.rowformat import encode_rows


def blanked(entry: Entry, at: int) -> Entry:
    """The entry without texts of the message, names, signals and profile rows.

    Verdict, score, parts without addresses, versions, and the detectors that fired or could not
    tell stay, and so do the digests by which a copy of the message is known again.
    """
    findings = tuple(
        msgspec.structs.replace(one, signals={}, spans=()) for one in entry.decision.findings
    )
    account = entry.decision.account
    decision = msgspec.structs.replace(
        entry.decision,
        scope=MAILBOX.strip() if "@" in entry.decision.scope else entry.decision.scope,
        attribution=tuple(map(_nameless, entry.decision.attribution)),
        findings=findings,
        account=None if account is None else msgspec.structs.replace(account, account=""),
        defects=(),
        assumptions=(),
    )
    return msgspec.structs.replace(
        entry,
        decision=decision,
        about=Digest(),
        signals={},
        unmeasured={},
        kept_rows=encode_rows(()),
        observation=nothing_seen(entry.observation),
        erased_at=at,
        told=Told(has_clock=entry.told.has_clock, tenant=entry.told.tenant, is_kept=False),
        answers=(),
    )


def _nameless(part: Part) -> Part:
    """The part without a reason that holds an address, which an allow or deny entry may name."""
    return msgspec.structs.replace(part, why="") if "@" in part.why else part


def nothing_seen(observation: Observation) -> Observation:
    """That a delivery came, and when; nothing else of it."""
    return Observation(delivery_id=observation.delivery_id, at=observation.at)


def whom_digest(name: str, secret: bytes) -> str:
    """Tells whoever knows a name and the ledger's secret that it was the one erased.

    >>> whom_digest("kim@acme.example", b"secret") == whom_digest("kim@acme.example", b"other")
    False
    """
    return hashlib.blake2b(name.encode(), key=secret[:64], digest_size=12).hexdigest()
