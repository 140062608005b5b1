"""A YAML mapping with the place of every key, and where in the file its ``source`` stands."""

import re
from typing import NamedTuple

import msgspec
import yaml

from chaffinch.core.errors import RuleError

DOCUMENT_BYTES = 2_000_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INDENT = re.compile(r" *")


class Place(NamedTuple):
    """A line and a column of a file, both counted from 1."""

    line: int = 1
    column: int = 1


TOP = Place()


class PlacedError(RuleError):
    """A document that cannot be used, with the place in its file."""

    def __init__(self, code: str, message: str, place: Place = TOP, hint: str = "") -> None:
        super().__init__(code, message, hint=hint)
        self.place = place


class Scalar(msgspec.Struct, frozen=True):
    """Where a value stands in the text of its file: ``style`` is ``|``, ``>``, a quote or ''."""

    style: str
    start: int
    end: int


class YamlFile(msgspec.Struct, frozen=True):
    """The values of a mapping, the places of its keys, and the text it was read from."""

    text: str
    values: dict[str, object]
    places: dict[str, Place]
    source: Scalar | None = None

    def place_of(self, key: str) -> Place:
        """Where a key stands; the top of the file where it does not."""
        return self.places.get(key, TOP)

    def source_place(self, value: str, offset: int) -> Place:
        """Where a character of the ``source`` stands in the file.

        >>> file = read_yaml(b"name: N\\nsource: |\\n  a\\n  and b\\n")
        >>> file.source_place("a\\nand b\\n", 6)
        Place(line=4, column=7)
        """
        if self.source is None:
            return self.place_of("source")
        line, column = value.count("\n", 0, offset), offset - value.rfind("\n", 0, offset) - 1
        if self.source.style == "|":
            return self._block_place(value.splitlines(), line, column)
        first = place_at(self.text, self.source.start)
        if "\n" in self.text[self.source.start : self.source.end]:
            return first  # folded: its lines are not those of the file
        return Place(first.line, first.column + column + bool(self.source.style))

    def _block_place(self, lines: list[str], line: int, column: int) -> Place:
        """The place of a line and column of a literal block, whose lines are these."""
        assert self.source is not None
        first = self.text.count("\n", 0, self.source.start) + 1
        rows = self.text[self.source.start : self.source.end].splitlines()[1:]
        pairs = zip(rows, lines, strict=False)
        indent = next((_width(row) - _width(one) for row, one in pairs if one.strip()), 0)
        return Place(first + line + 1, indent + column + 1)


def read_yaml(data: bytes) -> YamlFile:
    """The mapping some bytes hold.

    Raises:
        PlacedError: too large (D001), not YAML (D002), no mapping (D003), a key twice (D004).
    """
    if len(data) > DOCUMENT_BYTES:
        raise PlacedError("D001", f"the file is larger than {DOCUMENT_BYTES} bytes")
    text = _decoded(data)
    try:
        node, loaded = _loaded(text)
    except yaml.YAMLError as error:
        raise PlacedError("D002", f"not YAML: {_said(error)}", _mark(error, text)) from error
    except (RecursionError, ValueError) as error:
        raise PlacedError("D002", f"not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(node, yaml.MappingNode) or not isinstance(loaded, dict):
        raise PlacedError("D003", "a rule is a mapping with at least `name` and `source`")
    places, source = _keys(node)
    values = {str(key): value for key, value in loaded.items() if value is not None}
    return YamlFile(text, values, places, source)


def place_at(text: str, offset: int) -> Place:
    """The place of a character of a text."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        raise PlacedError(
            "D002",
            f"not YAML: byte 0x{data[error.start]:02x} is not UTF-8",
            place_at(before, len(before)),
            "save the file as UTF-8",
        ) from error


def _loaded(text: str) -> tuple[yaml.Node | None, object]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        _refuse_aliases(node)
        return node, None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_aliases(top: yaml.Node | None) -> None:
    """A rule needs no aliases, and what they stand for can multiply without end."""
    seen: set[int] = set()
    waiting: list[yaml.Node | None] = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            raise yaml.YAMLError("aliases are not allowed in a rule document")
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]


def _keys(node: yaml.MappingNode) -> tuple[dict[str, Place], Scalar | None]:
    """The place of every key, and where the source stands."""
    places: dict[str, Place] = {}
    source: Scalar | None = None
    for key, value in node.value:
        name, mark = str(key.value), key.start_mark
        place = Place(mark.line + 1, mark.column + 1)
        if name in places:
            line = places[name].line
            raise PlacedError("D004", f"`{name}` stands on line {line}, too", place, "keep one")
        places[name] = place
        if name == "source" and isinstance(value, yaml.ScalarNode):
            source = Scalar(value.style or "", value.start_mark.index, value.end_mark.index)
    return places, source


def _said(error: yaml.YAMLError) -> str:
    """What is wrong, without the place."""
    parts = [getattr(error, "context", None), getattr(error, "problem", None)]
    said = ", ".join(one for one in parts if one) or str(error)
    return " ".join(said.split())


def _mark(error: yaml.YAMLError, text: str) -> Place:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is not None:
        return Place(mark.line + 1, mark.column + 1)
    position = getattr(error, "position", None)
    return place_at(text, position) if isinstance(position, int) else TOP


def _width(row: str) -> int:
    """How many spaces a line begins with."""
    match = _INDENT.match(row)
    return 0 if match is None else match.end()
