"""Words about things that wait somewhere, in German, French and Spanish."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

VOICEMAIL = {
    "de": Lure(
        subject=texts(
            train=(
                "Neue [Sprachnachricht|Voicemail] von {caller}",
                "[Verpasster|Entgangener] Anruf: {caller}",
            ),
            judge=(
                "{caller} wollte Sie sprechen",
                "Aufnahme vom {today} [liegt bereit|aufbewahrt]",
            ),
        ),
        body=texts(
            train=(
                "Sie haben eine neue Sprachnachricht von {caller} [erhalten|bekommen], Länge"
                " {seconds} Sekunden. [Sie wird {days} Tage aufbewahrt.|]",
                "[Verpasster Anruf|Anruf nicht angenommen] am {today}. Der Anrufer {caller} hat"
                " eine Nachricht von {seconds} Sekunden hinterlassen.",
            ),
            judge=(
                "Während Sie [unterwegs|im Gespräch] waren, hat {caller} angerufen und {seconds}"
                " Sekunden lang erzählt. Das Band bleibt bis zum {until} liegen.",
                "Ihr Anschluss blieb am {today} stumm. Was {caller} zu sagen hatte, können Sie [im"
                " Browser|ohne Telefon] nachhören.",
            ),
        ),
        label=texts(train=("Nachricht [anhören|abspielen]",), judge=("Aufnahme starten",)),
    ),
    "fr": Lure(
        subject=texts(
            train=("Nouveau message vocal de {caller}", "Appel manqué : {caller}"),
            judge=(
                "{caller} a cherché à vous joindre",
                "Enregistrement du {today} [conservé|à écouter]",
            ),
        ),
        body=texts(
            train=(
                "Vous avez un nouveau message vocal de {seconds} secondes de la part de {caller}."
                " [Il est conservé {days} jours.|]",
                "[Appel manqué|Appel sans réponse] le {today}. Le correspondant {caller} a laissé"
                " un message ({seconds} secondes).",
            ),
            judge=(
                "Pendant votre absence, {caller} a sonné puis parlé {seconds} secondes. La bande"
                " s'efface après le {until}.",
                "Votre poste n'a pas décroché le {today}. Ce que {caller} voulait dire"
                " [s'écoute|peut s'entendre] dans le navigateur.",
            ),
        ),
        label=texts(train=("Écouter [le message|]",), judge=("Lancer l'enregistrement",)),
    ),
    "es": Lure(
        subject=texts(
            train=("Nuevo mensaje de voz de {caller}", "Llamada perdida: {caller}"),
            judge=("{caller} quiso hablar con usted", "Grabación del {today} guardada"),
        ),
        body=texts(
            train=(
                "Tiene un nuevo mensaje de voz de {seconds} segundos de {caller}. [Se guarda"
                " {days} días.|]",
                "[Llamada perdida|Llamada sin respuesta] el {today}. {caller} dejó un mensaje de"
                " {seconds} segundos.",
            ),
            judge=(
                "Mientras usted no estaba, {caller} llamó y habló {seconds} segundos. La cinta se"
                " borra después del {until}.",
                "Su extensión no contestó el {today}. Lo que {caller} quería decir se oye [en el"
                " navegador|sin teléfono].",
            ),
        ),
        label=texts(train=("[Escuchar|Oír] mensaje",), judge=("Poner la grabación",)),
    ),
}

SHARE = {
    "de": Lure(
        subject=texts(
            train=(
                "{sharer} hat „{paper}“ für Sie freigegeben",
                "[Neues Dokument|Freigabe]: {paper}",
            ),
            judge=("{paper} liegt für Sie bereit", "Ein Ordner von {sharer}"),
        ),
        body=texts(
            train=(
                "{sharer} hat die Datei {paper} mit {address} geteilt. [Der Link gilt bis"
                " {until}.|Der Link ist nur für Sie.]",
                "Sie haben über {brand} ein Dokument erhalten.\n\nName: {paper}. Von: {sharer}."
                " [Bitte melden Sie sich an, um es zu öffnen.|]",
            ),
            judge=(
                "Was Ihnen versprochen war, liegt jetzt bei {brand}; {sharer} hat es am {today}"
                " abgelegt. Suchen Sie nach {paper}.",
                "Für einen Brief zu groß, meint {sharer}, deshalb wartet {paper} auf unserem"
                " Server. Ihre Adresse ist der Schlüssel.",
            ),
        ),
        label=texts(
            train=("In {brand} öffnen", "Dokument [ansehen|öffnen]"), judge=("Unterlagen holen",)
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "{sharer} a partagé « {paper} » avec vous",
                "[Nouveau document|Partage] : {paper}",
            ),
            judge=("{paper} vous attend", "Un dossier de {sharer}"),
        ),
        body=texts(
            train=(
                "{sharer} a partagé le fichier {paper} avec {address}. [Le lien est valable"
                " jusqu'au {until}.|Ce lien vous est réservé.]",
                "Vous avez reçu un document par {brand}.\n\nNom : {paper}. De : {sharer}."
                " [Connectez-vous pour l'ouvrir.|]",
            ),
            judge=(
                "Les papiers promis sont désormais chez {brand} ; {sharer} les y a déposés le"
                " {today}. Cherchez {paper}.",
                "Trop lourd pour un courrier, dit {sharer} : {paper} patiente donc sur notre"
                " serveur. Votre adresse sert de clé.",
            ),
        ),
        label=texts(
            train=("Ouvrir dans {brand}", "[Voir|Ouvrir] le document"),
            judge=("Chercher les papiers",),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=(
                "{sharer} ha compartido «{paper}» con usted",
                "[Nuevo documento|Documento compartido]: {paper}",
            ),
            judge=("{paper} le espera", "Una carpeta de {sharer}"),
        ),
        body=texts(
            train=(
                "{sharer} ha compartido el archivo {paper} con {address}. [El enlace vale hasta el"
                " {until}.|El enlace es solo para usted.]",
                "Ha recibido un documento por {brand}.\n\nNombre: {paper}. De: {sharer}. [Inicie"
                " sesión para abrirlo.|]",
            ),
            judge=(
                "Los papeles prometidos ya están en {brand}; {sharer} los dejó allí el {today}."
                " Busque {paper}.",
                "Demasiado grande para una carta, dice {sharer}; por eso {paper} aguarda en"
                " nuestro servidor. Su dirección es la llave.",
            ),
        ),
        label=texts(
            train=("Abrir en {brand}", "[Ver|Abrir] documento"), judge=("Recoger los papeles",)
        ),
    ),
}
