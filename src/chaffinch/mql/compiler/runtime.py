"""What generated code calls: the rare cases of each operator, and the spending of steps.

``V`` is the run of one message: ``V[0]`` the message, ``V[1]`` the capabilities, ``V[2]`` the steps
left, ``V[3]`` answers already given, and from ``V[4]`` on the values of shared expressions.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from chaffinch.mql.compiler.pattern import Pattern
from chaffinch.mql.compiler.scanner import Scanner
from chaffinch.mql.compiler.steps import (
    ANSWERS,
    CAPABILITIES,
    STEPS,
    BudgetSpentError,
    Run,
    spend,
)
from chaffinch.mql.functions.declare import Function
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.functions.network import Networks, is_within, read_ranges
from chaffinch.mql.functions.pages import HtmlNodes
from chaffinch.mql.functions.patterns import encodable
from chaffinch.mql.operators import applied, field, indexed, is_among, is_listed, sliced
from chaffinch.mql.values import (
    Unknown,
    arithmetic,
    at_least,
    equal,
    fold,
    folded_entries,
    negation,
    ordered,
    settle,
    sorted_entries,
    union,
    unknown,
)

__all__ = [
    "NOTHING", "BudgetSpentError", "Pattern", "Ranges", "Unknown", "among", "answer",
    "arithmetic", "ask", "ask_named", "at_least", "both", "call", "chain", "concat", "contains",
    "elements", "encoded", "ends", "entries", "equal", "first", "fold", "folded", "found",
    "indexed", "inside", "joined", "listed", "long_text", "membership", "needles", "negation",
    "negative", "ordered", "over", "read", "settled", "slice_of", "some", "spend", "starts",
]  # fmt: skip

folded = folded_entries
NOTHING = HtmlNodes()
_MANY = 400  # entries of a list that are looked for all at once


def both(first: object, second: object) -> Unknown | None:
    """Two operands neither of which decides: what is unknown of them, or null."""
    if second.__class__ is not Unknown:
        return first if type(first) is Unknown else None
    if first.__class__ is not Unknown:
        return second if type(second) is Unknown else None
    return union((first, second))


def read(value: object, name: str) -> object:
    """A field of a value whose type is not known beforehand."""
    return field(value, name)


def entries(run: Run, name: str) -> object:
    """The entries of a reference list, or Unknown where nobody has it."""
    found = run[CAPABILITIES].reference_list(name)
    return unknown(f"${name}") if found is None else found


def among(run: Run, value: object, options: object, folded: bool) -> object:
    """Membership in options that are not written out."""
    return is_among(value, options, folded, lambda steps: spend(run, steps))


def listed(run: Run, value: object, name: str, options: object, folded: bool) -> object:
    """Membership in a reference list, which may be one that can only be asked."""
    ask = run[CAPABILITIES].is_listed
    return is_listed(value, name, options, folded, lambda steps: spend(run, steps), ask)


def inside(run: Run, entries: frozenset[str], text: str, folded: bool) -> bool:
    """Whether an entry of a reference list occurs in a text."""
    spend(run, 1 + (len(entries) >> 5) + (len(text) >> 10))
    return _search_for(folded_entries(entries) if folded else entries)(text)


@lru_cache(maxsize=64)
def _search_for(entries: frozenset[str]) -> Callable[[str], bool]:
    """What says whether one of many texts occurs in a text."""
    if len(entries) < _MANY or "" in entries:
        ordered_entries = sorted_entries(entries)
        return lambda text: any(entry in text for entry in ordered_entries)
    numbers = {entry: (0,) for entry in sorted_entries(entries)}
    return Scanner(numbers, {}).has_any


def membership(run: Run, value: object, options: Iterable[object], folded: bool) -> object:
    """Membership in options that are written out."""
    if value is None:
        return None
    found = settle((equal(value, option, folded=folded) for option in options), True)
    return union((value,)) or False if found is False else found


def negative(value: object) -> object:
    """A number with its sign changed."""
    return arithmetic("-", 0, value)


def slice_of(run: Run, value: object, first: object, last: object) -> object:
    """A part of an array or string; an open bound is ``...``."""
    return sliced(value, first, last, lambda steps: spend(run, steps))


def elements(items: object) -> object:
    """The elements a loop goes through, those of a reference list in their order."""
    return sorted_entries(items) if isinstance(items, frozenset) else items


def first(items: object) -> object:
    """The first element of an array, or null; a reference list has none."""
    return items[0] if items and isinstance(items, tuple | list) else None


def some(parts: tuple[str, ...], text: str) -> bool:
    """Whether one of the parts occurs in a text."""
    return any(part in text for part in parts)


def settled(*values: object) -> Unknown | None:
    """What operands come to of which none decides and one is null or unknown."""
    found: Unknown | None = None
    for value in values:
        if type(value) is Unknown:
            found = value if found is None else union((found, value))
    return found


def concat(run: Run, *parts: str) -> str:
    """Texts one after the other."""
    made = "".join(parts)
    if len(made) >= 1024:
        spend(run, len(made) >> 10)
    return made


def joined(run: Run, *parts: object) -> object:
    """Texts one after the other, of which one may be null or unknown."""
    if None in parts:
        return None
    missing = settled(*parts)
    return concat(run, *map(str, parts)) if missing is None else missing


def chain(operators: tuple[str, ...], terms: tuple[object, ...]) -> object:
    """Whether all neighbours are in order; null with a null term."""
    if None in terms:
        return None
    pairs = zip(operators, terms, terms[1:], strict=False)
    return union(terms) or settle((ordered(*pair) for pair in pairs), False)


def over(
    run: Run, function: Function, items: object, each: Callable[[object], object] | None = None
) -> object:
    """A loop whose value is no simple one: ``distinct``, ``sum``, ``ratio``."""
    items = elements(items)
    if type(items) is Unknown:
        return items
    if items is not None and not isinstance(items, tuple | list):
        return None
    assert function.body is not None
    if function.steps is not None and items is not None:
        spend(run, function.steps(items))
    if each is None:
        return function.body(items)
    spend(run, 0 if items is None else len(items))
    return function.body(items, each)


def needles(run: Run, function: Function, source: object, values: Iterable[object]) -> object:
    """A predicate true as soon as one needle is found in the source; nulls find nothing."""
    if not isinstance(source, str | Unknown):
        return None
    assert function.body is not None
    seen: list[object] = []
    for needle in values:
        if isinstance(source, str) and isinstance(needle, str):
            spend(run, 1 + (len(source) * max(1, len(needle) >> 11) >> 10))
            if function.body(source, needle) is not None:
                return True
            seen.append(False)
        elif isinstance(needle, str | Unknown):
            seen.append(union((source, needle)))
    return settle(seen, True) if seen else None


def contains(run: Run, source: object, values: Iterable[object]) -> object:
    """Whether one of some needles occurs in a text, both without case where that is asked."""
    return _one_of(run, _IN, source, values)


def starts(run: Run, source: object, values: Iterable[object]) -> object:
    """Whether a text starts with one of some needles."""
    return _one_of(run, str.startswith, source, values)


def ends(run: Run, source: object, values: Iterable[object]) -> object:
    """Whether a text ends with one of some needles."""
    return _one_of(run, str.endswith, source, values)


def _one_of(
    run: Run, test: Callable[[str, str], bool], source: object, values: Iterable[object]
) -> object:
    if source.__class__ is not str:
        return needles_of_unknown(source, values)
    assert isinstance(source, str)
    run[STEPS] -= 1 + (len(source) >> 10)
    if run[STEPS] < 0:
        raise BudgetSpentError
    found: object = None
    for needle in values:
        if needle.__class__ is str:
            if test(source, needle):
                return True
            if found is None:
                found = False
        elif needle is not None:
            found = both(found, needle)
    return found


_IN: Callable[[str, str], bool] = str.__contains__


def needles_of_unknown(source: object, values: Iterable[object]) -> object:
    """A predicate on a text that is null or unknown."""
    if type(source) is not Unknown:
        return None
    found = [union((source, one)) for one in values if isinstance(one, str | Unknown)]
    return union(found)


def call(
    run: Run, function: Function, arguments: tuple[object, ...], /, **keywords: object
) -> object:
    """A function of plain values; null and unknown arguments as it declares."""
    return applied(
        function,
        arguments,
        keywords,
        lambda steps: spend(run, steps),
        lambda *asked: answer(run, *asked),
    )


def ask(run: Run, name: str, *arguments: object) -> object:
    """The capabilities' answer to a question without keywords, asked once for a message."""
    key = (name, *[one if one.__class__ is str else id(one) for one in arguments])
    given = run[ANSWERS].get(key)
    if given is None:
        given = (run[CAPABILITIES].call(name, arguments, {}), arguments)
        run[ANSWERS][key] = given  # the arguments are kept, so that their identity stays theirs
    return given[0]


