"""A rule file with its source in canonical layout; everything around the source stays as it is."""

from chaffinch.core.errors import RuleError
from chaffinch.detectors.yaml_file import PlacedError, Scalar, YamlFile, read_yaml
from chaffinch.mql.grammar import parse
from chaffinch.mql.layout import layout

_BOM = b"\xef\xbb\xbf"
_INDENT = "  "


def formatted(data: bytes) -> bytes:
    """The bytes of a rule file with its source laid out anew; the same bytes where it is already.

    >>> formatted(b"name: N # mine\\nsource: |\\n  a   and b\\ntype: rule\\n").decode()
    'name: N # mine\\nsource: |\\n  a\\n  and b\\ntype: rule\\n'

    Raises:
        RuleError: it is no rule file, or its source does not parse.
    """
    file = read_yaml(data)
    source = file.values.get("source")
    if file.source is None or not isinstance(source, str):
        return data
    parse(source)
    is_block = file.source.style == "|"
    laid_out = layout(source, break_top=is_block)
    if is_block:
        text = _block(file, file.source, laid_out)
    elif laid_out == source.strip():
        return data
    else:
        text = _as_block(file, file.source, layout(source))
    made = (_BOM if data.startswith(_BOM) else b"") + text.encode()
    if made != data:
        _refuse_change(file, source, made)
    return made


def _refuse_change(file: YamlFile, source: str, made: bytes) -> None:
    """Formatting must never change what a file says; this makes sure of it."""
    try:
        again = read_yaml(made).values
        is_same = parse(str(again.pop("source"))) == parse(source)
    except RuleError:
        is_same, again = False, {}
    if not is_same or again != {key: file.values[key] for key in file.values if key != "source"}:
        said = "its layout would change what it says, so it stays as it is"
        raise PlacedError("D010", said, file.place_of("source"))


def _block(file: YamlFile, scalar: Scalar, laid_out: str) -> str:
    """The text with the lines of a literal block replaced."""
    header_end = file.text.index("\n", scalar.start) + 1
    body = file.text[header_end : scalar.end]
    lines = body.splitlines()
    last = max(index for index, line in enumerate(lines) if line.strip())
    newline = "\r\n" if "\r\n" in file.text[scalar.start : scalar.end] else "\n"
    kept = sum(len(line) for line in body.splitlines(keepends=True)[:last]) + len(lines[last])
    indent = _indent_of(file, scalar, lines)
    return file.text[:header_end] + _indented(laid_out, indent, newline) + body[kept:] + (
        file.text[scalar.end :]
    )  # fmt: skip


def _indent_of(file: YamlFile, scalar: Scalar, lines: list[str]) -> str:
    """The blanks every line of a block begins with; an indicator says how many."""
    header = file.text[scalar.start : file.text.index("\n", scalar.start)]
    digits = [one for one in header.partition("#")[0] if one.isdigit()]
    if digits:
        return " " * int(digits[0])
    first = next(line for line in lines if line.strip())
    return first[: len(first) - len(first.lstrip(" "))]


def _as_block(file: YamlFile, scalar: Scalar, laid_out: str) -> str:
    """The text with a plain, quoted or folded source written as a literal block."""
    newline = "\r\n" if "\r\n" in file.text else "\n"
    if scalar.style == ">":
        line_end = file.text.index("\n", scalar.start)
        rest, after = "", file.text[scalar.end :]
        kept = file.text[line_end + 1 : scalar.end]
        blank = kept[len(kept.rstrip()) :].removeprefix("\r").removeprefix("\n")
        after = blank + after
    else:
        line_end = file.text.find("\n", scalar.end)
        line_end = len(file.text) if line_end < 0 else line_end
        rest, after = file.text[scalar.end : line_end].rstrip("\r"), file.text[line_end + 1 :]
    body = _indented(laid_out, _INDENT, newline)
    return f"{file.text[: scalar.start]}|{rest.rstrip()}{newline}{body}{newline}{after}"


def _indented(text: str, indent: str, newline: str) -> str:
    return newline.join(indent + line if line else "" for line in text.split("\n"))
