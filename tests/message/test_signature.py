"""Signatures and disclaimers are set apart, and never hide what asks for something."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.message.parse import parse
from chaffinch.message.signature import Piece, parted

PROGRAM_LINES = (
    "Sent from my iPhone",
    "Get Outlook for Android",
    "Von meinem iPhone gesendet",
    "Envoyé de mon iPad",
    "Enviado desde mi iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Enviado do meu iPhone",
    "Skickat från min iPhone",
    "Wysłane z iPhone'a",
    "Отправлено \u0441 iPhone",
    "iPhoneから送信",
    "发自我的 iPhone",
    "나의 iPhone에서 보냄",
)


@pytest.mark.parametrize("line", PROGRAM_LINES)
def test_what_programs_add_is_no_word_of_the_author(line: str) -> None:
    found = parted(f"Yes.\n\n{line}")
    assert (found.own, found.signature) == ("Yes.", line)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the quick answer.\nSee you on Tuesday at the usual place.",
        "Best practice is to ask first.\nWe do.",
        "This message is short.\nNothing else.",
        "-- not a signature --\nreally",
        "The notice says: this e-mail is green.",
        "Regards the invoice: it was paid.",
    ],
)
def test_ordinary_text_is_not_taken_apart(text: str) -> None:
    assert parted(text).own == text


REQUESTS = (
    "Please wire the deposit today.",
    "Click here to verify your password.",
    "Bitte überweisen Sie 4.900 €.",
    "Veuillez effectuer le virement.",
    "Buy five gift cards and send me the codes.",
    "Call me about the invoice.",
)


@pytest.mark.parametrize("request_line", REQUESTS)
@pytest.mark.parametrize(
    "above",
    [
        "-- \nAda Lovelace\nAcme\n",
        "Best regards,\nAda Lovelace\n",
        "Best regards,\nAda Lovelace\n\n",
        "CONFIDENTIALITY NOTICE: this e-mail is privileged.\n",
        "Sent from my iPhone\n",
        "Thanks\n",
        "--\n",
    ],
)
def test_a_request_below_stays_the_authors(above: str, request_line: str) -> None:
    assert request_line in parted(f"Hello.\n{above}{request_line}\nAda").own


def test_a_request_inside_a_program_line_stays_the_authors() -> None:
    line = "Sent from my iPhone, please buy gift cards"
    assert parted(f"Hi\n{line}").own == f"Hi\n{line}"


def test_the_public_text_keeps_signature_and_disclaimer() -> None:
    current = parse(
        b"Subject: x\r\nContent-Type: text/plain\r\n\r\nYes.\r\n-- \r\nAda\r\n\r\n"
        b"This e-mail is confidential.\r\n"
    ).body.current_thread
    assert current.text == "Yes.\n-- \nAda\n\nThis e-mail is confidential."
    assert (current.own_text, current.signature, current.disclaimer) == (
        "Yes.",
        "-- \nAda",
        "This e-mail is confidential.",
    )


PIECES = st.lists(
    st.sampled_from(
        [
            "-- ",
            "Best regards,",
            "Ada Lovelace",
            "Sent from my iPhone",
            "This e-mail is confidential and privileged.",
            "Please pay the invoice.",
            "Hello Bob, this is a longer sentence of the author, with a stop.",
            "",
        ]
    )
    | st.text(max_size=12),
    max_size=25,
).map("\n".join)


@given(PIECES)
def test_every_line_is_in_exactly_one_piece(text: str) -> None:
    found = parted(text)
    lines = text.split("\n")
    assert len(found.pieces) == len(lines)
    for piece, said in zip(Piece, (found.own, found.signature, found.disclaimer), strict=True):
        its = [line for line, owner in zip(lines, found.pieces, strict=True) if owner is piece]
        assert said.strip() == "\n".join(its).strip()


@given(PIECES)
def test_no_request_is_set_apart(text: str) -> None:
    found = parted(text)
    assert "Please pay the invoice." not in found.signature + found.disclaimer
    assert found.own.count("pay the invoice") == text.count("pay the invoice")


@pytest.mark.parametrize(
    "line",
    ["Thanks\n", "--\n", "this e-mail\n", "Sent from my x\n", "Thanks\n\n\n\n", "a\n",
     "this e-mail is confidential\n", "Best regards,\nAda\n"],
)  # fmt: skip
def test_a_megabyte_is_taken_apart_in_linear_time(line: str) -> None:
    text = line * (500_000 // len(line))
    started = time.process_time()
    parted(text)
    assert time.process_time() - started < 3
