"""Allow entries let nobody through who only looks like whom they name; denials win."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Cause, Severity, Verdict
from chaffinch.decision.allow.applying import Ruled, ruled
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.allow.lint import checked, remarks
from chaffinch.decision.policy import Opinion, weigh
from chaffinch.decision.policy_data import Policy
from chaffinch.detectors.finding import Finding, Judgement, Labels
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.profiles.observe import observe
from chaffinch.signals.evidence import Evidence

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ACME = Tenant(name="acme", domains=("acme.example",), boundary=("mx1.acme.example",))
SIGNED = "d=stone.example; s=k1; b=x; h="
SOUND = "d=stone.example; s=k1; h=from:to:subject:date; b=x"
RULE = Finding(
    detector="t/rule",
    title="a rule",
    origin="t",
    severity=Severity.CRITICAL,
    labels=Labels(cause=Cause.IDENTITY),
)
FINDINGS = tuple(
    Finding(
        detector=f"t/{cause}",
        title=cause,
        origin="t",
        severity=Severity.HIGH,
        labels=Labels(cause=cause),
    )
    for cause in Cause
)


def mail(
    *,
    spf: str = "none",
    dkim: str = "none",
    sender: str = "mia@stone.example",
    signed: str = SOUND,
    to: str = "ben@acme.example",
    date: str = "Mon, 15 Jun 2026 08:58:00 +0000",
    address: str = "192.0.2.7",
    more: str = "",
) -> bytes:
    """A message of Mia's as our boundary delivers it to Ben."""
    domain, signer = sender.rpartition("@")[2], signed.partition("d=")[2].partition(";")[0]
    return (
        f"Authentication-Results: mx1.acme.example; spf={spf} smtp.mailfrom=x@{domain};\n"
        f"\tdkim={dkim} header.d={signer} header.s=k1\n"
        f"Received: from out.example (out.example [{address}])\n"
        "\tby mx1.acme.example for <ben@acme.example>; Mon, 15 Jun 2026 09:00:00 +0000\n"
        f"DKIM-Signature: v=1; a=rsa-sha256; {signed}\n"
        f"From: Mia Stone <{sender}>\n{more}To: {to}\nSubject: Bill\nDate: {date}\n"
        f"Message-ID: <1@{domain}>\n"
        'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nPay at https://pay.stone-bank.example/1 until Friday,\n"
        "or call the desk that keeps your account and ask for the letter of last month please.\n"
        '--b\nContent-Type: application/pdf; name="a.pdf"\nContent-Disposition: attachment\n\n'
        "%PDF-1.4\n--b--\n"
    ).encode()


PROVEN = {
    "by SPF": mail(spf="pass"),
    "by a signature": mail(dkim="pass"),
}
UNPROVEN = {
    "forged": mail(spf="fail", dkim="fail"),
    "nobody judged": mail(),
    "another's signature": mail(dkim="pass", signed="d=evil.example; s=k1; h=from:subject; b=x"),
    "an open end": mail(dkim="pass", signed=f"{SOUND}; l=100"),
    "an open subject": mail(dkim="pass", signed="d=stone.example; s=k1; h=from:date; b=x"),
    "an open author": mail(dkim="pass", signed="d=stone.example; s=k1; h=subject:date; b=x"),
    "sent again later": mail(dkim="pass", date="Mon, 8 Jun 2026 08:58:00 +0000"),
    "sent again to others": mail(dkim="pass", to="zoe@customer.example"),
    "a second author": mail(spf="pass", more="From: Ada <ada@evil.example>\n"),
    "two in one field": mail(spf="pass").replace(b"From: Mia", b"From: Ada <a@evil.example>, Mia"),
    "sent again, its open date new": mail(dkim="pass", signed=f"{SIGNED}from:to:subject"),
    "sent again, its open readers new": mail(dkim="pass", signed=f"{SIGNED}from:subject:date"),
    "sent again with readers added": mail(
        dkim="pass", to="zoe@customer.example", more="Cc: ben@acme.example\n"
    ),
    "sent again with a second subject": mail(dkim="pass", more="Subject: Pay at once\n"),
    "sent again with a second date": mail(
        dkim="pass", more="Date: Mon, 15 Jun 2026 08:57:00 +0000\n"
    ),
}


