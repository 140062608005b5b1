"""The ledger: what is acknowledged is found again, whatever happens to the process."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.stores.ledgers import entry

from chaffinch.core.errors import StoreError
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.ledger import NoLedger, Record
from chaffinch.profiles.digests import SECRET_BYTES
from chaffinch.profiles.observation import Retraction
from chaffinch.stores.sqlite import SqliteLedger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def test_an_entry_is_found_by_its_id_and_by_the_start_of_it(path: Path) -> None:
    ledger = SqliteLedger(path)
    kept = entry(1)
    ledger.append([Record(kept)])
    assert ledger.find(kept.id) == kept
    assert ledger.find(kept.id[:8]) == kept
    assert ledger.find("nothing") is None
    ledger.close()
    again = SqliteLedger(path)
    assert again.find(kept.id) == kept
    again.close()


def test_an_ambiguous_start_of_an_id_is_refused(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(number)) for number in range(40)])
    with pytest.raises(StoreError, match="more than one entry"):
        ledger.find("")
    ledger.close()


def test_the_same_decision_is_one_entry_and_one_lesson(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    assert ledger.last_lesson() == 0
    ledger.append([Record(entry(1), learn=True), Record(entry(2), learn=True)])
    ledger.append([Record(entry(1), learn=True), Record(entry(1, Verdict.SPAM), learn=True)])
    assert len(list(ledger.ids())) == 3
    lessons = ledger.lessons(0, 100)
    assert [lesson[2].delivery_id for lesson in lessons] == ["d1", "d2"]
    assert [lesson[0] for lesson in lessons] == sorted({lesson[0] for lesson in lessons})
    assert ledger.last_lesson() == lessons[-1][0]
    assert list(ledger.teaches("acme", "d2")) == [entry(2).observation]
    assert list(ledger.teaches("acme", "d9")) == []
    assert list(ledger.teaches("other", "d2")) == []
    assert ledger.learned("acme", "d1") == entry(1)
    assert ledger.learned("acme", "d9") is None
    assert ledger.learned("other", "d1") is None
    assert (ledger.learned_count("acme"), ledger.learned_count("other")) == (2, 0)
    assert len(ledger.lessons(0, 1)) == 1
    assert len(ledger.lessons(lessons[0][0], 10)) == 1
    ledger.close()


def test_a_closed_ledger_says_so(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.close()
    ledger.close()
    with pytest.raises(StoreError, match="closed"):
        ledger.find("a")


def test_a_forked_child_writes_through_a_connection_of_its_own(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    child = os.fork()
    if child == 0:
        ledger.append([Record(entry(2))])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    ledger.append([Record(entry(3))])
    assert len(list(ledger.ids())) == 3
    ledger.close()


def test_an_id_names_the_whole_content() -> None:
    assert entry(1).id == entry(1).id
    assert len({entry(1).id, entry(2).id, entry(1, Verdict.SPAM).id}) == 3


def test_a_ledger_is_for_its_owner_only(path: Path) -> None:
    ledger = SqliteLedger(path)
    ledger.append([Record(entry(1))])
    modes = {one.name: one.stat().st_mode & 0o777 for one in path.parent.glob(f"{path.name}*")}
    ledger.close()
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


def test_no_ledger_keeps_nothing() -> None:
    ledger = NoLedger()
    ledger.append([Record(entry(1), learn=True)])
    assert ledger.find(entry(1).id) is None
    assert list(ledger.ids()) == []
    assert ledger.lessons(0, 9) == ()
    assert ledger.last_lesson() == 0
    assert ledger.teaches("acme", "d1") == ()
    assert ledger.label({("acme", "d1"): "spam"}) == 0
    assert ledger.labelled() == {}
    assert ledger.learned("acme", "d1") is None
    assert ledger.learned_count("acme") == 0
    ledger.close()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from test_ledger import Record, SqliteLedger, entry
ledger = SqliteLedger(Path({path!r}))
number = int(sys.argv[1])
while True:
    kept = entry(number)
    ledger.append([Record(kept, learn=True)])
    print(number, kept.id, flush=True)
    number += 1
"""


def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    chance = random.Random(5)
    code = WRITER.format(folder=str(Path(__file__).parent), path=str(path))
    acknowledged: dict[int, str] = {}
    for _ in range(8):
        begin = max(acknowledged, default=0) + 1
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(begin)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        for _ in range(chance.randint(1, 60)):
            number, name = writer.stdout.readline().split()
            acknowledged[int(number)] = name
        writer.send_signal(signal.SIGKILL)
        for line in writer.stdout.read().splitlines():
            if len(line.split()) == 2 and len(line.split()[1]) == 24:
                acknowledged[int(line.split()[0])] = line.split()[1]
        writer.wait()
        writer.stdout.close()
    ledger = SqliteLedger(path)
    kept = set(ledger.ids())
    assert set(acknowledged.values()) <= kept
    deliveries = [lesson[2].delivery_id for lesson in ledger.lessons(0, 100_000)]
    assert len(deliveries) == len(set(deliveries)) == len(kept)
    ledger.close()


def test_a_lesson_is_taken_back_once_in_the_same_sequence(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.db")
    one, other = entry(1), entry(2)
    ledger.append([Record(one, learn=True), Record(other, learn=False)])
    assert ledger.retract(one.id)
    assert not ledger.retract(one.id)
    assert not ledger.retract(other.id)
    assert not ledger.retract("no such entry")
    assert [(number, taught) for number, _, taught in ledger.lessons(0, 9)] == [
        (1, one.observation),
        (2, Retraction(one.observation)),
    ]
    assert list(ledger.teaches(one.decision.tenant, one.observation.delivery_id)) == []
    assert ledger.learned_count(one.decision.tenant) == 1
    ledger.append([Record(one, learn=True)])
    assert ledger.last_lesson() == 2
    ledger.close()


def test_every_ledger_has_a_secret_of_its_own(tmp_path: Path) -> None:
    secrets = set()
    for name in ("one", "other"):
        ledger = SqliteLedger(tmp_path / name)
        secrets.add(ledger.secret())
        ledger.close()
        again = SqliteLedger(tmp_path / name)
        assert again.secret() in secrets
        again.close()
    assert [len(secret) for secret in secrets] == [SECRET_BYTES] * 2
