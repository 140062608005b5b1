"""Gateway warnings are known, and only they."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.message.banner import banners_in, inline_mark
from chaffinch.message.tells import tells

WARNINGS = (
    "[EXTERNAL]",
    "*** EXTERNAL EMAIL ***",
    "(EXT)",
    "External Sender",
    "CAUTION: External email. Do not click links.",
    "WARNING: This e-mail originated outside of Acme Corporation.",
    "EXTERNAL EMAIL: Use caution with links and attachments.",
    "This message is from an external sender.",
    "The sender of this message is external to your organization.",
    "Externe E-Mail",
    "Vorsicht: externer Absender",
    "Diese E-Mail wurde von außerhalb der Organisation gesendet.",
    "Courriel externe",
    "Ce courriel provient de l\u2019extérieur de votre organisation.",
    "Este correo fue enviado desde fuera de la organización.",
    "Questo messaggio proviene da un mittente esterno.",
    "Dit bericht is verzonden van buiten de organisatie.",
    "Esta mensagem foi enviada de fora da organização.",
    "Denne e-posten kommer fra en ekstern avsender.",
    "Tento e-mail přišel z externí adresy.",
    "Bu e-posta kuruluş d\u0131\u015f\u0131ndan gönderilmiştir.",
    "Это письмо пришло извне организации.",
    "此邮件来自外部。",
    "Some people who received this message don't often get email from ada@acme.example.",
    "[Sie erhalten nicht häufig E-Mails von ada@acme.example. Weitere Informationen]",
)


@pytest.mark.parametrize("warning", WARNINGS)
def test_warnings_are_known(warning: str) -> None:
    assert tells(f"Hello\n{warning}")[1]
    assert [found.text for found in banners_in([warning, "", "Hello Bob"])] == [warning]


@pytest.mark.parametrize(
    "text",
    [
        "Our external auditors ask for the ledger.",
        "Important: the meeting is outside the main building today.",
        "External hard disk for sale",
        "Note: the extern arrives on Monday.",
        "This message is about the garden outside.",
        "Attention: the outside temperature is 30 degrees.",
        "We look for an external consultant.",
    ],
)
def test_ordinary_sentences_are_none(text: str) -> None:
    assert banners_in([text]) == ()


@pytest.mark.parametrize(
    "line",
    [
        "CAUTION: external sender. Pay $4,900 today.",
        "This message is from an external sender, call +1 202 555 0100 at once.",
        "External email: do not click, but open https://evil.example/now",
        "You don't often get email from us. " + "Send the codes. " * 20,
        "CAUTION: external sender. " + "x" * 500,
    ],
)
def test_a_warning_hides_no_payload(line: str) -> None:
    assert banners_in([line]) == ()


def test_microsofts_own_address_may_stand_in_its_tip() -> None:
    tip = (
        "You don't often get email from ada@acme.example. Learn why this is important at "
        "https://aka.ms/LearnAboutSenderIdentification"
    )
    assert [found.text for found in banners_in([tip])] == [tip]


def test_advice_goes_with_the_warning_and_text_does_not() -> None:
    lines = ["CAUTION", "External email", "Do not click links.", "Dear Bob,", "do not open it."]
    (found,) = banners_in(lines)
    assert (found.start, found.end) == (0, 3)


def test_warnings_are_looked_for_at_head_and_foot() -> None:
    middle = ["text"] * 200
    assert [found.start for found in banners_in([*middle, "[EXTERNAL]", *middle])] == []
    assert [found.start for found in banners_in([*middle, "[EXTERNAL]"])] == [200]


@given(st.lists(st.sampled_from([*WARNINGS, "", "Hello", "CAUTION"]), max_size=12))
def test_warnings_do_not_overlap(lines: list[str]) -> None:
    found = banners_in(lines)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(one.start < one.end for one in found)


@given(st.text(max_size=200))
def test_any_line_can_be_judged(text: str) -> None:
    inline_mark(text)
    assert len(banners_in(text.split("\n"))) == 0 or tells(text)[1]
