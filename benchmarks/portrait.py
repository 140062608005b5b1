"""What a history of mail says of its organisation: time, memory, and what was found.

Reads the facts of every message of a corpus (``read_*``, ``store_mb``; ``--jobs`` processes) and
finds the claims (``find_cpu_s``). ``own`` are the own domains with their sureness; then the count
of claims by topic. With ``--vips FILE``, one first and last name a line, ``vips_found`` is how many
of these people are among the first ``--first`` whom attackers may pose as: fix the list before
looking at what is found. Without a corpus a simulated company's week is read.
"""

import argparse
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from chaffinch.replay.history import PathHistory
from chaffinch.replay.onboard.claims import Portrait, Topic
from chaffinch.replay.onboard.portrait import portrait_of
from chaffinch.replay.onboard.staff import is_same_first, name_in, name_key
from chaffinch.replay.onboard.store import FILE_NAME, FactStore
from chaffinch.replay.onboard.survey import survey
from chaffinch.simulate import company, week
from chaffinch.simulate.output.folder import write
from shared.measuring import SIMULATED_FROM, options, report


def main() -> int:
    """Read, find, count."""
    parser = options(__doc__ or "", sample=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--vips", type=Path)
    parser.add_argument("--first", type=int, default=60)
    chosen = parser.parse_args()
    with TemporaryDirectory() as folder:
        corpora = chosen.corpus or [_simulated(Path(folder) / "simulated", chosen.seed)]
        report(_figures(corpora, Path(folder) / "work", chosen), as_json=chosen.json)
    return 0


def _simulated(folder: Path, seed: int) -> str:
    write(folder, week(company(seed), start=SIMULATED_FROM, seed=seed))
    return str(folder / "mail")


def _figures(corpora: list[str], work: Path, chosen: argparse.Namespace) -> dict[str, object]:
    started = perf_counter()
    with FactStore(work) as store:
        survey(PathHistory(corpora), store, jobs=chosen.jobs)
        wall, cpu = perf_counter() - started, _cpu_seconds()
        begun = process_time()
        portrait = portrait_of(store, "measured")
        find = process_time() - begun
        unread = sum(1 for _ in store.unread())
    own = {one.subject: one.sureness for one in portrait.of(Topic.OWN_DOMAIN)}
    return {
        "messages": portrait.messages_count,
        "unread": unread,
        "read_wall_s": round(wall, 1),
        "read_cpu_s": round(cpu, 1),
        "find_cpu_s": round(find, 1),
        "main_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "worker_mb": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "store_mb": round((work / FILE_NAME).stat().st_size / 1e6, 1),
        "own": own,
        **{str(topic): len(portrait.of(topic)) for topic in Topic if portrait.of(topic)},
        **(_vips(portrait, chosen.vips, chosen.first) if chosen.vips else {}),
    }


def _cpu_seconds() -> float:
    parts = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in parts)


def _vips(portrait: Portrait, file: Path, first: int) -> dict[str, object]:
    """How many of the people named are among the first, by name or by what an address spells."""
    suggested = {
        key
        for one in portrait.of(Topic.IMPERSONATED)[:first]
        for key in (name_key(str(one.details.get("name", ""))), name_in(one.subject))
        if key
    }
    wanted = [name_key(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    found = [one for one in wanted if any(_is_same(one, other) for other in suggested)]
    return {"vips_named": len(wanted), "vips_found": len(found)}


def _is_same(one: str, other: str) -> bool:
    (first, last), (other_first, other_last) = one.split(), other.split()
    return last == other_last and is_same_first(first, other_first)


if __name__ == "__main__":
    sys.exit(main())
