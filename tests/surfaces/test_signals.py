"""The signals command, measured on simulated mail and compared with plain counting."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median_low

import pytest

from chaffinch.engine.tenants import read_tenant
from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.mql.values import Unknown
from chaffinch.signals.declare import catalogue
from chaffinch.signals.evidence import Evidence, Measured
from chaffinch.surfaces.cli.main import main

KEYS = {"name", "level", "type", "unit", "description"}
REAL = "sender.identity.is_free_provider"

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs an action; its exit code, what it printed, and what it complained of."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        code = main(["signals", *map(str, arguments)])
        caught = capsys.readouterr()
        return code, caught.out, caught.err

    return run


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A little simulated mail, with attacks, and the tenant file that belongs to it."""
    folder = tmp_path_factory.mktemp("week") / "out"
    options = ["--people", "8", "--days", "2", "--attacks", "12", "--lookalikes", "6"]
    assert main(["simulate", *options, str(folder)]) == 0
    return folder


def rows(text: str) -> dict[str, dict[str, object]]:
    return {one["name"]: one for one in map(json.loads, text.splitlines())}


def test_the_list_is_the_catalogue(said: Said) -> None:
    code, text, _ = said("list", "--format", "jsonl")
    listed = rows(text)
    assert code == 0
    assert list(listed) == list(catalogue())
    for name, row in listed.items():
        one = catalogue()[name]
        assert set(row) >= KEYS
        told = (row["level"], row["type"], row["unit"], row["description"], row["unknown"])
        assert told == (one.level, one.kind, one.unit, one.description, one.missing)


def test_the_list_is_printed_for_people_too(said: Said) -> None:
    _, text, _ = said("list", "--level", "link")
    assert "link.shape.url_characters" in text
    assert "characters" in text
    assert REAL not in text


def test_one_signal_is_shown_with_the_rules_that_read_it(said: Said, tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text(
        f"name: Mine\nseverity: low\nsource: signals.{REAL}\nid: 5c2f2f0e\n"
    )
    code, text, _ = said("show", f"signals.{REAL}", "--rules", tmp_path)
    assert code == 0
    assert "unknown    without a From address, or a list of free mailbox providers" in text
    assert f"Mine [{tmp_path}]" in text
    _, line, _ = said("show", REAL, "--rules", tmp_path, "--format", "jsonl")
    shown = json.loads(line)
    assert shown["inputs"] == ["Sender", "Lists"]
    assert shown["module"] == "chaffinch.signals.sender.identity"
    assert {"rule": "mine", "title": "Mine", "origin": str(tmp_path)} in shown["rules"]
    assert {one["origin"] for one in shown["rules"]} == {"chaffinch", str(tmp_path)}


def test_an_unknown_name_is_answered_with_the_nearest(said: Said) -> None:
    code, _, error = said("show", "sender.identity.is_free_provder")
    assert code == 2
    assert error == (
        f"chaffinch: no signal `sender.identity.is_free_provder`; did you mean `{REAL}`?\n"
    )


def plainly_measured(week: Path) -> dict[str, list[Measured]]:
    tenant = read_tenant(week / "tenant.toml")
    found: dict[str, list[Measured]] = {name: [] for name in catalogue()}
    for path in (week / "mail").rglob("*.eml"):
        evidence = Evidence(parse(path.read_bytes(), tenant=tenant), None, shipped())
        for name, value in evidence.measure_all().items():
            found[name].append(value)
    return found


def test_what_is_measured_is_what_plain_counting_says(said: Said, week: Path) -> None:
    code, text, error = said(
        "measure", week / "mail", "--tenant", week / "tenant.toml", "--format", "jsonl"
    )
    assert (code, error) == (0, "")
    measured, plain = rows(text), plainly_measured(week)
    assert set(measured) == set(plain)
    for name, values in plain.items():
        row, known = measured[name], [one for one in values if not isinstance(one, Unknown | None)]
        assert row["messages"] == len(values)
        assert row["known"] == pytest.approx(len(known) / len(values), abs=1e-6)
        assert row["null"] == pytest.approx(values.count(None) / len(values), abs=1e-6)
        compare(row, known, catalogue()[name].kind)
    assert measured["message.header.came_through_a_list"]["true"]
    assert measured["sender.history.is_first_contact"]["lacks"] == ["profiles"]
    assert all(one["cpu_us"] for one in measured.values())


def compare(row: dict[str, object], known: list[bool | int | float | str], kind: str) -> None:
    if kind == "bool" and known:
        assert row["true"] == pytest.approx(known.count(True) / len(known), abs=1e-6)
    elif kind in ("int", "float") and known:
        quantiles, numbers = row["quantiles"], [one for one in known if not isinstance(one, str)]
        assert isinstance(quantiles, dict)
        expected = (min(numbers), median_low(numbers), max(numbers))
        told = (quantiles["min"], quantiles["median"], quantiles["max"])
        assert told == pytest.approx(expected, rel=1e-3)
    else:
        assert row["true"] is row["quantiles"] is None


def test_history_is_known_where_a_state_learned_enough_before(
    said: Said, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "longer"
    main(["simulate", "--people", "8", "--days", "6", "--attacks", "0", str(folder)])
    options = ["--tenant", str(folder / "tenant.toml"), "--state", str(tmp_path / "state")]
    assert main(["scan", str(folder / "mail"), "--learn", *options]) == 0
    capsys.readouterr()
    _, text, _ = said("measure", folder / "mail", *options, "--format", "jsonl")
    row = rows(text)["sender.history.is_first_contact"]
    known, true = row["known"], row["true"]
    assert isinstance(known, float)
    assert isinstance(true, float)
    assert 0 < known < 1, "the first days were read before enough was learned"
    assert row["lacks"] == ["profiles: history too short"]
    assert 0 < true < 1


def test_people_see_a_table_and_what_it_cost(said: Said, week: Path) -> None:
    code, text, _ = said("measure", week / "mail", "--tenant", week / "tenant.toml")
    assert code == 0
    assert "no history: scan with --state DIR --learn" in text
    assert "ms of processor time, the signals alone" in text.splitlines()[-1]


def test_what_cannot_be_read_is_named_and_does_not_stop_the_rest(
    said: Said, tmp_path: Path, letter: Callable[..., bytes]
) -> None:
    (tmp_path / "a.eml").write_bytes(letter())
    (tmp_path / "b.txt").write_text("nothing")
    code, text, error = said("measure", tmp_path / "a.eml", tmp_path / "b.txt")
    assert code == 0
    assert "1 message;" in text
    assert "b.txt: not a mail message" in error
    code, _, error = said("measure", tmp_path / "b.txt")
    assert code == 2
    assert error.endswith("chaffinch: no message could be read\n")
    assert said("measure", tmp_path / "absent")[0] == 2


def test_progress_is_shown_on_a_terminal(week: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "chaffinch.surfaces.cli.main", "signals", "measure"]
    with subprocess.Popen(
        [*command, str(week / "mail")],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    ) as running:
        os.close(theirs)
        shown = _read_on(ours)
    assert (running.returncode, b"measuring" in shown) == (0, True)
    os.close(ours)


def _read_on(terminal: int) -> bytes:
    """All that is drawn, read while it is: whoever draws waits for a terminal to be read."""
    shown = b""
    with suppress(OSError):  # nobody draws any more
        while some := os.read(terminal, 65_536):
            shown += some
    return shown


def test_help_and_mistakes(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    assert said()[0] == 2
    with pytest.raises(SystemExit) as left:
        main(["signals", "lst"])
    assert left.value.code == 2
    assert "choose from" in capsys.readouterr().err
