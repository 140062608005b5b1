"""Chiefs, their assistants and namesakes: private mailboxes, errands in a hurry, letters to all."""

from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.text.texts import texts

PRIVATE_MAILBOX = Script(
    subject=texts(
        train=(
            "[From my private account|Writing from home]: {topic}",
            "{topic} ([phone is dead|no laptop with me])",
            "[Pictures|Scans|Notes] for {weekday}",
        ),
        judge=(
            "[Sent from my own address], {topic}",
            "For the [folder|file]: {topic}",
            "[Could not log in at home|VPN is down here] - {topic}",
        ),
    ),
    body=texts(
        train=(
            "the [laptop|office machine] stayed in {place}, so this comes from my [private|own]"
            " mailbox. [Please print|Could you print] the [agenda|draft] on {topic} for {weekday};"
            " {small} copies are [enough|fine]. [I am back at {soon}.|Nothing urgent.]",
            "I am [at home with a cold|looking after a sick child] and [use my private mail|write"
            " from my own mailbox]. [Move|Please move] the {soon} meeting about {topic} to"
            " {weekday}. [Everything else stays.|Ask {colleague} whether that suits.]",
            "[here are|these are] my notes from {place} about {topic}. I [scribbled|typed] them on"
            " the [train|ferry], [hence the private address|that is why they come from here]."
            " Add them to {number}, [please|thank you].",
        ),
        judge=(
            "sorry for the [unfamiliar|odd] sender; my work phone [fell into the harbour|has no"
            " charge left]. What I wanted to say on {topic}: {colleague}'s [version|proposal] is"
            " the"
            " better one, [let us take it|go with that]. We [speak|talk] {weekday}.",
            "[can you|would you] tell {colleague} I shall be late on {weekday}, about {hour}? The"
            " [airline|railway] lost my bag with the computer in it. [The slides for {topic} are on"
            " the share.|Start {topic} without me.]",
            "this is the [recipe|photo|article] I [mentioned|promised] when we spoke of {topic}."
            " [Nothing to do with work, thus from my mailbox at home.|Family account, never mind.]"
            " [See you {weekday}|Until {weekday}], {place} [greets|says hello].",
        ),
    ),
)

INTRODUCED = Script(
    subject=texts(
        train=("My private address, [just in case|for emergencies]",),
        judge=("[Other ways|Another way] to reach me in {month}",),
    ),
    body=texts(
        train=(
            "if my [office account|work mail] does not answer in {month}, write to {address};"
            " that is me. I may write from there, too, [about {topic} mostly|never about money].",
        ),
        judge=(
            "while {place} has no connection I read {address} [in the evening|once a day]. Keep the"
            " [number|address] to yourself; {topic} can [go|be sent] there.",
        ),
    ),
)

