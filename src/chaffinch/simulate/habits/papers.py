"""What people attach to everyday letters: documents, workbooks, photographs, print-outs."""

from datetime import timedelta
from decimal import Decimal

from chaffinch.simulate.chance import chance
from chaffinch.simulate.files.bitmap import chart, written
from chaffinch.simulate.files.office import About
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.files.sheet import xlsx
from chaffinch.simulate.files.word import docx
from chaffinch.simulate.letter import File
from chaffinch.simulate.organisation import Person
from chaffinch.simulate.stage import Stage

OFFICE = "application/vnd.openxmlformats-officedocument"
WORD, SHEET = f"{OFFICE}.wordprocessingml.document", f"{OFFICE}.spreadsheetml.sheet"
KINDS = ("docx", "docx", "xlsx", "xlsx", "pdf", "pdf", "png")
COLUMNS = ("Item", "Pieces", "Price", "Due")


def paper(stage: Stage, author: Person, number: object, line: str) -> File:
    """A file about the number, of a kind drawn; each author keeps to the same programs."""
    kind = stage.rng.choice(KINDS)
    if kind == "docx":
        return File(f"Note-{number}.docx", WORD, _document(stage, author, number, line))
    if kind == "xlsx":
        return File(f"List {number}.xlsx", SHEET, _workbook(stage, author))
    if kind == "pdf":
        program = chance("writer", author.address).choice(PROGRAMS)
        made = stage.day - timedelta(days=stage.rng.randrange(1, 40))
        data = pdf((line, f"{number}", author.name), program, title=str(number), made=made)
        return File(f"{number}.pdf", "application/pdf", data)
    return File(f"IMG_{number}.png", "image/png", png(written([str(number), line[:60]])))


def _about(stage: Stage, author: Person) -> About:
    return About(author=author.name, made=stage.day - timedelta(days=stage.rng.randrange(40)))


def _document(stage: Stage, author: Person, number: object, line: str) -> bytes:
    """A few paragraphs, now and then with a diagram."""
    figures = [stage.rng.randrange(5, 90) for _ in range(6)]
    diagram = (chart(figures),) if stage.rng.random() < 0.3 else ()
    return docx((line, f"Item {number}", *diagram, author.name), about=_about(stage, author))


def _workbook(stage: Stage, author: Person) -> bytes:
    """A list of items with their numbers, prices and days."""
    rng = stage.rng
    rows = [
        (
            f"{rng.choice('ABCDEF')}-{rng.randrange(100, 999)}",
            rng.randrange(1, 80),
            Decimal(rng.randrange(100, 90_000)) / 100,
            stage.day.date() + timedelta(days=rng.randrange(60)),
        )
        for _ in range(rng.randrange(4, 18))
    ]
    return xlsx({"List": [COLUMNS, *rows]}, about=_about(stage, author))
