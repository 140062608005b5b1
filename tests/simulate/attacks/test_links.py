"""Links are what their family says: through trusted hosts, short, disguised, at the true place."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

from tests.simulate.attacks.playing import Played, mains

from chaffinch.simulate.attacks.grants import ERRANDS, LOADERS
from chaffinch.simulate.attacks.links import SHORTENERS


def link(one: Played) -> str:
    (url,) = dict.fromkeys(re.findall(r"https?://\S+", one.letter.text.partition("wrote:")[0]))
    return str(url)


def partners(one: Played) -> set[str]:
    company = one.company
    trade = {each.domain for each in company.vendors} | {each.domain for each in company.customers}
    return trade | {each.domain for each in company.tools} | {company.domain}


def is_known(host: str, one: Played) -> bool:
    return any(host == domain or host.endswith(f".{domain}") for domain in partners(one))


def test_a_redirected_link_begins_at_the_same_kind_of_host_on_both_sides() -> None:
    targets = []
    for bad, twin in mains("open-redirect"):
        for one in (bad, twin):
            host = urlsplit(link(one)).hostname or ""
            platforms = {each.platform for each in one.company.newsletters}
            assert is_known(host, one) or host.removeprefix("click.") in platforms
        inner = re.search(r"https?://[^&]+", unquote(link(bad))[8:])
        if inner:
            targets.append(is_known(urlsplit(inner[0]).hostname or "", bad))
    assert targets
    assert not any(targets)


def test_a_short_link_is_short_or_hides_in_another() -> None:
    for bad, twin in mains("shortener-chain"):
        for one in (bad, twin):
            url = link(one)
            host = urlsplit(url).hostname
            if one.letter.truth.variant == "through-redirector":
                assert host not in SHORTENERS
            else:
                assert host in SHORTENERS


def test_a_device_code_is_asked_at_the_same_true_page_on_both_sides() -> None:
    for bad, twin in mains("device-code"):
        assert link(bad) == link(twin)
        assert is_known(urlsplit(link(bad)).hostname or "", bad)
        for one in (bad, twin):
            assert re.search(r"[B-Z]{4}-[B-Z]{4}", one.letter.text)


def test_consent_is_asked_at_the_true_provider_for_whoever_gets_the_answer() -> None:
    for bad, twin in mains("consent-phishing"):
        for one, is_ours in ((bad, False), (twin, True)):
            parts = urlsplit(link(one))
            assert is_known(parts.hostname or "", one)
            (back,) = parse_qs(parts.query)["redirect_uri"]
            assert is_known(urlsplit(back).hostname or "", one) == is_ours


def test_a_loader_is_pasted_only_in_the_attack() -> None:
    loaders = {line.split()[0] for line in LOADERS}
    errands = {line.split("{")[0] for line in ERRANDS}
    for bad, twin in mains("paste-command"):
        assert any(f"{word} " in bad.letter.text for word in loaders)
        assert any(start in twin.letter.text for start in errands)


def test_a_disguised_link_leads_elsewhere_than_it_reads() -> None:
    seen = set()
    for bad, twin in mains("disguised-link", range(60)):
        variant = bad.letter.truth.variant
        seen.add(variant)
        (href,) = re.findall(r'<a href="([^"]+)"', bad.letter.html)
        url = unescape(href)
        if variant == "base-href":
            assert url.startswith("/")
            assert "<base href=" in bad.letter.html
        else:
            assert not is_known(urlsplit(url).hostname or "", bad)
        if variant == "userinfo":
            assert is_known((urlsplit(url).username or "").partition("%")[0], bad)
        if variant == "punycode":
            assert url.startswith("https://xn--")
        assert is_known(urlsplit(link(twin)).hostname or "", twin)
    assert len(seen) == 5
