"""The sentences of everyday mail, as small grammars."""

# subject, opening
WORK_TOPICS = (
    (
        "[Lens cell drawing|Housing drawing|Bracket drawing] [rev B|rev C|rev D]",
        "[I have put|There is] a new revision of the drawing on the share. [The tolerance on the"
        " bore is tighter now|The mounting holes moved by two millimetres]. [Could you check it|Can"
        " you have a look] before {weekday}?",
    ),
    (
        "[Figures|Numbers] for the {weekday} meeting",
        "[Do you have|Could you send me] the [order intake|shipping|warranty] figures for the last"
        " [month|quarter]? [A rough table is fine|I only need the totals].",
    ),
    (
        "[Delivery|Shipment] {number} [delayed|split in two]",
        "The carrier says that {number} [arrives two days late|comes in two parts]. [Shall we tell"
        " the customer|Does that hurt the assembly plan]?",
    ),
    (
        "Test rig [booking|free slots] next week",
        "[Is anybody using|Who has] the test rig on {weekday}? I would need it for [half a"
        " day|about three hours] for the [vibration|thermal|salt spray] run.",
    ),
    (
        "Travel to {place}",
        "[I am booking|We should book] the train to {place}. [Do you want to come along|Who else is"
        " going]? [The offer is valid until {weekday}|Seats are getting scarce].",
    ),
    (
        "[Minutes|Notes] of [today's|yesterday's] call",
        "Short notes: the sample passed, the [connector|coating|label] is still open, and we owe"
        " them an answer by {weekday}. [Please correct me where I misheard|Anything missing]?",
    ),
    (
        "[Complaint|Return] {number}",
        "[A unit came back|They sent one back] with a [scratched window|loose thread|dead pixel"
        " row]. [Can someone look at it|Who could take it to the bench] this week?",
    ),
    (
        "Onboarding [plan|list] for [the new colleague|our intern]",
        "[I drafted|Here is] the plan for the first week. [Please add|Could you each add] half an"
        " hour where you show what your team does.",
    ),
    (
        "Price list [draft|for next year]",
        "The draft list is in the usual folder. [Two items look too cheap to me|Freight is included"
        " this time]. [Comments by {weekday}, please|Please comment in the file].",
    ),
    (
        "Coffee machine [again|on the second floor]",
        "It [leaks|shows error 14] again. [I called the service|The technician comes on {weekday}];"
        " until then please use the one downstairs.",
    ),
)

WORK_REPLIES = (
    "[Done|Looked at it], [fine for me|no objections]. [One detail: item {small} has no owner.|]",
    "[I can do that|Will do], but not before {weekday}. [Is that early enough?|]",
    "[Thanks|Thank you]. [I added two remarks on page {small}|My notes are in the margin].",
    "[Good point|Right]. [Let us discuss it at lunch|I will bring it up with the others].",
    "[Yes please|Yes], and keep {number} in the subject so that we find it again.",
    "[Sorry for the delay|Sorry, I was at the bench]. [All clear now|That works for me].",
    "Not quite: it is [{small} pieces|{small} metres], not twice that. [Otherwise agreed.|]",
)

