"""The pages: examples that run, and a meaning for every key and every word."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COUNT = """
import sys; sys.path.insert(0, sys.argv[1])
import generate, meanings, msgspec, typing
from chaffinch.detectors.finding import Labels
for kind in generate.FILES.values():
    keys = {one.name for one in msgspec.structs.fields(kind)}
    print(set(meanings.SETTINGS[kind.__name__]) ^ keys)
for kind in (*generate.LABELS.values(), *generate.AXES.values()):
    print(set(meanings.WORDS[kind.__name__]) ^ set(map(str, kind)))
for kind, keys in generate.DOCUMENT.values():
    print({one.name for one in msgspec.structs.fields(kind)} - {"path"} ^ set(keys))
print(set(meanings.WORDS["Kind"]) ^ set(typing.get_args(typing.get_type_hints(Labels)["kind"])))
"""


def test_the_library_page_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall((TOP / "docs" / "library.md").read_text("utf-8"))
    assert len(blocks) >= 6
    names: dict[str, object] = {}
    for number, block in enumerate(blocks):
        exec(compile(block, f"library.md, block {number}", "exec"), names)
    lines = capsys.readouterr().out.splitlines()
    promised = re.findall(r"^ *print\(.*\)\s+# (.*)$", "\n".join(blocks), re.MULTILINE)
    assert promised[:-1] == lines[: len(promised) - 1], "the comments say what is printed"
    assert lines[-1] == "letter.eml benign"


def test_every_key_and_word_has_a_meaning_and_no_meaning_is_left_over() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, str(TOP / "docs")], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.splitlines()) == {"set()"}


def test_every_code_of_a_document_has_a_meaning() -> None:
    room = TOP / "src" / "chaffinch" / "detectors"
    used = {
        code
        for path in room.glob("*.py")
        for code in re.findall(r'"(D\d{3}|L2\d{2})"', path.read_text("utf-8"))
    }
    page = (TOP / "docs" / "reference" / "rule-errors.md").read_text("utf-8")
    assert used <= set(re.findall(r"`([DL]\d{3})`", page))


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in [TOP / "README.md", *sorted((TOP / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
