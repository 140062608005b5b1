"""Words of attacks that only talk: a number to call, a threat, a fee, a job, help with a flood."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.attacks.words import bait_abroad as abroad
from chaffinch.simulate.text.texts import texts

CALLBACK = Lure(
    subject=texts(
        train=(
            "[Renewal|Subscription renewed]: order {number}",
            "[Thank you for your order|Order confirmation] {number}",
            "[Invoice|Receipt] {number} from {brand}",
        ),
        judge=(
            "Another year with {brand}",
            "{amount} leaves your account on {until}",
            "We booked {number} for you",
        ),
    ),
    body=texts(
        train=(
            "Your [subscription|plan] to {brand} [was renewed|has been renewed] for one year."
            " {amount} will be charged [today|on {until}]. [Questions, or not you? Call|To cancel,"
            " call] {phone} [within {hours} hours|today].",
            "[Thank you for choosing|Thanks for using] {brand}. Order {number}, {amount}, [paid by"
            " card|debited automatically]. [If you did not place it|To request a refund], call our"
            " [desk|billing desk] at {phone}.",
            "[We have processed|We processed] your payment of {amount} for {brand}. [Did you not"
            " authorise it?|Something wrong?] Our [support|service] line: {phone}.",
        ),
        judge=(
            "Twelve months are over and the next twelve begin, at {amount}. Whoever wants out"
            " tells us so by telephone before {until}: {phone}.",
            "On {today} your membership went on by itself, as agreed. The price was {amount}."
            " [People answer|A person answers] at {phone} if you had other plans.",
            "{phone} - keep that number, it is the [quickest|only] way to stop {number}. Until you"
            " ring, {amount} goes to {brand} every year.",
        ),
    ),
    close=texts(
        train=("{brand} Billing", "[Customer care|Support], {brand}"),
        judge=("The membership office", "Yours, {brand}"),
    ),
    abroad=abroad.CALLBACK,
)

ATTACHED_BILL = Lure(
    subject=CALLBACK.subject,
    body=texts(
        train=(
            "[Your invoice is attached|Please find your invoice attached]. [Thank you for your"
            " purchase.|Thanks for staying with us.]",
            "[Attached is|Please see] the [receipt|statement] for your [renewal|order]. [Keep it"
            " for your records.|]",
            "[Thank you|Many thanks] for your order {number}. [All details are in the"
            " attachment.|Details: see attachment.]",
        ),
        judge=(
            "One page comes with this letter. Read it [soon|before {until}].",
            "What you pay, when and for what: it is all on the sheet.",
            "Number {number} is settled; the paper [for it|about it] travels along.",
        ),
    ),
)
BILL = texts(
    train=(
        "{brand}\n\nInvoice {number}\nDate: {today}\n\nAnnual plan, 1 year    {amount}\nTotal   "
        " {amount}\n\n[Not you? Call|To cancel, call] {phone}",
        "INVOICE {number}\n{brand}\n\nDescription: renewal {year}\nAmount: {amount}\nStatus:"
        " paid\n\nCustomer support: {phone}",
    ),
    judge=(
        "Yearly bill\nfor {name}\n\n{amount} - {brand}\nbooked {today}, no. {number}\n\nSpeak to"
        " us: {phone}",
        "{brand} membership\n\nkept alive until {year}\ncosts {amount}\n\nwe pick up at"
        " {phone}\nreference {number}",
    ),
)

THREAT = Lure(
    subject=texts(
        train=(
            "[Your recordings|I know what you did|Last warning]",
            "[Your account|Your device] was [hacked|infected]",
            "[Payment|Transfer] [expected|required] within {hours} hours",
        ),
        judge=(
            "Read this alone",
            "You and your webcam, {name}",
            "I have been watching since {today}",
        ),
    ),
    body=texts(
        train=(
            "[I have had access to your devices for months|Your device was infected some time"
            " ago]. I recorded you through the camera. Send {amount} in coins to {purse} within"
            " {hours} hours or [everybody in your address book|all your contacts] will see it.",
            "[Unfortunately for you|I am sorry to inform you that] my program ran on your computer"
            " while you visited [certain|adult] pages. [I made a video|There is a split-screen"
            " video]. {amount} to the wallet {purse} and I delete it. [You have {hours} hours.|The"
            " clock started when you opened this.]",
            "I am a [programmer|hacker] who cracked {address}. [Do not reply|No need to answer],"
            " this mail comes from your own account. Pay {amount} (wallet: {purse}) [or I publish"
            " everything|and we forget each other].",
        ),
        judge=(
            "A lens looks both ways. What yours saw of you on lonely evenings lies on my disk,"
            " {small} minutes of it. {purse} is my purse, {amount} my price, {until} my patience.",
            "You do not know me, I know you: passwords, pictures, the faces of your family."
            " [Silence costs|My silence costs] {amount}, in coins only, sent to {purse}. Then I am"
            " gone.",
            "[Shame passes, films do not|Films are forever]. I would rather sell mine to you than"
            " give it to your friends. Buyer pays {amount} into {purse} before {until}.",
        ),
    ),
    abroad=abroad.THREAT,
)

RANSOM = Lure(
    subject=texts(
        train=(
            "[Your company's data|Data of {company}] [was|has been] copied",
            "[Attack on|Outage of] {company} on {until}",
            "[Security incident|Breach] - [read carefully|urgent]",
        ),
        judge=(
            "{company}, we hold {small} gigabytes",
            "Your website sleeps on {until}",
            "An offer you should show your boss",
        ),
    ),
    body=texts(
        train=(
            "We have [copied|downloaded] {small} GB of contracts and customer data from the"
            " network of {company}. Pay {grand} in coins to {purse} by {until}, [otherwise|or] we"
            " publish it.",
            "[All servers of|The website of] {company} will be [attacked|taken offline] on"
            " {until}. [To stop this|You can prevent it]: {grand} to {purse}. The price"
            " [doubles|rises] every day.",
            "We found [a serious hole|several holes] in your systems and took what we needed."
            " {grand} to {purse} and you get [the files back|a report], [if not|otherwise] your"
            " customers will hear from us.",
        ),
        judge=(
            "Ledgers, letters, the pay of everybody: {small} gigabytes of {company} changed owner."
            " Ours may be the last copy or the first of many; {purse} decides, and {grand}.",
            "On {until} a great many machines will knock at your door at once. Nobody else will"
            " get through. They stay at home for {grand}, paid to {purse}.",
            "Some doors at {company} were never locked. We went in, looked around and kept"
            " souvenirs. Buy them for {grand} ({purse}) before the press does.",
        ),
    ),
)
WARNING = texts(
    train=(
        "[Several of you|Some colleagues] received the following. It is a bluff: [do not pay, just"
        " report it|please report and delete it].",
        "[Warning|Please note]: the message below is going round. [There is no video and no"
        " access|Nothing was hacked]. Do not [pay|reply].",
    ),
    judge=(
        "[Should this land|If this lands] in your mailbox, stay calm. Nobody filmed anybody and"
        " nobody broke in; send it on to us, that is all.",
        "A text to frighten people has reached us, see underneath. Its author knows nothing about"
        " you.",
    ),
    de=texts(
        train=(
            "[Mehrere von Ihnen|Einige] haben Folgendes erhalten. Es ist ein Bluff: nicht zahlen,"
            " nur melden.",
        ),
        judge=(
            "Sollte das in Ihrem Postfach landen: ruhig bleiben. Niemand hat jemanden gefilmt.",
        ),
    ),
    fr=texts(
        train=(
            "[Plusieurs d'entre vous|Certains] ont reçu ce qui suit. C'est un bluff : ne payez"
            " pas, signalez-le.",
        ),
        judge=("Si cela arrive chez vous, restez calme. Personne n'a filmé personne.",),
    ),
    es=texts(
        train=(
            "[Varios de ustedes|Algunos] han recibido lo siguiente. Es un farol: no paguen, solo"
            " avisen.",
        ),
        judge=("Si esto llega a su buzón, calma. Nadie ha grabado a nadie.",),
    ),
)
WARNED = texts(
    train=("[Warning|Scam warning]: {subject}", "[Do not pay|Ignore]: {subject}"),
    judge=("Going round: {subject}", "A bluff, no more ({subject})"),
)

AWARD = Lure(
    subject=texts(
        train=(
            "[Award|Grant] notice: [research fund|technology fund]",
            "[Congratulations|Good news]: [grant|award] {number}",
            "[Release|Payment] of your [grant|award]",
        ),
        judge=(
            "{company} was drawn",
            "{grand} wants an owner",
            "The jury has met",
        ),
    ),
    body=texts(
        train=(
            "Your organisation was [selected|chosen] for a grant of {grand}. [To release|For] the"
            " payment we need [a reply with your bank details|your signed acceptance and bank"
            " details].",
            "[We are pleased to inform you|I am writing to tell you] that {company} [won|receives]"
            " {grand} from the [technology|development] fund. Please confirm [your address and"
            " account|who receives the money] by {until}.",
            "[The board|Our committee] has approved {grand} for you (file {number}). [Kindly"
            " send|Please send] the [details of the beneficiary|account of the beneficiary].",
        ),
        judge=(
            "Of {small} names read out on {today} yours was the last and the luckiest. {grand}"
            " lies ready. Where may it go?",
            "Our founder left money for houses like {company}. It is your turn: {grand}, file"
            " {number}. Write back who signs for you.",
            "It was close, and then it was unanimous: {grand} to {company}. The treasurer only"
            " lacks an account to send it to.",
        ),
    ),
)
LEGACY = Lure(
    subject=texts(
        train=(
            "[Estate|Inheritance] of [a late client|our client], file {number}",
            "[Confidential|Private]: [next of kin|beneficiary] wanted",
        ),
        judge=("A death and a name like yours", "What {number} leaves behind"),
    ),
    body=texts(
        train=(
            "[I am the lawyer of|I represent] a client who died without [a will|heirs] and left"
            " {fortune}. [Your name appears in the file|You may be a relative]. Please reply [so"
            " that we can verify your claim|with your full name and address].",
            "In the estate {number} we are looking for [heirs|the next of kin]. [The sum is|The"
            " estate is worth] {fortune}. [Kindly contact me|Please contact me] by {until}.",
            "My client [passed away|died] last year. His [account|deposit] of {fortune} [has not"
            " been claimed|lies unclaimed], and your surname is the same.",
        ),
        judge=(
            "Somebody you never met thought of people with your name. The court gave us until"
            " {until} to find one; the sum is {fortune}.",
            "We settle what others leave. In case {number} that is {fortune} and an empty family"
            " tree - unless you belong to it, {name}.",
            "A bank keeps {fortune} for nobody. I was asked to look for somebody, and I found you"
            " in a directory.",
        ),
    ),
)
FEE = texts(
    train=(
        "A [release|processing] fee of {fee} is payable [by transfer|] beforehand.",
        "Before the transfer, please pay the [notary|clearance] charge of {fee}.",
    ),
    judge=(
        "The tax office wants {fee} first; it comes back to you with the rest.",
        "{fee} for stamps is all it costs you.",
    ),
)
NO_FEE = texts(
    train=("There is no fee.", "[Nothing is payable|You pay nothing]; the form is on our website."),
    judge=("It costs you nothing.", "We never ask for money in such cases."),
)

JOB = Lure(
    subject=texts(
        train=(
            "[Part-time|Remote] [job|position]: {amount} a week",
            "[Your profile|Your application]: [role|position] of {role}",
            "[Job offer|Opportunity] for {name}",
        ),
        judge=(
            "Would you change, {name}?",
            "A desk of your own, wherever you like",
            "We read about you",
        ),
    ),
    body=texts(
        train=(
            "We [found your profile|were pointed to your profile] and would like to offer"
            " you [a position|work] as {role}, [from home|fully remote], for {amount} a week."
            " [Interested? Write|If you are interested, write] to me at {phone}.",
            "[Our client|A company we work for] is looking for one more {role}. Pay: {amount} a"
            " week, [no experience needed|training included]. Please [send your details|reply with"
            " your number], I will call you from {phone}.",
            "[Congratulations|Good news], you [passed|are through] the first round for {role}."
            " [The interview takes place|We interview] by [chat|messenger] on {until}: {phone}.",
        ),
        judge=(
            "They need one more {role} and I thought of you. Two hours a day at your own table"
            " bring {amount} by Friday. Best by message: {phone}.",
            "A friend's word counts more than a paper: you were named as a good {role}. {amount}"
            " for a week to begin with. {phone} is me, evenings too.",
            "Before others hear of it: from {until} there is a chair for one more {role}, paid at"
            " {amount} a week. Ring {phone} and ask for terms.",
        ),
    ),
)
ROLES = texts(
    train=(
        "[payment|data] assistant",
        "[online|product] reviewer",
        "[purchasing|office] assistant",
    ),
    judge=("parcel checker", "[remote|night] bookkeeper", "test shopper"),
)

CONFIRM = Lure(
    subject=texts(
        train=(
            "[Please confirm|Confirm] your subscription",
            "[Welcome to|Thanks for joining] {brand}",
            "[Activate|Verify] your account at {brand}",
            "[Newsletter|Your registration]: one more step",
        ),
        judge=(
            "{brand} - are you sure?",
            "Almost on our list",
            "Hello from {brand}",
            "Say yes to our letters",
        ),
    ),
    body=texts(
        train=(
            "[Thank you for signing up|Thanks for subscribing] to {brand}. [Please confirm|Click"
            " to confirm] {address}.",
            "[You are|Somebody, hopefully you, is] registered at {brand} with {address}. [Confirm"
            " the address|Activate the account] [within {hours} hours|] to [receive our"
            " news|start].",
            "[Welcome|Hello and welcome]! Your registration with {brand} is almost complete."
            " [Press the button|Use the link] to verify {address}.",
        ),
        judge=(
            "One click and {brand} may write to {address} now and then. Without it you never hear"
            " from us again.",
            "Your address was typed into our little form on {today}. [Was it you?|If it was you,"
            " nod here.]",
            "Before the first letter goes out, {brand} asks politely: does {address} belong to"
            " you?",
        ),
    ),
    label=texts(
        train=("[Confirm|Verify] subscription", "Activate"), judge=("Yes, it was me", "Put me down")
    ),
)
RESCUE = Lure(
    subject=texts(
        train=(
            "[Spam|Mail] flood in your mailbox - [we can help|ticket {number}]",
            "[Help desk|Support]: unusual [volume|number] of mail for {address}",
            "[Action|Call] needed: [spam filter|mail filter] for {name}",
        ),
        judge=(
            "About all those welcome letters",
            "{name}, your inbox is drowning",
            "Ticket {number}: too much post",
        ),
    ),
    body=texts(
        train=(
            "[We have noticed|We see] a large number of [subscription|registration] mails in your"
            " mailbox. [We can stop this|To stop it], [call|please call] {phone} [and keep your"
            " computer at hand|now].",
            "[Your mailbox is|{address} is] being flooded with [newsletters|sign-up mails]. [A"
            " colleague|Our technician] will [install|set up] a filter with you by remote session."
            " Call {phone}.",
            "The [spam|mail] filter for {address} has to be [updated|reset]. Please call {phone}"
            " [within {hours} hours|today], it takes ten minutes.",
        ),
        judge=(
            "Dozens of shops greet you today and you asked none of them. Ring {phone} and we sort"
            " it out together at your screen.",
            "Do not delete one by one, {name}. I have a broom for that; {phone} gets you through"
            " to me.",
            "It is not your fault that the post piles up. Under {phone} somebody is waiting to"
            " turn the tap off.",
        ),
    ),
)
