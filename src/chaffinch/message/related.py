"""Which attachments an HTML body shows inside itself, by their Content-ID."""

from collections.abc import Sequence
from html import unescape
from urllib.parse import unquote

import re2

from chaffinch.message.model import Attachment

_MOST_IDS = 2_000
_REFERENCE = re2.compile(r"(?i)\bcid:([^\s\"'<>)]{1,250})")


def referenced_ids(html: str) -> frozenset[str]:
    """The Content-IDs an HTML source refers to.

    >>> sorted(referenced_ids('<img src="cid:a@b"> <td style="background:url(CID:c%40d)">'))
    ['a@b', 'c@d']
    """
    found: set[str] = set()
    for match in _REFERENCE.finditer(html):
        found.add(unquote(unescape(match[1])))
        if len(found) >= _MOST_IDS:
            break
    return frozenset(found)


def shown_inline(attachments: Sequence[Attachment], html: str) -> tuple[Attachment, ...]:
    """The attachments an HTML source shows in their places.

    >>> shown_inline([Attachment(content_id="a@b"), Attachment()], '<img src="cid:a@b">')[0].size
    0
    """
    if not any(one.content_id for one in attachments):
        return ()
    ids = referenced_ids(html)
    return tuple(one for one in attachments if one.content_id in ids)
