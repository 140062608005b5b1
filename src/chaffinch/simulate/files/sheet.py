"""Excel workbooks with typed cells, plain and of the kind that may hold macros."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

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

Cell = str | int | float | Decimal | date | bool | None
Rows = Sequence[Sequence[Cell]]

_MAIN = "xl/workbook.xml"
_SPACE = f'xmlns="{SCHEMA}/spreadsheetml/2006/main"'
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_MACRO_KIND = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone
_DATE_STYLE, _MONEY_STYLE = 1, 2
_STYLES = xml(
    f'<styleSheet {_SPACE}><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
    '</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/>'
    '<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf'
    ' numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf'
    ' numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0"'
    ' fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0"'
    ' fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def xlsx(sheets: Mapping[str, Rows], *, about: About | None = None, macro: bytes = b"") -> bytes:
    """A workbook with a sheet for each name; decimals are shown as money, dates as dates.

    >>> xlsx({"Ledger": [["Vendor", "Due"], ["Alder", 120]]}).startswith(b"PK")
    True
    """
    targets = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
    links = [
        Relation(f"r{number}", f"{RELATION}/worksheet", target)
        for number, target in enumerate(targets, 1)
    ]
    links.append(Relation("styles", f"{RELATION}/styles", "styles.xml"))
    types = {_MAIN: _MACRO_KIND if macro else f"{_KIND}.sheet.main+xml"}
    types |= {f"xl/{target}": f"{_KIND}.worksheet+xml" for target in targets}
    types["xl/styles.xml"] = f"{_KIND}.styles+xml"
    parts = {_MAIN: _workbook(sheets), "xl/styles.xml": _STYLES}
    parts |= {f"xl/{t}": _sheet(rows) for t, rows in zip(targets, sheets.values(), strict=True)}
    if macro:
        links.append(Relation("macro", MACRO_RELATION, "vbaProject.bin"))
        parts["xl/vbaProject.bin"] = macro
    parts["xl/_rels/workbook.xml.rels"] = relations(links)
    return package(_MAIN, types, parts, about)


def _workbook(sheets: Mapping[str, Rows]) -> bytes:
    listed = "".join(
        f'<sheet name="{said(name)}" sheetId="{number}" r:id="r{number}"/>'
        for number, name in enumerate(sheets, 1)
    )
    return xml(f'<workbook {_SPACE} xmlns:r="{RELATION}"><sheets>{listed}</sheets></workbook>')


def _sheet(rows: Rows) -> bytes:
    lines = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    return xml(f"<worksheet {_SPACE}><sheetData>{lines}</sheetData></worksheet>")


def _row(number: int, row: Sequence[Cell]) -> str:
    cells = (_cell(f"{_column(place)}{number}", cell) for place, cell in enumerate(row))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _column(place: int) -> str:
    """The letters of a column.

    >>> _column(0), _column(25), _column(26), _column(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while place >= 0:
        letters = chr(65 + place % 26) + letters
        place = place // 26 - 1
    return letters


def _cell(name: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = f'<is><t xml:space="preserve">{said(cell)}</t></is>'
        return f'<c r="{name}" t="inlineStr">{text}</c>'
    if isinstance(cell, bool):
        return f'<c r="{name}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{name}" s="{_DATE_STYLE}"><v>{_serial(cell)}</v></c>'
    style = f' s="{_MONEY_STYLE}"' if isinstance(cell, Decimal) else ""
    return f'<c r="{name}"{style}><v>{cell}</v></c>'


def _serial(day: date) -> str:
    """Days since the sheet's day zero, with the part of the day that has passed."""
    moment = datetime(day.year, day.month, day.day) - _DAY_ZERO  # noqa: DTZ001 - as above
    if isinstance(day, datetime):
        moment += timedelta(hours=day.hour, minutes=day.minute, seconds=day.second)
    return f"{moment / timedelta(days=1):.9f}".rstrip("0").rstrip(".")
