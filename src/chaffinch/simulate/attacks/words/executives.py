"""What a chief asks for: a number, a small task, a transfer, gift cards, discretion."""

from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.text.texts import texts

MOBILE = Script(
    subject=texts(
        train=(
            "[Your mobile|Mobile number]",
            "[Quick one|Can I text you]?",
            "[Reach you|On the road]",
        ),
        judge=("[Which number|What number] [do you use|is yours]?", "Away from the desk", "Phone"),
        de=texts(
            train=("Ihre [Handynummer|Mobilnummer]",), judge=("Wie erreiche ich Sie[ heute|]?",)
        ),
    ),
    body=texts(
        train=(
            "[please send me|could you send me] your [mobile|cell] number, I [need|want] to [run"
            " something by you|ask you something] and [am in meetings|will be in calls] until"
            " {hour}.",
            "what is [the best|your] number to [text|reach you on]? I have [a task|something"
            " small] for you [that cannot wait|before {hour}] and [I cannot talk|calls are not"
            " possible] now.",
            "I am [between two meetings|boarding soon]. [Leave me|Drop me] your [mobile"
            " number|number] [here|in a reply] and I will [message|text] you what [I need|has to"
            " be done].",
        ),
        judge=(
            "[my phone list is at home|I lost my contacts]. [Which mobile do you carry|On which"
            " mobile are you today]? There is an errand [I would rather explain by message|best"
            " explained by message].",
            "[stuck in the board room|in a session without breaks] until {hour}, but I can [write"
            " short messages|type]. [Give me|May I have] the number you [answer|read] during the"
            " day.",
            "[one thing I would like to hand to you|I want you to take care of something] today."
            " [Texting is easier than mail|Messages reach me faster than mail] right now, so [which"
            " number should I use|tell me where to write].",
        ),
        de=texts(
            train=(
                "[schicken Sie mir bitte|ich brauche] Ihre Mobilnummer, ich bin bis zum Abend in"
                " [Terminen|Besprechungen] und möchte Ihnen etwas [schreiben|auftragen].",
            ),
            judge=(
                "[unter welcher Nummer|wo] kann ich Ihnen heute [eine Nachricht|kurz] schreiben?"
                " Es geht um eine [Sache|Kleinigkeit], die nicht [liegen bleiben|warten] kann.",
            ),
        ),
    ),
)

TASK = Script(
    subject=texts(
        train=(
            "[Task|Small task] for [today|you]",
            "[Help|A hand] needed",
            "[Urgent|Quick] request",
        ),
        judge=(
            "[Something|One thing] for [this afternoon|{weekday}]",
            "Please [see to this|assist]",
            "Errand",
        ),
    ),
    body=texts(
        train=(
            "I [need|want] you to [handle|look after] [a payment|a small order]"
            " [discreetly|quickly] [today|before {hour}]. [Tell me|Reply] when you are [free|at"
            " your desk] and I will send [the details|what you need].",
            "can you [complete|finish] something for me [right away|by {hour}]? It [concerns|is"
            " about] [a supplier payment|a purchase]. I am [in a conference|busy] and only [on"
            " mail|reading mail].",
            "[please make time|clear half an hour] for a task [this morning|this afternoon]."
            " [Details follow|I send details] once you [confirm|answer]. [Keep it to yourself for"
            " now.|]",
        ),
        judge=(
            "[there is an outstanding item|an item is open] that [I promised to settle|must not"
            " slip] on {weekday}. [Would you pick it up|Are you able to take it]? [Write back|Let"
            " me hear] and you get the rest.",
            "[before you start anything else|first thing], [answer this mail|get back to me]: I"
            " have to [buy|pay for] something on behalf of the company and [cannot do it from"
            " here|lack the access here].",
            "[how full is your day|how is your day]? [I would like|It would help me] if you [ran"
            " one errand|did one thing] for me, [worth about {amount}|nothing large]. [No call,"
            " please; the line is bad.|]",
        ),
    ),
)