def answer(
    run: Run, name: str, arguments: tuple[object, ...], keywords: dict[str, object]
) -> object:
    """The capabilities' answer; asked once for the same arguments of the same message."""
    if not keywords:
        return ask(run, name, *arguments)
    names = tuple(sorted(keywords))
    return ask_named(run, name, names, *arguments, *[keywords[one] for one in names])


def ask_named(run: Run, name: str, names: tuple[str, ...], *values: object) -> object:
    """The answer to a question the last arguments of which have names."""
    key = (name, names, *[one if one.__class__ is str else _same(one) for one in values])
    given = run[ANSWERS].get(key)
    if given is None:
        count = len(values) - len(names)
        keywords = dict(zip(names, values[count:], strict=True))
        given = (run[CAPABILITIES].call(name, values[:count], keywords), values)
        run[ANSWERS][key] = given
    return given[0]


def _same(value: object) -> object:
    """What two arguments share when a question about them is the same question."""
    return (type(value).__name__, value) if isinstance(value, int | float) else id(value)


def encoded(text: str) -> bytes:
    """A text as UTF-8, lone surrogates replaced."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return encodable(text).encode()


def long_text(run: Run, text: str, parts: tuple[str, ...]) -> bool:
    """Whether one of the parts occurs in a text long enough to cost steps."""
    spend(run, len(parts) * (len(text) >> 10))
    return any(part in text for part in parts)


class Ranges:
    """Ranges of addresses, read when first asked for."""

    __slots__ = ("_networks", "_ranges")

    def __init__(self, ranges: tuple[str, ...]) -> None:
        self._ranges = ranges
        self._networks: dict[int, Networks] | None = None

    def __call__(self, run: Run, ip: object) -> object:
        """Whether an address lies in one of them; null where it is no address."""
        if ip is None or type(ip) is Unknown:
            return ip
        if self._networks is None:
            self._networks = read_ranges(self._ranges)
        return is_within(ip, self._networks)


def found(name: str) -> Function:
    """The function of a name."""
    return FUNCTIONS[name]
