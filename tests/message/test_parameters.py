"""Parameters of Content-Type and Content-Disposition."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.parameters import file_name, parametrised


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ('text/plain; charset="utf-8"', "charset", "utf-8"),
        ("text/plain;charset = utf-8 ; x=1", "charset", "utf-8"),
        ('a/b; name="a;b.pdf"', "name", "a;b.pdf"),
        ('a/b; name="a\\"b.pdf"', "name", 'a"b.pdf'),
        ('a/b; name="never closed.pdf', "name", "never closed.pdf"),
        ("a/b; name=two words.pdf; x=y", "name", "two words.pdf"),
        ("a/b; name=first; name=second", "name", "first"),
        ("a; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", "filename", "Grüße.pdf"),
        ("a; filename*0=one; filename*1=two", "filename", "onetwo"),
        ("a; filename*1=two; filename*0=one", "filename", "onetwo"),
        ("a; filename*0*=utf-8''%C3; filename*1*=%BC", "filename", "ü"),
        ("a; filename*=utf-8'missing", "filename", "utf-8'missing"),
        ("a; ;;=x; name=ok", "name", "ok"),
    ],
)
def test_parameters_are_read(written: str, name: str, value: str) -> None:
    assert parametrised(written).parameters[name] == value


def test_the_value_is_lower_case_without_comment() -> None:
    assert parametrised("Text/HTML (a comment); x=1").value == "text/html"


def test_the_disposition_names_the_file_before_the_type() -> None:
    disposition, kind = parametrised("attachment; filename=a.pdf"), parametrised("x/y; name=b.exe")
    assert file_name(disposition, kind) == "a.pdf"
    assert file_name(parametrised("attachment"), kind) == "b.exe"
    assert file_name(parametrised(""), parametrised("x/y")) is None


def test_encoded_words_in_a_name_are_decoded() -> None:
    written = parametrised('attachment; filename="=?utf-8?B?R3LDvMOfZQ==?=.pdf"')
    assert file_name(written, parametrised("")) == "Grüße.pdf"


@given(st.text(alphabet="ab*01=;'\"\\% /", max_size=100))
@settings(max_examples=200, deadline=None)
def test_any_value_is_read(text: str) -> None:
    found = parametrised(text)
    assert found.value == found.value.lower()


@pytest.mark.parametrize("piece", ["a=b;", 'a="', "=;", "a*0=b;", '"', "a*"])
def test_hostile_values_take_linear_time(piece: str) -> None:
    started = time.process_time()
    parametrised("x/y;" + piece * 100_000)
    assert time.process_time() - started < 1


WORDS = st.text(alphabet="ab/.-=_ \"';(A", max_size=8)


@given(WORDS, WORDS, WORDS, st.booleans())
def test_the_usual_way_and_the_careful_way_read_alike(
    kind: str, name: str, value: str, quoted: bool
) -> None:
    written = f'{kind}; {name}="{value}"' if quoted else f"{kind}; {name}={value}"
    careful = parametrised(f"{written} ;")
    if not written.rstrip().endswith(";") and written.count('"') % 2 == 0:
        assert parametrised(written) == careful
