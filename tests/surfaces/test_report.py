"""What people report: known again, kept, weighed, and made labels of, from the command line."""

import json
import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from chaffinch.core.tenant import Tenant
from chaffinch.decision.reporters import Record
from chaffinch.decision.reports import Claim
from chaffinch.engine.assembly import Engine
from chaffinch.engine.tenants import read_tenant
from chaffinch.surfaces.cli.main import main

TENANT = 'name = "acme"\ndomains = ["acme.example"]\nboundary = ["mx1.acme.example"]\n'
JUNE = "2026-06-{:02}T12:00:00+00:00"


def letter(number: int = 1, *, subject: str = "A bill", body: str = "Pay today, please.") -> bytes:
    return (
        f"From: Eve <eve@far.example>\nTo: Ben <ben@acme.example>\nSubject: {subject}\n"
        f"Message-ID: <{number}@far.example>\nDate: Mon, 01 Jun 2026 09:00:00 +0000\n"
        f"Content-Type: text/plain\n\n{body} {number}\n"
    ).encode()


def reporting(*reported: bytes, who: str = "ben", extra: str = "", how: str = "rfc822") -> bytes:
    """A mail that carries what is reported."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = f"{who.title()} <{who}@acme.example>"
    mail["To"] = "reports@acme.example"
    mail["Subject"] = "Suspicious"
    mail.set_content("What is this?")
    for one in reported:
        if how == "rfc822":
            mail.add_attachment(BytesParser(policy=policy.SMTP).parsebytes(one))
        else:
            mail.add_attachment(one, maintype="application", subtype=how, filename="mail.eml")
    return extra.encode() + mail.as_bytes()


class Desk:
    """A state that decided five letters, and the commands on it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        (folder / "tenant.toml").write_text(TENANT)
        with Engine.open(folder / "state", tenant=read_tenant(folder / "tenant.toml")) as engine:
            self.ids = [engine.decide(letter(number), learn=True).id for number in range(1, 6)]

    def run(self, *given: object) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main([*map(str, given), "--state", str(self.folder / "state")])
        caught = self._capsys.readouterr()
        return code, caught.out, caught.err

    def report(self, raw: bytes, *more: object) -> tuple[int, str, str]:
        path = self.folder / "report.eml"
        path.write_bytes(raw)
        return self.run("report", path, "--tenant", self.folder / "tenant.toml", *more)

    def lines(self, *given: object) -> list[dict[str, Any]]:
        code, out, _ = self.run(*given, "--format", "jsonl")
        assert code == 0
        return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def crlf(raw: bytes) -> bytes:
    return raw.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("raw", "match"),
    [
        (reporting(letter(2)), "delivery"),
        (reporting(letter(2), how="octet-stream"), "content"),
        (reporting(crlf(letter(2)), how="octet-stream"), "delivery"),
        (reporting(letter(2).rstrip(), how="octet-stream"), "content"),
        (reporting(crlf(letter(2)) + b"\r\n", how="octet-stream"), "delivery"),
        (reporting(b"X-Moved: by a program\n" + letter(2), how="octet-stream"), "delivery"),
        (reporting(letter(2, subject="[outside] A bill"), how="octet-stream"), "delivery"),
    ],
)
def test_what_a_report_carries_is_known_again(desk: Desk, raw: bytes, match: str) -> None:
    code, out, err = desk.report(raw)
    assert (code, err) == (0, "")
    assert f"phishing by ben@acme.example: entry {desk.ids[1]}" in out
    (one,) = desk.lines("report", "list")
    assert (one["entry"], one["reporter"], one["is_proven"]) == (desk.ids[1], "ben@acme.example", 1)
    assert (one["match"], one["weight"]) == (match, 1.386)
    assert desk.report(raw)[1].endswith("is that report already\n")
    assert len(desk.lines("report", "list", "--all")) == 1


