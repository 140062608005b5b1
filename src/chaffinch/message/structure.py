"""The shape of a message's MIME tree as short text, for comparing and counting."""

import re

from chaffinch.message.mime import Part

_MOST_PARTS = 100
_RUN = re.compile(r"[0-9]+|[A-Z]+|[a-z]+")


def structure(root: Part) -> str:
    """The tree as one line: the kinds of its parts, nested as they are.

    >>> from chaffinch.message.mime import split
    >>> structure(split(b"Content-Type: multipart/mixed; boundary=b\\n\\n"
    ...                 b"--b\\n\\nhi\\n--b\\nContent-Type: application/pdf\\n\\nx\\n--b--"))
    'mixed(plain,pdf)'
    """
    pieces: list[str] = []
    left = _MOST_PARTS
    stack: list[Part | str] = [root]
    while stack and left > 0:
        one = stack.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        left -= 1
        pieces.append(one.content_type.partition("/")[2])
        if one.children:
            between: list[Part | str] = ["("]
            for child in one.children:
                between += [child, ","]
            between[-1] = ")"
            stack.extend(reversed(between))
    return "".join(pieces) + ("…" if stack else "")


def boundary_shape(root: Part) -> str:
    """The outermost boundary with its letters and digits replaced by their kinds and numbers.

    Programs that send mail are known by how they make boundaries.

    >>> from chaffinch.message.mime import split
    >>> boundary_shape(split(b'Content-Type: multipart/mixed; boundary="----=_Part_17.5aF"\\n\\n'))
    '----=_Aa3_92.9aA'
    >>> boundary_shape(split(b"Subject: none\\n\\n"))
    ''
    """
    written = root.parameters.get("boundary", "")[:200]
    return _RUN.sub(_run_shape, written)


def _run_shape(run: re.Match[str]) -> str:
    """A run of letters of one kind, and how many there are where there are several."""
    text = run[0]
    kind = "9" if text[0].isdigit() else "A" if text[0].isupper() else "a"
    return kind if len(text) == 1 else f"{kind}{len(text)}"
