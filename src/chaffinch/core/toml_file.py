"""TOML files read into typed values, with errors that name the key, the line and the mend."""

import difflib
import re
import tomllib
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from chaffinch.core.errors import SettingsError
from chaffinch.core.plain_words import plainly, title_of, words_of, wrong_word

T = TypeVar("T", bound=msgspec.Struct)
Address = tuple[str | int, ...]  # keys and list positions from the top of the file

_TABLE = re.compile(r"\[(\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"([A-Za-z0-9_-]+|\"[^\"]*\")(?:\s*\.\s*[A-Za-z0-9_-]+)*\s*=")


def load(path: Path, kind: type[T]) -> T:
    """The file as a value of ``kind``.

    Raises:
        SettingsError: it cannot be read, is not TOML, or holds a wrong key or value.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise SettingsError(f"{path}: cannot be read: {why}") from error
    return parse(text, kind, str(path))


def parse(text: str, kind: type[T], where: str) -> T:
    """The text of a TOML file as a value of ``kind``; ``where`` is how errors call it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{where}: not TOML: {error}") from error
    _check(data, kind, (), text, where)
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}") from error


def place(path: Path, address: Address) -> str:
    """Where a key of a readable file stands, as errors say it."""
    return _place(str(path), path.read_text("utf-8-sig"), address)


def _check(data: Mapping[str, object], kind: type, at: Address, text: str, where: str) -> None:
    """Walk data and type together, so that an error knows where it stands."""
    fields = {one.encode_name: one for one in msgspec.structs.fields(kind)}
    for name, value in data.items():
        here = (*at, name)
        if name not in fields:
            raise SettingsError(f"{_place(where, text, here)}: {_unknown(name, list(fields))}")
        _check_value(value, fields[name].type, here, text, where)
    for name, field in fields.items():
        if field.required and name not in data:
            raise SettingsError(f"{_place(where, text, at)}: `{dotted((*at, name))}` is missing")


def _check_value(value: object, hint: object, here: Address, text: str, where: str) -> None:
    element = _element_struct(hint)
    if element is not None and isinstance(value, list):
        for index, one in enumerate(value):
            if not isinstance(one, dict):
                raise SettingsError(f"{_place(where, text, here)}: `{dotted(here)}` holds tables")
            _check(one, element, (*here, index), text, where)
        return
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and isinstance(value, dict):
        _check(value, hint, here, text, where)
        return
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError as error:
        words = words_of(hint)
        near = _nearest(wrong_word(str(error)), words)
        place = _place(where, text, here)
        said = plainly(str(error), words, title_of(hint))
        raise SettingsError(f"{place}: `{dotted(here)}`: {said}{near}") from error


def _nearest(wrong: str | None, words: list[str]) -> str:
    """The word that was probably meant."""
    near = wrong and difflib.get_close_matches(wrong, words, n=1, cutoff=0.5)
    return f"; did you mean `{near[0]}`?" if near else ""


def _element_struct(hint: object) -> type | None:
    if typing.get_origin(hint) is not tuple:
        return None
    first = typing.get_args(hint)[0]
    is_struct = isinstance(first, type) and issubclass(first, msgspec.Struct)
    return first if is_struct and not isinstance(first, types.GenericAlias) else None


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(sorted(known))}"
    return f"unknown key `{name}`; {hint}"


def dotted(address: Address) -> str:
    """The key as people write it: ``people[0].name``."""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in address).lstrip(".")


def _place(where: str, text: str, address: Address) -> str:
    line = line_of(text, address)
    return f"{where}, line {line}" if line else where


def line_of(text: str, address: Address) -> int | None:
    """The line a key stands on, or the line of the nearest table around it.

    >>> text = 'name = "a"\\n[[people]]\\nname = "b"\\n[[people]]\\nname = "c"'
    >>> line_of(text, ("people", 1, "name"))
    5
    >>> line_of('people = [\\n {name = "a"},\\n {nam = "b"}]', ("people", 1, "nam"))
    3
    """
    around: int | None = None
    for number, here in _addresses(text):
        if address and here[: len(address)] == address:
            return number
        around = number if here == address[: len(here)] else around
    return around and _line_inside(text, around, str(address[-1]))


def _line_inside(text: str, first: int, name: str) -> int:
    """The line from ``first`` on where an inline table has the key, or ``first``."""
    key = re.compile(rf"(?<![\w-])\"?{re.escape(name)}\"?\s*=")
    lines = enumerate(text.splitlines()[first - 1 :], first)
    return next((number for number, line in lines if key.search(line)), first)


def _addresses(text: str) -> Iterator[tuple[int, Address]]:
    """Each line that begins a table or sets a key, with the address it stands for."""
    table: Address = ()
    counts: dict[Address, int] = {}
    is_inside_string = False
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if is_inside_string or stripped.startswith("#"):
            is_inside_string ^= _toggles_string(stripped)
            continue
        if header := _TABLE.match(stripped):
            table = _table_address(header, counts)
            yield number, table
        elif key := _KEY.match(stripped):
            yield number, (*table, key.group(1).strip('"'))
        is_inside_string = _toggles_string(stripped)


def _toggles_string(line: str) -> bool:
    return (line.count('"""') + line.count("'''")) % 2 == 1


def _table_address(header: "re.Match[str]", counts: dict[Address, int]) -> Address:
    keys: Address = tuple(one.strip().strip('"') for one in header.group(2).split("."))
    if not header.group(1):
        return keys
    counts[keys] = counts.get(keys, -1) + 1
    return (*keys, counts[keys])
