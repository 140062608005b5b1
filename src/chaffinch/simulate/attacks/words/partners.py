"""What partners write: files in a running thread, first acquaintance and its request, enquiries."""

from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.text.texts import texts

PAPERS = Script(
    subject=texts(train=("Documents {number}",), judge=("Papers {small}",)),
    body=texts(
        train=(
            "[please find|here are] the [documents|drawings] for {number}. [Could you check"
            " them|Please check them] [by {weekday}|before we go on]?",
            "[I have put|we have put] the [revised|signed] [contract|order] online. [Please sign"
            " in and confirm.|Let me know if it opens.]",
            "[as mentioned|as promised], the [list|specification] is [ready|available]. [Look"
            " at|See] item {small}.",
        ),
        judge=(
            "[so that we talk about the same thing|before we speak]: [have a look|look] at what"
            " our people [drew up|wrote]. [The red parts|Parts in red] are new.",
            "[this is too big for mail|mail refuses the size], [so it lies|it lies] in our"
            " [room|folder]. [The door is open|You can get in] until {weekday}.",
            "[the purchase department asks|someone in purchasing asks] for your initials on"
            " [sheet|page] {small}. [It takes a minute|A minute's work].",
        ),
        de=texts(
            train=(
                "[anbei|hier] finden Sie die [Unterlagen|Zeichnungen] zu {number}. [Bitte prüfen"
                " Sie sie|Könnten Sie sie prüfen] diese Woche?",
                "der [überarbeitete|unterschriebene] Vertrag [liegt bereit|ist online]. [Bitte"
                " anmelden und bestätigen.|]",
            ),
            judge=(
                "[für die Mail zu groß|leider zu groß], deshalb [liegt alles|alles] in unserem"
                " Datenraum. Neu ist [Seite|Blatt] {small}.",
                "der Einkauf [bittet um|braucht] Ihr Kürzel auf Blatt {small}; [das dauert nicht"
                " lang|es geht schnell].",
            ),
        ),
        fr=texts(
            train=(
                "[veuillez trouver|voici] les [documents|plans] de la commande {number}. [Merci de"
                " les vérifier|Pouvez-vous les vérifier] cette semaine ?",
                "le contrat [révisé|signé] est [en ligne|disponible]. [Merci de confirmer.|]",
            ),
            judge=(
                "[trop lourd pour un message|le fichier est trop lourd], tout se trouve dans notre"
                " espace. [La page|La feuille] {small} est nouvelle.",
                "le service achats [attend|demande] vos initiales page {small} ; [une minute"
                " suffit|c'est rapide].",
            ),
        ),
        es=texts(
            train=(
                "[adjunto|aquí tiene] los [documentos|planos] del pedido {number}. [¿Puede"
                " revisarlos|Le ruego revisarlos] esta semana[?|.]",
                "el contrato [revisado|firmado] ya está [en línea|disponible]. [Por favor,"
                " confirme.|]",
            ),
            judge=(
                "[no cabe en un correo|pesa demasiado], [así que está|está] en nuestra carpeta. La"
                " hoja {small} es nueva.",
                "compras [necesita|pide] sus iniciales en la página {small}; [es un minuto|se hace"
                " enseguida].",
            ),
        ),
    ),
    label=texts(
        train=("[Open|View] the documents", "[Documents|Files] {number}"),
        judge=("[To the folder|Our folder]", "Sheet {small}"),
        de=texts(train=("Unterlagen [öffnen|ansehen]",), judge=("Zum Datenraum",)),
        fr=texts(train=("[Ouvrir|Voir] les documents",), judge=("Vers l'espace",)),
        es=texts(train=("[Abrir|Ver] los documentos",), judge=("A la carpeta",)),
    ),
)

