"""Words that get a right granted, in German, French and Spanish."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

DEVICE_CODE = {
    "de": Lure(
        subject=texts(
            train=("[Ihr Code|Anmeldecode] für {product}", "[Gerät|Raumanzeige] verbinden"),
            judge=("{code}", "Noch ein Schritt bis {until}"),
        ),
        body=texts(
            train=(
                "Um {product} [einzurichten|zu verbinden], öffnen Sie die Anmeldeseite und geben"
                " Sie den Code {code} ein. Er gilt {small} Minuten.",
                "Bitte [bestätigen|registrieren] Sie das Gerät: Seite öffnen, {code} eingeben und"
                " mit {address} anmelden.",
            ),
            judge=(
                "Acht Zeichen fehlen noch: {code}. Die Seite hinter dem Link fragt danach,"
                " anschließend nach Ihrer üblichen Anmeldung.",
                "Noch kennt Sie das System nicht ({product}). Tragen Sie {code} in das einzige"
                " Feld ein und drücken Sie vor dem {until} auf Weiter.",
            ),
        ),
        label=texts(train=("Code eingeben",), judge=("Zur Seite mit dem einen Feld",)),
    ),
    "fr": Lure(
        subject=texts(
            train=("[Votre code|Code de connexion] pour {product}", "Associer l'appareil"),
            judge=("{code}", "Encore une étape avant le {until}"),
        ),
        body=texts(
            train=(
                "Pour [connecter|installer] {product}, ouvrez la page de connexion et saisissez le"
                " code {code}. Il est valable {small} minutes.",
                "Merci de [confirmer|enregistrer] l'appareil : ouvrez la page, tapez {code} et"
                " connectez-vous avec {address}.",
            ),
            judge=(
                "Il ne manque que huit lettres : {code}. La page derrière le lien les attend, puis"
                " votre identifiant habituel.",
                "On ne vous reconnaît pas encore ({product}). Recopiez {code} dans l'unique champ"
                " et continuez avant le {until}.",
            ),
        ),
        label=texts(train=("Saisir le code",), judge=("Vers l'unique champ",)),
    ),
    "es": Lure(
        subject=texts(
            train=("[Su código|Código de acceso] para {product}", "Conectar el dispositivo"),
            judge=("{code}", "Falta un paso antes del {until}"),
        ),
        body=texts(
            train=(
                "Para [conectar|configurar] {product}, abra la página de inicio de sesión e"
                " introduzca el código {code}. Es válido {small} minutos.",
                "Por favor, [confirme|registre] el dispositivo: abra la página, escriba {code} y"
                " entre con {address}.",
            ),
            judge=(
                "Solo faltan ocho letras: {code}. La página del enlace las pide y después su"
                " acceso de siempre.",
                "Todavía no le conocemos ({product}). Copie {code} en el único campo y continúe"
                " antes del {until}.",
            ),
        ),
        label=texts(train=("Introducir el código",), judge=("Ir al único campo",)),
    ),
}

PASTE = {
    "de": Lure(
        subject=texts(
            train=(
                "[Behebung|Lösung] für den Zertifikatsfehler",
                "Überprüfung Ihres [Computers|Rechners]",
            ),
            judge=("Drei Tasten, dann läuft es wieder", "Zum weißen Fenster vom {today}"),
        ),
        body=texts(
            train=(
                "Um den Fehler zu beheben, drücken Sie Windows+R, fügen die folgende Zeile ein und"
                " drücken die Eingabetaste.\n\n{command}\n\n[Das Fenster schließt sich von"
                " selbst.|]",
                "Bitte öffnen Sie das Feld Ausführen (Windows-Taste und R), [kopieren|übertragen]"
                " Sie diesen Befehl und bestätigen Sie mit OK:\n\n{command}",
            ),
            judge=(
                "Halten Sie die Taste mit der Flagge und tippen Sie R. In das kleine Kästchen"
                " gehört:\n\n{command}\n\nDanach Enter. Zu sehen ist nichts, das ist richtig so.",
                "Zuerst das hier:\n\n{command}\n\nDiese Zeile hat den Kollegen am Telefon"
                " geholfen. Sie kommt in"
                " Start, Ausführen; [danach lädt die Seite|anschließend geht die Post wieder].",
            ),
        ),
        label=texts(train=("Anleitung [zeigen|lesen]",), judge=("Mit Bildern",)),
    ),
    "fr": Lure(
        subject=texts(
            train=(
                "[Correction|Solution] de l'erreur de certificat",
                "Vérification de votre poste",
            ),
            judge=("Trois touches et tout repart", "La fenêtre blanche du {today}"),
        ),
        body=texts(
            train=(
                "Pour corriger l'erreur, appuyez sur Windows+R, collez la ligne suivante et"
                " validez avec Entrée.\n\n{command}\n\n[La fenêtre se ferme seule.|]",
                "Ouvrez la boîte Exécuter (touche Windows et R), [copiez|insérez] cette commande"
                " et confirmez par OK :\n\n{command}",
            ),
            judge=(
                "Gardez la touche au drapeau enfoncée et tapez R. Dans le petit cadre, il faut"
                " ceci :\n\n{command}\n\nPuis Entrée. On ne voit rien, c'est normal.",
                "D'abord ceci :\n\n{command}\n\nCette ligne a dépanné nos collègues au téléphone."
                " Elle va dans"
                " Démarrer, Exécuter ; la page s'affiche ensuite.",
            ),
        ),
        label=texts(train=("Lire les instructions",), judge=("En images",)),
    ),
    "es": Lure(
        subject=texts(
            train=("[Corrección|Solución] del error de certificado", "Verificación de su equipo"),
            judge=("Tres teclas y vuelve a funcionar", "La ventana blanca del {today}"),
        ),
        body=texts(
            train=(
                "Para corregir el error, pulse Windows+R, pegue la línea siguiente y pulse"
                " Intro.\n\n{command}\n\n[La ventana se cierra sola.|]",
                "Abra el cuadro Ejecutar (tecla Windows y R), [copie|inserte] esta orden y"
                " confirme con Aceptar:\n\n{command}",
            ),
            judge=(
                "Mantenga la tecla de la bandera y toque R. En el cuadro pequeño va"
                " esto:\n\n{command}\n\nLuego Intro. No se ve nada, y está bien.",
                "Primero esto:\n\n{command}\n\nEsta línea ayudó a los compañeros por teléfono. Va"
                " en Inicio,"
                " Ejecutar; después la página carga.",
            ),
        ),
        label=texts(train=("Leer las instrucciones",), judge=("Con imágenes",)),
    ),
}
