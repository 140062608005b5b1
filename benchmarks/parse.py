"""Reading one message in CPU time, beside the standard library and mail-parser in the same run.

``median_ms``: the fields the public rule feed touches. ``full_median_ms``: every property forced.
``stdlib_default_ratio``: how many times longer the standard library's default policy takes to parse
and to read all headers as text (bodies left alone). mail-parser is measured where it is installed.
"""

import email
import email.policy
import importlib.util
import statistics
import sys
from collections.abc import Callable, Sequence
from time import process_time

from chaffinch.message.parse import force, parse
from measuring import options, percentile, report, sample_of

REPEATS = 3
HEADERS = (
    "hops", "auth_summary", "reply_to", "return_path", "message_id", "in_reply_to", "references",
    "domains", "ips", "mailer",
)  # fmt: skip


def main() -> int:
    """Measure a sample and print the figures."""
    chosen = options(__doc__ or "", sample=1_500).parse_args()
    sample = sample_of(chosen.corpus, chosen.sample, chosen.seed)
    feed = best_of(feed_fields, sample)
    full = best_of(everything, sample)
    headers = best_of(headers_only, sample)
    standard = best_of(standard_library, sample)
    figures: dict[str, object] = {
        "messages": len(sample),
        "median_ms": ms(statistics.median(feed)),
        "mean_ms": ms(statistics.fmean(feed)),
        "p99_ms": ms(percentile(feed, 0.99)),
        "full_median_ms": ms(statistics.median(full)),
        "full_p99_ms": ms(percentile(full, 0.99)),
        "headers_median_ms": ms(statistics.median(headers)),
        "stdlib_default_median_ms": ms(statistics.median(standard)),
        "stdlib_default_ratio": round(statistics.median(standard) / statistics.median(feed), 2),
    }
    if importlib.util.find_spec("mailparser"):
        other = best_of(mail_parser, sample)
        figures["mail_parser_median_ms"] = ms(statistics.median(other))
    report(figures, as_json=chosen.json)
    return 0


def feed_fields(raw: bytes) -> None:
    """The fields rules of the public feed read."""
    message = parse(raw)
    headers, body = message.headers, message.body
    for name in HEADERS:
        getattr(headers, name)
    _ = message.type, message.sender, message.recipients, message.subject
    _ = body.html, body.plain, body.links, body.current_thread, body.previous_threads
    for attachment in message.attachments:
        _ = attachment.file_type, attachment.file_extension, attachment.size


def headers_only(raw: bytes) -> None:
    """What a gateway needs before it looks at a body."""
    message = parse(raw)
    _ = message.sender, message.recipients, message.subject, message.headers.auth_summary
    _ = message.received_at, message.headers.hops


def everything(raw: bytes) -> None:
    """Every property of the model."""
    force(parse(raw))


def standard_library(raw: bytes) -> None:
    """``email`` with its default policy, all headers as text."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for name in message:
        try:
            str(message[name])
        except (IndexError, ValueError, TypeError, AttributeError):
            continue  # the policy's own parser fails on some real headers


def mail_parser(raw: bytes) -> None:
    """The mail-parser package."""
    import mailparser  # noqa: PLC0415 - measured where installed

    mailparser.parse_from_bytes(raw)


def best_of(step: Callable[[bytes], None], sample: Sequence[bytes]) -> list[float]:
    """CPU seconds for each message, the best of some passes."""
    best = [float("inf")] * len(sample)
    for _ in range(REPEATS):
        for index, raw in enumerate(sample):
            started = process_time()
            step(raw)
            best[index] = min(best[index], process_time() - started)
    return best


def ms(seconds: float) -> float:
    """Milliseconds, four decimals."""
    return round(seconds * 1000, 4)


if __name__ == "__main__":
    sys.exit(main())