ACQUAINTANCE = Script(
    subject=texts(
        train=(
            "[Nice to meet you|Introduction]",
            "[Working together|Cooperation]",
            "[Supply|Services] for {company}",
        ),
        judge=(
            "[First steps|A start]",
            "[Our conversation|What we can do]",
            "From a new neighbour",
        ),
    ),
    body=texts(
        train=(
            "[I look after|I am responsible for] [new customers|key accounts] [at our firm|here]"
            " and [understand|hear] that you [need|look for] [a supplier|support]. [Who is the"
            " right person|Are you the right person] for [quotes|orders]?",
            "[thank you for your time|it is a pleasure to write to you]. [We would be glad|We are"
            " happy] to [work with|support] {company}. [When would a call suit you|Which day suits"
            " you for a call]?",
            "[I am writing|I write] to [introduce myself|say hello]: [from now on|from today] I am"
            " your contact for [deliveries|orders]. [Do you have any questions?|Please ask me"
            " anything.]",
        ),
        judge=(
            "[small firms like ours|firms of our size] live from [trust|people who know each"
            " other], so [before any numbers|first of all] I wanted to say who we are. [What keeps"
            " you busy|What are you working on] this {weekday}?",
            "[your site mentions|I read of] [a new hall|{small} openings]; [we have equipped"
            " several|that is our trade]. [May I ask how you buy|How do you usually buy]?",
            "[a colleague of yours|somebody in your house] [may have told you|perhaps told you]"
            " about us. [I would enjoy|I look forward to] a quarter of an hour [on the phone|with"
            " you].",
        ),
    ),
)

INTRODUCTION = Script(
    subject=texts(
        train=("[Introducing|Meet] {name}", "[New contact|A new partner]"),
        judge=(
            "{name}, [whom I mentioned|as promised]",
            "[Two people who should talk|Connecting you]",
        ),
    ),
    body=texts(
        train=(
            "{name} [in copy|copied here] [will supply|is going to work with] us. [Please take it"
            " from here|You two can go on directly].",
            "[I met|we met] {name} [at the fair|last week]; [their offer|the offer] is good."
            " [{name} will write to you about the start.|You will hear from {name}.]",
        ),
        judge=(
            "[I leave you two to it|over to you both]: {name} knows [what we need|our plans], and"
            " you know how we [order|buy].",
            "[the choice fell on|we chose] {name}, who reads this too. [Do what is needed to"
            " begin|See to the formalities].",
        ),
    ),
)

REQUEST = Script(
    subject=ACQUAINTANCE.subject,
    body=texts(
        train=(
            "[as discussed|as mentioned], [we can start|we start] as soon as the [deposit|first"
            " instalment] of {amount} [has arrived|is paid]. [Please pay|Kindly pay] to {account}["
            " by {weekday}|].",
            "[to open your account|for the account with us] we need [the order form|your details]"
            " and a [prepayment|deposit] of {amount} on {account}. [Can you arrange that|Is that"
            " possible] today?",
            "[our first invoice|the first invoice] over {amount} is due. [Bank details|Our"
            " account]: {account}. [Please send me the receipt.|Let me know when it is paid.]",
        ),
        judge=(
            "[everything is set on our side|we are ready], only the [sign of good will|opening"
            " sum] of {amount} is missing. [It goes to|Send it to] {account} and [the van rolls|we"
            " roll] on {weekday}.",
            "[forgive me for coming to money|now the dull part]: new customers [prepay|pay ahead]"
            " {amount}. [The number to use is|Use this number:] {account}[, no fee falls on you|].",
            "[our owner asks|my owner asks] whether {amount} [can reach us|could arrive] before"
            " {hour}. [Pay into|The place is] {account}. [I will hold the slot|The slot is yours]"
            " until then.",
        ),
    ),
)

ENQUIRY = Script(
    subject=texts(
        train=("[New enquiry|Contact form]: {name}", "[Website|Form] message {number}"),
        judge=("{name} wrote through the site", "[A visitor|Somebody] left a message ({number})"),
    ),
    body=texts(
        train=(
            "[we would like|please send us] a quotation for {small} [units|pieces]. [The"
            " specification is|Our list is] here:",
            "[an invoice of yours|your invoice] {number} [does not match|differs from] our order."
            " [See the details|The details are] under this address:",
            "[can you deliver|do you deliver] {small} pieces by {weekday}? [The drawing|Our"
            " drawing] [is|can be seen] here:",
        ),
        judge=(
            "[your phone was busy|nobody answered], so [I try it this way|I write here]. [What we"
            " are after is described|You find what we are after] at this place:",
            "[I got {number} from you|I hold number {number}] and [cannot make sense of it|wonder"
            " about it]. [My notes|My remarks] [are kept|lie] at:",
            "[our architects chose|the planners chose] your products, {small} of each. [Their"
            " booklet|The booklet] [may be read|is] here:",
        ),
    ),
)
