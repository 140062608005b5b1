"""The profiles command on a state that learned some mail."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chaffinch import Engine, Tenant
from chaffinch.engine.journey import Mail
from chaffinch.profiles.rowformat import decode_row
from chaffinch.surfaces.cli.main import main

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
Letter = Callable[..., bytes]
TENANT = 'name = "acme"\ndomains = ["acme.example"]\n'


@pytest.fixture
def said(
    tmp_path: Path, acme: Tenant, letter: Letter, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Runs an action on a state that learned twelve messages of three people."""
    (tmp_path / "tenant.toml").write_text(TENANT)
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        for number in range(12):
            sender = f"Kim {number % 3} <kim{number % 3}@stone.example>"
            at = NOON + number * timedelta(days=1)
            engine.decide(letter(sender=sender, number=number), received_at=at, learn=True)

    def run(*arguments: str) -> tuple[int, str]:
        options = ["--state", str(tmp_path / "state"), "--tenant", str(tmp_path / "tenant.toml")]
        code = main(["profiles", *arguments, *options])
        caught = capsys.readouterr()
        return code, caught.out + caught.err

    return run


def exported(said: Callable[..., tuple[int, str]]) -> dict[tuple[str, ...], dict[str, object]]:
    first, *rows = [json.loads(line) for line in said("export")[1].splitlines()]
    assert first["tenant"] == "acme"
    return {(row["kind"], *row["key"]): row for row in rows}


def test_an_address_is_shown_to_people_and_to_machines(
    said: Callable[..., tuple[int, str]],
) -> None:
    code, text = said("show", "KIM1@stone.example")
    assert code == 0
    assert text.splitlines()[0] == "address  kim1@stone.example"
    assert "seen          4  2026-06-16T12:00:00+00:00 to 2026-06-25T12:00:00+00:00" in text
    _, line = said("show", "kim1@stone.example", "--format", "json")
    told = json.loads(line.splitlines()[0])
    assert told["kind"] == "address"
    assert told["seen"]["count"] == 4
    _, related = said("show", "kim1@stone.example", "--related")
    assert "pair  kim1@stone.example → ben.okoye@acme.example" in related


def test_a_claim_by_anothers_proof_is_related_to_whom_it_names(
    said: Callable[..., tuple[int, str]], tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    way = (
        b"Authentication-Results: mx1.acme.example; spf=none smtp.mailfrom=bulk.example;"
        b" dkim=pass header.d=bulk.example header.s=a; dmarc=none\r\n"
        b"Received: from out.bulk.example (out.bulk.example [192.0.2.7]) by mx1.acme.example\r\n"
    )
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        raw = way + letter(sender="Lee <lee@stone.example>", number=98)
        engine.decide(raw, received_at=NOON, learn=True)
    assert said("show", "lee@stone.example")[0] == 1
    code, related = said("show", "lee@stone.example", "--related")
    assert code == 0
    assert "address  lee@stone.example\\x01bulk.example" in related


def test_a_stranger_is_said_to_be_one(said: Callable[..., tuple[int, str]]) -> None:
    code, text = said("show", "nobody@elsewhere.example")
    assert code == 1
    assert "nothing is remembered of nobody@elsewhere.example for acme" in text
    for action in ("show", "forget"):
        assert "\\x1bn@elsewhere.example" in said(action, "\x1bn@elsewhere.example")[1]


def test_every_row_is_exported_whole(said: Callable[..., tuple[int, str]]) -> None:
    rows = exported(said)
    told = rows["address", "kim0@stone.example"]
    row = decode_row(base64.b64decode(str(told["row"])))
    assert len(row.seen.earliest) == 4
    assert ("domain", "stone.example") in rows


def test_what_is_forgotten_does_not_come_back(
    said: Callable[..., tuple[int, str]], tmp_path: Path, acme: Tenant, letter: Letter
) -> None:
    before = exported(said)
    code, text = said("forget", "kim1@stone.example")
    assert code == 0
    assert "taken out of" in text
    assert "4 lessons" in text
    after = exported(said)
    assert not any("kim1@stone.example" in one for one in after)
    assert ("address", "kim1@stone.example") in before
    assert after["address", "kim0@stone.example"] == before["address", "kim0@stone.example"]
    for path in (tmp_path / "state" / "profiles").iterdir():
        path.unlink()
    (tmp_path / "state" / "profiles").rmdir()
    with Engine.open(tmp_path / "state", tenant=acme):
        pass
    assert not any("kim1@stone.example" in one for one in exported(said))
    with Engine.open(tmp_path / "state", tenant=acme) as engine:
        raw = letter(sender="Kim 1 <kim1@stone.example>", number=99)
        engine.record([engine.consider(Mail(raw=raw, received_at=NOON))], learn=True)
    assert ("address", "kim1@stone.example") in exported(said)


def test_a_domain_takes_all_its_addresses_along(said: Callable[..., tuple[int, str]]) -> None:
    said("forget", "stone.example")
    assert not any("stone.example" in part for one in exported(said) for part in one)
    code, text = said("forget", "not a name")
    assert code == 2
    assert "neither an address nor a domain" in text


def test_old_rows_are_dropped_as_of_a_day(said: Callable[..., tuple[int, str]]) -> None:
    count = len(exported(said))
    assert said("compact", "--now", "2026-07-01") == (0, "0 rows dropped or folded\n")
    assert len(exported(said)) == count
    code, _ = said("compact", "--now", "2026-12-24")
    assert code == 0
    kinds = {one[0] for one in exported(said)}
    assert "message" not in kinds
    assert "address" in kinds
    said("compact", "--now", "2030-01-01")
    assert exported(said) == {}


def test_without_a_state_it_is_said_what_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profiles", "export"]) == 2
    assert "add --state DIR" in capsys.readouterr().err


@pytest.mark.parametrize("action", [("show", "stone.example"), ("forget", "stone.example"),
                                    ("export",), ("compact",)])  # fmt: skip
def test_an_organisation_nothing_was_learned_of_is_a_slip(
    said: Callable[..., tuple[int, str]],
    action: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["profiles", *action, "--state", str(tmp_path / "state")]) == 2
    assert "name yours with --tenant FILE" in capsys.readouterr().err
    (tmp_path / "tenant.toml").write_text(TENANT.replace("acme", "acne", 1))
    code, text = said(*action)
    assert code == 2
    assert "has learned nothing for acne; check the name" in text
