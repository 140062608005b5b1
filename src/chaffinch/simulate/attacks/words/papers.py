"""Words of letters whose attachment matters, and what the attachment shows."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

SECURE = Lure(
    subject=texts(
        train=(
            "[Secure|Encrypted] message {number}",
            "[You have received|New] [secure message|confidential message] from {sharer}",
            "[Statement|Payment advice] {number} [attached|]",
        ),
        judge=(
            "For your eyes, {name}",
            "Envelope {number}",
            "{sharer} wrote to you under seal",
        ),
    ),
    body=texts(
        train=(
            "[A secure message is attached|Attached is a secure message]. [Open it in your"
            " browser.|Please open the attachment in a browser to read it.]",
            "{sharer} has sent you [an encrypted|a protected] message. [Download and open|Save and"
            " open] the attached file [to view it|to continue].",
            "[Please find attached|Attached you will find] the [statement|payment advice]"
            " {number}. It [opens in|is displayed in] any web browser.",
        ),
        judge=(
            "What we have to tell you is not for a postcard. The page that comes with this letter"
            " unseals it.",
            "Two clicks: one on the attachment, one on the button it shows. After that {number}"
            " [is yours to read|can be read].",
            "Mail is open to many eyes, hence the envelope. It is the only attachment and works"
            " [on any machine|without a program].",
        ),
    ),
)
ENVELOPES = texts(
    train=("message[-|_]{number}", "Secure[-|_]Message", "[Statement|Advice]_{number}"),
    judge=("envelope-{small}", "for_{name}", "sealed_{number}"),
)
PAGES = texts(
    train=(
        "[Your message is being opened|Loading your message]\n[Please wait|One moment], [the"
        " document|it] is prepared for {address}.",
        "Secure message {number}\n[This message was encrypted for|Recipient]: {address}",
    ),
    judge=(
        "Envelope {number}\nOnly {name} can go on from here.",
        "Almost there\nWe fetch what belongs to {number}.",
    ),
)
BUTTONS = texts(train=("[Read|Open] the message", "Continue"), judge=("Unseal", "Go on"))

DRAWN = Lure(
    subject=texts(
        train=(
            "[Purchase order|Order] {number}",
            "[Voice message|Audio note][ transcript|] {number}",
            "[Drawing|Sketch] for [order|project] {number}",
        ),
        judge=(
            "A picture says it best ({number})",
            "Sheet {small} of {number}",
            "How we imagine it, {name}",
        ),
    ),
    body=texts(
        train=(
            "[Please see|See] the attached [drawing|image] for {number}. [Let me know if the size"
            " is right.|Open it in the browser for full size.]",
            "[The order|Order] {number} is attached as [a graphic|an image]. [Please confirm it by"
            " {until}.|Kindly confirm.]",
            "[Attached is|I attach] the [sketch|plan] we [discussed|talked about]. [Click it to"
            " enlarge.|]",
        ),
        judge=(
            "Words failed me, so I drew it. [Everything to scale|Scale one to ten]; look at the"
            " lower left corner first.",
            "What you get here is sheet {small}. The others follow once this one is agreed.",
            "Lines sharp at any size: that is why it comes in this form. [Tell me by {until}|I"
            " need a word by {until}] what should move.",
        ),
    ),
)
DRAWINGS = texts(
    train=("[Drawing|Order|PO]_{number}", "Sketch[-|_]{small}", "[Audio|Plan]-{number}"),
    judge=("sheet{small}", "idea-{number}", "corner_{small}"),
)
SHOWN = texts(
    train=(
        "Order {number}\n[Click to view|Open] the full drawing",
        "Project {number}\nScale 1:{small}",
    ),
    judge=("Sheet {small}\nsee corner A", "{number}\nnot for production"),
)

FORM_TO_FILL = Lure(
    subject=texts(
        train=(
            "[Payroll|Wage tax] [form|declaration] {year}",
            "[Supplier|Customer] [questionnaire|data sheet] {year}",
            "[Invoice|Statement] {number} [for review|]",
        ),
        judge=(
            "Gaps in your file",
            "To be filled in by {until}",
            "{number}: a few boxes",
        ),
    ),
    body=texts(
        train=(
            "[Please complete the attached form|The form is attached] and [return it|send it back]"
            " by {until}. [Enable editing to fill it in.|]",
            "[Attached please find|Please find attached] the [document|sheet] {number}. [If it"
            " does not display, choose Enable Content.|Please check the figures.]",
            "[We need|Our records lack] some details of {company}. [Fill in the attached sheet|Use"
            " the attached form], [please|it takes ten minutes].",
        ),
        judge=(
            "Three boxes are still white. Put in what you know, leave the rest; the sheet adds up"
            " by itself once it may.",
            "Auditors like full pages. Yours, number {number}, has holes - [could you close"
            " them|please close them] before {until}?",
            "The old layout is history, {name}. This one calculates for you, provided you let it"
            " [work|run].",
        ),
    ),
)
FORMS = texts(
    train=("[Declaration|Form]_{year}", "[Questionnaire|DataSheet]-{number}", "Statement {number}"),
    judge=("boxes_{small}", "{year} to fill in", "file-{number}"),
)
FORM_LINES = texts(
    train=(
        "Declaration {year}\nName: {name}\nCompany: {company}\n[Please fill in all fields.|All"
        " fields are required.]",
        "Data sheet {number}\nBank\nAddress\nContact person\n[Sign and return by|Due] {until}",
    ),
    judge=(
        "What we know of {company}\nBox 1\nBox 2\nBox 3\nLeave white what you do not know.",
        "File {number}\nowner: {name}\nto be closed {until}",
    ),
)

QUOTATION = Lure(
    subject=texts(
        train=(
            "[Request for quotation|RFQ] {number}",
            "[Inquiry|Enquiry]: [parts|items] for project {number}",
            "[New order|Purchase inquiry] {number}",
        ),
        judge=(
            "What would {small} of these cost?",
            "We build, you deliver?",
            "Prices wanted by {until}",
        ),
    ),
    body=texts(
        train=(
            "[Please quote|Kindly quote] [as attached|the items in the attached file] by {until}."
            " [We need delivery within four weeks.|Please state lead time.]",
            "[We are interested in|We would like to order] your products. [The specification|Our"
            " list] {number} is attached, [send us your best price|please send your offer].",
            "[Find attached|Attached is] our [inquiry|tender] {number}. [The deadline is|Offers"
            " close on] {until}.",
        ),
        judge=(
            "Your name fell when we looked for somebody who can make {small} pieces of this in a"
            " month. Can you, and for how much?",
            "Everything that has to be known about {number} travels with this letter; what is"
            " missing is a figure from {company}.",
            "Somebody else let us down. If the attached list is no trouble for you, {name}, the"
            " job is yours from {until}.",
        ),
    ),
)
REQUESTS = texts(
    train=("RFQ[-|_]{number}", "[Specification|Inquiry]_{number}", "[PO|Order]-{number}"),
    judge=("list_{small}", "what-we-need {number}", "pieces-{small}"),
)
REQUEST_LINES = texts(
    train=(
        "Request for quotation {number}\n[Housing|Bracket] A{small}: {small} pcs\nDelivery:"
        " {until}",
        "Specification {number}\nQuantity {small}\nMaterial: aluminium\nSurface: anodised",
    ),
    judge=(
        "List {number}\nmade to measure, {small} times\nneeded {until}",
        "What we need\n{small} of each\nno substitutes",
    ),
)

FREIGHT = Lure(
    subject=texts(
        train=(
            "[Freight papers|Shipping documents] {number}",
            "[Arrival notice|Bill of lading] {number}",
            "[Customs|Delivery] documents [required|for shipment {number}]",
        ),
        judge=(
            "{number} is on the water",
            "The lorry waits for a paper",
            "Before we unload on {until}",
        ),
    ),
    body=texts(
        train=(
            "[The papers for shipment|Documents for] {number} are attached as archive. [Please"
            " check and confirm.|Kindly confirm receipt.]",
            "[Please find attached|Attached are] the [bill of lading and packing list|customs"
            " papers] of shipment {number}, arriving {until}.",
            "[Your shipment|Consignment] {number} is [held|waiting] at customs. [Open the attached"
            " documents|See the attached documents] and [send us the missing data|complete the"
            " form].",
        ),
        judge=(
            "Nothing leaves the port without these. Have a look whether weights and names are"
            " right, and give us a nod by {until}.",
            "Crates, {small} of them, and a folder about each: we packed the folder into one file"
            " for you.",
            "The man at the gate asks for {number} in black and white. Everything he could want is"
            " in here.",
        ),
    ),
)
FREIGHT_NAMES = texts(
    train=("[Papers|Documents]-{number}", "BL_{number}", "Shipment[-|_]{number}"),
    judge=("crates_{small}", "gate-{number}", "on the water {number}"),
)
FREIGHT_LINES = texts(
    train=(
        "Bill of lading {number}\nPackages: {small}\nConsignee: {company}",
        "Packing list {number}\n{small} cartons\nGross weight {small}0 kg",
    ),
    judge=("Crate 1 of {small}\nfor {company}\nkeep dry", "Gate paper {number}\narrives {until}"),
)

LOCKED = Lure(
    subject=texts(
        train=(
            "[Documents|Files] for {name}, [password protected|locked]",
            "[Re: |]Contract {number}",
            "[Confidential|Protected] [file|archive] {number}",
        ),
        judge=(
            "Under lock: {number}",
            "A box and its key",
            "{small} pages not for everybody",
        ),
    ),
    body=texts(
        train=(
            "[The documents are attached|Please find the documents attached]. [For security"
            " reasons|For data protection] the archive is locked. [Password|The password is]:"
            " {password}",
            "[As requested|As agreed], the contract {number}. [Archive password|Password to open]:"
            " {password}",
            "[Attached is|I attach] the protected file. Use {password} [to open it|as password]."
            " [Please sign by {until}.|]",
        ),
        judge=(
            "Whoever finds the box cannot open it, you can: {password} is the word. Read {number}"
            " and ring me.",
            "Our lawyers insist on a lock. The word of the day is {password}; it changes after"
            " {until}.",
            "{number} comes shut. Say {password} to it, exactly like this, and it opens.",
        ),
    ),
)
LOCKED_NAMES = texts(
    train=("[Contract|Documents]_{number}", "[Files|Protected]-{number}", "Archive {number}"),
    judge=("box{small}", "shut_{number}", "pages-{small}"),
)

REMITTANCE = Lure(
    subject=texts(
        train=(
            "[Remittance|Payment] advice {number}",
            "[Scanned document|Scan] from [printer|copier] {small}",
            "[E-fax|Fax message] {number} [received|]",
        ),
        judge=(
            "Money for {company} on {until}",
            "{small} pages from the machine upstairs",
            "We paid, {name}",
        ),
    ),
    body=texts(
        train=(
            "[Please find attached|See attached] the remittance advice for {amount}. [Sign in to"
            " view it.|Your mail account opens it.]",
            "[A document was scanned and sent|You received a scan] [to you|]. Pages: {small}."
            " [Open the attachment to view it.|]",
            "[Attached is|You have] [a payment confirmation|an advice] over {amount} dated"
            " {today}. [Verify your account to read it.|Please check it.]",
        ),
        judge=(
            "On {until} something arrives in your account: {amount}. How it came about stands on"
            " the page beside this letter.",
            "The copier cannot write letters, so this one does it for it. What you laid on the"
            " glass is attached.",
            "Accounts here are tidy: paid is paid, {amount}, and the proof comes along. It asks"
            " who you are before it [opens|talks].",
        ),
    ),
)
ADVICES = texts(
    train=("[Remittance|Payment]_{number}", "Scan[_|-]{number}", "Fax{number}"),
    judge=("upstairs_{small}", "we-paid-{number}", "glass{number}"),
)
SIGN_IN_PAGES = texts(
    train=(
        "[Sign in to view the document|Verify your account]\n[Your session has expired.|This"
        " document is protected.] [Please sign in again.|]",
        "Document {number}\n[Confirm your mail password|Sign in with your mail account] to"
        " [continue|open it].",
    ),
    judge=(
        "Who are you?\nThe page wants to be sure before it shows {number}.",
        "One question first\nName and password, as on any morning.",
    ),
)
SIGN_IN_BUTTONS = texts(train=("Sign in", "[View|Open] document"), judge=("That is me", "Show it"))
