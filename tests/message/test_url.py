"""URLs are what a browser opens, rewriters undone."""

import base64
import time
from urllib.parse import quote

import can_ada
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chaffinch.message.model import Rewrite
from chaffinch.message.url import unread, url


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("https://good.example\\@evil.example/", "good.example"),
        ("https://good.example@evil.example/", "evil.example"),
        ("http:evil.example", "evil.example"),
        ("https:///evil.example", "evil.example"),
        ("http://%65vil.example/", "evil.example"),
        ("HTTPS://EVIL.Example/", "evil.example"),
        ("ht\ntp://evil\t.example/", "evil.example"),
        ("//evil.example/x", "evil.example"),
        ("www.evil.example/login", "www.evil.example"),
        ("evil.example:8080/x", "evil.example"),
        ("http://bücher.example/", "xn--bcher-kva.example"),
    ],
)
def test_the_host_is_the_one_a_browser_opens(written: str, host: str) -> None:
    found = url(written)
    assert found is not None
    assert found.domain is not None
    assert found.domain.domain == host


@pytest.mark.parametrize(
    ("host", "ip", "encoders"),
    [
        ("\uff11\uff19\uff12.0.2.1", "192.0.2.1", ()),
        ("192\u30020\u30022\uff0e1", "192.0.2.1", ()),
        ("%31%39%32.0.2.1", "192.0.2.1", ()),
        ("0x7f.\t1", "127.0.0.1", ("hex", "dotted", "mixed_radix")),
        ("192.0.2.1", "192.0.2.1", ()),
        ("3221225985", "192.0.2.1", ("decimal_integer",)),
        ("0xC0000201", "192.0.2.1", ("hex",)),
        ("0xc0.0x00.0x02.0x01", "192.0.2.1", ("hex", "dotted")),
        ("0300.0.2.1", "192.0.2.1", ("octal", "dotted", "mixed_radix")),
        ("127.1", "127.0.0.1", ("dotted",)),
        ("[2001:db8::1]", "2001:db8::1", ()),
    ],
)
def test_disguised_ip_hosts_are_named(host: str, ip: str, encoders: tuple[str, ...]) -> None:
    found = url(f"http://user@{host}/x")
    assert found is not None
    assert found.ip is not None
    assert (found.ip.ip, found.ip.translation.encoders) == (ip, encoders)
    assert found.domain is None


def test_all_parts_of_a_url_are_kept() -> None:
    found = url("https://me:pw@shop.acme.example/a/b?x=1&y=%20z&x=2&flag#part")
    assert found is not None
    assert (found.scheme, found.port, found.path) == ("https", 443, "/a/b")
    assert (found.username, found.password, found.fragment) == ("me", "pw", "part")
    assert found.query_params == "x=1&y=%20z&x=2&flag"
    assert found.query_params_decoded == {"x": ("1", "2"), "y": (" z",), "flag": ("",)}


@pytest.mark.parametrize(
    "written",
    [
        "mailto:a@b.example?subject=x",
        "tel:+1555",
        "javascript:alert(1)",
        "data:text/html,x",
        "cid:x",
    ],
)
def test_schemes_without_host_are_kept_without_domain(written: str) -> None:
    found = url(written)
    assert found is not None
    assert found.scheme == written.partition(":")[0]
    assert found.domain is None
    assert found.port is None


@pytest.mark.parametrize(
    "written", ["", "  ", "hello", "two words.example", "/relative", "http://"]
)
def test_what_no_browser_opens_is_none(written: str) -> None:
    assert url(written) is None


def test_a_base_makes_a_relative_link_absolute() -> None:
    found = url("../x?y", "https://acme.example/a/b/c")
    assert found is not None
    assert found.url == "https://acme.example/a/x?y"


TARGET = "https://login.evil.example/a?b=c&d=e"


WRAPPED = {
    "azure_safelink": "https://nam02.safelinks.protection.outlook.com/?url={}&data=05",
    "google_open_redirect": "https://www.google.de/url?sa=t&q={}&usg=x",
}


