"""Words around a code to scan, and around an invitation to a meeting."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.attacks.words import codes_abroad as abroad
from chaffinch.simulate.text.texts import texts

FACTOR = Lure(
    subject=texts(
        train=(
            "[Action required|Reminder]: [enrol|renew] your second factor",
            "[Authenticator|Sign-in app] [update|renewal] for {address}",
            "[Multi-factor|Two-step] sign-in [ends|expires] on {until}",
        ),
        judge=(
            "Your phone and {company}: {until}",
            "Point your camera here",
            "The little app wants [a new seed|to know you again]",
        ),
    ),
    body=texts(
        train=(
            "[Scan the code below|Please scan the code] with your phone to [renew|enrol] your"
            " second factor. [It takes a minute.|The code is valid until {until}.]",
            "The [authenticator|second factor] of {address} [expires|has to be renewed] on"
            " {until}. [Open the camera of your phone|Use your phone] and scan this code.",
            "[For security reasons|As announced], everybody renews the sign-in app. Scan the code"
            " [with your mobile phone|with the camera] and sign in [once|with your usual"
            " password].",
        ),
        judge=(
            "Hold your telephone in front of the pattern, tap what appears, sign in: that links"
            " the [two|phone and the account] again until next year.",
            "Colleagues with a new phone noticed it first: the numbers of the app no longer fit."
            " The square [underneath|on this page] puts that right before {until}.",
            "No typing needed, {name}. Camera on, square in the middle, then your name and"
            " password [as on any morning|as ever].",
        ),
    ),
    close=texts(
        train=("[IT Security|The security team]", "Computers cannot scan it; please use a phone."),
        judge=("Somebody without a phone comes to our desk.", "Second factor desk, {company}"),
    ),
    abroad=abroad.FACTOR,
)

DOCUMENT = Lure(
    subject=texts(
        train=(
            "[Salary review|Benefits statement] {year} for {name}",
            "[Secure|Encrypted] document {number}",
            "[Please sign|Signature needed]: form {number}",
        ),
        judge=(
            "For {name} only",
            "Letter {number} opens by phone",
            "Your share of {year}",
        ),
    ),
    body=texts(
        train=(
            "[Your|The] [statement|document] for {year} is ready. [For privacy|To protect your"
            " data] it opens [on your phone|by code] only: scan [below|the code].",
            "[You have received|There is] a protected document ({number}). Scan the code [to read"
            " and sign it|to verify your identity] [by {until}|].",
            "Please [review|acknowledge] form {number}. [Use the QR code|Scan the QR code] with"
            " your mobile device [and sign in|].",
        ),
        judge=(
            "What concerns your pay does not belong into mail. The square leads to a page where"
            " {number} can be read by you alone.",
            "[Not even we|Nobody here] can open this one; your phone can. [Take a picture of the"
            " pattern|Look at the pattern through its camera] before {until}.",
            "Paper was yesterday: letter {number} is fetched with the camera, and [a signature is"
            " left with the finger|the finger signs].",
        ),
    ),
    close=texts(
        train=("[Human Resources|The HR team]", "This document is confidential."),
        judge=("With regards from the people office.", "Keep the pattern to yourself."),
    ),
)

INVITE = Lure(
    subject=texts(
        train=(
            "[Contract|Quarterly|Budget] review",
            "[Mandatory|Required] [meeting|call]: [policy update|salary review]",
            "[Call|Meeting] about order {number}",
        ),
        judge=(
            "Half an hour on {number}",
            "{company} and us",
            "Before the board sits on {until}",
        ),
    ),
    body=texts(
        train=(
            "[Please read the documents|Documents] [before the call|for the meeting]: {url}",
            "[Join|Open] the meeting: {url}\nMeeting ID: {number} [- sign in with your work"
            " account|]",
            "Agenda and [files|slides] are [here|at]: {url} [Please confirm by {until}.|]",
        ),
        judge=(
            "We talk about what is behind this address, so do have a look: {url}",
            "{number}: {url}\n\nThat is the room. It opens five minutes early and asks for your"
            " name.",
            "Three points, an hour at most. Papers lie at {url} until {until}.",
        ),
    ),
    abroad=abroad.INVITE,
)
