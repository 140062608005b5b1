"""Pay slips, tax offices, courts and boards."""

from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.text.texts import texts

PAY_SLIP = Script(
    subject=texts(
        train=(
            "Your [pay slip|payslip] for {lately}",
            "{lately}: [wage statement|salary statement] ready",
            "[Payroll|Salary] documents, no. {number}",
        ),
        judge=(
            "[What you earned|Your pay] in {lately}",
            "Document {number} in your [pay folder|staff file]",
            "[New|Fresh] from payroll: {lately}",
        ),
    ),
    body=texts(
        train=(
            "your pay slip for {lately} is [ready|available]. [Sign in|Log in] to the portal with"
            " your"
            " company account to read it. [It stays there for ten years.|Document {number}.]",
            "the [wage|salary] statement for {lately} is [attached|enclosed], locked with your"
            " staff number. [Ask {colleague} if figures look wrong.|Payment date: {weekday}.] No."
            " {number}.",
            "payroll for {lately} is [closed|done]. Net pay arrives by {weekday}. Your statement,"
            " {number}, [can be opened|waits] behind the link.",
        ),
        judge=(
            "[once a month|twelve times a year] we write this: there is a paper in your staff file,"
            " {number}. It [shows|tells] how {lately} was [reckoned|worked out].",
            "[money|your salary] is on its way, {weekday} at the latest. How we got to the sum"
            " [stands|is] in {number}; open it [at work|with your badge code].",
            "the adviser has [sent|handed over] {lately}. [Overtime|Travel] was counted, sick days"
            " were {small}. [Read more|Look it up] under {number}.",
        ),
    ),
)


TAX_OFFICE = Script(
    subject=texts(
        train=(
            "[Tax assessment|Notice] {number}, {lately}",
            "[Audit|Inspection] from {weekday}: papers wanted",
            "Your [return|advance return] of {lately}",
        ),
        judge=(
            "Reference {number}: [we lack|missing] a form",
            "[Payment plan|Prepayment] set for {month}",
            "[Query of|A question from] the revenue in {place}",
        ),
        de=texts(
            train=("[Bescheid|Anordnung] {number} des Finanzamts",),
            judge=("[Rückfrage|Anforderung] zu Zeichen {number}",),
        ),
        fr=texts(
            train=("[Avis|Décision] {number} du service des impôts",),
            judge=("[Demande|Question] sur le dossier {number}",),
        ),
        es=texts(
            train=("[Notificación|Resolución] {number} de la oficina tributaria",),
            judge=("[Consulta|Requerimiento] sobre {number}",),
        ),
    ),
    body=texts(
        train=(
            "the assessment {number} for {lately} is [attached|enclosed]. EUR {amount} [is|falls]"
            " due"
            " on {date}. Objections [reach|must reach] us within a month. [This office never asks"
            " for"
            " passwords.|]",
            "an [audit|inspection] of {topic} [begins|starts] on {weekday} at {hour}. [Keep|Please"
            " have] the ledgers of {small} months ready. Order {number} is attached.",
            "in your return for {lately} we [miss|do not find] annex {small}. Please [send|file] it"
            " by"
            " {date}, quoting {number}; [otherwise we have to estimate|a fine may follow].",
        ),
        judge=(
            "[regarding|as to] {topic}: which of the sums of {lately} [concern|belong to] {place}?"
            " An"
            " answer by {weekday} [spares you|avoids] a visit. Our sign: {number}.",
            "you [pay|have to pay] EUR {amount} in advance each quarter, first on {date}."
            " [Reasons|How"
            " this was found] on page {small} of the paper below. File {number}.",
            "the officer in charge of {number} has [changed|moved]; ring {phone}. [Nothing is due"
            " now.|The term for {lately} is extended to {date}.]",
        ),
        de=texts(
            train=(
                "der Bescheid {number} liegt an. {amount} Euro sind am {date} fällig. [Einspruch"
                " ist"
                " binnen eines Monats möglich.|Wir fragen nie nach Kennwörtern.] Betrifft:"
                " {topic}.",
            ),
            judge=(
                "betreffend {topic} fehlt uns Anlage {small}. Reichen Sie sie bis {date} nach,"
                " [sonst müssen"
                " wir schätzen|eine Verlängerung ist möglich]. Unser Zeichen: {number}.",
            ),
        ),
        fr=texts(
            train=(
                "l'avis {number} est joint. {amount} euros sont [dus|payables] le {date}. [Vous"
                " disposez d'un mois pour le contester.|Nous ne demandons jamais de mot de passe.]"
                " Objet : {topic}.",
            ),
            judge=(
                "il nous manque l'annexe {small} concernant {topic}. Transmettez-la avant le"
                " {date},"
                " [faute de quoi nous estimerons|un délai est possible]. Dossier {number}.",
            ),
        ),
        es=texts(
            train=(
                "se adjunta la notificación {number}. Vencen {amount} euros el {date}. [Puede"
                " recurrir"
                " en un mes.|Nunca pedimos contraseñas.] Asunto: {topic}.",
            ),
            judge=(
                "nos falta el anexo {small} sobre {topic}. Envíelo antes del {date}, [si no,"
                " haremos"
                " una estimación|cabe una prórroga]. Expediente {number}.",
            ),
        ),
    ),
)


