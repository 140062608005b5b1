"""What only talks says it: numbers to call, purses, fees, and floods with their cover."""

import re
from datetime import timedelta
from io import BytesIO

from pypdf import PdfReader
from tests.simulate.attacks.playing import Played, case, mains


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def test_the_number_is_in_the_text_or_in_the_file_only() -> None:
    seen = set()
    for bad, twin in mains("callback"):
        variant = bad.letter.truth.variant
        seen.add(variant)
        for one in (bad, twin):
            assert len(one.letter.files) == (variant in {"image", "pdf"})
            if variant == "text":
                assert re.search(r"555[ -]?0", one.letter.text)
            if variant == "pdf":
                page = PdfReader(BytesIO(one.letter.files[0].data)).pages[0]
                assert "555" in page.extract_text()
                assert "555" not in one.letter.text.replace(one.letter.subject, "")
    assert seen == {"text", "spelled", "image", "pdf"}


def test_a_spelled_number_is_no_plain_number() -> None:
    for bad, twin in mains("callback"):
        if bad.letter.truth.variant == "spelled":
            assert not re.search(r"\(?\d{3}\)?[ -]?555[ -]0\d{3}", bad.letter.text)
            assert re.search(r"\+49 30 5550 \d{3}", twin.letter.text)


def test_a_threat_names_a_purse_and_the_warning_quotes_it() -> None:
    for bad, twin in mains("extortion"):
        (purse,) = re.findall(r"bc1q\w{38}", bad.letter.text)
        assert purse in twin.letter.text
        assert twin.letter.author.contact.address.endswith(twin.company.domain)
        if bad.letter.truth.variant == "own-address":
            assert bad.letter.author.contact.address == bad.letter.to[0].address
            assert b"dmarc=fail" in bad.raw


def test_only_the_attacker_asks_for_a_fee() -> None:
    for bad, twin in mains("advance-fee"):
        assert len(re.findall(r"EUR|\d,\d\d\b", bad.letter.text)) > 0
        assert re.search("fee|charge|first|stamps", bad.letter.text)
        assert re.search("no fee|Nothing|nothing|never ask", twin.letter.text)


def flood(letters: tuple[Played, ...]) -> list[Played]:
    return [one for one in letters if one.letter.truth.role == "cover"]


def test_a_flood_covers_the_message_that_matters() -> None:
    for seed in range(20):
        played = case("mail-bomb", seed)
        attack = [one for one in played if one.is_attack]
        twin = [one for one in played if not one.is_attack]
        assert 14 <= len(flood(tuple(attack))) <= 30
        assert len(flood(tuple(twin))) == 2
        (main,) = [one for one in attack if one.letter.truth.role == "main"]
        for one in flood(tuple(attack)):
            assert timedelta() < main.letter.at - one.letter.at < timedelta(hours=1)
            assert b"dmarc=pass" in one.raw
        senders = {one.letter.author.contact.address for one in flood(tuple(attack))}
        assert len(senders) > 10
