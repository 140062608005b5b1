"""Reading one message in CPU time, beside the standard library and mail-parser in the same run.

``median_ms`` and ``p99_ms``: bytes to every field that rules of the public feed read
(``shared/feed_paths.txt``, attachments hashed). ``full_median_ms``: every property of the
model forced. ``stdlib_default_ratio``: how many times longer the standard library's default policy
takes to parse and to read all headers as text, bodies left alone. Each figure is one pass over
messages this process has not seen before, after a warm-up on others; all take turns, some messages
each. ``--stages`` says where the time of a message goes, instead.
"""

import email
import email.policy
import logging
import statistics
import sys
from collections.abc import Callable, Sequence
from time import process_time

import mailparser

from chaffinch.message.message import Message
from chaffinch.message.parse import force, parse
from shared.measuring import options, percentile, report, sample_of
from shared.reading import feed_reading
from shared.stages import STAGES

WARM_UP = 200  # messages
TURN = 25  # messages
READING = feed_reading()


def main() -> int:
    """Measure a sample and print the figures."""
    parser = options(__doc__ or "", sample=1_500)
    parser.add_argument("--stages", action="store_true", help="the time of each stage, instead")
    chosen = parser.parse_args()
    sample = sample_of(chosen.corpus, chosen.sample, chosen.seed)
    logging.getLogger("mailparser").setLevel(logging.CRITICAL)  # it complains of each odd message
    warm, fresh = sample[:WARM_UP], sample[WARM_UP:]
    if len(fresh) < 2:
        sys.exit(f"{len(sample)} messages are too few: {WARM_UP} of them only warm up")
    figures = stage_figures(warm, fresh) if chosen.stages else compared(warm, fresh)
    report(figures, as_json=chosen.json)
    return 0


def compared(warm: Sequence[bytes], fresh: Sequence[bytes]) -> dict[str, object]:
    """Ours beside the others; the model is forced on a half of its own, still unseen."""
    half = len(fresh) // 2
    for step in (feed_fields, everything, standard_library, mail_parser):
        timed(step, warm)
    feed, standard, other = in_turns((feed_fields, standard_library, mail_parser), fresh[:half])
    (full,) = in_turns((everything,), fresh[half:])
    return {
        "messages": len(feed),
        "paths": READING.paths_count,
        "missing_paths": list(READING.missing),
        "median_ms": ms(statistics.median(feed)),
        "mean_ms": ms(statistics.fmean(feed)),
        "p99_ms": ms(percentile(feed, 0.99)),
        "full_median_ms": ms(statistics.median(full)),
        "full_p99_ms": ms(percentile(full, 0.99)),
        "stdlib_default_median_ms": ms(statistics.median(standard)),
        "stdlib_default_ratio": round(statistics.median(standard) / statistics.median(feed), 2),
        "mail_parser_median_ms": ms(statistics.median(other)),
        "mail_parser_ratio": round(statistics.median(other) / statistics.median(feed), 2),
    }


def stage_figures(warm: Sequence[bytes], fresh: Sequence[bytes]) -> dict[str, object]:
    """Median and mean of every stage in microseconds, and of their sum."""
    for raw in warm:
        stage_times(raw)
    rows = [stage_times(raw) for raw in fresh]
    columns = dict(zip(STAGES, zip(*rows, strict=True), strict=True))
    columns["sum"] = tuple(map(sum, rows))
    return {
        f"{name}_us": f"{statistics.median(times) * 1e6:8.1f} {statistics.fmean(times) * 1e6:8.1f}"
        for name, times in columns.items()
    }


def stage_times(raw: bytes) -> list[float]:
    """CPU seconds each stage took, one after the other."""
    times, started = [], process_time()
    message = parse(raw)
    for stage in STAGES.values():
        stage(message)
        now = process_time()
        times.append(now - started)
        started = now
    return times


def feed_fields(raw: bytes) -> None:
    """The fields rules of the public feed read."""
    READING.read(parse(raw))


def everything(raw: bytes) -> Message:
    """Every property of the model."""
    message = parse(raw)
    force(message)
    return message


def standard_library(raw: bytes) -> None:
    """``email`` with its default policy, all headers as text."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for name in message:
        try:
            str(message[name])
        except (IndexError, ValueError, TypeError, AttributeError):
            continue  # the policy's own parser fails on some real headers


def mail_parser(raw: bytes) -> None:
    """The mail-parser package, which reads everything at once."""
    try:
        mailparser.parse_from_bytes(raw)
    except Exception:  # noqa: BLE001 - it fails on some real mail; the time until then counts
        return


def in_turns(
    steps: Sequence[Callable[[bytes], object]], sample: Sequence[bytes]
) -> list[list[float]]:
    """CPU seconds for each message and step; the steps take turns, some messages each."""
    times: list[list[float]] = [[] for _ in steps]
    for start in range(0, len(sample), TURN):
        for place, step in enumerate(steps):
            times[place] += timed(step, sample[start : start + TURN])
    return times


def timed(step: Callable[[bytes], object], sample: Sequence[bytes]) -> list[float]:
    """CPU seconds for each message, one pass."""
    times = []
    for raw in sample:
        started = process_time()
        step(raw)
        times.append(process_time() - started)
    return times


def ms(seconds: float) -> float:
    """Milliseconds, four decimals."""
    return round(seconds * 1000, 4)


if __name__ == "__main__":
    sys.exit(main())
