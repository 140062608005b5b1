"""Raw messages beside the ledger: none without an entry, none gone of which others have part."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from chaffinch import Engine, Tenant
from chaffinch.core.errors import StoreError
from chaffinch.core.tenant import KeepMessages
from chaffinch.decision.archive import Archive
from chaffinch.decision.search import Page, Query
from chaffinch.engine.assembly import open_archive, open_memory
from chaffinch.engine.keeping import Keeper
from chaffinch.engine.memory import Memory
from chaffinch.engine.settings import Settings
from chaffinch.message.model import Envelope
from chaffinch.stores.blob_folder import BlobFolder
from chaffinch.stores.sqlite import SqliteLedger
from chaffinch.surfaces.cli.main import main

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ADA, BEN = "ada.marsh@acme.example", "ben.okoye@acme.example"
PLAIN = Settings(own_rules=False, keep_messages=True)
Letter = Callable[..., bytes]


def kept(state: Path) -> list[Path]:
    return [one for one in (state / "messages").rglob("*") if one.is_file()]


def erase(state: Path, person: str) -> None:
    memory = open_memory(state, PLAIN, readonly=False)
    memory.erase_person(person, 1)
    memory.close()


@pytest.mark.parametrize("archived", [False, True])
def test_a_message_goes_with_the_last_of_those_who_have_part_in_it(
    tmp_path: Path, acme: Tenant, letter: Letter, archived: bool
) -> None:
    """The same bytes, delivered to two people whom no header names."""
    state, raw = tmp_path / "state", letter(to="undisclosed-recipients:;")
    with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
        first, other = (
            engine.decide(raw, received_at=AT, envelope=Envelope(mailbox=one, provider_id="7"))
            for one in (ADA, BEN)
        )
        assert first.content_id == other.content_id
    if archived:
        memory = open_memory(state, PLAIN, readonly=False)
        far = round((AT + timedelta(days=2)).timestamp() * 1000)
        memory.archive(str(tmp_path / "archive"), None, far, remove=True)
        memory.close()
    erase(state, ADA)
    assert len(kept(state)) == 1
    erase(state, BEN)
    assert kept(state) == []


def test_the_same_bytes_for_two_people_are_on_record_of_each(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    """However they were told apart, and once only if they come to one of them again."""
    state = tmp_path / "state"
    with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
        for one in (ADA, BEN, ADA):
            made = engine.decide(letter(to=""), received_at=AT, recipients=[one])
            found = engine.find(made.id)
            assert found is not None
            assert found.told.recipients == (one,)
        assert len(engine.search(Query(), 9).entries) == 2
        assert len(engine.search(Query(recipient=BEN), 9).entries) == 1
        assert engine.decide_again(made.id).id == made.id
    erase(state, ADA)
    assert len(kept(state)) == 1
    erase(state, BEN)
    assert kept(state) == []


class Counting(SqliteLedger):
    """A ledger that remembers what it was asked."""

    asked: tuple[Query, ...] = ()

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        self.asked += (query,)
        return super().search(query, most, cursor)


class Asked:
    """An archive that remembers what it was asked."""

    def __init__(self, where: str) -> None:
        self._archive = open_archive(where)
        self.asked: list[Query] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._archive, name)

    def search(self, query: Query, most: int, cursor: str = "") -> Page:
        self.asked.append(query)
        return self._archive.search(query, most, cursor)


def test_those_who_may_have_the_same_bytes_are_looked_for_once(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    """So that what an erasure costs grows with what it erases, not with its square."""
    state = tmp_path / "state"
    with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
        for number in range(1, 6):
            engine.decide(letter(number=number), received_at=AT, recipients=[BEN])
    ledger = Counting(state / "ledger.sqlite")
    memory = Memory(ledger, None, messages=Keeper(BlobFolder(state / "messages")))
    assert memory.erase_person(BEN, 1).entries == 5
    memory.close()
    assert kept(state) == []
    assert len([one for one in ledger.asked if one.sender]) == 1


def test_an_archive_is_asked_once_of_each_author(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install chaffinch[arrow]")
    state, opened = tmp_path / "state", list[Asked]()

    def opener(where: str, make: bool) -> Archive:
        opened.append(Asked(where))
        return cast("Archive", opened[-1])

    with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
        for number in range(1, 6):
            raw = letter(number=number, subject=f"Order {number}")
            engine.decide(raw, received_at=AT, recipients=[BEN])
    memory = open_memory(state, PLAIN, readonly=False)
    far = round((AT + timedelta(days=2)).timestamp() * 1000)
    memory.archive(str(tmp_path / "archive"), None, far, remove=True)
    memory.close()
    ledger = SqliteLedger(state / "ledger.sqlite")
    memory = Memory(ledger, None, opener, Keeper(BlobFolder(state / "messages")))
    assert memory.erase_person(BEN, 1).archived == 5
    memory.close()
    assert kept(state) == []
    assert len([one for each in opened for one in each.asked if one.sender]) == 1


def test_what_could_not_be_put_on_record_is_not_kept(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    with Engine.open(tmp_path / "state", settings=PLAIN, tenant=acme) as engine:
        engine.decide(letter(), received_at=AT)
        with sqlite3.connect(tmp_path / "state" / "ledger.sqlite") as database:
            database.execute(
                "CREATE TRIGGER full BEFORE INSERT ON entries "
                "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
            )
        with pytest.raises(StoreError, match="full"):
            engine.decide(letter(number=2), received_at=AT)
    assert len(kept(tmp_path / "state")) == 1


def test_a_message_whose_entry_is_damaged_is_decided_and_not_kept(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    state = tmp_path / "state"
    with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
        first = engine.decide(letter(), received_at=AT)
    with sqlite3.connect(state / "ledger.sqlite") as database:
        database.execute("UPDATE entries SET entry = substr(entry, 1, length(entry) / 2)")
    database.close()
    for one in kept(state):
        one.unlink()
    with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
        assert engine.decide(letter(), received_at=AT) == first
    assert kept(state) == []


def test_what_was_erased_is_not_kept_again(tmp_path: Path, acme: Tenant, letter: Letter) -> None:
    state = tmp_path / "state"
    for _ in range(2):
        with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
            found = engine.decide(letter(), received_at=AT, recipients=[BEN])
        erase(state, BEN)
        assert kept(state) == []
    with Engine.open(state, settings=PLAIN, tenant=acme) as engine:
        assert engine.decide(letter(), received_at=AT, recipients=[BEN]).id == found.id
    assert kept(state) == []


def test_what_one_tenant_wants_kept_no_longer_says_nothing_of_others(
    tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    short = replace(acme, messages=KeepMessages(days=1))
    other = Tenant(name="beta", domains=("beta.example",), messages=KeepMessages(days=400))
    with Engine.open(tmp_path / "state", settings=PLAIN) as engine:
        for tenant in (short, other):
            engine.decide(letter(), received_at=AT, tenant=tenant)
        later = datetime.now(UTC) + timedelta(days=2)  # noqa: TID251 - files have the time of day
        assert engine.expire_messages(later) == 0
        assert engine.expire_messages(later, other) == 0
        assert engine.expire_messages(later, short) == 1
    assert len(kept(tmp_path / "state")) == 1


def test_the_command_line_lets_go_of_them(
    tmp_path: Path, acme: Tenant, letter: Letter, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--state", str(tmp_path / "state"))
    with Engine.open(tmp_path / "state", settings=PLAIN) as engine:
        for number in (1, 2):
            engine.decide(letter(number=number), received_at=AT, tenant=acme)
    os.utime(kept(tmp_path / "state")[0], (1, 1))
    files = {name: tmp_path / f"{name}.toml" for name in ("days", "ever")}
    for name, days in (("days", "days = 30\n"), ("ever", "")):
        files[name].write_text(
            f'name = "acme"\ndomains = ["acme.example"]\n[messages]\nkeep = "all"\n{days}'
        )
    ever, after = (("--tenant", str(files[name])) for name in ("ever", "days"))
    assert main(["entries", "expire", *place, *ever, *after]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "acme: 0 messages let go of; they are kept until they are erased",
        "acme: 1 message let go of; they are kept for 30 days",
    ]
    assert len(kept(tmp_path / "state")) == 1
    assert main(["entries", "expire", *place]) == 2
    assert "add --tenant FILE" in capsys.readouterr().err
