"""Partners who change or are new: other names, other domains, first letters, portals,"
" signatures."""

from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.text.texts import texts

REBRAND_NEWS = Script(
    subject=texts(
        train=("[We change our name|New name]: {partner} [becomes|is now] {renamed}",),
        judge=("From {month} we [write from|use] {domain}",),
        de=texts(train=("Aus {partner} wird {renamed}",), judge=("Ab {month}: {domain}",)),
        fr=texts(train=("{partner} devient {renamed}",), judge=("Dès {month} : {domain}",)),
        es=texts(train=("{partner} pasa a ser {renamed}",), judge=("Desde {month}: {domain}",)),
    ),
    body=texts(
        train=(
            "{partner} [takes|gets] a new name: {renamed}. Our mail will [come from|be sent from]"
            " {domain}; mailboxes here are [forwarded|read] for a year. Contracts, accounts and"
            " people"
            " [stay|do not change].",
        ),
        judge=(
            "please [add|note] {domain}: from today my colleagues and I [write|answer] from there."
            " The [owners|shareholders] chose {renamed} as our name. [Nothing to sign.|Bank and"
            " address are the old ones.] Note {number}.",
        ),
        de=texts(
            train=(
                "{partner} heißt künftig {renamed}. Unsere Post kommt dann von {domain}; die alten"
                " Adressen werden ein Jahr weitergeleitet. [Verträge und Konten bleiben.|]",
            ),
            judge=(
                "bitte merken Sie sich {domain} vor: Von dort [schreiben|antworten] wir ab jetzt.",
            ),
        ),
        fr=texts(
            train=(
                "{partner} s'appelle désormais {renamed}. Nos messages viendront de {domain} ; les"
                " anciennes adresses restent lues un an. [Contrats et comptes ne changent pas.|]",
            ),
            judge=(
                "merci de noter {domain} : nous [écrivons|répondons] de là à partir d'aujourd'hui.",
            ),
        ),
        es=texts(
            train=(
                "{partner} se llama ahora {renamed}. Nuestro correo vendrá de {domain}; las"
                " direcciones"
                " antiguas se leen un año más. [Contratos y cuentas no cambian.|]",
            ),
            judge=("tomen nota de {domain}: desde hoy [escribimos|respondemos] desde allí.",),
        ),
    ),
)

FROM_NEW_DOMAIN = Script(
    subject=texts(
        train=(
            "[First mail|Hello] from {renamed}: {topic}",
            "{topic} ([new address|our new domain])",
            "Order {number}, [same people|new sender]",
        ),
        judge=(
            "{renamed} on {topic}",
            "[As promised|You were told]: writing from {domain}",
            "[Delivery|Dates] for {number}",
        ),
        de=texts(train=("{topic} ([neue Adresse|neuer Name])",), judge=("{renamed}: {number}",)),
        fr=texts(
            train=("{topic} ([nouvelle adresse|nouveau nom])",), judge=("{renamed} : {number}",)
        ),
        es=texts(
            train=("{topic} ([nueva dirección|nuevo nombre])",), judge=("{renamed}: {number}",)
        ),
    ),
    body=texts(
        train=(
            "[as announced|as you know] we are {renamed} now. {Topic}: the [drawing|sample] for"
            " {number} is [ready|done], delivery on {weekday}. [Please change your address"
            " book.|The"
            " old address works, too.]",
            "this is my new address, [the desk is the old one|nothing else changed]. For {topic} we"
            " need the [approval|figures] by {weekday}, {hour}. Reference {number}.",
            "{partner} [and we|with us] form {renamed}. Your order {number} over EUR {amount} [goes"
            " on|runs] unchanged, [ready|due] in {month}.",
        ),
        judge=(
            "you will [get used to|have to learn] our new name; we [still stumble|practise], too."
            " On"
            " {topic}: {small} pieces [leave|go out] {weekday}, number {number}. [Same van.|]",
            "since the [merger|sale] my mail ends in {domain}. {colleague} [asked|rang] about"
            " {topic}"
            " - [yes|no], by {date}. [Old invoices keep the old head.|]",
            "how is {topic} [going|coming on]? We [owe|promised] you a date for {number}: {date},"
            " {place}. [Reply here from now on|The former box forwards to here].",
        ),
        de=texts(
            train=(
                "wie angekündigt heißen wir nun {renamed}. Betrifft {topic}: {number} ist fertig,"
                " Lieferung am"
                " {weekday}. [Bitte ändern Sie Ihr Adressbuch.|Die alte Adresse geht weiter.]",
            ),
            judge=(
                "meine Post endet jetzt auf {domain}. {colleague} fragte, es ging um {topic}:"
                " [ja|nein], bis {date}. Nummer {number}.",
            ),
        ),
        fr=texts(
            train=(
                "comme annoncé, nous sommes {renamed}. Pour {topic}, le numéro {number} est prêt,"
                " livraison {weekday}. [Merci de corriger votre carnet.|L'ancienne adresse marche"
                " encore.]",
            ),
            judge=(
                "mon adresse finit maintenant par {domain}. {colleague} demandait {topic} :"
                " [oui|non],"
                " le {date}. Numéro {number}.",
            ),
        ),
        es=texts(
            train=(
                "como anunciamos, ahora somos {renamed}. Sobre {topic}: el {number} está listo,"
                " entrega"
                " el {weekday}. [Cambie su agenda, por favor.|La dirección antigua sigue activa.]",
            ),
            judge=(
                "mi correo termina ahora en {domain}. {colleague} preguntó por {topic}: [sí|no], el"
                " {date}. Número {number}.",
            ),
        ),
    ),
)

