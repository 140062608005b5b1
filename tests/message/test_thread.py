"""What the author wrote now is told from what is quoted."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chaffinch.message.html import read_html
from chaffinch.message.thread import BANNER, CURRENT, PREAMBLE, Threads, cut

ATTRIBUTIONS = {
    "english": "On Mon, May 5, 2025 at 10:12 AM Ada Lovelace <ada@acme.example> wrote:",
    "english wrapped": "On Mon, May 5, 2025 at 10:12 AM Ada Lovelace\n<ada@acme.example> wrote:",
    "german": "Am Mo., 5. Mai 2025 um 10:12 Uhr schrieb Ada Lovelace <ada@acme.example>:",
    "french": "Le lun. 5 mai 2025 à 10:12, Ada Lovelace <ada@acme.example> a écrit :",
    "spanish": "El lun, 5 may 2025 a las 10:12, Ada Lovelace (<ada@acme.example>) escribió:",
    "italian": "Il giorno lun 5 mag 2025 alle ore 10:12 Ada Lovelace <ada@acme.example> "
    "ha\nscritto:",
    "dutch": "Op ma 5 mei 2025 om 10:12 schreef Ada Lovelace <ada@acme.example>:",
    "portuguese": "Em seg., 5 de mai. de 2025 às 10:12, Ada Lovelace <ada@acme.example>\nescreveu:",
    "danish": "Den man. 5. maj 2025 kl. 10.12 skrev Ada Lovelace <ada@acme.example>:",
    "swedish": "Den mån 5 maj 2025 kl 10:12 skrev Ada Lovelace <ada@acme.example>:",
    "polish": "pon., 5 maj 2025 o 10:12 Ada Lovelace <ada@acme.example> napisał(a):",
    "finnish": "ma 5. toukok. 2025 klo 10.12 Ada Lovelace <ada@acme.example> kirjoitti:",
    "russian": "\u043f\u043d, 5 \u043c\u0430\u044f 2025, 10:12, "
    "Ada Lovelace <ada@acme.example> \u043f\u0438\u0448\u0435\u0442:",
}


@pytest.mark.parametrize("attribution", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["> ", ""], ids=["quoted", "bare"])
def test_attributions_end_the_current_text(attribution: str, mark: str) -> None:
    threads = cut(f"Fine by me.\n\n{attribution}\n{mark}Lunch?\n{mark}Ada\n")
    assert threads.current == "Fine by me."
    (quoted,) = threads.quoted
    assert quoted.text == "Lunch?\nAda"
    assert quoted.preamble is not None
    assert "ada@acme.example" in quoted.preamble.sender
    assert "Ada Lovelace" in quoted.preamble.sender
    assert "10" in (quoted.preamble.date or "")


LABELS = {
    "english": ("From", "Sent", "To", "Cc", "Subject"),
    "german": ("Von", "Gesendet", "An", "Cc", "Betreff"),
    "french": ("De", "Envoyé", "À", "Cc", "Objet"),
    "spanish": ("De", "Enviado el", "Para", "CC", "Asunto"),
    "italian": ("Da", "Inviato", "A", "Cc", "Oggetto"),
    "dutch": ("Van", "Verzonden", "Aan", "CC", "Onderwerp"),
    "portuguese": ("De", "Enviada em", "Para", "Cc", "Assunto"),
    "swedish": ("Från", "Skickat", "Till", "Kopia", "Ämne"),
    "danish": ("Fra", "Sendt", "Til", "Cc", "Emne"),
    "polish": ("Od", "Wysłano", "Do", "DW", "Temat"),
    "russian": ("От", "Отправлено", "Кому", "Копия", "Тема"),
    "chinese": ("发件人", "发送时间", "收件人", "抄送", "主题"),
    "japanese": ("差出人", "送信日時", "宛先", "CC", "件名"),
}


@pytest.mark.parametrize("labels", LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("bold", ["", "*"])
def test_header_blocks_end_the_current_text(labels: tuple[str, ...], bold: str) -> None:
    values = ("Ada <ada@acme.example>", "5 May 2025 10:12", "Bob;\n Carl", "Dee", "RE: Lunch")
    block = "\n".join(
        f"{bold}{label}:{bold} {value}" for label, value in zip(labels, values, strict=True)
    )
    threads = cut(f"Yes.\n________________________________\n{block}\n\nNoon?")
    assert threads.current == "Yes."
    (quoted,) = threads.quoted
    said = quoted.preamble
    assert said is not None
    assert (said.sender, said.to, said.cc, said.subject, said.date) == (
        "Ada <ada@acme.example>",
        "Bob; Carl",
        "Dee",
        "RE: Lunch",
        "5 May 2025 10:12",
    )
    assert quoted.text == "Noon?"


@pytest.mark.parametrize(
    "separator",
    [
        "-----Original Message-----",
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-----Ursprüngliche Nachricht-----",
        "-------- Message d'origine --------",
        "-----Messaggio originale-----",
        "-----Oorspronkelijk bericht-----",
        "-----Mensagem original-----",
    ],
)
def test_separators_begin_a_quoted_message(separator: str) -> None:
    threads = cut(f"Look\n\n{separator}\nFrom: Ada <ada@acme.example>\nSubject: Hi\n\nBody")
    assert threads.current == "Look"
    assert [(each.text, each.preamble and each.preamble.subject) for each in threads.quoted] == [
        ("Body", "Hi")
    ]


def test_notes_blocks_begin_a_quoted_message() -> None:
    text = (
        "See below\n---------------------- Forwarded by Ada Lovelace/LON/ACME on 04/03/2001 \n"
        "03:25 PM ---------------------------\n\n\nBob Smith\n04/02/2001 08:30 AM\n"
        "To: Ada Lovelace/LON/ACME@ACME, \nDee/LON/ACME\ncc: \n\nSubject: Gas\n\nText\n\n"
        '"Carl" <carl@acme.example> on 04/01/2001 03:18:01 PM\nTo: Bob\ncc:\nSubject: Oil\n\nOlder'
    )
    threads = cut(text)
    assert threads.current == "See below"
    assert [each.text for each in threads.quoted] == ["Text", "Older"]
    senders = [each.preamble.sender for each in threads.quoted if each.preamble]
    assert senders == ["Bob Smith", '"Carl" <carl@acme.example>']


def test_the_other_notes_block_has_author_and_date_on_one_line() -> None:
    text = "Thanks\n\n\n\tFrom:  Ada Lovelace               10/11/2000 11:39 AM\n\t\n\n"
    threads = cut(text + "To: Bob/LON/ACME@ACME\ncc: \nSubject: Needs\n\nBob,\nplease call")
    assert threads.current == "Thanks"
    (quoted,) = threads.quoted
    assert quoted.text == "Bob,\nplease call"
    assert quoted.preamble is not None
    assert (quoted.preamble.sender, quoted.preamble.date) == ("Ada Lovelace", "10/11/2000 11:39 AM")


def test_indented_quote_marks_count() -> None:
    threads = cut("Ada <ada@acme.example> wrote:\n    > one\n    > two\n\nYes.")
    assert threads.current == "Yes."
    assert threads.quoted[0].text == "one\ntwo"


def test_answers_between_quotes_are_the_authors() -> None:
    threads = cut("Hi\nAda wrote:\n> one\nfirst\n> two\nsecond")
    assert threads.current == "Hi\nfirst\nsecond"
    assert [each.text for each in threads.quoted] == ["one\ntwo"]


def test_deeper_quotes_are_older_messages() -> None:
    threads = cut("Yes\nAda wrote:\n> Lunch?\n> Bob wrote:\n>> Hungry.\n> Me too.\nBye")
    assert threads.current == "Yes\nBye"
    assert [each.text for each in threads.quoted] == ["Lunch?\nMe too.", "Hungry."]


@pytest.mark.parametrize(
    "text",
    [
        "As I wrote: nothing is lost.\nBest, Ada",
        "From: London\nTo: Paris\nDate: Monday\nWe travel light.",
        "On Monday we open at 10:00.\nPlease note: bring your badge.",
        "To: be done\nSubject: to change",
        "-----\nAda Lovelace\nAcme",
        "one\n> bullet\ntwo",
        "Date: 5 May\nTime: 10:00\nPlace: Room 2",
    ],
)
def test_ordinary_text_is_not_cut(text: str) -> None:
    threads = cut(text)
    assert threads.quoted == ()
    assert threads.current.replace(">", "").split() == text.replace(">", "").split()


def test_a_message_that_is_all_quoted_by_nobody_is_the_authors() -> None:
    assert cut("> Please pay today.\n> Ada").current == "Please pay today.\nAda"


def test_quotes_of_markup_end_where_the_markup_ends() -> None:
    page = read_html(
        "<div>above</div><div class=gmail_quote><div>On Mon, May 5, 2025 at 10:12 AM Ada &lt;"
        "ada@acme.example&gt; wrote:</div><blockquote class=gmail_quote>old</blockquote></div>"
        "<div>below</div>"
    )
    threads = cut(page.display_text, page.quotes)
    assert threads.current == "above\nbelow"
    assert [each.text for each in threads.quoted] == ["old"]


def test_a_disguise_as_quote_is_seen_through() -> None:
    page = read_html('<blockquote type="cite">Your mailbox is full. Verify now.</blockquote>')
    threads = cut(page.display_text, page.quotes)
    assert threads.current == "Your mailbox is full. Verify now."
    assert threads.quoted == ()


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL]",
        "CAUTION: This email originated from outside of the organization. Do not click links.",
        "This message was sent from outside your organization.",
        "EXTERNAL EMAIL: Do not click any links unless you trust the sender.",
        "You don't often get email from ada@acme.example. Learn why this is important",
        "Achtung: Diese E-Mail stammt von einem externen Absender.",
        "ATTENTION : cet e-mail provient d'un expéditeur externe.",
    ],
)
def test_gateway_warnings_are_set_apart(banner: str) -> None:
    threads = cut(f"{banner}\n\nHello Bob,\nplease call.")
    assert threads.current == "Hello Bob,\nplease call."
    assert threads.banners == (banner,)
    assert threads.owner(0) == BANNER
    assert threads.owner(len(banner) + 4) == CURRENT


@pytest.mark.parametrize(
    "text",
    [
        "Our external auditors ask for the ledger.",
        "Important: the meeting is outside the main building today.",
        "Please send this from an external account.",
    ],
)
def test_sentences_about_outside_are_no_warnings(text: str) -> None:
    assert cut(text).banners == ()


PIECES = st.lists(
    st.sampled_from(
        [
            "> ",
            ">>",
            "On 5 May 2025 10:12, Ada <a@b.example> wrote:",
            "-----Original Message-----",
            "From: Ada <a@b.example>",
            "To: Bob",
            "Subject: Hi",
            "[EXTERNAL]",
            "Hello",
            "",
            "05/23/2001 03:18 PM",
            ">>> Ada 2/16/01 10:41 >>>",
        ]
    )
    | st.text(max_size=8),
    max_size=30,
).map("\n".join)


def _words(threads: Threads) -> list[str]:
    pieces = [threads.current, *threads.banners]
    for each in threads.quoted:
        pieces += [each.text, *each.banners, each.preamble.text if each.preamble else ""]
    return " ".join(pieces).replace(">", " ").split()


@settings(max_examples=200)
@given(PIECES)
@example("[EXTERNAL] x\n[EXTERNAL]")
def test_no_word_is_lost_or_doubled(text: str) -> None:
    threads = cut(text)
    assert threads == cut(text)
    assert sorted(_words(threads)) == sorted(text.replace(">", " ").split())


@given(PIECES)
def test_every_line_has_exactly_one_owner(text: str) -> None:
    threads = cut(text)
    lines = text.split("\n")
    if not threads.owners:
        assert threads.current == text.strip()
        return
    assert len(threads.owners) == len(threads.starts) == len(lines)
    assert set(threads.owners) <= {CURRENT, BANNER, PREAMBLE, *range(len(threads.quoted))}
    for owner, its_text in enumerate(each.text for each in threads.quoted):
        its = [line for line, whose in zip(lines, threads.owners, strict=True) if whose == owner]
        told = f"{its_text} {' '.join(threads.quoted[owner].banners)}"
        assert sorted(told.replace(">", " ").split()) == sorted(
            " ".join(its).replace(">", " ").split()
        )


MARKS = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 4)), max_size=8).map(sorted)


@given(PIECES, MARKS, st.booleans())
def test_no_word_is_lost_whatever_the_markup(
    text: str, marks: list[tuple[int, int]], is_answer: bool
) -> None:
    threads = cut(text, marks, is_answer=is_answer)
    assert sorted(_words(threads)) == sorted(text.replace(">", " ").split())
    if not is_answer and not any(each.preamble for each in threads.quoted):
        assert threads.quoted == ()


def test_quotes_nobody_announced_count_in_answers_only() -> None:
    text = "Your prize:\n> Click here now.\n> It is yours.\nAda"
    assert cut(text).current == "Your prize:\nAda"
    assert cut(text, is_answer=False).current == "Your prize:\nClick here now.\nIt is yours.\nAda"


def test_an_answer_inside_a_chained_message_is_not_the_authors() -> None:
    text = (
        "See below.\n\nFrom: Ada <ada@acme.example>\nSent: Monday\nTo: Bob\nSubject: RE: Hi\n\n"
        "> Lunch?\nYes.\n"
    )
    threads = cut(text)
    assert threads.current == "See below."
    assert threads.quoted[0].text == "Lunch?\nYes."


LINES = (
    "\n",
    ">\n",
    "From: a@b.example\nTo:\n",
    "On a\n",
    "To: a\n",
    "01/01/2001 10:00\n",
    "a: b\n",
    "------------\n",
    "____________\n\n",
    "On 5 May 2025 10:12, x wrote:\n",
    "> a wrote:\n>> b\n",
    ">",
    "> ",
    "On 5 May 2025 10:12 Ada\n<a@b.example> wrote:\n",
    "CAUTION: external sender\n",
    "wrote ",
    "<a@b.example>: ",
    "    a\n",
    "\r\n",
    "01/01/2001 10:00 AM\nTo: a\nSubject: b\n",
)


@pytest.mark.parametrize("line", LINES)
def test_a_megabyte_is_cut_in_linear_time(line: str) -> None:
    text = line * (1_000_000 // len(line))
    started = time.process_time()
    cut(text)
    assert time.process_time() - started < 1.5


def test_a_hundred_thousand_marks_of_markup_are_read_in_linear_time() -> None:
    text = "a\n" * 40_000
    started = time.process_time()
    cut(text, [(place, place % 3) for place in range(100_000)])
    assert time.process_time() - started < 1.5
