"""The journey of one message: read this first, everything else is a footnote to it.

bytes ─parse▶ Message ─measure▶ Evidence ─judge▶ Findings ─weigh▶ Decision ─record▶ Entry ─▶ learn
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import STRICTNESS
from chaffinch.decision.allow.applying import Ruled, ruled
from chaffinch.decision.bounds import Awaited
from chaffinch.decision.entry import Entry
from chaffinch.decision.incomplete import weigh_awaiting
from chaffinch.decision.scopes import scopes_of
from chaffinch.detectors.finding import Finding, Judgement
from chaffinch.detectors.judge import judge
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.entry_of import entry_of
from chaffinch.engine.memory import Memory, Recall
from chaffinch.engine.stopwatch import Clock, Stopwatch
from chaffinch.engine.waiting import awaited
from chaffinch.message.message import Message
from chaffinch.message.model import Envelope
from chaffinch.message.parse import parse
from chaffinch.mql.recording import recording_of
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it reached us, with what the caller knows beside the bytes."""

    raw: bytes
    received_at: datetime | None = None
    recipients: tuple[str, ...] = ()
    tenant: Tenant | None = None
    envelope: Envelope | None = None
    mbox_date: datetime | None = None
    truncated_from: int | None = None
    answers: tuple[str, ...] = ()  # lines of a recording, of what was asked and answered outside
    supersedes: str = ""  # the entry this decides again


class Case(msgspec.Struct, frozen=True):
    """One message before it is weighed, with what became of each allow and deny entry."""

    evidence: Evidence
    observation: Observation
    judgement: Judgement
    entries: tuple[Ruled, ...]


def parsed(mail: Mail, bundle: Bundle) -> Message:
    """The message of a mail, as far as our limits let it be read."""
    return parse(
        mail.raw,
        tenant=mail.tenant,
        received_at=mail.received_at,
        recipients=mail.recipients,
        envelope=mail.envelope,
        mbox_date=mail.mbox_date,
        limits=bundle.limits,
    )


def measured(
    mail: Mail, bundle: Bundle, memory: Recall, watch: Stopwatch | None = None
) -> tuple[Evidence, Observation]:
    """The evidence of one message, with what was known before it, and what it would teach."""
    message = parsed(mail, bundle)
    observation = observe(message)
    if watch:
        watch.lap()
    known = memory.around(message.tenant.name, observation)
    return Evidence(message, known, bundle.lists), observation


def judged(mail: Mail, bundle: Bundle, memory: Recall, watch: Stopwatch | None = None) -> Case:
    """Everything a decision on one message is made of."""
    watch = watch or Stopwatch(None)
    evidence, observation = measured(mail, bundle, memory, watch)
    watch.lap()
    recording = recording_of(mail.answers) if mail.answers else None
    judgement = judge(evidence, bundle.detectors, recording)
    watch.lap()
    entries = _ruled(evidence, observation, judgement.findings, bundle)
    return Case(evidence, observation, judgement, entries)


def consider(mail: Mail, bundle: Bundle, memory: Recall, clock: Clock | None = None) -> Entry:
    """Decide one message for the strictest of its scopes and say why; nothing is written."""
    return strictest(consider_each(mail, bundle, memory, clock))


def consider_each(
    mail: Mail, bundle: Bundle, memory: Recall, clock: Clock | None = None
) -> tuple[Entry, ...]:
    """Decide one message for each of its scopes and say why; nothing is written."""
    watch = Stopwatch(clock)
    case = judged(mail, bundle, memory, watch)
    waits = _awaited(case, bundle, is_cut=mail.truncated_from is not None)
    opinions = [
        weigh_awaiting(case.judgement, case.evidence, bundle.policy, case.entries, scope, waits)
        for scope in scopes_of(case.evidence.message)
    ]
    watch.lap()
    entries = [
        entry_of(
            case.evidence, case.observation, case.judgement, one, bundle.versions,
            mail.truncated_from,
        )
        for one in opinions
    ]  # fmt: skip
    beside = {
        "timings": watch.timings, "answers": mail.answers, "supersedes": mail.supersedes,
    }  # fmt: skip
    return tuple(msgspec.structs.replace(one, **beside) for one in entries)


def _awaited(case: Case, bundle: Bundle, *, is_cut: bool) -> Awaited | None:
    """What the decision waits for, and what becomes of entries that name a rule which waits."""
    judgement, tenant = case.judgement, case.evidence.message.tenant
    waits = awaited(judgement.undecided, bundle, tenant, is_cut=is_cut)
    if waits is None:
        return None
    findings = (*judgement.findings, *waits.findings)
    entries = _ruled(case.evidence, case.observation, findings, bundle)
    return msgspec.structs.replace(waits, entries=entries)


def _ruled(
    evidence: Evidence, observation: Observation, findings: Sequence[Finding], bundle: Bundle
) -> tuple[Ruled, ...]:
    """What becomes of the tenant's allow and deny entries; nothing where it has none."""
    own = bundle.allow.get(evidence.message.tenant.name)
    if own is None or not own.entries:
        return ()
    return ruled(own.entries, evidence.message, observation, findings)


def strictest(entries: Sequence[Entry]) -> Entry:
    """Of decisions on one message the one with the gravest action, of several of them the first."""
    return max(entries, key=lambda one: STRICTNESS[one.decision.action])


def decide_each(
    mail: Mail, bundle: Bundle, memory: Memory, clock: Clock | None = None, *, learn: bool
) -> tuple[Entry, ...]:
    """Decide one message for each of its scopes; when this returns, all is on record."""
    entries = consider_each(mail, bundle, memory, clock)
    keepsake = memory.messages.of(mail.raw, mail.tenant, entries[0])
    memory.record(entries, learn=learn, keepsakes=filter(None, [keepsake]))
    return entries