QUOTATION = Script(
    subject=texts(
        train=(
            "[Request for quotation|RFQ] {number}: {topic}",
            "[Inquiry|Enquiry]: {small} units",
            "[Price|Offer] wanted by {weekday}",
        ),
        judge=(
            "[Could you make|Do you build] {topic}?",
            "[New customer|First contact] from {place}",
            "Tender {number}, [bids due|closing] {date}",
        ),
        de=texts(
            train=("[Anfrage|Angebotsanfrage] {number}: {topic}",),
            judge=("[Neukunde|Erstkontakt] aus {place}",),
        ),
        fr=texts(
            train=("[Demande de prix|Demande de devis] {number}",),
            judge=("[Nouveau client|Premier contact], {place}",),
        ),
        es=texts(
            train=("[Solicitud de oferta|Petición de precio] {number}",),
            judge=("[Cliente nuevo|Primer contacto] de {place}",),
        ),
    ),
    body=texts(
        train=(
            "we [found|saw] you at the fair in {place} and [would like|ask for] a quotation:"
            " {small} pieces, {topic}. [Drawings are|The list is] attached. Delivery to {place} in"
            " {month}. [Please answer by {weekday}.|Budget: EUR {amount}.]",
            "[we are|our firm is] new to you. Please [send|make] an offer for {number} units by"
            " {date};"
            " [payment in advance is possible|we can give trade references].",
            "our [present supplier|source] stops in {month}. Do you [deliver|supply] {topic}? [A"
            " price"
            " for {small} and for {number}, please.|See the attached data.]",
        ),
        judge=(
            "{colleague} [recommended|named] you. We [build|run] machines in {place} and"
            " [seek|lack]"
            " somebody for {topic}. What would {small} cost, [and when|how soon]? [Sketch below.|]",
            "an [invitation|invite] to bid: {number}, worth about EUR {amount}. Envelopes open"
            " {date},"
            " {hour}. [Papers are attached|Ask on {phone}].",
            "[quick|short] one, as we are [strangers|not acquainted]: is {topic} in your"
            " [range|line]?"
            " If so I [need|want] {small} by {weekday}, [paid on sight|cash].",
        ),
        de=texts(
            train=(
                "wir haben Sie auf der Messe in {place} gesehen und bitten um ein Angebot: {small}"
                " Stück,"
                " {topic}. Die Liste liegt bei. [Antwort bitte bis {weekday}.|Rahmen: {amount}"
                " Euro.]"
                " {number}.",
            ),
            judge=(
                "{colleague} hat Sie genannt. Wir bauen Maschinen und brauchen {topic}. Was kosten"
                " {small} Stück, [und ab wann|und wie bald]? Vorgang {number}.",
            ),
        ),
        fr=texts(
            train=(
                "nous vous avons vus au salon de {place} et demandons un devis : {small} pièces,"
                " {topic}. La liste est jointe. [Réponse avant {weekday}.|Budget : {amount} euros.]"
                " {number}.",
            ),
            judge=(
                "{colleague} nous a donné votre nom. Nous cherchons {topic}. Combien pour {small},"
                " [et quand|sous quel délai] ? Dossier {number}.",
            ),
        ),
        es=texts(
            train=(
                "los vimos en la feria de {place} y pedimos oferta: {small} piezas, {topic}. La"
                " lista va"
                " adjunta. [Respuesta antes del {weekday}.|Presupuesto: {amount} euros.] {number}.",
            ),
            judge=(
                "{colleague} nos dio su nombre. Buscamos {topic}. ¿Cuánto cuestan {small}, [y"
                " cuándo|y en"
                " qué plazo]? Expediente {number}.",
            ),
        ),
    ),
)

SIGNATURE = Script(
    subject=texts(
        train=(
            "[Please sign|Signature requested]: contract {number}",
            "{author} [sent you|wants you to sign] {topic}",
            "[Supply agreement|Non-disclosure agreement] with {partner}",
        ),
        judge=(
            "[Your name is missing|One signature left] on {number}",
            "{partner} [has signed|signed], now you",
            "Agreement: {topic}, [pages|sheet] {small}",
        ),
    ),
    body=texts(
        train=(
            "{author} of {partner} [asks|invites] you to sign the contract on {topic}, number"
            " {number}."
            " It [expires|can be signed until] {date}. [Open it with the button.|]",
            "a document of {small} pages [awaits|needs] your signature: {topic}. Sender: {author},"
            " {partner}. [Questions go to the sender.|Do not pass this mail on.]",
            "the [frame contract|agreement] with {partner} over EUR {amount} is [ready|prepared]."
            " [Review and sign|Read, then sign] before {weekday}.",
        ),
        judge=(
            "[last|only] step: {partner} put its name under {number} on {weekday}; [put|set] yours"
            " beside it. [You can decline.|Subject: {topic}.]",
            "{author} [prepared|laid out] {topic} for two signatures. The first is there. [Paper"
            " copies|A copy] will reach both sides once you are [done|finished]. {number}.",
            "{small} fields to fill, [one|a single] line to sign, until {hour} on {date}: that is"
            " all"
            " {partner} [needs|waits for].",
        ),
    ),
)

