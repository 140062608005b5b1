"""Words around links that do not lead where they seem to: offers, invitations, support tickets."""

from chaffinch.simulate.attacks.lure import Lure
from chaffinch.simulate.text.texts import texts

REDIRECTED = Lure(
    subject=texts(
        train=(
            "[Updated|New] price list {year}",
            "[Your delivery|Delivery] {number}: [confirm the address|choose a day]",
            "[Supplier|Partner] portal: [please confirm|confirm] your details",
        ),
        judge=(
            "{number} - one detail is open",
            "What changes for you from {until}",
            "[We moved|Moving]: where to find us now",
        ),
    ),
    body=texts(
        train=(
            "[Please find|You will find] our [updated|current] price list for {year} under the"
            " link. [It is valid from {until}.|]",
            "[Shipment|Delivery] {number} is on its way to {company}. [Confirm the address|Choose"
            " a delivery day] [by {until}|today], [please|otherwise it returns to the depot].",
            "We [are updating|keep] the details of our business partners. [Please check"
            " yours|Kindly confirm yours] in the portal [by {until}|this week].",
        ),
        judge=(
            "[Our driver|The driver] stood before a closed gate on {today}. Tell us [when somebody"
            " is there|a better hour], {name}, and parcel {number} comes [again|back].",
            "Conditions are never final: from {until} other figures apply to {company}."
            " [Everything|The whole table] can be looked up [on the web|online].",
            "Old bookmarks to us [lead nowhere|break] soon. Follow this one once, [sign in|log"
            " in], and your browser [remembers|keeps] the new place.",
        ),
    ),
    label=texts(
        train=("[See|Open] the price list", "Confirm [details|delivery]", "[To|Open] the portal"),
        judge=("Give a better hour", "Look it up", "New place"),
    ),
)

SHORTENED = Lure(
    subject=texts(
        train=(
            "[Invitation|You are invited]: [supplier day|customer day] {year}",
            "[Short survey|Two questions] [about our service|]",
            "[Slides|Recording] of [the|our] meeting",
        ),
        judge=(
            "Will you be there on {until}?",
            "[What did you think|Your opinion], {name}?",
            "As promised [at lunch|on the phone]",
        ),
    ),
    body=texts(
        train=(
            "[We would like to invite you|You are invited] to our [customer|partner] day on"
            " {until}. [Please register|Seats are limited, please register] with the link.",
            "[Could you spare|It takes] two minutes for a [short|small] survey on our"
            " [service|last delivery]? [Your answers help us.|Thank you in advance.]",
            "[Here are|As agreed, here are] the [slides|pictures|recording] of [the|our] meeting"
            " [on {today}|last week].",
        ),
        judge=(
            "[Coffee at ten, talks at eleven|Talks, a tour and dinner]: on {until} we open the"
            " doors for a day, and a chair has your name on it. Say yes or no here.",
            "[You told me|I remember] you wanted to see how it ended, so [there you go|here it"
            " is]; it stays online for {days} days.",
            "Good or bad, {name}? Pick a face on the page [behind this|below], that is [all we"
            " ask|the whole thing].",
        ),
    ),
)

TICKET = Lure(
    subject=texts(
        train=(
            "[Problem with|Question about] my account, case {number}",
            "[Case|Ticket] {number}: [cannot sign in|access lost]",
            "[Invoice|Charge] {number} on our account",
        ),
        judge=(
            "{number} still not solved",
            "Who can help with [the export|the calendar], no. {number}",
            "[Shared mailbox|Group folder] gone since {today}",
        ),
    ),
    body=texts(
        train=(
            "[Thank you for contacting|Thank you for writing to] {brand} support. We have"
            " [restored|reset] the access in case {number}. [Please sign in|Sign in] with the link"
            " below [to close the case|and confirm].",
            "[We have looked into|We have an update on] your request {number}. [The change is"
            " ready|It needs your confirmation]: [please confirm|confirm it] here [within {hours}"
            " hours|].",
            "[Your case|Case] {number} was [answered|updated]. [Read the reply|The reply can be"
            " read] in your [support|service] account.",
        ),
        judge=(
            "An engineer found the cause of {number}: [a stale session|an old session]. Open a"
            " fresh one and tell us [whether it holds|if it helped].",
            "[Before we can|So that we may] touch your data, {name}, the owner has to unlock the"
            " case; that is you, and this is the [lock|key].",
            "[Good news|Nearly done] on {number}. What you were missing came back on {today};"
            " [have a look yourself|look for yourself], [then we file it|and we put it away].",
        ),
    ),
    label=texts(
        train=("[Confirm|Close] case {number}", "Sign in to {brand}", "Read the reply"),
        judge=("Open a fresh session", "Unlock", "See for yourself"),
    ),
    close=texts(
        train=("{brand} Support", "The {brand} [support|service] team"),
        judge=("With best wishes from the {brand} crew", "Case desk, {brand}"),
    ),
)

QUESTION = texts(
    train=(
        "[I cannot sign in|I have no access] since {today}. [Could you have a look?|Please help.]",
        "[Can you explain|Please check] number {number}? [We did not order it.|I do not find it.]",
    ),
    judge=(
        "What I see is an empty list, and yesterday it was full. Any idea?",
        "Third try to reach you about {number}. It [blocks|holds up] the whole team.",
    ),
)