def entry(kind: EntryKind, value: str, /, **more: object) -> AllowEntry:
    told = {"owner": "Kim", "reason": "r", "created": AT - timedelta(days=1), **more}
    return AllowEntry(kind=kind, value=value, **told)  # type: ignore[arg-type]


def parsed(raw: bytes) -> object:
    return parse(raw, tenant=ACME, received_at=AT)


def outcome(raw: bytes, *entries: AllowEntry, at: datetime = AT) -> tuple[Ruled, ...]:
    message = parse(raw, tenant=ACME, received_at=at, recipients=("ben@acme.example",))
    return ruled(entries, message, observe(message), (RULE, *FINDINGS))


def weighed(raw: bytes, *entries: AllowEntry) -> Opinion:
    message = parse(raw, tenant=ACME, received_at=AT, recipients=("ben@acme.example",))
    judgement = Judgement((RULE, *FINDINGS))
    found = ruled(entries, message, observe(message), judgement.findings)
    return weigh(judgement, Evidence(message, None, shipped()), Policy(), found)


def of_each_kind() -> list[AllowEntry]:
    message = parse(mail(spf="pass"), tenant=ACME, received_at=AT)
    (file,) = message.attachments
    word = observe(message).content.campaigns[0]
    return [
        entry(EntryKind.ADDRESS, "mia@stone.example"),
        entry(EntryKind.DOMAIN, "stone.example"),
        entry(EntryKind.NETWORK, "192.0.2.0/24"),
        entry(EntryKind.LINK_HOST, "stone-bank.example"),
        entry(EntryKind.ATTACHMENT, file.sha256),
        entry(EntryKind.RULE, "t/rule"),
        entry(EntryKind.CAMPAIGN, word),
    ]


EACH = pytest.mark.parametrize("one", of_each_kind(), ids=lambda one: str(one.kind))


@EACH
@pytest.mark.parametrize("raw", PROVEN.values(), ids=PROVEN)
def test_proven_mail_is_let_through_and_only_what_is_named_is_silenced(
    one: AllowEntry, raw: bytes
) -> None:
    assert outcome(raw, one) == (Ruled(one),)
    before, after = weighed(raw), weighed(raw, one)
    assert after.log_odds < before.log_odds
    assert after.log_odds == sum(part.log_odds for part in after.attribution)
    left = {part.part for part in after.attribution if part.log_odds > 0}
    gone = {part.part for part in before.attribution if part.log_odds > 0} - left
    assert gone == (set() if one.kind is EntryKind.RULE else set(one.silences))


@EACH
@pytest.mark.parametrize("raw", UNPROVEN.values(), ids=UNPROVEN)
def test_nobody_unproven_is_let_through(one: AllowEntry, raw: bytes) -> None:
    (found,) = outcome(raw, one)
    assert not found.applies
    assert weighed(raw, one).log_odds == weighed(raw).log_odds
    if found.is_about:
        said = [part.why for part in weighed(raw, one).attribution if part.part == "allow entry"]
        assert said == [f"{one.id} does not apply: {found.why_not}"]


@pytest.mark.parametrize(
    "sender", ["mia@st0ne.example", "mia@stone.example.evil.example", "mia@xstone.example"]
)
def test_a_look_alike_is_somebody_else(sender: str) -> None:
    raw = mail(spf="pass", sender=sender)
    for one in (
        entry(EntryKind.ADDRESS, "mia@stone.example"),
        entry(EntryKind.DOMAIN, "stone.example"),
    ):
        (found,) = outcome(raw, one)
        assert (found.applies, found.is_about) == (False, False)


def test_what_was_sent_again_is_known_without_an_envelope() -> None:
    for to, holds in (("ben@acme.example", True), ("zoe@customer.example", False)):
        raw = mail(dkim="pass", to=to).replace(b" for <ben@acme.example>", b"")
        message = parse(raw, tenant=ACME, received_at=AT)
        assert not message.delivered
        held = entry(EntryKind.DOMAIN, "stone.example")
        assert ruled([held], message, observe(message), ())[0].applies is holds


