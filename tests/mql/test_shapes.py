"""Fields and types are read off the classes of the message model."""

from typing import ClassVar

import pytest

from chaffinch.core.errors import DeclarationError
from chaffinch.message.body import Body
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Value
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.schema import Schema, member, members
from chaffinch.mql.shapes import ANY, BOOL, STRING, Kind, attributes, shape_of

PATHS = {
    "sender.email.domain.root_domain": "string",
    "headers.auth_summary.dmarc.pass": "bool",
    "headers.auth_summary.dmarc.details.from.domain": "string",
    "headers.hops": "[Hop]",
    "attachments": "[Attachment]",
    "body.links": "[Link]",
    "body.current_thread.text": "string",
    "body.html.raw": "string",
    "recipients.to": "[Recipient]",
    "subject.is_reply": "bool",
    "type.inbound": "bool",
    "mailbox.email.email": "string",
    "mailbox.first_name": "string",
    "body.ips": "[Ip]",
}


def test_paths_of_the_public_model_have_their_types() -> None:
    for path, written in PATHS.items():
        first, *rest = path.split(".")
        shape = Schema(Message).name(first)
        for name in rest:
            assert shape is not None, path
            shape = member(shape, name)
        assert str(shape) == written, path


def test_renamed_fields_and_properties_are_found_by_their_public_name() -> None:
    assert attributes(Message)["headers"] == "headers"
    assert "from" in members(Schema(Message).name("headers") or ANY)
    assert [name for name in attributes(Message) if name.startswith("_")] == ["_meta"]


def test_unions_maps_and_unknown_annotations() -> None:
    assert shape_of(bool | None) == BOOL
    assert shape_of(dict[str, tuple[str, ...]]).inner.inner == STRING
    assert shape_of(int | str) == ANY
    assert shape_of(object).kind is Kind.ANY


def test_every_answer_of_the_outside_world_has_a_known_shape() -> None:
    pending = [function.result for function in FUNCTIONS.values()]
    seen = set()
    while pending:
        shape = pending.pop()
        if shape in seen:
            continue
        seen.add(shape)
        pending += [shape.element] if shape.element is not None else []
        pending += [found for name in members(shape) if (found := member(shape, name))]
    assert len(seen) > 100


def test_rules_see_the_public_model_and_not_the_machinery() -> None:
    names = set(attributes(Message)) | set(attributes(Headers)) | set(attributes(Body))
    assert names.isdisjoint(
        {"raw", "data", "block", "hints", "limits", "tenant", "root", "fields", "boundary"}
    )
    assert {"sender", "hops", "auth_summary", "current_thread", "links", "subject"} <= names
    assert "subject" not in attributes(Body)


def test_hiding_what_is_not_there_is_an_error_of_ours() -> None:
    class Hasty(Value, frozen=True):
        hidden_from_rules: ClassVar[frozenset[str]] = frozenset(("sedner",))

    with pytest.raises(DeclarationError, match="sedner"):
        attributes(Hasty)
