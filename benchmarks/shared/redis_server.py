"""A Redis server of one's own, on a socket in a folder that goes away with it."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

PROGRAM = "redis-server"
_SECONDS = 20.0
_PAUSE_S = 0.02


class RedisServer:
    """A server program in a folder; ``kill`` and ``start`` again are a crash and a restart."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._folder = folder
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"unix://{folder}/redis.sock"

    @property
    def pid(self) -> int:
        """The number of the running program."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the program and wait until it answers."""
        settings = {"port": "0", "unixsocket": f"{self._folder}/redis.sock", "save": ""}
        flags = [word for name, value in settings.items() for word in (f"--{name}", value)]
        self._process = subprocess.Popen(
            [PROGRAM, *flags, "--dir", str(self._folder), *self._options],
            stdout=subprocess.DEVNULL,
        )
        client = redis.Redis.from_url(self.url)
        for _ in range(int(_SECONDS / _PAUSE_S)):
            try:
                client.ping()
                break
            except redis.AuthenticationError:
                break
            except redis.RedisError:
                time.sleep(_PAUSE_S)
        else:
            raise RuntimeError(f"{PROGRAM} does not answer")
        client.close()

    def kill(self) -> None:
        """End the program at once, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def is_installed() -> bool:
    """Whether this machine has the server program."""
    return shutil.which(PROGRAM) is not None


@contextmanager
def running(*options: str) -> Iterator[RedisServer]:
    """A server of one's own while the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(Path(folder), *options)
        try:
            server.start()
            yield server
        finally:
            server.kill()
