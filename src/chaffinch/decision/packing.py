"""Values of an entry in the form they are kept in: by position, shared words by number."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeAlias, cast

import msgspec

from chaffinch.decision import layout
from chaffinch.decision.glossary import Glossary, Numbered
from chaffinch.decision.numbers import PackedNumbers, pack_hex, pack_numbers

Scalar: TypeAlias = bool | int | float | str | None
COMMA = ", "
_SETS_MOST = 4_096
_whole = msgspec.json.Encoder()


class Packer:
    """Packs values by the current layout; ``struct("Entry", entry)`` packs an entry."""

    def __init__(self, glossary: Glossary) -> None:
        self._words = glossary
        self._names: dict[tuple[str, ...], PackedNumbers] = {}  # of sets of facts seen before
        self._plans = {
            name: [(n, self._of_kind(kind)) for n, (_, kind) in enumerate(fields) if kind]
            for name, fields in layout.LAYOUT.items()
        }

    def struct(self, name: str, value: msgspec.Struct) -> list[object]:
        """A value's fields in order."""
        fields: list[object] = list(msgspec.structs.astuple(value))
        for index, pack in self._plans[name]:
            fields[index] = pack(fields[index])
        return fields

    def _of_kind(self, kind: str) -> Callable[..., object]:
        if kind.startswith(layout.STRUCT):
            name = kind.removeprefix(layout.STRUCT)
            return lambda value: self.struct(name, value)
        if kind.startswith(layout.STRUCTS):
            name = kind.removeprefix(layout.STRUCTS)
            return lambda values: [self.struct(name, one) for one in values]
        if kind.startswith(layout.OPTION):
            name = kind.removeprefix(layout.OPTION)
            return lambda value: None if value is None else self.struct(name, value)
        kinds: dict[str, Callable[..., object]] = {
            layout.WORD: self._word,
            layout.WORDS: lambda texts: [self._word(one) for one in texts],
            layout.PIECES: self._pieces,
            layout.WHOLE: self._whole,
            layout.WHOLES: self._wholes,
            layout.MAP: lambda values: self._known(tuple(values.items()), values),
            layout.HEX: pack_hex,
            layout.HEXES: lambda texts: [pack_hex(one) for one in texts],
            layout.TIME: datetime.isoformat,
            layout.TIME_OR_NONE: lambda time: None if time is None else time.isoformat(),
            layout.FACTS: self._facts,
            layout.CAUSES: self._causes,
        }
        return kinds[kind]

    def _word(self, text: str | None) -> Numbered | None:
        return None if text is None else self._words.number(text)

    def _pieces(self, text: str) -> PackedNumbers:
        if "@" in text:  # an address is nobody's word
            return [text]
        return pack_numbers(self._numbered(text.split(COMMA)))

    def _numbered(self, words: Sequence[str]) -> list[Numbered]:
        found = [*map(self._words.find, words)]
        if None in found:
            return [*map(self._words.number, words)]
        return cast("list[Numbered]", found)

    def _whole(self, value: msgspec.Struct) -> Numbered:
        return self._known(value, value)

    def _wholes(self, values: Sequence[msgspec.Struct]) -> PackedNumbers:
        found = [*map(self._words.find, values)]
        if None in found:
            return pack_numbers([self._whole(one) for one in values])
        return pack_numbers(cast("list[Numbered]", found))

    def _known(self, known_as: Hashable, value: object) -> Numbered:
        found = self._words.find(known_as)
        if found is not None:
            return found
        return self._words.number(_whole.encode(value).decode(), known_as)

    def _facts(self, facts: Mapping[str, Scalar]) -> tuple[PackedNumbers, Sequence[Scalar]]:
        return self._named(tuple(facts)), tuple(facts.values())

    def _named(self, names: tuple[str, ...]) -> PackedNumbers:
        found = self._names.get(names)
        if found is None:
            if len(self._names) >= _SETS_MOST:
                self._names.clear()
            found = self._names[names] = pack_numbers(self._numbered(names))
        return found

    def _causes(self, causes: Mapping[str, Sequence[str]]) -> list[list[Numbered]]:
        return [[self._words.number(one) for one in (name, *some)] for name, some in causes.items()]
