"""``chaffinch onboard``: read only, goes on after any end, never over what a person wrote."""

import os
import re
import signal
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from chaffinch.engine.tenants import read_tenant
from chaffinch.replay.onboard.claims import Portrait
from chaffinch.simulate import company, week, write
from chaffinch.surfaces.cli.main import main
from chaffinch.surfaces.cli.parser import BAD_USAGE

COMMAND = [sys.executable, "-c", "from chaffinch.surfaces.cli.main import main; main()", "onboard"]


@pytest.fixture(scope="module")
def company_mail(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mail")
    organisation = company(5)
    mail = week(organisation, start=datetime(2026, 6, 1, tzinfo=UTC), days=4, seed=5)
    write(folder, mail, organisation)
    return folder / "mail"


@pytest.fixture(scope="module")
def onboarded(company_mail: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An onboarding that was never interrupted."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert main(["onboard", str(company_mail), "--tenant", "Acme", "--out", str(out)]) == 0
    return out


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    found = (one.stat() for one in (folder, *sorted(folder.rglob("*"))))
    return {f"{n}": (one.st_size, one.st_mtime_ns, one.st_mode) for n, one in enumerate(found)}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What one line says, with the code of bad usage."""
    try:
        code: object = main(["onboard", *arguments])
    except SystemExit as left:
        code = left.code
    told = capsys.readouterr().err
    assert (code, told.count("\n")) == (BAD_USAGE, 1)
    return told


def test_it_says_what_was_found_and_where_it_lies(
    company_mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stamps(company_mail)
    out = tmp_path / "out"
    assert main(["onboard", str(company_mail), "--tenant", "Acme", "--out", str(out)]) == 0
    assert stamps(company_mail) == before, "the source is only read"
    told = capsys.readouterr().out
    for named in ("own domain", "person", "suspicious_from", "What could not be found"):
        assert named in told
    for lies in ("tenant.toml", "report.html", "state"):
        assert str(out / lies) in told
        assert (out / lies).exists()
    claims = msgspec.json.decode((out / "claims.json").read_bytes(), type=Portrait).claims
    assert all(one.mentions for one in claims)
    tenant = read_tenant(out / "tenant.toml")
    truth = read_tenant(company_mail.parent / "tenant.toml")
    assert tenant.name == "Acme"
    assert set(truth.domains) <= set(tenant.domains)
    assert main(["scan", str(company_mail / "00001.eml"), "--tenant", str(out / "tenant.toml"),
                 "--state", str(out / "state")]) == 0  # fmt: skip


def test_again_it_writes_the_same_bytes(company_mail: Path, onboarded: Path) -> None:
    files = [onboarded / name for name in ("tenant.toml", "report.html")]
    before = [one.read_bytes() for one in files]
    assert main(["onboard", str(company_mail), "--tenant", "Acme", "--out", str(onboarded)]) == 0
    assert [one.read_bytes() for one in files] == before


def test_killed_at_any_time_it_goes_on_to_the_same_end(
    company_mail: Path, onboarded: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = [*COMMAND, str(company_mail), "--tenant", "Acme", "--out", str(out)]
    for watched, size in (("facts", 20_000), ("state/ledger.sqlite-wal", 300_000),
                          ("state/ledger.sqlite-wal", 1_500_000)):  # fmt: skip
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while running.poll() is None and _bytes(out / watched) < size:
            pass
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL, "it was still running"
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    for name in ("tenant.toml", "report.html"):
        assert (out / name).read_bytes() == (onboarded / name).read_bytes()


def _bytes(path: Path) -> int:
    files = (path, *path.glob("*")) if path.exists() else ()
    return sum(one.stat().st_size for one in files if one.is_file())


def test_what_a_person_changed_is_kept_and_used(
    company_mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = [str(company_mail), "--tenant", "Acme", "--out", str(out)]
    assert main(["onboard", *arguments]) == 0
    path = out / "tenant.toml"
    edited = re.sub(r"(?m)^vip = true.*$", "vip = false", path.read_text("utf-8"))
    edited = edited.replace('name = "Acme"', 'name = "Acme"\nbulk_senders = ["mine.example"]', 1)
    edited = re.sub(r"(?ms)^bulk_senders = \[  .*?^\]$", "", edited)
    path.write_text(edited, "utf-8")
    assert "was filled with another description" in refused(capsys, *arguments)
    assert main(["onboard", *arguments, "--state", str(tmp_path / "new")]) == 0
    told = capsys.readouterr().out
    assert "was edited, so it was kept and used" in told
    assert "tenant.found.toml   compare it with yours" in told
    assert path.read_text("utf-8") == edited
    found = tomllib.loads((out / "tenant.found.toml").read_text("utf-8"))
    assert found.get("bulk_senders") != ["mine.example"]


def test_what_cannot_be_done_is_said_in_one_line(
    company_mail: Path, onboarded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mail, out = str(company_mail), ["--out", str(tmp_path / "out")]
    assert "--tenant" in refused(capsys, mail, *out)
    for empty in (" ", "a\nb", "\udcff"):
        assert "--tenant is empty or cannot" in refused(capsys, mail, "--tenant", empty, *out)
    assert "0 is not a number of days" in refused(capsys, mail, "--tenant", "A", "--days", "0")
    assert "not a number of processes" in refused(capsys, mail, "--tenant", "A", "--jobs", "x")
    assert "-1 is not above 0 and below 10,000" in refused(
        capsys, mail, "--tenant", "A", "--budget", "-1"
    )
    assert "cannot be read twice" in refused(capsys, "-", "--tenant", "A", *out)
    (tmp_path / "empty").mkdir()
    told = refused(capsys, str(tmp_path / "empty"), "--tenant", "A", *out)
    assert "no message could be read" in told
    lost = refused(capsys, mail, str(tmp_path / "mial"), "--tenant", "A", *out)
    assert "mial: no such file or folder; check the spelling" in lost
    file = tmp_path / "file"
    file.touch()
    told = refused(capsys, mail, "--tenant", "A", "--out", str(file))
    assert "cannot be made a folder (File exists); name another with --out" in told
    other = refused(capsys, mail, "--tenant", "Other", "--out", str(onboarded))
    assert "holds the onboarding of Acme" in other
    assert "name another folder with --out" in other


def test_nothing_was_begun_where_nothing_could_be_read(
    company_mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, empty, mail = tmp_path / "out", tmp_path / "empty", tmp_path / "mail"
    for folder in (empty, mail, out / "facts"):
        folder.mkdir(parents=True)
    (out / "facts" / "mine").touch()
    refused(capsys, str(empty), "--tenant", "A", "--out", str(out))
    assert [one.name for one in out.rglob("*")] == ["facts", "mine"]
    for number in range(1, 30):
        (mail / f"{number}.eml").symlink_to(company_mail / f"{number:05d}.eml")
    assert main(["onboard", str(mail), "--tenant", "Acme", "--out", str(out)]) == 0


def test_a_tenant_file_with_a_slip_is_refused_before_the_mail_is_read(
    company_mail: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "tenant.toml"
    path.write_text('nmae = "Acme"\n', "utf-8")
    told = refused(capsys, str(company_mail), "--tenant", "Acme", "--out", str(tmp_path))
    assert "did you mean `name`?" in told
    assert not (tmp_path / "facts").exists()


def test_names_of_files_need_not_be_text(company_mail: Path, tmp_path: Path) -> None:
    mail = tmp_path / os.fsdecode(b"mail\xff")
    mail.mkdir()
    for number in range(1, 60):
        letter = (company_mail / f"{number:05d}.eml").read_bytes()
        (mail / os.fsdecode(b"caf\xe9%d.eml" % number)).write_bytes(letter)
    out = tmp_path / "out"
    assert main(["onboard", str(mail), "--tenant", "Acme", "--out", str(out)]) == 0
    portrait = msgspec.json.decode((out / "claims.json").read_bytes(), type=Portrait)
    assert portrait.messages_count == 59
    assert "\\xe9" in portrait.claims[0].mentions[0].place


def test_stopped_by_hand_it_says_how_to_go_on(company_mail: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [*COMMAND, str(company_mail), "--tenant", "Acme", "--out", str(out)]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=os.environ
    )
    while _bytes(out / "facts") < 20_000:
        pass
    running.send_signal(signal.SIGINT)
    _, told = running.communicate()
    assert told == "chaffinch: stopped; the same command goes on from here\n"