ON_BEHALF = Script(
    subject=texts(
        train=(
            "[Appointment|Meeting] on {weekday}: {topic}",
            "[Documents|Papers] for {weekday}, {topic}",
            "[Travel to|Your visit in] {place}",
        ),
        judge=(
            "{topic} - [date|slot] wanted",
            "[Shall we say|How about] {weekday}? ({topic})",
            "[Guest list|Seating] for {place}",
        ),
        de=texts(
            train=("[Termin|Besprechung] am {weekday}: {topic}",),
            judge=("{topic} - [Terminvorschlag|neuer Termin]",),
        ),
        fr=texts(
            train=("[Rendez-vous|Réunion] {weekday} : {topic}",),
            judge=("{topic} - [date à convenir|proposition de date]",),
        ),
        es=texts(
            train=("[Cita|Reunión] el {weekday}: {topic}",),
            judge=("{topic}: [propuesta de fecha|fecha por acordar]",),
        ),
    ),
    body=texts(
        train=(
            "I would like to [discuss|go through] {topic} with you on {weekday} at {hour}. My"
            " office"
            " [has booked|has reserved] room {small}. [Please bring the figures of {lately}.|A"
            " quarter"
            " of an hour will do.]",
            "[thank you for|many thanks for] your papers on {topic}. I have [signed|approved]"
            " number"
            " {number}; my assistant [sends|posts] the original [today|on {weekday}]. [Call the"
            " office if it does not arrive.|]",
            "for the visit in {place} we have [taken|booked] rooms from {weekday}. [A car waits at"
            " {hour}|You are fetched at {hour}]. {Topic} is the [first|second] item of the agenda.",
        ),
        judge=(
            "[is|would] {weekday}, {hour}, [possible for you|be convenient]? The subject is"
            " {topic},"
            " and {colleague} [joins|sits in]. [An answer to my assistant is enough.|Reply here; it"
            " reaches my desk.]",
            "you asked [for a decision|how we go on] about {topic}: [agreed|yes], on the terms of"
            " {lately}. The [minutes|protocol] carry number {number} and [follow|come] by post.",
            "{small} people have accepted for {place}. [Would you say a few words on {topic}?|You"
            " sit beside {colleague}.] Doors open {weekday} at {hour}.",
        ),
        de=texts(
            train=(
                "ich möchte mit Ihnen am {weekday} um {hour} über {topic} sprechen. Mein Büro hat"
                " [Raum {small} reserviert|den Raum schon gebucht]. [Bitte bringen Sie die Zahlen"
                " mit.|Eine Viertelstunde genügt.] Vorgang {number}.",
            ),
            judge=(
                "wäre {weekday}, {hour}, [für Sie möglich|recht]? Es geht um {topic}, {colleague}"
                " [kommt dazu|ist dabei]. Eine Antwort an mein Sekretariat [reicht aus|genügt]"
                " (Zeichen {number}).",
            ),
        ),
        fr=texts(
            train=(
                "je souhaite [vous voir|parler avec vous] {weekday} à {hour} pour évoquer {topic}."
                " Mon bureau a [réservé la salle {small}|prévu une salle]. [Merci d'apporter les"
                " chiffres.|Un quart d'heure suffira.] Dossier {number}.",
            ),
            judge=(
                "{weekday} à {hour}, cela vous [convient-il|irait-il] ? Le sujet est {topic} et"
                " {colleague} [sera présent|participe]. Répondez à mon assistante, référence"
                " {number}.",
            ),
        ),
        es=texts(
            train=(
                "quisiera [hablar|reunirme] con usted el {weekday} a las {hour} sobre {topic}. Mi"
                " oficina ha [reservado la sala {small}|buscado una sala]. [Traiga las cifras, por"
                " favor.|Bastan quince minutos.] Expediente {number}.",
            ),
            judge=(
                "¿le [viene bien|conviene] el {weekday}, hacia {hour}? El asunto es {topic};"
                " {colleague} [también asiste|nos acompaña]. Conteste a mi secretaría con la"
                " referencia {number}.",
            ),
        ),
    ),
)

LETTER_TO_ALL = Script(
    subject=texts(
        train=(
            "[A letter|A word] from {boss}: {lately}",
            "{boss} on {topic}",
            "Our {lately}, [and what comes next|in five minutes]",
        ),
        judge=(
            "[Where we stand|What I saw] in {place}",
            "[Dear team|Colleagues], about {topic}",
            "{lately} [in review|looked back on] by {boss}",
        ),
    ),
    body=texts(
        train=(
            "[another|one more] month is over, and I want to [thank|tell] you. {Topic} went"
            " [better than planned|well], the order book [grew|rose] by {small} per cent, and"
            " {place}"
            " [opened|is running]. [Watch|Read] the whole message on the page below.",
            "many of you [asked|wrote to me] about {topic}. The short answer: we [go on|carry on],"
            " with {small} more colleagues from {month}. The long answer [is behind the link|takes"
            " four minutes]. [Questions come to the round on {weekday}.|]",
            "I spent {weekday} in {place} and [learned|saw] how much depends on {topic}. [My report"
            " with pictures|What I noted there] is [online|on the page]. Thank you, {colleague}.",
        ),
        judge=(
            "revenue, people, safety: in {lately} all three [point upward|look sound]. {small} days"
            " without an accident in {place} [make me proudest|matter most to me]. [The figures are"
            " one click away.|Click through for the figures.]",
            "[do you remember|you will recall] the promise on {topic}? It is kept. {colleague}"
            " [explains|shows] in a short film what [changes|happens] on {weekday}.",
            "the [board|council] met on {weekday}. [Agenda|On the table]: {topic}, the budget, and"
            " house {number}. I [sum up|tell] here what was decided and what was not.",
        ),
    ),
)

