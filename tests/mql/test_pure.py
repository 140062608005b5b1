"""What the language reference says of every pure function, sentence by sentence, edge by edge."""

# ruff: noqa: RUF001 - letters that look alike are the data
from collections.abc import Callable

import pytest
from tests.mql.evaluators import Evaluator

from chaffinch.message.content import Content
from chaffinch.message.model import Attachment, Ip, Value
from chaffinch.message.page import BodyHtml
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.functions.declare import FUNCTIONS, Source
from chaffinch.mql.grammar import parse
from chaffinch.mql.values import Unknown

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


STRINGS: list[tuple[str, object]] = [
    ("strings.contains('abc', 'x', 'y')", False),
    ("strings.contains('abc', '')", True),
    ("strings.contains('', 'a')", False),
    ("strings.contains('', '')", True),
    ("strings.contains('abc', null, null)", None),
    ("strings.contains(missing, 'a', 'b')", None),
    ("strings.icontains('ABC', 'b')", True),
    ("strings.icontains('\u212a', 'k')", True),
    ("strings.icontains('\u017f', 'S')", True),
    ("strings.icontains('\u1e9e', '\u00df')", True),
    ("strings.icontains('\u00df', 'ss')", False),
    ("strings.icontains('\u0130', 'i')", False),
    ("strings.icontains('ΟΔΟΣ', 'οδος')", True),
    ("strings.starts_with('abc', 'b', 'a')", True),
    ("strings.starts_with('abc', 'abcd')", False),
    ("strings.istarts_with('Straße', 'STRA')", True),
    ("strings.ends_with('abc', 'b', 'c')", True),
    ("strings.ends_with('abc', '')", True),
    ("strings.iends_with('ABC', null, 'bc')", True),
    # globs cover the entire string
    ("strings.like('abc', 'b')", False),
    ("strings.like('abc', '*b*')", True),
    ("strings.like('abc', 'a?c', 'x')", True),
    ("strings.like('', '*')", True),
    ("strings.like('', '?')", False),
    ("strings.like('', '')", True),
    ("strings.like('é', '?')", True),
    ("strings.like('😀', '?')", True),
    ('strings.like("a\\nb", "a*b")', True),
    ('strings.like("a\\nb", "a?b")', True),
    ("strings.like('a+b(c)', 'a+b(?)')", True),
    ("strings.like('[x]', '[?]')", True),
    ("strings.like('a', '[a]')", False),
    (r"strings.like('a\b', 'a\*')", True),
    ("strings.like('ABC', '*b*')", False),
    ("strings.ilike('ABC', '*b*')", True),
    ("strings.ilike('Ünü', 'ÜN?')", True),
    ("strings.ilike('x invoice.pdf', '*invoice?pdf')", True),
    ("strings.ilike('aXbXc', 'a*x*C')", True),
    ("strings.ilike(missing, '*')", None),
    ("ilike('ABC', 'a*')", True),
    # counting: no overlap
    ("strings.count('aaa', 'aa')", 1),
    ("strings.count('abab', 'ab')", 2),
    ("strings.count('ABab', 'ab')", 1),
    ("strings.icount('ABab', 'aB')", 2),
    ("strings.count('abc', 'x')", 0),
    ("strings.count(missing, 'x')", None),
    ("strings.count('abc', null)", None),
    # distances on code points
    ("strings.levenshtein('', '')", 0),
    ("strings.levenshtein('abc', '')", 3),
    ("strings.levenshtein('paypal', 'paypa1')", 1),
    ("strings.levenshtein('ab', 'ba')", 2),
    ("strings.levenshtein('é', 'e')", 1),
    ("strings.levenshtein('😀', 'x')", 1),
    ("strings.levenshtein('A', 'a')", 1),
    ("strings.ilevenshtein('PAYPAL', 'paypa1')", 1),
    ("strings.levenshtein(null, 'a')", None),
    ("strings.concat('a')", "a"),
    ("strings.concat('a', '', 'b')", "ab"),
    ("strings.concat(missing, 'a')", None),
    ("length('')", 0),
    ("length('é😀')", 2),
    # confusables: letters become ASCII, ASCII and accents stay
    ("strings.replace_confusables('Rn m I l 0 O 1')", "Rn m I l 0 O 1"),
    ("strings.replace_confusables('ПАΥРАL')", "ПAYPAL"),
    ("strings.replace_confusables('ｐａｙ')", "pay"),
    ("strings.replace_confusables('𝐩𝐚𝐲 𝗉𝖺𝗒')", "pay pay"),
    ("strings.replace_confusables('café naïve')", "café naïve"),
    ("strings.replace_confusables('')", ""),
    ("strings.replace_confusables(missing)", None),
]
PARSING: list[tuple[str, object]] = [
    ("strings.parse_url('https://ACME.example/A?b=1#c').url is null", False),
    ("strings.parse_url('https://ACME.example/A?b=1#c').domain.domain", "acme.example"),
    ("strings.parse_url('https://acme.example/A?b=1#c').path", "/A"),
    ("strings.parse_url('https://acme.example/A?b=1#c').query_params", "b=1"),
    ("strings.parse_url('https://acme.example/A?b=1#c').fragment", "c"),
    ("strings.parse_url('https://u:p@acme.example/').username", "u"),
    ("strings.parse_url('https://acme.example:8443/').port", 8443),
    (
        "strings.parse_url('https://a.example/?a=%20x&a=2').query_params_decoded['a']",
        (" x", "2"),
    ),
    ("strings.parse_url('https://192.0.2.1/x').ip.ip", "192.0.2.1"),
    ("strings.parse_url('acme.example')", None),
    ("strings.parse_url('/path')", None),
    ("strings.parse_url('')", None),
    ("strings.parse_url('just words')", None),
    ("strings.parse_url('just words', strict=false)", None),
    ("strings.parse_url('acme.example/x', strict=false).domain.root_domain", "acme.example"),
    ("strings.parse_url('https://acme.example/x', strict=false).path", "/x"),
    ("strings.parse_url('acme.example', strict=null)", None),
    ("strings.parse_url(missing)", None),
    ("strings.parse_url(missing, strict=false)", None),
    ("strings.parse_email('Ada <ada@acme.example>')", None),
    ("strings.parse_email('ada@acme.example').local_part", "ada"),
    ("strings.parse_email('ada@mail.acme.example').domain.subdomain", "mail"),
    ("strings.parse_email('@acme.example')", None),
    ("strings.parse_email('ada@')", None),
    ("strings.parse_email('')", None),
    ("strings.parse_email(missing)", None),
    ("strings.parse_domain('www.acme.co.uk').subdomain", "www"),
    ("strings.parse_domain('www.acme.co.uk').tld", "co.uk"),
    ("strings.parse_domain('acme.example').valid", True),
    ("strings.parse_domain('localhost').valid", False),
    ("strings.parse_domain('localhost').error is null", False),
    ("strings.parse_domain('').valid", False),
    ("strings.parse_domain(missing)", None),
    ("strings.parse_domain('xn--mnchen-3ya.example').punycode", "münchen.example"),
    ('strings.parse_json(\'{"a": {"b": [1, 2.5, "x"]}}\').a.b[2]', "x"),
    ("strings.parse_json('[]')", []),
    ("strings.parse_json('\"x\"')", "x"),
    ("strings.parse_json('true')", True),
    ("strings.parse_json('1.0')", 1.0),
    ("strings.parse_json('')", None),
    ("strings.parse_json('{a: 1}')", None),
    ("strings.parse_json('[1,]')", None),
    ("strings.parse_json('1 2')", None),
    ("strings.parse_json(missing)", None),
    ('length(strings.parse_json(\'{"a": 1, "b": 2}\'))', 2),
    ('keys(strings.parse_json(\'{"b": 1, "a": 2}\'))', ("b", "a")),
]
REGEXES: list[tuple[str, object]] = [
    ("regex.contains('abc', 'x', 'b')", True),
    ("regex.contains('abc', '^b')", False),
    ("regex.contains('abc', '')", True),
    ('regex.contains("a\\nb", "^b")', False),
    ('regex.contains("a\\nb", "(?m)^b")', True),
    ('regex.contains("a\\nb", "a$")', False),
    ('regex.contains("a\\nb", "a.b")', False),
    ('regex.contains("a\\n", "a$")', False),
    (r"regex.contains('café', 'caf\b')", True),
    (r"regex.contains('é', '\w')", False),
    (r"regex.contains('٣', '\d')", False),
    ("regex.contains('\u00a0', '[[:space:]]')", False),
    (r"regex.contains('é', '\pL')", True),
    (r"regex.contains('é', '\x{e9}')", True),
    (r"regex.contains('a.b', '\Q.\E')", True),
    ("regex.contains('ABC', 'b')", False),
    ("regex.icontains('ABC', 'b')", True),
    ("regex.icontains('ABC', '(?-i)b')", False),
    ("regex.icontains('\u212a', 'k')", True),
    ("regex.contains(missing, 'x')", None),
    ("regex.contains('x', null)", None),
    ("regex.contains('x', null, 'x')", True),
    ("regex.match('abc', 'abc')", True),
    ("regex.match('abc', 'ab')", False),
    ("regex.match('abc', 'x', 'a.*')", True),
    ('regex.match("abc\\n", "abc")', False),
    ("regex.match('', '')", True),
    ("regex.match('ab', 'a|ab')", True),
    ("regex.imatch('ABC', 'abc|x')", True),
    ("regex.count('aaa', 'aa')", 1),
    ("regex.count('abc', '')", 4),
    ("regex.icount('aA', 'a')", 2),
    ("regex.count(missing, 'a')", None),
    ("length(regex.extract('k1 k2', 'k(.)'))", 2),
    ("regex.extract('k1 k2', 'k(.)')[1].full_match", "k2"),
    ("regex.extract('k1 k2', 'k(.)')[1].groups[0]", "2"),
    ("regex.extract('k1', '(?P<n>k)(x)?')[0].groups[1]", ""),
    ("regex.extract('k1', '(?P<n>k)(?P<o>x)?')[0].named_groups['o']", ""),
    ("regex.extract('k1', '(?<n>k)')[0].named_groups['n']", "k"),
    ("regex.extract('k1', 'k')[0].groups", ()),
    ("regex.extract('k1', 'k')[0].named_groups['none']", None),
    ("regex.extract('none', 'k')", ()),
    ("regex.extract(missing, 'k')", None),
    ("any(regex.extract(missing, 'k'), true)", None),
    ("regex.iextract('K1', 'k(.)')[0].groups[0]", "1"),
]
ENCODINGS: list[tuple[str, object]] = [
    # aHR0cHM6Ly9ldmlsLmV4YW1wbGUveA== is https://evil.example/x
    ("strings.scan_base64('a aHR0cHM6Ly9ldmlsLmV4YW1wbGUveA== b')", ("https://evil.example/x",)),
    ("strings.scan_base64('aHR0cHM6Ly9ldmlsLmV4YW1wbGUveA')", ()),
    (
        "strings.scan_base64('aHR0cHM6Ly9ldmlsLmV4YW1wbGUveA', ignore_padding=true)",
        ("https://evil.example/x",),
    ),
    ("length(strings.scan_base64('aHR0cHM6Ly9ldmlsLmV4YW1wbGUveA== aGVsbG8gd29ybGQhISEh'))", 2),
    ("strings.scan_base64('')", ()),
    ("strings.scan_base64('plain words only here')", ()),
    ("strings.scan_base64(missing)", None),
    ("strings.scan_base64('aABlAGwAbABvACEA')", ()),
    ("strings.scan_base64('aABlAGwAbABvACEA', encodings=['ascii', 'utf16-le'])", ("hello!",)),
    ("strings.scan_base64('Pz8_Pz8-Pz8_Pz8-', format='url')", ("?????>?????>",)),
    ("strings.scan_base64('Pz8_Pz8-Pz8_Pz8-')", ()),
    (
        'strings.scan_base64("aHR0cHM6Ly9ldmls\\nLmV4YW1wbGUveA==", multiline=true)',
        ("https://evil.example/x",),
    ),
    ("beta.scan_base64('aHR0cHM6Ly9ldmlsLmV4YW1wbGUveA==')", ("https://evil.example/x",)),
    ("strings.decode_base64('aGVsbG8=')", "hello"),
    ("strings.decode_base64(' aGVsbG8= ')", "hello"),
    ("strings.decode_base64('x aGVsbG8=')", None),
    ("strings.decode_base64('')", ""),
    ("strings.decode_base64('/w==')", None),
    ("strings.decode_base64('aABpAA==', encodings=['utf16-le'])", "hi"),
    ("strings.decode_base64(missing)", None),
    (
        "hash.sha256('abc')",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    (
        "hash.sha256('é')",
        "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c",
    ),
    ("hash.sha256(missing)", None),
]
NETWORKS: list[tuple[str, object]] = [
    ("beta.ip_in('192.0.2.7', '192.0.2.7')", True),
    ("beta.ip_in('192.0.2.7', '192.0.2.0/29')", True),
    ("beta.ip_in('192.0.2.8', '192.0.2.0/29')", False),
    ("beta.ip_in('192.0.2.7', '192.0.2.7/24')", True),
    ("beta.ip_in('192.0.2.7', 'nonsense', '0.0.0.0/0')", True),
    ("beta.ip_in('192.0.2.7', 'nonsense')", False),
    ("beta.ip_in('192.0.2.7', '2001:db8::/32')", False),
    ("beta.ip_in('2001:db8::7', '2001:db8::/32')", True),
    ("beta.ip_in('2001:DB8:0::7', '2001:db8::7')", True),
    ("beta.ip_in(ip, '192.0.2.0/24')", True),
    ("beta.ip_in(no_ip, '192.0.2.0/24')", None),
    ("beta.ip_in('', '192.0.2.0/24')", None),
    ("beta.ip_in(missing, '192.0.2.0/24')", None),
]
ARRAYS: list[tuple[str, object]] = [
    ("distinct(['b', 'a', 'b'])", ("b", "a")),
    ("distinct([1, 1.0, 2])", (1, 2)),
    ("distinct(['a', 'A'])", ("a", "A")),
    ("distinct(['aa', 'b', 'cc'], length(.))", ("aa", "b")),
    ("distinct([null, 'a', null])", (None, "a")),
    ("length(distinct(map(['x.example', 'x.example'], strings.parse_domain(.))))", 1),
    ("flatten([[1, [2, [3]]], []])", (1, 2, 3)),
    ("flatten([1, 2])", (1, 2)),
    ("sum([1, 2, null])", 3),
    ("sum([0.5, 0.25])", 0.75),
    ("sum(map(['a', 'bb'], length(.)))", 3),
    ("sum(['a', 'bb'], length(.))", 3),
    ("ratio([1, 2, 3, 4], . > 2)", 0.5),
    ("ratio([null, 2], . > 1)", 0.5),
    ("filter(['a', null, 'b'], . != 'a')", ("b",)),
    ("map([1, null], . == 1)", (True, None)),
    ("coalesce(missing, null, '')", ""),
    ("coalesce(missing, false)", False),
    ("coalesce(ip, no_ip).ip", "192.0.2.7"),
    ("keys(strings.parse_url('https://x.example/?b=1&a=2&b=3').query_params_decoded)", ("b", "a")),
    (
        "flatten(values(strings.parse_url('https://x.example/?b=1&a=2&b=3').query_params_decoded))",
        ("1", "3", "2"),
    ),
    ("any([], null)", False),
    ("all([], null)", True),
    ("any(['ab', 'cd'], any(['b', 'x'], strings.contains(.., .)))", True),
]
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
TABLES = {
    "strings": STRINGS,
    "parsing": PARSING,
    "regexes": REGEXES,
    "encodings": ENCODINGS,
    "networks": NETWORKS,
    "arrays": ARRAYS,
    "pages": PAGES,
    "files": FILES,
}
CELLS = [(source, expected) for table in TABLES.values() for source, expected in table]


@pytest.fixture(scope="module")
def found(evaluator: Evaluator) -> Callable[[str], object]:
    message = Pure()

    def evaluated(source: str) -> object:
        value = evaluator(parse(source), message, NoCapabilities())
        return set(value.causes) if isinstance(value, Unknown) else value

    return evaluated


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_cell(found: Callable[[str], object], source: str, expected: object) -> None:
    value = found(source)
    assert value == expected
    assert type(value) is type(expected)


def test_every_pure_function_has_a_cell() -> None:
    names = {name for name, one in FUNCTIONS.items() if one.source is Source.PURE}
    assert {name for name in names if not any(f"{name}(" in source for source, _ in CELLS)} == set()
