"""Attacks that only talk: reconnaissance, a colleague's stolen account."""

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.attacks.cast import chief, free_mail_impostor, seat, somebody, told
from chaffinch.simulate.compose import Heading, Link, note
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.parties import first_name, plainly, staff
from chaffinch.simulate.stage import Stage


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
