"""What holds of the families whose words are alike: who really writes, by which way, to whom."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.simulate.attacks.playing import Played, case, house, mains
from tests.simulate.attacks.test_words import runs

from chaffinch.message.parse import force
from chaffinch.simulate.attacks import words
from chaffinch.simulate.attacks.words.script import Script
from chaffinch.simulate.declare import ATTACKS
from chaffinch.simulate.text.texts import PARTITIONS, Texts

BEHAVIOUR = sorted(family for family, one in ATTACKS.items() if one.aim.get("by_behaviour"))
MASKED = ("vip-impersonation", "gift-cards", "reconnaissance", "ageing-report", "tax-form")
STOLEN = ("compromised-vendor", "thread-phishing", "lateral-phishing")
FORGED = ("vendor-bank-change", "cc-swap")
ACCOUNT = re.compile(r"DE\d\d(?: \d{4}){4} \d\d")
VARIANTS = {
    "vip-impersonation": 9,
    "gift-cards": 3,
    "reconnaissance": 3,
    "lawyer-deal": 4,
    "payroll-diversion": 3,
    "ageing-report": 3,
    "tax-form": 3,
    "vendor-bank-change": 2,
    "cc-swap": 2,
    "compromised-vendor": 3,
    "fabricated-thread": 2,
    "lateral-phishing": 2,
    "direct-send": 2,
    "thread-phishing": 2,
    "warm-up": 2,
    "contact-form-injection": 2,
    "dkim-replay": 2,
    "mailing-platform-takeover": 3,
}


def address(one: Played) -> str:
    return one.letter.author.contact.address


def domain_of(text: str) -> str:
    return text.partition("@")[2]


def verdict(one: Played) -> str:
    found = re.search(rb"dmarc=(\w+)", one.raw)
    return found[1].decode() if found else ""


def first_hop(one: Played) -> str:
    hop = one.message.headers.hops[0].received
    return hop.source.raw if hop is not None and hop.source is not None else ""


def played(family: str) -> list[tuple[Played, ...]]:
    return [case(family, seed) for seed in range(40)]


def test_these_are_the_families_with_all_their_variants() -> None:
    found = {
        family: {one[0].letter.truth.variant for one in (case(family, seed) for seed in range(160))}
        for family in VARIANTS
    }
    assert {family: len(variants) for family, variants in found.items()} == VARIANTS
    assert set(VARIANTS) <= set(BEHAVIOUR)


@pytest.mark.parametrize("family", BEHAVIOUR)
def test_both_sides_are_sound_mail(family: str) -> None:
    seen = set()
    for letters in played(family):
        for one in letters:
            force(one.message)
            assert one.message.defects == ()
            assert one.raw.isascii()
            assert not re.search(r"[{}\[\]|]|  ", one.letter.subject)
            assert one.letter.message_id not in seen
            seen.add(one.letter.message_id)
            domain = domain_of(address(one))
            assert domain.endswith((".example", ".test", ".invalid")) or ".sim@" in address(one)


@pytest.mark.parametrize("family", sorted(VARIANTS))
def test_the_twin_is_proven_where_its_party_can_be(family: str) -> None:
    for _, twin in mains(family):
        unsigned = {one.domain for one in twin.company.vendors if not one.signs_mail}
        assert verdict(twin) == ("fail" if domain_of(address(twin)) in unsigned else "pass")


@pytest.mark.parametrize("family", MASKED)
def test_a_masked_stranger_has_another_address_or_none_of_the_proof(family: str) -> None:
    for bad, twin in mains(family):
        assert domain_of(address(twin)) == twin.company.domain
        assert twin.letter.reply_to is None
        assert bad.letter.author.contact.name == twin.letter.author.contact.name
        assert bad.letter.author.signature == twin.letter.author.signature
        if address(bad) == address(twin):
            assert verdict(bad) == "fail"
            assert bad.letter.reply_to is not None
        else:
            assert domain_of(address(bad)) != bad.company.domain


@pytest.mark.parametrize("family", STOLEN)
def test_a_thief_writes_from_the_true_address_by_another_way(family: str) -> None:
    for bad, twin in mains(family):
        assert address(bad) == address(twin)
        assert verdict(bad) == verdict(twin)
        assert "vps-rent.test" in first_hop(bad)
        assert "vps-rent.test" not in first_hop(twin)


@pytest.mark.parametrize("family", FORGED)
def test_a_forger_takes_up_the_thread_at_a_domain_of_its_own(family: str) -> None:
    for bad, twin in mains(family):
        known = {bad.company.domain, *(one.domain for one in bad.company.vendors)}
        assert domain_of(address(bad)) not in known
        assert domain_of(address(twin)) in known
        assert bad.letter.references == twin.letter.references != ()
        assert {domain_of(one.address) for one in twin.letter.everybody} <= known


def test_one_reader_in_copy_is_exchanged() -> None:
    for bad, twin in mains("cc-swap"):
        true = {one.address for one in twin.letter.everybody}
        strange = [one for one in bad.letter.everybody if one.address not in true]
        assert len(strange) == 1
        assert strange[0].name in {one.name for one in twin.letter.everybody}


@pytest.mark.parametrize("family", ["vendor-bank-change", "compromised-vendor"])
def test_the_bill_names_the_account_of_the_letter(family: str) -> None:
    usual: list[bool] = []
    for pair in mains(family):
        for one in pair:
            (told,) = set(ACCOUNT.findall(one.letter.text))
            assert told.encode() in one.letter.files[0].data
            known = {vendor.iban for vendor in one.company.vendors}
            if one.is_attack:
                assert told not in known
            else:
                usual.append(told in known)
    if family == "compromised-vendor":  # some vendors really change banks
        assert 0.4 <= sum(usual) / len(usual) < 1


def test_the_fabricated_thread_never_took_place() -> None:
    for letters in played("fabricated-thread"):
        sent = {one.letter.message_id for one in letters}
        bad = next(one for one in letters if one.is_attack)
        twin = letters[-1]
        assert not set(bad.letter.references) & sent
        assert set(twin.letter.references) <= sent
        for one in (bad, twin):
            chiefs = [person.address for person in one.company.people if person.vip]
            assert any(chief in one.letter.text for chief in chiefs)


def test_the_stolen_account_writes_to_many_more() -> None:
    for bad, twin in mains("lateral-phishing"):
        many = bad.letter.delivered_to or bad.letter.everybody
        assert len(many) >= min(8, len(bad.company.people) - 1) > len(twin.letter.everybody)


def test_the_friend_was_introduced_by_us_and_the_stranger_by_nobody() -> None:
    for letters in played("warm-up"):
        ours = [one for one in letters if domain_of(address(one)) == one.company.domain]
        named = {contact.address for one in ours for contact in one.letter.cc}
        bad, twin = (one for one in letters if one.letter.truth.role == "main")
        assert address(twin) in named
        assert address(bad) not in named
        assert [one.letter.truth.role for one in letters if one.is_attack][:-1] == ["prelude"] * (
            2 if bad.letter.truth.variant == "two-openers" else 1
        )


def test_the_unproven_own_address_came_from_outside() -> None:
    for bad, twin in mains("direct-send"):
        assert address(bad) == address(twin)
        assert verdict(bad) == "fail"
        assert not bad.letter.author.route.is_ours
        assert (
            bool(bad.letter.files)
            == bool(twin.letter.files)
            == (bad.letter.truth.variant == "qr-code")
        )


def test_the_replayed_notice_is_old_signed_and_addressed_to_somebody_else() -> None:
    for bad, twin in mains("dkim-replay"):
        assert bad.letter.received_at - bad.letter.at > timedelta(days=1)
        assert b"dkim=pass" in bad.raw
        assert verdict(bad) == "pass"
        envelope = re.search(rb"Return-Path: <[^@]*@([^>]+)>", bad.raw)
        assert envelope is not None
        assert envelope[1].decode() != domain_of(address(bad)) == domain_of(address(twin))
        shown = {one.address for one in bad.letter.everybody}
        assert not shown & set(bad.letter.delivered_to)


def test_the_taken_platform_account_is_proven_and_its_links_are_strange() -> None:
    for bad, twin in mains("mailing-platform-takeover"):
        assert address(bad) == address(twin)
        assert verdict(bad) == "pass"
        hosts = [re.findall(r"https://([^/?#\s]+)", one.letter.text) for one in (bad, twin)]
        assert all(hosts)
        assert hosts[0] != hosts[1]
        assert len(bad.letter.delivered_to) > 1


def test_the_form_is_the_same_and_the_answer_goes_elsewhere() -> None:
    for bad, twin in mains("contact-form-injection"):
        assert address(bad) == address(twin)
        assert bad.letter.reply_to is not None
        assert twin.letter.reply_to is not None
        assert bad.letter.reply_to.address != twin.letter.reply_to.address
        known = {one.address for firm in twin.company.customers for one in firm.contacts}
        assert bad.letter.reply_to.address not in known


def test_a_company_without_titles_or_chiefs_is_attacked_too() -> None:
    assert not any(one.title for one in house(4).people)
    for family in VARIANTS:
        assert case(family, 4)


def scripts() -> Iterator[tuple[str, Texts]]:
    for info in pkgutil.iter_modules(words.__path__):
        module = importlib.import_module(f"{words.__name__}.{info.name}")
        for name, value in vars(module).items():
            if isinstance(value, Script):
                for part in ("subject", "body", "label"):
                    if told := getattr(value, part):
                        yield f"{info.name}.{name}.{part}", told


SCRIPTS = dict(scripts())


def spoken(told: Texts) -> Iterator[Texts]:
    yield told
    yield from told.abroad.values()


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_run_of_words_is_in_both_partitions(name: str) -> None:
    for told in spoken(SCRIPTS[name]):
        assert not runs(told.train) & runs(told.judge)


@pytest.mark.parametrize("name", [name for name in SCRIPTS if name.endswith("body")])
def test_there_is_something_to_choose_from(name: str) -> None:
    for partition in PARTITIONS:
        assert len(SCRIPTS[name].of(partition)) >= 2
