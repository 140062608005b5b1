"""Attacks by attachment: smuggling pages, shortcuts in archives, macros; the bytes are harmless."""

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Vector
from chaffinch.simulate.attacks.cast import seat, somebody, stranger, told
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.archive import archive
from chaffinch.simulate.files.disc import disc
from chaffinch.simulate.files.macro import dead_macro
from chaffinch.simulate.files.page import portal, smuggling
from chaffinch.simulate.files.pdf import pdf
from chaffinch.simulate.files.shortcut import shortcut
from chaffinch.simulate.files.word import docx
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import client, supplier
from chaffinch.simulate.stage import Stage

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.12"


def _sent(
    stage: Stage, author: Party, reader: Contact, subject: str, line: str, file: File
) -> Letter:
    letter = told(author, reader, subject, stage.moment(8, 17), "Hello,", line)
    return replace(letter, files=(file,))


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def html_smuggling(stage: Stage) -> Case:
    """A page that would build a file in the browser; a customer's portal sends plain pages."""
    reader, customer = somebody(stage), stage.rng.choice(stage.company.customers)
    number = stage.rng.randrange(1000, 9999)
    subject = f"Secure message {number}"
    line = stage.say(
        "[a secure message is attached|attached is a secure message]. Open it in your browser."
    )
    title, held = f"Secure message {number}", b"nothing is in here " * 40
    smuggled = smuggling(title, ("Your message is being opened.",), f"Message-{number}.zip", held)
    url = f"https://portal.{customer.domain}/m/{number}"
    honest = portal(title, ("Sign in at our portal to read it.",), url, "Read the message")
    impostor = stranger("Secure Mail Centre", "notice@securemail-centre.test")
    genuine = client(customer, customer.contacts[1])
    bad = File(f"message-{number}.html", "text/html", smuggled.encode())
    good = File(f"message-{number}.html", "text/html", honest.encode())
    return pair(
        _sent(stage, impostor, reader, subject, line, bad),
        _sent(stage, genuine, reader, subject, line, good),
    )


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def shortcut_archive(stage: Stage) -> Case:
    """An archive with a shortcut dressed up as a PDF; the vendor's archive holds a PDF."""
    vendor = stage.company.vendors[0]
    number, reader = stage.rng.randrange(10_000, 99_999), seat(stage, "Accounts Payable")
    subject = stage.say("[Freight papers|Shipping documents] {number}", number=number)
    line = stage.say(
        "[the papers for shipment|documents for] {number} are attached as archive.", number=number
    )
    impostor = stranger("Freight Desk", "desk@cargo-papers.test")
    bad = archive({f"Papers-{number}.pdf.lnk": shortcut(), "readme.txt": b"Open the papers.\r\n"})
    good = archive({f"Papers-{number}.pdf": pdf((vendor.name, f"Shipment {number}"))})
    name = f"Papers-{number}.zip"
    return pair(
        _sent(stage, impostor, reader, subject, line, File(name, "application/zip", bad)),
        _sent(stage, supplier(vendor), reader, subject, line, File(name, "application/zip", good)),
    )


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def disc_image(stage: Stage) -> Case:
    """A quotation on a disc image; the customer sends the same as PDF."""
    reader, customer = somebody(stage), stage.rng.choice(stage.company.customers)
    number = stage.rng.randrange(1000, 9999)
    subject = stage.say("Request for quotation {number}", number=number)
    line = stage.say("please quote [as attached|the items in the attached file] by Friday.")
    impostor = stranger("Purchasing", "rfq@global-sourcing-hub.test")
    image = disc({f"RFQ-{number}.pdf.lnk": shortcut()}, label=f"RFQ {number}")
    bad = File(f"RFQ-{number}.iso", "application/octet-stream", image)
    good = File(f"RFQ-{number}.pdf", "application/pdf", pdf((customer.name, f"RFQ {number}")))
    genuine = client(customer, customer.contacts[2])
    return pair(
        _sent(stage, impostor, reader, subject, line, bad),
        _sent(stage, genuine, reader, subject, line, good),
    )


@attack(goal=Goal.MALWARE, vector=Vector.ATTACHMENT)
def macro_document(stage: Stage) -> Case:
    """A document of the macro kind from a stranger; the applicant's agency sends a plain one."""
    reader, vendor = seat(stage, "Head of Human Resources"), stage.company.vendors[6]
    subject = stage.say("[Payroll|Wage tax] [form|declaration] {year}", year=stage.day.year)
    line = stage.say(
        "[please complete the attached form|the form is attached]. Enable editing to fill it in."
    )
    impostor = stranger("Tax Forms Service", "forms@tax-formdesk.test")
    text = ("Declaration", "Please fill in all fields.")
    bad = File("Declaration.docm", MACRO_WORD, docx(text, macro=dead_macro()))
    good = File("Declaration.docx", WORD, docx(text))
    return pair(
        _sent(stage, impostor, reader, subject, line, bad),
        _sent(stage, supplier(vendor), reader, subject, line, good),
    )
