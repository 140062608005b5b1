"""Inbound, internal, outbound."""

import pytest

from chaffinch.core.limits import Limits
from chaffinch.core.tenant import Tenant
from chaffinch.message.address import email
from chaffinch.message.direction import direction
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers

ACME = Tenant(domains=("acme.example",))
FROM = b"From: jane@acme.example\n"
TRANSPORT = b"Received: from x ([198.51.100.7]) by mx.acme.example\n"
PROVEN = b"Authentication-Results: mx.acme.example; dkim=pass header.d=acme.example\n"
BOTH = PROVEN + TRANSPORT


def headers(data: bytes) -> Headers:
    return Headers(block=header_block(data + FROM + b"\n", Limits()))


@pytest.mark.parametrize(
    ("author", "recipients", "data", "expected"),
    [
        ("eve@evil.example", ["bob@acme.example"], b"", (True, False, False)),
        ("eve@evil.example", [], b"", (True, False, False)),
        ("nobody", ["bob@acme.example"], b"", (True, False, False)),
        ("jane@acme.example", ["bob@acme.example"], b"", (False, True, False)),
        ("jane@acme.example", ["bob@acme.example"], TRANSPORT, (True, False, False)),
        ("jane@acme.example", ["bob@acme.example"], PROVEN, (True, False, False)),
        ("jane@acme.example", ["bob@acme.example"], PROVEN + TRANSPORT, (False, True, False)),
        ("jane@mail.acme.example", ["x@other.example"], TRANSPORT, (False, False, True)),
        ("jane@acme.example", ["b@acme.example", "x@o.example"], BOTH, (False, True, True)),
    ],
)  # fmt: skip
def test_directions(
    author: str, recipients: list[str], data: bytes, expected: tuple[bool, bool, bool]
) -> None:
    named = [address for text in recipients if (address := email(text))]
    found = direction(email(author), named, headers(data), ACME).type
    assert (found.inbound, found.internal, found.outbound) == expected


def test_what_was_assumed_is_said() -> None:
    assert direction(email("eve@evil.example"), [], headers(b""), ACME).assumption
    jane, bob = email("jane@acme.example"), email("bob@acme.example")
    assert bob is not None
    assert "believed" in (direction(jane, [bob], headers(b""), ACME).assumption or "")
    assert direction(jane, [bob], headers(PROVEN + TRANSPORT), ACME).assumption is None
