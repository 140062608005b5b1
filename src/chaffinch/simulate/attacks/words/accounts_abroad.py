"""Words about accounts in German, French and Spanish."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

SIGN_IN = {
    "de": Lure(
        subject=texts(
            train=(
                "[Neue Anmeldung|Anmeldung von einem neuen Gerät] bei {brand}",
                "[Sicherheitshinweis|Wichtiger Hinweis] zu Ihrem {brand}-Konto",
            ),
            judge=("Waren Sie das[, {name}|]?", "{brand}: Zugriff [angehalten|vorerst gestoppt]"),
        ),
        body=texts(
            train=(
                "am {today} [gab es|haben wir] eine Anmeldung für {address} von einem [neuen|uns"
                " unbekannten] Gerät [bemerkt|festgestellt]. [Falls Sie das nicht waren|Wenn Sie"
                " es nicht kennen], prüfen Sie bitte [Ihre Sitzungen|die letzten Aktivitäten].",
                "Ihr Konto bei {brand} wurde [in einem Browser|auf einem Rechner] geöffnet, den"
                " wir noch nicht gesehen haben. [Bestätigen|Prüfen] Sie dies innerhalb von {hours}"
                " Stunden.",
            ),
            judge=(
                "jemand kannte das richtige Kennwort von {address}, saß dabei aber an einem Ort,"
                " an dem Sie nie arbeiten. Bis zu Ihrer Antwort bleibt die Tür [zu|geschlossen].",
                "auf Ihrer Geräteliste steht seit {today} [ein Telefon|ein Tablet], das Sie nicht"
                " eingetragen haben. Behalten oder entfernen? [Das entscheiden Sie|Sie haben die"
                " Wahl].",
            ),
        ),
        label=texts(
            train=("Aktivitäten prüfen", "Konto [sichern|schützen]"),
            judge=("Zur Geräteliste", "Das war ich nicht"),
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "[Nouvelle connexion|Connexion inhabituelle] à votre compte {brand}",
                "[Alerte|Avis] de sécurité {brand}",
            ),
            judge=("Était-ce bien vous[, {name}|] ?", "{brand} : accès mis en attente"),
        ),
        body=texts(
            train=(
                "Une connexion à {address} a été [constatée|remarquée] le {today} depuis un"
                " appareil [inconnu|nouveau]. [Si ce n'était pas vous|En cas de doute],"
                " [vérifiez|contrôlez] vos sessions sous {hours} heures.",
                "Votre compte {brand} a été ouvert [dans un navigateur|sur un ordinateur] que nous"
                " ne connaissons pas. Merci de [confirmer|vérifier] cette activité.",
            ),
            judge=(
                "Quelqu'un a saisi le bon mot de passe, mais d'un endroit où vous n'allez jamais."
                " La porte reste fermée tant que vous ne nous [répondez|avez] pas [|répondu].",
                "Un téléphone relève votre courrier depuis le {today} sans figurer dans votre"
                " liste. [Gardez-le ou retirez-le|À vous de le garder ou de l'ôter] en un clic.",
            ),
        ),
        label=texts(
            train=("[Vérifier|Contrôler] l'activité", "Sécuriser mon compte"),
            judge=("Voir mes appareils", "Ce n'était pas moi"),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=(
                "[Nuevo inicio de sesión|Acceso inusual] en su cuenta de {brand}",
                "[Aviso|Alerta] de seguridad de {brand}",
            ),
            judge=("¿Fue usted[, {name}|]?", "{brand}: un acceso queda en pausa"),
        ),
        body=texts(
            train=(
                "Hemos [detectado|registrado] el {today} un inicio de sesión en {address} desde un"
                " dispositivo [nuevo|desconocido]. [Si no fue usted|Si no lo reconoce], revise su"
                " actividad en {hours} horas.",
                "Su cuenta de {brand} se abrió en un [navegador|ordenador] que no conocemos."
                " [Revise|Confirme] la sesión con el botón.",
            ),
            judge=(
                "Alguien sabía la contraseña correcta, pero escribió desde un lugar donde usted"
                " nunca trabaja. De momento nadie entra: [díganos|cuéntenos] quién era.",
                "En la lista de sus equipos falta [un móvil|una tableta] que recoge correo desde"
                " el {today}. Puede conservarlo o quitarlo.",
            ),
        ),
        label=texts(
            train=("[Revisar|Ver] actividad", "Proteger mi cuenta"),
            judge=("Ir a mis equipos", "No fui yo"),
        ),
    ),
}

PASSWORD = {
    "de": Lure(
        subject=texts(
            train=(
                "Ihr [Passwort|Kennwort] läuft [in {days} Tagen|am {until}] ab",
                "[Erinnerung|Handlungsbedarf]: Passwort für {address} [verlängern|erneuern]",
            ),
            judge=(
                "{until}: letzter Tag Ihrer Anmeldung",
                "So bleiben Sie bei {company} angemeldet",
            ),
        ),
        body=texts(
            train=(
                "das Passwort für {address} läuft [bald|am {until}] ab. [Behalten Sie|Sichern Sie]"
                " Ihren Zugang über den Link unten, [sonst wird das Postfach gesperrt|andernfalls"
                " werden Sie abgemeldet].",
                "[bitte beachten Sie:|zur Erinnerung:] Ihr Kennwort endet in {days} Tagen. Sie"
                " können das bisherige [behalten|weiter nutzen], wenn Sie es [im Portal|hier]"
                " bestätigen.",
            ),
            judge=(
                "alle {small} Wochen ist bei {company} jeder einmal dran, am {until} sind Sie es."
                " Zwei Minuten genügen: Link öffnen, wie immer anmelden, fertig.",
                "wer den Termin verpasst, steht am Morgen danach bei uns Schlange. Deshalb schon"
                " jetzt: Der Zugang wird nur [verlängert|fortgeführt], wenn Sie sich unten"
                " anmelden.",
            ),
        ),
        label=texts(
            train=("Passwort [behalten|verlängern]", "Zugang sichern"),
            judge=("Anmelden und fortsetzen", "Zur Anmeldeseite"),
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "Votre mot de passe expire [dans {days} jours|le {until}]",
                "[Rappel|Action requise] : renouvelez l'accès de {address}",
            ),
            judge=("{until} : dernier jour de votre accès", "Rester connecté chez {company}"),
        ),
        body=texts(
            train=(
                "Le mot de passe de {address} expire [bientôt|le {until}]. [Conservez|Renouvelez]"
                " votre accès avec le lien ci-dessous, [faute de quoi|sans quoi] votre boîte sera"
                " bloquée.",
                "[Pour rappel|Nous vous rappelons que], votre mot de passe prend fin dans {days}"
                " jours. Vous pouvez garder l'actuel en le confirmant sur le portail.",
            ),
            judge=(
                "Toutes les {small} semaines, c'est le tour de quelqu'un ; le {until}, c'est le"
                " vôtre. Deux minutes suffisent : ouvrir la page, se connecter comme d'habitude.",
                "Ceux qui oublient la date nous appellent le lendemain matin. Autant s'en occuper"
                " aujourd'hui : vos droits seront prolongés dès votre passage sur la page.",
            ),
        ),
        label=texts(
            train=("[Garder|Renouveler] mon mot de passe", "Conserver mon accès"),
            judge=("Se connecter et prolonger", "Vers la page de connexion"),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=(
                "Su contraseña caduca [en {days} días|el {until}]",
                "[Recordatorio|Acción necesaria]: renueve el acceso de {address}",
            ),
            judge=("{until}: último día de su acceso", "Cómo seguir conectado en {company}"),
        ),
        body=texts(
            train=(
                "La contraseña de {address} caduca [pronto|el {until}]. [Conserve|Renueve] su"
                " acceso con el enlace; [de lo contrario|si no], el buzón quedará bloqueado.",
                "[Le recordamos que|Tenga en cuenta que] su contraseña termina en {days} días."
                " Puede mantener la actual si la confirma en el portal.",
            ),
            judge=(
                "Cada {small} semanas le toca a alguien, y el {until} le toca a usted. Son dos"
                " minutos: abrir la página, entrar como siempre y listo.",
                "Quien olvida la fecha nos llama a la mañana siguiente. Mejor hoy: los permisos se"
                " prolongan [en cuanto|cuando] entre en la página de abajo.",
            ),
        ),
        label=texts(
            train=("[Mantener|Renovar] contraseña", "Conservar mi acceso"),
            judge=("Entrar y prolongar", "Ir a la página de acceso"),
        ),
    ),
}

QUOTA = {
    "de": Lure(
        subject=texts(
            train=(
                "Ihr Postfach ist zu {percent} % [voll|belegt]",
                "[Hinweis|Warnung]: {small} Nachrichten [zurückgehalten|angehalten]",
            ),
            judge=("Kein Platz für neue Post ab {until}", "Post für {name} wartet draußen"),
        ),
        body=texts(
            train=(
                "das Postfach {address} hat {percent} % des Speichers [verbraucht|belegt]. Neue"
                " Nachrichten werden [nach dem {until}|in {hours} Stunden] abgewiesen."
                " [Erweitern|Bereinigen] Sie den Speicher über den Link.",
                "{small} Nachrichten an {address} werden zurückgehalten, weil die [Grenze|Quote]"
                " erreicht ist. [Geben Sie sie frei|Prüfen Sie die Liste] [hier|unten].",
            ),
            judge=(
                "von hundert Fächern in Ihrem Schrank sind {percent} voll. Ist das letzte belegt,"
                " bekommt der Absender einen Fehler. Mehr Fächer [kosten nichts|gibt es umsonst].",
                "große Anhänge füllen {address}. Die Seite unten zeigt die schwersten und räumt"
                " auf Wunsch [auf|alles weg].",
            ),
        ),
        label=texts(
            train=("Speicher erweitern", "Nachrichten freigeben"),
            judge=("Platz schaffen", "Zeigen, was groß ist"),
        ),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "Votre boîte est pleine à {percent} %",
                "[Avis|Attention] : {small} messages [retenus|en attente]",
            ),
            judge=("Plus de place à partir du {until}", "Du courrier attend {name} dehors"),
        ),
        body=texts(
            train=(
                "La boîte {address} utilise {percent} % de son espace. Les nouveaux messages"
                " seront refusés [après le {until}|sous {hours} heures]. [Libérez|Ajoutez] de"
                " l'espace.",
                "{small} messages pour {address} sont retenus, car le quota est [atteint|dépassé]."
                " [Libérez-les|Consultez la liste] ci-dessous.",
            ),
            judge=(
                "Sur cent étagères de votre armoire, {percent} sont prises. Quand la dernière le"
                " sera, vos correspondants recevront une erreur ; en ajouter ne coûte rien.",
                "De grosses pièces jointes encombrent {address}. Cette page montre les plus"
                " lourdes et fait le ménage [si vous voulez|à votre demande].",
            ),
        ),
        label=texts(
            train=("[Ajouter|Libérer] de l'espace", "Libérer les messages"),
            judge=("Faire de la place", "Voir le plus lourd"),
        ),
    ),
    "es": Lure(
        subject=texts(
            train=(
                "Su buzón está al {percent} %",
                "[Aviso|Atención]: {small} mensajes [retenidos|en espera]",
            ),
            judge=("Sin sitio desde el {until}", "El correo de {name} espera fuera"),
        ),
        body=texts(
            train=(
                "El buzón {address} ocupa el {percent} % de su espacio. Los mensajes nuevos se"
                " rechazarán [después del {until}|en {hours} horas]. [Amplíe|Libere] espacio.",
                "{small} mensajes para {address} están retenidos porque se [alcanzó|superó] el"
                " límite. [Libérelos|Revíselos] aquí.",
            ),
            judge=(
                "De cien estantes de su armario, {percent} están llenos. Cuando se llene el"
                " último, el remitente recibirá un error; añadir más es gratis.",
                "Los adjuntos grandes llenan {address}. La página de abajo enseña los más pesados"
                " y [limpia|ordena] lo que usted diga.",
            ),
        ),
        label=texts(
            train=("[Ampliar|Liberar] espacio", "Liberar mensajes"),
            judge=("Hacer sitio", "Ver lo más pesado"),
        ),
    ),
}
