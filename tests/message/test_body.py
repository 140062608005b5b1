"""Body and attachments of whole messages."""

import ipaddress
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.attachment import attachments, sort_parts
from chaffinch.message.body import Body
from chaffinch.message.mime import Part, split
from chaffinch.message.subject import subject


def _part(text: str) -> bytes:
    return text.strip("\n").replace("\n", "\r\n").encode()


def _body(text: str, title: str = "") -> Body:
    return Body(root=split(_part(text)), subject=subject(title))


ALTERNATIVE = """
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8

Pay at https://evil.example/pay and https://only-plain.example/

--b
Content-Type: text/html; charset=utf-8

<p>Pay <a href="https://evil.example/pay">here</a> from 192.0.2.7</p>
--b--
"""

MIXED = """
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html

<p>See <img src="cid:logo"></p>
--r
Content-Type: image/png; name="logo.PNG"
Content-ID: <logo>
Content-Disposition: inline
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--r--
--m
Content-Type: text/plain; name=notes.txt

a file of text
--m
Content-Type: text/plain
Content-Disposition: attachment

another
--m
Content-Type: text/calendar; method=REQUEST

BEGIN:VCALENDAR
--m
Content-Type: message/rfc822

From: a@b.example
Subject: inner

<p>inner</p>
--m
Content-Type: text/plain

footer with https://list.example/
--m--
"""


def test_the_html_is_the_body_and_the_plain_text_adds_only_new_links() -> None:
    body = _body(ALTERNATIVE)
    assert body.current_thread.text == "Pay here from 192.0.2.7"
    assert [(link.href_url.url, link.parser) for link in body.links] == [
        ("https://evil.example/pay", "hyperlink"),
        ("https://only-plain.example/", "plain"),
    ]
    assert [link.href_url.url for link in body.current_thread.links] == ["https://evil.example/pay"]
    assert [ip.ip for ip in body.ips] == ["192.0.2.7"]
    assert body.plain is not None
    assert len(body.plain.links) == 2
    assert body.html is not None
    assert body.html.charset == "utf-8"


def test_files_are_attachments_and_text_is_not() -> None:
    root = split(_part(MIXED))
    found = attachments(sort_parts(root))
    assert [(each.file_name, each.file_extension, each.file_type) for each in found] == [
        ("logo.PNG", "PNG", "png"),
        ("notes.txt", "txt", "unknown"),
        (None, None, "unknown"),
        (None, None, "ics"),
        (None, None, "unknown"),
    ]
    assert found[0].content_id == "logo"
    assert found[0].size == 8
    assert found[4].content_type == "message/rfc822"
    assert found[4].raw.startswith(b"From: a@b.example\r\nSubject: inner")


def test_an_embedded_message_does_not_lend_its_text() -> None:
    root = split(_part(MIXED))
    parts = sort_parts(root)
    (html,), (plain,) = parts.html, parts.plain
    assert "See" in html.text
    assert plain.text.startswith("footer")


def test_a_plain_part_is_beside_the_html_where_no_alternative_has_both() -> None:
    nested = """
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: multipart/alternative; boundary=a

--a
Content-Type: text/plain

instead
--a
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html

<p>page</p>
--r--
--a--
--m
Content-Type: text/plain

below
--m--
"""
    parts = sort_parts(split(_part(nested)))
    assert [part.text.strip() for part in parts.plain] == ["instead", "below"]
    assert [part.text.strip() for part in parts.beside] == ["below"]


def test_plain_text_beside_the_html_is_read_too() -> None:
    body = _body(MIXED)
    assert body.current_thread.text == "See\nfooter with https://list.example/"
    assert [link.href_url.url for link in body.links] == ["https://list.example/"]


def test_two_html_parts_are_one_page() -> None:
    text = """
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: text/html

<html><body>first</body></html>
--m
Content-Type: text/html

<html><body>second <a href="https://evil.example/">x</a></body></html>
--m--
"""
    body = _body(text)
    assert body.current_thread.text.split() == ["first", "second", "x"]
    assert len(body.links) == 1


REPLY = """
Content-Type: text/html

<div>New account: <a href="https://new.example/">details</a></div>
<div id="divRplyFwdMsg"><b>From:</b> Ada &lt;ada@acme.example&gt;<br><b>Sent:</b>
5 May 2025 10:12<br><b>To:</b> Bob &lt;bob@acme.example&gt;; Carl<br>
<b>Subject:</b> RE: Invoice</div>
<div>Please pay <a href="https://old.example/">this</a>.</div>
"""