TRADE = {
    "en": (
        (
            "[Order|Purchase order] {number}",
            "[please find|here is] our question on order {number}: [when will the remaining {small}"
            " pieces ship|can the delivery be moved to {weekday}]?",
        ),
        (
            "[Quotation|Offer] {number}",
            "[could you send|may we ask for] a quotation for {small} units with the [short|long]"
            " housing, delivered to {place}?",
        ),
        (
            "[Calibration|Service] of unit {number}",
            "unit {number} is due for [calibration|service]. [Which week suits you|Do you collect"
            " it or shall we send it]?",
        ),
    ),
    "de": (
        (
            "[Bestellung|Auftrag] {number}",
            "[könnten Sie uns bitte mitteilen|wir wüssten gern], wann die restlichen {small} Stück"
            " aus Auftrag {number} geliefert werden?",
        ),
        (
            "Angebot [für die Wartung|über Ersatzteile] {number}",
            "[vielen Dank für das Angebot|das Angebot liegt uns vor]. Gilt der Preis auch bei"
            " {small} Geräten? [Wir möchten zügig bestellen.|]",
        ),
    ),
    "fr": (
        (
            "[Commande|Livraison] {number}",
            "[pourriez-vous nous indiquer|merci de nous dire] la date de livraison des {small}"
            " pièces restantes de la commande {number} ?",
        ),
        (
            "Étalonnage de l'appareil {number}",
            "[l'appareil doit être étalonné|l'étalonnage arrive à échéance]. Quelle semaine vous"
            " conviendrait ?",
        ),
    ),
    "es": (
        (
            "[Pedido|Entrega] {number}",
            "[¿podrían indicarnos|quisiéramos saber] cuándo llegan las {small} piezas que faltan"
            " del pedido {number}? Muchas gracias.",
        ),
        (
            "Presupuesto {number}",
            "[necesitamos|quisiéramos] un presupuesto para {small} equipos con entrega en {place}.",
        ),
    ),
}

TRADE_REPLIES = {
    "en": (
        "[thank you for your message|thanks]. [It leaves our dock on {weekday}|The date holds],"
        " [and the papers follow by mail|tracking follows].",
        "[understood|noted]. [We confirm {small} pieces|Please go ahead as offered].",
        "one more question: [is packing included|do you need the certificate of origin] this time?",
    ),
    "de": (
        "[vielen Dank für die Nachricht|danke]. Die Ware geht [am Montag|diese Woche] heraus.",
        "[in Ordnung|einverstanden], wir [bestätigen|nehmen] {small} Stück.",
    ),
    "fr": (
        "[merci pour votre message|bien reçu]. L'envoi part [cette semaine|lundi].",
        "[c'est noté|d'accord], nous confirmons {small} pièces.",
    ),
    "es": (
        "[gracias por su mensaje|recibido]. El envío sale [esta semana|el lunes].",
        "[de acuerdo|perfecto], confirmamos {small} piezas.",
    ),
}

GREETINGS = {
    "en": "[Hello|Dear|Good morning] {name},",
    "de": "[Guten Tag|Hallo] {name},",
    "fr": "Bonjour {name},",
    "es": "[Estimado equipo|Buenos días, {name}],",
}

VENDOR_TOPICS = (
    (
        "[Invoice|Our invoice] {number} and next delivery",
        "[our invoice {number} for {trade} was sent last week|invoice {number} for {trade} is on"
        " its way]. The next delivery is planned for {weekday}. [Does the dock hour still hold?|]",
    ),
    (
        "{trade}: [schedule|call-off] {number}",
        "[we have planned|here is the plan for] the next {small} lots of {trade}. [Please"
        " confirm|May we have your go-ahead] by {weekday}, so that invoice {number} matches.",
    ),
)

NEWS = (
    "[Five|Seven|Three] [ideas|questions] for the [coating|assembly|freight] season",
    "[What changes|What is new] in [customs|tenders|optics] this [month|week]",
    "[Reader survey|Field report]: [life with|living without] the [old|new] standard",
    "[Last seats|Early seats] for the {place} [fair|workshop]",
)

LIST_TOPICS = (
    "[Athermal|Achromatic] design with [plastic|cheap] elements?",
    "[Watchdog|Bootloader] [resets|hangs] after [cold start|update]",
    "[Tolerancing|Testing] on a [small|tiny] budget",
    "[Reading list|Links] on [stray light|timing jitter]",
)

LIST_LINES = (
    "[Has anyone tried|Did anybody here try] this with fewer than {small} [surfaces|states]? My"
    " [model|prototype] [drifts|wanders] once it warms up.",
    "[In my experience|Here] the [mount|clock] is to blame, not the [glass|code].",
    "[I second that|Agreed]. [There is a chart on page {small} of the old handbook.|]",
)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PLACES = ("Larkhaven", "Oberlinden", "Port Merrow", "Montesclaro", "Ashdown", "Nordholm")
