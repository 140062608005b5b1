"""HTML and SVG that cannot be broken out of: every text is escaped where it enters."""

from collections.abc import Iterable
from html import escape
from typing import TypeAlias

_VOID = frozenset(("meta", "br"))


class Html(str):
    """Text that is markup already; only this file makes any of other text."""

    __slots__ = ()


Child: TypeAlias = "Html | str | Iterable[Child]"
Value: TypeAlias = str | int | float | None


def tag(name: str, /, *children: Child, **attributes: Value) -> Html:
    """An element; ``_`` in the name of an attribute stands for ``-``, a last one for nothing.

    >>> tag("p", "1 < 2", tag("br"), class_="a&b")
    '<p class="a&amp;b">1 &lt; 2<br></p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = join(children)
    return Html(f"<{name}{given}>" if name in _VOID else f"<{name}{given}>{inner}</{name}>")


def join(children: Iterable[Child]) -> Html:
    """Children one after the other."""
    return Html("".join(map(_child, children)))


def visible(text: str) -> str:
    r"""A text without anything that does not show or that turns what stands around it.

    >>> visible("a\x00\u202eb\n c")
    'a\ufffd\ufffdb c'
    """
    flat = " ".join(text.split())
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in flat)


def _child(child: Child) -> str:
    if isinstance(child, Html):
        return child
    if isinstance(child, str):
        return escape(_spaced(child))
    return join(child)


def _spaced(text: str) -> str:
    """The visible text, with one space at either end where there was any."""
    inner = visible(text)
    if not inner:
        return text[:1] and " "
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() else ""
    return f"{before}{inner}{after}"


def _attribute(value: str | int | float) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return escape(visible(str(value)))
