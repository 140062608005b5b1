"""What the world outside writes: newsletters, lists, friends, sellers, applicants, absent"
" people."""

from chaffinch.simulate.text.texts import texts

NEWS = texts(
    train=(
        "[Five|Seven|Three] [ideas|questions] for the [coating|assembly|freight] season",
        "[What changes|What is new] in [customs|tenders|optics] this [month|week]",
        "[Reader survey|Field report]: [life with|living without] the [old|new] standard",
        "[Last seats|Early seats] for the {place} [fair|workshop]",
    ),
    judge=(
        "[Why|How] {place} [builds|buys] [small|slowly]",
        "Interview: {small} years of [glue|glass|gears]",
        "[Prices|Wages|Harbours] after the [strike|thaw], in one [chart|page]",
        "[We tested|Tested]: {small} [lamps|gauges|boots]",
    ),
)

LIST_TOPICS = texts(
    train=(
        "[Athermal|Achromatic] design with [plastic|cheap] elements?",
        "[Watchdog|Bootloader] [resets|hangs] after [cold start|update]",
        "[Tolerancing|Testing] on a [small|tiny] budget",
        "[Reading list|Links] on [stray light|timing jitter]",
    ),
    judge=(
        "[Ghosts|Rings] in the [corner|image] at {small} degrees",
        "[Which|What] [debugger|adhesive] do you [trust|use]?",
        "[Meeting|Dinner] in {place}, who comes",
        "[Old|Forgotten] [papers|tricks] worth a look",
    ),
)

LIST_LINES = texts(
    train=(
        "[Has anyone tried|Did anybody here try] this with fewer than {small} [surfaces|states]? My"
        " [model|prototype] [drifts|wanders] once it warms up.",
        "[In my experience|Here] the [mount|clock] is to blame, not the [glass|code].",
        "[I second that|Agreed]. [There is a chart on page {small} of the old handbook.|]",
    ),
    judge=(
        "We [fought|had] this for {small} weeks; a [baffle|pull-up] [cured|hid] it. [Photographs"
        " if you"
        " like.|]",
        "[Are you sure|Hm]? Measured [twice|cold], the numbers [disagree|say the opposite].",
        "[Bumping this|Still open], because {place} is near and [beer|coffee] is [cheap|good].",
    ),
)

AWAY = texts(
    train=(
        "Question on {number}\n[is|was] {number} [received|accepted] in good order?",
        "{number}\n[may I remind you of|any news on] {number}?",
    ),
    judge=(
        "[Plan for|Before] {weekday}\nwho [opens|unlocks] for us in {place}?",
        "Your [sketch|list]\nthe {small} marks on it, are they [yours|final]?",
    ),
)

AWAY_NOTES = texts(
    train=("I am [away|on leave] until {weekday} and will answer then.",),
    judge=("[No mail before|Back on] {weekday}. [In haste call the desk.|]",),
    de=texts(
        train=("Ich bin bis {weekday} [nicht im Haus|im Urlaub] und antworte danach.",),
        judge=("[Ab|Erst] {weekday} wieder da. [Eiliges bitte an die Zentrale.|]",),
    ),
    fr=texts(
        train=("Je suis [absent|en congé] jusqu'à {weekday} et répondrai ensuite.",),
        judge=("De retour {weekday}. [Pour une urgence, appelez le standard.|]",),
    ),
    es=texts(
        train=("Estoy [fuera|de vacaciones] hasta el {weekday} y contestaré después.",),
        judge=("Vuelvo el {weekday}. [Si corre prisa, llamen a la centralita.|]",),
    ),
)

PRIVATE = texts(
    train=(
        "[Saturday|Keys]\n[shall I pick you up at six|did you find the keys|are you free]? [xx|]",
        "[Tickets for {place}|Dinner on {weekday}]\n[two are left|I booked a table]. [Say yes.|xx]",
    ),
    judge=(
        "[The boiler|Your sister]\n[somebody comes {weekday}|she arrives {weekday}], can you be"
        " home?",
        "[Photos of {place}|{small} pictures]\nyou look [tired|happy] in all of them. [Call me.|]",
    ),
)

ALUMNI = texts(
    train=(
        "[Alumni evening|Old notebooks]\n"
        "are you coming to [Ashdown|Nordholm] on {weekday}? [It has been ages.|]",
        "Reference {number}\n[may I name you|would you write] as a reference? [By {weekday}.|]",
    ),
    judge=(
        "[Your old desk|Locker {small}]\nit is [cleared|painted] on {weekday}[; anything"
        " to save?|.]",
        "[Proofs|Galley] {number}\nyour name is on page {small}. [Is it spelt right?|]",
    ),
)

SALES = texts(
    train=(
        "[Quick question|Your booth in {place}|{small} leads a week]\n"
        "[we help|our team helps] makers like you find {small} new buyers. A call on {weekday}?",
        "[Idea|Thought] for {place}\nyour [stand|page] deserves more visitors. [May I show you"
        " how?|]",
    ),
    judge=(
        "[Who buys|Who chooses] your {place} stand?\nwe [rent|carpet] them, {small} square metres"
        " up."
        " [Ten minutes?|]",
        "[Not spam, promise|One chart]\nfirms of your size [waste|lose] {small} hours a month on"
        " it."
        " [Curious?|]",
    ),
)

APPLICATIONS = texts(
    train=(
        "Application: [Project Engineer|Warehouse Planner|Software Engineer]\n"
        "please find my [application|papers] attached. [I can start next month.|]",
        "[My application|Applying to you]\nI saw your notice {number}. [My vitae is attached.|]",
    ),
    judge=(
        "[Work in {place}|A place with you]?\nI [know|love] machines, and {small} years prove it."
        " [Read on below.|]",
        "[Internship|Summer job]\n{small} weeks from {month} on, [unpaid if need be|any shift]."
        " [Vitae"
        " enclosed.|]",
    ),
)

SHARES = texts(
    train=('{name} shared "[Plan|Minutes|Drawing] {number}" with you',),
    judge=("{name} [put|left] [sheet|folder] {number} in your space",),
)

NOTICES = {
    "files": texts(
        train=("[Report|Folder] {number} was updated",),
        judge=("{small} changes in folder {number}",),
    ),
    "voicemail": texts(
        train=("New voicemail, {small} seconds",),
        judge=("Somebody spoke for {small} seconds",),
    ),
    "signing": texts(
        train=("[Reminder: please sign|Signed:] contract {number}",),
        judge=("[All signatures are on|One signature is missing from] {number}",),
    ),
    "tickets": texts(
        train=("TW-{number}: [assigned to you|new comment|closed]",),
        judge=("TW-{number} [moved|waits for you|is due {weekday}]",),
    ),
    "expenses": texts(
        train=("Expense report {number} [approved|needs a receipt]",),
        judge=("[Paid out|Sent back]: claim {number}",),
    ),
    "mail": texts(
        train=("[Weekly mailbox report|Sign-in from a new device]",),
        judge=("[Your week in mail: {small} threads|A device was added on {weekday}]",),
    ),
}
