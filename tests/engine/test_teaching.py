"""What labels come to is what is taught: whatever happened before, and whoever was killed."""

import random
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stores.ledgers import entry

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import DAY_MS, SOURCES, Label, LabelOf, resolved, subjects_of
from chaffinch.decision.ledger import Ledger
from chaffinch.decision.memory_ledger import MemoryLedger
from chaffinch.engine.memory import Memory
from chaffinch.engine.teaching import Teaching, teach
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.row import Key, Kind, Row
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger

NUMBERS = (1, 2, 3, 4)
NEVER = 1_000 * DAY_MS


def letter(number: int) -> Entry:
    """Its campaign is shared by every second one, and some letters have a copy."""
    kept = entry(number, campaigns=(f"t{number % 2}",))
    seen = msgspec.structs.replace(kept.observation, mailboxes=("kim@acme.example",))
    return msgspec.structs.replace(kept, observation=seen)


def rows_of(memory: Memory) -> dict[Key, Row]:
    return {key: row for key, row in memory.rows("acme") if not row.is_empty}


def rebuilt(ledger: Ledger) -> dict[Key, Row]:
    """The rows of profiles that are made from the ledger anew."""
    memory = Memory(ledger, MemoryProfileStore(ledger.secret()))
    memory.catch_up()
    return rows_of(memory)


_LABELS = st.builds(
    Label,
    tenant=st.sampled_from(["acme", "acme", "birch"]),
    of=st.sampled_from(LabelOf),
    subject=st.sampled_from([subject for n in NUMBERS for _, subject in subjects_of(letter(n))]),
    verdict=st.sampled_from(list(Verdict)),
    source=st.sampled_from([SOURCES["analyst"], SOURCES["reader"], SOURCES["provider"]]),
    true_at=st.integers(0, 20).map(lambda day: day * DAY_MS),
    recorded_at=st.integers(0, 30).map(lambda day: day * DAY_MS),
    retracted_at=st.none() | st.integers(20, 50).map(lambda day: day * DAY_MS),
)
_DONE = st.one_of(
    st.tuples(st.just("learn"), st.sampled_from(NUMBERS)),
    st.tuples(st.just("keep"), st.sampled_from(NUMBERS)),
    st.tuples(st.just("retract"), st.sampled_from(NUMBERS)),
    st.tuples(st.just("erase"), st.sampled_from(["mia@stone.example", "kim@acme.example"])),
    st.tuples(st.just("teach"), st.integers(0, 60).map(lambda day: day * DAY_MS)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_LABELS, max_size=6), st.lists(_DONE, max_size=12), st.integers(0, 60))
def test_what_is_taught_is_what_labels_come_to(
    labels: list[Label], done: list[tuple[str, int | str]], day: int
) -> None:
    ledger, at = MemoryLedger(), day * DAY_MS
    memory = Memory(ledger, MemoryProfileStore())
    for what, which in done:
        act(memory, labels, what, which)
    told = teach(memory, labels, at)
    assert memory.labelled() == expected(memory, labels, at)
    assert told.standing == len(memory.labelled())
    again = teach(memory, labels, at)
    assert again == told._replace(given=0, taken_back=0)
    assert rows_of(memory) == rebuilt(ledger)


def act(memory: Memory, labels: Sequence[Label], what: str, which: int | str) -> None:
    if what in ("learn", "keep"):
        memory.record([letter(int(which))], learn=what == "learn")
    elif what == "retract":
        memory.retract(letter(int(which)).id)
    elif what == "erase":
        memory.erase_person(str(which), NEVER)
    else:
        teach(memory, labels, int(which))


def expected(memory: Memory, labels: Sequence[Label], at: int) -> dict[tuple[str, str], str]:
    """Said of each entry at a time, one after the other."""
    found: dict[tuple[str, str], str] = {}
    for number in NUMBERS:
        known = memory.find(letter(number).id)
        if known is None or known.erased_at or not memory.teaches("acme", f"d{number}"):
            continue
        about = {(of, subject) for of, subject in subjects_of(known)}
        said = resolved(
            [one for one in labels if one.tenant == "acme" and (one.of, one.subject) in about], at
        )
        if said and said.is_mature and said.verdict not in (None, Verdict.SIMULATION):
            found["acme", f"d{number}"] = str(said.verdict)
    return found


def test_an_entry_that_is_kept_elsewhere_stays_as_it_is_labelled() -> None:
    ledger = MemoryLedger()
    memory = Memory(ledger, MemoryProfileStore())
    memory.record([letter(1), letter(2)], learn=True)
    said = [label(letter(number)) for number in (1, 2)]
    assert teach(memory, said, 50) == Teaching(2, given=2)
    ledger.remove([letter(1).id])
    assert teach(memory, said[:1], 50) == Teaching(1, taken_back=1, lost=1)


def label(of: Entry, verdict: Verdict = Verdict.MALICIOUS) -> Label:
    return Label(
        tenant="acme", of=LabelOf.ENTRY, subject=of.id, verdict=verdict,
        source=SOURCES["analyst"], true_at=0, recorded_at=0,
    )  # fmt: skip


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}]
from tests.engine.test_teaching import *
memory = opened(Path({folder!r}))
number = int(sys.argv[1])
while True:
    memory.record([letter(number)], learn=True)
    verdict = (Verdict.MALICIOUS, Verdict.SPAM)[number % 2]
    teach(memory, [label(letter(one), verdict) for one in range(max(1, number - 3), number)], NEVER)
    print(number, flush=True)
    number += 1
"""


def opened(folder: Path) -> Memory:
    memory = Memory(SqliteLedger(folder / "ledger.sqlite"), LmdbProfileStore(folder / "profiles"))
    memory.catch_up()
    return memory


def test_whoever_is_killed_while_teaching_loses_and_doubles_nothing(tmp_path: Path) -> None:
    chance, begin = random.Random(3), 1
    root = str(Path(__file__).parents[2])
    code = WRITER.format(root=root, folder=str(tmp_path))
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(begin)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(chance.randint(1, 40)):
            begin = int(writer.stdout.readline()) + 1
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        memory = opened(tmp_path)
        ledger = SqliteLedger(tmp_path / "ledger.sqlite")
        assert rows_of(memory) == rebuilt(ledger)
        sender = dict(memory.rows("acme"))[Key(Kind.ADDRESS, "mia@stone.example")]
        assert sum(sender.labels.values()) == len(memory.labelled()) > 0
        ledger.close()
        memory.close()
