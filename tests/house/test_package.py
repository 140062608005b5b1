"""The front door: what is public, what importing costs, what the wheel holds."""

import subprocess
import sys
import tomllib
from pathlib import Path

import chaffinch

TOP = Path(__file__).resolve().parents[2]


def test_public_names_are_importable_and_sorted() -> None:
    assert chaffinch.__all__ == sorted(chaffinch.__all__)
    for name in chaffinch.__all__:
        assert getattr(chaffinch, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(chaffinch, "Enigne")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, chaffinch\n"
        "print([name for name in ('lmdb', 'turbohtml', 're2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_loads_no_engine() -> None:
    code = (
        "import sys\nfrom chaffinch.surfaces.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('lmdb', 'turbohtml', 're2', 'rich') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


def test_the_wheel_lists_every_package() -> None:
    declared = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packages = {
        ".".join(("chaffinch", *path.parent.relative_to(TOP / "src" / "chaffinch").parts))
        for pattern in ("__init__.py", "data/*")
        for path in (TOP / "src" / "chaffinch").rglob(pattern)
        if path.parent.name != "__pycache__"
    }
    folders = {path.parent.name for path in (TOP / "rules").rglob("*.yml")}
    packages |= {"chaffinch.rules", *(f"chaffinch.rules.{folder}" for folder in folders)}
    assert set(declared["packages"]) == packages


def test_versions_agree() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == chaffinch.__version__
