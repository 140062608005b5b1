"""What colleagues send round: shared documents, and notices of the house to acknowledge."""

from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.text.texts import texts

SHARE = Script(
    subject=texts(
        train=(
            "[Shared document|Document] {number}",
            "[New plan|Revised figures]",
            "[Please review|For review]",
        ),
        judge=(
            "[Notes|Slides] from {weekday}",
            "[What we talked about|The file]",
            "Version {small}",
        ),
    ),
    body=texts(
        train=(
            "[I have shared|please see] [a document|the file] with you. [Sign in to read it.|You"
            " may have to sign in.|]",
            "[the revised|the new] [plan|budget] is [online|ready]. [Please comment|Please look]"
            " before {weekday}[, thank you|].",
            "[here is|this is] the [summary|overview] for {weekday}. [Let me know what you"
            " think.|Questions welcome.]",
        ),
        judge=(
            "[it took longer than I thought|finally done], [but page {small} is worth it|have a"
            " look at page {small}]. [Changes are still possible|You can still change things]"
            " until {weekday}.",
            "[I cannot attach this|too large to attach], so [take it from here|fetch it here]."
            " [Tell me if it does not open.|]",
            "[everybody in this list|each of you] has a line in the table; [fill yours in|complete"
            " yours] [by {hour}|today]. [No account is needed beyond your usual one.|]",
        ),
        de=texts(
            train=(
                "ich habe [ein Dokument|die Datei] für euch freigegeben. [Bitte bis {small}."
                " ansehen.|]",
            ),
            judge=(
                "[endlich fertig|jetzt vollständig]: jeder hat in der Tabelle eine Zeile zum"
                " Ausfüllen.",
            ),
        ),
    ),
    label=texts(
        train=("Open [the document|the file]", "[Read|View] it [online|here]"),
        judge=("[To the file|Go to the file]", "[The page|Page {small}]"),
    ),
)

NOTICE = Script(
    subject=texts(
        train=(
            "[Salary review|Bonus plan] {year}",
            "[Updated|New] handbook",
            "[Benefits|Leave] statement",
        ),
        judge=(
            "[One signature missing|To be signed]",
            "[Rules for remote work|House rules]",
            "Your file",
        ),
    ),
    body=texts(
        train=(
            "[your|the] document is ready. [Please read and acknowledge it|Please acknowledge it]"
            " by [tomorrow|{weekday}].",
            "[we have updated|there is a new version of] the [policy|handbook]. [Everybody"
            " must|All staff must] [confirm|accept] it [before {weekday}|by {hour}].",
            "[the results of|the letter on] your [review|pay adjustment] [can be seen|are"
            " available] now. [Sign in with your usual account.|Use your office password.]",
        ),
        judge=(
            "[on going through the files|while filing] we found [a form without your name|an"
            " unsigned form]. [Would you add it|Kindly add it] [this week|by {weekday}]?",
            "[what changes for you|what is new for you] from next month is [written down|set out]"
            " here. [The list of those who have read it closes|We close the list] on {weekday}.",
            "[days off, bonus, address|all that we hold about you]: [look whether it is right|see"
            " that it is right] [and tick the box|and confirm at the bottom].",
        ),
        de=texts(
            train=(
                "Ihr [Dokument|Schreiben] liegt bereit. Bitte [lesen und bestätigen|bestätigen]"
                " Sie es.",
            ),
            judge=(
                "[beim Ablegen|in Ihrer Akte] fehlt noch eine Unterschrift. Holen Sie das"
                " [bitte|heute] nach?",
            ),
        ),
    ),
    label=texts(
        train=("Open the [document|letter]", "[Read|Acknowledge] now"),
        judge=("[To my file|My file]", "[Tick the box|Sign here]"),
    ),
)
