"""What field order and labels say."""

import pytest

from chaffinch.message.parse import parse
from chaffinch.message.program import sensitivity_label

LABEL = "MSIP_Label_01234567-0123-0123-0123-0123456789AB"


def test_the_order_of_what_a_program_writes_is_a_stable_value() -> None:
    own = b"From: a@x.example\nTo: b@acme.example\nSubject: x\nDate: y\n\n"
    plain = parse(own).headers.order_fingerprint
    travelled = parse(b"Received: by mx.acme.example\nX-Spam: no\n" + own)
    assert travelled.headers.order_fingerprint == plain
    turned = parse(b"To: b@acme.example\nFrom: a@x.example\nSubject: x\nDate: y\n\n")
    assert turned.headers.order_fingerprint != plain
    assert parse(own.replace(b"Subject", b"SUBJECT")).headers.order_fingerprint != plain


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (f"{LABEL}_Enabled=true; {LABEL}_Name=Top Secret; {LABEL}_Method=Privileged", "Top Secret"),
        (f"{LABEL}_Enabled=True", "01234567-0123-0123-0123-0123456789ab"),
        ("nonsense", None),
        ("", None),
    ],
)
def test_a_sensitivity_label_has_a_name_or_an_id(written: str, label: str | None) -> None:
    assert sensitivity_label(written) == label


def test_the_account_of_a_shared_server_is_read() -> None:
    raw = b"X-SecureServer-Acct: shop7\nX-Client-IP: 192.0.2.4\n\n"
    found = parse(raw).headers
    assert found.x_secure_server_account == "shop7"
    assert found.x_client_ip is not None
    assert found.x_client_ip.ip == "192.0.2.4"