NAMESAKE = Script(
    subject=texts(
        train=(
            "[Enquiry|Question] about {topic}",
            "[Talk|Lecture] in {place} on {weekday}",
            "[Offer|Sample] {number}",
        ),
        judge=(
            "{place}, {month}: [a request|may I ask]",
            "Your [article|stand|poster] on {topic}",
            "[Reference|File] {number}, {topic}",
        ),
    ),
    body=texts(
        train=(
            "we [have not met|do not know each other]: I [run|lead] a workshop in {place} that"
            " happens to bear a name you know. [Do you supply|Could we buy] {small} pieces for"
            " {topic}? [A price list is enough.|Any day after {weekday} suits.]",
            "I [heard|attended] your talk in {place} and [should like|would like] the slides on"
            " {topic}. [No relation to your chief, by the way.|Yes, the same name, no kinship.]",
            "I teach at the school in {place}. [May|Could] {small} pupils visit you on {weekday} to"
            " [see|learn about] {topic}? [We arrive at {hour}.|The class is number {number}.]",
        ),
        judge=(
            "people [mix me up|confuse me] with your director; I am a [surveyor|dentist|piano"
            " tuner]"
            " from {place}. [What brings me here|My question] is {topic}, item {number} in your"
            " catalogue. [Is it in stock?|How long does it take?]",
            "our choir sings in {place} on {weekday}. [Would your firm|Does your company] take a"
            " page in the programme? It costs {small} euros and [mentions|may mention] {topic}.",
            "your [fitter|colleague] left a [glove|tape measure] here when {topic} was"
            " [repaired|set"
            " up], order {number}. [Shall I post it?|It lies at the gate until {weekday}.]",
        ),
    ),
)

IN_A_HURRY = Script(
    subject=texts(
        train=(
            "[Urgent|Now please]: {topic}",
            "[Before {soon}|Today, please]: {number}",
            "Call [me|{colleague}] [now|at once]",
        ),
        judge=(
            "{topic} cannot wait",
            "[Need your eyes on|Quick look at] {number}",
            "[Deadline moved|They want it earlier]: {topic}",
        ),
    ),
    body=texts(
        train=(
            "I need the [signed|final] version of {topic} before {soon}, the [customer|authority]"
            " in"
            " {place} [closes|decides] today. I am [in a meeting|on stage] and cannot talk; put it"
            " [into folder|under] {number}.",
            "[drop everything|stop what you do], please: the [line|plant] in {place} stands still."
            " {Topic} has to [leave|be released] by {soon}. [Approve {number} in the system, I have"
            " done my half.|{colleague} knows the details.]",
            "can you [pay|release] {number} today? It is the [deposit for the hall|customs bill] in"
            " {place}, [approved last week|it stands in the minutes], and the [usual|known]"
            " account."
            " [They open the gate only then.|Thank you.]",
        ),
        judge=(
            "the [inspector|auditor] came a day early. Whatever we have on {topic} - [print|bring]"
            " it, room {small}, {soon}. [I cannot leave the room.|Do not ring, knock.]",
            "{colleague} is [ill|stranded in {place}], you [take|have] {topic} this afternoon,"
            " sorry"
            " for the [notice|surprise]. The [client|jury] hears us at {soon}. File {number}.",
            "[one thing|a single thing] before my flight: tender {number} ends at {soon}, and the"
            " [form|envelope] on {topic} lacks a stamp. [Run.|Can you go there yourself?]",
        ),
    ),
)

GIFT_PROGRAMME = Script(
    subject=texts(
        train=(
            "Gift cards for [{month}|anniversaries]: [choose yours|pick a shop]",
            "[Your|The] {month} gift card",
            "Benefits: vouchers [again|once more] from {weekday}",
        ),
        judge=(
            "[Thank-you|Bonus] vouchers, how it works",
            "{small} years with us: [a present|your voucher]",
            "[Reminder|Last call]: redeem by {weekday}",
        ),
    ),
    body=texts(
        train=(
            "everybody who [worked|was on duty] in {lately} [receives|gets] a gift card worth"
            " {small}0 euros. Choose the shop on the [benefits page|intranet] by {weekday}. [Codes"
            " are shown there only.|We never send codes by mail.] Your number is {number}.",
            "as [agreed|announced] with the works council, vouchers are [handed out|distributed]"
            " from"
            " {weekday}, room {small}. [Bring your badge.|{colleague} holds the list.] Programme"
            " {number}, {month}.",
            "[for your anniversary|for {small} years of service] the company gives you a card."
            " [Pick"
            " it up|Collect it] from {colleague} or order it [online|on the page below].",
        ),
        judge=(
            "the people team has [bought|ordered] {number} vouchers for {month}; one is yours."
            " [Sign in|Go to the portal] and say where you [shop|would like to shop]. It lapses"
            " {weekday}, {hour}.",
            "[no more|instead of] Christmas baskets: from this year there is a card with {small}"
            " euros on it. {colleague} [explains|answers questions about] tax. [See the page.|]",
            "you [won|took] the safety prize for {topic}. Its worth, {small} euros, [sits|waits]"
            " on a"
            " shop card with the porter in {place}.",
        ),
    ),
)

