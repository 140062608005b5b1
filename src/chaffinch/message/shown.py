"""What a reader is shown of a plain text: no files, no armour, no breaks, nothing turned round."""

from collections.abc import Mapping

from chaffinch.message import flowed, pgp, uuencoded
from chaffinch.message.turned import in_visual_order


def shown(text: str, parameters: Mapping[str, str], most_files: int) -> str:
    r"""The text as a mail program shows it; ``parameters`` are those of its Content-Type.

    >>> shown("Pay \nnow", {"format": "flowed"}, 9), shown("Pay \nnow", {}, 9)
    ('Pay now', 'Pay \nnow')
    >>> shown("see\nbegin 644 a.txt\n#86)C\n`\nend\nbye", {}, 9)
    'see\nbye'
    """
    if "begin " in text:
        text = _without_files(text, most_files)
    if pgp.BEGIN in text:
        text = pgp.unwrap(text)
    if parameters.get("format", "").lower() == "flowed":
        text = flowed.unfold(text, drops_space=parameters.get("delsp", "").lower() == "yes")
    return in_visual_order(text)


def _without_files(text: str, most: int) -> str:
    """The text without the files uuencoded into it."""
    data = text.encode("utf-8", "surrogateescape")
    if not uuencoded.may_hold(data, 0, len(data)):
        return text
    pieces, at = [], 0
    for block in uuencoded.blocks(data, most):
        pieces.append(data[at : block.start])
        at = block.end
    return b"".join((*pieces, data[at:])).decode("utf-8", "surrogateescape") if pieces else text
