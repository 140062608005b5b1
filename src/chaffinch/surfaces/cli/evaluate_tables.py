"""The figures of an evaluation as tables, and as one value for machines."""

import msgspec
from rich.markup import escape
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.core.vocabulary import FLAGGED
from chaffinch.replay.disruption import in_words
from chaffinch.replay.evaluate.figures import FEW, Evaluation, Quality, Whole
from chaffinch.replay.evaluate.outcome import Unreadable
from chaffinch.replay.interval import Share
from chaffinch.surfaces.cli.table import console

BEST_DETECTORS = 20


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is said: how much was read, and the figures by way of deciding."""

    messages: int
    skipped: int
    unreadable: tuple[Unreadable, ...]
    left_out: dict[str, int] = {}  # of entries on record: why → how many
    evaluations: dict[str, Evaluation]


def print_report(report: Report, *, with_probes: bool) -> None:
    """Print the tables that have rows."""
    out = console()
    for name, found in report.evaluations.items():
        out.print(_wholes(f"{counted(report.messages, 'message')}, {name}", found))
        out.print(f"disruption: {in_words(found.by_message.disruption)}", soft_wrap=True)
    first = next(iter(report.evaluations.values()))
    for table in (
        _kinds(first), _verdicts(first), _axes(first), _called(first), _detectors(first),
        _explained(report),
    ):  # fmt: skip
        if table.row_count:
            out.print(table)
    if with_probes:
        for name, found in report.evaluations.items():
            out.print(_probes(name, found))
    left = "entries" if report.left_out else "messages"
    reasons = "; ".join(f"{count:,}: {why}" for why, count in report.left_out.items())
    why = f" ({reasons})" if reasons else ""
    if report.skipped:
        out.print(f"{report.skipped:,} {left} without a usable label were left out{why}")
    out.print(
        "brackets: exact 95 % intervals; precision holds for a mix of mail like this one only"
    )


def _wholes(title: str, found: Evaluation) -> Table:
    table = _table(title, "of", "recall", "benign flagged", "benign kept back", "precision")
    rows: list[tuple[str, Whole]] = [
        ("messages", found.by_message),
        ("campaigns", found.by_campaign),
        *((name, each) for name, each in found.corpora.items() if len(found.corpora) > 1),
    ]
    for name, whole in rows:
        table.add_row(
            escape(name), said(whole.quality.recall), said(whole.quality.false_positives),
            said(whole.disrupted), said(whole.quality.precision),
        )  # fmt: skip
    return table


def _kinds(found: Evaluation) -> Table:
    table = _table("unwanted mail by kind", "kind", "recall")
    if len(found.kinds) > 1:
        for kind, caught in sorted(found.kinds.items(), key=lambda one: one[1].value or 0):
            table.add_row(escape(kind or "-"), said(caught))
    return table


def _axes(found: Evaluation) -> Table:
    table = _table("words of the vocabulary", "axis", "labelled", "recall", "named right")
    for axis, words in found.axes.items():
        for word, one in words.items():
            table.add_row(axis, escape(word), said(one.caught), said(one.named_right))
    return table


def _verdicts(found: Evaluation) -> Table:
    table = _table("verdicts that warn", "verdict", "of unwanted", "of benign", "precision")
    for verdict, one in found.verdicts.items():
        if verdict in FLAGGED:
            table.add_row(verdict, said(one.recall), said(one.false_positives), said(one.precision))
    return table


def _called(found: Evaluation) -> Table:
    table = _table("what flagged mail was called", "axis", "word", "unwanted")
    for axis, words in found.called.items():
        for word, one in words.items():
            table.add_row(axis, escape(word), said(one))
    return table


def _explained(report: Report) -> Table:
    table = _table(
        f"flagged mail that rests on {FEW} facts or fewer (signals, conditions of rules)",
        "", "they suffice for its verdict", "without them it has another", "not proven fewest",
    )  # fmt: skip
    for name, found in report.evaluations.items():
        one = found.explained
        if one.by_few.total:
            table.add_row(
                name, said(one.by_few), said(one.turned_by_few), f"{one.unproven_count:,}"
            )
    return table


def _detectors(found: Evaluation) -> Table:
    ordered = sorted(found.detectors.items(), key=lambda one: -one[1].quality.recall.hits)
    shown = ordered[:BEST_DETECTORS]
    table = _table(
        f"detectors that fired most ({len(shown)} of {len(ordered)})",
        "detector", "unwanted", "benign", "precision", "alone",
    )  # fmt: skip
    for name, one in shown:
        quality = one.quality
        table.add_row(
            escape(name), f"{quality.recall.hits:,}", f"{quality.false_positives.hits:,}",
            said(quality.precision), f"{one.alone_count:,}",
        )  # fmt: skip
    return table


def _probes(name: str, found: Evaluation) -> Table:
    table = _table(f"what one header alone would say, {name}", "test", "recall", "benign flagged")
    rows: list[tuple[str, Quality]] = [
        ("this engine", found.by_message.quality),
        *found.probes.items(),
    ]
    for probe, quality in rows:
        table.add_row(probe, said(quality.recall), said(quality.false_positives))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=escape(title), title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right")
    return table


def said(one: Share) -> str:
    """A share with its interval, for people.

    >>> from chaffinch.replay.interval import share
    >>> said(share(7, 10)), said(share(0, 0))
    ('7 of 10: 70.0 % [34.8, 93.3]', 'none')
    """
    if not one.total:
        return "none"
    low, high = _percent(one.low), _percent(one.high)
    return f"{one.hits:,} of {one.total:,}: {_percent(one.hits / one.total)} % [{low}, {high}]"


def _percent(value: float) -> str:
    """Percent with as many digits as small shares need."""
    percent = value * 100
    return f"{percent:.3f}" if 0 < percent < 0.1 else f"{percent:.1f}"
