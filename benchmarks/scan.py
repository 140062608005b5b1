"""``chaffinch scan`` over folders as a user runs it: rows, messages per CPU second, peak memory."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from chaffinch.simulate import company, week, write
from shared.measuring import SIMULATED_FROM, options, report

SAMPLED_EVERY_S = 0.05


def main() -> int:
    """Scan the corpora once and print the figures."""
    parser = options(__doc__ or "", sample=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpora = chosen.corpus or [simulated(Path(folder), chosen.seed)]
        report(scanned(corpora, chosen.rules, chosen.jobs), as_json=chosen.json)
    return 0


def simulated(folder: Path, seed: int) -> str:
    """A simulated week as files."""
    write(folder, week(company(seed), start=SIMULATED_FROM, seed=seed))
    return str(folder / "mail")


def scanned(corpora: list[str], rules: list[str], jobs: int) -> dict[str, object]:
    """Figures of one scan."""
    command = [sys.executable, "-m", "chaffinch.surfaces.cli.main", "scan", *corpora]
    command += ["--format", "jsonl", "--jobs", str(jobs), *(["--rules", *rules] if rules else [])]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    peaks = Peaks(process.pid)
    assert process.stdout is not None
    rows = errors = undecided = 0
    for line in process.stdout:
        rows += 1
        errors += line.startswith(b'{"schema":1,"path":') and b'"verdict":' not in line
        undecided += b'"verdict":"undecided"' in line
    code = process.wait()
    peaks.stop()
    return {
        "exit_code": code,
        "jobs": jobs,
        "rows": rows,
        "error_rows": errors,
        "undecided_rows": undecided,
        "wall_s": round(time.perf_counter() - started, 2),
        "cpu_s": round(peaks.cpu_s, 2),
        "messages_per_cpu_s": round(rows / peaks.cpu_s) if peaks.cpu_s else 0,
        "peak_main_mb": round(peaks.main_bytes / 1e6, 1),
        "peak_worker_mb": round(peaks.worker_bytes / 1e6, 1),
    }


class Peaks:
    """Watches a process and its children: CPU time and peak resident memory."""

    def __init__(self, pid: int) -> None:
        self.main_bytes = 0
        self.worker_bytes = 0
        self._cpu: dict[int, float] = {}
        self._root = psutil.Process(pid)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    @property
    def cpu_s(self) -> float:
        """CPU seconds of all processes, as last seen of each."""
        return sum(self._cpu.values())

    def stop(self) -> None:
        """End the watch."""
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(SAMPLED_EVERY_S):
            try:
                self.main_bytes = max(self.main_bytes, self._seen(self._root))
                for child in self._root.children(recursive=True):
                    self.worker_bytes = max(self.worker_bytes, self._seen(child))
            except psutil.Error:
                continue

    def _seen(self, process: psutil.Process) -> int:
        times = process.cpu_times()
        self._cpu[process.pid] = times.user + times.system
        return int(process.memory_info().rss)


if __name__ == "__main__":
    sys.exit(main())
