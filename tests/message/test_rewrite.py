"""Every click rewriter of the public lists is undone, or is named as one that cannot be."""

import base64
import gzip
import json
import time
import zlib
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.link_coding import step
from chaffinch.message.model import Rewrite
from chaffinch.message.rewrite import Rewriter, candidates, rewriters, target
from chaffinch.message.url import unread, url

PUBLIC_NAMES = """
    adobe appspot aws_ses azurecomm azure_safelink barracuda bing_open_redirect branch_io checkpoint
    cisco cloudflare convertkit deref_mail doubleclick edgepilot esvalabs exactag exclaimer facebook
    fireeye fortimail generic_desturl generic_logout_redirect go_acoustic google_amp
    google_amp_project google_adservices google_meet_redirect google_notifications
    google_open_redirect google_tag_manager google_travel_redirect google_translate_open_redirect
    google_user_content href_li indeed_open_redirect inky instagram mailgun mailjet mandrill
    messagegears microsoft microsoft_dynamics microsoft_oauth_redirect monday_tracker postmark
    ppcprotect proofpoint pylonlinks securence sophos sqclick squarespace sublime titanhq topsec
    trend_micro vtiger wix yahoo youtube_set_sid
    act customerio egress google_additnow_open_redirect hornetsecurity mailchimp mailinblack
    mailmarshal staffbase vade_secure wordpress_tnp cloudflare_one
""".split()  # noqa: SIM905 - sixty names read better than sixty quoted ones

TARGET = "https://login.evil.example/a?b=c&d=e"
BARE = TARGET.removeprefix("https://")


def _coded(text: str) -> str:
    return quote(text, safe="")


def _base64(data: str | bytes) -> str:
    raw = data.encode() if isinstance(data, str) else data
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _packed(text: str) -> str:
    return _base64(zlib.compress(text.encode()))


def _json(**fields: object) -> str:
    return json.dumps(fields)


def _proofpoint_v2(target: str) -> str:
    return _coded(target).replace("%2F", "_").replace("-", "%2D").replace("%", "-")


