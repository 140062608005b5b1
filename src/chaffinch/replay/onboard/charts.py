"""Charts as SVG: drawn by hand, the same bytes every time, coloured by the page's style sheet."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import msgspec

from chaffinch.replay.onboard.markup import Html, join, tag

WIDTH, HEIGHT = 920, 230
LEFT, RIGHT, TOP, BOTTOM = 66, 14, 10, 26
INNER, TALL = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
CELL = 17  # side of a square of a heat map
STRIP, STRIP_LEFT = 24, 190
STRIP_INNER, BINS = WIDTH - STRIP_LEFT - 60, 50


class Series(msgspec.Struct, frozen=True):
    """Values under one name and one style of the page."""

    name: str
    style: str
    values: Sequence[float]


class Tick(msgspec.Struct, frozen=True):
    """A mark on an axis, at a share of its length."""

    at: float
    label: str


class Rule(msgspec.Struct, frozen=True):
    """A line across a chart, at a share of it, with its name."""

    at: float
    label: str
    style: str
    is_level: bool = False


def stacked(
    labels: Sequence[str], series: Sequence[Series], ticks: Sequence[Tick], *, is_share: bool
) -> Html:
    """Columns of stacked values; as shares every column with something in it is full."""
    totals = [math.fsum(column) for column in zip(*(one.values for one in series), strict=True)]
    most = 1.0 if is_share else max(totals, default=0) or 1.0
    top = most if is_share else nice(most)
    step = INNER / max(1, len(labels))
    columns = []
    for index, label in enumerate(labels):
        if not totals[index]:
            continue
        scale = TALL / (totals[index] if is_share else top)
        values = [one.values[index] for one in series]
        told = ", ".join(
            _told(one, v, totals[index], is_share) for one, v in _pairs(series, values)
        )
        rects = _column(LEFT + index * step, step, series, [value * scale for value in values])
        columns.append(tag("g", tag("title", f"{label}: {told}"), rects))
    axis = _levels(top, (lambda v: f"{v:.0%}") if is_share else _number)
    return _frame(axis, _ticks(ticks), columns, named=_names(series))


def course(series: Series) -> Html:
    """A small picture of how one number grew, with its end named."""
    width, height = 290, 120
    last = series.values[-1] if series.values else 0
    top = max(series.values, default=0) or 1.0
    points = [
        (width * n / max(1, len(series.values) - 1), 24 + (height - 26) * (1 - value / top))
        for n, value in enumerate(series.values)
    ]
    floor = [(width, height - 2.0), (0.0, height - 2.0)]
    area = tag("path", d=_path([*points, *floor]), class_=series.style, fill_opacity=0.15)
    line = tag("path", d=_path(points), class_=f"line {series.style}")
    named = tag("text", f"{_number(last)} {series.name}", x=0, y=13, class_=f"end {series.style}")
    return _svg(width, height, area, line, named, named=series.name)


def heat(rows: Sequence[str], values: Sequence[Sequence[int]], unit: str, style: str) -> Html:
    """Hours by weekdays: the more, the darker."""
    most = max((max(row) for row in values), default=0) or 1
    width, height = 40 + 24 * CELL, 7 * CELL + 20
    cells: list[Html] = []
    for y, row in enumerate(values):
        cells.append(tag("text", rows[y], x=34, y=y * CELL + 12, class_="tick", text_anchor="end"))
        for x, count in enumerate(row):
            cell = tag(
                "rect", tag("title", f"{rows[y]} {x:02d}:00: {count:,} {unit}"),
                x=40 + x * CELL, y=y * CELL, width=CELL - 1.5, height=CELL - 1.5, rx=2,
                class_=style, fill_opacity=0.04 + 0.96 * math.sqrt(count / most),
            )  # fmt: skip
            cells.append(cell)
    hours = [
        tag("text", f"{x}", x=40 + x * CELL, y=7 * CELL + 13, class_="tick")
        for x in range(0, 24, 6)
    ]
    return _svg(width, height, cells, hours, named=f"{unit} by weekday and hour")


class Strip(msgspec.Struct, frozen=True):
    """Shares between 0 and 1 under one name, and the share from which on they count."""

    name: str
    shares: Sequence[float]
    counts_from: float


def strips(rows: Sequence[Strip]) -> Html:
    """For each row, where its shares lie: the more at a place, the darker."""
    bottom = 8 + len(rows) * STRIP
    parts = [_strip(8 + n * STRIP, one) for n, one in enumerate(rows)]
    ends = (
        tag("text", f"{share:.0%}", x=STRIP_LEFT + STRIP_INNER * share, y=bottom + 14,
            class_="tick", text_anchor="middle")
        for share in (0.0, 0.5, 1.0)
    )  # fmt: skip
    height = bottom + 20
    return _svg(WIDTH, height, parts, ends, named="sureness of claims by topic")


def _strip(y: float, one: Strip) -> Html:
    bins = Counter(min(BINS - 1, int(share * BINS)) for share in one.shares)
    line = STRIP_LEFT + STRIP_INNER * one.counts_from
    most = math.log1p(max(bins.values(), default=0)) or 1.0
    width = STRIP_INNER / BINS
    return join((
        tag("text", one.name, x=STRIP_LEFT - 10, y=y + 12, class_="row", text_anchor="end"),
        tag("rect", x=STRIP_LEFT, y=y, width=STRIP_INNER, height=16, class_="track", rx=3),
        (
            tag("rect", tag("title", f"{one.name}: {count:,} at {at * 100 // BINS} %"),
                x=STRIP_LEFT + width * at, y=y, width=width - 1, height=16, class_="sure",
                fill_opacity=0.25 + 0.75 * math.log1p(count) / most)
            for at, count in sorted(bins.items())
        ),
        tag("line", x1=line, x2=line, y1=y - 3, y2=y + 19, class_="mark"),
        tag("text", f"{len(one.shares):,}", x=WIDTH - 52, y=y + 12, class_="row"),
    ))  # fmt: skip


def steps(
    points: Sequence[tuple[float, float]],
    levels: Sequence[Tick],
    ticks: Sequence[Tick],
    rules: Sequence[Rule],
    named: str,
) -> Html:
    """A falling staircase through points, given as shares of both axes, and lines across it."""
    placed = [(LEFT + x * INNER, TOP + (1 - y) * TALL) for x, y in points]
    corners = placed[:1]
    for (before, _), (x, y) in pairwise([*placed, *((x, TOP + TALL) for x, _ in placed[-1:])]):
        corners += [(before, y), (x, y)]
    path = tag("path", d=_path(corners), class_="line score")
    across = [_rule(one, n) for n, one in enumerate(rules)]
    left = [_level(one.at, one.label) for one in levels]
    return _frame(left, _ticks(ticks), path, across, named=named)


def legend(series: Iterable[Series]) -> Html:
    """The names of the series with their colours."""
    return tag("p", (
        tag("span", tag("svg", tag("rect", width=10, height=10, rx=2, class_=one.style),
                        viewBox="0 0 10 10", class_="swatch"), one.name)
        for one in series
    ), class_="legend")  # fmt: skip


def nice(most: float) -> float:
    """The next round number an axis may end with.

    >>> nice(3), nice(41), nice(0.7), nice(1_200)
    (3.0, 50.0, 0.8, 1500.0)
    """
    power = 10.0 ** math.floor(math.log10(most))
    for factor in (1, 1.5, 2, 3, 4, 5, 6, 8, 10):
        if most <= factor * power * (1 + 1e-9):
            return factor * power
    return 10 * power


def _frame(*parts: Iterable[Html] | Html, named: str) -> Html:
    return _svg(WIDTH, HEIGHT, *parts, named=named)


def _svg(width: int, height: int, *parts: Iterable[Html] | Html, named: str) -> Html:
    return tag("svg", join(parts), viewBox=f"0 0 {width} {height}", role="img", aria_label=named,
               class_="chart")  # fmt: skip


def _column(
    x: float, step: float, series: Sequence[Series], heights: Sequence[float]
) -> list[Html]:
    rects, y = [], float(HEIGHT - BOTTOM)
    gap = 1.0 if step > 4 else 0.0
    for one, height in _pairs(series, heights):
        y -= height
        if height:
            rects.append(tag("rect", x=x, y=y, width=step - gap, height=height, class_=one.style))
    return rects


def _pairs(series: Sequence[Series], values: Sequence[float]) -> list[tuple[Series, float]]:
    return list(zip(series, values, strict=True))


def _told(one: Series, value: float, total: float, is_share: bool) -> str:
    return f"{one.name} {value / total:.0%}" if is_share else f"{one.name} {_number(value)}"


def _levels(top: float, word: Callable[[float], str]) -> list[Html]:
    return [_level(share, word(top * share)) for share in (0.0, 0.5, 1.0)]


def _level(at: float, label: str) -> Html:
    y = TOP + TALL * (1 - at)
    return join((
        tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="grid"),
        tag("text", label, x=LEFT - 8, y=y + 4, class_="tick", text_anchor="end"),
    ))  # fmt: skip


def _ticks(ticks: Iterable[Tick]) -> list[Html]:
    return [
        tag("text", one.label, x=LEFT + one.at * INNER, y=HEIGHT - 8, class_="tick")
        for one in ticks
    ]


def _rule(one: Rule, number: int) -> Html:
    """A named line across; the names stand below one another, so that none hides another."""
    if one.is_level:
        y = TOP + (1 - one.at) * TALL
        line = tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_=f"rule {one.style}")
        named = tag("text", one.label, x=LEFT + 6, y=y - 4, class_=f"end {one.style}")
        return join((line, named))
    x = LEFT + one.at * INNER
    line = tag("line", x1=x, x2=x, y1=TOP, y2=HEIGHT - BOTTOM, class_=f"rule {one.style}")
    side, shift = ("end", -5) if one.at > 0.7 else ("start", 5)
    named = tag("text", one.label, x=x + shift, y=TOP + 12 + 14 * number,
                class_=f"end {one.style}", text_anchor=side)  # fmt: skip
    return join((line, named))


def _path(points: Iterable[tuple[float, float]]) -> str:
    moves = (f"{x:.1f} {y:.1f}" for x, y in points)
    return "M" + "L".join(moves)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _names(series: Sequence[Series]) -> str:
    return ", ".join(one.name for one in series)
