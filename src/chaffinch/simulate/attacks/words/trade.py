"""What vendors write: openers, changed accounts, settlements, remittances, approved offers."""

from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.text.texts import texts

OPENER = Script(
    subject=texts(
        train=(
            "[Delivery|Order] {number}",
            "[Status|Schedule] of {number}",
            "[Question on|About] {number}",
        ),
        judge=(
            "[Lot|Batch] {small}",
            "[What is next|Plan for {weekday}]",
            "Your reference {number}",
        ),
    ),
    body=texts(
        train=(
            "[the next delivery|order {number}] is planned for {weekday}. [Does that suit you|Is"
            " the dock free]?",
            "[we have packed|packing is done for] {small} pieces of {number}. [Shall we send"
            " them|Can they go out] on {weekday}?",
            "[is there news|any news] on {number}? [We would like|We want] to plan [the"
            " week|production].",
        ),
        judge=(
            "[one pallet is short|a pallet is missing], the rest [comes|arrives] as agreed. [Tell"
            " us how to go on|How shall we go on]?",
            "[may we call you|can we speak] on {weekday} about what is still open under {number}?",
            "[thank you for the visit|it was good to meet]. [The drawings are with our people|Our"
            " people have the drawings] now.",
        ),
    ),
)

BANK_CHANGE = Script(
    subject=texts(
        train=("[New bank details|Change of account]", "[Invoice|Payment] {number}"),
        judge=("[Where to pay|Paying us]", "[Our bank|Account for {number}]"),
    ),
    body=texts(
        train=(
            "[a note on|regarding] payment of [invoice {number}|our open invoice]: please use our"
            " account {account} [from now on|for this transfer] and [confirm|let us know] when"
            " [the payment is made|it is paid]. [The invoice is attached again|The updated invoice"
            " is attached].",
            "[due to an audit|because of a change at our bank] our [former|old] account [cannot"
            " receive|does not take] payments [at the moment|any more]. [Please pay|Kindly pay]"
            " {amount} to {account}. [See the attached invoice.|The attached invoice shows it.]",
            "[our accounting asks|I am asked] to [send|give] you the bank details for {number}:"
            " {account}.\n\n[Please update your records|Please change it in your system]"
            " [before|ahead of] the next payment run. [Attached is the invoice.|]",
        ),
        judge=(
            "[if the money has not left yet|in case nothing was sent so far], [hold on|wait a"
            " moment]: the figures at the foot of the bill are the ones that count, {account}."
            " [Reply with a line|Drop me a line] once that is [noted|entered].",
            "[could you tell me|do you know] whether {amount} was [ordered|released] already? [We"
            " collect everything|All sums are collected] under {account} this [month|quarter];"
            " [the paper with this mail says the same|you find it on the paper with this mail].",
            "[so that nothing goes astray|to avoid a return], [compare|check] the number on your"
            " side with {account}. [It stands on the bill|The bill has it] I add here. [A short"
            " yes will do.|]",
        ),
        de=texts(
            train=(
                "bitte [überweisen Sie|zahlen Sie] Rechnung {number} auf unser Konto {account} und"
                " [bestätigen Sie|melden Sie] kurz den Ausgang. Die Rechnung liegt [bei|erneut"
                " bei].",
            ),
            judge=(
                "[falls noch nichts angewiesen ist|vor der nächsten Zahlung]: maßgeblich ist"
                " {account}, so wie es auf dem beigefügten Beleg steht. Genügt Ihnen das?",
            ),
        ),
    ),
)

SETTLE = Script(
    subject=texts(
        train=("[Open balance|Settlement] {number}",),
        judge=("[What is still open|Last step]",),
    ),
    body=texts(
        train=(
            "[as discussed|as agreed], {name} [in copy|copied here] has [approved|cleared] the"
            " [open|last] amount of {amount}. [Please pay|Please settle] it to {account} [today|by"
            " {weekday}] and send [us both|us] the [confirmation|receipt].",
            "[when can we expect|may we expect] the payment of {amount}? {name} [is copied|reads"
            " along] and [waits|is waiting] for [the receipt|proof]. [Account|Our account]:"
            " {account}.",
            "[adding|I add] {name} [to this thread|here], who [needs|wants] the remittance for"
            " {number}. [Kindly|Please] [transfer|send] {amount} to {account}.",
        ),
        judge=(
            "[to close this matter|so that we can close this], only the transfer is missing:"
            " {amount}, {account}. {name} [gets this too|is on the list of readers] and"
            " [agrees|has no objection].",
            "{name} asked me [this morning|yesterday] why {number} is [unpaid|not balanced]."
            " [Could you clear it|Would you clear it] by {weekday}? [To be sure|For safety] the"
            " number once more: {account}.",
            "[I spoke with {name}|{name} and I spoke]: you may [release|let go] the sum without a"
            " further signature. [It belongs on|Let it go to] {account}. [An answer to all|Answer"
            " to all of us], please.",
        ),
    ),
)

