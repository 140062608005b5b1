"""Money that changes hands rightly: new accounts, factoring, dunning, large orders."""

from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.text.texts import texts

BANK_CHANGE = Script(
    subject=texts(
        train=(
            "[New bank details|Our new account], [as announced|as told by letter]",
            "[Change of|We change] our bank on {weekday}",
            "Account for invoice {number} and [later ones|all that follow]",
        ),
        judge=(
            "[Please update|Kindly amend] our master data",
            "{partner} [banks|is] elsewhere from {month}",
            "[Follow-up to|After] our call: payments to {partner}",
        ),
        de=texts(
            train=("[Neue Bankverbindung|Unser neues Konto] ab {month}",),
            judge=("[Stammdaten|Kontowechsel] {partner}, wie besprochen",),
        ),
        fr=texts(
            train=("[Nouveau RIB|Nos nouvelles coordonnées bancaires]",),
            judge=("[Changement de banque|Compte] {partner}, suite à notre appel",),
        ),
        es=texts(
            train=("[Nueva cuenta|Nuestros nuevos datos bancarios]",),
            judge=("[Cambio de banco|Cuenta] de {partner}, según lo hablado",),
        ),
    ),
    body=texts(
        train=(
            "as our [letter|registered letter] of {past} [announced|told you], we [have changed|are"
            " changing] our bank. Please pay invoice {number} and later ones to {account}. [Do call"
            " the number you have on file to check.|{colleague} confirmed this by phone.]",
            "[following|after] the call with {colleague} on {weekday}: our account from {month} is"
            " {account}. The [form|bank's confirmation] is [attached|enclosed]; [the old account"
            " stays open until the year ends|money sent to the old one still arrives].",
            "our [branch|savings bank] in {place} [closes|merges], hence a new account, {account}."
            " You [received|should have] our letter {number} about it. [Verify it as you always"
            " do.|"
            "Ring our bookkeeping if in doubt.]",
        ),
        judge=(
            "[kindly|please] amend the entry you hold for {partner}: payments go to {account} as of"
            " {date}. {colleague} [rang us|called back] to make sure, [and rightly so|thank you for"
            " that]. Nothing else [differs|is different].",
            "with the [post|parcel] of {weekday} you got a sheet signed by both our directors. It"
            " says what this says: {account}, valid for bill {number} [onwards|and after]. [We"
            " expect"
            " you to call us about it.|Your procedure for such cases is welcome.]",
            "you [asked for|wanted] our new details in writing after {colleague} spoke with the"
            " accountant here. [There you are|Here goes]: {account}. First use: {month}, order"
            " {number}.",
        ),
        de=texts(
            train=(
                "wie im [Schreiben|Brief] vom {past} angekündigt, haben wir die Bank gewechselt."
                " Bitte zahlen Sie Rechnung {number} und alle weiteren auf {account}. [Rufen Sie"
                " zur"
                " Prüfung gern unter der bekannten Nummer an.|{colleague} hat es telefonisch"
                " bestätigt.]",
            ),
            judge=(
                "bitte [ändern|berichtigen] Sie unseren Eintrag: ab {month} gilt das Konto"
                " {account}."
                " {colleague} hat [deswegen zurückgerufen|schon nachgefragt], danke. Erste"
                " Verwendung:"
                " Auftrag {number}.",
            ),
        ),
        fr=texts(
            train=(
                "comme [annoncé|indiqué] dans notre courrier du {past}, nous avons changé de"
                " banque."
                " Merci de régler la facture {number} et les suivantes sur {account}. [Appelez-nous"
                " au numéro habituel pour vérifier.|{colleague} l'a confirmé par téléphone.]",
            ),
            judge=(
                "veuillez [modifier|corriger] notre fiche : à partir de {month}, le compte est"
                " {account}. {colleague} [nous a rappelés|a vérifié], merci. Première commande :"
                " {number}.",
            ),
        ),
        es=texts(
            train=(
                "como [anunciamos|avisamos] por carta el {past}, hemos cambiado de banco. Les"
                " rogamos"
                " pagar la factura {number} y las siguientes en {account}. [Llámenos al teléfono de"
                " siempre para comprobarlo.|{colleague} lo confirmó por teléfono.]",
            ),
            judge=(
                "por favor, [modifiquen|corrijan] nuestra ficha: desde {month} la cuenta es"
                " {account}. {colleague} ya [llamó para verificar|lo comprobó], gracias. Primer"
                " pedido: {number}.",
            ),
        ),
    ),
)

