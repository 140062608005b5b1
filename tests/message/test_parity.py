"""A seeded sample of the corpora read beside the standard library: every difference is judged."""

import random
from pathlib import Path

import pytest

from parity import KINDS, compare
from shared.measuring import files_of

SAMPLE = 400
CORPORA = (
    "enron", "list-linux-usb", "list-openbmc", "phishing_pot", "scam", "spamassassin", "torture",
    "transactional",
)  # fmt: skip


@pytest.mark.corpora
@pytest.mark.parametrize("name", CORPORA)
def test_the_standard_library_reads_the_same_but_for_known_kinds(name: str, corpora: Path) -> None:
    files = files_of(corpora / name)
    chosen = random.Random(3).sample(files, min(SAMPLE, len(files)))
    compared = [compare(path.read_bytes(), path.name) for path in chosen]
    differences = [one for each in compared for one in each.differences]
    assert {one.kind for one in differences} <= set(KINDS)
    if name != "torture":
        assert not [one for one in differences if one.what == "headers"]
        equal = sum(
            not [one for one in each.differences if one.what != "text"] for each in compared
        )
        assert equal >= len(compared) - 2


def test_a_difference_is_seen_and_named() -> None:
    raw = b'Content-Type: multipart/mixed; boundary="b\n\n--b\n\nhi\n--b\n\nyou\n--b--\n'
    (found,) = compare(raw, "made").differences
    assert (found.what, found.kind) == ("leaves", "quoted boundary without its end quote")
    assert compare(b"Subject: x\n\nhello\n", "made").differences == ()