TRANSFER = Script(
    subject=texts(
        train=(
            "[Payment|Transfer] [today|due]",
            "[Wire|Outgoing] [transfer|payment]",
            "Settle {number}",
        ),
        judge=(
            "[Money|Funds] to be sent [before {hour}|on {weekday}]",
            "Our account with {small}",
            "{amount}",
        ),
    ),
    body=texts(
        train=(
            "[we have to|please] [send|transfer] {amount} to [a partner|a new supplier] [today|by"
            " {hour}]. [Can you set it up|Is that possible]? [I will forward|You get] the account"
            " [shortly|next].",
            "[what do you need|which details do you need] to [process|make] a"
            " [same-day|international] transfer of {amount}? It [must|has to] [leave|go out]"
            " [before {hour}|today].",
            "[I agreed|We agreed] to [pay|settle] {amount} for [consulting|licences] with reference"
            " {number}. [Pay it|Book it] to {account} and [confirm|send me the receipt].",
        ),
        judge=(
            "[a down payment|an instalment] of {amount} [is waiting|waits] for release."
            " [Prepare|Enter] it for {account}, purpose {number}, [and tell me when the bank has"
            " it|and let me see the slip].",
            "[how high is the balance|how much is available] on the [main|operating] account? I"
            " [intend to|want to] move {amount} on {weekday} [and will name the payee in"
            " time|payee follows].",
            "[the seller insists on|the other side wants] {amount} [still this week|no later than"
            " {weekday}]. [Treat this first|Put it first]. [Once you are ready I pass on|On your"
            " word I pass on] the bank details.",
        ),
    ),
)

GIFT = Script(
    subject=texts(
        train=(
            "[Gift cards|Cards] for [today|the team]",
            "[Favour|Small errand]",
            "[Surprise|Thank-you]",
        ),
        judge=(
            "[Something nice|A treat] for [our people|guests]",
            "Vouchers",
            "[Presents|Little gifts]",
        ),
        de=texts(
            train=("[Gutscheine|Geschenkkarten] für [heute|das Team]",),
            judge=("Kleine [Bitte|Überraschung]",),
        ),
    ),
    body=texts(
        train=(
            "I [need|want] {small} gift cards of [50|100] each for [a client event|our guests]"
            " [today|by {hour}]. Can you [get them at lunch|buy them] and send me [a photo of the"
            " codes|the codes]?",
            "[could you buy|please buy] [gift cards|vouchers] worth EUR {small}0 for [the"
            " staff|some clients]? [Keep it a surprise|Do not tell the others]. [Scratch the back"
            " and mail the codes|Mail me the codes], [I will see that you are paid back|your"
            " expenses are covered].",
            "[I would like to thank|we want to reward] [a few people|the team] with [store|online]"
            " cards. [Which shop near you sells them|Where can you get them]? [I need {small} by"
            " {hour}|We need them on {weekday}].",
        ),
        judge=(
            "[nobody should know yet|let us keep it quiet]: {small} colleagues [get|receive] a"
            " voucher from me on {weekday}. [Would you fetch them|Please pick them up] and"
            " [type|write] the numbers into a reply?",
            "[for the raffle|as prizes for the evening] we [lack|are short of] prepaid cards,"
            " [about {small}|{small} pieces]. [Pay with your own card|Lay out the money], [the"
            " receipt goes to accounting|accounting refunds it], and forward the numbers [on the"
            " back|under the strip].",
            "[are there still cards|do they have cards] for [music|games|books] at the store?"
            " [Take|Get] as many as EUR {small}0 buys. [I hand them out|They are handed out]"
            " [tonight|before {hour}], electronically, [so the pins are enough|so send only the"
            " pins].",
        ),
        de=texts(
            train=(
                "ich brauche [heute|bis Mittag] {small} Gutscheinkarten zu je [50|100] Euro für"
                " [unsere Gäste|ein paar Kunden]. [Können Sie sie besorgen|Bitte besorgen Sie sie]"
                " und mir die Codes schicken?",
            ),
            judge=(
                "als [Dankeschön|Überraschung] sollen {small} Kollegen eine Geschenkkarte"
                " bekommen. [Legen Sie das Geld aus|Strecken Sie es vor], fotografieren Sie die"
                " Rückseiten und [antworten Sie mir|mailen Sie sie] damit.",
            ),
        ),
    ),
)

