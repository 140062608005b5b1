"""What is asked of finance and of the people team: pay, lists of debtors, tax papers."""

from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.text.texts import texts

PAY = Script(
    subject=texts(
        train=(
            "[New bank account|Change of my account]",
            "[Salary|Payroll] account",
            "[Direct deposit|My pay]",
        ),
        judge=(
            "[Where my pay goes|About my wages]",
            "[I switched banks|Another bank]",
            "Next pay day",
        ),
        de=texts(
            train=("[Neue Bankverbindung|Mein Gehaltskonto]",),
            judge=("[Bankwechsel|Lohn] ab sofort",),
        ),
    ),
    body=texts(
        train=(
            "I have [changed banks|opened a new account]. [Could you|Please] [update|change] my"
            " salary account [before the next pay run|this month]? [The new one is|It is now]"
            " {account}.",
            "my [old|current] account will be closed [soon|on {weekday}]. Please [send|pay] my"
            " [next salary|wages] to {account}. [Do you need a form?|Is there a form for it?|]",
            "[can my direct deposit|could my pay] go to another account [from this month"
            " on|starting with the next run]? [Details|Here are the details]: {account}. [Tell me"
            " when it is done.|]",
        ),
        judge=(
            "[we moved our household to a different bank|a different bank is nearer to us], [so"
            " the number you have is out of date|the number on file is wrong]. [Take|Use]"
            " {account} [for what is due on payday|instead].",
            "[who enters|are you the one who enters] bank details for wages? Mine [are|read]"
            " {account} as of [today|{weekday}]. [I would not like the payment to bounce|The"
            " former one rejects money].",
            "[is it too late|am I too late] for this month's run? If not, [enter|note] {account}"
            " for me [and drop the one you hold|and delete what is there]. [Happy to sign whatever"
            " you need.|]",
        ),
        de=texts(
            train=(
                "ich habe [die Bank gewechselt|ein neues Konto]. Bitte [überweisen Sie|zahlen Sie]"
                " mein Gehalt ab [diesem Monat|sofort] auf {account}.",
            ),
            judge=(
                "[meine alte Verbindung gilt nicht mehr|das hinterlegte Konto ist aufgelöst]."
                " Können Sie {account} noch vor dem Lohnlauf [eintragen|hinterlegen]?",
            ),
        ),
    ),
)

AGEING = Script(
    subject=texts(
        train=(
            "[Ageing|Aging] report",
            "[Receivables|Open items] [list|overview]",
            "[Customer list|Debtors]",
        ),
        judge=(
            "[Who owes us|What is owed to us]",
            "[Overdue|Unpaid] [accounts|invoices]",
            "Figures for {weekday}",
        ),
    ),
    body=texts(
        train=(
            "please [send me|forward] the [latest|current] [ageing report|aging summary] with [all"
            " open invoices|the open balances] and the [e-mail addresses|contacts] of [the"
            " customers|accounts payable there]. [I need it by {hour}.|]",
            "[could you export|can you export] the [list of debtors|customer list] with"
            " [balances|amounts] and [payment terms|due dates] [as a table|as a spreadsheet]? [I"
            " go through it|I want to review it] [today|before {weekday}].",
            "I am [reviewing|checking] our receivables. [Send|Mail] me the [ageing|open items]"
            " report [per customer|by customer] for [this month|the last quarter], with [whom to"
            " contact|the contact persons].",
        ),
        judge=(
            "[before the call with the bank|for the credit meeting] I want to see who is behind"
            " with paying, [how long|since when] and [which clerk there answers|who their clerk"
            " is]. [One file will do|A plain file is fine].",
            "[which customers are over {small} days|who is over {small} days]? [Pull|Draw] the"
            " whole ledger, [not just the totals|including every invoice], with names and"
            " addresses, [and reply with it|and attach it].",
            "[the auditors ask|an auditor asks] for outstanding claims as of {weekday}. [Make it"
            " complete|Nothing left out]: firm, person, address, sum, date. [I take it from"
            " there|I pass it on].",
        ),
    ),
)

TAX = Script(
    subject=texts(
        train=(
            "[Wage statements|W-2 forms] {year}",
            "[Payroll|Tax] [records|summary] {year}",
            "[Employee|Staff] tax forms",
        ),
        judge=(
            "[Earnings|Income] of everybody, {year}",
            "[For the review|Before filing]",
            "Annual slips",
        ),
    ),
    body=texts(
        train=(
            "[kindly send|please send] me the [wage and tax statements|W-2 forms] of all"
            " [employees|staff] for {year} [in one PDF|as PDF] [for a quick review|for review]. [I"
            " need them by {hour}.|]",
            "I need a [list|summary] of all [employees|our people] with [earnings|wages], [tax"
            " number|date of birth] and [home address|address] for {year}. [Can you mail it"
            " today|Is that possible today]?",
            "have the {year} [tax forms|wage statements] been [prepared|finished]?"
            " [Send|Forward] me the [individual|single] forms [for everybody|of everybody] [before"
            " {weekday}|today].",
        ),
        judge=(
            "[our adviser compares|somebody compares] what we paid in {year} with what was"
            " declared. [To do so|For that] each person's yearly slip is [wanted|required]."
            " [Bundle them|Put them together] and answer with the bundle.",
            "[I promised the tax office|the tax office wants] an overview: who earned what in"
            " {year}, under which number, living where. [You hold the files|It is all in your"
            " system]; [an export is enough|export it].",
            "[on {weekday} I sign|I am to sign] the return for {year}. [Let me look|I want to"
            " look] at the payslips of [the whole house|the entire staff] once. [No need to"
            " encrypt|Plain is fine], [mail is quickest|just attach].",
        ),
    ),
)
