"""What people who work together write; a template's first line is the subject."""

from chaffinch.simulate.text.texts import texts

THREADS = texts(
    train=(
        "[Lens cell drawing|Housing drawing|Bracket drawing] [rev B|rev C|rev D]\n"
        "[I have put|There is] a new revision of the drawing on the share. [The tolerance on the"
        " bore is tighter now|The mounting holes moved by two millimetres]. [Could you check it|Can"
        " you have a look] before {weekday}?",
        "[Figures|Numbers] for the {weekday} meeting\n"
        "[Do you have|Could you send me] the [order intake|shipping|warranty] figures for the last"
        " [month|quarter]? [A rough table is fine|I only need the totals].",
        "[Delivery|Shipment] {number} [delayed|split in two]\n"
        "The carrier says that {number} [arrives two days late|comes in two parts]. [Shall we tell"
        " the customer|Does that hurt the assembly plan]?",
        "Test rig [booking|free slots] next week\n"
        "[Is anybody using|Who has] the test rig on {weekday}? I would need it for [half a"
        " day|about three hours] for the [vibration|thermal|salt spray] run.",
        "Travel to {place}\n"
        "[I am booking|We should book] the train to {place}. [Do you want to come along|Who else is"
        " going]? [The offer is valid until {weekday}|Seats are getting scarce].",
        "[Minutes|Notes] of [today's|yesterday's] call\n"
        "Short notes: the sample passed, the [connector|coating|label] is still open, and we owe"
        " them an answer by {weekday}. [Please correct me where I misheard|Anything missing]?",
        "[Complaint|Return] {number}\n"
        "[A unit came back|They sent one back] with a [scratched window|loose thread|dead pixel"
        " row]. [Can someone look at it|Who could take it to the bench] this week?",
        "Onboarding [plan|list] for [the new colleague|our intern]\n"
        "[I drafted|Here is] the plan for the first week. [Please add|Could you each add] half an"
        " hour where you show what your team does.",
        "Price list [draft|for next year]\n"
        "The draft list is in the usual folder. [Two items look too cheap to me|Freight is included"
        " this time]. [Comments by {weekday}, please|Please comment in the file].",
        "Coffee machine [again|on the second floor]\n"
        "It [leaks|shows error 14] again. [I called the service|The technician comes on {weekday}];"
        " until then please use the one downstairs.",
    ),
    judge=(
        "[Who took|Where is] the torque wrench?\n"
        "It [hangs|lives] on hook {small} and has been gone since {weekday}. [No questions asked.|I"
        " have to certify it this week.]",
        "{number}: [wrong paint|colour off]\n"
        "[Under the lamp|By daylight] the housings of {number} look [greener|duller] than the"
        " sample."
        " Would you [approve|accept] them, or do they go back to {place}?",
        "[Holidays|Leave] over the bridge days\n"
        "Three of us [are away|want to be off] around {weekday}. Somebody has to [watch|mind] the"
        " furnace; I did it last time. [Any takers?|Shall we draw lots?]",
        "Visit from {place}, [programme|who does what]\n"
        "Six guests, two hours, safety shoes in their sizes. Could you [show|guide them through]"
        " the"
        " clean room while I [fetch|print] the badges?",
        "[Budget line|Cost centre] {number}\n"
        "There is [money|a little] left under {number}, which lapses with the year. [A second"
        " microscope|New shelves], or do we [give|hand] it back?",
        "[Audit|Inspection] remarks, [first half|part one]\n"
        "Of {small} remarks four concern us: labels, training sheets, the eye wash, a missing date."
        " [I take the first two.|Who takes which?]",
        "[Software|Firmware] build {number} on the shaker\n"
        "It ran all night without a fault until {weekday} morning, then [froze|restarted]. The log"
        " is"
        " on the [bench computer|stick in my drawer]. [Ideas?|Do you see a pattern?]",
        "[Lift|Forklift] out of order\n"
        "[The hoist|It] will be mended on {weekday}. Until then pallets over {small} kilos [stay"
        " downstairs|go round by the ramp]. [Tell the night shift.|]",
    ),
    de=texts(
        train=(
            "[Zeichnung|Stückliste] {number}\n"
            "auf dem Laufwerk liegt ein neuer Stand. [Die Toleranz ist jetzt enger|Zwei Bohrungen"
            " sind"
            " gewandert]. Könnt ihr bis {weekday} [draufschauen|prüfen]?",
            "[Zahlen|Auswertung] für {weekday}\n"
            "[hast du|habt ihr] die Zahlen zum Auftragseingang? Eine grobe Tabelle [reicht|genügt]"
            " mir.",
            "Prüfstand [frei|belegt]?\n"
            "ich bräuchte den Prüfstand am {weekday} für [drei Stunden|einen halben Tag]. Wer hat"
            " ihn"
            " gerade?",
        ),
        judge=(
            "[Urlaub|Vertretung] rund um {weekday}\n"
            "drei von uns sind weg, und jemand muss nach dem Ofen sehen. [Freiwillige?|Losen wir?]",
            "Prüfbericht {number}, [Anmerkungen|offene Punkte]\n"
            "von {small} Punkten betreffen uns vier, [darunter die Etiketten|vor allem die"
            " Schulungsblätter]. Ich nehme die ersten zwei.",
            "Besuch aus {place}\n"
            "sechs Gäste, zwei Stunden. Zeigst du ihnen die Halle, während ich die Ausweise"
            " [hole|drucke]?",
        ),
    ),
    fr=texts(
        train=(
            "[Plan|Nomenclature] {number}\n"
            "une nouvelle version est sur le partage. [La tolérance est plus serrée|Deux trous ont"
            " bougé]. Vous pouvez [regarder|vérifier] avant {weekday} ?",
            "[Chiffres|Tableau] pour {weekday}\n"
            "tu as les chiffres des commandes ? Un tableau [rapide|simple] me suffit.",
        ),
        judge=(
            "[Congés|Absences] autour de {weekday}\n"
            "trois d'entre nous partent, et il faut surveiller le four. [Qui veut bien ?|On tire"
            " au sort ?]",
            "Visite de {place}\n"
            "six personnes, deux heures. Tu leur montres l'atelier pendant que je [cherche|fais]"
            " les badges ?",
        ),
    ),
    es=texts(
        train=(
            "[Plano|Lista de piezas] {number}\n"
            "hay una versión nueva en la carpeta. [La tolerancia es menor|Dos agujeros se han"
            " movido]."
            " ¿Podéis [mirarla|revisarla] antes del {weekday}?",
            "[Cifras|Tabla] para el {weekday}\n"
            "¿tienes las cifras de pedidos? Me basta una tabla [sencilla|aproximada].",
        ),
        judge=(
            "[Vacaciones|Turnos] alrededor del {weekday}\n"
            "tres estaremos fuera y alguien tiene que vigilar el horno. [¿Voluntarios?|¿Lo"
            " sorteamos?]",
            "Visita de {place}\n"
            "seis personas, dos horas. ¿Les enseñas el taller mientras [busco|preparo] las"
            " tarjetas?",
        ),
    ),
)

