"""One of everything the simulator attaches; nothing here imports more than the standard library."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

from chaffinch.simulate.files.archive import archive, nested
from chaffinch.simulate.files.bitmap import chart, logo, squares, written
from chaffinch.simulate.files.blocks import PAGE_BREAK, Anchor, Block
from chaffinch.simulate.files.calendar import Event, calendar
from chaffinch.simulate.files.compound import compound
from chaffinch.simulate.files.disc import disc
from chaffinch.simulate.files.macro import dead_macro
from chaffinch.simulate.files.office import About
from chaffinch.simulate.files.page import form, portal, redirect, smuggling
from chaffinch.simulate.files.pdf import PROGRAMS, pdf
from chaffinch.simulate.files.picture import gif, png
from chaffinch.simulate.files.qr import blocks, cells, drawn, qr
from chaffinch.simulate.files.report import (
    Period,
    Source,
    aggregate,
    delivery_status,
    gzipped,
    tls_report,
    zipped,
)
from chaffinch.simulate.files.sheet import xlsx
from chaffinch.simulate.files.shortcut import shortcut
from chaffinch.simulate.files.stored import gzip_stream
from chaffinch.simulate.files.svg import drawing, linked, scripted
from chaffinch.simulate.files.vcard import vcard
from chaffinch.simulate.files.word import docx


@dataclass(frozen=True)
class Somebody:
    name: str
    address: str


MADE = datetime(2025, 3, 4, 10, 20, 30, tzinfo=UTC)
URL = "https://portal.example/pay?invoice=7"
CODE = qr(URL)
ABOUT = About("Ada Moor", "Statement, März", "Ledgerline", MADE)
BLOCKS: tuple[Block, ...] = (
    "Invoice 7 (final) \\ Müller & Söhne",
    "word " * 60,
    squares(CODE),
    Anchor("Pay here", URL),
    PAGE_BREAK,
    "Second page",
)
ROWS = (
    ("Vendor", "Due", "Day", "Paid"),
    ("Müller & <Söhne>", Decimal("1250.50"), date(2025, 3, 31), True),
    ("Moor", 7, MADE.replace(tzinfo=None), None),
)
HOST = Somebody('Moor, Ada "Chief"', "ada@acme.example")
GUESTS = (Somebody("Bo Ünal", "bo@acme.example"), Somebody("Cy", "cy@vendor.example"))
EVENT = Event(
    host=HOST,
    guests=GUESTS,
    summary="Budget; first, and last",
    starts=MADE,
    stamp=MADE - timedelta(days=1),
    lasts=timedelta(minutes=45),
    uid="7-ada@acme.example",
    description="Über die Zahlen,\nraum nach raum. " * 9,
    location="Room 4",
    url="https://meet.example/7",
    attached="https://files.example/7",
    sent_by="bo@acme.example",
    sequence=2,
    repeats="FREQ=WEEKLY;COUNT=4",
    reminds=timedelta(minutes=15),
)
DISC = {"Angebot März (final).pdf.lnk": shortcut(), "b.txt": b"two" * 999, "none": b""}
LINES = ("Müller & <Söhne>", 'The "document" is ready.')
PERIOD = Period("mail.example", "acme.example", MADE.replace(hour=0, minute=0, second=0))
SOURCES = (Source("192.0.2.7", 41), Source("198.51.100.9", 2, "fail", "softfail", "reject"))

SAMPLES: dict[str, Callable[[], bytes]] = {
    **{f"{number}.pdf": partial(pdf, BLOCKS, one) for number, one in enumerate(PROGRAMS)},
    "letter.docx": lambda: docx(BLOCKS, about=ABOUT),
    "template.docx": lambda: docx(BLOCKS, template="https://templates.example/a.dotm"),
    "ledger.xlsx": lambda: xlsx({"Open & due": ROWS, "Empty": ()}, about=ABOUT),
    "letter.docm": lambda: docx(BLOCKS, macro=dead_macro()),
    "ledger.xlsm": lambda: xlsx({"A": ROWS}, macro=dead_macro(entry="Workbook_Open")),
    "vba.ole": dead_macro,
    "large.ole": lambda: compound({"A/large": b"five" * 40_000, "A/none": b"", "b": b"six"}),
    "offer.iso": lambda: disc(DISC, label="Offer 7", made=MADE),
    "offer.lnk": lambda: shortcut(name="Offer", icon="C:\\Windows\\viewer.ico,1"),
    "ada.vcf": lambda: vcard(
        HOST, company="Acme; Ltd", title="Chief", telephone="+4930555"
    ).encode(),
    "plain.svg": lambda: drawing(LINES).encode(),
    "linked.svg": lambda: linked(LINES, URL).encode(),
    "scripted.svg": lambda: scripted(LINES, URL).encode(),
    "portal.html": lambda: portal("Secure", LINES, URL, "Read", b"sealed" * 9).encode(),
    "form.html": lambda: form("Sign in", LINES, URL, "Go on", "bo@acme.example").encode(),
    "smuggling.html": lambda: smuggling("Wait", LINES, "Offer.zip", b"nothing" * 30).encode(),
    "redirect.html": lambda: redirect("Document", URL).encode(),
    "dmarc.zip": lambda: zipped(PERIOD, aggregate(PERIOD, SOURCES)),
    "dmarc.gz": lambda: gzipped(PERIOD, aggregate(PERIOD, SOURCES)),
    "tls.gz": lambda: gzipped(PERIOD, tls_report(PERIOD, 200, 3), "json"),
    "status.txt": lambda: delivery_status("mx.acme.example", "bo@acme.example", MADE).encode(),
    "plain.zip": lambda: archive({"ä/b.txt": b"one", "c.bin": bytes(300)}, made=MADE),
    "locked.zip": lambda: archive({"c.txt": b"two" * 99}, made=MADE, password="7Birds"),
    "nested.zip": lambda: nested(["inner.zip", "middle.zip"], {"c.txt": b"three"}),
    "data.gz": lambda: gzip_stream(b"four" * 40_000, "data.xml", 1_700_000_000),
    "code.png": lambda: png(squares(CODE)),
    "page.png": lambda: png(written(("Pay now, please.", "Grüße, Ada", "€ 12"))),
    "page.gif": lambda: gif(written(("Pay now, please.",), doublings=0)),
    "chart.png": lambda: png(chart((3, 1, 4, 0, 5))),
    "logo.gif": lambda: gif(logo("Alder Works")),
    "code.svg": lambda: drawn(CODE).encode(),
    "code.html": lambda: cells(CODE).encode(),
    "code.txt": lambda: blocks(CODE).encode(),
    "request.ics": lambda: calendar(EVENT).encode(),
    "cancel.ics": lambda: calendar(EVENT, "CANCEL").encode(),
    "reply.ics": lambda: calendar(EVENT, "REPLY", "DECLINED").encode(),
    "counter.ics": lambda: calendar(EVENT, "COUNTER", "TENTATIVE").encode(),
}