FACTORING = Script(
    subject=texts(
        train=(
            "[Notice of assignment|Assignment of receivables]: {partner}",
            "{partner} works with [us|a factor] from {month}",
            "[Payment|Where to pay] of invoice {number}",
        ),
        judge=(
            "[Receivables of|Claims of] {partner} sold",
            "Factoring [notice|letter] {number}",
            "[New creditor|Creditor changed], your order {number}",
        ),
        de=texts(
            train=("[Abtretungsanzeige|Forderungsabtretung] {partner}",),
            judge=("Factoring: [Hinweis|Mitteilung] {number}",),
        ),
        fr=texts(
            train=("[Avis de cession|Cession de créances] {partner}",),
            judge=("Affacturage : [avis|notification] {number}",),
        ),
    ),
    body=texts(
        train=(
            "{partner} has [assigned|sold] its receivables to us under contract {number}. From"
            " {date}"
            " you [discharge|settle] its invoices by paying {account}. The [signed notice|notice of"
            " both parties] is attached, [and came by post|the original is in the post].",
            "[with this letter|hereby] we give notice that invoices of {partner} [belong|are due]"
            " to"
            " us. Account: {account}. [{partner} has told you so in writing.|Your contact there can"
            " confirm it.] Reference {number}.",
            "as [told|announced] by {partner} in {lately}, we [buy|take over] its claims. Goods and"
            " contacts [stay|remain] as they are; only the account, {account}, is [new|ours].",
        ),
        judge=(
            "your supplier {partner} finances itself through us. That [means|has one consequence]:"
            " bill {number}, EUR {amount}, is [now paid|to be sent] to {account}. Enclosed find"
            " what"
            " {partner} [signed|put its name to].",
            "[a change of creditor|a creditor's change] needs no consent but a notice; this is it."
            " Debtor: you. Supplier: {partner}. Since {past}: {account}. [Check by calling the"
            " supplier.|]",
            "we [wrote|sent a letter] on {past} and have had no [echo|answer]. May we remind you"
            " that"
            " {partner} ceded invoice {number}? [Please note|Please enter] {account}.",
        ),
        de=texts(
            train=(
                "{partner} hat uns die Forderungen aus Vertrag {number} abgetreten. Ab dem {date}"
                " zahlen Sie [schuldbefreiend|mit befreiender Wirkung] auf {account}. Die Anzeige"
                " liegt bei, [das Original kommt per Post|sie kam auch per Post].",
            ),
            judge=(
                "Ihr Lieferant {partner} finanziert sich über uns. Rechnung {number} über {amount}"
                " Euro geht [daher|deshalb] an {account}. [Rückfragen beantwortet Ihr"
                " Ansprechpartner"
                " dort.|Fragen Sie gern dort nach.]",
            ),
        ),
        fr=texts(
            train=(
                "{partner} nous a [cédé|vendu] ses créances (contrat {number}). À partir du {date},"
                " vous réglez valablement sur {account}. L'avis signé est joint, [l'original suit"
                " par courrier|il est aussi parti par la poste].",
            ),
            judge=(
                "votre fournisseur {partner} se finance par nous. La facture {number} de {amount}"
                " euros est [donc|désormais] payable sur {account}. [Vérifiez auprès de lui.|Il"
                " vous"
                " le confirmera.]",
            ),
        ),
    ),
)

DUNNING = Script(
    subject=texts(
        train=(
            "[Reminder|Second reminder]: invoice {number}",
            "Invoice {number} is [overdue|open]",
            "[Statement|Open items], {lately}",
        ),
        judge=(
            "[May we remind you|Forgotten]? {number}",
            "[Last notice|Final request] before we stop deliveries",
            "EUR {amount} outstanding since {past}",
        ),
        de=texts(
            train=("[Mahnung|Zahlungserinnerung] zu Rechnung {number}",),
            judge=("[Noch offen|Überfällig]: {number}",),
        ),
        fr=texts(
            train=("[Relance|Rappel] : facture {number}",),
            judge=("[Impayé|Solde dû] {number}",),
        ),
        es=texts(
            train=("[Recordatorio|Aviso]: factura {number}",),
            judge=("[Pendiente|Sin pagar]: {number}",),
        ),
    ),
    body=texts(
        train=(
            "our invoice {number} of {past} over EUR {amount} [is still open|has not been paid]."
            " Please [transfer|settle] the sum within {small} days to our usual account. [If you"
            " paid"
            " meanwhile, ignore this.|A copy is attached.]",
            "[perhaps it was overlooked|it may have slipped through]: EUR {amount} for {topic} fell"
            " due on {past}. We [must|have to] add interest from {weekday}. Account as on the"
            " [invoice|contract].",
            "this is the [second|third] reminder for {number}. Without payment by {weekday} we"
            " [stop|hold back] the delivery to {place}. [Call {phone} if something is wrong.|]",
        ),
        judge=(
            "we [keep|hold] goods worth EUR {amount} ready and cannot [ship|send] them while"
            " {number}"
            " waits. [Is there a complaint?|Anything amiss with {topic}?] Otherwise we count on"
            " {weekday}.",
            "no [money|entry] on our side for {number}, due {past}. Our bank [says|sees] nothing"
            " either. Would {colleague} [look into it|check], before it [goes|has to go] to the"
            " lawyers in {place}?",
            "[dear bookkeeping|to your accounts team]: {small} items, EUR {amount} together, oldest"
            " {past}. The list is [below our signature|attached]. [A plan in rates is possible.|]",
        ),
        de=texts(
            train=(
                "unsere Rechnung {number} vom {past} über {amount} Euro ist [noch offen|bislang"
                " nicht"
                " beglichen]. Bitte überweisen Sie binnen {small} Tagen auf das bekannte Konto."
                " [Hat"
                " sich das gekreuzt, betrachten Sie dies als erledigt.|]",
            ),
            judge=(
                "zu {number} sehen wir keinen Eingang. [Gibt es Beanstandungen|Geht es um"
                " {topic}]? Sonst rechnen wir mit [{weekday}|Zahlung bis {weekday}]; es geht um"
                " {amount} Euro.",
            ),
        ),
        fr=texts(
            train=(
                "notre facture {number} du {past}, soit {amount} euros, reste [impayée|due]. Merci"
                " de"
                " la régler sous {small} jours sur le compte habituel. [Si c'est fait, ne tenez pas"
                " compte de ce message.|]",
            ),
            judge=(
                "aucun versement reçu pour {number}. [Y a-t-il un litige|Un souci avec {topic}] ?"
                " Sinon nous comptons sur {weekday} pour les {amount} euros.",
            ),
        ),
        es=texts(
            train=(
                "nuestra factura {number} del {past}, por {amount} euros, sigue"
                " [pendiente|abierta]."
                " Les rogamos el pago en {small} días en la cuenta habitual. [Si ya pagaron,"
                " ignoren"
                " este aviso.|]",
            ),
            judge=(
                "no vemos ingreso alguno por {number}. ¿[Hay alguna queja|Algo va mal con {topic}]?"
                " De lo contrario contamos con el {weekday}: son {amount} euros.",
            ),
        ),
    ),
)

