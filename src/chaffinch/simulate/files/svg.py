"""SVG drawings: plain ones, and the kinds that lures are made of."""

from collections.abc import Sequence

from chaffinch.simulate.files.office import said

_LINE, _WIDTH, _MARGIN = 22, 480, 24


def drawing(lines: Sequence[str], *, ink: str = "#1f4e79") -> str:
    """Lines of text in a frame.

    >>> drawing(["Approved"]).startswith("<svg ")
    True
    """
    return _svg(len(lines), _frame(len(lines), ink) + _written(lines))


def linked(lines: Sequence[str], url: str, *, ink: str = "#1f4e79") -> str:
    """The drawing as one large link."""
    shown = _frame(len(lines), ink) + _written(lines)
    return _svg(len(lines), f'<a href="{said(url)}" target="_blank">{shown}</a>')


def scripted(lines: Sequence[str], url: str, *, ink: str = "#1f4e79") -> str:
    """The drawing with a script that would open the address, bound to an event that never comes.

    >>> "addEventListener" in scripted(["Open"], "https://a.example/?x=1&y=2")
    True
    """
    coded = ",".join(str(byte) for byte in url.encode())
    script = (
        f"var n=[{coded}];function open_it(){{window.location.href=String.fromCharCode.apply"
        '(null,n);}document.addEventListener("never",open_it);'
    )
    drawn = _frame(len(lines), ink) + _written(lines)
    return _svg(len(lines), f'{drawn}<script type="text/javascript"><![CDATA[{script}]]></script>')


def _svg(lines: int, content: str) -> str:
    height = lines * _LINE + 2 * _MARGIN
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>\n'


def _frame(lines: int, ink: str) -> str:
    size = f'width="{_WIDTH - 2}" height="{lines * _LINE + 2 * _MARGIN - 2}"'
    return f'<rect x="1" y="1" {size} rx="8" fill="#fff" stroke="{ink}" stroke-width="2"/>'


def _written(lines: Sequence[str]) -> str:
    return "".join(
        f'<text x="{_MARGIN}" y="{_MARGIN + _LINE * number - 6}" font-family="sans-serif"'
        f' font-size="15">{said(line)}</text>'
        for number, line in enumerate(lines, 1)
    )
