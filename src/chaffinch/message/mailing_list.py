"""The identity of the mailing list a message came through."""

import re

from chaffinch.message.domain import domain
from chaffinch.message.headers import Headers
from chaffinch.message.model import Value

_BRACKETED = re.compile(r"<([^<>]{1,255})>\s*+\Z")
_POST = re.compile(r"<mailto:[^<>@\s]{1,200}@([^<>?\s]{1,255})", re.IGNORECASE)


class ListIdentity(Value):
    """The mailing list a message came through (ours; the public model has none)."""

    id: str
    domain: str | None = None


def list_identity(headers: Headers) -> ListIdentity | None:
    """List-Id and the domain the list takes mail at; None where there is no List-Id.

    >>> from chaffinch.core.limits import Limits
    >>> from chaffinch.message.fields import header_block
    >>> block = header_block(b"List-Id: Plans <plans.lists.acme.example>\\n\\n", Limits())
    >>> list_identity(Headers(block=block)).domain
    'lists.acme.example'
    """
    written = headers.written("list-id")
    if not written or not written.strip():
        return None
    match = _BRACKETED.search(written[-300:])
    name = (match[1] if match else written.strip()[:255]).strip().lower()
    return ListIdentity(id=name, domain=_posting_host(headers) or _host_within(name))


def _posting_host(headers: Headers) -> str | None:
    match = _POST.search((headers.written("list-post") or "")[:1000])
    host = match[1] if match else ""
    if not host:
        been_there = headers.email("x-beenthere")
        return been_there.domain.domain if been_there else None
    found = domain(host)
    return found.domain if found.valid else None


def _host_within(name: str) -> str | None:
    found = domain(name.partition(".")[2])
    return found.domain if found.valid else None
