"""An Rspamd of one's own with local checks only: no names looked up, no servers asked."""

import http.client
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAM = "rspamd"
_SHIPPED = Path("/etc/rspamd")
_SECONDS = 30.0
_STARTING_S = 300.0  # it compiles its patterns first
_PAUSE_S = 0.2
_IDLE_S = 3.0
# What asks the network, or a server that is not there.
_OUTSIDE = (
    "antivirus", "arc", "asn", "bayes_expiry", "bimi", "clickhouse", "dcc", "dkim", "dkim_signing",
    "dmarc", "elastic", "external_services", "fuzzy_check", "greylist", "hfilter", "history_redis",
    "metadata_exporter", "metric_exporter", "mx_check", "neural", "p0f", "ratelimit", "rbl",
    "replies", "reputation", "rspamd_update", "spf", "surbl", "url_redirector",
)  # fmt: skip
_PLACES = ("DBDIR", "RUNDIR", "LOGDIR", "LOCAL_CONFDIR")
_FIRST_PORT, _PORTS = 20_000, 20_000
_SETTINGS = """\
.include "$CONFDIR/common.conf"
options {{
    .include "$CONFDIR/options.inc"
    filters = "chartable,regexp";
    pidfile = "{folder}/rspamd.pid";
    dns {{ nameserver = ["127.0.0.1:9"]; timeout = 0.05s; retransmits = 1; }}
}}
logging {{ type = "file"; filename = "{folder}/rspamd.log"; level = "error"; }}
worker "normal" {{ bind_socket = "127.0.0.1:{port}"; count = 1; }}
"""


def is_installed() -> bool:
    """Whether there is the program, and the settings that its package ships."""
    return shutil.which(PROGRAM) is not None and (_SHIPPED / "common.conf").exists()


class RspamdServer:
    """A running program with one worker: messages are checked one after the other."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self._process = process
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)

    def check(self, raw: bytes) -> None:
        """Have one message checked.

        Raises:
            RuntimeError: it was not.
        """
        self._connection.request("POST", "/checkv2", body=raw)
        answer = self._connection.getresponse()
        told = answer.read()
        if answer.status != http.HTTPStatus.OK or b'"symbols"' not in told:
            raise RuntimeError(f"{PROGRAM} answers {answer.status}: {told[:200]!r}")

    def is_ready(self) -> bool:
        """Whether it takes messages."""
        try:
            self._connection.request("GET", "/ping")
            return self._connection.getresponse().read().strip() == b"pong"
        except OSError:
            self._connection.close()
            return False

    def cpu_seconds(self) -> float:
        """Processor time of its worker so far."""
        return sum(_cpu_seconds(pid) for pid in self._children() if "normal" in _title(pid))

    def settle(self) -> None:
        """Wait until its helper has compiled all patterns, and the worker may use them."""
        before = -1.0
        while (spent := sum(map(_cpu_seconds, self._children()))) > before:
            before = spent
            time.sleep(_IDLE_S)

    def _children(self) -> list[str]:
        main = self._process.pid
        return Path(f"/proc/{main}/task/{main}/children").read_text("ascii").split()


@contextmanager
def rspamd_server() -> Iterator[RspamdServer]:
    """A program that ends with the block, its files with it."""
    with tempfile.TemporaryDirectory() as folder:
        port = _FIRST_PORT + os.getpid() % _PORTS
        settings = Path(folder) / "rspamd.conf"
        settings.write_text(_SETTINGS.format(folder=folder, port=port), "utf-8")
        own = Path(folder) / "local.d"
        own.mkdir()
        for name in _OUTSIDE:
            (own / f"{name}.conf").write_text("enabled = false;\n", "ascii")
        places = [f"--var={name}={folder}" for name in _PLACES]
        process = subprocess.Popen(
            [PROGRAM, "-f", "-i", "-c", str(settings), *places],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield _ready(RspamdServer(process, port), Path(folder) / "rspamd.log")
        finally:
            process.terminate()
            process.wait(_SECONDS)


def _ready(server: RspamdServer, log: Path) -> RspamdServer:
    for _ in range(int(_STARTING_S / _PAUSE_S)):
        if server.is_ready():
            server.settle()
            return server
        time.sleep(_PAUSE_S)
    told = log.read_text("utf-8", "replace")[-500:] if log.exists() else "nothing"
    raise RuntimeError(f"{PROGRAM} does not answer; its log ends: {told}")


def _title(pid: str) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")


def _cpu_seconds(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
