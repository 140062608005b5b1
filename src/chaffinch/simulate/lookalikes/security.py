"""Mail about bad mail: reports of phish, warnings that quote it, DMARC reports and bounces."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal
from chaffinch.simulate import attacks
from chaffinch.simulate.chance import chance
from chaffinch.simulate.compose import forward
from chaffinch.simulate.declare import ATTACKS, lookalike
from chaffinch.simulate.files.report import (
    Period,
    Source,
    aggregate,
    delivery_status,
    gzipped,
    zipped,
)
from chaffinch.simulate.letter import File, Letter, Party
from chaffinch.simulate.lookalikes.cast import anybody, play, varied
from chaffinch.simulate.lookalikes.words import machines, offices, reports
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import client, machine, plain, staff
from chaffinch.simulate.post import deliver
from chaffinch.simulate.scenes import main_letter
from chaffinch.simulate.stage import Stage

FAMILIES = (attacks,)  # imported for what it declares
SUBMITTERS = ("mailcastle.example", "postal.test", "fjordmail.example", "inbox-house.test")
RULE = "-" * 40


def _phish(stage: Stage) -> Letter:
    """A phish as it reached somebody here this morning."""
    families = sorted(f for f, one in ATTACKS.items() if one.aim.get("goal") is Goal.CREDENTIALS)
    return main_letter(ATTACKS[stage.rng.choice(families)].plot(stage).attack)


def security_desk(stage: Stage) -> Contact:
    """Where phish is reported to: the helpdesk's mailbox, or the officer."""
    boxes = (box for box in stage.company.shared if "helpdesk" in box.address)
    return plain(next(boxes, stage.company.titled("Information Security Officer")))


@lookalike(critical=True)
def staff_forwarding_phish(stage: Stage) -> Iterator[Letter]:
    """Somebody passes a phish to the security desk, inline or as an attached message."""
    phish, desk = _phish(stage), security_desk(stage)
    receiver = stage.company.person_at(phish.to[0].address) or anybody(stage)
    author = staff(stage.company, receiver)
    scene = play(stage, machines.REPORTED, subject=phish.subject)
    at = phish.received_at + timedelta(minutes=stage.rng.randrange(3, 90))
    if stage.rng.random() < 0.5:
        letter = forward(phish, author, desk, at, (scene.body(at),))
        yield varied(letter, "inline")
        return
    raw = deliver(phish, stage.company).raw
    attached = File(f"{_file_name(phish.subject)}.eml", "message/rfc822", raw)
    yield varied(replace(scene.wrote(author, desk, at=at), files=(attached,)), "attached")


def _file_name(subject: str) -> str:
    return "".join(char if char.isalnum() else "_" for char in subject)[:60]


@lookalike(critical=False)
def awareness_mail(stage: Stage) -> Iterator[Letter]:
    """The security officer quotes a phish to warn of it."""
    phish, desk = _phish(stage), security_desk(stage)
    officer = stage.company.titled("Information Security Officer")
    scene = play(stage, machines.AWARENESS, subject=phish.subject, desk=desk.address)
    quoted = f"{RULE}\n{phish.subject}\n\n{phish.text}\n{RULE}"
    yield scene.wrote(staff(stage.company, officer), anybody(stage, officer), quoted)


@lookalike(critical=False)
def dmarc_report(stage: Stage) -> Iterator[Letter]:
    """A receiver reports on mail in our domain's name, zipped."""
    submitter, domain = stage.rng.choice(SUBMITTERS), stage.company.domain
    author = machine(submitter, f"noreply-dmarc@{submitter}", submitter)
    scene = play(stage, reports.DMARC_REPORT, domain=domain, submitter=submitter)
    period = Period(submitter, domain, stage.day - timedelta(days=1))
    report = aggregate(period, _sources(stage), "none")
    packed = File(f"{period.name}.zip", "application/zip", zipped(period, report))
    if chance("packing", submitter).random() < 0.5:
        packed = File(f"{period.name}.xml.gz", "application/gzip", gzipped(period, report))
    letter = scene.sent(author, stage.company.titled("IT Administrator"))
    yield replace(letter, html="", files=(packed,))


def _sources(stage: Stage) -> list[Source]:
    """A few hosts, some of whose mail lost its signature on the way."""
    rng = stage.rng
    return [
        Source(
            f"192.0.2.{rng.randrange(2, 250)}", rng.randrange(1, 90), rng.choice(("pass", "fail"))
        )
        for _ in range(rng.randrange(1, 6))
    ]


@lookalike(critical=False)
def bounce(stage: Stage) -> Iterator[Letter]:
    """A customer's server returns what somebody here has sent."""
    customer, person = stage.rng.choice(stage.company.customers), anybody(stage)
    lost = _lost(stage, client(customer, stage.rng.choice(customer.contacts)), plain(person))
    route = client(customer, customer.contacts[0]).route
    daemon = Contact(name="Mail Delivery System", address=f"mailer-daemon@{customer.domain}")
    author = Party(contact=daemon, route=replace(route, mailer=""))
    address = lost.to[0].address
    told = {"host": route.relay, "address": address, "subject": lost.subject}
    scene = play(stage, reports.BOUNCE, **told)
    at = lost.at + timedelta(seconds=stage.rng.randrange(20, 4_000))
    letter = scene.wrote(author, person, at=at)
    code = f"5.{stage.rng.choice(('1.1', '2.2', '7.1'))}"
    status = delivery_status(route.relay, address, lost.at, code, f"550 {code} refused")
    files = (
        File("status", "message/delivery-status", status.encode()),
        File("returned.eml", "message/rfc822", deliver(lost, stage.company).raw),
    )
    headers = (("Auto-Submitted", "auto-replied"),)
    yield replace(letter, text=scene.body(at), html="", files=files, headers=headers)


def _lost(stage: Stage, reader: Party, author: Contact) -> Letter:
    """What somebody here wrote to an address that is gone."""
    scene = play(stage, offices.SHARED_ANSWER)
    person = stage.company.person_at(author.address) or stage.person
    gone = f"{chance('gone', reader.contact.address).randrange(100)}{reader.contact.address}"
    return scene.wrote(
        staff(stage.company, person), Contact(name=reader.contact.name, address=gone)
    )
