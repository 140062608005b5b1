"""Values of an entry put back from the form they are kept in, by the layout they were packed by."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from chaffinch.core.formats import Json
from chaffinch.decision import layout
from chaffinch.decision.glossary import Numbered
from chaffinch.decision.numbers import PackedNumbers, unpack_hex, unpack_numbers
from chaffinch.decision.packing import COMMA

_decode = msgspec.json.Decoder().decode


class Unpacker:
    """Unpacks values packed by one layout with some words; plain values come back."""

    def __init__(self, packed_by: layout.Layout, words: Sequence[str]) -> None:
        self._words = words
        self._wholes: dict[int, object] = {}
        self._plans = {
            name: [(field, self._of_kind(kind)) for field, kind in fields]
            for name, fields in packed_by.items()
        }

    def struct(self, name: str, values: Sequence[object]) -> Json:
        """The fields of a value by name."""
        return {
            field: value if unpack is None else unpack(value)
            for (field, unpack), value in zip(self._plans[name], values, strict=True)
        }

    def _of_kind(self, kind: str) -> Callable[..., object] | None:
        if not kind:
            return None
        if kind.startswith(layout.STRUCT):
            name = kind.removeprefix(layout.STRUCT)
            return lambda values: self.struct(name, values)
        if kind.startswith(layout.STRUCTS):
            name = kind.removeprefix(layout.STRUCTS)
            return lambda many: [self.struct(name, values) for values in many]
        if kind.startswith(layout.OPTION):
            name = kind.removeprefix(layout.OPTION)
            return lambda values: None if values is None else self.struct(name, values)
        kinds: dict[str, Callable[..., object]] = {
            layout.WORD: self._optional,
            layout.WORDS: lambda numbers: [self._word(one) for one in numbers],
            layout.PIECES: self._pieces,
            layout.WHOLE: self._whole,
            layout.MAP: self._whole,
            layout.WHOLES: lambda packed: [self._whole(one) for one in unpack_numbers(packed)],
            layout.HEX: unpack_hex,
            layout.HEXES: lambda packed: [unpack_hex(one) for one in packed],
            layout.TIME: datetime.fromisoformat,
            layout.TIME_OR_NONE: lambda text: (
                None if text is None else datetime.fromisoformat(text)
            ),
            layout.FACTS: self._facts,
            layout.CAUSES: self._causes,
        }
        return kinds[kind]

    def _word(self, number: Numbered) -> str:
        return number if isinstance(number, str) else self._words[number]

    def _optional(self, number: Numbered | None) -> str | None:
        return None if number is None else self._word(number)

    def _pieces(self, packed: PackedNumbers) -> str:
        return COMMA.join(self._word(one) for one in unpack_numbers(packed))

    def _whole(self, number: Numbered) -> object:
        if isinstance(number, str):
            return _decode(number)
        if number not in self._wholes:
            self._wholes[number] = _decode(self._words[number])
        return self._wholes[number]

    def _facts(self, packed: tuple[PackedNumbers, Sequence[object]]) -> Json:
        names = map(self._word, unpack_numbers(packed[0]))
        return dict(zip(names, packed[1], strict=True))

    def _causes(self, packed: Sequence[Sequence[Numbered]]) -> Json:
        return {self._word(one[0]): [self._word(each) for each in one[1:]] for one in packed}
