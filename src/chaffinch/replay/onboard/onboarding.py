"""An onboarding from the first message to the report; read first, it is the whole of it.

Begun again after any end it goes on: the facts of messages that were read, and the decisions on
record, are there already.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.engine.assembly import Engine
from chaffinch.engine.settings import Settings
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import Found
from chaffinch.replay.history import Arrived, HistorySource, in_order, read, window
from chaffinch.replay.onboard.begun import FACTS, Begun, hold_to, is_another_tenant, let_go
from chaffinch.replay.onboard.claims import Portrait
from chaffinch.replay.onboard.diary import Diary
from chaffinch.replay.onboard.html_report import Findings, html_report
from chaffinch.replay.onboard.kept_file import replace_file, write_kept
from chaffinch.replay.onboard.portrait import portrait_of
from chaffinch.replay.onboard.rehearsal import rehearse
from chaffinch.replay.onboard.store import FactStore
from chaffinch.replay.onboard.survey import survey
from chaffinch.replay.onboard.tenant_file import tenant_toml
from chaffinch.replay.onboard.thresholds import Budget, proposal_lines, propose

TENANT_FILE = "tenant.toml"
CLAIMS_FILE = "claims.json"
REPORT = "report.html"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted of an onboarding."""

    name: str
    out: Path
    state: Path
    days: int | None = None
    jobs: int = 1
    settings: Settings = Settings()
    budget: Budget = Budget()


class Onboarded(msgspec.Struct, frozen=True, kw_only=True):
    """What an onboarding came to; ``edited`` is the tenant file a person had changed, if one had.

    ``tenant_file`` is what was found; decided was with ``edited``, where there is one.
    """

    findings: Findings
    tenant_file: Path
    report: Path
    edited: Path | None


class Steps(Protocol):
    """Told how far an onboarding is."""

    def reading(self, count: int) -> None:
        """So many messages have been read in all."""
        ...

    def thinking(self) -> None:
        """All is read; what it says is worked out."""
        ...

    def deciding(self, total: int) -> None:
        """So many messages will be decided."""
        ...

    def decided(self) -> None:
        """One more is."""
        ...


def onboard(plan: Plan, source: HistorySource, named: tuple[str, ...], steps: Steps) -> Onboarded:
    """Read, find, decide, learn, propose and report; ``named`` is how the source is called.

    Raises:
        UsageError: the folder holds another onboarding, or nothing could be found.
        StoreError: the state cannot be used.
    """
    _begin(plan, named)
    portrait, order = _found(plan, source, steps)
    tenant = _described(plan, portrait)
    steps.deciding(len(order))
    diary = _decided(plan, tenant, (found for _, found in read(source, order)), steps)
    return _reported(plan, portrait, diary)


def _begin(plan: Plan, named: tuple[str, ...]) -> None:
    """The folder, begun; what a person wrote there is looked at before a long history is read."""
    try:
        plan.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"{plan.out}: cannot be made a folder ({error.strerror}); name another with --out"
        ) from error
    hold_to(plan.out, Begun(name=plan.name, sources=named, days=plan.days))
    if (plan.out / TENANT_FILE).exists():
        read_tenant(plan.out / TENANT_FILE)


def _found(plan: Plan, source: HistorySource, steps: Steps) -> tuple[Portrait, list[Arrived]]:
    """What the history says, and its messages in order of arrival."""
    with FactStore(plan.out / FACTS) as store:
        survey(source, store, jobs=plan.jobs, limits=plan.settings.limits, progress=steps.reading)
        steps.thinking()
        portrait = _portrait(store, plan)
        stretch = window((facts.at for facts in store), plan.days)
        order = in_order((Arrived(facts.at, facts.held) for facts in store), stretch)
    claims = msgspec.json.format(msgspec.json.encode(portrait), indent=1)
    replace_file(plan.out / CLAIMS_FILE, claims.decode())
    return portrait, order


def _described(plan: Plan, portrait: Portrait) -> Tenant:
    """The organisation as its tenant file has it, found or edited.

    What is proposed is measured against the policy, whatever thresholds a person wrote meanwhile.
    """
    write_kept(plan.out / TENANT_FILE, tenant_toml(portrait))
    tenant = read_tenant(plan.out / TENANT_FILE)
    return msgspec.structs.replace(tenant, thresholds=Tenant().thresholds)


def _decided(plan: Plan, tenant: Tenant, history: Iterator[Found], steps: Steps) -> Diary:
    with Engine.open(plan.state, settings=plan.settings, tenant=tenant) as engine:
        if is_another_tenant(plan.state, tenant) and engine.learned_count():
            raise UsageError(
                f"{plan.state} was filled with another description of {tenant.name} than "
                f"{plan.out / TENANT_FILE} gives now; name a new folder with --state, "
                "so that the history is decided with this one"
            )
        return rehearse(engine, history, steps.decided)


def _reported(plan: Plan, portrait: Portrait, diary: Diary) -> Onboarded:
    """The tenant file with its proposals, and the report."""
    proposals = propose(diary.scores, plan.settings.policy, plan.budget)
    chosen = plan.out / TENANT_FILE
    written = write_kept(chosen, tenant_toml(portrait, proposal_lines(proposals)))
    findings = Findings(
        portrait=portrait,
        diary=diary,
        proposals=proposals,
        tenant_file=written.name,
        claims_file=CLAIMS_FILE,
    )
    replace_file(plan.out / REPORT, html_report(findings))
    return Onboarded(
        findings=findings,
        tenant_file=written,
        report=plan.out / REPORT,
        edited=None if written == chosen else chosen,
    )


def _portrait(store: FactStore, plan: Plan) -> Portrait:
    portrait = portrait_of(store, plan.name, days=plan.days)
    if not portrait.messages_count:
        first = next(store.unread(), None)
        let_go(plan.out)
        why = f" ({first.held.place}: {first.why})" if first else ""
        raise UsageError(f"no message could be read{why}")
    unread = tuple(f"{one.held.place} could not be read: {one.why}." for one in store.unread())
    return msgspec.structs.replace(portrait, unread=(*portrait.unread, *_first(unread)))


def _first(unread: tuple[str, ...], shown: int = 20) -> Iterator[str]:
    yield from unread[:shown]
    if unread[shown:]:
        yield f"{len(unread) - shown:,} more could not be read."
