"""What vendors and customers write, and are written; a template's first line is the subject."""

from chaffinch.simulate.text.texts import texts

TRADE = texts(
    train=(
        "[Order|Purchase order] {number}\n"
        "[please find|here is] our question on order {number}: [when will the remaining {small}"
        " pieces ship|can the delivery be moved to {weekday}]?",
        "[Quotation|Offer] {number}\n"
        "[could you send|may we ask for] a quotation for {small} units with the [short|long]"
        " housing, delivered to {place}?",
        "[Calibration|Service] of unit {number}\n"
        "unit {number} is due for [calibration|service]. [Which week suits you|Do you collect"
        " it or shall we send it]?",
    ),
    judge=(
        "[Serial|Device] {number} [blinks|beeps]\n"
        "since {weekday} it [blinks|beeps] twice and stops. [Is that in the manual?|Does somebody"
        " of"
        " yours pass {place}?] We [rely on|cannot do without] it.",
        "[Spare parts|Seals and screws]\n"
        "what would {small} sets cost us, [freight to {place} included|packed singly]? [Part number"
        " {number}.|Last time it took two weeks.]",
        "[Acceptance|Hand-over] in {place}\n"
        "our people [expect|await] yours on {weekday}. Bring protocol {number}; the gate"
        " [wants|asks"
        " for] names beforehand.",
    ),
    de=texts(
        train=(
            "[Bestellung|Auftrag] {number}\n"
            "[könnten Sie uns bitte mitteilen|wir wüssten gern], wann die restlichen {small} Stück"
            " aus Auftrag {number} geliefert werden?",
            "Angebot [für die Wartung|über Ersatzteile] {number}\n"
            "[vielen Dank für das Angebot|das Angebot liegt uns vor]. Gilt der Preis auch bei"
            " {small} Geräten? [Wir möchten zügig bestellen.|]",
        ),
        judge=(
            "Gerät {number} [blinkt|piept]\n"
            "seit {weekday} [blinkt|piept] es und hält dann an. [Steht das im Handbuch?|Kommt"
            " jemand von"
            " Ihnen vorbei?]",
            "Abnahme in {place}\n"
            "wir erwarten Ihre Leute am {weekday}. [Protokoll {number} bitte mitbringen.|Der"
            " Pförtner"
            " braucht {small} Namen.]",
        ),
    ),
    fr=texts(
        train=(
            "[Commande|Livraison] {number}\n"
            "[pourriez-vous nous indiquer|merci de nous dire] la date de livraison des {small}"
            " pièces restantes de la commande {number} ?",
            "Étalonnage de l'appareil {number}\n"
            "[l'appareil doit être étalonné|l'étalonnage arrive à échéance]. Quelle semaine vous"
            " conviendrait ?",
        ),
        judge=(
            "Appareil {number} [en panne|arrêté]\n"
            "depuis {weekday} il clignote puis s'arrête. [Est-ce dans le manuel ?|Quelqu'un passe"
            " par"
            " {place} ?]",
            "Réception à {place}\n"
            "nous attendons votre équipe {weekday}. [Apportez le procès-verbal {number}.|Il nous"
            " faut"
            " {small} noms.]",
        ),
    ),
    es=texts(
        train=(
            "[Pedido|Entrega] {number}\n"
            "[¿podrían indicarnos|quisiéramos saber] cuándo llegan las {small} piezas que faltan"
            " del pedido {number}? Muchas gracias.",
            "Presupuesto {number}\n"
            "[necesitamos|quisiéramos] un presupuesto para {small} equipos con entrega en {place}.",
        ),
        judge=(
            "Equipo {number} [parado|averiado]\n"
            "desde el {weekday} parpadea y se para. [¿Viene en el manual?|¿Pasa alguien por"
            " {place}?]",
            "Recepción en {place}\n"
            "esperamos a su equipo el {weekday}. [Traigan el acta {number}.|Hacen falta {small}"
            " nombres.]",
        ),
    ),
)

