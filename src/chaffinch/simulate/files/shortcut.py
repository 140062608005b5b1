"""Windows shortcuts, which a lure hides in an archive or on a disc image."""

import struct

_HEAD = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F"
_HAS_PLACE, _HAS_NAME, _HAS_RELATIVE, _HAS_ARGUMENTS, _HAS_ICON = 0x02, 0x04, 0x08, 0x20, 0x40
_IS_UNICODE, _IS_ARCHIVED, _MINIMISED, _FIXED_DRIVE = 0x80, 0x20, 7, 3
HARMLESS = "/c rem nothing happens here"


def shortcut(
    target: str = "C:\\Windows\\System32\\cmd.exe",
    arguments: str = HARMLESS,
    *,
    name: str = "",
    icon: str = "",
) -> bytes:
    """A shortcut to the target with arguments; the ones it has by itself do nothing.

    >>> shortcut()[:4]
    b'L\\x00\\x00\\x00'
    """
    relative = ".\\" + target.rpartition("\\")[2]
    texts = {
        _HAS_NAME: name,
        _HAS_RELATIVE: relative,
        _HAS_ARGUMENTS: arguments,
        _HAS_ICON: icon,
    }
    flags = _IS_UNICODE | _HAS_PLACE | sum(flag for flag, text in texts.items() if text)
    numbers = struct.pack("<II24xIIIHHII", flags, _IS_ARCHIVED, 0, 0, _MINIMISED, 0, 0, 0, 0)
    said = b"".join(
        struct.pack("<H", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")
        for text in texts.values()
        if text
    )
    return _HEAD + numbers + _place(target) + said + bytes(4)


def _place(target: str) -> bytes:
    """Where the target stands: on a fixed drive without a name."""
    volume = struct.pack("<IIII", 17, _FIXED_DRIVE, 0x2024_0102, 16) + b"\0"
    path = target.encode("cp1252", "replace") + b"\0"
    at = 28 + len(volume)
    places = struct.pack("<IIIIII", 28, 1, 28, at, 0, at + len(path))
    content = places + volume + path + b"\0"
    return struct.pack("<I", len(content) + 4) + content
