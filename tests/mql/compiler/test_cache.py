"""Compiled sets on disk: found again, refused when they are not ours, made anew when damaged."""

import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from chaffinch.detectors.loading import MESSAGE
from chaffinch.message.parse import parse as parse_mail
from chaffinch.mql.capabilities import NoCapabilities
from chaffinch.mql.compiler.cache import cached
from chaffinch.mql.compiler.program import Program, compiled
from chaffinch.mql.grammar import parse
from chaffinch.mql.schema import Schema
from chaffinch.mql.tree import Expr

RULES = [
    parse(f"type.inbound and regex.icontains(subject.subject, '[{one}-z]+{one}[0-9]')")
    for one in "abcdefghijklm"
] * 20
MAIL = parse_mail(b"From: a@b.example\nTo: c@d.example\nSubject: xxa7\n\nhello")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "compiled"


def stored(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def outcomes(program: Program) -> list[tuple[int, object]]:
    return program.outcomes(MAIL, NoCapabilities())


def refused(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows whenever something is compiled from now on."""
    times: list[int] = []

    def counting(exprs: Sequence[Expr], schema: Schema, signals: Mapping[str, type]) -> Program:
        times.append(len(times))
        return compiled(exprs, schema, signals)

    monkeypatch.setattr("chaffinch.mql.compiler.cache.compiled", counting)
    return times


def test_a_set_is_found_again_and_means_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = outcomes(cached(RULES, MESSAGE, {}, folder))
    times = refused(monkeypatch)
    assert outcomes(cached(RULES, MESSAGE, {}, folder)) == first != []
    assert times == []
    cached(RULES[:-1], MESSAGE, {}, folder)
    assert len(times) == 1


def test_the_folder_and_the_file_are_the_users_alone(folder: Path) -> None:
    cached(RULES, MESSAGE, {}, folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(stored(folder).stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_others_may_write_is_not_run(
    folder: Path, mode: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached(RULES, MESSAGE, {}, folder)
    stored(folder).chmod(mode)
    times = refused(monkeypatch)
    cached(RULES, MESSAGE, {}, folder)
    assert len(times) == 1


def test_a_folder_others_may_write_is_not_trusted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached(RULES, MESSAGE, {}, folder)
    folder.chmod(0o777)
    times = refused(monkeypatch)
    cached(RULES, MESSAGE, {}, folder)
    assert len(times) == 1


def test_a_link_is_not_followed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached(RULES, MESSAGE, {}, folder)
    path = stored(folder)
    elsewhere = folder.parent / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    times = refused(monkeypatch)
    cached(RULES, MESSAGE, {}, folder)
    assert len(times) == 1


@pytest.mark.parametrize("keep", [0, 10, 1_000, -7])
def test_a_damaged_file_is_made_anew(folder: Path, keep: int) -> None:
    first = outcomes(cached(RULES, MESSAGE, {}, folder))
    path = stored(folder)
    path.write_bytes(path.read_bytes()[:keep])
    assert outcomes(cached(RULES, MESSAGE, {}, folder)) == first
    assert outcomes(cached(RULES, MESSAGE, {}, folder)) == first


def test_a_changed_byte_is_found_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cached(RULES, MESSAGE, {}, folder)
    path = stored(folder)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    times = refused(monkeypatch)
    cached(RULES, MESSAGE, {}, folder)
    assert len(times) == 1


def test_old_sets_make_room(folder: Path) -> None:
    for count in range(6):
        cached(RULES[count:], MESSAGE, {}, folder)
    assert len(list(folder.iterdir())) == 4


def test_a_folder_that_cannot_be_made_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert outcomes(cached(RULES, MESSAGE, {}, tmp_path / "file" / "below")) != []
