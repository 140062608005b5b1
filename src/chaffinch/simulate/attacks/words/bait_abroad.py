"""Words of attacks that only talk, in German, French and Spanish."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

CALLBACK = {
    "de": Lure(
        subject=texts(
            train=(
                "[Verlängerung|Bestellbestätigung]: Auftrag {number}",
                "Rechnung {number} von {brand}",
            ),
            judge=("Noch ein Jahr mit {brand}", "{amount} werden am {until} abgebucht"),
        ),
        body=texts(
            train=(
                "Ihr Abonnement von {brand} wurde um ein Jahr verlängert. {amount} werden"
                " [heute|am {until}] abgebucht. [Fragen oder nicht bestellt? Rufen|Zum Kündigen"
                " rufen] Sie [innerhalb von {hours} Stunden|bitte] {phone} an.",
                "Vielen Dank für Ihre Bestellung {number} über {amount}. [Haben Sie sie nicht"
                " aufgegeben?|Für eine Erstattung] erreichen Sie unsere Abrechnung unter {phone}.",
            ),
            judge=(
                "Zwölf Monate sind um, die nächsten zwölf kosten {amount}. Wer nicht mehr mag,"
                " sagt es uns am Telefon vor dem {until}: {phone}.",
                "Am {today} lief Ihre Mitgliedschaft wie vereinbart von selbst weiter. Sollten Sie"
                " anderes vorhaben, hebt unter {phone} ein Mensch ab; es geht um {amount}.",
            ),
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "[Renouvellement|Confirmation] : commande {number}",
                "Facture {number} de {brand}",
            ),
            judge=("Encore un an avec {brand}", "{amount} prélevés le {until}"),
        ),
        body=texts(
            train=(
                "Votre abonnement {brand} a été renouvelé pour un an. {amount} seront débités"
                " [aujourd'hui|le {until}]. [Une question ? Appelez|Pour annuler, appelez] le"
                " {phone} [sous {hours} heures|].",
                "Merci pour votre commande {number} d'un montant de {amount}. [Ce n'est pas vous"
                " ?|Pour un remboursement], notre service facturation répond au {phone}.",
            ),
            judge=(
                "Douze mois s'achèvent, les douze suivants coûtent {amount}. Pour arrêter,"
                " dites-le nous par téléphone avant le {until} : {phone}.",
                "Le {today}, votre adhésion a continué d'elle-même, comme convenu. Si vous aviez"
                " d'autres projets, quelqu'un décroche au {phone} ; il s'agit de {amount}.",
            ),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=("[Renovación|Confirmación]: pedido {number}", "Factura {number} de {brand}"),
            judge=("Otro año con {brand}", "El {until} se cobran {amount}"),
        ),
        body=texts(
            train=(
                "Su suscripción a {brand} se ha renovado por un año. Se cargarán {amount} [hoy|el"
                " {until}]. [¿Alguna duda? Llame|Para cancelar, llame] al {phone} [en {hours}"
                " horas|].",
                "Gracias por su pedido {number} por {amount}. [¿No fue usted?|Para un reembolso],"
                " nuestro servicio de facturación atiende en el {phone}.",
            ),
            judge=(
                "Doce meses terminan y los doce siguientes cuestan {amount}. Quien no quiera"
                " seguir lo dice por teléfono antes del {until}: {phone}.",
                "El {today} su membresía continuó sola, según lo acordado. Si tenía otros planes,"
                " una persona contesta en el {phone}; se trata de {amount}.",
            ),
        ),
    ),
}

THREAT = {
    "de": Lure(
        subject=texts(
            train=("[Ihre Aufnahmen|Letzte Warnung]", "Ihr [Konto|Gerät] wurde gehackt"),
            judge=("Bitte allein lesen", "Sie und Ihre Kamera, {name}"),
        ),
        body=texts(
            train=(
                "[Ich habe seit Monaten Zugriff auf Ihre Geräte|Ihr Gerät wurde vor einiger Zeit"
                " infiziert]. Über die Kamera habe ich Sie aufgenommen. Überweisen Sie {amount} in"
                " Coins an {purse}, sonst sehen es in {hours} Stunden alle Ihre Kontakte.",
                "Ich bin der Programmierer, der {address} geknackt hat. [Antworten Sie nicht.|]"
                " Zahlen Sie {amount} (Wallet: {purse}) [oder ich veröffentliche alles|und wir"
                " vergessen einander].",
            ),
            judge=(
                "Eine Linse schaut in beide Richtungen. Was Ihre an einsamen Abenden sah, liegt"
                " bei mir, {small} Minuten davon. {purse} heißt mein Beutel, {amount} mein Preis.",
                "Sie kennen mich nicht, ich Sie schon: Kennwörter, Bilder, die Gesichter der"
                " Familie. Mein Schweigen kostet {amount}, bis zum {until} an {purse}.",
            ),
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "[Vos enregistrements|Dernier avertissement]",
                "Votre [compte|appareil] a été piraté",
            ),
            judge=("À lire seul", "Vous et votre caméra, {name}"),
        ),
        body=texts(
            train=(
                "[J'ai accès à vos appareils depuis des mois|Votre appareil est infecté depuis un"
                " moment]. Je vous ai filmé avec la caméra. Envoyez {amount} en jetons à {purse},"
                " sinon tous vos contacts verront la vidéo dans {hours} heures.",
                "Je suis le programmeur qui a forcé {address}. [Ne répondez pas.|] Payez {amount}"
                " (portefeuille : {purse}) [ou je publie tout|et nous nous oublierons].",
            ),
            judge=(
                "Une lentille regarde des deux côtés. Ce que la vôtre a vu de vos soirées dort sur"
                " mon disque, {small} minutes. {purse} est ma bourse, {amount} mon prix.",
                "Vous ne me connaissez pas, moi si : mots de passe, images, visages des vôtres."
                " Mon silence coûte {amount}, avant le {until}, vers {purse}.",
            ),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=("[Sus grabaciones|Último aviso]", "Su [cuenta|dispositivo] ha sido hackeado"),
            judge=("Léalo a solas", "Usted y su cámara, {name}"),
        ),
        body=texts(
            train=(
                "[Tengo acceso a sus dispositivos desde hace meses|Su equipo fue infectado hace"
                " tiempo]. Le grabé con la cámara. Envíe {amount} en monedas a {purse} o en"
                " {hours} horas lo verán todos sus contactos.",
                "Soy el programador que entró en {address}. [No responda.|] Pague {amount}"
                " (cartera: {purse}) [o lo publico todo|y nos olvidamos].",
            ),
            judge=(
                "Una lente mira hacia los dos lados. Lo que vio la suya en noches solitarias está"
                " en mi disco, {small} minutos. {purse} es mi bolsa, {amount} mi precio.",
                "Usted no me conoce, yo a usted sí: claves, fotos, las caras de su familia. Mi"
                " silencio cuesta {amount}, antes del {until}, en {purse}.",
            ),
        ),
    ),
}
