"""Processes killed while they learn: nothing is lost, nothing is learned twice."""

import pytest

import kills
from shared import redis_server


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["lmdb", "redis"])
def test_killed_processes_lose_and_double_nothing(kind: str) -> None:
    if kind == "redis" and not redis_server.is_installed():
        pytest.skip("needs a service: redis-server is not installed")
    left = kills.survived(kind, 5, seed=7)
    assert (left.unrecorded, left.lost, left.doubled) == (0, 0, 0)
    assert left.kills == 10
    assert left.lessons >= left.acknowledged > 0
