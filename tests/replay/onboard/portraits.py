"""Portraits of a made-up organisation, and of one whose mail is hostile."""

from hypothesis import strategies as st

from chaffinch.replay.onboard.claims import Claim, Mention, Portrait, Topic

HOSTILE = (
    '"', "'''", '"""', "\\", "\n", "\r", "\t", "\x00", "\x1b[2J", "\x7f", "\x85", "\u2028",
    "\u202e", "\ud800", "]]", "[[", "#", "# ", "= ", "domains = []", "\\u0041", "</script>",
    "<b>", "&amp;", "--!>", "]]>", "{", "}", "%s", "@", ".", "acme.example", "é", "\U0001f600",
)  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=5)), max_size=6
).map("".join)
SUBJECTS = st.one_of(
    TEXTS,
    st.from_regex(r"[a-z]{1,5}@[a-z]{1,5}\.example", fullmatch=True),
    st.from_regex(r"[a-z]{1,5}\.example", fullmatch=True),
)
DETAILS = st.dictionaries(
    st.sampled_from(
        ("name", "title", "addresses", "alias_of", "assists", "domains", "platforms", "address",
         "through", "networks", "dkim", "other")
    ),
    st.one_of(SUBJECTS, st.lists(SUBJECTS, max_size=3).map(tuple)),
    max_size=4,
)  # fmt: skip
MENTIONS = st.builds(Mention, place=TEXTS, message_id=TEXTS, at=st.integers(0, 2**41))
CLAIMS = st.builds(
    Claim,
    topic=st.sampled_from(Topic),
    subject=SUBJECTS,
    sureness=st.floats(0, 1),
    why=TEXTS,
    count=st.integers(0, 10**6),
    mentions=st.lists(MENTIONS, max_size=2).map(tuple),
    details=DETAILS,
)
OWN = Claim(
    topic=Topic.OWN_DOMAIN, subject="acme.example", sureness=0.97, why="Most senders.", count=900
)
PORTRAITS = st.builds(
    lambda name, claims, unread: Portrait(
        name=f"a{name}",
        claims=(OWN, *claims),
        messages_count=1_000,
        first_at=0,
        last_at=10**12,
        unread=tuple(unread),
    ),
    TEXTS,
    st.lists(CLAIMS, max_size=8),
    st.lists(TEXTS, max_size=2),
)


def claim(topic: Topic, subject: str, sureness: float = 0.9, **details: str) -> Claim:
    """A claim with one message that speaks for it."""
    mention = Mention(place="mail/1.eml", message_id="<1@acme.example>", at=0)
    return Claim(
        topic=topic,
        subject=subject,
        sureness=sureness,
        why="Seen so.",
        count=3,
        mentions=(mention,),
        details=dict(details),
    )


def acme(*claims: Claim) -> Portrait:
    """A small organisation with these claims beside its domain."""
    return Portrait(
        name="acme",
        claims=(OWN, *claims),
        messages_count=1_000,
        first_at=0,
        last_at=86_400_000 * 30,
    )