P = _coded(TARGET)
WRAPPED: dict[str, list[str]] = {
    "adobe": [
        f"https://t-info.mail.adobe.com/r/?id=h1a,2b,3c&p1={_coded(BARE)}",
        f"https://pixel.everesttech.net/1/cq?ev_sid=3&url=!{P}",
    ],
    "appspot": [
        f"https://appengine.google.com/_ah/logout?continue={P}",
        f"https://some-app.appspot.com/_ah/conflogin?continue={P}",
    ],
    "aws_ses": [
        f"https://a1.r.eu-west-1.awstrack.me/L0/{TARGET.replace('/', '%2F').replace('?', '%3F')}"
        "/1/010f-0000/x=12",
        f"https://click.shop.example/CL0/{P}/1/010f/x=12",
    ],
    "azurecomm": [f"https://mail.action.azurecomm.net/api/v2/a/c?url={P}"],
    "azure_safelink": [
        f"https://nam02.safelinks.protection.outlook.com/?url={P}&data=05",
        f"https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/a.html?url={P}",
    ],
    "barracuda": [f"https://linkprotect.cudasvc.com/url?a={P}&c=E,1"],
    "bing_open_redirect": [
        f"https://www.bing.com/ck/a?!&&p=1&u=a1{_base64(TARGET)}&ntb=1",
        f"https://www.bing.com/aclick?ld=e8&u={_base64(P)}&rlid=1",
        f"https://www.bing.com/alink/link?url={P}&source=serp",
    ],
    "branch_io": [
        f"https://shop.app.link/x?$fallback_url={P}",
        f"https://click.shop.example/?%243p=e_xx&%24original_url={P}",
    ],
    "checkpoint": [
        f"https://protect.checkpoint.com/v2/___{TARGET}___.YXAz",
        f"https://url.avanan.click/v2/r01/___{TARGET}___.YXAz",
        f"https://avanan.url-protection.com/v1/url?o={P}&g=1&h=2",
    ],
    "cisco": [f"https://secure-web.cisco.com/1aBc/{P}"],
    "cloudflare": [f"https://shop.example/cdn-cgi/image/width=80/{TARGET}"],
    "cloudflare_one": [f"https://team.cloudflareaccess.com/browser/{TARGET}"],
    "convertkit": [f"https://click.convertkit-mail2.com/a1b2/c3d4/{_base64(TARGET)}"],
    "customerio": [
        f"https://e.customeriomail.com/e/c/{_base64(_json(email_id='x', href=TARGET))}/82fd"
    ],
    "deref_mail": [f"https://deref-mail.com/mail/client/x/dereferrer/?redirectUrl={P}"],
    "doubleclick": [
        f"https://adclick.g.doubleclick.net/aclk?sa=L&adurl={P}",
        f"https://adclick.g.doubleclick.net/pcs/click%3Fxai%3D1%26adurl%3D{P}",
        f"https://ad.doubleclick.net/ddm/clk/1;2;p?{TARGET}",
    ],
    "edgepilot": [f"https://link.edgepilot.com/s/1/2?u={P}"],
    "egress": [f"https://us1.defend.egress.com/Warn?crId=1&Base64Url={_packed(TARGET)}"],
    "esvalabs": [f"https://urlsand.esvalabs.com/?u={P}&e=1&h=2"],
    "exactag": [f"https://m.exactag.com/cl.aspx?extProvId=1&url={P}"],
    "exclaimer": [f"https://eu.content.exclaimer.net/?url={P}&tenantid=1"],
    "facebook": [
        f"https://l.facebook.com/l.php?u={P}&h=AT",
        f"https://www.facebook.com/flx/warn/?u={P}",
    ],
    "fireeye": [f"https://protect2.fireeye.com/v1/url?k=1&u={P}"],
    "fortimail": [
        f"https://a.fortimailcloud.com/fmlurlsvc/?fewReq=:B:1&url={P}",
        f"https://gateway.acme.example/fmlurlsvc/?fewReq=:B:1&url={P}",
    ],
    "generic_desturl": [f"https://shop.example/go/to?tag=1&destUrl={P}"],
    "generic_logout_redirect": [
        f"https://id.shop.example/oidc/logout?post_logout_redirect_uri={P}",
        f"https://shop.example/sign-out?ReturnUrl={P}",
    ],
    "go_acoustic": [f"https://links.mkt12.example/ctt?m=1&r=2&b=0&kd={P}"],
    "google_additnow_open_redirect": [f"https://apis.google.com/additnow/l?aid=1&__lu={P}"],
    "google_adservices": [
        f"https://www.googleadservices.com/pagead/aclk?sa=L&adurl={P}",
        f"https://www.google.com/aclk?sa=L&adurl={P}",
    ],
    "google_amp": [f"https://www.google.co.uk/amp/s/{BARE}"],
    "google_amp_project": [f"https://login-evil-example.cdn.ampproject.org/c/s/{BARE}"],
    "google_meet_redirect": [f"https://meet.google.com/linkredirect?authuser=0&dest={P}"],
    "google_notifications": [
        f"https://notifications.googleapis.com/email/redirect?t=1&r={_packed(TARGET)}&s=2",
        f"https://notifications.googleapis.com/email/redirect?t=1&r={P}&s=2",
    ],
    "google_open_redirect": [
        f"https://www.google.de/url?sa=t&q={P}&usg=x",
        f"https://google.com/url?sa=t&q=words&url={P}",
        f"https://maps.google.com/local_url?q={P}",
        f"https://www.youtube.com/redirect?event=x&q={P}",
    ],
    "google_tag_manager": [
        f"https://www.googletagmanager.com/x?id=GTM-1&url={P}",
        f"https://tagassistant.google.com/#/?id=GTM-1&url={P}",
    ],
    "google_translate_open_redirect": [
        "https://login-evil-example.translate.goog/a?b=c&d=e",
        f"https://translate.google.com/translate?sl=auto&u={P}",
        f"https://translate.google.co.in/translate?sl=auto&u={_coded(BARE)}",
    ],
    "google_travel_redirect": [f"https://www.google.com/travel/clk?pc=1&pcurl={P}"],
    "google_user_content": [
        f"https://ci3.googleusercontent.com/proxy/abc=s0-d#{TARGET}",
        f"https://webcache.googleusercontent.com/search?q=cache:aBcDeFgHiJk:{P}+word&hl=en",
    ],
    "hornetsecurity": [f"https://atpscan.global.hornetsecurity.com/?d=1&f=2&u={P}"],
    "href_li": [f"https://href.li/?{TARGET}"],
    "indeed_open_redirect": [
        f"https://t.indeed.com/r?parenttk=1&target={P}",
        "https://cts.indeed.com/v1/" + _base64(gzip.compress(_json(u=TARGET).encode(), mtime=0)),
    ],
    "inky": [
        f"https://shared.outlook.inky.com/link?domain=evil.example&t=h.{_packed(_json(url=TARGET))}.s"
    ],
    "instagram": [f"https://l.instagram.com/?u={P}&e=AT"],
    "mailchimp": [f"https://us8.mailchimp.com/mctx/clicks?url={P}&h=1"],
    "mailgun": [f"https://email.mg.shop.example/c/{_packed(f'e=1&h=2&l={P}&r=a%40b.example')}"],
    "mailinblack": [
        "https://mibc-fr-01.mailinblack.com/securelink/?url=https://login.evil.example&key="
        + _base64(_json(lang="FR", url=TARGET)),
        f"https://mibc-fr-01.mailinblack.com/click?url={P}",
    ],
    "mailjet": [f"https://xmjhp.mjt.lu/lnk/AVcA/1/yMTu/{_base64(TARGET)}"],
    "mailmarshal": [f"https://scanmail.trustwave.com/?c=1&d=2&u={P}"],
    "mandrill": [
        f"https://{host}/track/click/1/evil.example?p="
        + _base64(_json(s="x", p=_json(u=1, url=TARGET)))
        for host in ("mandrillapp.com", "track.shop.example")
    ],
    "microsoft": [f"https://nam.safelink.emails.azure.net/redirect/?destination={P}&p=bT0x"],
    "microsoft_dynamics": [
        f"https://{host}/api/orgs/1/r/2?msdynmkt_target={_coded(_json(TargetUrl=P))}&x=1"
        for host in ("public-eur.mkt.dynamics.com", "mail.shop.example")
    ],
    "microsoft_oauth_redirect": [
        "https://login.microsoftonline.com/common/oauth2/v2.0/authorize?client_id=1"
        f"&redirect_uri={P}"
    ],
    "monday_tracker": [
        "https://trackingservice.monday.com/tracker/link?token=eyJh."
        + _base64(_json(originalUrl=TARGET, emailId="1"))
        + ".sig"
    ],
    "postmark": [f"https://click.pstmrk.it/3s/{_coded(BARE)}/abc/AQ/x/1/y"],
    "ppcprotect": [f"https://monitor.ppcprotect.com/v1.0/template?accid=1&u={P}"],
    "proofpoint": [
        f"https://urldefense.proofpoint.com/v1/url?u={P}&k=x",
        f"https://urldefense.proofpoint.com/v2/url?u={_proofpoint_v2(TARGET)}&d=DwMF",
        f"https://urldefense.com/v3/__{TARGET}__;!!AbC!xyz$",
    ],
    "pylonlinks": [f"https://pylonlinks.com/link?url={P}&utm_campaign_id=1"],
    "securence": [f"https://hrt.securence.com/click?x=1&link={P}"],
    "sophos": [f"https://eu.protection.sophos.com/?d=evil.example&u={_base64(TARGET)}&i=1"],
    "squarespace": [f"https://a.engage.squarespace-mail.com/r?m=1&u={P}&w=2"],
    "staffbase": [f"https://acme.staffbase.com/redirect?id=1&to={P}"],
    "titanhq": [f"https://linklock.titanhq.com/analyse?url={P}&data=eJx"],
    "topsec": [f"https://scan.topsec.com/go?x=1&link={P}"],
    "trend_micro": [f"https://a-ctp.trendmicro.com/wis/clicktime/v1/query?url={P}&umid=1"],
    "vade_secure": [
        f"https://antiphishing.vadesecure.com/v4?f=1&u={P}",
        f"https://m365.eu.vadesecure.com/safeproxy/v4?f=1&u={P}",
    ],
    "vtiger": [f"https://acme.od1.vtiger.com/shorturl/click?id=1&url={P}"],
    "wix": [f"https://shoutout.wix.com/so/1/c?w=sig.{_base64(_json(u=TARGET, m='mail'))}#main"],
    "wordpress_tnp": [f"https://blog.example/?nltr={_base64(f'1;2;{TARGET};;abc')}"],
    "yahoo": [f"https://r.search.yahoo.com/_ylt=A/RV=2/RE=1/RO=10/RU={P}/RK=2/RS=x"],
    "youtube_set_sid": [
        f"https://accounts.youtube.com/accounts/SetSID?ssdc=1&continue={P}",
        f"https://accounts.google.de/accounts/SetSID?ssdc=1&continue={P}",
    ],
}
PLAIN_HTTP = {
    "https://www.google.com/amp/evil.example/x": "google_amp",
    "https://evil-example.cdn.ampproject.org/c/evil.example/x": "google_amp_project",
    "https://click.pstmrk.it/3/evil.example%2Fx/abc/1": "postmark",
}


