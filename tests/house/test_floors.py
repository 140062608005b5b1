"""The floors of the house: read off the files, so that it holds without any tool installed."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "chaffinch"

FLOORS = {
    "core": 0,
    "message": 1,
    "lists": 1,
    "mql": 2,
    "profiles": 2,
    "probes": 2,
    "simulate": 2,
    "signals": 3,
    "detectors": 4,
    "decision": 5,
    "stores": 6,
    "engine": 7,
    "replay": 8,
    "surfaces": 9,
}
TECHNOLOGIES = {
    "lmdb": {"stores/lmdb.py", "stores/lmdb_files.py"},
    "pg8000": {
        f"stores/postgres{part}.py" for part in ("", "_append", "_rows", "_schema", "_statements")
    },
    "redis": {"stores/redis.py"},
    "pyarrow": {
        f"stores/parquet{part}.py" for part in ("", "_archive", "_columns", "_files", "_search")
    },
    "sqlite3": {f"stores/sqlite{part}.py" for part in ("", "_file", "_index", "_rows", "_schema")},
    "turbohtml": {"message/charset.py", "message/turbo.py", "mql/functions/pages.py"},
    "selectolax": {"message/lexbor.py"},
    "can_ada": {"message/url.py", "message/domain.py"},
    "hyperscan": {
        f"mql/compiler/{name}.py" for name in ("cache", "database", "preselect", "scanner")
    },
    "marshal": {"mql/compiler/cache.py"},
    "subprocess": {"stores/git.py"},
    "yaml": {"detectors/yaml_file.py"},
    "olefile": {"message/sources/outlook.py", "message/sources/mapi.py"},
}
FILES = sorted(SOURCE.rglob("*.py"))
NAMED = [str(path.relative_to(SOURCE)) for path in FILES]


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module a file imports, with the column of the statement (0 is the top level)."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.col_offset) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module or "", node.col_offset))
    return found


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "chaffinch" and len(parts) > 1 else None


@pytest.mark.parametrize("name", NAMED)
def test_a_file_imports_its_own_room_and_lower_floors(name: str) -> None:
    own = name.partition("/")[0]
    if own not in FLOORS:
        return  # the package's own __init__ names public homes only
    for module, _ in imports(SOURCE / name):
        other = room(module)
        if other is not None and other != own:
            assert FLOORS[other] < FLOORS[own], f"{name} imports {module}"


@pytest.mark.parametrize("name", NAMED)
def test_a_technology_lives_in_the_file_that_fills_its_protocol(name: str) -> None:
    for module, _ in imports(SOURCE / name):
        homes = TECHNOLOGIES.get(module.split(".")[0])
        assert homes is None or name in homes, f"{name} imports {module}"


@pytest.mark.parametrize("name", [name for name in NAMED if name != "__init__.py"])
def test_imports_stand_at_the_top(name: str) -> None:
    deferred = [module for module, column in imports(SOURCE / name) if column]
    assert not [module for module in deferred if room(module)], f"{name} imports on the way"


def test_every_room_has_a_floor() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(FLOORS)


def test_surfaces_do_not_know_each_other() -> None:
    doors = {path.name for path in (SOURCE / "surfaces").iterdir() if path.is_dir()}
    for name in NAMED:
        if name.startswith("surfaces/") and name.count("/") > 1:
            own = name.split("/")[1]
            for module, _ in imports(SOURCE / name):
                parts = module.split(".")
                if parts[:2] == ["chaffinch", "surfaces"] and len(parts) > 2:
                    assert parts[2] not in doors - {own, "cli"} or own == "cli", f"{name}: {module}"
