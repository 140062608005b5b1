"""Attacks by documents and containers, all dead: macros, shortcuts, discs, locked archives."""

from chaffinch.core.vocabulary import Goal, Vector
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.enclosures import (
    Paper,
    enclosing,
    named,
    paper,
    parties,
    printed_on,
)
from chaffinch.simulate.attacks.words import papers as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.archive import archive, nested
from chaffinch.simulate.files.disc import disc
from chaffinch.simulate.files.macro import dead_macro
from chaffinch.simulate.files.office import About
from chaffinch.simulate.files.page import smuggling
from chaffinch.simulate.files.sheet import xlsx
from chaffinch.simulate.files.shortcut import shortcut
from chaffinch.simulate.files.word import docx
from chaffinch.simulate.letter import File
from chaffinch.simulate.stage import Stage

KEY_LETTERS = "abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789"
ICON = "C:\\Program Files\\Reader\\reader.exe"


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def macro_document(stage: Stage) -> Case:
    """A form that would run macros or fetch a template with some; a partner's form is plain."""
    told, place, known = parties(stage, words.FORM_TO_FILL, somebody(stage), "billing")
    variant = stage.rng.choice(("word", "workbook", "template", "archived"))
    bad, good = (paper(told, words.FORMS, words.FORM_LINES) for _ in range(2))
    url = f"https://{place.host}/{stage.rng.getrandbits(32):08x}.dotm"
    return pair(
        enclosing(told, place.party, bad, _with_macro(bad, variant, url)),
        enclosing(told, known, good, _plain(good, variant)),
        variant,
    )


def _with_macro(one: Paper, variant: str, url: str) -> File:
    about = About(title=one.stem)
    if variant == "workbook":
        sheets = {"Form": [[line] for line in one.lines]}
        return named(f"{one.stem}.xlsm", xlsx(sheets, about=about, macro=dead_macro()))
    if variant == "template":
        return named(f"{one.stem}.docx", docx(one.lines, about=about, template=url))
    document = docx(one.lines, about=about, macro=dead_macro())
    if variant == "archived":
        return named(f"{one.stem}.zip", archive({f"{one.stem}.docm": document}))
    return named(f"{one.stem}.docm", document)


def _plain(one: Paper, variant: str) -> File:
    about = About(title=one.stem)
    if variant == "workbook":
        sheets = {"Form": [[line] for line in one.lines]}
        return named(f"{one.stem}.xlsx", xlsx(sheets, about=about))
    document = docx(one.lines, about=about)
    if variant == "archived":
        return named(f"{one.stem}.zip", archive({f"{one.stem}.docx": document}))
    return named(f"{one.stem}.docx", document)


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def disc_image(stage: Stage) -> Case:
    """A request for a quotation on a disc image; a partner sends the same as PDF."""
    told, place, known = parties(stage, words.QUOTATION, somebody(stage), "trade")
    variant = stage.rng.choice(("iso", "img", "archived"))
    bad, good = (paper(told, words.REQUESTS, words.REQUEST_LINES) for _ in range(2))
    image = disc(_disguised(stage, bad), label=bad.stem[:16])
    ending = "iso" if variant == "archived" else variant
    file = named(f"{bad.stem}.{ending}", image)
    if variant == "archived":
        file = named(f"{bad.stem}.zip", archive({file.name: image}))
    sheet = named(f"{good.stem}.pdf", printed_on(stage, good))
    if variant == "archived":
        sheet = named(f"{good.stem}.zip", archive({sheet.name: sheet.data}))
    return pair(
        enclosing(told, place.party, bad, file), enclosing(told, known, good, sheet), variant
    )


def _disguised(stage: Stage, one: Paper) -> dict[str, bytes]:
    """A shortcut that passes for a document, alone or beside one."""
    ending = stage.rng.choice((".pdf.lnk", ".lnk", ".docx.lnk"))
    members = {f"{one.stem}{ending}": shortcut(name=one.stem, icon=ICON)}
    if stage.rng.random() < 0.5:
        members["readme.pdf"] = printed_on(stage, one)
    return members


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def shortcut_archive(stage: Stage) -> Case:
    """An archive with a shortcut dressed up as a document; a partner's archive holds a PDF."""
    told, place, known = parties(stage, words.FREIGHT, somebody(stage), "trade")
    variant = stage.rng.choice(("flat", "in-folder", "nested"))
    bad, good = (paper(told, words.FREIGHT_NAMES, words.FREIGHT_LINES) for _ in range(2))
    honest = {f"{good.stem}.pdf": printed_on(stage, good)}
    return pair(
        enclosing(told, place.party, bad, _zipped(bad, _disguised(stage, bad), variant)),
        enclosing(told, known, good, _zipped(good, honest, variant)),
        variant,
    )


def _zipped(one: Paper, members: dict[str, bytes], variant: str) -> File:
    name = f"{one.stem}.zip"
    if variant == "nested":
        return named(name, nested((f"{one.stem}-docs.zip",), members))
    folder = f"{one.stem}/" if variant == "in-folder" else ""
    return named(name, archive({f"{folder}{key}": data for key, data in members.items()}))


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def encrypted_archive(stage: Stage) -> Case:
    """An archive no scanner can open, its password in the text; a partner locks papers so, too."""
    told, place, known = parties(stage, words.LOCKED, somebody(stage), "files")
    variant = stage.rng.choice(("shortcut", "macro", "page"))
    bad, good = (paper(told, words.LOCKED_NAMES, words.FORM_LINES) for _ in range(2))
    ours, theirs = (_password(stage) for _ in range(2))
    held = archive(_poisoned(stage, bad, variant), password=theirs)
    honest = archive({f"{good.stem}.pdf": printed_on(stage, good)}, password=ours)
    return pair(
        enclosing(told, place.party, bad, named(f"{bad.stem}.zip", held), password=theirs),
        enclosing(told, known, good, named(f"{good.stem}.zip", honest), password=ours),
        variant,
    )


def _password(stage: Stage) -> str:
    rng = stage.rng
    drawn = "".join(rng.choices(KEY_LETTERS, k=rng.randrange(6, 11)))
    return rng.choice((drawn, f"{rng.randrange(1000, 9999)}", f"{drawn[:4]}{stage.day.year}"))


def _poisoned(stage: Stage, one: Paper, variant: str) -> dict[str, bytes]:
    if variant == "shortcut":
        return _disguised(stage, one)
    if variant == "macro":
        return {f"{one.stem}.docm": docx(one.lines, macro=dead_macro())}
    page = smuggling(one.stem, one.lines, f"{one.stem}.iso", b"nothing is in here " * 20)
    return {f"{one.stem}.html": page.encode()}
