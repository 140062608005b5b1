"""Functions by example: what a rule sees."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.mql.functions.declare import FUNCTIONS, Nulls, Source
from chaffinch.mql.functions.patterns import PatternError, compiled
from chaffinch.mql.functions.regexes import RegexMatch
from chaffinch.mql.values import fold

HTML = '<div class=a>hi <b>x</b><!--c--><a href="https://evil.example/">k</a></div>'
CELLS: list[tuple[str, object]] = [
    ("strings.like('axb', '*a?b*')", True),
    ("strings.ilike('x AxB', '*a?b*')", True),
    ("strings.like('a*b', '*a?b')", True),
    ("strings.contains('abc', 'x', 'bc')", True),
    ("strings.contains('abc', 'B')", False),
    ("strings.icontains('aBc', 'X', 'Bc')", True),
    ("strings.icontains('STRAẞE', 'straße')", True),
    ("strings.starts_with('abc', 'ab')", True),
    ("strings.istarts_with('ABC', 'ab')", True),
    ("strings.ends_with('abc', 'bc')", True),
    ("strings.iends_with('ABC', 'bc')", True),
    ("strings.like('one\ntwo', 'one*two')", True),
    ("strings.like('one two', '*e t*')", True),
    ("strings.like('one', 'on?')", True),
    ("strings.like('one', 'on')", False),
    ("strings.like('a.c', 'a.c') and not strings.like('abc', 'a.c')", True),
    ("strings.ilike('Invoice 1', '*INVOICE*', 'x')", True),
    ("ilike('Invoice', 'in*')", True),
    ("strings.like('a[c]', '*[c]')", True),
    ("strings.count('aaaa', 'aa')", 2),
    ("strings.icount('aAaA', 'AA')", 2),
    ("strings.count('abc', '')", 0),
    ("strings.levenshtein('kitten', 'sitting')", 3),
    ("strings.ilevenshtein('ACME', 'acne')", 1),
    ("strings.concat('a', 'b', 'c')", "abc"),
    ('strings.replace_confusables("\\u{0440}\\u{0430}y café")', "pay café"),
    ("strings.parse_domain('mail.acme.co.uk').root_domain", "acme.co.uk"),
    ("strings.parse_domain('acme.example').error is null", True),
    ("strings.parse_domain('no host').error is null", False),
    ("strings.parse_url('https://evil.example/p?q=1').domain.root_domain", "evil.example"),
    ("strings.parse_url('evil.example/p')", None),
    ("strings.parse_url('evil.example/p', strict=false).path", "/p"),
    ("strings.parse_url('mailto:jane@acme.example')", None),
    ("strings.parse_email('Jane@Acme.example').domain.domain", "acme.example"),
    ("strings.parse_email('nobody')", None),
    ("regex.contains('a\nb', 'a.b')", False),
    ("regex.contains('a\nb', '(?s)a.b')", True),
    ("regex.icontains('ABC', 'x', 'b+')", True),
    ("regex.match('abc', 'b') or regex.match('abc', 'a.c')", True),
    ("regex.match('abc', 'b')", False),
    ("regex.match('ab', 'a|ab')", True),
    ("regex.imatch('ABC', 'abc')", True),
    ("regex.count('aXbX', 'X')", 2),
    ("regex.icount('axbX', 'X')", 2),
    ("regex.contains('abc', '(')", False),
    (
        "regex.extract('k=v', '(?P<key>k)=(v)(w)?')",
        (RegexMatch("k=v", ("k", "v", ""), {"key": "k"}),),
    ),
    ("regex.iextract('K', '(?P<key>k)')[0].named_groups['key']", "K"),
    ("regex.extract('none', 'x')", ()),
    ("any([1, 2], . == 2)", True),
    ("all([[1], [2]], any(., . < ...))", None),
    ("any([1, 2], any([2, 3], . == ..))", True),
    ("any([1, 5], ratio([1, 2], . > ..) == 0.5)", True),
    ("any([2], sum([1, 3], . * ..) == 8)", True),
    ("map([1, 2], sum([10, 20], . + sum([..], . * ...)))", (32, 38)),
    ("length(distinct([3, 4, 5], ratio([1, 2], . + .. > 5)))", 3),
    ("distinct(['b', 'a', 'b', 'B'])", ("b", "a", "B")),
    ("distinct([1, true, 1.0, '1'])", (1, True, "1")),
    ("distinct(['bb', 'a', 'cc'], length(.))", ("bb", "a")),
    ("length(distinct(map(links, .href_url.domain)))", 2),
    ("flatten([[1], [2, [3]], null, 4])", (1, 2, 3, 4)),
    ("sum(map(['a', 'bb'], length(.)))", 3),
    ("sum([1, 2.5])", 3.5),
    ("keys(links[0].href_url.query_params_decoded)", ("k",)),
    ("flatten(values(links[0].href_url.query_params_decoded))", ("v", "w")),
    ("filter([sender.display_name], true)", ("Eve Example",)),
    ("hash.sha256('')", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("strings.decode_base64('aGVsbG8=')", "hello"),
    ("strings.decode_base64('aGVsbG8')", None),
    ("strings.decode_base64('aGVsbG8', ignore_padding=true)", "hello"),
    ("strings.decode_base64('no!')", None),
    ("strings.scan_base64('x aHR0cHM6Ly9ldmlsLmV4YW1wbGU= y')", ("https://evil.example",)),
    ("strings.scan_base64('nothing here')", ()),
    ("beta.scan_base64('aABlAGwAbABvACEA', encodings=['utf16-le'])", ("hello!",)),
    ('strings.parse_json(\'{"a": [1, {"b": null}]}\').a[0]', 1),
    ("strings.parse_json('{')", None),
    ("strings.parse_json('[[[')", None),
    ("beta.ip_in('192.0.2.7', '198.51.100.0/24', '192.0.2.0/24')", True),
    ("beta.ip_in('192.0.2.7', '192.0.2.8')", False),
    ("beta.ip_in('2001:db8::1', '192.0.2.0/24', '2001:db8::/32')", True),
    ("beta.ip_in('no address', '192.0.2.0/24')", None),
    (f"strings.parse_html('{HTML}').display_text", "hi xk"),
    (f"html.xpath(strings.parse_html('{HTML}'), '//b').nodes[0].raw", "<b>x</b>"),
    (f"html.xpath(strings.parse_html('{HTML}'), '//b').nodes[0].display_text", "x"),
    (f"map(html.xpath(strings.parse_html('{HTML}'), '//@class').nodes, .raw)", ("a",)),
    (f"map(html.xpath(strings.parse_html('{HTML}'), '//comment()').nodes, .raw)", ("c",)),
    (
        f"html.xpath(strings.parse_html('{HTML}'), '//div').nodes[0].links[0]"
        ".href_url.domain.domain",
        "evil.example",
    ),
    ("html.xpath(strings.parse_html('x'), '//a]') is null", True),
    ("html.xpath(missing, '//a')", None),
    # what a message makes of them at run time never raises
    ("strings.icontains(strings.parse_json('5'), 'x')", None),
    ("strings.count(strings.parse_json('5'), 'x')", None),
    ("keys(strings.parse_json('5'))", None),
    ("any(strings.parse_json('5'), true)", None),
    ("flatten(strings.parse_json('5'))", (5,)),
    ("length(strings.parse_json('5'))", None),
    ("strings.scan_base64('x', format=strings.parse_json('[]'))", None),
    ("strings.parse_json('{}') in strings.parse_json('5')", None),
    ("strings.parse_json('[1]')['a']", None),
    ("strings.parse_json('\"a\"') + 1", None),
]


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_cell(value_of: Callable[..., object], source: str, expected: object) -> None:
    # a raw line feed cannot stand in a rule
    found = value_of(source.replace("'one\ntwo'", '"one\\ntwo"').replace("'a\nb'", '"a\\nb"'))
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    ["", "\ud800", "\0", "a" * 100_000, "ﬁ İ ß K", "(", "\U0010ffff"],
    ids=lambda text: repr(text[:9]),
)
@pytest.mark.parametrize(
    "name",
    [
        name
        for name, function in FUNCTIONS.items()
        if function.source is Source.PURE and not function.per_element
    ],
)
def test_no_text_makes_a_pure_function_raise(
    value_of: Callable[..., object], name: str, text: str
) -> None:
    count = max(FUNCTIONS[name].at_least, 2 if FUNCTIONS[name].rest else 1)
    arguments = ", ".join(["signals.text"] * count)
    value_of(f"{name}({arguments})", signals={"text": text[:40_000]})


def test_every_pattern_function_is_case_blind_by_name() -> None:
    blind = {name for name in FUNCTIONS if name.split(".")[-1].startswith("i")}
    assert blind >= {"regex.imatch", "strings.ilike", "ilike"}
    assert all(FUNCTIONS[name].nulls in Nulls for name in blind)


def test_re2_refuses_what_it_cannot_do_in_linear_time() -> None:
    with pytest.raises(PatternError, match="invalid perl operator"):
        compiled("(?=a)b")


def test_folding_is_that_of_each_character_by_itself() -> None:
    points = [point for point in range(0x110000) if not 0xD800 <= point < 0xE000]
    for point in points:
        character = chr(point)
        forms = (character.casefold(), character.lower())
        alone = next((form for form in forms if len(form) == 1), character)
        assert fold(f"A{character}") == f"a{alone}", hex(point)


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("A\u03c3\u03c2\u0130ÄäK\ud800")),
        min_size=1,
        max_size=8,
    )
)
def test_folding_a_long_text_is_folding_its_characters(text: str) -> None:
    folded = "".join(map(fold, text))
    for filling in ("<A HREF>", "\u043e"):
        assert fold(filling * 300 + text) == fold(filling) * 300 + folded
