"""Feeds of rules and lists: where each comes from, and the copy of it that is in force.

A feed is a folder or a git checkout on this machine. What is used is a copy below the state folder
(``feeds/copies/NAME/DIGEST``), never the feed itself, so that nothing that happens to the feed,
not even in the middle of reading it, changes what is in force. A new copy is made beside the old
one and takes its place when it was read whole and has usable rules or lists.
"""

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from chaffinch.core.errors import StoreError, UsageError
from chaffinch.core.formats import Upgrades, decoded
from chaffinch.engine.feed_content import Content, read_content, written

FEEDS_SCHEMA = 1
FEEDS_UPGRADES: Upgrades = {}
OURS = "chaffinch"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """One feed: where it is, which commit it is held at, and which copy of it is in force."""

    name: str
    path: str
    pin: str = ""
    commit: str = ""
    digest: str = ""


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    schema: int = FEEDS_SCHEMA
    feeds: tuple[Feed, ...] = ()


_decoder = msgspec.json.Decoder(_Known)


class Feeds:
    """The feeds of a state folder."""

    def __init__(self, state: Path | str) -> None:
        self._folder = Path(state) / "feeds"
        self._file = self._folder / "feeds.json"
        self._copies = self._folder / "copies"  # apart, so that any name is safe

    def all(self) -> tuple[Feed, ...]:
        """Every feed, by name.

        Raises:
            StoreError: the record of feeds is damaged, or newer than this version.
        """
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreError(f"{self._file}: cannot be read: {error.strerror}") from error
        known = decoded(
            data, _decoder, what=str(self._file), current=FEEDS_SCHEMA, upgrades=FEEDS_UPGRADES
        )
        return known.feeds

    def get(self, name: str) -> Feed:
        """The feed of a name.

        Raises:
            UsageError: there is none.
        """
        for feed in self.all():
            if feed.name == name:
                return feed
        known = ", ".join(one.name for one in self.all()) or "none"
        raise UsageError(f"no feed {name}; known: {known}")

    def copy_of(self, feed: Feed) -> Path:
        """The folder that holds the copy in force."""
        return self._copies / feed.name / feed.digest

    def read(self, feed: Feed) -> Content:
        """What the feed holds now.

        Raises:
            UsageError: it cannot be read, or has no such commit.
        """
        try:
            return read_content(Path(feed.path), feed.pin)
        except OSError as error:
            where = error.filename or feed.path
            raise UsageError(f"{where}: cannot be read: {error.strerror}") from error
        except StoreError as error:
            raise UsageError(str(error)) from error

    def prepared(self, feed: Feed, content: Content) -> Path:
        """A copy of what was read, beside the one in force.

        Raises:
            UsageError: it cannot be written.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return written(content, self._copies / feed.name)
        except (OSError, StoreError) as error:
            raise UsageError(f"a copy of it cannot be written: {error}") from error

    def put(self, feed: Feed) -> None:
        """Record a feed whose copy is made: from now on this copy is in force."""
        with self._locked():
            before = {one.name: one for one in self.all()}
            self._write({**before, feed.name: feed})
            old = before.get(feed.name)
        self._remove_copies(feed.name, {feed.digest, old.digest if old else ""})

    def remove(self, name: str) -> None:
        """Forget a feed and its copies.

        Raises:
            UsageError: there is none.
        """
        self.get(name)
        with self._locked():
            self._write({one.name: one for one in self.all() if one.name != name})
        self._remove_copies(name, set())

    def _write(self, feeds: dict[str, Feed]) -> None:
        known = _Known(feeds=tuple(feeds[name] for name in sorted(feeds)))
        beside = self._file.with_suffix(".new")
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(known)))
        beside.replace(self._file)

    def _remove_copies(self, name: str, kept: set[str]) -> None:
        """Copies that nobody needs; the one before is kept for those who still read it."""
        folder = self._copies / name
        for one in folder.iterdir() if folder.is_dir() else ():
            if one.name not in kept:
                shutil.rmtree(one, ignore_errors=True)
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self._folder / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def checked_name(name: str) -> str:
    """A name a feed may have.

    Raises:
        UsageError: it may not.
    """
    if not _NAME.fullmatch(name) or name == OURS:
        raise UsageError(
            f"{name}: a feed's name is made of small letters, digits, dots, dashes and "
            f"underscores, and is not {OURS}"
        )
    return name
