"""What Word and Excel files share: the package, its relations, who made it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from chaffinch.simulate.files.archive import MADE, archive

SCHEMA = "http://schemas.openxmlformats.org"
RELATION = f"{SCHEMA}/officeDocument/2006/relationships"
MACRO_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_TYPE = "application/vnd.openxmlformats"
_NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class About:
    """Who made a document, with which program, and when."""

    author: str = ""
    title: str = ""
    program: str = "Office Suite"
    made: datetime = MADE


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part of the package to another, or to an address outside."""

    key: str
    kind: str
    target: str
    is_outside: bool = False


def package(
    main: str, types: Mapping[str, str], parts: Mapping[str, bytes], about: About | None
) -> bytes:
    """The archive of a document: its parts, their types, and where to begin.

    ``types`` gives the content type of the parts that have one of their own.
    """
    about_parts = _about_parts(about) if about else {}
    begin = [Relation("r1", f"{RELATION}/officeDocument", main)]
    if about:
        core = f"{SCHEMA}/package/2006/relationships/metadata/core-properties"
        begin.append(Relation("r2", core, "docProps/core.xml"))
        begin.append(Relation("r3", f"{RELATION}/extended-properties", "docProps/app.xml"))
        types = {**types, **_ABOUT_TYPES}
    first = {"[Content_Types].xml": _types(types), "_rels/.rels": relations(begin)}
    made = about.made if about else MADE
    return archive({**first, **about_parts, **parts}, made=made)


_ABOUT_TYPES = {
    "docProps/core.xml": f"{_TYPE}-package.core-properties+xml",
    "docProps/app.xml": f"{_TYPE}-officedocument.extended-properties+xml",
}
_DEFAULTS = {
    "rels": f"{_TYPE}-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "bin": "application/vnd.ms-office.vbaProject",
}


def xml(text: str) -> bytes:
    """A part of the package."""
    return (_HEAD + text).encode()


def said(text: str) -> str:
    """The text as XML may hold it.

    >>> said("Fish & chips" + chr(7))
    'Fish &amp; chips'
    """
    return escape(text.translate(_NO_XML), {'"': "&quot;"})


def relations(links: Sequence[Relation]) -> bytes:
    """The part that lists where another part leads."""
    rows = "".join(
        f'<Relationship Id="{link.key}" Type="{link.kind}" Target="{said(link.target)}"'
        f"{_mode(link)}/>"
        for link in links
    )
    return xml(f'<Relationships xmlns="{SCHEMA}/package/2006/relationships">{rows}</Relationships>')


def _mode(link: Relation) -> str:
    return ' TargetMode="External"' if link.is_outside else ""


def _types(types: Mapping[str, str]) -> bytes:
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in _DEFAULTS.items()
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    head = f'<Types xmlns="{SCHEMA}/package/2006/content-types">'
    return xml(f"{head}{defaults}{overrides}</Types>")


def _about_parts(about: About) -> dict[str, bytes]:
    when = f'xsi:type="dcterms:W3CDTF">{about.made:%Y-%m-%dT%H:%M:%SZ}'
    core = (
        f'<cp:coreProperties xmlns:cp="{SCHEMA}/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{said(about.title)}</dc:title><dc:creator>{said(about.author)}</dc:creator>"
        f"<cp:lastModifiedBy>{said(about.author)}</cp:lastModifiedBy>"
        f"<dcterms:created {when}</dcterms:created><dcterms:modified {when}</dcterms:modified>"
        "</cp:coreProperties>"
    )
    app = (
        f'<Properties xmlns="{SCHEMA}/officeDocument/2006/extended-properties">'
        f"<Application>{said(about.program)}</Application></Properties>"
    )
    return {"docProps/core.xml": xml(core), "docProps/app.xml": xml(app)}
