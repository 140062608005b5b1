"""``chaffinch parse`` prints the whole model, and what it prints fits its schema."""

import base64
import io
import json
import mailbox
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.model import Value
from chaffinch.message.parse import parse
from chaffinch.message.sources import load, locate
from chaffinch.mql.shapes import attributes
from chaffinch.surfaces import printed as module
from chaffinch.surfaces.cli.main import main
from chaffinch.surfaces.printed import printed, schema

Letter = Callable[..., bytes]
Run = Callable[..., tuple[int, str, str]]
FITS = jsonschema.Draft202012Validator(
    schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
TENANT = 'name = "acme"\ndomains = ["acme.example"]\nboundary = ["mx1.acme.example"]\n'
WITH_FILE = (
    b"From: ada@acme.example\nTo: ben@acme.example\nSubject: File\nMIME-Version: 1.0\n"
    b'Content-Type: application/octet-stream; name="a.bin"\n'
    b"Content-Transfer-Encoding: base64\n\nAAEC/w==\n"
)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs ``parse``: exit code, output, errors."""

    def run_it(*arguments: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        try:
            code = main(["parse", *map(str, arguments)])
        except SystemExit as left:
            code = int(str(left.code))
        said = capfdbinary.readouterr()
        return code, said.out.decode(), said.err.decode()

    return run_it


def test_one_message_is_one_object(tmp_path: Path, letter: Letter, run: Run) -> None:
    path = tmp_path / "letter.eml"
    path.write_bytes(letter(subject="Re: Lunch"))
    code, out, _ = run(path)
    shown = json.loads(out)
    assert code == 0
    assert out.startswith("{\n")
    assert shown["path"] == str(path)
    assert shown["sender"]["email"]["domain"]["root_domain"] == "stone.example"
    assert (shown["subject"]["base"], shown["subject"]["is_reply"]) == ("Lunch", True)
    assert shown["received_at"] == "2026-06-15T09:00:00+00:00"
    FITS.validate(shown)


def test_several_messages_are_a_line_each(tmp_path: Path, letter: Letter, run: Run) -> None:
    (tmp_path / "a.eml").write_bytes(letter(number=1))
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / "c.eml").write_bytes(letter(number=3))
    code, out, _ = run(tmp_path)
    shown = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [Path(one["path"]).name for one in shown] == ["a.eml", "b.eml", "c.eml"]
    assert shown[1] == {"path": str(tmp_path / "b.eml"), "error": "empty file"}
    for one in shown:
        FITS.validate(one)


def test_one_message_of_a_mailbox_is_named_as_scan_shows_it(
    tmp_path: Path, letter: Letter, run: Run
) -> None:
    path = tmp_path / "box.mbox"
    box = mailbox.mbox(path)
    for number in range(3):
        box.add(letter(number=number, subject=f"number {number}"))
    box.close()
    _, out, _ = run(path)
    assert len(out.splitlines()) == 3
    code, out, _ = run(f"{path}#2")
    assert (code, json.loads(out)["subject"]["subject"]) == (0, "number 1")


def test_standard_input_is_read(letter: Letter, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(letter(subject="Piped"))))
    code, out, _ = run("-")
    assert (code, json.loads(out)["subject"]["subject"]) == (0, "Piped")


def test_the_tenant_says_who_is_inside(tmp_path: Path, letter: Letter, run: Run) -> None:
    path, tenant = tmp_path / "letter.eml", tmp_path / "tenant.toml"
    path.write_bytes(letter(to="mia@elsewhere.example"))
    tenant.write_text(TENANT)
    _, out, _ = run(path)
    assert json.loads(out)["type"]["inbound"] is True
    assert any("elsewhere.example" in one for one in json.loads(out)["assumptions"])
    _, out, _ = run(path, "--tenant", tenant)
    assert not any("elsewhere.example" in one for one in json.loads(out)["assumptions"])


def test_bytes_are_printed_only_if_wanted(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "file.eml"
    path.write_bytes(WITH_FILE)
    _, out, _ = run(path)
    (attachment,) = json.loads(out)["attachments"]
    assert "raw" not in attachment
    assert attachment["size"] == 4
    _, out, _ = run(path, "--raw")
    (attachment,) = json.loads(out)["attachments"]
    assert base64.b64decode(attachment["raw"]) == b"\x00\x01\x02\xff"
    jsonschema.Draft202012Validator(schema(with_bytes=True)).validate(json.loads(out))


def test_the_schema_is_printed(run: Run) -> None:
    code, out, _ = run("--schema")
    assert code == 0
    jsonschema.Draft202012Validator.check_schema(json.loads(out))
    assert json.loads(out) == schema()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "the following arguments are required: FILE"),
        (("nothing.eml",), "nothing.eml: no such file"),
        (("{}/empty.eml",), "empty.eml: empty file"),
        (("{}/empty.eml#4",), "holds no such message"),
        (("{}/empty.eml", "--tenant", "nothing.toml"), "nothing.toml: cannot be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    tmp_path: Path, arguments: tuple[str, ...], said: str, run: Run
) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    code, out, error = run(*(one.format(tmp_path) for one in arguments))
    assert (code, out) == (2, "")
    assert said in error
    assert len(error.splitlines()) == 1


def test_a_message_cut_at_the_limit_says_so(tmp_path: Path, letter: Letter, run: Run) -> None:
    path, told = tmp_path / "long.eml", tmp_path / "settings.toml"
    path.write_bytes(letter(body="long " * 2_000))
    told.write_text("[limits]\nmessage_bytes = 2000\n")
    _, out, _ = run(path, "--settings", told)
    assert json.loads(out)["defects"][0]["code"] == "message-truncated"
    FITS.validate(json.loads(out))


def test_public_names_are_used() -> None:
    properties = schema()["$defs"]
    assert isinstance(properties, dict)
    kinds: dict[str, Any] = properties
    assert "from" in kinds["DmarcDetails"]["properties"]
    assert "pass" in kinds["SpfSummary"]["properties"]
    assert kinds["Url"]["properties"]["query_params_decoded"]["type"] == "object"


@pytest.mark.parametrize("cls", module._BESIDE)
def test_what_is_printed_besides_is_hidden_from_rules(cls: type[Value]) -> None:
    beside = module._BESIDE[cls]
    assert cls.hidden_from_rules.issuperset(beside)
    assert attributes(cls).keys().isdisjoint(beside)


def test_every_path_of_the_public_feed_is_printed(repository: Path) -> None:
    lines = (
        (repository / "benchmarks" / "shared" / "feed_paths.txt").read_text("utf-8").splitlines()
    )
    paths = [one for one in lines if one and not one.startswith(("#", "triage."))]
    assert len(paths) == 212
    assert [one for one in paths if not _reaches(one)] == []


def _reaches(path: str) -> bool:
    kinds = schema(with_bytes=True)["$defs"]
    assert isinstance(kinds, dict)
    here: Any = kinds["Message"]
    for step in path.replace("[]", ".[]").replace("{}", ".{}").split("."):
        if "anyOf" in here:
            here = here["anyOf"][0]
        if "$ref" in here:
            here = kinds[here["$ref"].rpartition("/")[2]]
        under = {"[]": "items", "{}": "additionalProperties"}.get(step)
        here = here[under] if under else here["properties"].get(step)
        if here is None:
            return False
    return True


def test_the_examples_fit_the_schema(repository: Path) -> None:
    paths = sorted((repository / "examples").rglob("*.eml"))
    assert len(paths) >= 7
    for path in paths:
        FITS.validate(printed(parse(path.read_bytes()), str(path)))


@settings(max_examples=100)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"From: \xff <a@b.example>\nSubject: =?utf-7?q?+2AA-?=\n", WITH_FILE]),
)
def test_any_bytes_fit_the_schema(noise: bytes, start: bytes) -> None:
    FITS.validate(printed(parse(start + noise), "noise"))


@pytest.mark.corpora
def test_real_mail_fits_the_schema(corpora: Path) -> None:
    chance = random.Random(5)
    for corpus in sorted(path for path in corpora.iterdir() if path.is_dir()):
        located = [one for one in locate([corpus]) if one.error is None]
        for locator in chance.sample(located, min(40, len(located))):
            found = load(locator, Limits())
            if found.raw is not None:
                FITS.validate(printed(parse(found.raw), found.path))
