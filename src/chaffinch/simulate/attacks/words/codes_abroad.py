"""Words around a code to scan, and an invitation, in German, French and Spanish."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

FACTOR = {
    "de": Lure(
        subject=texts(
            train=(
                "[Erinnerung|Handlungsbedarf]: zweiten Faktor [erneuern|einrichten]",
                "Anmelde-App für {address}",
            ),
            judge=("Ihr Telefon und {company}: {until}", "Bitte einmal die Kamera darauf halten"),
        ),
        body=texts(
            train=(
                "Bitte scannen Sie den Code [unten|in dieser Nachricht] mit Ihrem Telefon, um den"
                " zweiten Faktor zu [erneuern|bestätigen]. [Das dauert eine Minute.|Er gilt bis"
                " {until}.]",
                "Der zweite Faktor von {address} läuft am {until} ab. [Öffnen Sie die"
                " Kamera|Nehmen Sie Ihr Handy] und scannen Sie diesen Code.",
            ),
            judge=(
                "Telefon vor das Muster halten, antippen, was erscheint, anmelden: Damit kennen"
                " sich beide wieder bis nächstes Jahr.",
                "Tippen müssen Sie nichts, {name}. Das Quadrat in die Mitte, danach Name und"
                " Kennwort wie an jedem Morgen.",
            ),
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "[Rappel|Action requise] : renouvelez le second facteur",
                "Application de connexion pour {address}",
            ),
            judge=("Votre téléphone et {company} : {until}", "Visez ici avec l'appareil photo"),
        ),
        body=texts(
            train=(
                "Merci de scanner le code [ci-dessous|de ce message] avec votre téléphone pour"
                " [renouveler|confirmer] le second facteur. [Cela prend une minute.|Il est valable"
                " jusqu'au {until}.]",
                "Le second facteur de {address} expire le {until}. [Ouvrez l'appareil photo|Prenez"
                " votre mobile] et scannez ce code.",
            ),
            judge=(
                "Placez le téléphone devant le motif, touchez ce qui apparaît, identifiez-vous :"
                " les deux se reconnaîtront pour un an.",
                "Rien à taper, {name}. Le carré au milieu, puis nom et mot de passe comme chaque"
                " matin.",
            ),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=(
                "[Recordatorio|Acción necesaria]: renueve el segundo factor",
                "Aplicación de acceso de {address}",
            ),
            judge=("Su teléfono y {company}: {until}", "Apunte aquí con la cámara"),
        ),
        body=texts(
            train=(
                "Escanee el código [de abajo|de este mensaje] con su teléfono para"
                " [renovar|confirmar] el segundo factor. [Es un minuto.|Vale hasta el {until}.]",
                "El segundo factor de {address} caduca el {until}. [Abra la cámara|Tome su móvil]"
                " y escanee este código.",
            ),
            judge=(
                "Ponga el teléfono delante del dibujo, toque lo que aparezca y entre: así se"
                " reconocen los dos hasta el año que viene.",
                "No hay que escribir nada, {name}. El cuadrado en el centro y luego nombre y"
                " contraseña, como cada mañana.",
            ),
        ),
    ),
}

INVITE = {
    "de": Lure(
        subject=texts(
            train=("[Vertragsprüfung|Budgetrunde]", "[Termin|Gespräch] zu Auftrag {number}"),
            judge=("Eine halbe Stunde zu {number}", "Bevor der Vorstand am {until} tagt"),
        ),
        body=texts(
            train=(
                "Bitte lesen Sie die Unterlagen vor dem Gespräch: {url}",
                "[Teilnahme|Zur Besprechung]: {url}\nKennung: {number} [- Anmeldung mit dem"
                " Dienstkonto|]",
            ),
            judge=(
                "Wir reden über das, was hinter dieser Adresse steht: {url}",
                "{number}: {url}\n\nDas ist der Raum, er öffnet fünf Minuten früher und fragt nach"
                " Ihrem Namen.",
            ),
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=("[Revue du contrat|Point budget]", "[Réunion|Appel] sur la commande {number}"),
            judge=("Une demi-heure pour {number}", "Avant le conseil du {until}"),
        ),
        body=texts(
            train=(
                "Merci de lire les documents avant l'appel : {url}",
                "[Participer|Rejoindre la réunion] : {url}\nIdentifiant : {number} [- connexion"
                " avec le compte professionnel|]",
            ),
            judge=(
                "Nous parlerons de ce qui se trouve derrière cette adresse : {url}",
                "{number} : {url}\n\nVoici la salle ; elle ouvre cinq minutes plus tôt et demande"
                " votre nom.",
            ),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=(
                "[Revisión del contrato|Reunión de presupuesto]",
                "[Reunión|Llamada] sobre el pedido {number}",
            ),
            judge=("Media hora para {number}", "Antes del consejo del {until}"),
        ),
        body=texts(
            train=(
                "Por favor, lea los documentos antes de la llamada: {url}",
                "[Participar|Unirse a la reunión]: {url}\nIdentificador: {number} [- entre con la"
                " cuenta de trabajo|]",
            ),
            judge=(
                "Hablaremos de lo que hay detrás de esta dirección: {url}",
                "{number}: {url}\n\nEsa es la sala; abre cinco minutos antes y pregunta su nombre.",
            ),
        ),
    ),
}
