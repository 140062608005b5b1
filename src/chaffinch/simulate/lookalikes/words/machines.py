"""Machines that write as us or about us: printers, tickets, codes, alerts, reports, returns."""

from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.text.texts import texts

PRINTER = Script(
    subject=texts(
        train=(
            "Scan from [device|MFP] {small}",
            "[Scanned document|Scan] {number}",
            "Message from KX-{number}",
        ),
        judge=("[Copier|Printer] {place}: {number}.pdf", "[Your scan|Sheets] ({small} pages)"),
    ),
    body=texts(
        train=(
            "This was [sent|scanned] from device {small}, {place}. [Pages|Sheets]: {small}. Job"
            " {number}.",
            "[Scan|Document] {number} is attached. Resolution 300 dpi. [Do not reply.|Device:"
            " KX-{small}.]",
        ),
        judge=(
            "[Attached|Enclosed]: what you put on the glass at {now}, {small} [pages|sides], file"
            " {number}.",
            "Copier on floor {small} [mailed|delivers] {number}. [Toner is low.|Memory card is"
            " full.]",
        ),
    ),
)

CRM = Script(
    subject=texts(
        train=(
            "[Lead|Opportunity] {number} [assigned to you|changed]",
            "[Daily|Weekly] sales list, {weekday}",
            "[Offer|Quote] {number} to {partner}: [approve|approval needed]",
        ),
        judge=(
            "{partner} [opened|read] your offer",
            "[To do|Tasks] of {weekday}: {small}",
            "[Discount|Price] question, {number}",
        ),
    ),
    body=texts(
        train=(
            "{partner}, [value|worth] EUR {amount}, was assigned to you by {colleague}. [Next"
            " step|Due]:"
            " call on {weekday}. [Open|See] record {number}.",
            "[offer|quote] {number} needs your approval: EUR {amount}, discount {small} per cent."
            " [Approve or reject it|Decide] by {soon}.",
        ),
        judge=(
            "{small} [things|items] wait: {topic}, then {partner}, then the rest. {colleague}"
            " [moved|put]"
            " {number} to {weekday}.",
            "somebody at {partner} read page {small} of {number} [twice|for long]. Their"
            " [limit|budget]"
            " may be EUR {amount}. [Ring them.|]",
        ),
    ),
)

TICKET = Script(
    subject=texts(
        train=(
            "[{ticket}] {topic}",
            "{ticket}: [new comment|update] by {author}",
            "{author} [mentioned|assigned] you, {ticket}",
        ),
        judge=("[Answer|Reply] in {ticket}", "{topic} ({ticket}, [open|waiting for you])"),
    ),
    body=texts(
        train=(
            "{author} [wrote|commented]: can you [look at|check] {topic} before {weekday}? [The"
            " customer in"
            " {place} waits.|It blocks {number}.]",
            "{author} [assigned|gave] {ticket} to you. Priority: [high|urgent]. {Topic}, due"
            " {date}. Case {number}.",
        ),
        judge=(
            "a line for you under {topic}: [please sign off|approve this], else {small} orders"
            " [stop|hang]."
            " Written by {author} at {now}; reply above this line. {number}.",
            "{ticket} [came back|is open again] - {topic} failed in {place} on {weekday}. {author}"
            " [asks|"
            "wants to know] what to tell number {number}.",
        ),
    ),
)

ONE_TIME_CODE = Script(
    subject=texts(
        train=(
            "[Your code|Sign-in code]: {code}",
            "{service} [verification|security] code",
            "Confirm it is you",
        ),
        judge=("{code} [opens|is for] {service}", "[Six digits|A number] for your sign-in"),
        de=texts(train=("Ihr [Code|Anmeldecode]: {code}",), judge=("{code} für {service}",)),
        fr=texts(
            train=("Votre [code|code de connexion] : {code}",), judge=("{code} pour {service}",)
        ),
        es=texts(train=("Su [código|código de acceso]: {code}",), judge=("{code} para {service}",)),
    ),
    body=texts(
        train=(
            "[Use|Enter] {code} to sign in to {service}. It [expires|is valid for] {small}"
            " minutes. [Never"
            " share it.|If this was not you, change your password.] Request {number}.",
            "Your [verification|security] code is {code}. [Somebody|You] asked for it at {now}"
            " [in|near]"
            " {place}.",
        ),
        judge=(
            "[Type|Key in] {code} where {service} asks for it, within {small} minutes. [Nobody"
            " from us will"
            " want to hear it.|] ({number})",
            "{code} - that is the number. Device: [telephone|desk computer], {place}, {now}. [Not"
            " yours?"
            " Then do nothing.|]",
        ),
        de=texts(
            train=(
                "Mit {code} melden Sie sich bei {service} an. Gültig {small} Minuten. [Geben Sie"
                " ihn nicht"
                " weiter.|] Anfrage {number}.",
            ),
            judge=(
                "{code} lautet die Zahl, angefordert um {now} in {place}. [Waren Sie das nicht?"
                " Tun Sie"
                " nichts.|] ({number})",
            ),
        ),
        fr=texts(
            train=(
                "Saisissez {code} pour entrer dans {service}. Valable {small} minutes. [Ne le"
                " partagez"
                " pas.|] Demande {number}.",
            ),
            judge=(
                "Le nombre est {code}, demandé à {now} à {place}. [Ce n'était pas vous ?"
                " Ignorez-le.|]"
                " ({number})",
            ),
        ),
        es=texts(
            train=(
                "Use {code} para entrar en {service}. Vale {small} minutos. [No lo comparta.|]"
                " Solicitud"
                " {number}.",
            ),
            judge=(
                "El número es {code}, pedido a las {now} en {place}. [¿No era usted? No haga"
                " nada.|]"
                " ({number})",
            ),
        ),
    ),
)

