"""Fields and types are read off the classes of the message model."""

from chaffinch.message.message import Message
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
    assert not any(name.startswith("_") for name in attributes(Message))


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
