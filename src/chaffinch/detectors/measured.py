"""What each rule of ours was seen to hit, on benign and on unwanted mail: counts beside the rules.

The counts are made by ``benchmarks/rule_hits.py``. They belong to a rule's source as it was then;
a rule that changed has none until it is measured again.
"""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.detectors.rules import Rule

MEASURED_FILE = "measured.json"
MEASURED_SCHEMA = 1


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """How many messages of each corpus a rule fired on; what is not there was not measured."""

    source: str  # digest of the source that was measured
    benign: Mapping[str, int] = {}
    unwanted: Mapping[str, int] = {}

    @property
    def benign_count(self) -> int:
        """Benign messages of all corpora it fired on."""
        return sum(self.benign.values())

    @property
    def unwanted_count(self) -> int:
        """Unwanted messages of all corpora it fired on."""
        return sum(self.unwanted.values())


class MeasuredRules(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of all rules, and of how many messages they are."""

    schema: int = MEASURED_SCHEMA
    benign: Mapping[str, int] = {}  # corpus → messages
    unwanted: Mapping[str, int] = {}
    rules: Mapping[str, Hits] = {}

    def of(self, rule: Rule) -> Hits | None:
        """The counts of a rule as it reads now; None where it was not measured so."""
        found = self.rules.get(rule.name)
        return found if found and found.source == source_digest(rule.document.source) else None


def renewed(old: MeasuredRules, new: MeasuredRules) -> MeasuredRules:
    """The new counts, with the old ones of corpora that were left out and rules that stayed."""
    return MeasuredRules(
        benign={**old.benign, **new.benign},
        unwanted={**old.unwanted, **new.unwanted},
        rules={name: _renewed(old.rules.get(name), one) for name, one in new.rules.items()},
    )


def _renewed(old: Hits | None, new: Hits) -> Hits:
    if old is None or old.source != new.source:
        return new
    return Hits(
        source=new.source,
        benign={**old.benign, **new.benign},
        unwanted={**old.unwanted, **new.unwanted},
    )


def source_digest(source: str) -> str:
    """What tells sources apart; white space is none of it.

    >>> source_digest("a and  b") == source_digest("a\\nand b"), len(source_digest(""))
    (True, 16)
    """
    return blake2b(" ".join(source.split()).encode(), digest_size=8).hexdigest()


def read_measured(folder: Path) -> MeasuredRules:
    """The counts beside the rules of a folder.

    Raises:
        UsageError: they are missing, damaged or of a newer version.
    """
    path = folder / MEASURED_FILE
    try:
        found = msgspec.json.decode(path.read_bytes(), type=MeasuredRules)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"{path}: {error}; benchmarks/rule_hits.py writes it") from error
    if found.schema != MEASURED_SCHEMA:
        raise UsageError(f"{path}: schema {found.schema} is not {MEASURED_SCHEMA}, which is read")
    return found
