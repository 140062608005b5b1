"""Labels that have matured are taught, and taken back: from the command line to the signals."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from chaffinch import Tenant
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.tenants import read_tenant
from chaffinch.surfaces.cli.main import main

FIRST = datetime(2026, 6, 1, 9, tzinfo=UTC)
ASKED = ("sender.label.safe_ratio", "recipient.pace.mailbox_safe_ratio")
RULE = f"""
id: 4d2a2f4e-0000-4000-8000-000000000001
name: Asks for what labels taught
type: rule
severity: low
source: |
  type.inbound and (signals.{ASKED[0]} > 2 or signals.{ASKED[1]} > 2)
"""
TENANT = """
name = "acme"
domains = ["acme.example"]
boundary = ["mx1.acme.example"]
"""
PROVEN = """Authentication-Results: mx1.acme.example; dmarc=pass header.from=stone.example
Received: from out.stone.example (out.stone.example [192.0.2.7]) by mx1.acme.example
"""


class House:
    """A folder with mail, a tenant file, a rule and a state, and the commands on them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.state = folder / "state"
        self.results = ""  # what our boundary says of the letters that are scanned
        (folder / "rules").mkdir()
        (folder / "rules" / "asks.yml").write_text(RULE)
        (folder / "tenant.toml").write_text(TENANT)

    def run(self, *given: object) -> str:
        self._capsys.readouterr()
        assert main([*map(str, given), "--state", str(self.state)]) == 0
        return self._capsys.readouterr().out

    def scan(self, day: int, body: str = "See you at noon.", *more: str) -> dict[str, str]:
        """The row of a letter of that day."""
        path = self.folder / f"{day}.eml"
        letter = written(day, "kim@stone.example", "ben@acme.example", body)
        path.write_text(f"{self.results}{letter}")
        options = ["--tenant", self.folder / "tenant.toml", "--rules", self.folder / "rules"]
        row: dict[str, str] = json.loads(
            self.run("scan", path, "--format", "jsonl", *options, *more)
        )
        return row

    def label(self, row: dict[str, str], verdict: str, day: int, *more: str) -> str:
        return self.run("label", "add", row["id"], verdict, *now(day), *more).strip()

    def teach(self, day: int) -> str:
        return self.run("label", "teach", *now(day))

    def asked(self, day: int) -> list[float | None]:
        """What a letter of that day is told of labels."""
        entry = json.loads(self.run("entries", "show", self.scan(day, "Soup?")["id"]))
        return [entry["signals"][name] for name in ASKED]

    def asked_of_copy(self, day: int) -> list[object]:
        """What a letter of that day is told when it comes again."""
        mail = Mail(raw=(self.folder / f"{day}.eml").read_bytes())
        tenant = read_tenant(self.folder / "tenant.toml")
        with Engine.open(self.state, tenant=tenant, readonly=True) as engine:
            evidence = engine.measure(mail)
            return [evidence[name] for name in ASKED]

    def profiles(self) -> list[str]:
        told = self.run("profiles", "export", "--tenant", self.folder / "tenant.toml")
        return sorted(told.splitlines())


def written(day: float, sender: str, to: str, body: str) -> str:
    date = format_datetime(FIRST + timedelta(days=day))
    head = f"From: {sender}\nTo: {to}\nSubject: Lunch\nMessage-ID: <{day}.{sender}>\n"
    return f"{head}Date: {date}\n\n{body}\n"


