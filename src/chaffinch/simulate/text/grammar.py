"""Small text grammars: ``[a|b|c]`` is a choice, may be nested, and ``{slot}`` is filled in."""

import re
from functools import lru_cache
from random import Random

_NOTHING = "\0"  # what an empty alternative leaves, until the blank beside it is gone too
_BESIDE = re.compile(r"(?:^|(?<=\n))\0[\0 ]*| *\0+(?=[ \n]|[.,](?:[ \n]|$)|$)|\0+")


class Choice(tuple[tuple[object, ...], ...]):
    """Alternatives, each a sequence of literal texts and further choices."""

    __slots__ = ()


def say(rng: Random, template: str, **slots: object) -> str:
    """One sentence of the grammar, with its slots filled; slot values are never expanded.

    An alternative may be nothing; the blank beside it is left out too.

    >>> say(Random(1), "Hello {name}", name="[x|y]")
    'Hello [x|y]'
    >>> say(Random(1), "It is open [|] and free [|]. [|]")
    'It is open and free.'
    >>> say(Random(1), "[Hi|Hello] there") in {"Hi there", "Hello there"}
    True
    """
    text = _pick(rng, _parsed(template))
    text = _BESIDE.sub("", text) if _NOTHING in text else text
    return text.format_map(slots) if slots else text


@lru_cache(maxsize=4096)
def _parsed(template: str) -> tuple[object, ...]:
    sequence, end = _sequence(template, 0, "]")
    if end != len(template):
        raise ValueError(f"unbalanced bracket at {end} in {template!r}")
    return sequence


def _sequence(text: str, start: int, stops: str) -> tuple[tuple[object, ...], int]:
    nodes: list[object] = []
    at = mark = start
    while at < len(text) and text[at] not in stops:
        if text[at] == "[":
            nodes.append(text[mark:at])
            choice, at = _choice(text, at + 1)
            nodes.append(choice)
            mark = at
        else:
            at += 1
    nodes.append(text[mark:at])
    return tuple(nodes), at


def _choice(text: str, start: int) -> tuple[Choice, int]:
    options: list[tuple[object, ...]] = []
    at = start
    while True:
        option, at = _sequence(text, at, "|]")
        options.append(option)
        if at >= len(text):
            raise ValueError(f"choice at {start} is not closed in {text!r}")
        at += 1
        if text[at - 1] == "]":
            return Choice(options), at


def _pick(rng: Random, sequence: tuple[object, ...]) -> str:
    return "".join(
        _pick(rng, rng.choice(node)) or _NOTHING if isinstance(node, Choice) else str(node)
        for node in sequence
    )
