"""Encoded words (RFC 2047) as mail really writes them: broken, glued, cut through a letter."""

import re
from binascii import a2b_qp

from chaffinch.message.charset import decode
from chaffinch.message.transfer import base64_bytes

# The content runs to `?=`; where that is missing, to the next word or white space.
_WORD = re.compile(
    r"=\?([^\s?=*]{1,64})(?:\*[^\s?]{0,32})?\?([bBqQ])\?"
    r"(?:((?>(?:[^?=]++|\?(?!=)|=(?!\?(?!=)))*))\?=|((?>(?:[^\s?=]++|\?(?!=)|=(?!\?))*)))"
)


def decode_words(value: str) -> str:
    """The header text with its encoded words decoded; text without any is returned as it is.

    >>> decode_words("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IGF1cw==?= Acme")
    'Grüße aus Acme'
    >>> decode_words("=?utf-8?B?4oKs4oI=?==?utf-8?B?rA==?="), decode_words("plain =?")
    ('€€', 'plain =?')
    """
    if "=?" not in value:
        return value
    pieces: list[str] = []
    pending: list[bytes] = []
    charset = ""
    end = 0
    for word in _WORD.finditer(value):
        gap = value[end : word.start()]
        is_adjacent = bool(pending) and (not gap or gap.isspace())
        if pending and not (is_adjacent and word[1].lower() == charset):
            pieces.append(decode(b"".join(pending), charset)[0])
            pending = []
        if not is_adjacent:
            pieces.append(gap)
        charset = word[1].lower()
        pending.append(_word_bytes(word[2], word[3] if word[3] is not None else word[4]))
        end = word.end()
    if pending:
        pieces.append(decode(b"".join(pending), charset)[0])
    pieces.append(value[end:])
    return "".join(pieces)


def _word_bytes(encoding: str, content: str) -> bytes:
    data = content.encode("utf-8", "surrogateescape")
    if encoding in "bB":
        return base64_bytes(data.partition(b"=")[0])
    return a2b_qp(data, header=True)
