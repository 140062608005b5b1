"""Word documents, plain and of the kind that may hold macros."""

from collections.abc import Sequence

from chaffinch.simulate.files.bitmap import Bitmap
from chaffinch.simulate.files.blocks import PAGE_BREAK, Anchor, Block
from chaffinch.simulate.files.office import (
    MACRO_RELATION,
    RELATION,
    SCHEMA,
    About,
    Relation,
    package,
    relations,
    said,
    xml,
)
from chaffinch.simulate.files.picture import png

_MAIN = "word/document.xml"
_PLAIN_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACRO_KIND = "application/vnd.ms-word.document.macroEnabled.main+xml"
_SETTINGS_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"
_SPACES = (
    f'xmlns:w="{SCHEMA}/wordprocessingml/2006/main" xmlns:r="{RELATION}"'
    f' xmlns:wp="{SCHEMA}/drawingml/2006/wordprocessingDrawing"'
    f' xmlns:a="{SCHEMA}/drawingml/2006/main" xmlns:pic="{SCHEMA}/drawingml/2006/picture"'
)
_UNITS_A_SQUARE = 9_525


def docx(
    blocks: Sequence[Block], *, about: About | None = None, macro: bytes = b"", template: str = ""
) -> bytes:
    """A Word document of the blocks.

    With ``macro`` it is one of the macro kind and holds those bytes, which should be dead ones.
    With ``template`` it names an address its program would fetch a template from.

    >>> docx(["Dear Sir"]).startswith(b"PK")
    True
    """
    links, pictures, body = _written(blocks)
    parts = {f"word/media/image{number}.png": png(one) for number, one in enumerate(pictures, 1)}
    types = {_MAIN: _MACRO_KIND if macro else _PLAIN_KIND}
    if macro:
        links.append(Relation("macro", MACRO_RELATION, "vbaProject.bin"))
        parts["word/vbaProject.bin"] = macro
    if template:
        links.append(Relation("settings", f"{RELATION}/settings", "settings.xml"))
        types["word/settings.xml"] = _SETTINGS_KIND
        parts |= _template(template)
    parts |= {"word/_rels/document.xml.rels": relations(links)} if links else {}
    document = xml(f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>")
    return package(_MAIN, types, {_MAIN: document} | parts, about)


def _written(blocks: Sequence[Block]) -> tuple[list[Relation], list[Bitmap], str]:
    """The links and pictures of the blocks, and the paragraphs that show them."""
    links: list[Relation] = []
    pictures: list[Bitmap] = []
    paragraphs = []
    for block in blocks:
        key = f"r{len(links) + 1}"
        if isinstance(block, Bitmap):
            pictures.append(block)
            links.append(Relation(key, f"{RELATION}/image", f"media/image{len(pictures)}.png"))
            run = _picture(block, key, len(pictures))
        elif isinstance(block, Anchor):
            links.append(Relation(key, f"{RELATION}/hyperlink", block.url, is_outside=True))
            run = f'<w:hyperlink r:id="{key}">{_run(block.label)}</w:hyperlink>'
        else:
            run = '<w:r><w:br w:type="page"/></w:r>' if block == PAGE_BREAK else _run(block)
        paragraphs.append(f"<w:p>{run}</w:p>")
    return links, pictures, "".join(paragraphs)


def _run(text: str) -> str:
    lines = said(text).split("\n")
    return f'<w:r><w:t xml:space="preserve">{"</w:t><w:br/><w:t>".join(lines)}</w:t></w:r>'


def _picture(picture: Bitmap, key: str, number: int) -> str:
    size = f'cx="{picture.width * _UNITS_A_SQUARE}" cy="{picture.height * _UNITS_A_SQUARE}"'
    named = f'id="{number}" name="Picture {number}"'
    return (
        f"<w:r><w:drawing><wp:inline><wp:extent {size}/><wp:docPr {named}/><a:graphic>"
        f'<a:graphicData uri="{SCHEMA}/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f"<pic:cNvPr {named}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _template(address: str) -> dict[str, bytes]:
    link = Relation("template", f"{RELATION}/attachedTemplate", address, is_outside=True)
    settings = f'<w:settings {_SPACES}><w:attachedTemplate r:id="template"/></w:settings>'
    return {
        "word/settings.xml": xml(settings),
        "word/_rels/settings.xml.rels": relations([link]),
    }
