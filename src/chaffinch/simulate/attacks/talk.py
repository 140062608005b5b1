"""Attacks that only talk: callbacks, extortion, reconnaissance, a colleague's stolen account."""

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.attacks.cast import chief, free_mail_impostor, seat, somebody, told
from chaffinch.simulate.compose import Heading, Link, note
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.pdf import pdf
from chaffinch.simulate.habits.strangers import invented_free_mailer
from chaffinch.simulate.letter import File
from chaffinch.simulate.parties import first_name, free_mailer, plainly, service, staff
from chaffinch.simulate.stage import Stage

PURSE_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@attack(goal=Goal.PAYMENT, vector=Vector.CALLBACK, impersonated=Impersonated.BRAND)
def callback_invoice(stage: Stage) -> Case:
    """A subscription nobody took out and a number to call; our real service renews too."""
    tool, reader = stage.company.tool("signing"), somebody(stage)
    number, amount = stage.rng.randrange(100_000, 999_999), stage.rng.randrange(289, 489)
    subject = stage.say("[Renewal|Subscription renewed]: order {number}", number=number)
    line = (
        "your subscription was renewed for one year; EUR {amount} will be charged today. Questions,"
        " or not you? Call our desk at {phone} [within 24 hours|today]. The invoice is attached."
    )
    impostor = free_mailer(invented_free_mailer(stage))

    def invoice(phone: str) -> tuple[File, ...]:
        lines = (tool.name, f"Order {number}", f"EUR {amount}.00", f"Call {phone}")
        return (File(f"Invoice_{number}.pdf", "application/pdf", pdf(lines)),)

    theirs, ours = "+1 (808) 555-0142", "+49 30 5550 200"
    bad = stage.say(line, amount=amount, phone=theirs)
    good = stage.say(line, amount=amount, phone=ours)
    hello = "Dear customer,"
    return pair(
        replace(
            told(impostor, reader, subject, stage.moment(8, 18), hello, bad), files=invoice(theirs)
        ),
        replace(
            told(service(tool), reader, subject, stage.moment(8, 18), hello, good),
            files=invoice(ours),
        ),
    )


@attack(goal=Goal.EXTORTION, vector=Vector.REPLY)
def extortion(stage: Stage) -> Case:
    """A threat to publish recordings unless coins are paid; our security officer warns of it."""
    reader, officer = somebody(stage), seat(stage, "Information Security Officer")
    threat = stage.say(
        "[I have had access to your devices for months|Your device was infected some time ago]. I"
        " recorded you through the camera. Send EUR {amount} in coins to {purse} within 48 hours or"
        " [everybody in your address book|all your contacts] will see it.",
        amount=stage.rng.randrange(700, 1900, 50),
        purse="bc1q" + "".join(stage.rng.choices(PURSE_LETTERS, k=38)),
    )
    warning = "Several of you received the following. It is a bluff: do not pay, just report it."
    subject = stage.say("[Your recordings|I know what you did|Last warning]")
    return pair(
        told(
            free_mailer(invented_free_mailer(stage)), reader, subject, stage.moment(1, 23), threat
        ),
        told(
            staff(stage.company, officer),
            reader,
            f"Warning: {subject}",
            stage.moment(9, 16),
            "Dear colleagues,",
            warning,
            threat,
        ),
    )


@attack(
    goal=Goal.RECONNAISSANCE, vector=Vector.REPLY, impersonated=Impersonated.VIP, by_behaviour=True
)
def reconnaissance(stage: Stage) -> Case:
    """A chief's name at a free mail address asks whether one is there; the real one does too."""
    boss, reader = chief(stage), seat(stage, "Accounts Payable")
    subject = stage.say("[Available?|Quick question|At your desk?]")
    line = stage.say(
        "[are you available|are you at your desk|do you have a moment] [right now|today]?"
    )
    hello = f"{first_name(reader)},"
    impostor = free_mail_impostor(stage, boss)
    return pair(
        told(impostor, reader, subject, stage.moment(8, 17), hello, line),
        told(staff(stage.company, boss), reader, subject, stage.moment(8, 17), hello, line),
    )


@attack(
    goal=Goal.CREDENTIALS,
    vector=Vector.LINK,
    impersonated=Impersonated.EMPLOYEE,
    origin=Origin.INTERNAL,
    by_behaviour=True,
)
def lateral_share(stage: Stage) -> Case:
    """A colleague's real account sends a new link to everybody; hard, since the mail is ours."""
    author = somebody(stage)
    everybody = tuple(p for p in stage.company.people if p != author)
    near = stage.colleagues(author, 3)
    subject = stage.say("[Shared document|New plan|Revised figures]")
    line = stage.say(
        "[I have shared|please see] [a document|the file] with you. [Sign in to read it.|]"
    )
    token = f"{stage.rng.getrandbits(48):012x}"
    bad = Link("Open the document", f"https://files.docview-share.test/s/{token}")
    good = Link("Open the document", f"https://{stage.company.tool('files').host}/s/{token}")
    party = staff(stage.company, author)

    def heading(readers: tuple[object, ...]) -> Heading:
        people = plainly(tuple(p for p in stage.company.people if p in readers))
        return Heading(family="plot", to=people, subject=subject, at=stage.moment(9, 16))

    return pair(
        note(party, heading(everybody), ("Hello,", line, bad)),
        note(party, heading(near), ("Hello,", line, good)),
    )