REPLIES = texts(
    train=(
        "[Done|Looked at it], [fine for me|no objections]. [One detail: item {small} has no"
        " owner.|]",
        "[I can do that|Will do], but not before {weekday}. [Is that early enough?|]",
        "[Thanks|Thank you]. [I added two remarks on page {small}|My notes are in the margin].",
        "[Good point|Right]. [Let us discuss it at lunch|I will bring it up with the others].",
        "[Yes please|Yes], and keep {number} in the subject so that we find it again.",
        "[Sorry for the delay|Sorry, I was at the bench]. [All clear now|That works for me].",
        "Not quite: it is [{small} pieces|{small} metres], not twice that. [Otherwise agreed.|]",
    ),
    judge=(
        "[Count me in|I am for it]. [{weekday} after the break?|My half is ready.]",
        "Hm, [I would rather wait|must it be now]? {number} is not [settled|through] yet.",
        "[Found it|Here you are]: [bottom shelf|second tab, row {small}].",
        "[Ask in {place}|They know in {place}]; I only [inherited|heard] the list.",
        "[Agreed|Fine], with one change: {small} instead of what stands there.",
        "[My fault|I mixed that up]. [Corrected just now.|The right one comes {weekday}.]",
    ),
    de=texts(
        train=(
            "[erledigt|angeschaut], [passt für mich|keine Einwände]. [Punkt {small} hat noch"
            " niemanden.|]",
            "[mache ich|geht], aber nicht vor {weekday}.",
            "[danke|danke dir], [zwei Anmerkungen stehen auf Seite {small}|Notizen am Rand].",
        ),
        judge=(
            "[bin dabei|dafür]. [{weekday} nach der Pause?|Mein Teil ist fertig.]",
            "hm, [lieber noch warten|muss das jetzt sein]? {number} ist noch nicht durch.",
            "[gefunden|hier]: [unterstes Fach|zweites Blatt, Zeile {small}].",
        ),
    ),
    fr=texts(
        train=(
            "[fait|regardé], [ça me va|rien à redire]. [Le point {small} n'a personne.|]",
            "[je m'en occupe|d'accord], mais pas avant {weekday}.",
        ),
        judge=(
            "[j'en suis|partant]. [{weekday} après la pause ?|Ma partie est prête.]",
            "[trouvé|voilà] : [en bas de l'étagère|deuxième onglet, ligne {small}].",
        ),
    ),
    es=texts(
        train=(
            "[hecho|visto], [por mí bien|sin objeciones]. [El punto {small} no tiene dueño.|]",
            "[lo hago|vale], pero no antes del {weekday}.",
        ),
        judge=(
            "[cuenta conmigo|me apunto]. [¿El {weekday} tras la pausa?|Mi parte está lista.]",
            "[encontrado|aquí está]: [estante de abajo|segunda hoja, fila {small}].",
        ),
    ),
)

