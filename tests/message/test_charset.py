"""Declared, undeclared and false charsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.charset import codec_for, decode


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("Grüße".encode("latin-1"), "iso-8859-1", "Grüße"),
        (b"\x93quoted\x94", "iso-8859-1", "“quoted”"),
        ("中文".encode("gb18030"), "gb2312", "中文"),
        ("日本".encode("cp932"), "Shift_JIS", "日本"),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本"),
        (b"+AOQ-", "unicode-1-1-utf-7", "ä"),
        ("Grüße".encode(), None, "Grüße"),
        ("Grüße".encode("cp1252"), "us-ascii", "Grüße"),
        ("Grüße".encode("utf-16"), None, "Grüße"),
        ("Grüße".encode(), "windows-1251x", "Grüße"),
        (b"caf\x81", None, "caf\x81"),
    ],
)
def test_text_is_read_as_it_was_meant(data: bytes, declared: str | None, text: str) -> None:
    assert decode(data, declared)[0] == text


def test_latin_text_that_says_utf_8_keeps_its_letters() -> None:
    text, _, defects = decode("über Größe".encode("latin-1"), "utf-8")
    assert text == "über Größe"
    assert [defect.code for defect in defects] == ["charset-mismatch"]


def test_one_broken_byte_does_not_cost_the_rest_of_utf_8() -> None:
    assert decode("Größe über alles ".encode() + b"\xff", "utf-8")[0] == "Größe über alles \ufffd"


@pytest.mark.parametrize(
    "label",
    ["idna", "punycode", "unicode_escape", "hex", "zlib", "rot13", "undefined", "a\0b", "é"],
)
def test_what_computes_is_no_charset(label: str) -> None:
    assert codec_for(label) is None


@given(st.binary(max_size=200), st.none() | st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_bytes_under_any_label_become_text(data: bytes, label: str | None) -> None:
    assert isinstance(decode(data, label)[0], str)


def test_half_a_character_is_replaced_and_whole_ones_are_joined() -> None:
    lone, _, defects = decode(b"a+2AA-b", "utf-7")
    assert lone == "a\ufffdb"
    assert [one.code for one in defects] == ["half-characters"]
    assert decode("a\U0001f600".encode("utf-7"), "utf-7")[::2] == ("a\U0001f600", ())


RUSSIAN = "Уважаемый клиент, подтвердите оплату счёта сегодня до шести часов вечера."


@pytest.mark.parametrize("codec", ["koi8-r", "cp1251"])
def test_an_undeclared_charset_is_told_by_its_letters(codec: str) -> None:
    read = decode(RUSSIAN.encode(codec), None)
    assert read.text == RUSSIAN
    assert [one.code for one in read.defects] == ["undeclared-8bit"]


def test_a_few_letters_tell_nothing() -> None:
    assert decode("déjà vu".encode("cp1252"), None).text == "déjà vu"


def test_a_page_names_its_charset() -> None:
    page = '<html><meta charset="windows-1251"><p>Да</p>'.encode("cp1251")
    assert "Да" in decode(page, None, is_html=True).text
    assert decode(page, None, is_html=True).codec == "windows-1251"
    assert "Да" not in decode(page, None).text


def test_rubbish_around_a_label_is_left_out() -> None:
    read = decode("Да".encode("cp1251"), "=windows-1251 <b>")
    assert (read.text, read.codec) == ("Да", "windows-1251")
    assert [one.code for one in read.defects] == ["unknown-charset"]
