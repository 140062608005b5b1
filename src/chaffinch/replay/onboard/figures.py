"""The figures of the report: what is drawn of a portrait and a diary."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from math import ceil, log10

import msgspec

from chaffinch.core.vocabulary import Verdict
from chaffinch.replay.history import STRAY_DAYS, STRAY_SHARE
from chaffinch.replay.onboard.charts import (
    Rule,
    Series,
    Strip,
    Tick,
    course,
    heat,
    legend,
    stacked,
    steps,
    strips,
)
from chaffinch.replay.onboard.claims import Portrait, Topic
from chaffinch.replay.onboard.diary import Acquaintance, Day, Diary, Thing, Way
from chaffinch.replay.onboard.markup import Html, join, tag
from chaffinch.replay.onboard.thresholds import LATER_SHARE, PER_BUDGET, Proposal
from chaffinch.replay.onboard.toml_lines import sure_from

MOST_COLUMNS = 320
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STYLES = {Thing.ADDRESS: "in", Thing.ORGANISATION: "familiar", Thing.PAIR: "out"}
_EMPTY = Day(Counter(), Counter(), Counter(), Counter())


class Calendar(msgspec.Struct, frozen=True):
    """The days of a history in columns of equal length."""

    first: int  # days since the epoch
    last: int
    width: int  # days in a column

    @property
    def days(self) -> int:
        """How many days there are."""
        return self.last - self.first + 1

    @property
    def starts(self) -> list[int]:
        """The first day of each column."""
        return list(range(self.first, self.last + 1, self.width))

    @property
    def labels(self) -> list[str]:
        """What the columns are called."""
        if self.width == 1:
            return [f"{_date(start):%a %Y-%m-%d}" for start in self.starts]
        return [f"{self.width} days from {_date(start):%Y-%m-%d}" for start in self.starts]

    @property
    def ticks(self) -> list[Tick]:
        """The beginnings of months, or of weeks, as many as there is room for."""
        days = range(self.first, self.last + 1)
        months = [day for day in days if _date(day).day == 1]
        mondays = [day for day in days if _date(day).weekday() == 0]
        marks, named = (months, "%b %Y") if len(months) > 2 else (mondays or [self.first], "%-d %b")
        step, total = ceil(len(marks) / 12), len(self.starts) * self.width
        return [Tick((day - self.first) / total, f"{_date(day):{named}}") for day in marks[::step]]

    def sums(self, diary: Diary, count: Callable[[Day], int]) -> list[int]:
        """What is counted of each day, summed by column."""
        return [
            sum(count(diary.days.get(day, _EMPTY)) for day in range(start, start + self.width))
            for start in self.starts
        ]


def calendar(diary: Diary, shortest: int = 1) -> Calendar:
    """The columns of a history: days, weeks, or what else there is room for.

    A few messages with dates far from all others are left out: a date may be what its author wrote.
    """
    first, last = _course(sorted((day, one.ways.total()) for day, one in diary.days.items()))
    days = last - first + 1
    width = next((n for n in (1, 7, 28) if n >= shortest and days / n <= MOST_COLUMNS), 0)
    return Calendar(first, last, width or ceil(days / MOST_COLUMNS))


def _course(counted: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first and the last day, strays at either end set aside.

    >>> _course([(0, 1), (11_000, 500), (11_001, 400), (20_000, 2)])
    (11000, 11001)
    """
    if not counted:
        return 0, 0
    most = STRAY_SHARE * sum(count for _, count in counted)
    return _inner(counted, most), _inner(counted[::-1], most)


def _inner(counted: Sequence[tuple[int, int]], most: float) -> int:
    """The day behind the last long gap that few messages stand before."""
    found, before = counted[0][0], 0
    for (day, count), (following, _) in pairwise(counted):
        before += count
        if before > most:
            break
        found = following if abs(following - day) > STRAY_DAYS else found
    return found


def mail_per_day(diary: Diary) -> Html:
    """How much mail came, stayed inside and left."""
    days = calendar(diary)
    series = [
        Series(f"{_WAYS[way]}", way, days.sums(diary, lambda day, w=way: day.ways[w]))  # type: ignore[misc]  # the way of this turn
        for way in Way
    ]
    return join((legend(series), stacked(days.labels, series, days.ticks, is_share=False)))


_WAYS = {Way.IN: "from outside", Way.INSIDE: "inside the house", Way.OUT: "to the outside"}


