"""What holds for every kind of file: its type shows, and its bytes are the same everywhere."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from shutil import which

import pytest
from tests.simulate.files.samples import SAMPLES

from chaffinch.message.filetype import file_type

TOP = Path(__file__).resolve().parents[3]
TYPE_OF_ENDING = {"docm": "docx", "xlsm": "xlsx"}  # told by content, not by the name
WITHOUT_SIGN = {"txt", "vcf", "lnk", "ole"}  # texts, and what has no type in the public enumeration
DIGESTS = """
import sys, types
from hashlib import sha256
package = types.ModuleType("chaffinch.simulate")  # its front door wants what is not installed there
package.__path__ = [sys.argv[1] + "/src/chaffinch/simulate"]
sys.modules["chaffinch.simulate"] = package
sys.path[:0] = [sys.argv[1] + "/src", sys.argv[1]]
from tests.simulate.files.samples import SAMPLES
for name, make in SAMPLES.items():
    print(name, sha256(make()).hexdigest())
"""


def digests_in(python: str, hash_seed: str) -> dict[str, str]:
    command = [python, "-S", "-c", DIGESTS, str(TOP)]
    clean = {"PYTHONHASHSEED": hash_seed, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=clean)
    return dict(line.split(" ", 1) for line in done.stdout.splitlines())


def digests_here() -> dict[str, str]:
    return {name: sha256(make()).hexdigest() for name, make in SAMPLES.items()}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_content_shows_the_type(name: str) -> None:
    ending = name.rpartition(".")[2]
    expected = "unknown" if ending in WITHOUT_SIGN else TYPE_OF_ENDING.get(ending, ending)
    assert file_type(SAMPLES[name]()) == expected


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_makes_the_same_bytes(hash_seed: str) -> None:
    assert digests_in(sys.executable, hash_seed) == digests_here()


@pytest.mark.parametrize("minor", [11, 12, 13])
def test_other_versions_of_python_make_the_same_bytes(minor: int) -> None:
    python = python_of(minor)
    if python is None:
        pytest.skip(f"no Python 3.{minor} is installed here")
    assert digests_in(python, "3") == digests_here()


def python_of(minor: int) -> str | None:
    """Where that version is: on the path, or among those a version manager keeps."""
    kept = sorted((Path.home() / ".pyenv" / "versions").glob(f"3.{minor}.*/bin/python"))
    found = [*map(str, kept), which(f"python3.{minor}") or ""]
    return next((python for python in found if python and runs(python)), None)


def runs(python: str) -> bool:
    done = subprocess.run([python, "-c", ""], capture_output=True, check=False)
    return done.returncode == 0


def test_other_texts_make_other_bytes() -> None:
    assert len(set(digests_here().values())) == len(SAMPLES)
