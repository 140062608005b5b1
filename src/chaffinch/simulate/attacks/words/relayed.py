"""What comes through platforms: circulars of an account, and notices with a free text in them."""

from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.text.texts import texts

CIRCULAR = Script(
    subject=texts(
        train=(
            "[Important|News]: [changes|update] for [customers|readers]",
            "[Your subscription|Your account] {year}",
            "[New portal|New terms] from {weekday}",
        ),
        judge=(
            "[We are moving|Something moves]",
            "[A word to|For] [everyone|all of you] who [reads|knows] us",
            "{small} days left",
        ),
    ),
    body=texts(
        train=(
            "[we have updated|we updated] our [terms|portal]. [Please confirm|Kindly confirm] your"
            " [details|data] before {weekday} [to keep receiving us|so that nothing is lost].",
            "[your account|the account] [needs|requires] [a short confirmation|to be confirmed]."
            " [Sign in once|Please sign in] and [check|review] your [address|preferences].",
            "[thank you for staying|thanks for being] with us. [As a thank-you|To say thank you]"
            " [a report|a gift] is waiting for you[ until {weekday}|].",
        ),
        judge=(
            "[the old pages go dark|we switch the old pages off] on {weekday}. [Who has a password"
            " there|Whoever has a password] [should carry it over|takes it along] now.",
            "[only a third|few] of you have told us [where to write|how to reach you] next year."
            " [It is one question|One question] and {small} seconds.",
            "[behind this door|one click from here] [stands|waits] what {small} readers [asked"
            " for|wished for]. [It wants your name|Give your name] and opens.",
        ),
    ),
    label=texts(
        train=("[Confirm|Review] my details", "[Sign in|Continue]"),
        judge=("[Carry it over|Take it along]", "[Answer|Open the door]"),
    ),
)

ADVICE = Script(
    subject=texts(
        train=(
            "[Document|File] {number} [is ready|was shared with you]",
            "[Payment|Invoice] request {number}",
        ),
        judge=("{name} [sent|passed] you something", "[To be signed|Waiting for you]: {number}"),
    ),
    body=texts(
        train=(
            "{name} [shared|sent] [a document|an invoice] over {amount}. [Message|Note] of the"
            ' sender: "[please review it today|kindly settle it by {weekday}|call us if you did'
            ' not order this]".',
            "[You have|There is] a [request|document] from {name} for {amount}. {name} writes:"
            ' "[questions? Answer this mail|thank you for the quick payment|the amount is charged'
            ' on {weekday}]".',
            '{name} [asks|invites] you to [sign|approve] {number}. "[Please sign before'
            ' {weekday}|It is the corrected version|As discussed on the phone]".',
        ),
        judge=(
            "[A paper|Something new] lies in your tray, [put there by|from] {name}. [It"
            ' says|Remark]: "[we charge {amount} unless you object|have it back by {hour}|see page'
            ' {small}]".',
            "{name} [would like|wants] your [yes or no|decision] on {number}. [Words left for"
            ' you|Left for you]: "[it is about {amount}|this one is correct|nothing else to do]".',
            '[On behalf of|For] {name} we [keep|hold] {number} until {weekday}. "[You may refuse'
            ' it|The sum is {amount}|Our desk helps you]".',
        ),
    ),
    label=texts(
        train=("[Review|Open] the document", "[See|Show] the request"),
        judge=("[To my tray|My tray]", "[Decide|Answer] here"),
    ),
)