def hours_of_week(diary: Diary) -> Html:
    """When mail comes, and when people here write."""
    if not diary.hours:
        return tag("p", "No message says what hour it was where its author is.", class_="note")
    came = _week(diary, (Way.IN,))
    wrote = _week(diary, (Way.INSIDE, Way.OUT))
    return tag(
        "div",
        tag("div", tag("h3", "comes from outside"), heat(WEEKDAYS, came, "messages in", "in")),
        tag("div", tag("h3", "is written here"), heat(WEEKDAYS, wrote, "messages written", "out")),
        class_="pair",
    )


def _week(diary: Diary, ways: Sequence[Way]) -> list[list[int]]:
    return [
        [sum(diary.hours[day * 24 + hour, way] for way in ways) for hour in range(24)]
        for day in range(7)
    ]


def acquaintance(diary: Diary) -> Html:
    """How strangers become senders one knows."""
    weeks = calendar(diary, 7 if len(diary.days) > 60 else 1)
    series = [
        Series(str(one), one, weeks.sums(diary, lambda day, a=one: day.acquaintances[a]))  # type: ignore[misc]  # the word of this turn
        for one in Acquaintance
    ]
    return join((legend(series), stacked(weeks.labels, series, weeks.ticks, is_share=True)))


def graph_sizes(diary: Diary) -> Html:
    """How the mail graph grows, and whether it has stopped to."""
    days = calendar(diary)
    courses = (
        Series(str(thing), style, list(accumulate(days.sums(diary, _first_seen(thing)))))
        for thing, style in _STYLES.items()
    )
    return tag("div", map(course, courses), class_="pair")


def _first_seen(thing: Thing) -> Callable[[Day], int]:
    return lambda day: day.first_seen[thing]


def sureness(portrait: Portrait) -> Html:
    """How sure the claims are, topic by topic."""
    rows = [
        Strip(str(topic), [one.sureness for one in portrait.of(topic)], sure_from(topic))
        for topic in Topic
        if portrait.of(topic)
    ]
    return strips(rows)


def flagged_per_day(diary: Diary) -> Html:
    """What the present policy would have flagged."""
    days = calendar(diary)
    series = [
        Series(str(one), one, days.sums(diary, lambda day, v=one: day.verdicts[v]))  # type: ignore[misc]  # the verdict of this turn
        for one in (Verdict.SUSPICIOUS, Verdict.MALICIOUS, Verdict.SPAM)
    ]
    return join((legend(series), stacked(days.labels, series, days.ticks, is_share=False)))


def scores(diary: Diary, proposals: Sequence[Proposal]) -> Html:
    """How much would be flagged, whatever the threshold: the staircase behind the proposals."""
    later = sorted(diary.scores[int(len(diary.scores) * (1 - LATER_SHARE)) :])
    wanted = [one for part in proposals for one in (part.present, part.proposed)]
    low = min([*later[:1], *wanted], default=0) - 500
    high = max([*later[-1:], *wanted], default=0) + 500
    decades = ceil(log10(max(10, len(later))))

    def across(score: float) -> float:
        return (score - low) / (high - low)

    def up(share: float) -> float:
        """A share on a logarithmic axis that ends at one message of all."""
        return max(0.0, 1 + log10(share) / decades) if share > 0 else 0.0

    points = [(across(score), up(share)) for score, share in _stairs(later)]
    levels = [Tick(1 - n / decades, f"1 in {10**n:,}" if n else "all") for n in range(decades + 1)]
    marks = [Tick(across(mark), f"{mark:+,}") for mark in range(-8_000, 20_000, 2_000)
             if low <= mark <= high]  # fmt: skip
    rules = list(_rules(proposals, across, up))
    return steps(points, levels, marks, rules, "share of mail at or above each score")


def _stairs(ordered: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Each score that occurs, with the share of messages at or above it."""
    total, before = len(ordered), None
    for index, score in enumerate(ordered):
        if score != before:
            yield score, (total - index) / total
        before = score


def _rules(
    proposals: Sequence[Proposal], across: Callable[[float], float], up: Callable[[float], float]
) -> Iterator[Rule]:
    for one, style in zip(proposals, ("suspicious", "malicious"), strict=True):
        name = one.key.removesuffix("_from")
        yield Rule(across(one.present), f"{name} from {one.present:,}", style)
        if one.is_change:
            yield Rule(across(one.proposed), f"proposed {one.proposed:,}", style)
        budget = f"budget for {name}: {one.budget * PER_BUDGET:g} of {PER_BUDGET:,}"
        yield Rule(up(one.budget), budget, style, is_level=True)


def _date(day: int) -> datetime:
    return _EPOCH + timedelta(days=day)