NOTES = texts(
    train=(
        "[Quick note|For your files]\n"
        "[FYI|For your information]: {number} [is closed|went out|is approved].",
        "[Lunch|Coffee]\n[Lunch at twelve|Coffee at three]? [The usual place.|]",
        "[Around on {weekday}|Short question]\n"
        "[Are you in the office|Are you around] on {weekday}?",
        "[Photos|Test report]\n"
        "[The photos are|The test report is] in the shared folder, see {shared}",
    ),
    judge=(
        "{number}\n[Ticked off|Through]: {number}. [Nothing left for you to do.|On to the next.]",
        "[Walk|Canteen]?\n[I go down at noon|It is fish today]. [Coming?|Keep me a seat.]",
        "[Your bicycle|Window {small}]\n"
        "[It stands in the fire lane|It is open and it rains]. [Could you?|Just so you know.]",
        "[Scans|Slides] of {weekday}\n[Put them here|All in one place]: {shared}",
    ),
)

NOTES_WITH_FILE = texts(
    train=(
        "[Summary|Draft] {number}\n"
        "[Attached|Here] is the [summary|draft] we spoke about. [No hurry.|]",
        "[Table|List] for {weekday}\nThe [table|list] with {small} rows is attached. [Please add"
        " yours.|]",
    ),
    judge=(
        "{number} [as promised|for you]\n"
        "[You wanted|You asked for] it on paper: see below. [Page {small} is the one that"
        " counts.|]",
        "[What I have so far|Half done]\n[Rough|Unpolished], but {weekday} is {weekday}. [Improve"
        " it.|]",
    ),
)

FORWARDS = texts(
    train=(
        "[For you, I think|This is yours]. [Can you answer them by {weekday}?|]",
        "[See below|Please see below]; do we [agree|have {small} of those]? [I would say yes.|]",
        "[Who can help|Any idea]? [They wait in {place}.|I have no time before {weekday}.]",
    ),
    judge=(
        "[Landed with me|Came to my desk], [belongs on yours|wrong door]. [Thanks!|]",
        "Read [the last lines|what they ask]. Is {number} [ours|known to you]?",
        "[Over to you|Your turn]. I [told|promised] them an answer this week.",
    ),
    de=texts(
        train=("[Das ist wohl eures|Für dich]. [Antwortet ihr bis {weekday}?|]",),
        judge=("[Bei mir gelandet|Kam zu mir], [gehört zu dir|falsche Tür]. [Danke!|]",),
    ),
    fr=texts(
        train=("[Pour toi, je crois|C'est pour vous]. [Réponse avant {weekday} ?|]",),
        judge=("[Arrivé chez moi|Reçu par erreur], [c'est à toi|je te le passe]. [Merci !|]",),
    ),
    es=texts(
        train=("[Creo que es para ti|Esto es vuestro]. [¿Contestáis antes del {weekday}?|]",),
        judge=("[Me llegó a mí|Vino a mi mesa], [es tuyo|te lo paso]. [¡Gracias!|]",),
    ),
)

ANNOUNCEMENTS = texts(
    train=(
        "Summer party\nwe meet on {weekday} at five in the yard. [Families are welcome.|]",
        "Network maintenance\nthe network is down on {weekday} after seven in the evening.",
        "Welcome aboard\non {weekday} {small} new colleagues start. Please say hello.",
        "Fire drill\nthe drill takes place on {weekday}; please leave by the marked stairs.",
    ),
    judge=(
        "Car park\n[the upper deck|row {small}] is resurfaced from {weekday} on. [Bicycles are not"
        " affected.|]",
        "[Works council|Staff meeting]\ndoors open {weekday} at ten, canteen. [There will be"
        " sandwiches.|]",
        "Flu jabs\n[the doctor|a nurse] comes to {place} on {weekday}. [Sign the list at the"
        " gate.|]",
        "[Results|A good month]\nyou made it: {number} units, the most so far. [Cake at three.|]",
    ),
)

MEETINGS = texts(
    train=(
        "[Weekly|Review] {number}\nAgenda follows in the room.",
        "[Planning|Retrospective] {number}\n[Bring your open points|Twenty minutes should do].",
    ),
    judge=(
        "[Stand-up|Look back] {number}\n[Round the table once|What went well, what did not].",
        "[Capacity|Prototype] {number}\nWe need a decision on {small} items. [Slides come"
        " before.|]",
    ),
)