def test_quoted_messages_keep_their_own_links_and_people() -> None:
    body = _body(REPLY, "RE: Invoice")
    assert body.current_thread.text == "New account: details"
    assert [link.href_url.url for link in body.current_thread.links] == ["https://new.example/"]
    (previous,) = body.previous_threads
    assert previous.text == "Please pay this."
    assert [link.href_url.url for link in previous.links] == ["https://old.example/"]
    assert previous.sender is not None
    assert previous.sender.display_name == "Ada"
    assert previous.sender.email is not None
    assert previous.sender.email.email == "ada@acme.example"
    assert [box.display_name for box in previous.recipients.to] == ["Bob", "Carl"]
    assert previous.subject is not None
    assert (previous.subject.base, previous.subject.is_reply) == ("Invoice", True)
    assert (previous.date, previous.index) == ("5 May 2025 10:12", 0)


FORWARD = """
Content-Type: text/plain

---------- Forwarded message ---------
From: Ada <ada@acme.example>
Subject: Hi

Body https://a.example/
"""


def test_a_bare_forward_has_no_words_of_its_own() -> None:
    body = _body(FORWARD, "Fwd: Hi")
    assert (body.current_thread.text, body.current_thread.links) == ("", ())
    assert body.previous_threads[0].text == "Body https://a.example/"


def test_history_without_a_reply_or_forward_mark_is_the_authors_own() -> None:
    body = _body(FORWARD, "Hi")
    assert "Body https://a.example/" in body.current_thread.text
    assert len(body.current_thread.links) == 1
    assert len(body.previous_threads) == 1


WARNED = """
Content-Type: text/html

<div>CAUTION: This email originated from outside of the organization. Do not click links or open
attachments unless you recognize the sender.
<a href="https://help.acme.example/">Learn more</a></div>
<p>Pay <a href="https://evil.example/">here</a></p>
"""


def test_links_of_a_banner_are_the_banners_and_not_the_authors() -> None:
    body = _body(WARNED)
    (banner,) = body.current_thread.banners
    assert [link.href_url.url for link in banner.links] == ["https://help.acme.example/"]
    assert [link.href_url.url for link in body.current_thread.links] == ["https://evil.example/"]
    assert len(body.links) == 2


@given(st.text(st.sampled_from("12a5.:f \n9x[]-"), max_size=60))
def test_the_cheap_test_for_ip_addresses_overlooks_none(text: str) -> None:
    root = split(f"Content-Type: text/plain\r\n\r\n{text}".encode())
    found = {ip.ip for ip in Body(root=root).ips}
    read = root.text
    assert found == {str(one) for one in map(_ip, _WORDS.findall(read)) if one is not None}


_WORDS = re.compile(
    r"(?<![\w.:])(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:]{1,34}[0-9a-fA-F])\b"
)


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def test_too_many_links_are_a_defect() -> None:
    root = split(_part("Content-Type: text/plain\n\n" + "https://a.example/ " * 9))
    body = Body(root=root, limits=Limits(links_count=5))
    assert [defect.code for defect in body.defects] == ["too-many-links"]


def test_a_message_without_text_has_an_empty_body() -> None:
    body = _body("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n")
    assert (body.html, body.plain, body.links, body.previous_threads) == (None, None, (), ())
    assert body.current_thread.text == ""


def test_the_body_is_read_once() -> None:
    body = _body(ALTERNATIVE)
    assert body.html is body.html
    assert body.current_thread is body.current_thread


LINES = st.lists(
    st.sampled_from(
        [
            b"Content-Type: multipart/mixed; boundary=b",
            b"Content-Type: text/html; charset=utf-7",
            b"Content-Type: message/rfc822",
            b"Content-Transfer-Encoding: base64",
            b"Content-Disposition: attachment; filename=a.",
            b"",
            b"--b",
            b"--b--",
            b"<a href=https://x.example>From: a@b.example</a>",
            b"On 5 May 2025 10:12 a@b.example wrote:",
            b"> From: x <a@b.example>",
            b"> Subject: y",
        ]
    )
    | st.binary(max_size=20),
    max_size=25,
).map(b"\r\n".join)


def _everything(root: Part) -> tuple[object, ...]:
    body = Body(root=root)
    read = (body.html, body.plain, body.links, body.ips, body.current_thread, body.evidence)
    return (*read, body.previous_threads, body.defects, attachments(body.parts))


@settings(max_examples=150)
@given(LINES)
def test_any_bytes_are_read_without_raising_and_always_alike(raw: bytes) -> None:
    assert _everything(split(raw)) == _everything(split(raw))