REMIT = Script(
    subject=texts(
        train=("[Remittance|Payment] {number}",),
        judge=("[Money for|Clearing] {number}",),
    ),
    body=texts(
        train=(
            "[thank you for your patience|thanks for waiting]. [For the payment|For this payment]"
            " of {amount} please [use|take] the account on the [attached|enclosed] invoice,"
            " {account}, and [send|mail] me the [payment advice|remittance advice].",
            "[invoice {number} is due|we see that {number} is due]. [Could you arrange|Can you"
            " arrange] the transfer [by {weekday}|this week]? Bank details: {account}. [I am only"
            " reachable by mail this week.|]",
            "[here are|I send you] the [payment|bank] details [again|once more]: {account},"
            " {amount}. [Please confirm|Confirm] [that they are entered|the date of payment].",
        ),
        judge=(
            "[our controller looks|my chief looks] for {amount} from you. [Which day can I"
            " name|What day may I promise]? [It is the number below the total|The number is below"
            " the total] on the bill, {account}.",
            "[would you be so kind|be so kind] and have {number} paid out with the coming run? [We"
            " book what arrives on|What arrives on] {account} [the same day|at once][, it is all"
            " automatic|].",
            "[I tidy up the quarter|closing the quarter] and you are on my list with {amount}."
            " [The sheet I add|The enclosed sheet] names {account}; [a copy of the bank's slip"
            " helps me|send me the bank's slip].",
        ),
    ),
)

OFFER = Script(
    subject=texts(
        train=(
            "[Advisory services|Consulting] {number}",
            "[Market study|Retainer] {year}",
            "[Offer|Engagement] {number}",
        ),
        judge=(
            "[The work we spoke of|Our talk]",
            "[Site review|Training days] {small}",
            "Letter of engagement",
        ),
    ),
    body=texts(
        train=(
            "[as agreed on the phone|after our call], [we offer|here is our offer for] the"
            " [study|advice] at {amount}. [May we start|Shall we begin] on {weekday}?",
            "[the work for {number} is finished|we have completed {number}]. [May I send|Can I"
            " send] the invoice over {amount} [to you|your way]?",
        ),
        judge=(
            "[my partners and I|we] could [take this on|do it] for {amount}, [travel included|all"
            " in]. [Say the word|One word from you] and we are there.",
            "[the report went to your office|you should have the report]. [What remains|Left to"
            " do] is the fee, {amount}. [Whom do I write to|Where does the bill go]?",
        ),
    ),
)

APPROVAL = Script(
    subject=OFFER.subject,
    body=texts(
        train=(
            "[approved|fine with me]. [Please send the invoice|Send the bill] to {name}, [who pays"
            " it|we pay at once].",
            "[I agree|agreed], {amount} is [in the budget|within budget]. {name} will [take care"
            " of|handle] the payment.",
        ),
        judge=(
            "[go ahead|yes, do], {name} has [my consent|the release] and [settles|covers] it [this"
            " week|by {weekday}].",
            "[good work|well done]. [Write to {name}|{name} is the one to write to], [I sign it"
            " off here|take this as my signature].",
        ),
    ),
)

DUE = Script(
    subject=OFFER.subject,
    body=texts(
        train=(
            "[please find|find] our invoice attached, [approved|cleared] by {boss} [below|in this"
            " thread]. [Kindly pay|Please pay] it [by {weekday}|today] to the account"
            " [shown|given] there.",
            "[as you can read below|see below], {boss} [approved|agreed to] this. [May we ask"
            " for|We ask for] payment of {amount} [within the week|by {weekday}]. [Invoice"
            " attached.|The invoice is attached.]",
            "[following|further to] the [approval|message] of {boss} I [send|enclose] the invoice."
            " [When|On which day] [will it be paid|can we expect it]?",
        ),
        judge=(
            "{boss} [pointed me|directed me] to you. [What we did|The service] is done, the bill"
            " lies in this mail, [and {weekday} would suit us|{weekday} suits us].",
            "[you are the one who releases money|I hear you release money], so here is what {boss}"
            " [said yes to|signed off], with the paper for it. [Is {weekday} realistic|Can it be"
            " {weekday}]?",
            "[the exchange with {boss} stands underneath|underneath is what {boss} wrote]. [I add"
            " the statement|A statement is added]. [Let me know the date|Give me the date] you"
            " order it.",
        ),
    ),
)
