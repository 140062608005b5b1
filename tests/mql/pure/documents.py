"""What the language reference says of functions on pages and files, and a message of them."""

from chaffinch.message.content import Content
from chaffinch.message.model import Attachment, Ip, Value
from chaffinch.message.page import BodyHtml

PAGE = """<html><head><title> A  b </title></head><body>
<!-- note --><div class="box one" id=d1>first<p>deep</p></div><div class="two">second</div>
<a href="https://evil.example/login?u=1">log <b>in</b></a><a href="mailto:ada@acme.example">mail</a>
<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>
<p style="display:none">hidden</p><ul><li>x<li>y</ul></body></html>"""
MAIL = b"From: eve@evil.example\nSubject: inner\n\nsee https://evil.example/x\n"
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nPRODID:-//Acme//Cal 1.0//EN\r\nCALSCALE:GREGORIAN\r\n"
    b"BEGIN:VEVENT\r\nSUMMARY;LANGUAGE=en:Pay\\, now\r\n"
    b"DESCRIPTION:see https://evil.example/pay\\nsoo\r\n n;x\r\n"
    b'X-ALT-DESC;FMTTYPE=text/html:<a href="https://evil.example/alt">x</a>\r\n'
    b'ATTENDEE;CN="A: B":mailto:ada@acme.example\r\n'
    b"BEGIN:VALARM\r\nDESCRIPTION:alarm\r\nEND:VALARM\r\nEND:VEVENT\r\n"
    b"BEGIN:VTODO\r\nSUMMARY:todo\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def file(data: bytes, name: str = "x.bin") -> Attachment:
    return Attachment(file_name=name, content=Content(data, 0, len(data), "8bit"))


class Pure(Value, frozen=True):
    """A message that holds what the cells read."""

    html: BodyHtml | None = BodyHtml(raw=PAGE)
    no_html: BodyHtml | None = None
    missing: str | None = None
    ip: Ip | None = Ip("192.0.2.7")
    no_ip: Ip | None = None
    ascii: Attachment = file(b"plain\ntext")
    utf8: Attachment = file("caf\u00e9".encode())
    utf16: Attachment = file("h\u00e9".encode("utf-16-le"))
    latin: Attachment = file(b"caf\xe9 <b>x</b>")
    page: Attachment = file(PAGE.encode())
    mail: Attachment = file(MAIL)
    calendar: Attachment = file(CALENDAR)
    empty: Attachment = file(b"")
    lost: Attachment | None = None


PAGES: list[tuple[str, object]] = [
    ("length(html.xpath(html, '//div').nodes)", 2),
    ("html.xpath(html, '//div[1]').nodes[0].display_text", "first\ndeep"),
    ("html.xpath(html, '//div[@class=\"two\"]').nodes[0].raw", '<div class="two">second</div>'),
    ("html.xpath(html, '//div[contains(@class, \"one\")]/@id').nodes[0].raw", "d1"),
    ("map(html.xpath(html, '//@class').nodes, .raw)", ("box one", "two")),
    ("html.xpath(html, '//comment()').nodes[0].raw", " note "),
    ("html.xpath(html, '//b/text()').nodes[0].raw", "in"),
    ("length(html.xpath(html, '//td | //li').nodes)", 5),
    ("html.xpath(html, '//tr[last()]/td').nodes[0].raw", "<td>3</td>"),
    ("html.xpath(html, '//td[position()=2]').nodes[0].inner_text", "2"),
    ("length(html.xpath(html, '//p[not(@style)]').nodes)", 1),
    ("length(html.xpath(html, '//table[count(.//td) = 3]').nodes)", 1),
    ("length(html.xpath(html, '//td[number(.) > 1]').nodes)", 2),
    ("length(html.xpath(html, '//title[normalize-space() = \"A b\"]').nodes)", 1),
    ('length(html.xpath(html, \'//div[translate(., "SECOND", "second") = "second"]\').nodes)', 1),
    ("length(html.xpath(html, '//*[local-name() = \"li\"]').nodes)", 2),
    ("html.xpath(html, '//p/ancestor::div').nodes[0].raw is null", False),
    ("html.xpath(html, '//p[. = \"deep\"]/parent::*/@id').nodes[0].raw", "d1"),
    ("html.xpath(html, '//div[1]/following-sibling::div').nodes[0].inner_text", "second"),
    ("length(html.xpath(html, '//div[1]/following::a').nodes)", 2),
    ("length(html.xpath(html, '//table/descendant::td').nodes)", 3),
    ("html.xpath(html, '//a').nodes[0].links[0].href_url.domain.domain", "evil.example"),
    ("html.xpath(html, '//a').nodes[0].display_text", "log in"),
    ("html.xpath(html, '//p[@style]').nodes[0].inner_text", "hidden"),
    ("html.xpath(html, '//nothing').nodes", ()),
    ("html.xpath(no_html, '//a')", None),
    ("any(html.xpath(no_html, '//a').nodes, true)", None),
    ("html.xpath(html, null)", None),
    ("html.xpath(file.parse_html(page), '//b').nodes[0].raw", "<b>in</b>"),
    ("html.xpath(html.xpath(html, '//table').nodes[0], '//td').nodes[2].inner_text", "3"),
    ("strings.parse_html('<p>a<b>b</b></p>').inner_text", "ab"),
    ("strings.parse_html('').display_text", ""),
    ("strings.parse_html(missing)", None),
]
FILES: list[tuple[str, object]] = [
    ("file.parse_text(ascii).text", "plain\ntext"),
    ("file.parse_text(utf8).text", "café"),
    ("file.parse_text(utf8, encodings=['ascii']).text", None),
    ("file.parse_text(utf16, encodings=['utf16-le']).text", "hé"),
    ("file.parse_text(latin).text", None),
    ("file.parse_text(empty).text", ""),
    ("file.parse_text(lost)", None),
    ("file.parse_html(latin).inner_text", "café x"),
    ("file.parse_html(page).links[0].href_url.domain.domain", "evil.example"),
    ("file.parse_html(lost)", None),
    ("file.parse_eml(mail).subject.subject", "inner"),
    ("file.parse_eml(mail).sender.email.domain.domain", "evil.example"),
    ("file.parse_eml(mail).body.links[0].href_url.path", "/x"),
    ("file.parse_eml(lost)", None),
    ("beta.file.parse_ics(calendar).product_id", "-//Acme//Cal 1.0//EN"),
    ("beta.file.parse_ics(calendar).scale", "GREGORIAN"),
    ("length(beta.file.parse_ics(calendar).events)", 1),
    ("beta.file.parse_ics(calendar).events[0].summary", "Pay, now"),
    ("beta.file.parse_ics(calendar).events[0].description", "see https://evil.example/pay\nsoon;x"),
    ("map(beta.file.parse_ics(calendar).events[0].links, .href_url.path)", ("/pay", "/alt")),
    (
        "beta.file.parse_ics(calendar).events[0].description_html",
        '<a href="https://evil.example/alt">x</a>',
    ),
    (
        "filter(beta.file.parse_ics(calendar).events[0].raw_properties, "
        ".key == 'ATTENDEE')[0].value",
        "mailto:ada@acme.example",
    ),
    ("beta.file.parse_ics(ascii).events", ()),
    ("beta.file.parse_ics(empty).product_id", None),
    ("beta.file.parse_ics(lost)", None),
]
