"""The journey's goldens: each example's row as it stands; ``make golden`` rewrites them.

A changed golden is a changed decision: read the diff before committing it.
"""

import os
from pathlib import Path

import msgspec
import pytest

from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.engine.tenants import read_tenant
from chaffinch.message.sources import find
from chaffinch.surfaces.row import row_of

TOP = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
EXAMPLES = sorted((TOP / "examples").rglob("*.eml"))


def shown(path: Path) -> str:
    """The row of one example without what changes with every edition of the rules."""
    tenant = read_tenant(TOP / "examples" / "tenant.toml")
    (found,) = find([path])
    assert found.raw is not None
    with Engine.open(tenant=tenant) as engine:
        entry = engine.consider(Mail(raw=found.raw))
    row = row_of(path.relative_to(TOP).as_posix(), entry.decision, 0.0, entry.about)
    stable = msgspec.structs.replace(row, id="", versions={})
    return msgspec.json.format(msgspec.json.encode(stable), indent=1).decode() + "\n"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_golden_row(path: Path) -> None:
    golden = HERE / f"{path.parent.name}-{path.stem}.json"
    if os.environ.get("CHAFFINCH_GOLDEN") == "write":
        golden.write_text(shown(path), "utf-8")
    assert golden.read_text("utf-8") == shown(path)


def test_golden_files_are_those_of_the_examples() -> None:
    wanted = {f"{path.parent.name}-{path.stem}.json" for path in EXAMPLES}
    assert {path.name for path in HERE.glob("*.json")} == wanted
