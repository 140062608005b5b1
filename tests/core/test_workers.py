"""Work spread over processes keeps its order and outlives a process that dies."""

import os

from chaffinch.core.workers import spread


def doubled(batch: tuple[int, ...]) -> list[int]:
    """Twice each number; 13 kills the process it is given to."""
    if 13 in batch:
        os._exit(9)
    return [2 * number for number in batch]


def lost(batch: tuple[int, ...]) -> list[int]:
    return [-1] * len(batch)


BATCHES = [tuple(range(first, first + 4)) for first in range(0, 40, 4)]


def test_results_come_in_order() -> None:
    wanted = [[2 * number for number in batch] for batch in BATCHES if 13 not in batch]
    quiet = [batch for batch in BATCHES if 13 not in batch]
    assert list(spread(doubled, quiet, 1, lost)) == wanted
    assert list(spread(doubled, quiet, 2, lost)) == wanted


def test_only_the_fatal_item_is_lost() -> None:
    found = [one for results in spread(doubled, BATCHES, 2, lost) for one in results]
    assert found == [-1 if number == 13 else 2 * number for number in range(40)]
