"""Rule source → tokens, in one linear pass."""

import re
from typing import NamedTuple

from chaffinch.core.errors import RuleError

SOURCE_CHARACTERS = 1_000_000
KEYWORDS = frozenset({"and", "or", "not", "in", "is", "of", "true", "false", "null"})


class Token(NamedTuple):
    """One token: its kind (operators and keywords are their own kind), text and place."""

    kind: str
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""(?P<space>(?>(?:[ \t\r\n]++|//[^\n]*+)+))
      | (?P<fold>in~)
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*+)
      | (?P<number>[0-9]++(?>(?:\.[0-9]++)?))
      | (?P<string>"(?>(?:[^"\\\n\r\t\0\ud800-\udfff]|\\[^\n\r\0])*)"?+)
      | (?P<raw>'(?>(?:[^'\n\r\0\ud800-\udfff]|'')*)'?+)
      | (?P<list>\$[A-Za-z_][A-Za-z0-9_]*+(?>(?:\.[A-Za-z0-9_]++)*))
      | (?P<dots>\.++)
      | (?P<operator>==|!=|=~|!~|<=|>=|[<>+\-*/%()\[\],:=])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{2,8})\}|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"r": "\r", "n": "\n", "t": "\t", "'": "'", '"': '"', "\\": "\\"}


def tokens(source: str) -> list[Token]:
    """All tokens of a source, closed by one of kind ``end``.

    >>> [token.kind for token in tokens("2 of (a, .b) // why")]
    ['number', 'of', '(', 'name', ',', 'dots', 'name', ')', 'end']
    """
    if len(source) > SOURCE_CHARACTERS:
        raise RuleError(
            "M006",
            f"a rule may have {SOURCE_CHARACTERS:,} characters, this one has {len(source):,}",
            end=1,
            hint="move long lists of values into a reference list",
        )
    found: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise RuleError(
                "M004",
                f"no token starts with {source[at]!r}",
                start=at,
                end=at + 1,
                hint="only strings may hold this character",
            )
        at = match.end()
        if match.lastgroup != "space":
            found.append(_token(match))
    found.append(Token("end", "", at, at))
    return found


def _token(match: re.Match[str]) -> Token:
    """The token of a match, with strings checked for their closing quote."""
    text, start, end = match.group(), match.start(), match.end()
    kind = match.lastgroup or ""
    if kind in ("operator", "fold") or text in KEYWORDS:
        return Token(text, text, start, end)
    if kind in ("string", "raw"):
        _refuse_open_string(text, start)
    return Token(kind, text, start, end)


def _refuse_open_string(text: str, start: int) -> None:
    """An error for a string that its line does not close."""
    if len(text) < 2 or text[-1] != text[0] or _closing_quote_is_data(text):
        raise RuleError(
            "M002",
            "this string is not closed on its line",
            start=start,
            end=start + len(text),
            hint=f"close it with {text[0]}",
        )


def _closing_quote_is_data(text: str) -> bool:
    """Whether the last quote is doubled (raw) or escaped (plain) rather than closing."""
    inner = text[1:]
    if text[0] == "'":
        return (len(inner) - len(inner.rstrip("'"))) % 2 == 0
    before = inner[:-1]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def string_value(token: Token) -> str:
    r"""What a string token means.

    >>> string_value(Token("raw", r"'it''s \d'", 0, 10))
    "it's \\d"
    >>> string_value(Token("string", r'"a\u{e9}\n"', 0, 11))
    'aé\n'
    """
    inner = token.text[1:-1]
    if token.kind == "raw":
        return inner.replace("''", "'")
    if "\\" not in inner:
        return inner
    return _ESCAPE.sub(lambda match: _unescaped(match, token.start + 1), inner)


def _unescaped(match: re.Match[str], offset: int) -> str:
    """The character one escape stands for, or an error at its place."""
    digits, plain = match.group(1), match.group(2)
    if digits is not None:
        point = int(digits, 16)
        if 0 < point <= 0x10FFFF and not 0xD800 <= point <= 0xDFFF:
            return chr(point)
    elif plain in _PLAIN_ESCAPES:
        return _PLAIN_ESCAPES[plain]
    raise RuleError(
        "M003",
        f"{match.group()} is not an escape",
        start=offset + match.start(),
        end=offset + match.end(),
        hint="write the string in single quotes, where a backslash is only a backslash",
    )
