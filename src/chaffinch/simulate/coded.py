"""Texts and parameters in unusual bytes: other charsets, each byte quoted, tangled spellings."""

from base64 import b64encode, encodebytes
from binascii import b2a_qp
from collections.abc import Callable
from urllib.parse import quote

from chaffinch.simulate.letter import Coding

Parameter = Callable[[str, str], str]

QUOTED_BYTES_A_LINE = 24
CHARSET_MARK = "utf-8''"
PIECE = 11  # characters of a parameter or an encoded word before the next begins


def coded_text(
    coding: Coding, kind: str, wire: str, parameters: str
) -> tuple[tuple[str, ...], bytes]:
    """The header lines and the bytes of a text; what the charset lacks makes it UTF-8."""
    charset, data = _in_charset(coding.charset, wire)
    head = f"Content-Type: {kind}; charset={charset}{parameters}"
    if coding.is_tangled:
        head = _tangled_type(kind, charset, parameters)
    if coding.transfer == "base64" or b"\0" in data:
        return (head, "Content-Transfer-Encoding: base64"), base64(data)
    body = every_byte(data) if coding.transfer == "every-byte" else b2a_qp(data, istext=True)
    return (head, "Content-Transfer-Encoding: quoted-printable"), body


def _in_charset(charset: str, text: str) -> tuple[str, bytes]:
    try:
        return charset or "utf-8", text.encode(charset or "utf-8")
    except UnicodeEncodeError:
        return "utf-8", text.encode()


def base64(data: bytes) -> bytes:
    """The bytes in base 64, in lines as mail wants them."""
    return encodebytes(data).replace(b"\n", b"\r\n")


def every_byte(data: bytes) -> bytes:
    r"""Quoted-printable that quotes what needs it and what does not.

    >>> every_byte(b"pay\r\n")
    b'=70=61=79\r\n'
    """
    lines = (_quoted_line(line) for line in data.split(b"\r\n"))
    return b"\r\n".join(lines)


def _quoted_line(line: bytes) -> bytes:
    marks = [b"=%02X" % byte for byte in line]
    starts = range(0, len(marks), QUOTED_BYTES_A_LINE)
    return b"=\r\n".join(b"".join(marks[at : at + QUOTED_BYTES_A_LINE]) for at in starts)


def _tangled_type(kind: str, charset: str, parameters: str) -> str:
    """The content type with comments, odd case and its charset in pieces."""
    half = len(charset) // 2
    family, _, subtype = kind.partition("/")
    return (
        f"Content-type: {family.upper()}/{subtype.title()} (as it happens);\r\n"
        f"\tCHARSET*0={charset[:half]};\r\n\tcharset*1={charset[half:]}{parameters}"
    )


def parameter_of(coding: Coding) -> Parameter:
    """How this coding spells parameters."""
    return tangled_parameter if coding.is_tangled else plain_parameter


def plain_parameter(name: str, value: str) -> str:
    """A parameter as most programs spell it.

    >>> plain_parameter("name", "a.pdf")
    'name="a.pdf"'
    """
    if not value.isascii() or not value.isprintable():
        return f"{name}*=utf-8''{quote(value, safe='')}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}="{escaped}"'


def tangled_parameter(name: str, value: str) -> str:
    """A parameter in numbered pieces, as RFC 2231 lets one write it.

    >>> tangled_parameter("name", "statement.zip").replace("\\r\\n", "")
    "name*0*=utf-8''statement.z; name*1*=ip"
    """
    pieces = [value[at : at + PIECE] for at in range(0, len(value), PIECE)]
    return ";\r\n ".join(
        f"{name}*{number}*={CHARSET_MARK if not number else ''}{quote(piece)}"
        for number, piece in enumerate(pieces)
    )


def tangled_words(text: str) -> str:
    """Header text in short encoded words, by turns in base 64 and quoted.

    >>> tangled_words("Pay")
    '=?utf-8?B?UGF5?='
    """
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    return "\r\n ".join(map(_encoded_word, pieces, range(len(pieces))))


def _encoded_word(text: str, number: int) -> str:
    if number % 2 == 0:
        return f"=?utf-8?B?{b64encode(text.encode()).decode()}?="
    quoted = "".join(f"={byte:02X}" for byte in text.encode())
    return f"=?UTF-8?q?{quoted}?="
