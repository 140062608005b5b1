"""A macro project that opens as one and does nothing."""

import struct
from collections.abc import Sequence
from functools import lru_cache

from chaffinch.simulate.files.compound import compound

_PAGE = "windows-1252"
_COMPRESSED = 0xB000  # a chunk's signature, and that its tokens follow
_LONGEST_SOURCE = 3_500  # of bytes that stand for themselves, in a chunk
_DOCUMENT, _PROCEDURES = 0x22, 0x21


@lru_cache(maxsize=64)
def dead_macro(*, entry: str = "AutoOpen", module: str = "Module1") -> bytes:
    """The bytes of a ``vbaProject.bin`` whose entry procedure holds a remark only.

    >>> dead_macro()[:4].hex()
    'd0cf11e0'
    """
    source = f"Sub {entry}()\r\n    ' Nothing is done here.\r\nEnd Sub\r\n"
    modules = {"ThisDocument": "", module: source}
    kinds = {"ThisDocument": _DOCUMENT, module: _PROCEDURES}
    streams = {
        f"VBA/{name}": _packed(f'Attribute VB_Name = "{name}"\r\n{text}'.encode(_PAGE))
        for name, text in modules.items()
    }
    described = [_module(name, kind) for name, kind in kinds.items()]
    streams["VBA/dir"] = _packed(_project(described))
    streams["VBA/_VBA_PROJECT"] = b"\xcc\x61\xff\xff\0\0\0"  # no compiled code: made from source
    streams["PROJECT"] = _listing(module).encode(_PAGE)
    streams["PROJECTwm"] = b"".join(_both_ways(name) for name in modules) + b"\0\0"
    return compound(streams)


def _packed(data: bytes) -> bytes:
    """The data in the container of macros, each byte standing for itself."""
    if len(data) > _LONGEST_SOURCE:
        raise ValueError(f"{len(data)} bytes are more than the {_LONGEST_SOURCE} of a chunk")
    tokens = b"".join(b"\0" + data[at : at + 8] for at in range(0, len(data), 8))
    return b"\x01" + struct.pack("<H", _COMPRESSED | len(tokens) - 1) + tokens


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", kind, len(data)) + data


def _number(kind: int, value: int, size: int = 4) -> bytes:
    return _record(kind, value.to_bytes(size, "little"))


def _text(kind: int, wide_kind: int, text: str = "") -> bytes:
    return _record(kind, text.encode(_PAGE)) + _record(wide_kind, text.encode("utf-16-le"))


def _project(modules: Sequence[bytes]) -> bytes:
    """What the project is, its modules, its end."""
    about = (
        _number(0x01, 1) + _number(0x02, 0x409) + _number(0x14, 0x409) + _number(0x03, 1252, 2),
        _record(0x04, b"Project") + _text(0x05, 0x40) + _record(0x06) + _record(0x3D),
        _number(0x07, 0) + _number(0x08, 0) + struct.pack("<HIIH", 0x09, 4, 1, 1),
        _text(0x0C, 0x3C) + _number(0x0F, len(modules), 2) + _number(0x13, 0xFFFF, 2),
    )
    return b"".join((*about, *modules, _record(0x10)))


def _module(name: str, kind: int) -> bytes:
    """A module, its source at the beginning of its stream."""
    named = _text(0x19, 0x47, name) + _text(0x1A, 0x32, name) + _text(0x1C, 0x48)
    places = _number(0x31, 0) + _number(0x1E, 0) + _number(0x2C, 0xFFFF, 2)
    return named + places + _record(kind) + _record(0x2B)


def _listing(module: str) -> str:
    return (
        'ID="{00000000-0000-0000-0000-000000000000}"\r\nDocument=ThisDocument/&H00000000\r\n'
        f'Module={module}\r\nName="Project"\r\nHelpContextID="0"\r\nVersionCompatible32="393222000"'
        "\r\n\r\n[Host Extender Info]\r\n\r\n[Workspace]\r\n"
    )


def _both_ways(name: str) -> bytes:
    return name.encode(_PAGE) + b"\0" + name.encode("utf-16-le") + b"\0\0"
