"""How a signal is declared: the signature says what it needs, the file says what it is called.

A function ``is_free_provider`` in ``signals/sender/domain.py`` is the signal
``sender.domain.is_free_provider``. Its parameters are supplied by type; its return type is its
type; the first line of its docstring is its entry in the catalogue. Where it may return None, a
paragraph "Unknown where …" or "Unknown without …" says when. A parameter of type
:class:`Link`, :class:`Recipient` or :class:`Attachment` makes it a signal of each such element,
and ``aggregate`` says how the elements' values become the message's.
"""

import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cache

import msgspec

from chaffinch import signals as signals_package
from chaffinch.core.errors import DeclarationError
from chaffinch.signals.aggregates import Scalar
from chaffinch.signals.supplies import ELEMENTS, HISTORY, SUPPLIES

Aggregate = typing.Literal["any", "max", "min", "count"]

LEVELS = ("message", "sender", "recipient", "link", "attachment")
SUPPLIED: frozenset[type] = frozenset(SUPPLIES) | frozenset(ELEMENTS)
_COMBINED: Mapping[Aggregate, tuple[type, ...]] = {
    "any": (bool,),
    "count": (bool, int),
    "max": (int, float),
    "min": (int, float),
}
_SUFFIXES = ("_count", "_days", "_ratio", "_bytes", "_hours", "_characters")
_PREFIXES = ("days_since_",)
_UNKNOWN = "Unknown "
_NOT_LEARNED = "before three days and fifty messages are learned"
_NO_ELEMENT: Mapping[str, str] = {
    "link": "without a link",
    "recipient": "without a recipient",
    "attachment": "without an attachment",
    "pair": "without a sender and a recipient",
    "host": "without a link to a host",
}