COURT = Script(
    subject=texts(
        train=(
            "[Summons|Hearing] on {date}, case {number}",
            "[Service of|Served]: order in case {number}",
            "[Regulator|Inspectorate]: request for information {number}",
        ),
        judge=(
            "Case {number}: [a term runs|your statement is awaited]",
            "[Product safety|Market surveillance] inquiry, {topic}",
            "[To be answered by|Term ends] {date}",
        ),
        de=texts(
            train=("[Ladung|Termin] in der Sache {number}",),
            judge=("Az. {number}: [Frist|Stellungnahme] bis {date}",),
        ),
        fr=texts(
            train=("[Convocation|Audience], affaire {number}",),
            judge=("Dossier {number} : [délai|réponse attendue]",),
        ),
        es=texts(
            train=("[Citación|Vista], asunto {number}",),
            judge=("Expediente {number}: [plazo|respuesta pendiente]",),
        ),
    ),
    body=texts(
        train=(
            "you are [summoned|called] as a [witness|party] in case {number}, {date}, {hour}, room"
            " {small}, {place}. The order is attached. [Failure to appear may be fined.|Bring"
            " identification.]",
            "[please find|you find] attached a decision on {topic}. An appeal [has to|must] be"
            " lodged"
            " within two weeks [of service|from today]. The registry can be reached on {phone}.",
            "under section {small} we request information on {topic}, [in full and|] by {date}."
            " [Late"
            " answers may cost EUR {amount}.|The questionnaire is attached.] File {number}.",
        ),
        judge=(
            "in the matter of {topic} the other side [filed|handed in] a brief of {small} pages,"
            " see"
            " below. The chamber in {place} [waits for|expects] yours until {date}. {number}.",
            "a [consumer|competitor] complained about {topic}. [We have to look into it|That"
            " obliges"
            " us to ask]: how many were sold, and where? [Reply quoting|Quote] {number}, {weekday}"
            " at"
            " the latest.",
            "the hearing was [put off|moved] from {date}; judge and room {small} [stay|are the"
            " same]."
            " Costs of EUR {amount} [are reserved|will be decided later]. [Read the annex.|]",
        ),
        de=texts(
            train=(
                "in der Sache {number} werden Sie zum {date}, {hour}, Saal {small}, geladen. Die"
                " Anordnung liegt bei. [Unentschuldigtes Fernbleiben kann geahndet werden.|Bringen"
                " Sie"
                " einen Ausweis mit.]",
            ),
            judge=(
                "es ging eine Beschwerde ein, betreffend {topic}. [Teilen Sie uns mit|Wir bitten"
                " um Auskunft],"
                " wie"
                " viele Stücke verkauft wurden; Frist: {date}. Zeichen {number}.",
            ),
        ),
        fr=texts(
            train=(
                "vous êtes [convoqué|cité] dans l'affaire {number} le {date} à {hour}, salle"
                " {small}."
                " L'ordonnance est jointe. [Munissez-vous d'une pièce d'identité.|Toute absence"
                " peut"
                " être sanctionnée.]",
            ),
            judge=(
                "une plainte concerne {topic}. [Indiquez-nous|Merci de préciser], avant le {date},"
                " le nombre de pièces vendues. Référence {number}.",
            ),
        ),
        es=texts(
            train=(
                "se le [cita|convoca] en el asunto {number} el {date} a las {hour}, sala {small}."
                " Se"
                " adjunta la orden. [Traiga un documento de identidad.|La ausencia puede"
                " sancionarse.]",
            ),
            judge=(
                "hemos recibido una queja sobre {topic}. [Indíquenos|Comunique] antes del {date}"
                " cuántas piezas se vendieron. Referencia {number}.",
            ),
        ),
    ),
)
