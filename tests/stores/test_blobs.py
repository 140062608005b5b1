"""Every store of raw messages keeps what it was given, for each tenant, until it is to go."""

import os
import subprocess
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.errors import StoreError
from chaffinch.decision.blobs import Blob, Blobs
from chaffinch.message.identity import content_id
from chaffinch.stores.blob_folder import BlobFolder

RAW = b"Subject: hello\n\nworld\n" * 40
NAME = content_id(RAW)
FAR = 1 << 52  # milliseconds


class MemoryBlobs:
    """What a store does, in a dictionary."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], Blob] = {}

    def keep(self, tenant: str, content_id: str, blob: Blob) -> None:
        if not self.holds(tenant, content_id) or blob.is_whole:
            self._kept[tenant, content_id] = blob

    def holds(self, tenant: str, content_id: str) -> bool:
        return (tenant, content_id) in self._kept

    def find(self, tenant: str, content_id: str) -> Blob | None:
        return self._kept.get((tenant, content_id))

    def drop(self, tenant: str, content_ids: Iterable[str]) -> int:
        return sum(self._kept.pop((tenant, one), None) is not None for one in content_ids)

    def drop_all(self, tenant: str) -> int:
        return self.drop(tenant, [name for owner, name in self._kept if owner == tenant])

    def expire(self, tenant: str, before: int) -> int:
        return self.drop_all(tenant) if before >= FAR else 0


@pytest.fixture(params=["memory", "process", "power"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    if request.param == "memory":
        return MemoryBlobs()
    return BlobFolder(tmp_path / "messages", durability=request.param)


def test_what_is_kept_is_found_by_its_tenant_alone(blobs: Blobs) -> None:
    assert blobs.find("acme", NAME) is None
    blobs.keep("acme", NAME, Blob(RAW))
    assert blobs.find("acme", NAME) == Blob(RAW)
    assert blobs.find("birch", NAME) is None
    blobs.keep("birch", NAME, Blob(RAW[:15], is_whole=False))
    assert blobs.find("birch", NAME) == Blob(RAW[:15], is_whole=False)


def test_of_what_is_kept_twice_the_whole_stays(blobs: Blobs) -> None:
    part, whole = Blob(RAW[:15], is_whole=False), Blob(RAW)
    for blob, found in ((part, part), (part, part), (whole, whole), (part, whole)):
        blobs.keep("acme", NAME, blob)
        assert blobs.find("acme", NAME) == found
    assert (blobs.holds("acme", NAME), blobs.holds("birch", NAME)) == (True, False)


def test_what_is_dropped_is_gone_and_nothing_else(blobs: Blobs) -> None:
    other = content_id(b"x")
    for tenant in ("acme", "birch"):
        blobs.keep(tenant, NAME, Blob(RAW))
        blobs.keep(tenant, other, Blob(b"x"))
    assert blobs.drop("acme", [NAME, content_id(b"never kept")]) == 1
    assert (blobs.find("acme", NAME), blobs.find("acme", other)) == (None, Blob(b"x"))
    assert blobs.drop_all("acme") == 1
    assert blobs.find("acme", other) is None
    assert blobs.find("birch", NAME) == Blob(RAW)


def test_only_what_is_old_expires(blobs: Blobs) -> None:
    blobs.keep("acme", NAME, Blob(RAW))
    blobs.keep("birch", NAME, Blob(RAW))
    assert blobs.expire("acme", 1) == 0
    assert blobs.expire("acme", FAR) == 1
    assert blobs.find("acme", NAME) is None
    assert blobs.find("birch", NAME) == Blob(RAW)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=3), st.binary(max_size=200)), max_size=6))
def test_any_tenant_and_any_bytes(
    tmp_path_factory: pytest.TempPathFactory, kept: list[tuple[str, bytes]]
) -> None:
    folder = BlobFolder(tmp_path_factory.mktemp("any"))
    for tenant, raw in kept:
        folder.keep(tenant, content_id(raw), Blob(raw))
    for tenant, raw in kept:
        assert folder.find(tenant, content_id(raw)) == Blob(raw)


def the_file(folder: Path) -> Path:
    (found,) = (one for one in folder.rglob("*") if one.is_file())
    return found


def test_files_are_small_and_for_the_owner_alone(tmp_path: Path) -> None:
    BlobFolder(tmp_path / "messages").keep("acme", NAME, Blob(RAW))
    file = the_file(tmp_path)
    assert file.stat().st_size < len(RAW) / 5
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    assert "acme" not in str(file.relative_to(tmp_path))


def test_it_is_kept_for_as_long_after_it_was_last_to_be_kept(tmp_path: Path) -> None:
    folder = BlobFolder(tmp_path)
    for later, goes in ((Blob(RAW), 0), (Blob(RAW[:15], is_whole=False), 1)):
        folder.keep("acme", NAME, Blob(RAW))
        os.utime(the_file(tmp_path), (1, 1))
        folder.keep("acme", NAME, later)
        assert folder.expire("acme", 10_000) == goes


def test_folders_above_a_message_are_on_disk_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under power durability each folder that is made is synced into the one above it."""
    synced: list[int] = []
    real = os.fsync

    def noted(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    BlobFolder(tmp_path / "a" / "messages", durability="power").keep("acme", NAME, Blob(RAW))
    file = the_file(tmp_path)
    innermost, tenant, messages, state = file.parents[:4]
    expected = [tmp_path, state, messages, tenant, file, innermost]
    assert synced == [one.stat().st_ino for one in expected]


def test_damage_is_told(tmp_path: Path) -> None:
    folder = BlobFolder(tmp_path)
    folder.keep("acme", NAME, Blob(RAW))
    file = the_file(tmp_path)
    whole = file.read_bytes()
    for data in (whole[:-3], b"", b"\x09" + whole[1:], b"\x01" + zlib.compress(b"forged")):
        file.write_bytes(data)
        with pytest.raises(StoreError, match=NAME):
            folder.find("acme", NAME)
    with pytest.raises(StoreError, match="no digest"):
        folder.find("acme", "../../etc/passwd")


def test_what_a_killed_process_left_is_no_message(tmp_path: Path) -> None:
    """A file is there whole or not at all; its unfinished copy goes when it is old, or all goes."""
    folder = BlobFolder(tmp_path)
    folder.keep("acme", NAME, Blob(RAW))
    left = the_file(tmp_path).with_name(".part-1")
    left.write_bytes(b"half")
    assert folder.find("acme", NAME) == Blob(RAW)
    os.utime(left, (1, 1))
    assert folder.expire("acme", 10_000) == 1
    assert not left.exists()


KILLED = """
import os, sys
from pathlib import Path
from chaffinch.decision.blobs import Blob
from chaffinch.message.identity import content_id
from chaffinch.stores.blob_folder import BlobFolder
folder = BlobFolder(Path(sys.argv[1]))
for number in range(50):
    raw = b"%d " % number * 2000
    folder.keep("acme", content_id(raw), Blob(raw))
os.kill(os.getpid(), 9)
"""


def test_what_was_kept_survives_the_death_of_the_process(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert ran.returncode == -9
    folder = BlobFolder(tmp_path)
    for number in range(50):
        raw = b"%d " % number * 2000
        assert folder.find("acme", content_id(raw)) == Blob(raw)