BIG_ORDER = Script(
    subject=texts(
        train=(
            "[Order confirmation|Confirmation of order] {number}",
            "Your order {number}: [confirmed|accepted]",
            "EUR {amount}: [we confirm|confirmed] for {weekday}",
        ),
        judge=(
            "[We deliver|Delivery of] {number} in {month}",
            "[Thank you for ordering|Ordered with thanks]: {topic}",
            "Contract {number} is [binding|in force]",
        ),
        de=texts(
            train=("[Auftragsbestätigung|Bestätigung] {number}",),
            judge=("Lieferung {number} im {month}",),
        ),
        fr=texts(
            train=("[Confirmation de commande|Commande confirmée] {number}",),
            judge=("Livraison {number} en {month}",),
        ),
        es=texts(
            train=("[Confirmación de pedido|Pedido confirmado] {number}",),
            judge=("Entrega {number} en {month}",),
        ),
    ),
    body=texts(
        train=(
            "we [confirm|accept] your order {number} for {topic} at EUR {amount}. [Half is|A third"
            " is]"
            " payable when the goods leave {place}. Please [sign and return|check] the attached"
            " confirmation by {weekday}.",
            "[many thanks|thank you] for the order. {small} pallets, EUR {amount} in all, leave"
            " {place} in {month}. [Objections count until {weekday}.|Terms as in {number}.]",
            "attached you find our confirmation {number}. [Price|Sum]: EUR {amount}. Contact for"
            " {topic}: the undersigned, [until {hour} daily|on {phone}].",
        ),
        judge=(
            "[done|booked]: {topic}, {small} units, EUR {amount}. Production [starts|begins]"
            " {weekday}"
            " unless {colleague} stops us. The paper with the details [hangs|is] below, {number}.",
            "your signature of {past} reached us, so {number} is [binding|a contract]. We invoice"
            " EUR {amount} [on delivery|in two parts] and ship from {place}.",
            "as the largest order of the year ([EUR {amount}|a proud EUR {amount}]) yours gets slot"
            " {small} in {month}. [Read|Please read] what we understood and [correct|mend] it.",
        ),
        de=texts(
            train=(
                "wir bestätigen Ihren Auftrag {number} für {topic} über {amount} Euro. [Die"
                " Hälfte|Ein"
                " Drittel] ist bei Abgang der Ware fällig. Bitte [prüfen|unterschreiben] Sie die"
                " Anlage bis {weekday}.",
            ),
            judge=(
                "[gebucht|notiert]: {topic}, {small} Stück, {amount} Euro. Die Fertigung beginnt"
                " {weekday}, [sofern {colleague} nicht widerspricht|Einzelheiten anbei]"
                " ({number}).",
            ),
        ),
        fr=texts(
            train=(
                "nous confirmons votre commande {number} ({topic}) pour {amount} euros. [La"
                " moitié|Un"
                " tiers] est payable au départ. Merci de [vérifier|signer] la pièce jointe avant"
                " {weekday}.",
            ),
            judge=(
                "[c'est noté|enregistré] : {topic}, {small} pièces, {amount} euros. La production"
                " débute {weekday}, [sauf avis de {colleague}|détails joints] ({number}).",
            ),
        ),
        es=texts(
            train=(
                "confirmamos su pedido {number} ({topic}) por {amount} euros. [La mitad|Un"
                " tercio] se"
                " paga a la salida. Por favor, [revise|firme] el adjunto antes del {weekday}.",
            ),
            judge=(
                "[anotado|reservado]: {topic}, {small} piezas, {amount} euros. La producción"
                " empieza"
                " el {weekday}, [salvo aviso de {colleague}|detalles adjuntos] ({number}).",
            ),
        ),
    ),
)
