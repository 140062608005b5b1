"""Words of notices that true platforms send, and of the note an account may add to them."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

# What an account writes into the free field: with a telephone number, or with an address to open.
NOTE_TO_CALL = texts(
    train=(
        "[Payment of|The amount of] {amount} [is due|will be debited] on {until}. Questions? Call"
        " {phone}.",
        "[Please review|Kindly check] order {number} over {amount}. [To dispute it|If anything is"
        " wrong], [call|ring] {phone}.",
        "Renewal {number}, {amount}. [Our accounts team|Our office] is on {phone} [from nine to"
        " five|all day].",
    ),
    judge=(
        "{phone} is where you reach us about {number}; [the sum stands at|we booked] {amount}.",
        "[Nothing to do if all is right.|All in order?] Otherwise talk to us before {until}:"
        " {phone}. It is about {amount}.",
        "We took down {amount} for {number} and would rather speak than write - {phone}.",
    ),
)
NOTE_TO_OPEN = texts(
    train=(
        "[The full document|The complete file] is [here|at this address]: {url} [- please sign in"
        " to read it|]",
        "[Please see|See] the payment details at {url} [before you sign|and confirm by {until}].",
        "[This preview is limited|Preview not available]. Open {url} to [view|download] file"
        " {number}.",
    ),
    judge=(
        "What you find here is only the cover. The rest lies at {url} until {until}.",
        "At {url} lies the long version, {name}, [and it is the one that counts|which replaces"
        " this one].",
        "[Our archive|The archive] took over number {number}: {url}",
    ),
)

SIGNING = Lure(
    subject=texts(
        train=(
            "[Please sign|Signature requested]: {paper}",
            "{sharer} sent you a document to [sign|review and sign]",
            "[Complete|Review] with {brand}: {paper}",
        ),
        judge=(
            "Your name is missing under {paper}",
            "{paper} - waiting for a signature since {today}",
            "{sharer} and {brand}: one paper for you",
        ),
    ),
    body=texts(
        train=(
            "{sharer} ({email}) [has sent|sent] you {paper} to [review and sign|sign].\n\nMessage"
            " from {sharer}:\n{note}",
            "[A document is waiting|You have a document] for your signature.\n\nFrom: {sharer}"
            " <{email}>\nDocument: {paper}\n\n{note}",
            "{sharer} is [asking|inviting] you to complete {paper} [by"
            " {until}|].\n\n{note}\n\n[Questions go to|Contact] {email}.",
        ),
        judge=(
            "All others have signed {paper}. {sharer} ({email}) asks you to be the last one and"
            " adds:\n\n{note}",
            "{paper} came in on {today}. It was [put up|uploaded] by {email}. [Note of the"
            " sender|Words of the sender]:\n\n{note}",
            "{note}\n\nWith these words {sharer} laid {paper} before you; {email} hears of it when"
            " you have signed.",
        ),
    ),
    label=texts(
        train=("Review document", "[Review|Start] and sign"),
        judge=("To the signature", "Read it first"),
    ),
    close=texts(
        train=("Do not share this mail: it opens the document.", "Powered by {brand}."),
        judge=("{brand} keeps a trail of every step.", "Signing takes no account."),
    ),
)

INVOICING = Lure(
    subject=texts(
        train=(
            "Invoice {number} from {sharer}",
            "[You have received|New] invoice: {amount}",
            "[Reminder|Payment request]: {amount} to {sharer}",
        ),
        judge=(
            "{sharer} would like to be paid",
            "Open item {number}",
            "{amount} by {until}",
        ),
    ),
    body=texts(
        train=(
            "{sharer} sent you an invoice for {amount}, due on {until}.\n\nNote to"
            " customer:\n{note}",
            "Invoice number: {number}\nAmount due: {amount}\nDue date: {until}\n\nSeller note from"
            " {sharer}: {note}",
            "Hi {name},\n\n{sharer} [is requesting|requests] {amount}. [Reference|Invoice]:"
            " {number}.\n\n{note}",
        ),
        judge=(
            "On {today} an entry of {amount} was made for you by {email}. What {sharer} has to say"
            " about it:\n\n{note}",
            "There is {amount} open under {number}. It was written with {brand}, and these lines"
            " came along:\n\n{note}",
            "Somebody at {email} counted up and came to {amount}, to be had by {until}. Beneath"
            " the sum:\n\n{note}",
        ),
    ),
    label=texts(
        train=("[View|Pay] invoice", "View and pay"), judge=("Settle it", "Look at the entry")
    ),
    close=texts(
        train=(
            "{brand} sends invoices for small businesses.",
            "Do you know this seller? If not, report it.",
        ),
        judge=("Written with {brand}.", "Money moves only if you say so."),
    ),
)

SHARING = Lure(
    subject=texts(
        train=(
            '{sharer} shared "{paper}" with you',
            "{sharer} invited you to {paper}",
            "[Item|Document] shared with you: {paper}",
        ),
        judge=(
            "{paper} is now open to you",
            "You were let into {paper}",
            "{brand}: {sharer} gave you a key",
        ),
    ),
    body=texts(
        train=(
            "{sharer} ({email}) has invited you to [view|edit] {paper}:\n\n{note}",
            "{sharer} shared an item with you.\n\n{note}\n\n{email} is outside your organisation.",
            "[A file|An item] is waiting for you in {brand}: {paper}.\n\nMessage: {note}\n\nShared"
            " by {sharer} <{email}>",
        ),
        judge=(
            "Access to {paper} was granted on {today} by {email}. [Beside it|With it]"
            " stood:\n\n{note}",
            "{note}\n\nThat is what {sharer} wrote when opening {paper} to you.",
            "No copy travels with this letter; {paper} stays where {sharer} keeps it, and you may"
            " come and look. The note at the door:\n\n{note}",
        ),
    ),
    label=texts(train=("Open in {brand}", "[Open|View] item"), judge=("Go inside", "To {paper}")),
    close=texts(
        train=("You receive this because {email} shared an item with {address}.",),
        judge=("Not for you? Tell {brand} and the door closes.",),
    ),
)

MEETING = Lure(
    subject=texts(
        train=(
            "Invitation: {paper} @ {until}",
            "{sharer} invited you: {paper}",
            "[New|Updated] event: {paper}",
        ),
        judge=(
            "{until}: {paper}",
            "A date with {sharer}",
            "In your diary from today: {paper}",
        ),
    ),
    body=texts(
        train=(
            "You have been invited to the following event.\n\n{paper}\nWhen: {until}\nWho: {email}"
            " - organizer, {address}\n\n{note}",
            "{sharer} has invited you to {paper} on {until}.\n\n{note}",
            "{paper}\n{until}, [one hour|30 minutes]\n\n{sharer} ({email}) has [added|invited] you"
            " as a guest.\n\n{note}",
        ),
        judge=(
            "{email} keeps an hour free for you on {until}. Topic: {paper}. What to know"
            " before:\n\n{note}",
            "Does {until} suit you? {sharer} thought so and wrote:\n\n{note}",
            "You need not answer by mail: a tap on yes is enough for {sharer}. In the box for"
            " remarks stands:\n\n{note}",
        ),
    ),
    label=texts(
        train=("[View|Open] event", "Going? Yes"), judge=("Say yes or no", "Into my diary")
    ),
    close=texts(train=("Invitation from {brand}.",), judge=("{brand} carried this invitation.",)),
)

CODE = Lure(
    subject=texts(
        train=(
            "{repository} {title} (Issue #{small})",
            "{sharer} mentioned you in {team}/{project}",
            "{repository} Security alert: {title}",
        ),
        judge=(
            "{team}/{project}: your word is wanted",
            "Discussion {small}: {title}",
            "{sharer} put you down as reviewer of {project}",
        ),
    ),
    body=texts(
        train=(
            "@{name} {note}\n\nReply to this email directly or view it online.",
            "{sharer} left a comment ({team}/{project}#{small})\n\n{title}\n\n@{name} {note}",
            "[New issue|New comment] in {team}/{project} by"
            " {sharer}:\n\n{title}\n\n{note}\n\n[cc|Assigned to] @{name}",
        ),
        judge=(
            'Your handle was named under "{title}" on {today}:\n\n{note}',
            "{project} has a new entry, number {small}. Its author {sharer} writes:\n\n{note}",
            "{team} keeps its work on {project} in the open, and somebody there wants you in"
            " it.\n\n{note}",
        ),
    ),
    label=texts(
        train=("View it on {brand}", "View issue"), judge=("To the discussion", "Answer there")
    ),
    close=texts(
        train=("You are receiving this because you were mentioned.",),
        judge=("Named people get these notes; watchers get all.",),
    ),
)
PROJECTS = texts(
    train=(
        "[billing|payments]-[sync|export]",
        "[website|portal]-[theme|build]",
        "security-[advisory|notice]",
    ),
    judge=("[label|barcode]-printer", "[tide|weather]-station", "grant-[desk|round]"),
)
TITLES = texts(
    train=(
        "[Unusual|Unrecognised] access token used",
        "[Invoice export|Billing] fails since {today}",
        "[Funding|Developer grant] [approved|offer]",
    ),
    judge=(
        "Half of the rows are missing",
        "Who holds the key for release {small}?",
        "You were picked for round {small}",
    ),
)
