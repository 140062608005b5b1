"""Mailing lists and their names."""

import pytest

from chaffinch.core.limits import Limits
from chaffinch.message.fields import header_block
from chaffinch.message.headers import Headers
from chaffinch.message.mailing_list import ListIdentity, list_identity


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"List-Id: Plans <P.L.Acme.example>\n", ("p.l.acme.example", "l.acme.example")),
        (b"List-Id: plans.acme.example\n", ("plans.acme.example", "acme.example")),
        (b"List-Id: <a.x.local>\nList-Post: <mailto:a@b.example>", ("a.x.local", "b.example")),
        (b"List-Id: <a.x.local>\nX-BeenThere: a@acme.example\n", ("a.x.local", "acme.example")),
        (b"List-Id: <track7.x.local>\n", ("track7.x.local", None)),
    ],
)  # fmt: skip
def test_a_list_is_its_id_and_the_domain_it_takes_mail_at(
    data: bytes, expected: tuple[str, str | None]
) -> None:
    headers = Headers(block=header_block(data + b"\n\n", Limits()))
    assert list_identity(headers) == ListIdentity(id=expected[0], domain=expected[1])


@pytest.mark.parametrize("data", [b"Subject: x\n", b"List-Id:\n"])
def test_no_list_id_is_no_list(data: bytes) -> None:
    assert list_identity(Headers(block=header_block(data + b"\n\n", Limits()))) is None
