"""Subjects in many languages."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.subject import subject

REPLIES = ["Re", "RE", "Aw", "SV", "Antw", "Res", "R", "Rif", "Odp", "YNT", "RE[2]", "Re^3"]
REPLIES += ["回复", "答复", "Отв", "Odg", "Ats", "השב", "회신", "ตอบกลับ", "Trả lời", "Antw."]


@pytest.mark.parametrize("mark", [*REPLIES, "Re (4)"])
def test_reply_marks_are_taken_off(mark: str) -> None:
    found = subject(f"{mark}: the plan")
    assert (found.base, found.is_reply, found.is_forward) == ("the plan", True, False)


@pytest.mark.parametrize(
    "mark", ["Fwd", "FW", "Wg", "TR", "I", "RV", "Enc", "Doorst", "VS", "转发", "ส่งต่อ", "Edasi"]
)
def test_forward_marks_are_taken_off(mark: str) -> None:
    found = subject(f"{mark}: the plan")
    assert (found.base, found.is_reply, found.is_forward) == ("the plan", False, True)


@pytest.mark.parametrize(
    ("text", "base", "tags"),
    [
        ("[EXT] Re: [list] (urgent) pay", "pay", ("EXT", "list", "urgent")),
        ("Re: re : RE: pay", "pay", ()),
        ("回复\uff1a合同", "合同", ()),
        ("Reminder: pay", "Reminder: pay", ()),
        ("Invoice: RE: pay", "Invoice: RE: pay", ()),
        ("(no subject)", "(no subject)", ("no subject",)),
        ("Fw:", "", ()),
        ("", "", ()),
    ],
)
def test_the_base_is_what_remains(text: str, base: str, tags: tuple[str, ...]) -> None:
    found = subject(text)
    assert (found.subject, found.base, found.tags) == (text, base, tags)


@pytest.mark.parametrize(
    "text",
    [
        "Automatic reply: Hi",
        "Out of Office",
        "Automatische Antwort: Hi",
        "自动回复: 你好",
        "OOO - back Monday",
        "Automatisk svar : Hej",
        "Автоматична відповідь: Вітаю",
        "부재중: 안녕하세요",
        "Răspuns automat",
    ],
)
def test_automatic_answers_are_known(text: str) -> None:
    assert subject(text).is_auto_reply


@pytest.mark.parametrize("text", ["Automatic replying machines", "Ooops: sorry", "Ref: invoice 7"])
def test_what_only_looks_like_a_mark_is_none(text: str) -> None:
    found = subject(text)
    assert (found.base, found.is_reply, found.is_auto_reply) == (text, False, False)


def test_the_text_behind_an_automatic_mark_is_the_base() -> None:
    found = subject("Automatische  Antwort: AW: Rechnung")
    assert (found.base, found.is_reply, found.is_auto_reply) == ("Rechnung", True, True)


def test_a_header_can_say_that_the_answer_is_automatic() -> None:
    assert not subject("Hi").is_auto_reply
    assert subject("Hi", is_automatic=True).is_auto_reply


def test_a_trailing_fwd_is_a_forward() -> None:
    assert subject("the plan (fwd)").is_forward


@given(st.text(alphabet="Re: Fwd[]()1x\t", max_size=60))
@settings(max_examples=150, deadline=None)
def test_reading_the_base_again_changes_nothing_but_marks(text: str) -> None:
    found = subject(text)
    assert found.subject == text
    assert found.base in text


@pytest.mark.parametrize("piece", ["Re: ", "[a] ", "[", "Re", "(", "Re[", " "])
def test_hostile_subjects_take_linear_time(piece: str) -> None:
    started = time.process_time()
    subject(piece * 200_000)
    assert time.process_time() - started < 1


def test_urls_written_in_a_subject_are_read() -> None:
    found = subject("Re: pay at www.evil.example/a or https://b.example now")
    assert [one.url for one in found.urls] == ["http://www.evil.example/a", "https://b.example/"]
    assert subject("no address here").urls == ()
