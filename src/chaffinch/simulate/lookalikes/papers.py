"""What look-alikes attach: letters with a head, scans, item lists, curricula, reports."""

from datetime import timedelta

from chaffinch.simulate.chance import chance
from chaffinch.simulate.files.bitmap import Bitmap, logo, written
from chaffinch.simulate.files.office import About
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.files.sheet import xlsx
from chaffinch.simulate.letter import File, Party
from chaffinch.simulate.lookalikes.cast import Scene
from chaffinch.simulate.stage import Stage

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COPIER = next(one for one in PROGRAMS if "Scan" in one.producer)
WRITERS = tuple(one for one in PROGRAMS if one is not COPIER)


def paper(scene: Scene, author: Party, name: str, *lines: object) -> File:
    """A PDF of the lines under the author's sign, by the program the author's house uses."""
    domain = author.contact.address.partition("@")[2]
    blocks: list[str | Bitmap] = [logo(domain), *map(str, lines)]
    made = scene.stage.day - timedelta(minutes=scene.stage.rng.randrange(9_000))
    program = chance("writer", domain).choice(WRITERS)
    return File(name, "application/pdf", pdf(blocks, program, title=str(lines[0]), made=made))


def scan(scene: Scene, name: str, *lines: object) -> File:
    """A PDF that is a picture of the lines, as a copier makes it."""
    page = written([str(line) for line in lines])
    return File(name, "application/pdf", pdf([page], COPIER, made=scene.stage.day))


def item_list(stage: Stage, author: Party, name: str) -> File:
    """A workbook of items somebody wants a price for."""
    rng = stage.rng
    rows = [
        (f"{rng.choice('GHKLM')}{rng.randrange(1000, 9999)}", rng.randrange(1, 400), "")
        for _ in range(rng.randrange(3, 25))
    ]
    about = About(author=author.contact.name, made=stage.day)
    return File(name, SHEET, xlsx({"RFQ": [("Part", "Pieces", "Price"), *rows]}, about=about))