def test_the_message_itself_is_reported_by_whom_the_caller_names(desk: Desk) -> None:
    code, _, err = desk.report(letter(3))
    assert (code, "--by ADDRESS" in err) == (1, True)
    assert desk.report(letter(3), "--by", "Ann@acme.example", "--as", "spam")[0] == 0
    (one,) = desk.lines("report", "list")
    assert (one["reporter"], one["claim"], one["match"]) == ("ann@acme.example", "spam", "content")
    code, _, err = desk.report(letter(3), "--by", "nobody")
    assert (code, "no address" in err) == (2, True)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (reporting(letter(9)), "neither it nor a message it carries is on record of acme"),
        (letter(9), "it is not on record of acme"),
        (letter(2, body="Pay tomorrow."), "it is not on record"),
        (letter(2).replace(b"<2@far", b"<3@far"), "it is not on record"),
        (letter(2).replace(b"eve@far", b"eva@far"), "it is not on record"),
        (letter(2).replace(b"09:00", b"09:01"), "it is not on record"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), ""),
        (reporting(b"\n\n"), "on record"),
        (b"Content-Type: message/rfc822\n\n" * 40, "on record"),
    ],
)
def test_what_is_not_on_record_is_said_and_nothing_kept(desk: Desk, raw: bytes, said: str) -> None:
    code, out, err = desk.report(raw)
    assert (code, out) == (1, "")
    assert "report.eml" in err
    assert said in err
    assert desk.lines("report", "list") == []


def test_whoever_is_only_claimed_to_write_weighs_nothing(desk: Desk) -> None:
    handed = "Received: from far.example by mx1.acme.example; Mon, 1 Jun 2026 10:00:00 +0000\n"
    raw = reporting(letter(2), extra=handed)
    code, _, err = desk.report(raw)
    assert (code, "nothing proves that ben@acme.example wrote it" in err) == (1, True)
    (one,) = desk.lines("report", "list")
    assert (one["is_proven"], one["weight"]) == (False, 0)
    assert desk.report(raw, "--by", "ben@acme.example")[0] == 0
    claimed, proven = desk.lines("report", "list")
    assert (claimed["is_proven"], claimed["weight"]) == (False, 0)
    assert (proven["is_proven"], proven["weight"]) == (True, 1.386)


def test_a_forged_report_takes_no_report_back(desk: Desk) -> None:
    assert desk.report(letter(2), "--by", "ben@acme.example", "--now", JUNE.format(2))[0] == 0
    handed = "Received: from far.example by mx1.acme.example; Mon, 1 Jun 2026 10:00:00 +0000\n"
    forged = reporting(letter(2), extra=handed)
    for _ in range(2):
        assert desk.report(forged, "--as", "wanted", "--now", JUNE.format(3))[0] == 1
    listed = desk.lines("report", "list", "--now", JUNE.format(4))
    assert {(one["claim"], one["weight"]) for one in listed} == {("phishing", 1.386), ("wanted", 0)}
    assert len(desk.lines("report", "list", "--all")) == 2


@pytest.mark.parametrize("handed", ["", "Received: from far.example by mx1.far.example; "])
def test_without_a_tenant_file_nobody_is_known_to_be_ours(desk: Desk, handed: str) -> None:
    """Whoever writes to their own domain, too, would else be taken for one of its people."""
    results = "Authentication-Results: mx1.far.example; dmarc=pass header.from=far.example\n"
    extra = f"{results}{handed}Mon, 1 Jun 2026 10:00:00 +0000\n" if handed else ""
    raw = reporting(letter(2), extra=extra).replace(b"acme.example", b"far.example")
    path = desk.folder / "report.eml"
    path.write_bytes(raw)
    code, _, err = desk.run("report", path)
    assert (code, "nothing proves that ben@far.example wrote it" in err) == (1, True)
    assert [one["weight"] for one in desk.lines("report", "list")] == [0]


def test_mail_of_several_organisations_is_not_reported_for_whichever_comes_first(
    desk: Desk,
) -> None:
    birch = Tenant(name="birch", domains=("birch.example",))
    with Engine.open(desk.folder / "state", tenant=birch) as engine:
        engine.decide(letter(2))
    path = desk.folder / "report.eml"
    path.write_bytes(letter(2))
    code, out, err = desk.run("report", path, "--by", "ann@acme.example")
    assert (code, out) == (1, "")
    assert "it is on record of acme, birch: say whose with --tenant FILE" in err
    assert desk.report(letter(2), "--by", "ann@acme.example")[0] == 0
    assert [one["tenant"] for one in desk.lines("report", "list")] == ["acme"]


