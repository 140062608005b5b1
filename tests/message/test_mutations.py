"""Twenty thousand damaged messages: nothing raises, nothing is slow, all are read alike twice."""

import os
from pathlib import Path

import pytest

from mutations import batch, figures, sources_of

SEED, COUNT, PIECES = 7, 20_000, 20
SMALL = 12_000  # bytes of a source, so that the suite stays quick


@pytest.fixture(scope="module")
def sources(repository: Path) -> list[bytes]:
    """Small messages of the simulator, and of the torture collection where it is present."""
    told = os.environ.get("CHAFFINCH_CORPORA")
    torture = (Path(told) if told else repository.parent / "corpora-cache") / "torture"
    found = sources_of([str(torture)], 500, SEED) if torture.is_dir() else []
    return [raw for raw in found + sources_of([], 100, SEED) if len(raw) <= SMALL]


@pytest.mark.slow
@pytest.mark.parametrize("piece", range(PIECES))
def test_damaged_messages_are_read_quickly_and_always_alike(
    piece: int, sources: list[bytes]
) -> None:
    each = COUNT // PIECES
    outcomes = batch(piece * each, sources=sources, seed=SEED, count=each)
    assert figures(outcomes, len(sources))["troubles"] == 0, [
        one for one in outcomes if one.trouble
    ]