def test_masked_characters_of_proofpoint_come_back() -> None:
    kept = base64.urlsafe_b64encode(b"#?@").decode().rstrip("=")
    found = url(f"https://urldefense.com/v3/__https://acme.example/a*b**Ac__;{kept}!!x$")
    assert found is not None
    assert found.url == "https://acme.example/a#b?@c"


def test_rewriters_inside_rewriters_are_undone_in_order() -> None:
    inner = WRAPPED["google_open_redirect"].format(quote(TARGET, safe=""))
    found = url(WRAPPED["azure_safelink"].format(quote(inner, safe="")))
    assert found is not None
    assert found.url == TARGET
    assert found.rewrite.encoders == ("azure_safelink", "google_open_redirect")


def test_an_endless_chain_of_rewriters_ends() -> None:
    chain = "https://www.google.com/url?q=" * 400 + TARGET
    found = url(chain)
    assert found is not None
    assert len(found.rewrite.encoders) == 10


def test_a_rewriter_without_usable_target_stays_as_written() -> None:
    written = "https://nam02.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)"
    found = url(written)
    assert found is not None
    assert found.domain is not None
    assert found.domain.root_domain == "outlook.com"
    assert found.rewrite == Rewrite()


@settings(max_examples=200)
@given(st.text() | st.from_regex(r"https?:[/\\]{0,3}[a-z0-9.%@:\[\]-]{1,30}[/?#&=%a-z0-9+]{0,30}"))
@example("http://\ud800.example/")
@example("http://[::ffff:192.0.2.1]:80/")
def test_any_text_is_read_without_raising_and_its_result_is_stable(text: str) -> None:
    found = url(text)
    assert found == url(text)
    if found is not None:
        again = url(found.url)
        assert again is not None
        assert again.url == found.url
        assert again.domain == found.domain


@settings(max_examples=300)
@given(
    st.text()
    | st.from_regex(r"(https?|foo|web\+x|file|mailto|data):[/\\\\]{0,4}[a-z0-9.%@:?#/\[\]-]{0,40}")
)
@example("web+x:/.//not-a-host/")
@example("https://u:p@[2001:db8::1]:8443/?#")
@example("foo://host:1?a#b?c#d")
@example("https://acme.example/?q=1?2#a?b")
def test_the_parts_are_those_the_parser_tells(text: str) -> None:
    found = unread(text)
    if found is None:
        return
    told = can_ada.parse(found.url)
    assert found.url == told.href
    assert f"{found.scheme}:" == told.protocol
    assert (found.username or "", found.password or "") == (told.username, told.password)
    assert (found.path or "", found.query_params or "") == (told.pathname, told.search[1:])
    assert found.fragment == (told.hash[1:] or None)
    if found.domain is not None:
        assert found.domain.domain == told.hostname.strip(".").lower()


@settings(max_examples=50)
@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=8), max_size=5))
def test_encoded_parameters_come_back_decoded(parameters: dict[str, str]) -> None:
    query = "&".join(
        f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in parameters.items()
    )
    found = url(f"https://acme.example/?{query}")
    assert found is not None
    assert found.query_params_decoded == {key: (value,) for key, value in parameters.items()}


def test_an_ipv4_address_inside_an_ipv6_one_is_named() -> None:
    mapped, plain = url("http://[::ffff:192.0.2.1]/"), url("http://[2001:db8::1]/")
    assert mapped is not None
    assert plain is not None
    assert mapped.ip is not None
    assert plain.ip is not None
    assert (mapped.ip.ip, mapped.ip.translation.v4_to_v6) == ("::ffff:192.0.2.1", True)
    assert plain.ip.translation.v4_to_v6 is False


def test_a_host_of_endless_labels_is_read_in_linear_time() -> None:
    started = time.process_time()
    assert url("www." * 100_000) is not None
    assert time.process_time() - started < 1