@pytest.mark.parametrize("place", ["evil.example/1", "192.0.2.66/1"])
def test_no_link_of_a_stranger_hides_behind_one_that_is_allowed(place: str) -> None:
    linked = f"https://pay.stone-bank.example/1 or http://{place}".encode()
    raw = mail(spf="pass", sender="mia@evil.example")
    both = raw.replace(b"https://pay.stone-bank.example/1", linked)
    allow = entry(EntryKind.LINK_HOST, "stone-bank.example")
    assert outcome(raw, allow)[0].applies
    assert not outcome(both, allow)[0].applies
    assert outcome(both, replace(allow, effect="deny"))[0].applies
    ours = outcome(both, replace(allow, sender="evil.example"))[0].applies
    assert ours is place.startswith("evil")


def test_a_denied_author_cannot_stand_behind_another() -> None:
    deny = entry(EntryKind.ADDRESS, "mia@stone.example", effect="deny")
    for raw in (UNPROVEN["two in one field"], UNPROVEN["a second author"]):
        assert outcome(raw, deny)[0].applies


def test_an_address_is_the_same_in_both_versions() -> None:
    raw = mail(spf="pass", address="IPv6:::ffff:192.0.2.7")
    assert outcome(raw, entry(EntryKind.NETWORK, "192.0.2.0/28", effect="deny"))[0].applies


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (EntryKind.DOMAIN, "b\xfccher.example", "xn--bcher-kva.example"),
        (EntryKind.DOMAIN, "Stone.Example.", "stone.example"),
        (EntryKind.LINK_HOST, "b\xfccher.example", "xn--bcher-kva.example"),
        (EntryKind.ADDRESS, "Mia@B\xfccher.example", "mia@xn--bcher-kva.example"),
        (EntryKind.NETWORK, "192.0.2.7/28", "192.0.2.0/28"),
        (EntryKind.NETWORK, "::ffff:192.0.2.0/124", "192.0.2.0/28"),
    ],
)
def test_names_are_kept_as_mail_has_them(kind: EntryKind, typed: str, kept: str) -> None:
    assert checked(entry(kind, typed, sender="stone.example"), ACME, AT).value == kept


@EACH
def test_no_kind_lets_a_look_alike_of_its_sender_through(one: AllowEntry) -> None:
    kept = replace(one, sender="stone.example")
    assert outcome(PROVEN["by SPF"], kept)[0].applies
    assert not outcome(mail(spf="pass", sender="mia@st0ne.example"), kept)[0].applies


def test_what_lies_below_a_domain_is_of_it() -> None:
    raw = mail(spf="pass", sender="mia@mail.stone.example")
    assert outcome(raw, entry(EntryKind.DOMAIN, "stone.example"))[0].applies
    assert not outcome(raw, entry(EntryKind.ADDRESS, "mia@stone.example"))[0].applies


def test_pins_expiry_mailboxes_and_removal_hold() -> None:
    raw, domain = mail(dkim="pass"), ("stone.example",)
    pins: dict[str, dict[str, object]] = {
        "signed": {"signed_by": "stone.example"},
        "signed by another": {"signed_by": "other.example"},
        "through": {"through": "192.0.2.0/24"},
        "through another": {"through": "198.51.100.0/24"},
        "for Ben": {"mailboxes": ("ben@acme.example",)},
        "for Zoe": {"mailboxes": ("zoe@acme.example",)},
        "of Mia": {"sender": "mia@stone.example"},
        "of Max": {"sender": "max@stone.example"},
        "ends later": {"expires": AT + timedelta(seconds=1)},
        "ended": {"expires": AT},
        "removed": {"removed": AT},
        "made later": {"created": AT + timedelta(seconds=1)},
    }
    applies = {
        name: outcome(raw, entry(EntryKind.DOMAIN, *domain, **more))[0].applies
        for name, more in pins.items()
    }
    assert {name for name, holds in applies.items() if holds} == {
        "signed", "through", "for Ben", "of Mia", "ends later",
    }  # fmt: skip


def test_a_denial_needs_no_proof_wins_and_sums() -> None:
    allow = entry(EntryKind.ADDRESS, "mia@stone.example", causes=tuple(Cause))
    deny = entry(EntryKind.DOMAIN, "stone.example", effect="deny")
    for raw in (*PROVEN.values(), UNPROVEN["forged"]):
        found = weighed(raw, allow, deny)
        assert found.verdict is Verdict.MALICIOUS
        assert found.log_odds == sum(part.log_odds for part in found.attribution)
        assert found.log_odds >= Policy().malicious_from
    lost = [part.why for part in weighed(PROVEN["by SPF"], allow, deny).attribution]
    assert f"{allow.id} loses to {deny.id}" in lost


