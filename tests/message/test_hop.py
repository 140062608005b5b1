"""The header block cut into hops."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.fields import HeaderBlock, header_block
from chaffinch.message.hop import hops

BLOCK = (
    b"Return-Path: <eve@evil.example>\n"
    b"Received: from b by a\n"
    b"Authentication-Results: a; spf=pass\n"
    b"Authentication-Results: a; dmarc=fail\n"
    b"X-Received: by b\n"
    b"Received-SPF: fail\n"
    b"DKIM-Signature: d=evil.example; h=from\n"
    b"Subject: x\n\n"
)


def test_hop_zero_is_the_senders_side() -> None:
    found = hops(header_block(BLOCK, Limits()))
    assert [hop.index for hop in found] == [0, 1]
    assert [field.name for field in found[0].fields] == [
        "X-Received",
        "Received-SPF",
        "DKIM-Signature",
        "Subject",
    ]
    assert [field.position for field in found[0].fields] == [3, 2, 1, 0]
    assert found[1].fields[0].name == "Return-Path"


def test_each_hop_holds_what_its_server_said() -> None:
    first, second = hops(header_block(BLOCK, Limits()))
    assert first.signature is not None
    assert first.signature.domain == "evil.example"
    assert first.received_spf is not None
    assert first.received_spf.verdict == "fail"
    assert second.authentication_results is not None
    assert second.authentication_results.spf == "pass"
    assert second.authentication_results.dmarc == "fail"


def test_mail_without_received_is_one_hop() -> None:
    (only,) = hops(header_block(b"Subject: x\n\n", Limits()))
    assert only.received is None
    assert hops(HeaderBlock()) == ()


@given(
    st.lists(st.sampled_from([b"Received: by x", b"Subject: y", b"X-Received: by z"]), max_size=12)
)
@settings(max_examples=60, deadline=None)
def test_every_field_is_in_exactly_one_hop(lines: list[bytes]) -> None:
    block = header_block(b"\n".join(lines) + b"\n\n", Limits())
    found = hops(block)
    top_first = [field.name for hop in reversed(found) for field in hop.fields]
    assert top_first == list(block.names)
    assert [hop.index for hop in found] == list(range(len(found)))
    received = [line for line in lines if line != b"Subject: y"]
    assert len(found) == max(len(received), 1 if lines else 0)
    assert [hop.received is not None for hop in found] == [bool(received)] * len(found)
