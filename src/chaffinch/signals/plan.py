"""How signals are measured: the declarations written out as straight-line code, once.

What code says for itself costs nothing per message: who supplies which parameter, how elements
become the message's value. The code is made of checked declarations and of nothing else.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

import msgspec

from chaffinch.lists.reference import Lists
from chaffinch.mql.values import Unknown
from chaffinch.signals.aggregates import Measured, Scalar, aggregated
from chaffinch.signals.declare import Signal
from chaffinch.signals.kept import Fill, by_sender, by_wording, kept_by
from chaffinch.signals.supplies import ELEMENTS, SUPPLIES, MissingListError, Supplies

_OF: Mapping[str, str] = {  # element → where they stand
    "link": "links",
    "recipient": "recipients",
    "attachment": "attachments",
    "pair": "pairs",
    "host": "hosts",
}
_LOOPS: Mapping[str, str] = {
    "any": """\
{name} = False
for one in {elements}:
    value = {call}
    if value:
        {name} = True
        break
    if value is None:
        {name} = None""",
    "count": """\
{name} = 0
for one in {elements}:
    value = {call}
    if value:
        {name} += value""",
    "max": """\
{name} = None
for one in {elements}:
    value = {call}
    if value is not None and ({name} is None or value > {name}):
        {name} = value""",
    "min": """\
{name} = None
for one in {elements}:
    value = {call}
    if value is not None and ({name} is None or value < {name}):
        {name} = value""",
}
_One: TypeAlias = Callable[[Supplies], Measured]
_OfElement: TypeAlias = Callable[[Supplies, object], Measured]
_OF_NONE: Mapping[str, Scalar] = {"any": False, "count": 0, "max": None, "min": None}


class Plan(msgspec.Struct, frozen=True):
    """The code of a catalogue: of each signal alone, of one element, and of all together."""

    one: Mapping[str, _One]
    of_element: Mapping[str, _OfElement]
    fill: Fill


def planned(catalogue: Mapping[str, Signal]) -> Plan:
    """The plan of these signals."""
    signals = tuple(catalogue.values())
    lines = [
        *(line for number, one in enumerate(signals) for line in _alone(number, one)),
        *_apart(signals),
        *_together(signals),
    ]
    names: dict[str, object] = {
        "Unknown": Unknown,
        "Missing": MissingListError,
        "slowly": _slowly,
        **{f"f{number}": one.function for number, one in enumerate(signals)},
        **{f"s{number}": one for number, one in enumerate(signals)},
        "history": tuple(one.name for one in signals if one.needs_history),
    }
    exec("\n".join(lines), names)  # noqa: S102 - made of the declarations of this package
    names["kept_sender"] = by_sender(cast("Fill", names["of_sender"]))
    names["kept_wording"] = by_wording(cast("Fill", names["of_wording"]))
    return Plan(
        one={one.name: cast("_One", names[f"one{number}"]) for number, one in enumerate(signals)},
        of_element={
            one.name: cast("_OfElement", names[f"each{number}"])
            for number, one in enumerate(signals)
            if one.element is not None
        },
        fill=cast("Fill", names["fill"]),
    )


def _alone(number: int, one: Signal) -> Iterator[str]:
    """The functions of one signal: of the message, and of one element."""
    yield f"def one{number}(supplies):"
    if one.needs_history:
        yield "    if supplies.history_lacks is not None:"
        yield "        return supplies.history_lacks"
    yield from _indented(_value("found", number, one, "supplies."), 1)
    yield "    return found"
    if one.element is None:
        return
    yield f"def each{number}(supplies, one):"
    if one.needs_history:
        yield "    if supplies.history_lacks is not None:"
        yield "        return supplies.history_lacks"
    yield "    try:"
    yield f"        return {_call(number, one, 'supplies.')}"
    yield "    except Missing as missing:"
    yield "        return Unknown(frozenset(missing.args))"


def _apart(signals: Sequence[Signal]) -> Iterator[str]:
    """The functions that measure those whose values are kept."""
    for kind in ("sender", "wording"):
        numbered = [(number, one) for number, one in enumerate(signals) if kept_by(one) == kind]
        yield f"def of_{kind}(supplies, found):"
        yield from _group(None, numbered)
        yield "    return"


def _together(signals: Sequence[Signal]) -> Iterator[str]:
    """The function that measures all of them into a dictionary."""
    by_place: dict[tuple[bool, str | None], list[tuple[int, Signal]]] = {}
    for number, one in enumerate(signals):
        if kept_by(one) is None:
            by_place.setdefault((one.needs_history, one.element), []).append((number, one))
    yield "def fill(supplies, found):"
    yield "    found.update(kept_sender(supplies))"
    yield "    found.update(kept_wording(supplies))"
    for place, numbered in by_place.items():
        if not place[0]:
            yield from _group(place[1], numbered)
    yield "    lacking = supplies.history_lacks"
    yield "    if lacking is not None:"
    yield "        for name in history:"
    yield "            found[name] = lacking"
    yield "        return"
    for place, numbered in by_place.items():
        if place[0]:
            yield from _group(place[1], numbered)


def _group(element: str | None, numbered: Sequence[tuple[int, Signal]]) -> Iterator[str]:
    """The lines that measure signals of one element, or of the whole message."""
    depth = 1
    if element is not None:
        depth = 2
        yield f"    {_OF[element]} = supplies.{_OF[element]}"
        yield f"    if not {_OF[element]}:"
        yield from (
            f"        found[{one.name!r}] = {_OF_NONE[one.aggregate or 'any']}"
            for _, one in numbered
        )
        yield "    else:"
    yield from _indented(_locals(one for _, one in numbered), depth)
    for number, one in numbered:
        yield from _indented(_value("value_of_all", number, one, ""), depth)
        yield f"{'    ' * depth}found[{one.name!r}] = value_of_all"


def _locals(signals: Iterable[Signal]) -> Iterator[str]:
    wanted = {SUPPLIES[kind] for one in signals for kind in one.inputs if kind in SUPPLIES}
    for name in sorted(wanted):
        yield f"{name} = supplies.{name}"


def _value(name: str, number: int, one: Signal, prefix: str) -> Iterator[str]:
    """The lines that measure one signal into a variable."""
    if one.element is None:
        lines = [f"{name} = {_call(number, one, prefix)}"]
    else:
        elements = f"{prefix}{_OF[one.element]}"
        loop = _LOOPS[one.aggregate or "any"]
        lines = loop.format(name=name, elements=elements, call=_call(number, one, prefix)).split(
            "\n"
        )
    if Lists not in one.inputs:
        yield from lines
        return
    yield "try:"
    yield from _indented(lines, 1)
    yield "except Missing:"
    yield f"    {name} = slowly(s{number}, supplies)"


def _call(number: int, one: Signal, prefix: str) -> str:
    given = ("one" if kind in ELEMENTS else f"{prefix}{SUPPLIES[kind]}" for kind in one.inputs)
    return f"f{number}({', '.join(given)})"


def _indented(lines: Iterable[str], depth: int) -> Iterator[str]:
    return (f"{'    ' * depth}{line}" for line in lines)


def _slowly(one: Signal, supplies: Supplies) -> Measured:
    """A signal element by element, where one of them asked for a list that is missing."""
    if one.element is None:
        return _asked(one, supplies, None)
    elements = getattr(supplies, _OF[one.element])
    return aggregated(one.aggregate or "any", [_asked(one, supplies, each) for each in elements])


def _asked(one: Signal, supplies: Supplies, element: object) -> Measured:
    given = [
        element if kind in ELEMENTS else getattr(supplies, SUPPLIES[kind]) for kind in one.inputs
    ]
    try:
        return one.function(*given)
    except MissingListError as missing:
        return Unknown(frozenset(missing.args))