class Signal(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a signal without running it."""

    name: str
    level: str
    kind: str  # bool, int, float or str
    element_kind: str  # the same of one element
    description: str
    unknown: str  # when the function returns None: "without a From address", or nothing
    inputs: tuple[type, ...]
    element: str | None  # link, recipient, attachment, pair or host, where measured per element
    aggregate: Aggregate | None
    function: Callable[..., Scalar]

    @property
    def unit(self) -> str:
        """The unit the name ends in; empty for truth values and texts."""
        last = self.name.rpartition(".")[2]
        if last.startswith("days_since_"):
            return "days"
        return last.rpartition("_")[2] if last.endswith(_SUFFIXES) else ""

    @property
    def missing(self) -> str:
        """When there is no value, in words that follow "unknown"; empty where there always is."""
        has_history = (_NOT_LEARNED,) if self.needs_history else ()
        is_extreme = self.element is not None and self.aggregate in ("max", "min")
        has_elements = (_NO_ELEMENT[self.element or ""],) if is_extreme else ()
        is_counted = self.aggregate == "count"  # an element of unknown value counts as none
        told = (self.unknown,) if self.unknown and not is_counted else ()
        return "; ".join((*told, *has_elements, *has_history))

    @property
    def needs_history(self) -> bool:
        """Whether it is unknown until the organisation's mail is known a little."""
        return any(one in HISTORY for one in self.inputs)


_declared: dict[str, Signal] = {}


F = typing.TypeVar("F", bound=Callable[..., Scalar])


@typing.overload
def signal(function: F) -> F: ...
@typing.overload
def signal(*, aggregate: Aggregate) -> Callable[[F], F]: ...
def signal(function: F | None = None, *, aggregate: Aggregate | None = None) -> object:
    """Declare a function as a signal.

    Raises:
        DeclarationError: at import, for a wrong folder, name, parameter or return type.
    """
    if function is None:
        return lambda declared: _declare(declared, aggregate)
    return _declare(function, aggregate)


def _declare(function: F, aggregate: Aggregate | None) -> F:
    declared = describe(function, aggregate)
    _declared[declared.name] = declared
    return function


def describe(function: Callable[..., Scalar], aggregate: Aggregate | None) -> Signal:
    """What a function's signature, docstring and file say of the signal it is.

    Raises:
        DeclarationError: it breaks the contract; the text says what to mend.
    """
    package, _, address = function.__module__.partition(".signals.")
    level = address.partition(".")[0]
    name = f"{address}.{function.__name__}"
    if not package or level not in LEVELS:
        raise DeclarationError(
            f"{name}: a signal lives in signals/<{'|'.join(LEVELS)}>/<family>.py"
        )
    hints = typing.get_type_hints(function)
    result = hints.pop("return", None)
    returned = _scalar(name, result)
    inputs = tuple(hints.values())
    for parameter, wanted in hints.items():
        if wanted not in SUPPLIED:
            raise DeclarationError(f"{name}: nothing supplies parameter `{parameter}`: {wanted}")
    _check_name(name, returned)
    elements = {ELEMENTS[one] for one in inputs if one in ELEMENTS}
    if len(elements) > 1:
        raise DeclarationError(f"{name}: measured per {' and per '.join(sorted(elements))} at once")
    element = next(iter(elements), None)
    return Signal(
        name=name,
        level=level,
        kind=returned.__name__ if aggregate != "count" else "int",
        element_kind=returned.__name__,
        description=_first_line(name, function),
        unknown=_unknown(name, function, types.NoneType in typing.get_args(result)),
        inputs=inputs,
        element=element,
        aggregate=_aggregate(name, element, aggregate, returned),
        function=function,
    )


def _scalar(name: str, hint: object) -> type:
    is_union = typing.get_origin(hint) in (types.UnionType, typing.Union)
    kinds = set(typing.get_args(hint)) - {types.NoneType} if is_union else {hint}
    kind = next(iter(kinds)) if len(kinds) == 1 else None
    if kind in (bool, int, float, str):
        return typing.cast("type", kind)
    raise DeclarationError(
        f"{name}: a signal returns bool, int, float or str (or None), not {hint}"
    )


def _check_name(name: str, returned: type) -> None:
    last = name.rpartition(".")[2]
    numeric = last.endswith(_SUFFIXES) or last.startswith(_PREFIXES)
    if returned in (int, float) and not numeric:
        raise DeclarationError(f"{name}: a number's name ends in its unit ({', '.join(_SUFFIXES)})")
    if returned is bool and numeric:
        raise DeclarationError(f"{name}: a truth value's name reads as a sentence")


def _aggregate(
    name: str, element: str | None, aggregate: Aggregate | None, returned: type
) -> Aggregate | None:
    if element is None and aggregate is not None:
        raise DeclarationError(f"{name}: an aggregate needs a link, recipient or attachment")
    if element is None:
        return None
    if returned is str:
        raise DeclarationError(f"{name}: texts of elements have no aggregate")
    chosen = aggregate or ("any" if returned is bool else "max")
    if returned not in _COMBINED[chosen]:
        raise DeclarationError(f"{name}: {chosen} of {returned.__name__} values says nothing")
    return chosen


def _first_line(name: str, function: Callable[..., Scalar]) -> str:
    line = (inspect.getdoc(function) or "").partition("\n")[0].strip()
    if not line.endswith("."):
        raise DeclarationError(
            f"{name}: the docstring's first line says what is measured, with a full stop"
        )
    return line


def _unknown(name: str, function: Callable[..., Scalar], may_be_none: bool) -> str:
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")[1:]
    told = [" ".join(one.split()) for one in paragraphs if one.startswith(_UNKNOWN)]
    if len(told) != int(may_be_none) or not all(one.endswith(".") for one in told):
        raise DeclarationError(
            f"{name}: where None may be returned, and only there, one paragraph of the docstring "
            'begins with "Unknown", says when, and ends with a full stop'
        )
    return told[0].removeprefix(_UNKNOWN).rstrip(".") if told else ""


@cache
def catalogue() -> Mapping[str, Signal]:
    """Every signal by name; importing the families is what declares them."""
    for module in _modules(signals_package.__path__, signals_package.__name__):
        importlib.import_module(module)
    return dict(sorted(_declared.items()))


def _modules(path: Iterable[str], package: str) -> Iterable[str]:
    for level in LEVELS:
        folder = [f"{one}/{level}" for one in path]
        for found in pkgutil.iter_modules(folder, f"{package}.{level}."):
            yield found.name
