"""Attacks that want a password: brands, voicemail, single sign-on, QR codes, calendars."""

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import (
    own_domain_impostor,
    seat,
    somebody,
    told,
)
from chaffinch.simulate.compose import Link
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.parties import staff
from chaffinch.simulate.stage import Stage


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def direct_send(stage: Stage) -> Case:
    """Our own domain in From, handed in from outside and accepted although all checks fail."""
    author, reader = seat(stage, "Head of Human Resources"), somebody(stage)
    subject = stage.say("[Salary review|Updated handbook|Bonus plan] {year}", year=stage.day.year)
    line = stage.say(
        "[the|your] document is ready. [Please read and acknowledge it|Please acknowledge it] by"
        " [tomorrow|the end of the week]."
    )
    hello = f"Hello {reader.name.split()[0]},"
    token = f"{stage.rng.getrandbits(40):010x}"
    bad = Link("Open the document", f"https://hr-docs.web-forms.test/{token}")
    good = Link("Open the document", f"https://intranet.{stage.company.domain}/d/{token}")
    impostor = own_domain_impostor(stage, author)
    return pair(
        told(impostor, reader, subject, stage.moment(8, 16), hello, line, bad),
        told(staff(stage.company, author), reader, subject, stage.moment(8, 16), hello, line, good),
    )
