"""How mail programs mark quoted messages, attributions, headers and signatures in HTML."""

from enum import IntEnum
from functools import lru_cache

from chaffinch.message.html_links import Asked


class Mark(IntEnum):
    """What a mark says about the element it stands on, or about what follows it."""

    QUOTE = 1  # an earlier message is inside
    DIVIDER = 2  # an earlier message follows, beginning with its headers
    ATTRIBUTION = 3  # the line that announces an earlier message is inside
    SIGNATURE = 4  # the author's signature is inside
    RULE = 5  # the thin line Outlook draws above headers, and newsletters above anything


_BY_CLASS = {
    "gmail_quote": Mark.QUOTE,
    "yahoo_quoted": Mark.QUOTE,
    "protonmail_quote": Mark.QUOTE,
    "tutanota_quote": Mark.QUOTE,
    "moz-forward": Mark.QUOTE,
    "zmail_extra": Mark.QUOTE,
    "gmail_attr": Mark.ATTRIBUTION,
    "moz-cite-prefix": Mark.ATTRIBUTION,
    "moz-email-headers-table": Mark.ATTRIBUTION,
    "OutlookMessageHeader": Mark.ATTRIBUTION,
    "gmail_signature": Mark.SIGNATURE,
    "moz-signature": Mark.SIGNATURE,
    "protonmail_signature_block": Mark.SIGNATURE,
    "tutanota-signature": Mark.SIGNATURE,
}
_BY_ID = {
    "divRplyFwdMsg": Mark.DIVIDER,
    "appendonsend": Mark.DIVIDER,
    "zwchr": Mark.DIVIDER,
    "Signature": Mark.SIGNATURE,
    "ms-outlook-mobile-signature": Mark.SIGNATURE,
    "AppleMailSignature": Mark.SIGNATURE,
}
_FOREIGN = "x_"  # Outlook puts it before the names of what it quotes
MARKED = frozenset({"div", "blockquote", "hr", "pre", "table", "span"})
_HEADER_RULES = ("border-top:solid #e1e1e1", "border-top:solid #b5c4df")


def mark_of(tag: str, asked: Asked, style: str | None) -> Mark | None:
    """The mark an element carries by its class, its id, its style, or (a blockquote) its type.

    >>> mark_of("div", {"class": "x_gmail_quote"}.get, None)
    <Mark.QUOTE: 1>
    """
    if tag == "blockquote" and (asked("type") or "").lower() == "cite":
        return Mark.QUOTE
    classes, identity = asked("class"), asked("id")
    mark = named_mark(classes, identity) if classes or identity else None
    if mark is None and style and tag == "div" and "border-top:solid" in style:
        mark = _rule_mark(style)
    return mark


@lru_cache(maxsize=4_096)
def named_mark(classes: str | None, identity: str | None) -> Mark | None:
    """The mark in the names of an element, the id before the classes.

    >>> named_mark("header", "x_divRplyFwdMsg")
    <Mark.DIVIDER: 2>
    """
    if identity and (mark := _BY_ID.get(identity.removeprefix(_FOREIGN))):
        return mark
    for name in (classes or "").split()[:8]:
        if mark := _BY_CLASS.get(name.removeprefix(_FOREIGN)):
            return mark
    return None


def _rule_mark(style: str) -> Mark | None:
    """The mark of the thin line Outlook draws above the headers of an earlier message.

    >>> _rule_mark("border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in")
    <Mark.RULE: 5>
    """
    text = style[:200].lower()
    return Mark.RULE if any(rule in text for rule in _HEADER_RULES) else None
