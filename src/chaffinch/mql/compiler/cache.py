"""Compiled sets on disk: found again by the content they were made of.

A file holds generated code, which is run when it is loaded: its folder and the file belong to the
user alone, and anything else is left alone and compiled anew.
"""

import hashlib
import importlib.util
import marshal
import os
import platform
import stat
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import metadata, resources
from pathlib import Path
from types import CodeType

import hyperscan
import msgspec

from chaffinch.mql import tree
from chaffinch.mql.compiler.preselect import Preselection, Wanted
from chaffinch.mql.compiler.program import Program, compiled
from chaffinch.mql.schema import Schema
from chaffinch.mql.text import print_source

_LARGEST = 512 * 1024 * 1024  # bytes of a file that are read
_DIGEST_BYTES = 16
_KEPT = 4  # sets that stay on disk
_LIBRARIES = ("hyperscan", "google-re2", "msgspec", "turbohtml", "rapidfuzz")


class _Stored(msgspec.Struct, frozen=True):
    """One compiled set: its code, and for each scanned text its expressions and their database."""

    code: bytes
    expressions: tuple[tuple[Wanted, ...], ...]
    databases: tuple[bytes, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Stored)


def cached(
    exprs: Sequence[tree.Expr], schema: Schema, signals: Mapping[str, type], folder: Path
) -> Program:
    """The program of checked expressions: from the folder, or compiled and put there."""
    path = folder / f"{_digest(exprs, schema, signals)}.rules"
    stored = _read(path)
    if stored is not None:
        return stored
    made = compiled(exprs, schema, signals)
    with suppress(OSError):
        _write(path, made)
    return made


def _digest(exprs: Sequence[tree.Expr], schema: Schema, signals: Mapping[str, type]) -> str:
    """What a compiled set depends on: rules, types, this package, Python, libraries, processor."""
    total = hashlib.blake2b(digest_size=16)
    for text in (*map(print_source, exprs), schema.root.__qualname__, _surroundings()):
        total.update(text.encode("utf-8", "surrogatepass") + b"\0")
    for name, kind in sorted(signals.items()):
        total.update(f"{name}={kind.__name__}\0".encode())
    for of, named in schema.element_signals.items():
        for name, kind in named.items():
            total.update(f"{of.__qualname__}.{name}={kind.__name__}\0".encode())
    return total.hexdigest()


def _surroundings() -> str:
    versions = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    magic = importlib.util.MAGIC_NUMBER.hex()
    engine = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    engine.compile(expressions=[b"a"], ids=[0], elements=1, flags=[0])
    described = str(engine.info())  # names the processor's features
    return "\n".join((*versions, magic, platform.machine(), described, _own_source()))


def _own_source() -> str:
    """A digest of the code that gives rules their meaning."""
    total = hashlib.blake2b(digest_size=16)
    package = Path(str(resources.files("chaffinch")))
    for room in ("core", "message", "mql"):
        for path in sorted((package / room).rglob("*.py")):
            total.update(path.read_bytes())
    return total.hexdigest()


def _read(path: Path) -> Program | None:
    """The program of a file, or None where there is none that may be trusted."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        about = os.fstat(file.fileno())
        others = stat.S_IWGRP | stat.S_IWOTH
        if about.st_uid != os.geteuid() or about.st_mode & others or not _is_private(path.parent):
            return None
        data = file.read(_LARGEST + 1)
    digest, content = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if (
        len(data) > _LARGEST
        or hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest() != digest
    ):
        return None
    try:
        found = _DECODER.decode(content)
        code = marshal.loads(found.code)  # noqa: S302 - the file is this user's own
        pairs = zip(found.expressions, found.databases, strict=True)
        assert isinstance(code, CodeType)
        return Program(code, [Preselection(*pair) for pair in pairs])
    except (msgspec.MsgspecError, ValueError, EOFError, TypeError, hyperscan.error):
        return None


def _content_digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()


def _is_private(folder: Path) -> bool:
    about = folder.stat()
    return about.st_uid == os.geteuid() and not about.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _write(path: Path, program: Program) -> None:
    """Put a program on disk, whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stored = _Stored(
        marshal.dumps(program.code),
        tuple(one.wanted for one in program.preselections),
        tuple(one.stored() for one in program.preselections),
    )
    content = _ENCODER.encode(stored)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")  # readable by its owner only
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_content_digest(content) + content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    _prune(path.parent)


def _prune(folder: Path) -> None:
    """Leave the sets that were made last."""
    stored = sorted(folder.glob("*.rules"), key=lambda path: path.stat().st_mtime_ns)
    for path in stored[:-_KEPT]:
        path.unlink(missing_ok=True)