THERE = Script(
    subject=texts(
        train=(
            "[Available|Free]?",
            "[Quick question|Question]",
            "[At your desk|In the office]?",
            "Hello",
        ),
        judge=(
            "[Are you around|You there]?",
            "[A minute|A moment]",
            "[Today|This morning]",
            "Checking",
        ),
        de=texts(train=("[Kurze Frage|Erreichbar?]",), judge=("[Sind Sie da|Am Platz]?",)),
    ),
    body=texts(
        train=(
            "are you [available|free|at your desk] [right now|this morning|today]?",
            "do you have [a moment|a minute|some time]? [I need your help with something.|]",
            "[let me know|tell me] [when you are in|if you are there]. [It is urgent.|It will not"
            " take long.|]",
            "[did you get|have you seen] my [last|earlier] [mail|message]?",
        ),
        judge=(
            "[is this still|am I right that this is] the address [I should|to] use for you?",
            "[ping me|write back] as soon as [you read this|this reaches you][, please|].",
            "who [takes care of|looks after] [outgoing payments|supplier accounts] while [we"
            " are|you are] [away|out]?",
            "[just seeing|only checking] whether [mail works|this gets through] before I [send the"
            " rest|write more].",
        ),
        de=texts(
            train=(
                "sind Sie [gerade|heute] [am Platz|erreichbar]?",
                "haben Sie [kurz|einen Moment] Zeit?",
            ),
            judge=("[melden Sie sich|geben Sie Bescheid], sobald Sie das lesen.",),
        ),
    ),
)

DEAL = Script(
    subject=texts(
        train=(
            "[Confidential|Strictly private]: project {number}",
            "[Acquisition|Closing] [matters|file]",
        ),
        judge=(
            "[For your eyes only|Between us]",
            "[Signing|Completion] on {weekday}",
            "The [Larch|Heron] file",
        ),
    ),
    body=texts(
        train=(
            "we are [closing|about to close] [an acquisition|a purchase] and the [deposit|escrow]"
            " of {amount} [has to leave today|must be paid by {hour}].\n\n[Keep this between"
            " us|Please treat this confidentially] until [it is announced|the announcement]."
            " {counsel} [handles the papers|represents us] and [will send you the account|has the"
            " account details].",
            "[you were chosen|I chose you] to [assist|help] with a [confidential|sensitive]"
            " transaction. [Our counsel|The lawyer], {counsel}, will [contact|write to] you about"
            " [a transfer|the payment] of {amount}.\n\n[By law|Under the agreement] nobody else"
            " [may know|can be told] before {weekday}.",
            "{counsel} [is acting for us|advises us] in [the takeover|a purchase] under reference"
            " {number}. [Follow|Please follow] the [instructions|steps] for the [escrow|closing]"
            " account [without delay|today]; the amount is {amount}. [Do not discuss it|Speak to"
            " nobody about it].",
        ),
        judge=(
            "[the board has voted|the vote went through]: the [other company|business] becomes"
            " ours on {weekday}, and only [the two of us|you and I] and {counsel} know.\n\n[What"
            " is missing|The last piece] is {amount} on the notary's account before {hour}. [Can"
            " the bank do that|Will the limit allow it]?",
            "[talks are in their last hours|the other side signs tonight]. {counsel} drew up the"
            " purchase papers and [names you as the contact|expects your word] for the money,"
            " {amount}. [A leak would cost us the deal|If word gets out it is over], so [no"
            " corridor talk|keep it off the phone].",
            "[under the silence agreement|because of the silence agreement] I can [only tell"
            " you|say only] this much: {amount} goes into trust, file {number}, [still this"
            " week|by {weekday}]. [Answer {counsel} promptly|Whatever {counsel} asks, answer"
            " promptly] and [leave the ledger entry open|book it later].",
        ),
    ),
)
