"""``chaffinch onboard`` as a user runs it: time, memory, what is kept, and going on after kills.

The history is onboarded once in peace. Then it is begun anew and killed (``--kills``) after shares
of that time drawn by the seed, and gone on with; ``same_after_kills`` says whether tenant file and
report of both are equal to the byte, ``lessons`` and ``lessons_after_kills`` how much they learned.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from chaffinch.simulate import company, week, write
from chaffinch.stores.sqlite import SqliteLedger
from shared.measuring import SIMULATED_FROM, options, report

FILES = ("tenant.toml", "report.html")
NAME = "measured"


def main() -> int:
    """Onboard the corpora twice and print the figures."""
    parser = options(__doc__ or "", sample=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--days", type=int, default=None)
    parser.add_argument("--kills", type=int, default=3)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpora = chosen.corpus or [simulated(Path(folder), chosen.seed)]
        days = [] if chosen.days is None else ["--days", str(chosen.days)]
        command = [sys.executable, "-m", "chaffinch.surfaces.cli.main", "onboard", *corpora]
        command += ["--tenant", NAME, "--jobs", str(chosen.jobs), *days, "--out"]
        peace = Path(folder) / "peace"
        figures = onboarded(command, peace)
        if chosen.kills:
            killed = Path(folder) / "killed"
            go_through_kills(command, killed, chosen, float(str(figures["wall_s"])))
            figures |= {
                "kills": chosen.kills,
                "same_after_kills": all(
                    (peace / one).read_bytes() == (killed / one).read_bytes() for one in FILES
                ),
                "lessons_after_kills": lessons(killed),
            }
        report(figures, as_json=chosen.json)
    return 0


def simulated(folder: Path, seed: int) -> str:
    """A simulated week as files."""
    write(folder, week(company(seed), start=SIMULATED_FROM, seed=seed))
    return str(folder / "mail")


def onboarded(command: list[str], out: Path) -> dict[str, object]:
    """Figures of one onboarding in peace."""
    started = time.perf_counter()
    subprocess.run([*command, str(out)], stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    learned = lessons(out)
    return {
        "lessons": learned,
        "wall_s": round(wall, 1),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "cpu_ms_per_message": round((used.ru_utime + used.ru_stime) / max(1, learned) * 1000, 2),
        "peak_process_mb": round(used.ru_maxrss * 1024 / 1e6, 1),
        **{f"{name}_mb": size_mb(out / path) for name, path in KEPT.items()},
    }


KEPT = {
    "facts": "facts",
    "ledger": "state/ledger.sqlite",
    "profiles": "state/profiles",
    "tenant_file": "tenant.toml",
    "report": "report.html",
}


def size_mb(path: Path) -> float:
    """What a file, or the files of a folder, take on the disk."""
    files = [path] if path.is_file() else list(path.rglob("*"))
    return round(sum(one.stat().st_blocks * 512 for one in files) / 1e6, 2)


def go_through_kills(command: list[str], out: Path, chosen: object, wall_s: float) -> None:
    """An onboarding that is killed again and again, and ends at last."""
    chance = random.Random(getattr(chosen, "seed", 1))
    kills = int(getattr(chosen, "kills", 0))
    for _ in range(kills):
        running = subprocess.Popen([*command, str(out)], stdout=subprocess.DEVNULL)
        time.sleep(1 + chance.random() * wall_s / kills)
        running.send_signal(signal.SIGKILL)
        running.wait()
    subprocess.run([*command, str(out)], stdout=subprocess.DEVNULL, check=True)


def lessons(out: Path) -> int:
    """How many deliveries an onboarding learned."""
    ledger = SqliteLedger(out / "state" / "ledger.sqlite")
    try:
        return ledger.learned_count(NAME)
    finally:
        ledger.close()


if __name__ == "__main__":
    sys.exit(main())
