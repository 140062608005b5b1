"""Words about accounts: a new sign-in, a password that ends, a mailbox that is full."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.attacks.words import accounts_abroad as abroad
from chaffinch.simulate.text.texts import texts

SIGN_IN = Lure(
    subject=texts(
        train=(
            "[Sign-in from a new device|New sign-in to your {brand} account]",
            "[Unusual|Unrecognised] [activity|sign-in] on your {brand} account",
            "[Security notice|Security alert]: [new device|new location]",
        ),
        judge=(
            "Was this you[, {name}|]?",
            "We [stopped|held back] an attempt to open your {brand} account",
            "{brand}: [please check|confirm] what happened on {today}",
        ),
    ),
    body=texts(
        train=(
            "[We noticed|There was] a sign-in to {address} from a [new|different] device on"
            " {today}. [If this was not you|If you do not recognise it], [review|check] your"
            " [recent activity|sessions] [within {hours} hours|now].",
            "Your {brand} account was [used|opened] [in a browser|on a computer] we have not seen"
            " before.\n\n[No action is needed if it was you.|You can ignore this if it was you.]"
            " [Otherwise|If not], secure the account with the button below.",
            "A new session was started for {address}. [Device: Windows|Device: Android|Device:"
            " Mac], [time: {today}|{today}]. [Do you know this device?|Is this device yours?]"
            " [Tell us|Let us know] by {until}, [or we sign it out|so that we can keep it signed"
            " in].",
        ),
        judge=(
            "Somebody typed the right password for {address} but came from a place where you have"
            " never [worked|been]. [For now we let nobody in|The session is on hold]. [Have a look"
            " at the details|Look at the map] and say whether it was you.",
            "[On {today}|This morning] our system counted [{small} failed tries|several wrong"
            " passwords] and then one that worked. [That need not mean anything|It may be"
            " harmless], [still|but] we ask every owner to go through the list of devices once.",
            "Hello {name},\n\n[keeping {brand} safe is shared work|one short question]. [The"
            " phone|A tablet] that fetched your mail on {today} is not among those you registered."
            " [Approve|Keep] it or [remove|drop] it here.",
        ),
    ),
    label=texts(
        train=("[Review|Check] activity", "[Secure my|Secure the] account", "[See|Show] details"),
        judge=("Go to my devices", "[It was not me|This was not me]", "Answer [now|here]"),
    ),
    close=texts(
        train=(
            "[The {brand} team|Your {brand} team]",
            "This message was sent to {address} because of a change to your account.",
        ),
        judge=(
            "You cannot reply to this address. {brand} Security",
            "{brand} sends such notes to the owner of a mailbox only.",
        ),
    ),
    abroad=abroad.SIGN_IN,
)

PASSWORD = Lure(
    subject=texts(
        train=(
            "[Your password expires|Password expiry] [in {days} days|on {until}]",
            "[Action required|Reminder]: [renew|keep] your password[ for {address}|]",
            "[Single sign-on|SSO] password of {name} is about to expire",
        ),
        judge=(
            "{until}: last day of your current sign-in",
            "[Staying signed in|How to stay signed in] after {until}",
            "Sign-in change at {company} - your turn",
        ),
    ),
    body=texts(
        train=(
            "[The|Your] password for {address} expires [soon|on {until}]. [Keep your access|Renew"
            " it] with the link below, [otherwise you are signed out|or your mailbox will be"
            " locked].",
            "[This is a reminder that|Please note:] your single sign-on password [ends|runs out]"
            " in {days} days. [You can keep the current one|You may choose a new one] [on the"
            " portal|here].\n\n[If you do nothing|Without a change], access to mail and files"
            " stops.",
            "Our records show that {address} has not [renewed|confirmed] its password this year."
            " [Please do it|Do this] before {until} to avoid [an interruption|losing access].",
        ),
        judge=(
            "[Everybody at {company}|Each of us] gets a fresh sign-in every {small} weeks, and"
            " yours is due on {until}. It takes [two minutes|a moment]: follow the link, sign in"
            " as usual, done.",
            "[People who miss the date|Whoever forgets] [call us|queue at our desk] on the morning"
            " after, so here is an early word: your access rights are [prolonged|extended] only"
            " once you have [logged on|signed in] at the address below.",
            "We are moving accounts to the new policy, {name}. [Yours, {address},|{address}] is in"
            " the group of {until}. [Settle it today|Do it today], please, then nothing changes"
            " for you [on your phone|in Outlook|anywhere].",
        ),
    ),
    label=texts(
        train=("Keep my password", "[Renew|Change] password", "[Keep|Extend] my access"),
        judge=("Sign in and extend", "[To|Open] the sign-in page", "Prolong my account"),
    ),
    close=texts(
        train=("[IT Service|IT Support|The IT team]", "[Thank you|Thanks] for your [help|time]."),
        judge=("Any trouble? Come to our desk.", "Account administration, {company}"),
    ),
    abroad=abroad.PASSWORD,
)

QUOTA = Lure(
    subject=texts(
        train=(
            "[Your mailbox is|Mailbox] {percent}% full",
            "[Storage|Mailbox storage] [almost full|limit reached]: {address}",
            "[Warning|Notice]: {small} [incoming messages|messages] on hold",
        ),
        judge=(
            "No room left for new mail from {until}",
            "Mail for {name} is waiting outside",
            "[Delivery|Post] paused - [space|room] needed",
        ),
    ),
    body=texts(
        train=(
            "[The mailbox|Your mailbox] {address} has used {percent}% of its storage. [Messages"
            " may be rejected|New mail will bounce] [after {until}|within {hours} hours]."
            " [Clear|Add] space [with the link below|on the storage page].",
            "{small} messages to {address} [were|are] [held back|quarantined] because your storage"
            " limit was [reached|exceeded]. [Release them|Review them] or [raise|extend] the limit"
            " [here|below].",
            "Your quota was [reached|exceeded] on {today}. [You can receive no more mail|Sending"
            " is still possible] until you [free some space|upgrade your quota].",
        ),
        judge=(
            "Think of your mailbox as a cupboard: {percent} of 100 shelves are taken. [Once the"
            " rest is gone|When the last one fills], senders get a failure notice. You can"
            " [request|have] more shelves at no cost.",
            "[On {today}|Last night] our server had to turn away [{small}|some] letters meant for"
            " {address}. [They stay with us|We keep them] for {hours} hours; collect them, or"
            " [make room|tidy up] first.",
            "[Old calendars and large attachments|Large attachments] fill {address}. The page"
            " below lists [the worst ones|what is largest] and lets you [empty it with one"
            " click|decide what goes].",
        ),
    ),
    label=texts(
        train=("[Add|Free] storage", "Release messages", "[Manage|Upgrade] my mailbox"),
        judge=("Make room", "Show what is large", "Fetch waiting mail"),
    ),
    close=texts(
        train=("[Mail administration|Mail Support]", "{brand} mailbox service"),
        judge=("Sent by the post room of {brand}.", "Automatic note of {today}."),
    ),
    abroad=abroad.QUOTA,
)