INVITATION = Script(
    subject=texts(
        train=(
            "[Kick-off|First call]: {topic}",
            "{partner} and you, {weekday}",
            "Meeting {number}",
        ),
        judge=(
            "[Getting acquainted|Introduction], {partner}",
            "{topic}: [talk|session] in {month}",
        ),
    ),
    body=texts(
        train=(
            "[let us|we] meet for the first time on {topic}. [Agenda|Points]: {small} minutes each,"
            " then [questions|prices]. Join at {url}",
            "{partner} invites you to a call about {topic}, [reference|no.] {number}. [Dial"
            " in|Join]"
            " here: {url}",
        ),
        judge=(
            "[faces to names|nice to meet you]: half an hour on {topic}, {colleague} [comes,"
            " too|was"
            " asked as well]. Room: {url}",
            "what we [make|do] in {place}, what you need, {number} in the middle. [Camera"
            " optional.|]"
            " {url}",
        ),
    ),
)

PORTAL = Script(
    subject=texts(
        train=(
            "[Secure message|Encrypted mail] from {author}",
            "[Confidential|Protected]: {topic}",
            "{partner} sent you [an encrypted|a protected] message",
        ),
        judge=(
            "[Read|To read]: a sealed letter, {number}",
            "{author} has [locked|sealed] something for you",
            "[Private data|Patient data|Personal data] enclosed, {partner}",
        ),
        de=texts(
            train=("[Verschlüsselte Nachricht|Sichere Nachricht] von {author}",),
            judge=("{partner}: [vertraulich|geschützt], {number}",),
        ),
        fr=texts(
            train=("[Message chiffré|Message sécurisé] de {author}",),
            judge=("{partner} : [confidentiel|protégé], {number}",),
        ),
    ),
    body=texts(
        train=(
            "you have [received|got] an encrypted message about {topic}. Open the attached page in"
            " your"
            " browser and [sign in|enter your portal password]. It [stays|is kept] until {date}."
            " [First time? Set a password there.|]",
            "{author} sends [data|papers] that must not travel openly. [Save|Download] the"
            " attachment,"
            " open it, [give|type] the code you get by phone. Message {number}.",
        ),
        judge=(
            "the law [obliges|tells] {partner} to seal what concerns {topic}. The page below leads"
            " to"
            " our letterbox; the key is the one [agreed|set] in {lately}. {number}.",
            "[nothing|no content] stands here on purpose. {author} wrote; to read it,"
            " [double-click|"
            "open] the enclosed file, [line|connection] permitting, before {weekday}, {hour}. No."
            " {number}.",
        ),
        de=texts(
            train=(
                "Sie haben eine verschlüsselte Nachricht über {topic} erhalten. Öffnen Sie die"
                " Anlage im"
                " Browser und melden Sie sich an. Sie bleibt bis {date}. [Beim ersten Mal vergeben"
                " Sie"
                " ein Kennwort.|] {number}.",
            ),
            judge=(
                "was {topic} betrifft, muss {partner} versiegeln. Die Seite führt zum Postfach"
                " {number}.",
            ),
        ),
        fr=texts(
            train=(
                "vous avez reçu un message chiffré sur {topic}. Ouvrez la pièce jointe dans le"
                " navigateur"
                " et identifiez-vous. Disponible jusqu'au {date}. {number}.",
            ),
            judge=(
                "{partner} doit protéger ce qui touche {topic}. La page mène à la boîte {number}.",
            ),
        ),
    ),
)

SHARED_FILE = Script(
    subject=texts(
        train=(
            '{author} shared "{topic}" with you',
            "{author} [invites you to|added you to] a folder",
            "[Files|Documents] for {number} from {partner}",
        ),
        judge=(
            "[You can now open|Access given]: {topic}",
            "{partner}: {small} files [uploaded|put up]",
            "[Comment|Remark] by {author} on {number}",
        ),
    ),
    body=texts(
        train=(
            "{author} ({partner}) [shared|gave you access to] {topic}, {small} files. [Sign in|Log"
            " in]"
            " to view. [The link works until {date}.|Folder {number}.]",
            "[a new version|version {small}] of {topic} is [in the folder|there]. {author} asks"
            " you to"
            " [review|check] it by {weekday}. No. {number}.",
        ),
        judge=(
            "{partner} [opened|unlocked] a folder for you: {topic}. Inside lie {small} drawings,"
            " the"
            " [latest|newest] from {past}. {number}.",
            "under {number} {author} [left|wrote] a remark for you, line {small}: see {topic}."
            " [Answer"
            " beside it.|You need your account.]",
        ),
    ),
)
