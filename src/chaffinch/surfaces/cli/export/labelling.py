"""Labels of exported rows: those on record, and those of folders with a ``labels.csv``."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import (
    SOURCES,
    Label,
    LabelOf,
    Labels,
    Resolved,
    resolved,
    subjects_of,
)
from chaffinch.replay.evaluate.labelled import LABELS_FILE, read_folder

Truths = Mapping[Path, tuple[Verdict, int]]  # file → what it is, and since when that is on record


def truths_of(places: Iterable[str]) -> Truths:
    """What the ``labels.csv`` of folders say.

    Raises:
        UsageError: one of them cannot be used.
    """
    found: dict[Path, tuple[Verdict, int]] = {}
    for place in map(Path, places):
        written = place / LABELS_FILE
        if not written.is_file():
            continue
        since = int(written.stat().st_mtime * 1000)
        for one in read_folder(place).truths:
            verdict = Verdict.MALICIOUS if one.is_unwanted else Verdict.BENIGN
            found[(place / one.path).resolve()] = verdict, since
    return found


def label_of_file(entry: Entry, path: str, truths: Truths) -> list[Label]:
    """The label of a message that lies in a labelled folder."""
    told = truths.get(Path(path).resolve())
    if told is None:
        return []
    verdict, since = told
    return [
        Label(
            tenant=entry.decision.tenant,
            of=LabelOf.ENTRY,
            subject=entry.id,
            verdict=verdict,
            source=SOURCES["collection"],
            true_at=min(entry.observation.at, since),
            recorded_at=since,
            by=LABELS_FILE,
        )
    ]


def label_of(entry: Entry, known: Labels | None, more: Iterable[Label], at: int) -> Resolved | None:
    """What the labels of an entry come to, as they were known at a time."""
    on_record = known.about(entry.decision.tenant, subjects_of(entry)) if known else ()
    return resolved([*on_record, *more], at)
