"""Settings → Engine: the only place that names concrete stores."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from chaffinch.core.errors import SettingsError, StoreError, UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.allow.applying import Ruled
from chaffinch.decision.archive import Archive
from chaffinch.decision.blobs import Blobs
from chaffinch.decision.counterfactual.counterfactual import Counterfactual
from chaffinch.decision.decision import Decision, Incomplete
from chaffinch.decision.entry import Entry
from chaffinch.decision.ledger import Ledger, NoLedger
from chaffinch.decision.scopes import ORGANISATION
from chaffinch.decision.search import Page, Query
from chaffinch.engine.arriving import considered_again
from chaffinch.engine.bundle import Bundle, load_bundle
from chaffinch.engine.journey import (
    Mail,
    consider_each,
    decide_each,
    judged,
    measured,
    parsed,
    strictest,
)
from chaffinch.engine.keeping import Keeper, Keepsake
from chaffinch.engine.memory import Memory
from chaffinch.engine.rests import rests_on, rests_on_record
from chaffinch.engine.said import postgres
from chaffinch.engine.settings import Settings
from chaffinch.engine.stopwatch import Clock
from chaffinch.engine.tenants import read_tenant
from chaffinch.engine.told import check_tenant, told
from chaffinch.message.model import Envelope
from chaffinch.message.ownership import ASSUMED_NAME
from chaffinch.profiles.digests import Digests
from chaffinch.profiles.store import ProfileStore
from chaffinch.signals.evidence import Evidence
from chaffinch.stores.blob_folder import BlobFolder
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger

MESSAGES_FOLDER = "messages"
LEDGER_FILE = "ledger.sqlite"
REDIS_ADDRESSES = ("redis://", "rediss://", "unix://")


class Engine:
    """Decides messages and remembers; ``with Engine.open(folder) as engine: engine.decide(raw)``.

    An engine belongs to one thread, and a process has one engine for a state folder. It may be used
    on both sides of a fork.
    """

    def __init__(
        self,
        bundle: Bundle,
        memory: Memory,
        tenant: Tenant | None = None,
        settings: Settings | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock
        self._bundle = bundle
        self._memory = memory
        self._tenant = tenant
        self._settings = settings or Settings()

    @classmethod
    def open(
        cls,
        state: str | Path | None = None,
        *,
        settings: Settings | None = None,
        tenant: Tenant | None = None,
        readonly: bool = False,
        clock: Clock | None = None,
    ) -> Self:
        """An engine that remembers in the state folder, or one that remembers nothing.

        ``tenant`` (else the settings' tenant file) is whom messages are decided for where a call
        names nobody. ``readonly`` opens a state that is there already, its profiles for scoring
        only. By ``clock``, which tells nanoseconds, entries say how long stages took.

        Raises:
            SettingsError: the settings name something that is not there or is wrong.
            StoreError: the state cannot be opened.
        """
        chosen = settings or Settings()
        if not isinstance(chosen, Settings):
            raise UsageError("settings is a Settings; read_settings(path) makes one")
        check_tenant(tenant)
        folder = state or chosen.state
        if tenant is None and chosen.tenant:
            tenant = read_tenant(Path(chosen.tenant))
        chosen = msgspec.structs.replace(chosen, state=None if folder is None else str(folder))
        bundle = load_bundle(chosen)
        memory = open_memory(folder, chosen, readonly=readonly)
        return cls(bundle, memory, tenant, chosen, clock)

    def reload(self) -> None:
        """Load rules, feeds and lists anew; what is in force stays so where that fails.

        Raises:
            SettingsError: a folder of rules or lists is not there any more.
            StoreError: the record of feeds is damaged.
            UsageError: no rule was left.
        """
        bundle = load_bundle(self._settings)
        if self._bundle.rules and not bundle.rules:
            raise UsageError("no rule could be loaded; the rules in force stay")
        self._bundle = bundle

    @property
    def bundle(self) -> Bundle:
        """The rules, lists and policy in force."""
        return self._bundle

    def decide(
        self,
        raw: bytes | bytearray | memoryview,
        *,
        received_at: datetime | None = None,
        recipients: Sequence[str] | None = None,
        tenant: Tenant | None = None,
        envelope: Envelope | None = None,
        learn: bool = False,
    ) -> Decision:
        """Decide one message; when this returns, the decision is on record.

        ``received_at`` is the arrival by the caller's clock (aware), ``recipients`` the mailboxes
        it was delivered to. With ``learn`` the delivery also teaches the profiles, once. Where
        recipients have policies of their own, all decisions are recorded and the strictest is
        returned; ``decide_each`` returns all.

        Raises:
            UsageError: ``raw`` is not bytes, ``received_at`` has no time zone, or ``recipients``
                is one text.
        """
        mail = told(raw, received_at, recipients, tenant, envelope)
        return strictest(self._decided(mail, learn=learn)).decision

    def decide_each(
        self,
        raw: bytes | bytearray | memoryview,
        *,
        received_at: datetime | None = None,
        recipients: Sequence[str] | None = None,
        tenant: Tenant | None = None,
        envelope: Envelope | None = None,
        learn: bool = False,
    ) -> tuple[Decision, ...]:
        """Decide one message for each scope its recipients are in, as ``decide`` does for one.

        Raises:
            UsageError: as in ``decide``.
        """
        mail = told(raw, received_at, recipients, tenant, envelope)
        return tuple(one.decision for one in self._decided(mail, learn=learn))

    def _decided(self, mail: Mail, *, learn: bool) -> tuple[Entry, ...]:
        return decide_each(self.ours(mail), self._bundle, self._memory, self._clock, learn=learn)

    def consider(self, mail: Mail) -> Entry:
        """Decide one message for its strictest scope: an entry as ``record`` would keep it."""
        return strictest(self.consider_each(mail))

    def consider_each(self, mail: Mail) -> tuple[Entry, ...]:
        """Decide one message for each of its scopes; nothing is written."""
        return consider_each(self.ours(mail), self._bundle, self._memory, self._clock)

    def decide_again(
        self,
        entry_id: str,
        raw: bytes | None = None,
        answers: Iterable[str] = (),
        *,
        tenant: Tenant | None = None,
    ) -> Decision:
        """Decide anew what an entry decided, now that something it waited for has arrived.

        ``raw`` is the entry's message (as it is kept, where left out), ``answers`` are lines of a
        recording. The new entry names the earlier one and is on record when this returns; where
        nothing is decided otherwise, the earlier one stands.

        Raises:
            UsageError: there is no such entry, it was erased or is of another tenant than
                ``tenant`` (the engine's, where left out), or this is another message.
        """
        earlier = self.find(entry_id)
        if earlier is None:
            raise UsageError(f"there is no entry {entry_id}")
        raw = self._memory.messages.find(earlier) if raw is None else raw
        if raw is None:
            raise UsageError(f"the message of entry {earlier.id} is not kept: name its file")
        place = (self._bundle, self._memory, tenant or self._tenant)
        found = considered_again(earlier, raw, answers, place)
        self._memory.record([found], learn=False)
        return found.decision

    def could_become(self, mail: Mail) -> Mapping[str, Incomplete]:
        """For each scope how far what is missing here could move the decision, if it were there."""
        policy = msgspec.structs.replace(self._bundle.policy, awaits=("*",))
        bundle = msgspec.structs.replace(self._bundle, policy=policy)
        made = consider_each(self.ours(mail), bundle, self._memory)
        found = ((one.decision.scope, one.decision.incomplete) for one in made)
        return {scope: open_ for scope, open_ in found if open_ is not None}

    def measure(self, mail: Mail) -> Evidence:
        """The evidence of one message, as rules are shown it; nothing is written."""
        return measured(self.ours(mail), self._bundle, self._memory)[0]

    def entries_for(self, mail: Mail) -> tuple[Ruled, ...]:
        """What becomes of each of the tenant's allow and deny entries; nothing is written."""
        return judged(self.ours(mail), self._bundle, self._memory).entries

    def rests_on(self, mail: Mail, scope: str = ORGANISATION) -> Counterfactual:
        """Which facts the verdict on a message rests on in a scope; nothing is written."""
        return rests_on(judged(self.ours(mail), self._bundle, self._memory), self._bundle, scope)

    def rests_on_record(self, entry: Entry) -> Counterfactual | None:
        """Which facts a verdict on record rests on; None where it would be another score now."""
        own, name = self._tenant, entry.decision.tenant
        tenant = own if own is not None and own.name == name else Tenant(name=name)
        return rests_on_record(entry, self._bundle, tenant)

    def ours(self, mail: Mail) -> Mail:
        """The mail with this engine's tenant where it names none."""
        if mail.tenant is None and self._tenant is not None:
            return msgspec.structs.replace(mail, tenant=self._tenant)
        return mail

    def keepsake(self, mail: Mail, entry: Entry) -> Keepsake | None:
        """What its tenant or the settings want kept of an entry's message, once it is recorded."""
        return self._memory.messages.of(mail.raw, self.ours(mail).tenant, entry)

    def expire_messages(self, now: datetime, tenant: Tenant | None = None) -> int:
        """Let go of raw messages that a tenant (the engine's) wants kept no longer; how many."""
        whose, at = tenant or self._tenant, round(now.timestamp() * 1000)
        return 0 if whose is None else self._memory.messages.expire(whose, at)

    def record(
        self,
        entries: Sequence[Entry],
        *,
        learn: bool = False,
        keepsakes: Iterable[Keepsake] = (),
    ) -> None:
        """Put entries on record, all or none; then keep messages and learn where asked."""
        self._memory.record(entries, learn=learn, keepsakes=keepsakes)

    def learned(self, mail: Mail) -> Entry | None:
        """The entry on record of a delivery that was learned already."""
        message = parsed(self.ours(mail), self._bundle)
        return self._memory.learned(message.tenant.name, message.delivery_id)

    def learned_count(self) -> int:
        """How many deliveries of this engine's tenant were learned."""
        return 0 if self._tenant is None else self._memory.learned_count(self._tenant.name)

    def knows_only_others(self) -> bool:
        """Whether the state has learned mail, and none for this engine's tenant or for nobody."""
        name = ASSUMED_NAME if self._tenant is None else self._tenant.name
        return self._memory.knows_only_others(name)

    def digests(self, tenant: str) -> Digests:
        """Under which digests the tenant's profiles count."""
        return self._memory.digests(tenant)

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        """Up to ``most`` entries the query asks for, the latest arrival first."""
        return self._memory.search(query, most, cursor)

    def find(self, entry_id: str) -> Entry | None:
        """The entry of this id, or the only one whose id starts so."""
        return self._memory.find(entry_id)

    def retract(self, entry_id: str) -> bool:
        """Take back what the delivery of this entry taught; False where it had taught nothing."""
        entry = self.find(entry_id)
        return entry is not None and self._memory.retract(entry.id)

    def close(self) -> None:
        """Let go of files; closing twice is harmless."""
        self._memory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_memory(state: str | Path | None, settings: Settings, *, readonly: bool) -> Memory:
    """What a state remembers, without the rules; without a state, nothing.

    Raises:
        StoreError: the state cannot be opened.
    """
    if state is None and settings.ledger is not None:
        raise SettingsError("a ledger in Postgres needs a state beside it, for profiles and feeds")
    if state is None:
        return Memory(NoLedger(), None)
    folder = Path(state)
    profiles_folder, ledger_file = folder / "profiles", folder / LEDGER_FILE
    if readonly and settings.ledger is None and not ledger_file.exists():
        if any((folder / name).is_dir() for name in ("feeds", "allow")):
            return Memory(NoLedger(), None)  # a state that holds what is to be, and no mail yet
        raise StoreError(f"{folder} holds no state: nothing was recorded there")
    # Lost profiles are made from the ledger, and those of a server may have been.
    readonly = readonly and profiles_folder.exists() and settings.profiles is None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"the state folder {folder} cannot be made: {error.strerror}") from error
    with ExitStack() as opened:
        ledger = open_ledger(ledger_file, settings)
        opened.callback(ledger.close)
        profiles = _profiles(profiles_folder, settings, readonly=readonly)
        opened.callback(profiles.close)
        memory = Memory(ledger, profiles, open_archive, _keeper(folder, settings))
        memory.check()
        if not readonly:
            memory.catch_up()
        opened.pop_all()
    return memory


def _keeper(folder: Path, settings: Settings) -> Keeper:
    """Keeps messages in the state."""
    return Keeper(open_blobs(folder, settings), keep_all=settings.keep_messages)


def open_blobs(state: Path, settings: Settings) -> Blobs:
    """Where the raw messages of a state are kept."""
    return BlobFolder(state / MESSAGES_FOLDER, durability=settings.durability)


def open_ledger(file: Path, settings: Settings) -> Ledger:
    """The ledger the settings name by its address; without one, SQLite in the file.

    Raises:
        SettingsError: what Postgres needs is not installed.
        StoreError: it cannot be opened.
    """
    if settings.ledger is None:
        return SqliteLedger(file, durability=settings.durability)
    ledger: Ledger = postgres("postgres").PostgresLedger(settings.ledger)
    return ledger


def open_archive(where: str, make: bool = False) -> Archive:
    """The archive in a folder, which is made where asked.

    Raises:
        UsageError: no library is there that reads its files.
        StoreError: it is not there.
    """
    try:
        parquet = import_module("chaffinch.stores.parquet_archive")
    except ModuleNotFoundError as error:
        raise UsageError("an archive of entries needs: pip install chaffinch[arrow]") from error
    archive: Archive = parquet.ParquetArchive(Path(where), make=make)
    return archive


def _profiles(folder: Path, settings: Settings, *, readonly: bool) -> ProfileStore:
    """The profile store the settings name by its address; without one, LMDB in the state."""
    if settings.profiles is None:
        return LmdbProfileStore(folder, readonly=readonly, durability=settings.durability)
    if not settings.profiles.startswith(REDIS_ADDRESSES):
        known = ", ".join(REDIS_ADDRESSES)
        raise SettingsError(f"`profiles` is no address of a store that is known: it begins {known}")
    try:
        redis = import_module("chaffinch.stores.redis")
    except ModuleNotFoundError as error:
        raise SettingsError("profiles in Redis need: pip install chaffinch[redis]") from error
    store: ProfileStore = redis.RedisProfileStore(settings.profiles)
    return store