def test_who_reports_an_exercise_is_not_wrong(desk: Desk) -> None:
    for number in (1, 2):
        desk.report(letter(number), *by("ann", 2))
    desk.run("label", "add", desk.ids[0], "simulation", "--source", "simulation", *NOW)
    desk.run("label", "add", desk.ids[1], "malicious", "--now", JUNE.format(3))
    shown = desk.run("report", "reporters", *NOW)[1]
    (line,) = [line for line in shown.splitlines() if "ann@" in line]
    assert re.findall(r"\d+", line)[:4] == ["1", "0", "0", "0"]


def test_a_label_of_a_delivery_that_was_never_learned_proves_reporters_right(
    desk: Desk,
) -> None:
    """Whether mail is learned from has nothing to do with who was right about it."""
    path = desk.folder / "more.eml"
    path.write_bytes(letter(6))
    tenant = ("--tenant", desk.folder / "tenant.toml")
    row = json.loads(desk.run("scan", path, "--format", "jsonl", *tenant)[1])
    desk.report(letter(6), *by("ann", 2))
    more = ("--of", "delivery", "--now", JUNE.format(3))
    assert desk.run("label", "add", row["id"], "malicious", *more)[0] == 0
    shown = desk.run("report", "reporters", *NOW)[1]
    assert [re.findall(r"\d+", line)[:4] for line in shown.splitlines() if "ann@" in line] == [
        ["1", "0", "0", "0"]
    ]
    told = desk.run("label", "teach", *NOW)[1]
    assert "1 was not learned" in told
    assert "entries that are not here" not in told


def test_several_are_reported_at_once_and_one_that_is_not_there_is_said(desk: Desk) -> None:
    code, out, err = desk.report(reporting(letter(1), letter(9), letter(4)))
    assert (code, len(out.splitlines())) == (1, 2)
    assert "1 of the messages it carries are not on record" in err


def test_a_file_that_is_the_message_itself_is_not_opened(desk: Desk, tmp_path: Path) -> None:
    outer = reporting(letter(2), who="zoe")
    with Engine.open(tmp_path / "state", tenant=read_tenant(tmp_path / "tenant.toml")) as engine:
        decided = engine.decide(outer).id
    assert desk.report(outer, "--raw", "--by", "ann@acme.example")[0] == 0
    assert [one["entry"] for one in desk.lines("report", "list")] == [decided]


def test_other_names_of_a_mailbox_are_no_second_person(desk: Desk) -> None:
    alias = '[[domain_aliases]]\ndomain = "acme.test"\nof = "acme.example"\n'
    both = TENANT.replace('"acme.example"]', '"acme.example", "acme.test"]', 1)
    (desk.folder / "tenant.toml").write_text(both + alias)
    for who in ("ann@acme.example", "Ann+news@acme.example", "ann@acme.test"):
        assert desk.report(letter(1), "--by", who, "--now", JUNE.format(2))[0] == 0
    (one,) = desk.lines("report", "list", "--all")
    assert one["reporter"] == "ann@acme.example"
    assert "0 deliveries are labelled" in desk.run("report", "resolve", "--now", JUNE.format(3))[1]


def test_people_change_their_minds_and_withdraw(desk: Desk) -> None:
    desk.report(letter(1), "--by", "ann@acme.example", "--now", JUNE.format(2))
    desk.report(letter(1), "--by", "ann@acme.example", "--as", "wanted", "--now", JUNE.format(3))
    (one,) = desk.lines("report", "list")
    assert (one["claim"], one["weight"]) == ("wanted", -0.754)
    assert desk.run("report", "withdraw", one["id"], "--now", JUNE.format(4))[0] == 0
    (one,) = desk.lines("report", "list")
    assert one["claim"] == "phishing", "the one before stands again"
    code, _, err = desk.run("report", "withdraw", "none")
    assert (code, "no report none stands" in err) == (2, True)