entries = st.builds(
    entry,
    st.just(EntryKind.DOMAIN) | st.just(EntryKind.ADDRESS),
    st.sampled_from(["stone.example", "mia@stone.example", "other.example"]),
    effect=st.sampled_from(["allow", "allow", "deny"]),
    causes=st.lists(st.sampled_from(Cause), unique=True, max_size=2).map(tuple),
    expires=st.sampled_from([None, AT - timedelta(hours=1)]),
)


@given(st.lists(entries, max_size=5), st.randoms(use_true_random=False))
def test_who_came_first_plays_no_part(held: list[AllowEntry], chance: object) -> None:
    raw = PROVEN["by SPF"]
    mixed = list(held)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = weighed(raw, *held)
    assert weighed(raw, *mixed) == found
    assert found.log_odds == sum(part.log_odds for part in found.attribution)
    denied = any(one.applies and one.entry.effect == "deny" for one in outcome(raw, *held))
    assert denied <= (found.verdict is Verdict.MALICIOUS)
    if not denied:
        assert found.log_odds <= weighed(raw).log_odds


@pytest.mark.parametrize(
    ("kind", "value", "more", "said"),
    [
        (EntryKind.ADDRESS, "mia", {}, '"mia" is not an e-mail address'),
        (EntryKind.DOMAIN, "example", {}, '"example" is not a domain name'),
        (EntryKind.DOMAIN, "co.uk", {}, "anybody can register below it"),
        (EntryKind.DOMAIN, "gmail.com", {}, "name the address"),
        (EntryKind.DOMAIN, "acme.example", {}, "is yours"),
        (EntryKind.NETWORK, "10.0.0.0/8", {}, "a large part of the Internet"),
        (EntryKind.NETWORK, "x", {}, "is not an IP address"),
        (EntryKind.NETWORK, "::ffff:10.0.0.0/104", {}, "a large part of the Internet"),
        (EntryKind.CAMPAIGN, "t0123456789", {}, "add --sender"),
        (EntryKind.ATTACHMENT, "ab", {}, "64 hexadecimal digits"),
        (EntryKind.RULE, "r", {"sender": "gmail.com"}, "name the address"),
        (EntryKind.RULE, "r", {}, "add --sender"),
        (EntryKind.NETWORK, "192.0.2.0/24", {}, "add --sender"),
        (EntryKind.LINK_HOST, "stone-bank.example", {}, "add --sender"),
        (EntryKind.ATTACHMENT, "0" * 64, {}, "add --sender"),
        (EntryKind.DOMAIN, "stone.example", {"owner": " "}, "needs an owner and a reason"),
        (EntryKind.DOMAIN, "stone.example", {"expires": AT}, "name a later moment"),
        (EntryKind.DOMAIN, "stone.example", {"mailboxes": ("x",)}, "not an e-mail address"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    kind: EntryKind, value: str, more: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        checked(entry(kind, value, **more), ACME, AT)


def test_denials_may_be_as_wide_as_they_like() -> None:
    deny = entry(EntryKind.DOMAIN, "gmail.com", effect="deny")
    assert checked(deny, ACME, AT) == deny


def test_remarks_name_twins_wider_ones_and_opposites() -> None:
    wide = entry(EntryKind.DOMAIN, "stone.example")
    narrow = entry(EntryKind.ADDRESS, "mia@stone.example", reason="other")
    deny = replace(wide, effect="deny")
    assert list(remarks(narrow, [wide], AT)) == [
        f"{wide.id} already covers all of it; this one changes nothing while that stands"
    ]
    assert list(remarks(wide, [narrow], AT)) == [
        f"it covers all of {narrow.id}, which changes nothing from now on"
    ]
    assert [one.partition(";")[0] for one in remarks(narrow, [deny], AT)] == [
        f"{deny.id} says the opposite"
    ]
    ended = replace(wide, removed=AT)
    pinned = replace(wide, signed_by="x.example")
    assert list(remarks(narrow, [ended, pinned], AT)) == []
