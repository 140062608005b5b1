"""Opening the section at the end of some steps; each packed layer is unpacked once and kept."""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from chaffinch.core.errors import UnreadableError
from chaffinch.core.limits import Limits
from chaffinch.message.sources.codec import unpack
from chaffinch.message.sources.found import Codec, Step
from chaffinch.message.sources.section import Section, open_path, spool

_KEPT_LAYERS = 4


class Layer(NamedTuple):
    """An unpacked stream, as far as it could be unpacked, and what stopped it."""

    section: Section
    error: str | None = None


class _Key(NamedTuple):
    file: str
    modified: int
    size: int
    steps: tuple[Step, ...]
    limits: Limits


class _Kept(threading.local):
    """The last unpacked layers of one thread; file positions are not shared between threads."""

    def __init__(self) -> None:
        self.layers: OrderedDict[_Key, Layer] = OrderedDict()
        self.process = os.getpid()

    def of_this_process(self) -> OrderedDict[_Key, Layer]:
        """The layers; forgotten after a fork, whose two sides would share file positions."""
        if self.process != os.getpid():
            self.layers = OrderedDict()
            self.process = os.getpid()
        return self.layers


_kept = _Kept()


def open_layer(file: str, steps: tuple[Step, ...], limits: Limits) -> Layer:
    """What lies behind the steps as one section that can be read at any place."""
    if not steps:
        return Layer(open_path(file))
    *outer, last = steps
    if last.codec is Codec.NONE:
        section, error = open_layer(file, tuple(outer), limits)
        return Layer(section.part(last.offset, last.length), error)
    status = Path(file).stat()
    key = _Key(file, status.st_mtime_ns, status.st_size, steps, limits)
    layers = _kept.of_this_process()
    if key not in layers:
        layers[key] = _unpacked(open_layer(file, tuple(outer), limits), last, limits)
        while len(layers) > _KEPT_LAYERS:
            layers.popitem(last=False)
    layers.move_to_end(key)
    return layers[key]


def _unpacked(outer: Layer, step: Step, limits: Limits) -> Layer:
    packed = outer.section.part(step.offset, step.length)
    troubles: list[str] = []
    section = spool(_until_trouble(unpack(packed, step.codec, limits), troubles))
    return Layer(section, troubles[0] if troubles else outer.error)


def _until_trouble(chunks: Iterable[bytes], troubles: list[str]) -> Iterator[bytes]:
    try:
        yield from chunks
    except UnreadableError as error:
        troubles.append(str(error))


def read_head(file: str, steps: tuple[Step, ...], size: int, limits: Limits) -> bytes:
    """The first bytes behind the steps, without unpacking more than they need."""
    if not steps or steps[-1].codec is Codec.NONE:
        return open_layer(file, steps, limits).section.read_at(0, size)
    last = steps[-1]
    packed = open_layer(file, steps[:-1], limits).section.part(last.offset, last.length)
    head = b""
    for chunk in _until_trouble(unpack(packed, last.codec, limits), []):
        head += chunk
        if len(head) >= size:
            break
    return head[:size]


def read_start(file: str, steps: tuple[Step, ...], size: int, limits: Limits) -> tuple[bytes, int]:
    """The first bytes behind the steps and how many there are in all; damage raises."""
    if not steps or steps[-1].codec is Codec.NONE:
        section = open_layer(file, steps, limits).section
        return section.read_at(0, size), section.length
    last = steps[-1]
    packed = open_layer(file, steps[:-1], limits).section.part(last.offset, last.length)
    kept, total = bytearray(), 0
    for chunk in unpack(packed, last.codec, limits):
        kept += chunk[: max(0, size - total)]
        total += len(chunk)
    return bytes(kept), total
