"""What holds of every family told by content: sound mail, a false sender, a true twin."""

import re
from collections import Counter
from email import message_from_bytes, policy

import pytest
from tests.simulate.attacks.playing import Played, case, mains, stage

from chaffinch.message.parse import force
from chaffinch.simulate.declare import ATTACKS
from chaffinch.simulate.organisation import Company

LURES = (
    "advance-fee",
    "brand-login",
    "calendar-lure",
    "callback",
    "consent-phishing",
    "credential-form",
    "device-code",
    "disc-image",
    "disguised-link",
    "encrypted-archive",
    "extortion",
    "fake-job",
    "file-share-lure",
    "html-smuggling",
    "macro-document",
    "mail-bomb",
    "mailbox-quota",
    "open-redirect",
    "paste-command",
    "platform-calendar",
    "platform-code-hosting",
    "platform-invoicing",
    "platform-sharing",
    "platform-signing",
    "qr-blocks",
    "qr-image",
    "qr-pdf",
    "qr-table",
    "shortener-chain",
    "shortcut-archive",
    "sso-expiry",
    "svg-smuggling",
    "voicemail-lure",
)
FREE = ("gmail.com", "outlook.com", "gmx.net")
RESERVED = (".example", ".test", ".invalid")
SEEDS = range(40)


def partners(company: Company) -> set[str]:
    """The domains honest mail of these families comes from."""
    trade = {one.domain for one in company.vendors} | {one.domain for one in company.customers}
    return trade | {one.domain for one in company.tools} | {company.domain}


def domain_of(one: Played) -> str:
    return one.letter.author.contact.address.partition("@")[2]


def linked(one: Played) -> set[str]:
    """The registrable part of the hosts its links lead to."""
    hosts = re.findall(r"https?://([^/?#\s]+)", one.letter.text)
    return {".".join(host.split(".")[-2:]) for host in hosts}


@pytest.mark.parametrize("family", LURES)
def test_both_sides_are_sound_mail(family: str) -> None:
    for seed in SEEDS:
        for one in case(family, seed):
            force(one.message)
            assert one.message.defects == (), one.raw[:2000]
            assert one.raw.isascii()
            read = message_from_bytes(one.raw, policy=policy.default)
            assert not [part.defects for part in read.walk() if part.defects]


@pytest.mark.parametrize("family", LURES)
def test_every_letter_of_a_case_has_its_own_number_and_no_open_slot(family: str) -> None:
    letters = [one.letter for seed in SEEDS for one in case(family, seed)]
    assert len({letter.message_id for letter in letters}) == len(letters)
    for letter in letters:
        assert "{" not in letter.subject
        assert "  " not in letter.subject
        assert letter.text.strip()


@pytest.mark.parametrize("family", LURES)
def test_addresses_are_reserved_or_marked_as_simulated(family: str) -> None:
    for seed in SEEDS:
        for one in case(family, seed):
            domain = domain_of(one)
            assert domain.endswith(RESERVED) or (
                domain in FREE and ".sim@" in one.letter.author.contact.address
            )


@pytest.mark.parametrize("family", LURES)
def test_no_header_is_in_all_attacks_and_in_no_twin(family: str) -> None:
    def shared(side: int) -> set[str]:
        names = [
            {name.lower() for name in message_from_bytes(pair[side].raw)} for pair in mains(family)
        ]
        return set.intersection(*names)

    assert shared(0) <= shared(1) | {"dkim-signature", "reply-to"}


def test_the_same_stage_gives_the_same_case() -> None:
    for family in LURES:
        plot = ATTACKS[family].plot
        assert plot(stage(7)) == plot(stage(7))


# Platforms send for both sides; a threat may come from the reader's own address.
STRANGERS = tuple(
    family for family in LURES if family != "extortion" and not family.startswith("platform-")
)


@pytest.mark.parametrize("family", STRANGERS)
def test_the_attacker_is_none_of_the_partners_and_the_twin_is_one(family: str) -> None:
    places = set()
    for bad, twin in mains(family):
        assert domain_of(bad) not in partners(bad.company)
        assert domain_of(twin) in partners(twin.company)
        places.add(bad.letter.author.contact.address)
    assert len(places) > 25, "no fixed address gives them away"


@pytest.mark.parametrize("family", ["brand-login", "sso-expiry", "mailbox-quota"])
def test_the_link_leads_to_a_stranger_and_the_twin_s_home(family: str) -> None:
    for bad, twin in mains(family):
        assert not linked(bad) & partners(bad.company)
        assert linked(twin) <= partners(twin.company)


def traces(one: Played) -> set[str]:
    """What transport and mail program leave, numbers and domains aside."""
    read = message_from_bytes(one.raw)
    lines = read.get_all("Received", [])
    relay = re.sub(r"\d+", "9", str(lines[0]).split()[1].partition(".")[0])
    verdicts = re.findall(r"(?:spf|dkim|dmarc)=\w+|p=\w+", str(read["Authentication-Results"]))
    programs = [f"{name}: {read[name]}" for name in ("X-Mailer", "User-Agent") if name in read]
    return {relay, *verdicts, *programs, *read.keys()}


def test_no_trace_is_in_many_attacks_and_hardly_in_any_twin() -> None:
    counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    pairs = [pair for family in STRANGERS for pair in mains(family)]
    for pair in pairs:
        for count, one in zip(counts, pair, strict=True):
            count.update(traces(one))
    bad, good = counts
    assert [t for t in bad if bad[t] > 0.2 * len(pairs) and good[t] < 0.02 * len(pairs)] == []