TRAVEL = Script(
    subject=texts(
        train=(
            "[Change|New plan]: {place} on {weekday}",
            "[Flight|Train] {number} [moved|cancelled]",
            "[Stuck in|Still in] {place}",
        ),
        judge=(
            "[Not {weekday} after all|Later than planned]",
            "{place}: [other hotel|different arrival]",
            "[Running late|Missed the connection], {topic}",
        ),
        de=texts(
            train=("[Änderung|Neuer Plan]: {place} am {weekday}",),
            judge=("Komme [später|erst am {weekday}] an",),
        ),
        fr=texts(
            train=("[Changement|Nouveau plan] : {place}, {weekday}",),
            judge=("J'arrive [plus tard|seulement {weekday}]",),
        ),
        es=texts(
            train=("[Cambio|Nuevo plan]: {place}, {weekday}",),
            judge=("Llego [más tarde|recién el {weekday}]",),
        ),
    ),
    body=texts(
        train=(
            "flight {number} is [cancelled|late], I get to {place} at {soon} [at best|tomorrow]."
            " Please [tell|warn] {colleague} and [move|shift] {topic}. Sent from my phone.",
            "[change of plan|plans changed]: I stay in {place} until {weekday}. [Rebook|Please"
            " rebook] my ticket {number} and [cancel the room|keep the room]. [Card as always.|]",
            "they [put|placed] me on the {soon} train. The taxi can [wait|come later]; order"
            " {number}. {Topic} [without me|needs you].",
        ),
        judge=(
            "[snow|strike|fog] in {place}. Nothing leaves before {soon}, so [start|open] {topic}"
            " yourself. My [code|booking] is {number} if the [hotel|desk] asks.",
            "can [somebody|you] fetch me {weekday}, {hour}, other airport? [{colleague} has a"
            " car.|I pay the parking.] Ticket {number} [runs|goes] via {place} now.",
            "I [shall|will] miss {topic}. Hotel is full, new one near gate {small}; [bill|invoice]"
            " to"
            " the firm, [reference|quote] {number}.",
        ),
        de=texts(
            train=(
                "Flug {number} ist [gestrichen|verspätet], ich bin erst um {soon} in {place}. Sag"
                " bitte {colleague} Bescheid und [verschieb|verlege] {topic}. Vom Telefon"
                " gesendet.",
            ),
            judge=(
                "hier [schneit|streikt] es. Vor {soon} fährt nichts; [fangt ohne mich an|beginnt"
                " schon einmal], es geht um {topic}. Buchung {number}, [Hotel in {place}"
                " bleibt|neues Hotel].",
            ),
        ),
        fr=texts(
            train=(
                "le vol {number} est [annulé|en retard], je serai à {place} vers {soon}. Prévenez"
                " {colleague} et [décalez|reportez] {topic}. Envoyé de mon téléphone.",
            ),
            judge=(
                "[neige|grève] ici. Rien ne part avant {soon} ; commencez {topic} sans moi."
                " Réservation {number}, [l'hôtel à {place} ne change pas|autre hôtel].",
            ),
        ),
        es=texts(
            train=(
                "el vuelo {number} está [cancelado|retrasado], llego a {place} a las {soon}. Avisa"
                " a"
                " {colleague} y [mueve|aplaza] {topic}. Enviado desde el móvil.",
            ),
            judge=(
                "[nieva|hay huelga] aquí. Nada sale antes de las {soon}; empezad {topic} sin mí."
                " Reserva {number}, [el hotel en {place} sigue igual|otro hotel].",
            ),
        ),
    ),
)
