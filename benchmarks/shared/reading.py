"""Straight-line code that reads a list of model paths off a message, as a compiled rule would."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from chaffinch.message.message import Message
from chaffinch.mql.shapes import Kind, Shape, attributes, field_absence, field_shape, shape_of

PATHS = Path(__file__).with_name("feed_paths.txt")
ELSEWHERE = ("triage.",)  # what an automation knows of a message, not what the message holds

Tree: TypeAlias = dict[str, "Tree"]


class Reading(msgspec.Struct, frozen=True):
    """The code, and how many paths it reads; those the model does not have are named."""

    read: Callable[[Message], None]
    paths_count: int
    missing: tuple[str, ...]


def feed_reading() -> Reading:
    """Reads every path of ``feed_paths.txt``."""
    lines = PATHS.read_text("utf-8").splitlines()
    return compiled([one for one in lines if one and not one.startswith(("#", *ELSEWHERE))])


def compiled(paths: Sequence[str]) -> Reading:
    """Code that loads each path, of every element where the path goes through an array or map."""
    tree: Tree = {}
    missing = [path for path in paths if not _exists(shape_of(Message), _steps(path))]
    for path in paths:
        node = tree
        for step in _steps(path) if path not in missing else ():
            node = node.setdefault(step, {})
    lines = ["def read(message):", *_code("message", shape_of(Message), tree, 1)]
    names: dict[str, Callable[[Message], None]] = {}
    exec("\n".join(lines), names)
    return Reading(names["read"], len(paths) - len(missing), tuple(missing))


def _steps(path: str) -> list[str]:
    """Field names, ``[]`` for the elements of an array, ``{}`` for the values of a map."""
    return path.replace("[]", ".[]").replace("{}", ".{}").split(".")


def _exists(shape: Shape, steps: Sequence[str]) -> bool:
    for step in steps:
        found = _below(shape, step)
        if found is None:
            return False
        shape = found
    return True


def _below(shape: Shape, step: str) -> Shape | None:
    """The shape a step leads to."""
    if step in ("[]", "{}"):
        return shape.inner if shape.kind in (Kind.ARRAY, Kind.MAP) else None
    return field_shape(shape.struct, step) if shape.struct is not None else None


def _code(value: str, shape: Shape, tree: Tree, depth: int) -> Iterator[str]:
    """The lines that read a tree of paths below a value, which is not None."""
    indent = "    " * depth
    for step, children in tree.items():
        inner = f"{value}_{len(value)}{depth}"
        below = _below(shape, step)
        assert below is not None
        if step in ("[]", "{}"):
            yield f"{indent}for {inner} in {value}{'.values()' if step == '{}' else ''}:"
            yield from (
                _code(inner, below, children, depth + 1) if children else [f"{indent}    pass"]
            )
            continue
        assert shape.struct is not None
        load = f"{value}.{attributes(shape.struct)[step]}"
        if not children:
            yield f"{indent}{load}"
        elif field_absence(shape.struct, step).null:
            yield f"{indent}if ({inner} := {load}) is not None:"
            yield from _code(inner, below, children, depth + 1)
        else:
            yield f"{indent}{inner} = {load}"
            yield from _code(inner, below, children, depth)
