"""Offices and strangers with a right to write: applicants, recruiters, alumni, desks."""

from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.text.texts import texts

APPLICATION = Script(
    subject=texts(
        train=(
            "Application: {seat}",
            "[Applying|I apply] as {seat} ([notice|posting] {number})",
            "{seat}, [my documents|my papers]",
        ),
        judge=(
            "[Your opening|The vacancy] for a {seat}",
            "[Interested in|About] the post in {place}",
            "[Curriculum vitae|Résumé] of {author}",
        ),
        de=texts(
            train=("Bewerbung als {seat}",),
            judge=("[Ihre Ausschreibung|Stelle] {number}",),
        ),
        fr=texts(
            train=("Candidature : {seat}",),
            judge=("[Votre annonce|Poste] {number}",),
        ),
        es=texts(
            train=("Candidatura: {seat}",),
            judge=("[Su anuncio|Puesto] {number}",),
        ),
    ),
    body=texts(
        train=(
            "I [would like|want] to join you as {seat}. For {small} years I [have worked|worked] in"
            " {place} on {topic}. My [papers|certificates] are attached; [I can start in"
            " {month}.|my"
            " notice is a month.]",
            "your [posting|advertisement] {number} [describes|reads like] the work I do now."
            " Attached: [vitae and references|my vitae]. [Call me any day after {hour}|Reach me on"
            " {phone}].",
            "[I recently finished|having finished] school in {place}, I look for a first post as"
            " {seat}. [The project on {topic} is described on page two.|Marks are attached.]",
        ),
        judge=(
            "is the post in {place} [open still|not filled yet]? Then [have a look|please look] at"
            " the"
            " pages below: {topic} has been my [trade|daily bread] since {small} summers.",
            "{colleague} [told|wrote] me that you [seek|need] a {seat}. I left my last firm in"
            " {lately},"
            " [am free|could begin] {weekday}, and [ask|hope] for a talk.",
            "[three|four] things about me: I know {topic}, I [speak|get by in] two languages, I"
            " live"
            " [near|not far from] {place}. The rest, {small} lines, stands in the file.",
        ),
        de=texts(
            train=(
                "hiermit bewerbe ich mich als {seat}. Seit {small} Jahren arbeite ich in {place},"
                " zuständig für {topic}. Meine Unterlagen liegen bei; [ich kann im {month}"
                " anfangen.|die Frist"
                " beträgt einen Monat.]",
            ),
            judge=(
                "ist die Stelle {number} [noch frei|unbesetzt]? Dann [werfen Sie|bitte] einen"
                " Blick in"
                " die Mappe, mein Fach: {topic}. Erreichbar unter {phone}.",
            ),
        ),
        fr=texts(
            train=(
                "je vous adresse ma candidature comme {seat}. Depuis {small} ans je travaille à"
                " {place}"
                " sur {topic}. Mon dossier est joint ; [je suis libre en {month}.|préavis d'un"
                " mois.]",
            ),
            judge=(
                "le poste {number} est-il [toujours libre|à pourvoir] ? Voyez alors mon parcours :"
                " {topic}, c'est mon métier. Téléphone {phone}.",
            ),
        ),
        es=texts(
            train=(
                "les envío mi candidatura como {seat}. Desde hace {small} años trabajo en {place}"
                " en"
                " {topic}. Adjunto mis papeles; [puedo empezar en {month}.|preaviso de un mes.]",
            ),
            judge=(
                "¿sigue [libre|abierto] el puesto {number}? Miren entonces mi trayectoria; lo mío:"
                " {topic}. Teléfono {phone}.",
            ),
        ),
    ),
)


