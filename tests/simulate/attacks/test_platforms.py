"""Platform notices are true ones on both sides; only the account and what it wrote differ."""

import pytest
from tests.simulate.attacks.playing import Played, mains

from chaffinch.simulate.letter import Letter

FAMILIES = tuple(
    f"platform-{one}" for one in ("calendar", "code-hosting", "invoicing", "sharing", "signing")
)


def known(one: Played) -> set[str]:
    company = one.company
    return {each.domain for each in company.vendors} | {each.domain for each in company.customers}


def said(letter: Letter) -> str:
    return letter.text + letter.calendar.replace("\r\n ", "")


@pytest.mark.parametrize("family", FAMILIES)
def test_both_come_from_the_platform_and_pass(family: str) -> None:
    for bad, twin in mains(family):
        assert bad.letter.author.contact.address == twin.letter.author.contact.address
        assert bad.letter.author.route == twin.letter.author.route
        for one in (bad, twin):
            assert b"dmarc=pass" in one.raw


@pytest.mark.parametrize("family", FAMILIES)
def test_the_account_is_new_or_a_partner_s(family: str) -> None:
    for bad, twin in mains(family):
        for one, is_known in ((bad, False), (twin, True)):
            assert one.letter.reply_to is not None
            if family != "platform-code-hosting":
                account = one.letter.reply_to.address.partition("@")[2]
                assert (account in known(one)) == is_known


@pytest.mark.parametrize("family", FAMILIES)
def test_the_lure_stands_in_the_field_the_account_may_fill(family: str) -> None:
    for bad, twin in mains(family):
        foreign = [part for part in said(bad.letter).split() if part.startswith("https://")]
        if bad.letter.truth.variant == "link":
            hosts = {url.split("/")[2] for url in foreign}
            platform = bad.letter.author.contact.address.partition("@")[2]
            assert any(not host.endswith(platform) for host in hosts)
        else:
            assert "555" in said(bad.letter)
            assert "5550" in said(twin.letter)