def _rows() -> Iterator[tuple[str, str]]:
    for encoder, links in WRAPPED.items():
        for link in links:
            yield encoder, link


def test_each_public_name_is_decoded_or_said_not_to_be() -> None:
    decoded = {entry.encoder for entry in rewriters().rewriter}
    assert decoded.isdisjoint(rewriters().not_decodable)
    assert decoded | set(rewriters().not_decodable) == set(PUBLIC_NAMES)
    assert decoded == set(WRAPPED)


@pytest.mark.parametrize(("encoder", "wrapped"), list(_rows()))
def test_the_target_is_found(encoder: str, wrapped: str) -> None:
    found = url(wrapped)
    assert found is not None
    assert found.url == TARGET
    assert found.rewrite == Rewrite(encoders=(encoder,), original=wrapped)


@pytest.mark.parametrize(("wrapped", "encoder"), PLAIN_HTTP.items())
def test_a_target_without_tls_keeps_its_scheme(wrapped: str, encoder: str) -> None:
    found = url(wrapped)
    assert found is not None
    assert (found.url, found.rewrite.encoders) == ("http://evil.example/x", (encoder,))


@pytest.mark.parametrize("entry", rewriters().rewriter, ids=lambda entry: entry.encoder)
def test_each_entry_finds_the_target_of_some_link(entry: Rewriter) -> None:
    links = [*WRAPPED[entry.encoder], *PLAIN_HTTP]
    parsed = [one for link in links if (one := unread(link)) is not None]
    assert any(entry in candidates(one) and target(entry, one) for one in parsed)


