"""Words that get a right granted: a device code, an application's access, a pasted command."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.attacks.words import grants_abroad as abroad
from chaffinch.simulate.text.texts import texts

DEVICE_CODE = Lure(
    subject=texts(
        train=(
            "[Connect|Pair] the [meeting room|conference] [display|screen]",
            "[Your code|Sign-in code] for {product}",
            "[Join|Access] [the meeting|the shared room] on {today}: code [inside|needed]",
        ),
        judge=(
            "{code}",
            "One step [left|missing] before {until}",
            "[So you can take part|To get in]: a short code",
        ),
    ),
    body=texts(
        train=(
            "[To connect|To set up] {product}, open the sign-in page below and enter the code"
            " {code}. [The code is valid for {small} minutes.|It expires in {small} minutes.]",
            "[Please|Could you] [confirm|register] the device: go to the page, type {code} and"
            " sign in with {address}. [It takes a minute.|You need to do it once.]",
            "[The invitation|Access] to {product} asks for a code. Yours is {code}. [Enter it|Type"
            " it in] on the official sign-in page, [then accept|and accept].",
        ),
        judge=(
            "Eight letters are all that is missing: {code}. The page [behind the link|below] wants"
            " them, and after that [your usual sign-in|the usual name and password]. {product}"
            " [does the rest|starts by itself].",
            "{product} [does not know you yet|waits for somebody to vouch for it]. [Go where you"
            " always sign in|Use our normal sign-in address], copy {code} into the only field"
            " there and press Continue before {until}.",
            "For [our call|the session] I reserved a seat in your name. [Show|Present] {code} at"
            " the address underneath; whoever comes without it [stays outside|cannot join].",
        ),
    ),
    label=texts(
        train=("Enter the code", "[Open|Go to] the sign-in page", "Sign in with code"),
        judge=("To the page with the one field", "Continue there", "Present my code"),
    ),
    abroad=abroad.DEVICE_CODE,
)

PRODUCTS = texts(
    train=(
        "[the room display|the board room screen]",
        "[the scanner|the new printer]",
        "Notes App",
    ),
    judge=("the call recorder", "[the web client|the workspace]", "the shared whiteboard"),
    de=texts(train=("die Raumanzeige", "der Scanner"), judge=("der Mitschnitt", "das Whiteboard")),
    fr=texts(train=("l'écran de la salle", "le scanner"), judge=("le tableau blanc", "l'atelier")),
    es=texts(train=("la pantalla de la sala", "el escáner"), judge=("la pizarra", "el taller")),
)

CONSENT = Lure(
    subject=texts(
        train=(
            "[Approve|Allow] {app} [for your account|]",
            "{app} [needs|requests] access to your [mailbox|calendar]",
            "[Action required|Reminder]: connect {app}",
        ),
        judge=(
            "Missing from the team list: you",
            "{app} is here - [let it in|switch it on]",
            "[May we|Shall we] link your calendar?",
        ),
    ),
    body=texts(
        train=(
            "[We are introducing|Your organisation uses] {app} to [sort mail|plan meetings|sign"
            " documents]. [Please|Kindly] accept the permissions once, [with your normal"
            " account|by {until}].",
            "{app} would like to [read your mail and contacts|read your profile and calendar|keep"
            " access to your files]. [Review|Check] the request and choose Accept [to continue|if"
            " you agree].",
            "To keep {app} working, [renew|repeat] the consent [before|by] {until}. [You stay on"
            " our sign-in page|The request opens at your sign-in provider].",
        ),
        judge=(
            "{small} colleagues already [use|work with] {app}; your name is not among them. You"
            " [end up|land] on the familiar sign-in page, see a list of rights, and say yes at the"
            " bottom.",
            "No password has to be typed for this. [The link asks|It asks] whether {app} may act"
            " [in your place|for you]; one click on the blue button settles it [until you take it"
            " back|for good].",
            "[Last week's|The latest] update made {app} forget [its permits|who allowed what]."
            " Would you grant them again, {name}? [It affects appointments and letters"
            " only|Letters and appointments hang on it].",
        ),
    ),
    label=texts(
        train=("[Review|Accept] permissions", "Connect {app}", "[Grant|Renew] access"),
        judge=("See what it asks", "Say yes to {app}", "Let it in"),
    ),
)

APPS = texts(
    train=("[Mail|Calendar] [Assistant|Organizer]", "Sign[Flow|Sync]", "[Team|Office] Planner"),
    judge=("Brisk[Notes|Desk]", "[Tidy|Quiet] Inbox", "Meet[Mapper|Keeper]"),
)

PASTE = Lure(
    subject=texts(
        train=(
            "[Fix|Repair] for [the certificate error|your mail client]",
            "[Update|Verification] needed on your [computer|workstation]",
            "[Document|File] cannot be displayed - [steps|solution]",
        ),
        judge=(
            "Three keys and it works again",
            "About [the white window|the grey screen] on {today}",
            "[Do this|Please do this] before you [restart|log off]",
        ),
    ),
    body=texts(
        train=(
            "[To fix the problem|To verify your computer], press Windows+R, paste the line below"
            " and press Enter.\n\n{command}\n\n[The window closes by itself.|It takes a few"
            " seconds.]",
            "[The certificate of your mail client|A component] is out of date. 1. Press Win + R."
            " 2. Press Ctrl + V and insert this:\n\n{command}\n\n3. Press Enter [and wait|].",
            "[Please open|Open] the Run box (Windows key and R), [copy|insert] this command and"
            " confirm with OK:\n\n{command}",
        ),
        judge=(
            "Hold the key with the flag and tap R. A small box appears bottom left. What goes into"
            " it is this:\n\n{command}\n\nThen Enter. [Nothing visible happens, that is all"
            " right.|Do not worry if nothing is seen.]",
            "Our colleagues on the phone were [helped|rescued] by one line, so here it is for you,"
            " {name}:\n\n{command}\n\nIt belongs into Start, Run. [Afterwards the page loads|Mail"
            " works afterwards].",
            "[This first|What matters first]:\n\n{command}\n\nCopy the above, call up Run by its"
            " shortcut, drop it there, done. [We"
            " see on our side whether it arrived|You may delete this letter then].",
        ),
    ),
    label=texts(
        train=("[Show|See] the instructions", "Read how"),
        judge=("With pictures", "Same thing, illustrated"),
    ),
    abroad=abroad.PASTE,
)
