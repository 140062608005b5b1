"""A Postgres server of one's own, on a socket in a folder that goes away with it."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pg8000.native

_DEBIAN = Path("/usr/lib/postgresql")
_SECONDS = 30.0
_PAUSE_S = 0.05
_ROOT = 0
_OWNER = "postgres"  # whom root lends the server to: it refuses to be root's


def program(name: str) -> str | None:
    """Where a program of the server lies, or None where it is not installed."""
    newest = sorted(_DEBIAN.glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(newest[-1]) if newest else None)


def is_installed() -> bool:
    """Whether this machine has the server."""
    return program("postgres") is not None and program("initdb") is not None


class PostgresServer:
    """A server program in a folder; ``kill`` and ``start`` again are a crash and a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._user = _OWNER if os.getuid() == _ROOT else None
        self.url = f"postgres://chaffinch@/postgres?host={folder}"

    def make(self) -> None:
        """Make the database's files."""
        if self._user is not None:
            shutil.chown(self._folder, self._user)
        made = [program("initdb"), "-D", f"{self._folder}/data", "-U", "chaffinch"]
        subprocess.run(
            [*map(str, made), "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"],
            check=True, stdout=subprocess.DEVNULL, user=self._user, cwd=self._folder,
        )  # fmt: skip

    def start(self) -> None:
        """Start the program and wait until it answers."""
        self._process = subprocess.Popen(
            [str(program("postgres")), "-D", f"{self._folder}/data", "-k", str(self._folder),
             "-c", "listen_addresses="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            user=self._user, cwd=self._folder,
        )  # fmt: skip
        for _ in range(int(_SECONDS / _PAUSE_S)):
            try:
                self.connected().close()
                return
            except (pg8000.native.Error, OSError):
                time.sleep(_PAUSE_S)
        raise RuntimeError("the Postgres server does not answer")

    def connected(self) -> pg8000.native.Connection:
        """A connection to it."""
        return pg8000.native.Connection(
            "chaffinch", database="postgres", unix_sock=f"{self._folder}/.s.PGSQL.5432"
        )

    def kill(self) -> None:
        """End the program at once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
            lock = self._folder / ".s.PGSQL.5432.lock"
            for left in (self._folder / "data" / "postmaster.pid", lock):
                left.unlink(missing_ok=True)


@contextmanager
def running() -> Iterator[PostgresServer]:
    """A server of one's own while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(Path(folder))
        try:
            server.make()
            server.start()
            yield server
        finally:
            server.kill()
