"""What servers write above inserted mail: of one piece, and of the letter's own way."""

import re
from datetime import datetime

import pytest
from tests.simulate.insert.hosts import TENANT, Who, Writer, bare, history, with_files, with_traces

from chaffinch.core.errors import UsageError
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.simulate import Simulated
from chaffinch.simulate.declare import ATTACKS
from chaffinch.simulate.insert.insertion import InsertPlan, insert, moments_among

Inserted = list[tuple[Simulated, Message]]


def inserted_into(writer: Writer, newline: str = "\r\n") -> Inserted:
    mail = history(writer, newline)
    families = tuple(sorted(ATTACKS))
    moments = moments_among([one.received_at for one in mail], len(families))
    plan = InsertPlan(moments=moments, seed=3, families=families)
    return [(one, parse(one.raw, tenant=TENANT)) for one in insert(mail, TENANT, plan)]


@pytest.fixture(scope="module")
def traced() -> Inserted:
    return inserted_into(with_traces)


@pytest.mark.parametrize("writer", [with_traces, bare, with_files])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_inserted_mail_is_sound_in_the_host_s_own_line_ends(writer: Writer, newline: str) -> None:
    for one, message in inserted_into(writer, newline):
        others = {"\n": b"\r", "\r\n": b"\n"}[newline]
        assert others not in one.raw.replace(newline.encode(), b""), one.family
        assert not message.defects, one.family
        assert message.received_at == one.received_at
        text = message.body.current_thread.text
        assert "Content-Transfer-Encoding" not in text
        assert "=C3" not in text


def test_files_hang_on_where_the_host_keeps_files() -> None:
    mail = inserted_into(with_files)
    names = [file.file_name or "" for _, message in mail for file in message.attachments]
    assert len(names) > 10
    assert any(name.endswith(".pdf") for name in names)


def test_hops_rise_from_the_author_to_the_boundary(traced: Inserted) -> None:
    for one, message in traced:
        times = [hop.received.time for hop in message.headers.hops if hop.received]
        assert None not in times
        assert times == sorted(times, key=str), one.family
        assert message.headers.date is not None
        assert message.headers.date <= one.received_at


def test_the_boundary_delivers_to_readers_of_the_letter(traced: Inserted) -> None:
    for one, message in traced:
        (first, *_) = re.findall(r"for <([^>]+)>", message.headers.written_all("received")[0])
        assert first in one.recipients, one.family
        assert (message.headers.written("delivered-to") or "").strip() in one.recipients


def test_results_name_the_letter_s_own_domains_and_agree(traced: Inserted) -> None:
    for one, message in traced:
        said = message.headers.written("authentication-results")
        if said is None:
            continue
        author = message.sender.email
        assert author is not None
        assert f"header.from={author.email.partition('@')[2]}" in said, one.family
        signature = message.headers.written("dkim-signature") or ""
        assert re.findall(r" d=([^;]+)", signature) == re.findall(r"header\.d=([^\s;]+)", said)
        (spf,) = re.findall(r"spf=(\w+)", said)
        of_its_own = (message.headers.written("received-spf") or "").strip()
        assert of_its_own.startswith(f"{spf} "), one.family
        designates = "does not designate" if spf != "pass" else "designates"
        assert f" {designates} " in of_its_own


def test_strangers_are_no_insiders_to_any_server(traced: Inserted) -> None:
    for one, message in traced:
        said = message.headers.written("x-ms-exchange-organization-authas") or ""
        assert ("Internal" in said) == (one.direction != "inbound"), one.family


def test_no_address_of_the_host_s_letter_is_left_behind(traced: Inserted) -> None:
    for one, message in traced:
        author = message.sender.email
        asked = message.headers.written("disposition-notification-to") or ""
        assert author is not None
        assert author.email in asked.lower(), one.family


def test_only_attacks_are_inserted() -> None:
    with pytest.raises(UsageError, match="'ceo-newsletter' is a look-alike"):
        InsertPlan(moments=(), families=("ceo-newsletter",))


def test_no_message_id_is_a_formula_to_who_opens_the_labels() -> None:
    def suspicious(number: int, at: datetime, author: Who, reader: Who) -> list[str]:
        lines = bare(number, at, author, reader)
        return [line.replace("Message-ID: <", "Message-ID: <=cmd") for line in lines]

    mail = inserted_into(suspicious)
    assert all(one.message_id[0].isalnum() for one, _ in mail)
    assert {message.headers.message_id for _, message in mail} == {
        f"<{one.message_id}>" for one, _ in mail
    }
