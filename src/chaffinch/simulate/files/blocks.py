"""What a document's pages hold: lines of text, pictures, links, page breaks."""

from dataclasses import dataclass

from chaffinch.simulate.files.bitmap import Bitmap

PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words that open an address when they are clicked."""

    label: str
    url: str


Block = str | Bitmap | Anchor
