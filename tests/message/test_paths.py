"""Every path of the public message data model, with its type, in the types of ours."""

import typing
from datetime import datetime
from pathlib import Path

import pytest

from chaffinch.message.message import Message
from chaffinch.mql.shapes import Kind, Shape, attributes, field_shape, shape_of

LINES = Path(__file__).with_name("paths.txt").read_text("utf-8").splitlines()
PATHS = [tuple(line.split(" ")) for line in LINES if not line.startswith("#")]
HEADER_TIMES = ("headers.date", "headers.hops[].received.time")


def shape_at(path: str) -> Shape | None:
    """The shape a path leads to; None where it leads nowhere."""
    shape = shape_of(Message)
    for step in path.replace("[]", ".[]").replace("{}", ".{}").split("."):
        if step in ("[]", "{}"):
            if shape.kind is not (Kind.ARRAY if step == "[]" else Kind.MAP):
                return None
            shape = shape.inner
            continue
        found = field_shape(shape.struct, step) if shape.struct is not None else None
        if found is None:
            return None
        shape = found
    return shape


def named(shape: Shape) -> str:
    """The shape in the words of the list."""
    if shape.kind is Kind.ARRAY:
        return f"[{named(shape.inner)}]"
    if shape.kind is Kind.MAP:
        return f"{{{named(shape.inner)}}}"
    return str(shape)


@pytest.mark.parametrize(("path", "kind"), PATHS)
def test_a_path_of_the_public_model_has_its_type(path: str, kind: str) -> None:
    shape = shape_at(path)
    assert shape is not None, f"{path} leads nowhere"
    found = named(shape)
    if kind == "time":
        assert path in HEADER_TIMES
    elif kind in ("Mailbox", "[Mailbox]"):
        assert {"display_name", "email"} <= set(
            attributes(shape.struct or shape.inner.struct or int)
        )
    else:
        assert found == kind


@pytest.mark.parametrize("path", HEADER_TIMES)
def test_a_time_is_a_time(path: str) -> None:
    before, _, last = path.rpartition(".")
    shape = shape_at(before)
    assert shape is not None
    assert shape.struct is not None
    member = getattr(shape.struct, last)
    getter = member.fget if isinstance(member, property) else member.func
    assert typing.get_type_hints(getter)["return"] == datetime | None


def test_what_is_ours_alone_is_hidden_from_rules() -> None:
    for path in (
        "headers.arc_sets", "headers.order_fingerprint", "headers.trusted_sealer",
        "headers.boundary", "headers.is_authenticated", "headers.hops[].results",
        "headers.hops[].block", "headers.hops[].received.stamp",
        "headers.hops[].authentication_results.arc", "list_identity", "defects", "raw",
    ):  # fmt: skip
        assert shape_at(path) is None, path
