"""Deciding many messages: in the sources' order, or by arrival where each teaches the next."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from chaffinch.core.errors import StoreError
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Verdict
from chaffinch.core.workers import spread
from chaffinch.decision.entry import Entry
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.keeping import Keepsake
from chaffinch.engine.settings import Settings
from chaffinch.message.parse import parse
from chaffinch.message.sources import Found, Locator, load
from chaffinch.surfaces.row import ErrorRow, Row, row_of

BATCH = 32
HELD_BYTES = 1 << 24  # of messages that wait to be kept

Batch: TypeAlias = tuple[Locator, ...]


class Scanned(msgspec.Struct, frozen=True):
    """One row as JSON, and its verdict where there is one."""

    json: bytes
    verdict: Verdict | None = None


class Considered(msgspec.Struct, frozen=True):
    """The rows of one message, its entries, and what is to be kept of it."""

    rows: tuple[Scanned, ...]
    entries: tuple[Entry, ...] = ()
    keepsake: Keepsake | None = None


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker needs to decide messages as the main process would."""

    settings: Settings
    tenant: Tenant | None
    jobs: int


class Scanner:
    """Decides batches of messages with an engine of its own, which it opens at first use."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._engine: Engine | None = None

    def __call__(self, batch: Batch) -> list[Scanned]:
        """The rows of a batch; every entry is on record before this returns."""
        waiting: list[Considered] = []
        rows: list[Scanned] = []
        for locator in batch:
            waiting.append(self._consider(locator))
            rows += waiting[-1].rows
            if sum(map(_held_bytes, waiting)) > HELD_BYTES:
                record(self._opened(), waiting)
                waiting = []
        record(self._opened(), waiting)
        return rows

    def __getstate__(self) -> Plan:
        return self._plan

    def __setstate__(self, plan: Plan) -> None:
        self.__init__(plan)  # type: ignore[misc]  # a worker's copy begins with nothing open

    def close(self) -> None:
        """Let go of the engine."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def _consider(self, locator: Locator) -> Considered:
        engine = self._opened()
        return considered(engine, load(locator, engine.bundle.limits), self._plan.tenant)

    def _opened(self) -> Engine:
        if self._engine is None:
            self._engine = Engine.open(
                settings=self._plan.settings,
                tenant=self._plan.tenant,
                readonly=True,
                clock=time.perf_counter_ns,
            )
        return self._engine


class Clock:
    """Finds out when the messages of a batch arrived."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __call__(self, batch: Batch) -> list[float]:
        """Seconds since the epoch for each message; infinity where there is none."""
        return [self._arrival(locator) for locator in batch]

    def _arrival(self, locator: Locator) -> float:
        found = load(locator, self._plan.settings.limits)
        if found.raw is None:
            return float("inf")
        try:
            message = parse(
                found.raw,
                tenant=self._plan.tenant,
                received_at=found.received_at,
                mbox_date=found.mbox_date,
                limits=self._plan.settings.limits,
            )
        except Exception:  # noqa: BLE001 - deciding it will say what is wrong
            return float("inf")
        return message.received_at.timestamp()


def scan(plan: Plan, locators: Iterable[Locator]) -> Iterator[Scanned]:
    """Rows in the order of the locators, the same for any number of jobs."""
    scanner = Scanner(plan)
    try:
        for rows in spread(scanner, batches(locators, BATCH), plan.jobs, _crashed):
            yield from rows
    finally:
        scanner.close()


def scan_and_learn(plan: Plan, engine: Engine, locators: list[Locator]) -> Iterator[Scanned]:
    """Rows in the order of arrival; each delivery is learned before the next is decided."""
    clock = Clock(plan)
    arrivals = [
        at for some in spread(clock, batches(locators, BATCH), plan.jobs, _no_time) for at in some
    ]
    order = sorted(range(len(locators)), key=lambda index: (arrivals[index], index))
    for index in order:
        found = load(locators[index], engine.bundle.limits)
        made = considered(engine, found, plan.tenant)
        record(engine, [made], learn=True)
        yield from made.rows


def record(engine: Engine, made: Sequence[Considered], *, learn: bool = False) -> None:
    """Put on record what was considered, and keep what is to be kept."""
    entries = [entry for one in made for entry in one.entries]
    engine.record(entries, learn=learn, keepsakes=filter(None, [one.keepsake for one in made]))


def _held_bytes(made: Considered) -> int:
    return 0 if made.keepsake is None else len(made.keepsake.blob.raw)


def considered(engine: Engine, found: Found, tenant: Tenant | None) -> Considered:
    """A row for each scope of one found message with its entry, or an error's row and nothing."""
    if found.raw is None:
        return Considered((_error(found.path, found.error or "cannot be read"),))
    mail = mail_of(found, tenant)
    started = time.perf_counter()
    try:
        entries = engine.consider_each(mail)
    except StoreError:
        raise  # the state is at fault, not the message
    except Exception as error:  # noqa: BLE001 - one message must never stop the others
        return Considered((_error(found.path, f"internal error, please report it: {error!r}"),))
    ms = round((time.perf_counter() - started) * 1000, 3)
    rows = [_scanned(row_of(found.path, one.decision, ms, one.about)) for one in entries]
    return Considered(tuple(rows), entries, engine.keepsake(mail, entries[0]))


def _scanned(row: Row) -> Scanned:
    return Scanned(msgspec.json.encode(row), row.verdict)


def mail_of(found: Found, tenant: Tenant | None) -> Mail:
    """A message that was found, and could be read, as the engine takes it."""
    assert found.raw is not None
    return Mail(
        raw=found.raw,
        received_at=found.received_at,
        tenant=tenant,
        mbox_date=found.mbox_date,
        truncated_from=found.truncated_from,
    )


def batches(locators: Iterable[Locator], size: int) -> Iterator[Batch]:
    """The locators in groups of ``size``, the last one maybe smaller."""
    batch: list[Locator] = []
    for locator in locators:
        batch.append(locator)
        if len(batch) == size:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def _error(path: str, why: str) -> Scanned:
    return Scanned(msgspec.json.encode(ErrorRow(path=path, error=why)))


def _crashed(batch: Batch) -> list[Scanned]:
    return [_error(one.path, "the process that read this message died of it") for one in batch]


def _no_time(batch: Batch) -> list[float]:
    return [float("inf")] * len(batch)
