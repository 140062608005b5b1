"""``chaffinch policy show``, and what scan and explain say of scopes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chaffinch.surfaces.cli.main import main

TENANT = """name = "acme"
domains = ["acme.example"]

[thresholds]
malicious_from = 2500

[[groups]]
name = "payables"
members = ["ben.okoye@acme.example"]
thresholds = { malicious_from = 1500 }
actions = { benign = "notify" }

[[mailboxes]]
address = "abuse@acme.example"
watch_only = true
"""


@pytest.fixture
def tenant(tmp_path: Path) -> str:
    path = tmp_path / "tenant.toml"
    path.write_text(TENANT)
    return str(path)


def test_each_key_is_shown_with_its_value_and_who_says_so(
    tenant: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "chaffinch.toml"
    settings.write_text("[policy]\nprior = -4500\n")
    mailboxes = ("--mailbox", "Ben.Okoye+x@acme.example", "--mailbox", "abuse@acme.example")
    where = ("--tenant", tenant, "--settings", str(settings), "--format", "json")
    assert main(["policy", "show", *mailboxes, *where]) == 0
    ben, abuse = map(json.loads, capsys.readouterr().out.splitlines())
    assert (ben["scope"], abuse["scope"]) == ("group payables", "mailbox abuse@acme.example")
    keys = {one["key"]: (one["value"], one["origin"]) for one in ben["keys"]}
    assert keys["malicious_from"] == (1500, "group payables")
    assert keys["prior"] == (-4500, "settings")
    assert keys["rho"] == (0.5, "default")
    assert keys["actions.benign"] == ("notify", "group payables")
    assert keys["actions.spam"] == ("junk", "default")
    others = {one["key"]: (one["value"], one["origin"]) for one in abuse["keys"]}
    assert others["malicious_from"] == (2500, "tenant")
    assert others["watch_only"] == (True, "mailbox abuse@acme.example")


def test_the_table_ends_with_the_order_of_precedence(
    tenant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["policy", "show", "--tenant", tenant]) == 0
    said = capsys.readouterr().out
    assert "organisation" in said
    assert said.index("1. simulation") < said.index("3. deny") < said.index("7. thresholds")


@pytest.mark.parametrize(
    ("mailbox", "with_tenant", "said"),
    [
        ("ben", True, "ben is not an e-mail address"),
        ("ben@else.example", True, "ben@else.example is at no domain of acme"),
        ("ben@acme.example", False, "whose mailbox is ben@acme.example? name the tenant file with"),
    ],
)
def test_whose_policy_must_be_clear(
    tenant: str, capsys: pytest.CaptureFixture[str], mailbox: str, with_tenant: bool, said: str
) -> None:
    where = ("--tenant", tenant) if with_tenant else ()
    assert main(["policy", "show", "--mailbox", mailbox, *where]) == 2
    assert said in capsys.readouterr().err


def test_a_row_for_each_scope_and_an_explanation_for_each(
    tenant: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], letter: Callable[..., bytes]
) -> None:
    mail = tmp_path / "a.eml"
    mail.write_bytes(letter(to="ben.okoye@acme.example, abuse@acme.example"))
    state = ("--state", str(tmp_path / "state"), "--tenant", tenant)
    assert main(["scan", str(mail), "--format", "jsonl", *state]) == 0
    rows = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert [(one["scope"], one["action"]) for one in rows] == [
        ("organisation", "deliver"),
        ("group payables", "notify"),
        ("mailbox abuse@acme.example", "deliver"),
    ]
    assert main(["scan", str(mail), "--tenant", tenant]) == 0
    assert "[group payables]" in capsys.readouterr().out
    assert main(["explain", str(mail), *state]) == 0
    said = capsys.readouterr().out
    assert "for group payables" in said
    assert "malicious from 1500, says group payables" in said
    assert "benign: notify, says group payables" in said
    assert main(["explain", rows[1]["id"], *state]) == 0
    assert "for group payables" in capsys.readouterr().out
