"""Reports machines write to postmasters and senders: DMARC aggregates and returned mail."""

from chaffinch.simulate.lookalikes.words.script import Script
from chaffinch.simulate.text.texts import texts

DMARC_REPORT = Script(
    subject=texts(
        train=("Report Domain: {domain} Submitter: {submitter} Report-ID: <{number}.{code}>",),
        judge=("Report domain: {domain}; Submitter: {submitter}; Report-ID: {code}-{number}",),
    ),
    body=texts(
        train=(
            "This is an aggregate [report|DMARC report] from {submitter} about {domain}. [Please"
            " do not"
            " reply.|It covers one day.] Report {number}, {small} sources.",
        ),
        judge=(
            "Attached: what {submitter} [saw|counted] in the name of {domain} within a day,"
            " {small} rows,"
            " identifier {number}. [Sent by a machine.|Questions go to the postmaster.]",
        ),
    ),
)

BOUNCE = Script(
    subject=texts(
        train=("[Undelivered Mail Returned to Sender|Delivery Status Notification (Failure)]",),
        judge=("[Undeliverable|Mail delivery failed]: {subject}", "Returned: {subject}"),
    ),
    body=texts(
        train=(
            "This is the mail system at host {host}.\n\nYour message to {address} could not be"
            " delivered."
            " [The mailbox is full|The address is unknown here|The message is too large]. Queue"
            " {code}.",
            "I am sorry to inform you that your message of {now} [was not|could not be] delivered"
            " to"
            " {address}: [user unknown|over quota|policy rejection]. Job {code}.",
        ),
        judge=(
            "{address}\n[No such person at this domain|Their server {host} said no|Gave up after"
            " {small}"
            " attempts].\n\n[The first lines of what you wrote follow|Your text comes back below]"
            " ({code}).",
            "[A|One] recipient of your mail was refused: {address}, reason code {small}, at"
            " {host}. [Correct"
            " the address and send again.|Nothing else was tried.] {code}",
        ),
    ),
)