def now(day: int) -> tuple[str, str]:
    return "--now", (FIRST + timedelta(days=day)).isoformat()


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state that learned sixty letters: of a thin past nothing is said."""
    state = tmp_path_factory.mktemp("past") / "state"
    with Engine.open(state, tenant=Tenant(name="acme", domains=("acme.example",))) as engine:
        for number in range(60):
            sender = f"pat{number}@far.example"
            text = written(number / 6 - 11, sender, "ann@acme.example", "Hello")
            engine.decide(text.encode(), learn=True)
    return state


@pytest.fixture
def house(past: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> House:
    shutil.copytree(past, tmp_path / "state")
    return House(tmp_path, capsys)


def test_labels_reach_the_signals_when_they_mature_and_leave_when_retracted(house: House) -> None:
    letters = [house.scan(day, "See you at noon.", "--learn") for day in range(4)]
    verdicts = ("benign", "benign", "benign", "malicious")
    labels = [house.label(*one, 5) for one in zip(letters, verdicts, strict=True)]
    assert house.asked(5) == [None, None]
    assert "1 now, 0 no more\n3 wait until" in house.teach(5)
    assert house.asked(6) == [0.0, 0.0]
    assert house.teach(40) == "4 deliveries stand labelled: 3 now, 0 no more\n"
    assert house.teach(40) == "4 deliveries stand labelled: 0 now, 0 no more\n"
    assert house.asked(41) == [0.75, 0.75]
    assert house.asked_of_copy(3) == [1.0, 1.0], "no copy sees what it is said to be"
    learned = house.profiles()
    shutil.rmtree(house.state / "profiles")
    assert house.profiles() == learned
    for one in labels[:3]:
        house.run("label", "retract", one, *now(42))
    assert house.teach(42) == "1 delivery stands labelled: 0 now, 3 no more\n"
    assert house.asked(43) == [0.0, 0.0]
    house.run("label", "retract", labels[3], *now(44))
    house.teach(44)
    assert house.asked(45) == [None, None]
    gone = house.profiles()
    shutil.rmtree(house.state / "profiles")
    assert house.profiles() == gone


def test_who_was_labelled_benign_is_trusted_until_one_label_says_otherwise(house: House) -> None:
    asks = RULE.replace(f"signals.{ASKED[0]} > 2", "profile.by_sender_email().any_messages_benign")
    house.results = PROVEN
    for day in range(3):
        house.label(house.scan(day, "See you at noon.", "--learn"), "benign", 4)
    assert house.teach(40) == "3 deliveries stand labelled: 3 now, 0 no more\n"
    (house.folder / "rules" / "asks.yml").write_text(asks)
    with Engine.open(house.state, tenant=read_tenant(house.folder / "tenant.toml")) as engine:
        ours = written(30, "ben@acme.example", "pat1@far.example", "Soup?")
        engine.decide(ours.encode(), learn=True)  # so that whom we wrote to is known
    after = json.loads(house.run("entries", "show", house.scan(41, "See you at noon.")["id"]))
    found = after["decision"]
    assert "Asks for what labels taught" in [one["title"] for one in found["findings"]]
    (context,) = [one for one in found["attribution"] if one["part"] == "context"]
    assert (context["why"], context["log_odds"]) == (
        "mail of this address was labelled benign",
        -1_800,
    )
    assert after["signals"]["sender.history.was_written_to"] is False
    house.results = ""
    unproven = json.loads(house.run("entries", "show", house.scan(42, "See you at noon.")["id"]))
    assert "context" not in [one["part"] for one in unproven["decision"]["attribution"]]
    house.results = PROVEN
    house.label(house.scan(43, "See you at one.", "--learn"), "spam", 44)
    house.teach(80)
    later = json.loads(house.run("entries", "show", house.scan(81, "See you at noon.")["id"]))
    assert "context" not in [one["part"] for one in later["decision"]["attribution"]]


def test_the_prevailing_label_is_taught_and_superseded(house: House) -> None:
    letter = house.scan(0, "See you at noon.", "--learn")
    house.label(letter, "spam", 30, "--source", "reader")
    house.teach(30)
    assert house.asked(31) == [0.0, 0.0]
    house.label(letter, "benign", 32)
    assert house.teach(32) == "1 delivery stands labelled: 1 now, 1 no more\n"
    assert house.asked(33) == [1.0, 1.0]
    both = ("--sensitivity", "0.97", "--specificity", "0.97")
    house.label(letter, "malicious", 34, "--source", "one", *both)
    house.label(letter, "benign", 34, "--source", "other", *both)
    house.teach(34)
    assert house.asked(35) == [1.0, 1.0]


def test_labels_that_weigh_the_same_teach_nothing(house: House) -> None:
    letter = house.scan(0, "See you at noon.", "--learn")
    both = ("--sensitivity", "0.97", "--specificity", "0.97")
    house.label(letter, "malicious", 34, "--source", "one", *both)
    house.teach(34)
    house.label(letter, "benign", 35, "--source", "other", *both)
    assert "0 now, 1 no more\n1 has labels that weigh the same" in house.teach(35)
    assert house.asked(36) == [None, None]


def test_mail_that_was_not_learned_is_not_labelled_until_it_is(house: House) -> None:
    letter = house.scan(0, "See you at noon.")
    house.label(letter, "malicious", 1)
    assert "0 now, 0 no more\n1 was not learned" in house.teach(1)
    assert house.asked(2) == [None, None]
    house.scan(0, "See you at noon.", "--learn")
    house.teach(3)
    assert house.asked(4) == [0.0, 0.0]


def test_a_label_of_a_campaign_teaches_each_of_its_entries(house: House) -> None:
    text = "The invoice of your order of forty-two chairs is attached; settle it by Friday."
    rows = [house.scan(day, text, "--learn") for day in range(3)]
    house.scan(4, "Lunch at noon? The usual table, and bring the plans of the roof.", "--learn")
    shown = json.loads(house.run("entries", "show", rows[0]["id"]))
    campaign = shown["observation"]["content"]["campaigns"][0]
    of = ("--of", "campaign", "--tenant", "acme")
    label = house.run("label", "add", campaign, "malicious", *of, *now(5)).strip()
    assert house.teach(5) == "3 deliveries stand labelled: 3 now, 0 no more\n"
    assert house.asked(6) == [0.0, 0.0]
    house.scan(7, text, "--learn")
    assert house.teach(8) == "4 deliveries stand labelled: 1 now, 0 no more\n"
    house.run("label", "retract", label, *now(9))
    assert house.teach(9) == "0 deliveries stand labelled: 0 now, 4 no more\n"


@pytest.mark.parametrize("whom", [("--person", "ben@acme.example"), ("--tenant", "acme")])
def test_what_an_erased_entry_was_said_to_be_is_taken_back(
    house: House, whom: tuple[str, str]
) -> None:
    letter = house.scan(0, "See you at noon.", "--learn")
    house.label(letter, "malicious", 1)
    house.teach(1)
    assert house.asked(2) == [0.0, 0.0]
    house.run("entries", "erase", *whom)
    assert house.teach(3) == "0 deliveries stand labelled: 0 now, 0 no more\n"
    assert not [line for line in house.profiles() if "labels" in line]
    left = house.run("label", "list", "--all", "--format", "jsonl").splitlines()
    assert len(left) == (1 if whom[0] == "--person" else 0)


def test_a_state_is_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["label", "teach"]) == 2
    assert "add --state DIR" in capsys.readouterr().err
    assert main(["label", "teach", "--state", str(tmp_path / "none")]) == 2
    assert not (tmp_path / "none").exists()
