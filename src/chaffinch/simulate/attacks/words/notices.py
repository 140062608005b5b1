"""Words about things that wait somewhere: a voice message, a shared file."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.attacks.words import notices_abroad as abroad
from chaffinch.simulate.text.texts import texts

VOICEMAIL = Lure(
    subject=texts(
        train=(
            "New [voicemail|voice message][, {seconds} seconds| from {caller}|]",
            "[Missed call|You missed a call] from {caller}",
            "Voice message [for {name}|received {today}]",
        ),
        judge=(
            "{caller} tried to reach you",
            "[Somebody|A caller] spoke on your mailbox ({seconds} s)",
            "Recording of {today} kept for you",
        ),
    ),
    body=texts(
        train=(
            "You have a new voice message of {seconds} seconds from {caller}. [It is kept for"
            " {days} days.|]",
            "[A caller|{caller}] left a message in your mailbox on {today}. Length: {seconds}"
            " seconds. [Play|Listen to] it with the button below.",
            "[Missed call|Call not answered]: {caller}\n\nDate: {today}. Duration: {seconds}"
            " seconds. [Message: recorded|A recording is available].",
        ),
        judge=(
            "While you were [away|on another line], {caller} rang and talked for {seconds}"
            " seconds. We [saved|stored] what was said; it goes away after {until}.",
            "Your extension did not pick up on {today}. The person [at|behind] {caller} used the"
            " time and spoke on tape. [Hear it in the browser|No telephone is needed to hear it].",
            "1 recording, {seconds} seconds, number shown: {caller}. [Forwarded by the"
            " switchboard|Passed on by the exchange] because nobody took the call.",
        ),
    ),
    label=texts(
        train=("[Listen|Play]", "Listen to the message", "[Play|Open] voicemail"),
        judge=("Hear the recording", "[Start|Fetch] playback", "To the recording"),
    ),
    close=texts(
        train=("[Sent|Delivered] by {brand}.", "You can reply to the caller by telephone."),
        judge=("{brand} answers for you when you cannot.", "Exchange of {company}"),
    ),
    abroad=abroad.VOICEMAIL,
)

SHARE = Lure(
    subject=texts(
        train=(
            '{sharer} shared "{paper}" with you',
            "[Shared document|New document]: {paper}",
            "{sharer} invited you to [view|edit] {paper}",
        ),
        judge=(
            "{paper} is ready for you",
            "[Please look at|For your eyes]: {paper}",
            "A folder from {sharer}",
        ),
    ),
    body=texts(
        train=(
            "{sharer} shared the file {paper} with {address}. [The link works until {until}.|The"
            " link"
            " is only for you.]",
            "[A document was shared with you|You received a document] through {brand}.\n\nName:"
            " {paper}. From: {sharer}. [Access: can view|Access: can edit]. [Sign in to open it.|]",
            "{sharer} [has invited|invited] you to [review|comment on] {paper}. [Please"
            " respond|Your comments are expected] by {until}.",
        ),
        judge=(
            "The papers you were [promised|waiting for] lie in {brand} now; {sharer} put them"
            " there on {today}. Look for {paper}.",
            "[Too large for a letter|Not something to send by mail], says {sharer}, [so|and"
            " therefore] {paper} waits on our server. [You will be asked who you are.|Your mail"
            " address is the key.]",
            "One item was [placed|dropped] in your inbox at {brand}: {paper}. {sharer} gets a note"
            " once you have [opened|seen] it.",
        ),
    ),
    label=texts(
        train=("Open in {brand}", "[View|Open] document", "[View|Get] file"),
        judge=("Take a look", "Fetch the papers", "Show me {paper}"),
    ),
    close=texts(
        train=(
            "This [link|invitation] was sent to {address}.",
            "[Sent|Shared] with {brand}, [secure file sharing|file sharing for teams].",
        ),
        judge=("Questions about the content? Ask {sharer}.", "{brand} keeps it for {small} days."),
    ),
    abroad=abroad.SHARE,
)

PAPERS = texts(
    train=(
        "[Payment advice|Remittance] {number}.pdf",
        "[Contract|Agreement]_{number}.docx",
        "[Price list|Quotation] {year}",
        "[Statement|Invoice] {number}",
    ),
    judge=(
        "[Minutes|Notes] of {today}",
        "[Budget|Forecast] {year}, [draft|second draft].xlsx",
        "[Tender|Specification] no. {number}",
        "[Plans|Drawings] for {company}",
    ),
    de=texts(
        train=("[Zahlungsavis|Rechnung] {number}.pdf", "[Vertrag|Angebot]_{number}.docx"),
        judge=("[Protokoll|Notizen] vom {today}", "[Pläne|Zeichnungen] {year}"),
    ),
    fr=texts(
        train=("[Avis de paiement|Facture] {number}.pdf", "[Contrat|Devis]_{number}.docx"),
        judge=("[Compte rendu|Notes] du {today}", "[Plans|Dessins] {year}"),
    ),
    es=texts(
        train=("[Aviso de pago|Factura] {number}.pdf", "[Contrato|Oferta]_{number}.docx"),
        judge=("[Acta|Notas] del {today}", "[Planos|Dibujos] {year}"),
    ),
)