RECRUITER = Script(
    subject=texts(
        train=(
            "{seat} in {place}: [may we talk|interested]?",
            "[Confidential|A role]: {seat}",
            "[Candidates|Three profiles] for {topic}",
        ),
        judge=(
            "[Your profile|Your career] and a {seat} post",
            "[A client|An employer] near {place} is hiring",
            "[People|Hands] for {month}?",
        ),
        de=texts(
            train=("{seat} in {place}: [Interesse|kurzes Gespräch]?",),
            judge=("[Ihr Profil|Ihr Werdegang] passt",),
        ),
    ),
    body=texts(
        train=(
            "I [recruit|search] for a maker in {place} who [needs|looks for] a {seat}. Pay"
            " [reaches|up"
            " to] EUR {amount} a year. [Shall we speak on {weekday} at {hour}?|The description is"
            " behind the link.]",
            "your [work|name] on {topic} [was mentioned|came up]. Without [obligation|any strings]:"
            " are you open to a change by {month}? [I treat this confidentially.|]",
            "we have {small} engineers [available|free] from {month}, among them one for {topic}."
            " [Profiles|Their papers] on request. Ref. {number}.",
        ),
        judge=(
            "[somebody|a former colleague of yours] thinks you would [shine|do well] as {seat}. The"
            " firm sits [close to|an hour from] {place}, {small} people, [no travel|little travel]."
            " [Curious?|Ten minutes on the phone?]",
            "do you [lack|miss] hands for {topic}? We [lend|place] fitters by the week; {number} of"
            " them [last year|so far]. [Ring {phone}.|Rates are online.]",
            "what would [it take|make you] leave? The post I [have|hold] pays EUR {amount} and"
            " starts"
            " in {month}. [Say no and I am silent.|A yes can wait until {weekday}.]",
        ),
        de=texts(
            train=(
                "ich suche für einen Hersteller in {place} eine Besetzung als {seat}, Gehalt bis"
                " {amount} Euro. [Sprechen wir am {weekday} um {hour}?|Mehr unter dem Link.]",
            ),
            judge=(
                "jemand hat Sie für {topic} empfohlen. Die Firma hat {small} Leute, [kaum"
                " Reisen|wenig"
                " Reisen]. [Neugierig?|Zehn Minuten am Telefon?] Kennung {number}.",
            ),
        ),
    ),
)


APPEAL = Script(
    subject=texts(
        train=(
            "[Your school|The alumni club] in {place} asks",
            "[Help us|Give] by {weekday}: {topic}",
            "[Reunion|Class meeting], {month}",
        ),
        judge=(
            "{small} years on: [do you remember us|old friends]?",
            "[A roof|New windows] for the [library|boathouse]",
            "What your [gift|help] did in {lately}",
        ),
    ),
    body=texts(
        train=(
            "the alumni of {place} [collect|raise money] for {topic}. EUR {small}0 [buys|pays for]"
            " a"
            " desk. [Donate|Give] through the page below or to the account on our site; [a receipt"
            " follows|receipts come in {month}].",
            "our class [meets|gathers] in {place} on {weekday}, {hour}. [Sign up|Tell us] by"
            " {date};"
            " the evening costs {small} euros, [payable there|bring cash]. List {number}.",
            "since {lately} we [have helped|served] {number} families. [Winter|The flood] emptied"
            " the"
            " store. [Could you|Would you] give once more?",
        ),
        judge=(
            "you [rowed|sang] here once. The [boathouse|hall] leaks, {topic} got wet, and the"
            " roofer"
            " wants EUR {amount}. We are [short|lacking] {small} parts in a hundred. [Chip"
            " in?|Every"
            " coin counts.]",
            "thank you: [your money|what you gave] went to {place}, [where it bought|as] {small}"
            " beds."
            " This year's [aim|goal] is {topic}. [See photographs.|Read the report {number}.]",
            "[guess who|do you know who] comes on {date}? Half the year's [leavers|graduates], so"
            " far."
            " {colleague} holds the list, [answer|write] there.",
        ),
    ),
)


SHARED_ANSWER = Script(
    subject=texts(
        train=(
            "[Your request|Ticket] {number}: [done|answered]",
            "[Re-issue|Copy] of {number}",
            "{topic}: [our answer|reply of the office]",
        ),
        judge=(
            "[News on|Progress of] {number}",
            "You [asked|wrote] about {topic}",
            "[Office|Desk] note, {weekday}",
        ),
    ),
    body=texts(
        train=(
            "[thank you|thanks] for your message of {past}. {Topic} is [settled|in work], number"
            " {number}. [Answer to this address|Write here], any of us can [go on|help]. [No"
            " password"
            " was changed.|]",
            "we [checked|looked at] {number}: the amount is EUR {amount} and [was paid|will be"
            " paid]"
            " on {weekday}. [Details are attached|{colleague} signed it].",
            "your [parcel|key|badge] is [ready|here]. Collect it until {soon}, room {small}. [Bring"
            " the number {number}.|]",
        ),
        judge=(
            "somebody of this desk [will|is going to] call you on {weekday} about {topic}; have"
            " {number} [at hand|ready]. [Please do not write twice.|]",
            "we cannot [find|see] order {number}. Was it {place} or {lately} [perhaps|after all]?"
            " [Send"
            " the sheet again, all of us read this box.|]",
            "[solved|mended]: {topic}. If it [returns|comes back], [reply|tell us], {colleague} has"
            " the shift until {soon}. {number}.",
        ),
    ),
)
