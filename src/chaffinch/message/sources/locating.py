"""Listing every message in what a user points at, without holding any message."""

import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from chaffinch.core.errors import UnreadableError
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.message.sources import mbox, pipe, tarball, zipped
from chaffinch.message.sources.folder import walk
from chaffinch.message.sources.found import Form, Locator, Step
from chaffinch.message.sources.layers import Layer, open_layer, read_head
from chaffinch.message.sources.place import Budget, Place, shown
from chaffinch.message.sources.recognise import (
    HEAD_BYTES,
    PACKED,
    Kind,
    recognise,
    why_not_mail,
)
from chaffinch.message.sources.section import Section
from chaffinch.message.sources.trouble import READ_ERRORS, sentence

_ARCHIVES = (Kind.TAR, Kind.ZIP)
_FORMS = {Kind.MESSAGE: Form.PLAIN, Kind.EMLX: Form.EMLX, Kind.OUTLOOK: Form.OUTLOOK}


def locate(
    paths: Sequence[Path | str],
    limits: Limits = DEFAULT_LIMITS,
    stdin: BinaryIO | None = None,
) -> Iterator[Locator]:
    """Every message of every path in a fixed order; ``-`` is standard input."""
    for path in paths:
        yield from _at_least_one(str(path), _locate_path(str(path), limits, stdin))


def _at_least_one(path: str, located: Iterator[Locator]) -> Iterator[Locator]:
    """What was located, with an error in place of nothing and of an exception."""
    count = 0
    try:
        for locator in located:
            count += 1
            yield locator
    except READ_ERRORS as error:
        count += 1
        yield Locator(path=shown(path), error=sentence(error))
    if count == 0:
        yield Locator(path=shown(path), error="holds no mail")


def _locate_path(path: str, limits: Limits, stdin: BinaryIO | None) -> Iterator[Locator]:
    if path == "-":
        stream = sys.stdin.buffer if stdin is None else stdin
        yield from _locate_file("-", pipe.keep(stream, limits), limits)
        return
    mode = Path(path).stat().st_mode
    if stat.S_ISFIFO(mode):  # a shell's <(…) is one
        with Path(path).open("rb") as stream:
            kept = pipe.keep(stream, limits)
        yield from _locate_file(path, kept, limits)
    elif stat.S_ISDIR(mode):
        yield from _locate_folder(path, limits)
    elif stat.S_ISREG(mode):
        yield from _locate_file(path, path, limits)
    else:
        yield Locator(path=shown(path), error="not a regular file or folder")


def _locate_folder(path: str, limits: Limits) -> Iterator[Locator]:
    for item in walk(path):
        if item.error is not None:
            yield Locator(path=shown(item.path), error=item.error)
        else:
            yield from _at_least_one(item.path, _locate_file(item.path, item.path, limits))


def _locate_file(path: str, file: str, limits: Limits) -> Iterator[Locator]:
    yield from _look_into(Place(shown(path), file, Budget(limits), path), limits)


def _look_into(place: Place, limits: Limits) -> Iterator[Locator]:
    """Every message at a place; what goes wrong there is one error and ends only this place."""
    empty = True
    try:
        for locator in _by_kind(place, limits):
            empty = False
            yield locator
    except READ_ERRORS as error:
        empty = False
        yield place.error(sentence(error))
    if empty:
        yield place.error("holds no mail")


def _by_kind(place: Place, limits: Limits) -> Iterator[Locator]:
    head = read_head(place.file, place.steps, HEAD_BYTES, limits)
    kind = recognise(head, place.name)
    if kind in _FORMS:
        yield place.locator(_FORMS[kind])
    elif kind is Kind.MBOX:
        yield from _mbox(place, limits)
    elif kind in PACKED:
        _refuse_depth(place, limits)
        yield from _look_into(place.unpacked(PACKED[kind]), limits)
    elif kind in _ARCHIVES:
        yield from _archive(place, kind, limits)
    elif kind is Kind.EMPTY:
        yield place.error(open_layer(place.file, place.steps, limits).error or "empty file")
    else:
        yield place.error(why_not_mail(head))


def _mbox(place: Place, limits: Limits) -> Iterator[Locator]:
    """The messages of an mbox, numbered from one; a lone message keeps its file's path."""
    layer = open_layer(place.file, place.steps, limits)
    _charge_unpacked(place, layer)
    number, waiting = 0, None
    for number, entry in enumerate(mbox.entries(layer.section), 1):
        if waiting is not None:
            yield waiting
        step = Step(offset=entry.offset, length=entry.length)
        waiting = Locator(
            path=f"{place.path}#{number}",
            file=place.file,
            steps=(*place.steps, step),
            form=Form.MBOX,
            mbox_date=entry.date,
        )
    if waiting is not None:
        yield waiting if number > 1 else msgspec.structs.replace(waiting, path=place.path)
    if layer.error is not None:
        yield place.error(layer.error)


def _refuse_depth(place: Place, limits: Limits) -> None:
    if place.depth >= limits.archive_depth:
        raise UnreadableError(
            f"nested deeper than {limits.archive_depth} archives; unpack the outer one first"
        )


def _archive(place: Place, kind: Kind, limits: Limits) -> Iterator[Locator]:
    """The messages of every file in a tar or zip archive, in the archive's own order."""
    deeper = not place.is_compressed_whole  # tar.gz counts as one archive
    if deeper:
        _refuse_depth(place, limits)
    layer = open_layer(place.file, place.steps, limits)
    _charge_unpacked(place, layer)
    read_members = _tar_members if kind is Kind.TAR else _zip_entries
    try:
        for member in read_members(layer.section):
            if _is_kept(member.name):
                yield from _look_into_member(place, member, limits, deeper=deeper)
    except UnreadableError as error:
        raise UnreadableError(layer.error or str(error)) from None
    if layer.error is not None:
        yield place.error(layer.error)


class _Member(NamedTuple):
    """One file of an archive of either kind."""

    name: str
    step: Step
    size: int
    error: str | None


def _tar_members(section: Section) -> Iterator[_Member]:
    for member in tarball.members(section):
        step = Step(offset=member.offset, length=member.size)
        yield _Member(member.name.removeprefix("./"), step, member.size, member.error)


def _zip_entries(section: Section) -> Iterator[_Member]:
    for entry in zipped.entries(section):
        step = Step(offset=entry.offset, length=entry.packed, codec=entry.codec)
        yield _Member(entry.name, step, entry.size, entry.error)


def _look_into_member(
    place: Place, member: _Member, limits: Limits, *, deeper: bool
) -> Iterator[Locator]:
    place.budget.charge(member.size)
    inner = place.member(member.step, member.name, deeper=deeper)
    if member.error is not None:
        yield inner.error(member.error)
    else:
        yield from _look_into(inner, limits)


def _is_kept(name: str) -> bool:
    """Archived files a person did not put there (resource forks, folder settings) are not mail."""
    return not (name.rpartition("/")[2].startswith(".") or name.startswith("__MACOSX/"))


def _charge_unpacked(place: Place, layer: Layer) -> None:
    if place.is_packed:
        place.budget.charge(layer.section.length, files=0)
