"""How a function enters the language: a decorator reads its parameters off the signature."""

import inspect
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from chaffinch.core.errors import DeclarationError
from chaffinch.mql.shapes import BOOL, Shape, shape_of

Span = tuple[int, int]
Body = typing.TypeVar("Body", bound=Callable[..., object])


class Nulls(StrEnum):
    """What a null or unknown argument does to the result."""

    STRICT = "strict"  # any null makes the result null, otherwise any unknown makes it unknown
    NEEDLES = "needles"  # the source is strict; of the needles one true decides, nulls are skipped
    OWN = "own"  # the function is given nulls and unknowns and says itself


class Source(StrEnum):
    """Where a function's answer comes from."""

    PURE = "pure"  # from its arguments alone
    STATE = "state"  # from what is remembered
    HEAVY = "heavy"  # from tools that unpack, render or read images
    MODEL = "model"
    NETWORK = "network"


class Parameter(msgspec.Struct, frozen=True):
    """One parameter: its name, shape, and whether it may be left out."""

    name: str
    shape: Shape
    optional: bool = False


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """One function of the language."""

    name: str
    parameters: tuple[Parameter, ...]
    rest: Parameter | None
    keywords: tuple[Parameter, ...]
    result: Shape
    source: Source
    body: Callable[..., object] | None
    answer: object = None  # the type of what ``outside`` functions answer, null aside
    nulls: Nulls = Nulls.STRICT
    shaped: Callable[[tuple[Shape, ...]], Shape] | None = None
    per_element: bool = False
    predicate: bool = False  # what is evaluated per element must be bool
    patterns: bool = False  # everything after the source is a regular expression
    steps: Callable[..., int] | None = None

    @property
    def at_least(self) -> int:
        """The fewest positional arguments."""
        return sum(not parameter.optional for parameter in self.parameters)

    @property
    def at_most(self) -> int | None:
        """The most positional arguments, or None where there is no end."""
        return None if self.rest is not None else len(self.parameters)

    @property
    def words(self) -> frozenset[str]:
        """The names of its keywords."""
        return frozenset(keyword.name for keyword in self.keywords)

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many positional arguments."""
        most = self.at_most
        return count >= self.at_least and (most is None or count <= most)


FUNCTIONS: dict[str, Function] = {}


def function(
    *names: str,
    nulls: Nulls = Nulls.STRICT,
    shaped: Callable[[tuple[Shape, ...]], Shape] | None = None,
    per_element: bool = False,
    predicate: bool = False,
    patterns: bool = False,
    steps: Callable[..., int] | None = None,
) -> Callable[[Body], Body]:
    """Declare a pure function under its name and older names.

    A parameter after ``*`` is a keyword of the language; ``*rest`` takes any number. The second
    argument of a ``per_element`` function evaluates an expression on an element. A ``NEEDLES``
    function returns the span one needle occupies, or None; to a rule it is true or false.
    """

    def declared(body: Body) -> Body:
        for name in names:
            made = _read(name, body)
            _register(
                msgspec.structs.replace(
                    made,
                    nulls=nulls,
                    shaped=shaped,
                    per_element=per_element,
                    predicate=predicate,
                    patterns=patterns,
                    steps=steps,
                    result=BOOL if nulls is Nulls.NEEDLES else made.result,
                )
            )
        return body

    return declared


def outside(
    name: str,
    source: Source,
    result: object,
    *,
    keywords: Mapping[str, object] | None = None,
    **parameters: object,
) -> None:
    """Declare a function that the caller's capabilities answer: types by parameter name."""
    _register(
        Function(
            name=name,
            parameters=tuple(Parameter(key, shape_of(kind)) for key, kind in parameters.items()),
            rest=None,
            keywords=tuple(
                Parameter(key, shape_of(kind), True) for key, kind in (keywords or {}).items()
            ),
            result=shape_of(result),
            source=source,
            body=None,
            answer=result,
        )
    )


def _register(made: Function) -> None:
    """Add a function under a name nobody has taken."""
    if made.name in FUNCTIONS:
        raise DeclarationError(f"the function {made.name} is declared twice")
    FUNCTIONS[made.name] = made


def _read(name: str, body: Callable[..., object]) -> Function:
    """What a signature says about a function."""
    hints = typing.get_type_hints(body)
    positional: list[Parameter] = []
    keywords: list[Parameter] = []
    rest: Parameter | None = None
    for parameter in inspect.signature(body).parameters.values():
        made = Parameter(
            parameter.name,
            shape_of(hints.get(parameter.name, object)),
            parameter.default is not parameter.empty,
        )
        if parameter.kind is parameter.VAR_POSITIONAL:
            rest = made
        elif parameter.kind is parameter.KEYWORD_ONLY:
            keywords.append(made)
        else:
            positional.append(made)
    return Function(
        name=name,
        parameters=tuple(positional),
        rest=rest,
        keywords=tuple(keywords),
        result=shape_of(hints.get("return", object)),
        source=Source.PURE,
        body=body,
    )
