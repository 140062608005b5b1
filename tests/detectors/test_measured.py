"""Counts of hits beside the rules."""

from pathlib import Path

import msgspec
import pytest

from chaffinch.core.errors import UsageError
from chaffinch.detectors.loading import load_rules
from chaffinch.detectors.measured import (
    MEASURED_FILE,
    Hits,
    MeasuredRules,
    read_measured,
    renewed,
    source_digest,
)


def test_counts_belong_to_the_source_they_were_made_of(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("name: A\nid: a\nsource: type.inbound\n")
    (rule,) = load_rules(tmp_path, "t").rules
    hits = Hits(source=source_digest("type.inbound"), benign={"ham": 2}, unwanted={"spam": 9})
    measured = MeasuredRules(rules={"a": hits})
    assert measured.of(rule) == hits
    (tmp_path / "a.yml").write_text("name: A\nid: a\nsource: type.outbound\n")
    (changed,) = load_rules(tmp_path, "t").rules
    assert measured.of(changed) is None


def test_what_was_not_measured_again_stays_where_the_rule_stayed() -> None:
    old = MeasuredRules(
        benign={"ham": 10, "list": 5},
        rules={
            "same": Hits(source="1", benign={"ham": 3, "list": 1}),
            "changed": Hits(source="1", benign={"ham": 3, "list": 1}),
            "gone": Hits(source="1"),
        },
    )
    new = MeasuredRules(
        benign={"ham": 11},
        rules={
            name: Hits(source="12"[name != "same"], benign={"ham": 4})
            for name in ("same", "changed")
        },
    )
    found = renewed(old, new)
    assert found.benign == {"ham": 11, "list": 5}
    assert found.rules["same"].benign == {"ham": 4, "list": 1}
    assert found.rules["changed"].benign == {"ham": 4}
    assert "gone" not in found.rules


@pytest.mark.parametrize("text", [b"", b"{", b'{"schema": 99}', b'{"rules": 3}'])
def test_damage_names_the_file_and_what_writes_it(tmp_path: Path, text: bytes) -> None:
    (tmp_path / MEASURED_FILE).write_bytes(text)
    with pytest.raises(UsageError, match=r"measured\.json: .*"):
        read_measured(tmp_path)


def test_they_come_back_as_written(tmp_path: Path) -> None:
    measured = MeasuredRules(benign={"ham": 1}, rules={"a": Hits(source="1", unwanted={"x": 2})})
    (tmp_path / MEASURED_FILE).write_bytes(msgspec.json.encode(measured))
    assert read_measured(tmp_path) == measured
    assert read_measured(tmp_path).rules["a"].unwanted_count == 2