ALERT = Script(
    subject=texts(
        train=(
            "[Security alert|New sign-in] to {service}",
            "Your {service} password was changed",
            "[Unusual activity|Sign-in blocked] at {now}",
        ),
        judge=(
            "[Was this you|Do you know this device]?",
            "{service}: [two|several] failed attempts",
            "A key was [added|removed]",
        ),
    ),
    body=texts(
        train=(
            "a new device signed in to your {service} account: {place}, {now}. [If it was you, do"
            " nothing.|If not, secure your account now.] Event {number}.",
            "your password was [changed|reset] on {weekday}. [Did not do this?|Not you?]"
            " [Review|Check]"
            " the activity at once, no. {number}.",
        ),
        judge=(
            "we [stopped|refused] somebody in {place} who knew {small} of your details. [Look at"
            " the list|"
            "See the list] and [throw out|remove] what you do not know. {number}.",
            "{service} [noted|saw] a phone it had not met before, {now}. [Yours? Good.|Strange?"
            " Lock the"
            " account behind the button.] Line {number}.",
        ),
    ),
)

PASSWORD = Script(
    subject=texts(
        train=(
            "Your password expires [in {days} days|on {weekday}]",
            "[Password|Account] reminder, {days} days",
        ),
        judge=(
            "[Time for|Choose] a new password",
            "[Only {days} days|{days} days left] until it lapses",
        ),
    ),
    body=texts(
        train=(
            "the password of {address} [expires|ends] in {days} days. [Change|Renew] it on our"
            " sign-in"
            " page. [Questions: helpdesk, extension {small}.|Type the address yourself if you"
            " like.]",
            "[reminder|please note]: on {weekday} your password [ends|runs out]. [Renew it"
            " below|The"
            " button leads to our own page]. Ticket {number}.",
        ),
        judge=(
            "every {small}0 days we [ask|make] you think of new words. {address} is due on"
            " {weekday}. [Use"
            " the intranet page|You find the page on the intranet], too.",
            "[after|past] {date} the old password [opens nothing|is void]. Pick a longer one in the"
            " [meantime|next {days} days]. Desk {small} helps, {number}.",
        ),
    ),
)

VOICEMAIL = Script(
    subject=texts(
        train=(
            "[New voicemail|Voice message] from {phone}",
            "[Missed call|Voicemail], {small} seconds",
        ),
        judge=("{phone} [spoke|left word] at {now}", "[Recording|Message] {number}, {small} s"),
    ),
    body=texts(
        train=(
            "you have a [voicemail|voice message] of {small} seconds from {phone}, {now}."
            " [Listen|Play it]"
            " in the app. [Kept until {date}.|] No. {number}.",
            "{phone} called at {now} and [left|spoke] a message. It [can be heard|waits] behind"
            " the"
            " button. [Transcript: about {topic}.|]",
        ),
        judge=(
            "while you were [out|away] {phone} talked for {small} seconds, [mostly|it seems] of"
            " {topic}."
            " Recording {number}.",
            "[beep|tone]. {now}, {phone}, {small} seconds: saved as {number}. [Hear it on any"
            " phone with"
            " key one.|Erased on {date}.]",
        ),
    ),
)

AWARENESS = Script(
    subject=texts(
        train=("[Phishing warning|Beware]: {subject}", "[Security tip|Awareness] {month}: {topic}"),
        judge=(
            "[Do not click|Seen this week]: {subject}",
            "[How to tell|Spot] a forged mail, {month}",
        ),
    ),
    body=texts(
        train=(
            "several [colleagues|of you] in {place} got the mail below. It is a [phish|forgery]:"
            " [do not"
            " open the link|never enter your password]. [Report|Forward] it to {desk}. Case"
            " {number}.",
            "this month's example, word for word. [Look at|Mind] the sender, the hurry and the"
            " link. Who"
            " clicked on {weekday} [calls|tells] {desk}, [no blame|nobody is scolded]. {number}.",
        ),
        judge=(
            "{small} of us [received|found] this in the morning. What [gives it away|is wrong]? The"
            " address, first of all. [Throw it away.|{desk} wants to hear of it.] ({number})",
            "[quiz|a riddle] for {weekday}: which three lines prove that nobody honest wrote the"
            " text"
            " under the rule? [Answers to|Tell] {desk}, prize {number}.",
        ),
    ),
)

REPORTED = Script(
    subject=texts(
        train=("[Suspicious mail|Is this phishing]?", "[Please check|Report]: {subject}"),
        judge=("[Strange|Odd] message I got", "[For security|Have a look]: {subject}"),
    ),
    body=texts(
        train=(
            "[I received|I got] this at {now} and did not [click|open anything]. Is it"
            " [genuine|real]?"
            " {colleague} has [one, too|the same].",
            "[please check|could you check] the mail below. The [sender|link] looks [wrong|odd]. I"
            " [deleted|kept] my copy. Desk {small}.",
        ),
        judge=(
            "[is this one of ours|a test of yours]? It came on {weekday}, [looked right|fooled me]"
            " until I"
            " saw the address. Phone {small}.",
            "passing it on [as you told us|like in the training]; {small} people on our floor"
            " [ask|wonder]."
            " [What should we do?|]",
        ),
    ),
)
