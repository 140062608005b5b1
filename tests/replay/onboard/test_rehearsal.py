"""The second pass: the ordinary engine, each delivery once, whatever ends it."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import Found, find
from chaffinch.profiles.row import Key, Row
from chaffinch.replay.onboard.diary import Diary, Way
from chaffinch.replay.onboard.rehearsal import rehearse
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.sqlite import SqliteLedger

RUN = """
import sys
from pathlib import Path
from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import find
from chaffinch.replay.onboard.rehearsal import rehearse
folder, state = map(Path, sys.argv[1:])
done = 0
def progress():
    global done
    done += 1
    print(done, flush=True)
with Engine.open(state, tenant=read_tenant(folder / "tenant.toml")) as engine:
    rehearse(engine, find([folder / "mail"]), progress)
"""


def history(folder: Path) -> Iterator[Found]:
    return find([folder / "mail"])


def told(diary: Diary) -> tuple[object, ...]:
    return (diary.days, diary.hours, diary.scores, diary.detectors, diary.gravest())


def rehearsed(folder: Path, state: Path) -> Diary:
    with Engine.open(state, tenant=read_tenant(folder / "tenant.toml")) as engine:
        return rehearse(engine, history(folder))


def kept(folder: Path, state: Path) -> tuple[list[str], dict[Key, Row]]:
    ledger = SqliteLedger(state / "ledger.sqlite")
    profiles = LmdbProfileStore(state / "profiles", readonly=True)
    name = read_tenant(folder / "tenant.toml").name
    try:
        return list(ledger.ids()), dict(profiles.scan(name))
    finally:
        ledger.close()
        profiles.close()


def test_a_second_run_decides_nothing_anew_and_tells_the_same(
    simulated: Path, tmp_path: Path
) -> None:
    first = rehearsed(simulated, tmp_path)
    before = kept(simulated, tmp_path)
    again = rehearsed(simulated, tmp_path)
    assert told(again) == told(first)
    assert kept(simulated, tmp_path) == before
    assert sum(day.ways[Way.IN] for day in first.days.values()) > 50
    assert first.gravest()
    assert not first.failures


def test_what_was_killed_goes_on_and_nothing_is_learned_twice(
    simulated: Path, tmp_path: Path
) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    Engine.open(whole).close()
    shutil.copytree(whole, broken)  # with the secret of its ledger: so the same digests
    straight = rehearsed(simulated, whole)
    for after in (7, 40):
        running = subprocess.Popen(
            [sys.executable, "-c", RUN, str(simulated), str(broken)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert running.stdout is not None
        with running.stdout as lines:
            for line in lines:
                if int(line) >= after:
                    break
            time.sleep(0.005 * after % 0.02)
            running.send_signal(signal.SIGKILL)
            assert running.wait() == -signal.SIGKILL
    assert told(rehearsed(simulated, broken)) == told(straight)
    assert kept(simulated, broken) == kept(simulated, whole)


def test_a_message_that_cannot_be_read_stops_nothing(simulated: Path, tmp_path: Path) -> None:
    with Engine.open(tmp_path, tenant=read_tenant(simulated / "tenant.toml")) as engine:
        found = [Found(path="a", error="empty"), *history(simulated)][:3]
        diary = rehearse(engine, found)
        assert sum(day.ways.total() for day in diary.days.values()) == 2
        assert diary.failures == ["a: empty"]


def test_copies_are_counted_once(simulated: Path, tmp_path: Path) -> None:
    with Engine.open(tmp_path, tenant=read_tenant(simulated / "tenant.toml")) as engine:
        some = list(history(simulated))[:5]
        assert told(rehearse(engine, [*some, *some])) == told(rehearse(engine, some))