def by(who: str, day: int, *more: str) -> tuple[str, ...]:
    return ("--by", f"{who}@acme.example", "--now", JUNE.format(day), *more)


def test_reports_become_a_label_that_is_taught_and_goes_with_them(desk: Desk) -> None:
    desk.report(letter(1), *by("ann", 2))
    told = desk.run("report", "resolve", "--now", JUNE.format(2))[1]
    assert told.splitlines() == [
        "0 deliveries are labelled by reports: 0 labels added, 0 retracted",
        "1 delivery has reports that do not weigh enough",
    ]
    desk.report(letter(1), *by("bob", 3))
    for added in ("1 label", "0 labels"):
        told = desk.run("report", "resolve", "--now", JUNE.format(3))[1]
        assert told.startswith(f"1 delivery is labelled by reports: {added} added")
    (label,) = desk.lines("label", "list", "--now", JUNE.format(3))
    assert (label["of"], label["verdict"], label["by"]) == ("delivery", "suspicious", "reports")
    assert label["reason"] == "phishing: 2"
    assert "waits until" in desk.run("label", "teach", "--now", JUNE.format(4))[1]
    assert "1 now" in desk.run("label", "teach", "--now", JUNE.format(12))[1]
    first = desk.lines("report", "list")[0]
    desk.run("report", "withdraw", first["id"], "--now", JUNE.format(13))
    told = desk.run("report", "resolve", "--now", JUNE.format(13))[1]
    assert "0 labels added, 1 retracted" in told
    assert "1 no more" in desk.run("label", "teach", "--now", JUNE.format(13))[1]


def test_who_was_right_before_weighs_more_and_who_was_wrong_less(desk: Desk) -> None:
    for number in (1, 2, 3, 4):
        desk.report(letter(number), *by("ann", 2, "--as", "phishing" if number < 3 else "wanted"))
        desk.report(letter(number), *by("bob", 2, "--as", "wanted" if number < 3 else "phishing"))
    for number in (1, 2, 3, 4):
        verdict = "malicious" if number < 3 else "benign"
        desk.run("label", "add", desk.ids[number - 1], verdict, "--now", JUNE.format(3))
    shown = desk.run("report", "reporters", *NOW)[1]
    counts = {line.split("@")[0][-3:]: re.findall(r"\d+", line)[:4] for line in shown.splitlines()}
    assert counts["ann"] == ["2", "0", "0", "2"]
    assert counts["bob"] == ["0", "2", "2", "0"]
    for who in ("ann", "bob"):
        desk.report(letter(5), *by(who, 20))
    listed = [one for one in desk.lines("report", "list", *NOW) if one["entry"] == desk.ids[4]]
    records = (Record(found=2, cleared=2), Record(alarms=2, missed=2))
    assert [one["weight"] for one in listed] == [
        round(one.weight(Claim.PHISHING), 3) for one in records
    ]
    before = desk.lines("report", "list", "--now", JUNE.format(10))
    assert {abs(one["weight"]) for one in before if one["reporter"][:3] == "ann"} == {
        round(abs(Record(found=2).weight(one)), 3) for one in (Claim.PHISHING, Claim.WANTED)
    }, "what was benign had not matured then"


NOW = ("--now", JUNE.format(21))


def test_an_erased_person_leaves_no_report_and_an_erased_entry_no_label(desk: Desk) -> None:
    desk.report(letter(1), *by("ann", 2))
    desk.report(letter(1), *by("bob", 2))
    desk.run("report", "resolve", *NOW)
    assert "1 report dropped" in desk.run("entries", "erase", "--person", "Ann@acme.example")[1]
    assert [one["reporter"] for one in desk.lines("report", "list")] == ["bob@acme.example"]
    desk.report(letter(1), *by("ann", 3))
    desk.run("entries", "erase", "--person", "ben@acme.example")
    told = desk.run("report", "resolve", *NOW)[1]
    assert told == "0 deliveries are labelled by reports: 0 labels added, 1 retracted\n"


def test_a_state_is_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["report", "x.eml"]) == 2
    assert "add --state DIR" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["report", "--help"])
    assert "chaffinch report FILE" in capsys.readouterr().out