@pytest.mark.parametrize(
    "plain",
    [
        "https://acme.example/url?q=https%3A%2F%2Fevil.example%2F",
        "https://notgoogle.example/url?q=https%3A%2F%2Fevil.example%2F",
        "https://www.google.com/search?q=https%3A%2F%2Fevil.example%2F",
        "https://www.google.com/url?q=javascript%3Aalert(1)",
        "https://nam02.safelinks.protection.outlook.com.evil.example/?url=https%3A%2F%2Fa.example",
        "https://acme.us1.list-manage.com/track/click?u=1&id=2&e=3",
        "https://acme.example/c/eJnonsense",
        "https://acme.example/logout?next=%2Fhome",
        "https://acme.example/catalogout?url=https%3A%2F%2Fevil.example%2F",
        "https://www.google.com/amp/word",
        "https://t-info.mail.adobe.com/r/?id=h1,2,3&p1=word",
        "https://shoutout.wix.com/so/1/c?w=sig.notbase64",
    ],
)
def test_other_links_and_broken_ones_stay_as_written(plain: str) -> None:
    found = url(plain)
    assert found is not None
    assert found.url == plain
    assert found.rewrite == Rewrite()


def test_a_target_that_is_an_ip_address_is_followed() -> None:
    found = url("https://www.google.com/url?q=http%3A%2F%2F0x7f.1%2Fx")
    assert found is not None
    assert found.ip is not None
    assert found.ip.ip == "127.0.0.1"


def test_all_rewriters_one_in_another_end_at_the_limit() -> None:
    link = TARGET
    for template in ("https://www.google.com/url?q={}", "https://l.facebook.com/l.php?u={}") * 8:
        link = template.format(_coded(link))
    found = url(link)
    assert found is not None
    assert len(found.rewrite.encoders) == 10
    assert found.rewrite.original == link


def test_a_packed_text_is_cut_at_its_bound() -> None:
    bomb = _base64(zlib.compress(b"x" * 10_000_000))
    found = step("inflate")(bomb)
    assert found is not None
    assert len(found) == 64_000


@pytest.mark.parametrize(
    "link",
    [
        "data:text/html," + "a" * 5_000_000,
        "https://www.google.com/url?q=https%3A%2F%2Fa.example%2F" + "%25" * 1_000_000,
        "https://acme.example/?" + "&".join(f"u{n}=http" for n in range(200_000)),
        "https://shoutout.wix.com/so/1/c?w=s." + "e30" * 20_000,
        "https://" + "www." * 200_000,
        "https://acme.example/" + "/logout" * 200_000 + "?next=http",
    ],
)
def test_hostile_links_are_read_in_a_moment(link: str) -> None:
    started = time.process_time()
    found = url(link)
    assert found is None or found.scheme in {"https", "data"}
    assert time.process_time() - started < 1


STEPS = ["base64", "inflate", "json a", "token", "field 2", "skip 2", "parameter l", "percent"]
STEPS += ["find", "http", "https", "translated", "proofpoint_v2", "proofpoint_v3"]


@given(st.sampled_from(STEPS), st.text() | st.from_regex(r"[A-Za-z0-9%_=.*;/-]{0,60}"))
def test_no_step_raises(word: str, text: str) -> None:
    found = step(word)(text)
    assert found is None or isinstance(found, str)


@settings(max_examples=200)
@given(
    st.sampled_from(list(_rows())),
    st.integers(0, 200),
    st.text(st.sampled_from('aJ9%./?&=_~*;:-{}"\\ \u00e4'), max_size=6),
)
def test_damaged_wrapped_links_never_raise(row: tuple[str, str], at: int, noise: str) -> None:
    link = row[1][:at] + noise + row[1][at + len(noise) :]
    found = url(link)
    if found is not None and not found.rewrite.encoders:
        again = url(found.url)
        assert again is not None
        assert again.url == found.url