REPLIES = texts(
    train=(
        "[thank you for your message|thanks]. [It leaves our dock on {weekday}|The date holds],"
        " [and the papers follow by mail|tracking follows].",
        "[understood|noted]. [We confirm {small} pieces|Please go ahead as offered].",
        "one more question: [is packing included|do you need the certificate of origin] this time?",
    ),
    judge=(
        "[gladly|with pleasure]: {weekday} it is. [Our driver rings first.|Number {number} stays.]",
        "[we looked|I asked in {place}]: [yes|not before {weekday}]. [Is that of use?|]",
        "the [paper|certificate] you mean is {number}, [second page|signed]. [More needed?|]",
    ),
    de=texts(
        train=(
            "[vielen Dank für die Nachricht|danke]. Die Ware geht [am Montag|diese Woche] heraus.",
            "[in Ordnung|einverstanden], wir [bestätigen|nehmen] {small} Stück.",
        ),
        judge=(
            "[gern|sehr gern]: am {weekday}. [Der Fahrer ruft vorher an.|Die Nummer {number}"
            " bleibt.]",
            "[wir haben nachgesehen|ich habe gefragt]: [ja|nicht vor {weekday}].",
        ),
    ),
    fr=texts(
        train=(
            "[merci pour votre message|bien reçu]. L'envoi part [cette semaine|lundi].",
            "[c'est noté|d'accord], nous confirmons {small} pièces.",
        ),
        judge=(
            "[volontiers|avec plaisir] : {weekday}. [Le chauffeur appelle avant.|Le numéro"
            " {number} reste.]",
            "[nous avons regardé|j'ai demandé] : [oui|pas avant {weekday}].",
        ),
    ),
    es=texts(
        train=(
            "[gracias por su mensaje|recibido]. El envío sale [esta semana|el lunes].",
            "[de acuerdo|perfecto], confirmamos {small} piezas.",
        ),
        judge=(
            "[con gusto|encantados]: el {weekday}. [El conductor llama antes.|El número {number}"
            " sigue.]",
            "[lo hemos mirado|he preguntado]: [sí|no antes del {weekday}].",
        ),
    ),
)

VENDOR = texts(
    train=(
        "[Invoice|Our invoice] {number} and next delivery\n"
        "[our invoice {number} for {trade} was sent last week|invoice {number} for {trade} is on"
        " its way]. The next delivery is planned for {weekday}. [Does the dock hour still hold?|]",
        "{trade}: [schedule|call-off] {number}\n"
        "[we have planned|here is the plan for] the next {small} lots of {trade}. [Please"
        " confirm|May we have your go-ahead] by {weekday}, so that invoice {number} matches.",
    ),
    judge=(
        "[{small} lots|New batch] of {trade}\n"
        "they are [packed|on the ramp] and could [roll|leave] on {weekday}. Bill {number} travels"
        " [along|by mail]. [Is the gate open at seven?|]",
        "[Credit note|Correction] to {number}\n"
        "you were charged for {small} too many. [Keep them|Send them back], as you like; for"
        " {trade}"
        " a corrected bill comes on {weekday}.",
    ),
)

INVOICES = texts(
    train=(
        "Invoice {number} from {vendor}\nplease find attached invoice {number} for {trade}.",
        "{vendor}: invoice {number}\nattached is our invoice for {trade}, {number}. [Thank you for"
        " your order.|]",
    ),
    judge=(
        "[Bill|Account] {number}, {trade}\nwhat we delivered in lot {small} [is charged|stands] in"
        " the"
        " sheet below. [With thanks from {vendor}.|]",
        "{vendor}, no. {number}\n[one page|the paper] for your books: {trade}. [Net thirty days, as"
        " ever.|]",
    ),
)

DESK = texts(
    train=(
        "[Question|Request] on {number}\n"
        "who is in charge of {number}? [We need an answer by {weekday}.|The paper is from"
        " {place}.]",
        "[Opening hours|Holiday week]\n[are you open|is the dock manned] on {weekday}?",
    ),
    judge=(
        "To whom it may concern: {number}\n"
        "[somebody of yours signed|there is a signature on] slip {number}, and we cannot read it."
        " [Whose is it?|]",
        "[Pick-up|Parcel] in {place}\n{small} boxes stand here in your name. [Shall we wait?|]",
    ),
)

DESK_REPLIES = texts(
    train=(
        "[thank you for writing to us|thank you]. {number} is with us; [we come back by"
        " {weekday}|you"
        " hear from us soon].",
        "[yes|we are], from eight to four. [{name} is there.|]",
    ),
    judge=(
        "[this desk can help|you are right here]: it was {name}. [Note {number}.|]",
        "[please do|do wait]; a van [passes|comes by] on {weekday}.",
    ),
)
